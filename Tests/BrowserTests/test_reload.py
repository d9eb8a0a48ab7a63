"""A reload, and a night offline, take nothing away: who one is, where one was, what one wrote and could undo."""

from playwright.async_api import expect

from room_page import clipboard_holds, eventually
from viva import Session
from wire import Wire

TEXT = "".join(f"line_{n} = {n}\n" for n in range(1, 2_001))


async def test_a_reload_keeps_the_place_and_what_can_be_undone(enter, url):
    session = await Session.create(url, text=TEXT)
    ada = await enter(session, "candidate", "Ada")
    await ada.go_to(TEXT.index("line_1500"))
    await ada.page.evaluate("monaco.editor.getEditors()[0].revealLineInCenter(1500, monaco.editor.ScrollType.Immediate)")
    await ada.write("mine ")
    await ada.has_saved(session, "mine ")
    before = await ada.line()
    await ada.page.reload()
    await ada.is_ready()

    async def is_where_it_was():
        return await ada.line() == before

    await eventually(is_where_it_was, f"the caret and the view are back at {before}")
    await ada.press("Control+Z")
    await ada.reads(TEXT)
    await ada.press("Control+Shift+Z")
    await ada.reads(TEXT.replace("line_1500", "mine line_1500"))


async def test_who_goes_back_and_forward_in_the_tab_is_who_they_were(visit):
    grace = await visit()
    page = await grace.open()
    await page.get_by_role("button", name="Start an interview").click()
    room = grace.room(page)
    await room.is_ready()
    await room.write("mine")
    await room.reads("mine")
    await page.go_back()
    await expect(page.get_by_role("button", name="Start an interview")).to_be_visible()
    await page.go_forward()
    await room.is_ready()
    await room.reads("mine")
    await room.press("Control+Z")
    await room.reads("")
    await room.open_panel("People")
    await expect(room.panel.get_by_role("listitem")).to_have_count(1)


async def test_undo_after_a_reload_leaves_what_others_wrote_meanwhile(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    ada = await enter(session, "candidate", "Ada")
    await ada.write("mine")
    await ada.has_saved(session, "mine")
    await ada.page.goto("about:blank")
    await grace.go_to(0)
    await grace.type("theirs ")
    await grace.has_saved(session, "theirs ")
    await ada.page.go_back()
    await ada.is_ready()
    await ada.reads("theirs mine")
    await ada.press("Control+Z")
    await ada.reads("theirs ")


async def test_edits_that_are_not_sent_survive_a_reload(deployment, enter, session):
    async with Wire(deployment.url) as wire:
        ada = await enter(session, "candidate", "Ada", wire.url)
        await ada.has_a_worker()
        await ada.type("sent ")
        await ada.has_saved(session, "sent ")
        # Only what is said to the room is lost: a reload still finds the page.
        await ada.page.context.route("**/socket.io/**", lambda route: route.abort())
        wire.drop()
        await ada.shows_status("Offline")
        await ada.type("kept")
        await ada.shows_status("kept here")
        await expect_warning(ada)
        await ada.page.locator(".monaco-editor .view-lines").wait_for()
        await ada.reads("sent kept")
        await ada.page.context.unroute_all()
        await ada.has_saved(session, "sent kept")


async def expect_warning(room):
    """Reloads; the browser asks first, and is told to go on."""
    asked = []

    async def go_on(dialog):
        asked.append(dialog.type)
        await dialog.accept()

    room.page.remove_listener("dialog", room.note_dialog)
    room.page.on("dialog", go_on)
    await room.page.reload()
    assert asked == ["beforeunload"]
    room.page.remove_listener("dialog", go_on)
    room.page.on("dialog", room.note_dialog)


# No time passes between the two, in which an answer could become overdue.
TYPE_AND_RELOAD = """() => {
    monaco.editor.getEditors()[0].trigger("keyboard", "type", { text: "under way" });
    setTimeout(() => location.reload());
}"""


async def test_what_is_merely_under_way_asks_nothing_and_arrives(deployment, enter, session):
    async with Wire(deployment.url) as wire:
        ada = await enter(session, "candidate", "Ada", wire.url)
        await ada.has_a_worker()
        wire.slow_down(0.2, None)
        async with ada.page.expect_navigation():
            await ada.page.evaluate(TYPE_AND_RELOAD)
        # A dialog would stand in `errors`, which have to be empty.
        await ada.is_ready()
        await ada.has_saved(session, "under way")


async def test_what_has_no_answer_for_long_is_asked_about_until_it_has(deployment, enter, session):
    async with Wire(deployment.url) as wire:
        ada = await enter(session, "candidate", "Ada", wire.url)
        await ada.has_a_worker()
        wire.hold()
        await ada.type("late")
        await eventually(lambda: would_ask(ada), "leaving is asked about")
        wire.release()
        await ada.has_saved(session, "late")
        assert not await would_ask(ada)


async def would_ask(room):
    return await room.page.evaluate("!dispatchEvent(new Event('beforeunload', { cancelable: true }))")


async def test_leaving_with_all_saved_asks_nothing(enter, session):
    ada = await enter(session, "candidate", "Ada")
    await ada.type("all of it")
    await ada.has_saved(session, "all of it")
    await ada.page.reload()
    await ada.is_ready()
    async with ada.page.expect_event("close"):
        await ada.page.close(run_before_unload=True)
    # A dialog would stand in `errors`, which have to be empty.


async def test_an_edit_that_is_refused_is_explained_beside_the_code_and_its_text_kept(deployment, enter, session):
    async with Wire(deployment.url) as wire:
        grace = await enter(session, "interviewer", "Grace")
        ada = await enter(session, "candidate", "Ada", wire.url)
        await ada.go_offline(wire)
        await ada.type("too late")
        await grace.page.get_by_role("button", name="Lock editing").click()
        # It shows what the room has, so the lock comes before what is sent now.
        await expect(grace.page.get_by_role("button", name="Unlock")).to_be_visible()
        wire.mend()
        await expect(ada.page.get_by_text("so it was taken back")).to_be_visible()
        await expect(ada.page.locator(".taken-back")).to_have_text("too late")
        assert await ada.text() == ""
        await ada.page.get_by_role("button", name="Copy what you wrote").click()
        await clipboard_holds(ada.page, "too late")
