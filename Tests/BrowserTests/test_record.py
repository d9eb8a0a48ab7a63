"""The glass box: everybody sees the same list of what is recorded about them."""

import asyncio

from playwright.async_api import expect

from room_page import eventually
from viva import Participant

PASTED = "x = 1\n" * 60


async def record(room):
    await room.open_panel("Record")
    return [" ".join(line.split()) for line in await room.panel.locator(".entry-text").all_inner_texts()]


async def expect_record(room, lines):
    await room.open_panel("Record")
    await expect(room.panel.locator(".entry-text")).to_have_text(lines)


async def paste(room, text):
    await room.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    await room.press("Control+V")


async def has_length(room, length):
    """Until the clipboard, which no key waits for, has done its part."""

    async def is_so_long():
        return len(await room.text()) == length

    await eventually(is_so_long, f"{length} code units")


async def test_all_see_the_same_list_as_it_happens(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    ada = await enter(session, "candidate", "Ada")
    await ada.go_to_end()
    await paste(ada, PASTED)
    await has_length(ada, len(PASTED))
    await ada.be_out_of_sight(True)
    joins = ["Grace joined as Interviewer", "Ada joined as Candidate", "Ada pasted 360 characters"]
    for room in (grace, ada):
        await expect_record(room, [*joins, "Ada had the page in the background"])
    await ada.be_out_of_sight(False)
    await grace.page.get_by_role("button", name="Lock editing").click()
    expected = [*joins, "Ada had the page in the background for", "Grace locked editing"]
    for room in (grace, ada):
        await room.open_panel("Record")
        await expect(room.panel.locator(".entry-text")).to_contain_text(expected)
    assert await record(grace) == await record(ada)


async def test_who_comes_late_sees_what_was_before(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    await grace.language.fill("swi")
    await grace.press("Enter")
    await expect(grace.language).to_have_value("Swift")
    ada = await enter(session, "candidate", "Ada")
    lines = ["Grace joined as Interviewer", "Grace set the language to Swift", "Ada joined as Candidate"]
    for room in (grace, ada):
        await expect_record(room, lines)
    await ada.close()
    await expect_record(grace, [*lines, "Ada left"])


async def test_what_is_only_moved_about_or_small_is_not_recorded(enter, session):
    ada = await enter(session, "candidate", "Ada")
    await paste(ada, "x = 1\n")
    await has_length(ada, 6)
    await paste(ada, PASTED)
    await has_length(ada, 366)
    await ada.press("Control+A")
    await ada.press("Control+X")
    await has_length(ada, 0)
    await ada.press("Control+V")
    await has_length(ada, 366)
    await ada.shows_status("Saved")
    await expect_record(ada, ["Ada joined as Candidate", "Ada pasted 360 characters"])


async def test_a_reload_is_no_absence_in_the_background(enter, session):
    ada = await enter(session, "candidate", "Ada")
    await ada.page.reload()
    await ada.is_ready()
    assert not [line for line in await record(ada) if "background" in line]


async def test_a_glance_at_another_tab_is_no_count_of_seconds(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    async with Participant(session) as ada:
        # In one go: what lies between two turns of this loop would be the length of the glance.
        glance = [{"number": ada.edits.next_number(), "hidden": hidden} for hidden in (True, False)]
        await asyncio.gather(*(ada.emit("hidden", change) for change in glance))
        await ada.until(lambda: ada.commits[-1].get("hidden") is False)
    await expect_record(grace, ["Grace joined as Interviewer", "Ada joined as Candidate", "Ada had the page in the background for a moment", "Ada left"])
