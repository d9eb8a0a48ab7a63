"""Interviewers' notes: theirs alone, with their times, and never lost."""

import re

from playwright.async_api import expect

from wire import Wire


async def write(room, text):
    panel = await room.open_panel("Notes")
    await panel.get_by_label("New note").fill(text)
    await room.press("Enter")


def notes(room):
    return room.panel.locator(".note-text")


async def test_interviewers_share_their_notes_and_candidates_have_none(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    alan = await enter(session, "interviewer", "Alan")
    ada = await enter(session, "candidate", "Ada")
    await write(grace, "Asks good questions")
    await alan.open_panel("Notes")
    await expect(notes(alan)).to_have_text(["Asks good questions"])
    await expect(alan.panel.get_by_text("by Grace")).to_be_visible()
    await expect(alan.panel.locator(".note-time")).to_have_text(re.compile(r"^\+\d:\d\d$"))
    assert await ada.panel_button("Notes").count() == 0
    assert "Asks good questions" not in await ada.page.content()
    await grace.page.reload()
    await grace.is_ready()
    await expect(notes(grace)).to_have_text(["Asks good questions"])


async def test_a_note_is_rewritten_and_deleted_in_its_place(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    alan = await enter(session, "interviewer", "Alan")
    await write(grace, "one")
    await write(grace, "two")
    await alan.open_panel("Notes")
    await expect(notes(alan)).to_have_text(["one", "two"])
    await alan.panel.get_by_role("button", name="Edit").first.click()
    await alan.panel.get_by_label("The note").fill("one, better")
    await alan.press("Enter")
    await expect(notes(grace)).to_have_text(["one, better", "two"])
    await grace.panel.get_by_role("button", name="Delete").last.click()
    await expect(notes(alan)).to_have_text(["one, better"])


async def test_a_note_written_offline_is_marked_kept_over_a_reload_and_saved_later(deployment, enter, session):
    async with Wire(deployment.url) as wire:
        grace = await enter(session, "interviewer", "Grace", wire.url)
        await grace.go_offline(wire)
        await write(grace, "thinks aloud")
        await expect(grace.panel.get_by_text("not saved yet")).to_be_visible()
        wire.mend()
        await grace.shows_status("Saved")
        await expect(grace.panel.get_by_text("not saved yet")).to_be_hidden()
        alan = await enter(session, "interviewer", "Alan")
        await alan.open_panel("Notes")
        await expect(notes(alan)).to_have_text(["thinks aloud"])
