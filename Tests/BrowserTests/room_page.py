"""One person's page of a room, driven as a person would: by keyboard, and by what it shows."""

import asyncio
import time
from urllib.parse import urlsplit

from playwright.async_api import expect

from viva import call

# Notes down what the security policy refused, also where nothing else would show it.
NOTE_VIOLATIONS = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
READY_MILLISECONDS = 60_000
PATIENCE_SECONDS = 60


class RoomPage:
    def __init__(self, page, name):
        self.page = page
        self.name = name
        self.errors = []
        self.has_upgraded = asyncio.Event()
        page.set_default_timeout(READY_MILLISECONDS)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", self.note_dialog)
        page.on("websocket", lambda socket: socket.on("framesent", self.note_frame))

    async def note_dialog(self, dialog):
        self.errors.append(f"a dialog: {dialog.message}")
        await dialog.dismiss()

    def note_frame(self, frame):
        # Engine.IO's `upgrade`: from here on the line is a WebSocket.
        if frame == "5":
            self.has_upgraded.set()

    async def close(self):
        """As somebody closes a tab, who is said goodbye to: a poll that breaks off tells nobody why."""
        await asyncio.wait_for(self.has_upgraded.wait(), PATIENCE_SECONDS)
        await self.page.close()

    @classmethod
    async def enter(cls, browser, session, role, name, url):
        """Follows a link at the given address, says a name, and waits for the editor."""
        context = await browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        await context.add_init_script(NOTE_VIOLATIONS)
        room = cls(await context.new_page(), name)
        link = urlsplit(session.links[role])
        await room.page.goto(f"{url}{link.path}#{link.fragment}")
        await room.page.get_by_label("Your name").fill(name)
        await room.page.get_by_role("button", name="Join").click()
        await room.is_ready()
        return room

    async def is_ready(self):
        await self.page.locator("#code .monaco-editor .view-lines").wait_for()
        await self.shows_status("Saved")

    async def text(self):
        return await self.page.evaluate("monaco.editor.getModels()[0].getValue()")

    async def reads(self, text):
        """Until the editor shows this text: what is typed is in it a moment later."""

        async def is_so():
            return await self.text() == text

        await eventually(is_so, f"{self.name} reads {text!r}")

    @property
    def status(self):
        return self.page.get_by_role("status")

    async def shows_status(self, text, seconds=PATIENCE_SECONDS):
        await expect(self.status).to_contain_text(text, timeout=seconds * 1000)

    @property
    def workers(self):
        return [worker.url.rsplit("/", 1)[1] for worker in self.page.workers]

    async def has_a_worker(self):
        """Until the editor has fetched all that it needs beside itself: what cannot be fetched is an error."""

        async def has_begun():
            return bool(self.workers)

        await eventually(has_begun, "a worker")
        # It is there before its script is; it answers once that has run.
        for worker in self.page.workers:
            await worker.evaluate("0")

    async def go_offline(self, wire):
        """Pulls the cable once all that the editor needs is here."""
        await self.has_a_worker()
        wire.cut()
        await self.shows_status("Offline")

    async def has_saved(self, session, text):
        """Until the log holds what was typed: the page may say that all is saved before it has seen a key."""

        async def is_in_the_log():
            return text in (await session.read())["text"]

        await eventually(is_in_the_log, f"{text!r} in the log")
        await self.shows_status("Saved")

    @property
    def language(self):
        return self.page.get_by_role("combobox", name="Language")

    @property
    def panel(self):
        return self.page.get_by_role("complementary")

    def panel_button(self, name):
        return self.page.get_by_role("navigation", name="Panels").get_by_role("button", name=name)

    async def open_panel(self, name):
        button = self.panel_button(name)
        if await button.get_attribute("aria-expanded") != "true":
            await button.click()
        await expect(self.panel.get_by_role("heading", level=2)).to_have_text(name)
        return self.panel

    async def say(self, text):
        panel = await self.open_panel("Chat")
        await panel.get_by_label("Message to everybody").fill(text)
        await self.press("Enter")

    async def be_out_of_sight(self, hidden):
        """As if another tab was in front, or this one again."""
        await self.page.evaluate(
            """hidden => {
                Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
                document.dispatchEvent(new Event("visibilitychange"));
            }""",
            hidden,
        )

    async def line(self):
        """The line that the caret is on, and the first that is in view."""
        return await self.page.evaluate(
            """() => {
                const [editor] = monaco.editor.getEditors();
                return [editor.getPosition().lineNumber, editor.getVisibleRanges()[0].startLineNumber];
            }"""
        )

    async def fits(self):
        """Whether nothing has to be scrolled sideways."""
        return await self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    async def go_to(self, offset):
        """Puts the caret at an offset, as a click would."""
        await self.page.evaluate(
            """offset => {
                const [editor] = monaco.editor.getEditors();
                editor.setPosition(editor.getModel().getPositionAt(offset));
                editor.focus();
            }""",
            offset,
        )

    async def go_to_end(self):
        await self.go_to(1 << 21)

    async def type(self, text):
        await self.page.keyboard.type(text)

    async def write(self, text):
        """All at once: no pause between two keys makes two edits of it."""
        await self.page.keyboard.insert_text(text)

    async def press(self, key):
        await self.page.keyboard.press(key)

    async def violations(self):
        return await self.page.evaluate("window.violations")


async def eventually(condition, what, seconds=PATIENCE_SECONDS):
    """Asks until the answer is yes. Playwright's own `wait_for_function` may not ask twice: the page's policy forbids `eval`."""
    deadline = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        await asyncio.sleep(0.1)


async def clipboard_holds(page, text):
    """Until what was to be copied has been."""

    async def is_so():
        return await page.evaluate("navigator.clipboard.readText()") == text

    await eventually(is_so, f"{text!r} is copied")


async def log_text(session):
    """What the log holds; None while a gateway has no Redis, as when that was killed."""
    answer = await call("GET", session.url, session.path, token=session.tokens["observer"])
    assert answer.status in (200, 503), answer.raw
    return answer.body["text"] if answer.status == 200 else None


async def all_agree(session, rooms):
    """All editors show the same text, and the server has it; returns it."""
    for room in rooms:
        await room.shows_status("Saved")

    async def agreed():
        texts = {await room.text() for room in rooms}
        return texts == {await log_text(session)}

    try:
        await eventually(agreed, "all texts are equal")
    except AssertionError:
        texts = {room.name: await room.text() for room in rooms} | {"server": await log_text(session)}
        raise AssertionError(f"texts differ: { {name: text and (len(text), text[:2000]) for name, text in texts.items()} }") from None
    return await rooms[0].text()
