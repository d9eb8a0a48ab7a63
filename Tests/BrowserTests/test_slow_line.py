"""A line as a bad hotel has it: 400 ms there and back, 400 kbit/s. All works, later, and the page says what is so."""

import asyncio
import re
import time
from collections import Counter

from playwright.async_api import expect

from room_page import all_agree
from typists import Typist, expect_everything_once, type_together
from viva import Session
from visitor import Visitor
from wire import Wire

SLOW = {"delay_seconds": 0.2, "bytes_per_second": 50_000}
TYPING_SECONDS = 8


async def test_one_gets_in_and_reads_along_before_the_editor_has_come(deployment, browser, url):
    session = await Session.create(url, title="Binary trees", text="def depth(tree): ...\n")
    async with Wire(url, **SLOW) as wire:
        ada = await Visitor.create(browser, wire.url)
        has_read = asyncio.Event()
        await ada.context.route("**/assets/monaco-*/**", lambda route: go_on(route, once=has_read))
        start = time.monotonic()
        page = await ada.follow(session, "candidate")
        await page.get_by_label("Your name").fill("Ada")
        print(f"at the door after {time.monotonic() - start:.1f} s")
        await page.get_by_role("button", name="Join").click()
        # However long somebody looks away, the editor has not come.
        early = page.locator(".early-text")
        await expect(early).to_have_text("def depth(tree): ...\n")
        print(f"reading after {time.monotonic() - start:.1f} s")
        assert await page.locator(".monaco-editor").count() == 0
        await expect(page.get_by_role("status")).to_contain_text("Saved")
        has_read.set()
        await ada.room(page).is_ready()
        print(f"typing after {time.monotonic() - start:.1f} s")
        await expect(early).to_have_count(0)
        await ada.room(page).go_to_end()
        await ada.room(page).type("# here")
        await ada.room(page).has_saved(session, "# here")
        await ada.leave()


async def go_on(route, once):
    await once.wait()
    await route.continue_()


async def test_the_door_says_that_the_line_is_slow_and_that_one_can_take_part(deployment, browser, session):
    async with Wire(deployment.url) as wire:
        ada = await Visitor.create(browser, wire.url)
        page = await ada.open()
        await page.get_by_role("button", name="Start an interview").wait_for()
        # All that the page is made of is here, as with whoever comes back.
        await page.wait_for_load_state("networkidle")
        wire.slow_down(0.3, SLOW["bytes_per_second"])
        page = await ada.follow(session, "candidate")
        await expect(page.get_by_role("status")).to_contain_text(re.compile(r"Your connection is slow\..*You can take part"))
        await ada.leave()


async def test_two_people_type_while_edits_are_under_way_and_nothing_is_lost(deployment, session, enter):
    async with Wire(deployment.url) as line, Wire(deployment.url) as other_line:
        grace = await enter(session, "interviewer", "Grace", line.url)
        ada = await enter(session, "candidate", "Ada", other_line.url)
        for wire in (line, other_line):
            wire.slow_down(**SLOW)
        typists = [Typist(grace, "abcdefgh"), Typist(ada, "ijklmnop")]
        pills = set()

        async def watch_the_pills():
            for _ in range(TYPING_SECONDS * 2):
                for typist in typists:
                    pills.add(await expect_an_honest_pill(session, typist))

        await type_together(typists, 0, watch_the_pills)
        assert "Saving" in pills
        assert "Offline" not in pills
        expect_everything_once(await all_agree(session, [grace, ada]), typists)


async def test_the_pill_counts_what_is_under_way_and_the_other_sees_it_later(deployment, session, enter):
    async with Wire(deployment.url) as wire:
        ada = await enter(session, "candidate", "Ada", wire.url)
        grace = await enter(session, "interviewer", "Grace")
        wire.hold()
        await ada.type("abc")
        await ada.shows_status("Saving 3")
        # The editor does not wait for the line.
        assert await ada.text() == "abc"
        wire.release()
        await grace.reads("abc")
        await ada.shows_status("Saved")


# A page shows what has changed some thirty times a second, and time is the page's: it may stand still for seconds.
LOOK_AND_LOOK_AGAIN = """async () => {
    const text = monaco.editor.getModels()[0].getValue();
    await new Promise(done => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 250));
    return [text, document.querySelector(".pill").textContent];
}"""


async def expect_an_honest_pill(session, typist):
    """Where the page says that all is saved, the log has each letter that was there a moment before; returns the word it says."""
    text, pill = await typist.room.page.evaluate(LOOK_AND_LOOK_AGAIN)
    own = Counter(letter for letter in text if letter in typist.letters)
    if pill == "Saved":
        missing = own - Counter((await session.read())["text"])
        assert not missing, f"{typist.room.name}'s page calls {missing} saved"
    return pill.split(" ")[0].rstrip(":")
