"""A session that asks: candidates wait with an editor of their own until an interviewer lets them in."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from accessibility import expect_accessible, expect_no_sideways_scrolling
from room_page import all_agree, eventually
from viva import Session

KEYS = {
    "\n": {"key": "Enter", "code": "Enter", "text": "\r", "windowsVirtualKeyCode": 13},
    "\t": {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9},
}
NARROW = {"width": 320, "height": 640}


@pytest.fixture
async def asking(url):
    return await Session.create(url, title="Binary trees", text="the secret task\n", admission="ask")


async def wait_at_the_door(visitor, session, name="Ada"):
    page = await visitor.follow(session, "candidate")
    await expect(page.get_by_text("An interviewer will let you in")).to_be_visible()
    await page.get_by_label("Your name").fill(name)
    await page.get_by_role("button", name="Join").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("You will be let in")
    await expect(page.locator(".practice-editor .view-lines")).to_be_visible()
    return page


async def let_in_at_once(visit, enter, session):
    """Somebody who has not practised, their page, and who opened the door for them."""
    ada = await visit()
    page = await wait_at_the_door(ada, session)
    grace = await enter(session, "interviewer", "Grace")
    await door(grace).get_by_role("button", name="Let Ada in").click()
    await ada.room(page).is_ready()
    return ada, page, grace


def door(room):
    return room.page.get_by_role("region", name="Waiting to be let in")


async def test_a_candidate_warms_up_and_is_let_in_by_one_click(visit, enter, asking):
    ada = await visit()
    page = await wait_at_the_door(ada, asking)
    await expect(page.get_by_role("status")).to_contain_text("No interviewer is here yet")
    await page.locator(".practice-editor .monaco-editor").first.click()
    await page.keyboard.type("practice")
    await expect_accessible(page, context={"exclude": [".monaco-editor"]})

    grace = await enter(asking, "interviewer", "Grace")
    await expect(page.get_by_role("status")).to_contain_text("Grace has been told that you are here")
    await expect(door(grace)).to_contain_text("Ada")
    await expect_accessible(grace.page, context=".admission")
    assert "the secret task" not in await page.content()
    await door(grace).get_by_role("button", name="Let Ada in").click()

    await ada.room(page).is_ready()
    await expect(door(grace)).to_have_count(0)
    await page.get_by_role("button", name="Begin").click()
    await expect(page.get_by_text("You are in. From now on everybody here sees what you type.")).to_be_visible()
    await ada.room(page).go_to_end()
    await ada.room(page).type("shared")
    assert await all_agree(asking, [grace, ada.room(page)]) == "the secret task\nshared"


async def hammer(page, text):
    """Keys one upon the other, whatever the page is busy with: typed one by one, they would wait for it and look like rests."""
    keyboard = await page.context.new_cdp_session(page)
    await asyncio.gather(
        *(
            keyboard.send("Input.dispatchKeyEvent", {"type": kind, **KEYS.get(key, {"key": key, "text": key})})
            for key in text
            for kind in ("keyDown", "keyUp")
        )
    )
    await keyboard.detach()


async def test_who_types_as_the_door_opens_does_not_type_on_into_the_room(visit, enter, asking):
    ada = await visit()
    page = await wait_at_the_door(ada, asking)
    grace = await enter(asking, "interviewer", "Grace")
    await page.locator(".practice-editor .monaco-editor").first.click()
    # A line is there before the door opens, which may cut the next one short.
    await page.keyboard.type("x = 1\n")
    await expect(page.locator(".practice-editor .view-lines")).to_contain_text(re.compile(r"x\s=\s1"))
    opened = asyncio.create_task(door(grace).get_by_role("button", name="Let Ada in").click())
    begin = page.get_by_role("button", name="Begin")
    # All that hands do which have not noticed: letters, lines, what Tab and the help's key would do.
    async with asyncio.timeout(120):
        while not await begin.is_visible():
            await hammer(page, "x = 1\n")
    await opened
    await ada.room(page).is_ready()
    await hammer(page, "why?\n\tx\n")
    await expect(begin).to_be_visible()
    await expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_have_count(0)
    assert await all_agree(asking, [grace, ada.room(page)]) == "the secret task\n"
    await expect(page.locator("[aria-live=polite].unseen")).to_contain_text("You are in. Press Enter")
    await expect_accessible(page, context={"exclude": [".monaco-editor"]})

    # What was practised can still be had, and Enter begins once the hands have rested.
    await page.get_by_role("button", name="Copy what you practised").click()

    async def is_copied():
        return (await page.evaluate("navigator.clipboard.readText()")).startswith("x = 1\n")

    await eventually(is_copied, "what was practised is copied")
    await page.evaluate("document.activeElement.blur()")
    # A rest is what the page waits for.
    await asyncio.sleep(1)
    await page.keyboard.press("Enter")
    await expect(begin).to_have_count(0)
    await ada.room(page).go_to_end()
    await page.keyboard.type("mine")
    assert await all_agree(asking, [grace, ada.room(page)]) == "the secret task\nmine"
    await page.get_by_role("button", name="Dismiss").click()
    await expect(page.get_by_text("You are in.")).to_have_count(0)


async def test_who_has_not_practised_is_in_the_code_at_once(visit, enter, asking):
    ada, page, grace = await let_in_at_once(visit, enter, asking)
    await expect(page.get_by_text("You are in. From now on everybody here sees what you type.")).to_be_visible()
    await expect(page.get_by_role("button", name="Begin")).to_have_count(0)
    await page.keyboard.type("mine ")
    assert await all_agree(asking, [grace, ada.room(page)]) == "mine the secret task\n"
    # Who has written knows.
    await expect(page.get_by_text("You are in.")).to_have_count(0)


async def test_who_was_in_can_read_the_code_after_the_end(visit, enter, asking):
    ada, page, grace = await let_in_at_once(visit, enter, asking)
    await page.keyboard.type("mine ")
    await all_agree(asking, [grace, ada.room(page)])
    await grace.page.get_by_role("button", name="End", exact=True).click()
    await grace.page.get_by_role("button", name="End it").click()
    await expect(page.get_by_text("The code stays here to read and to copy.")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text("This session has ended")
    await expect(page.locator(".final-code")).to_have_text("mine the secret task\n")
    # By the link alone nobody learns it.
    stranger = await (await visit()).follow(asking, "candidate")
    await expect(stranger.get_by_role("heading", level=1)).to_have_text("This session has ended")
    await expect(stranger.locator(".final-code")).to_have_count(0)


async def test_a_click_into_the_code_begins_too(visit, enter, asking):
    ada = await visit()
    page = await wait_at_the_door(ada, asking)
    grace = await enter(asking, "interviewer", "Grace")
    await page.locator(".practice-editor .monaco-editor").first.click()
    await door(grace).get_by_role("button", name="Let Ada in").click()
    await ada.room(page).is_ready()
    await page.locator("#code .view-lines").click()
    # Nothing was written, so there is nothing left to say.
    await expect(page.get_by_text("You are in. Press")).to_have_count(0)
    await ada.room(page).go_to_end()
    await page.keyboard.type("mine")
    assert await all_agree(asking, [grace, ada.room(page)]) == "the secret task\nmine"


async def test_a_reload_keeps_the_place_of_who_waits(visit, enter, asking):
    ada = await visit()
    page = await wait_at_the_door(ada, asking)
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text("You will be let in")
    grace = await enter(asking, "interviewer", "Grace")
    await expect(door(grace).get_by_role("listitem")).to_have_count(1)
    await door(grace).get_by_role("button", name="Let Ada in").click()
    await ada.room(page).is_ready()
    # Who was let in does not wait again.
    await page.reload()
    await ada.room(page).is_ready()


async def test_all_who_wait_are_let_in_together(visit, enter, asking):
    pages = []
    for name in ("Ada", "Alan"):
        somebody = await visit()
        pages.append((somebody, await wait_at_the_door(somebody, asking, name)))
    grace = await enter(asking, "interviewer", "Grace")
    await door(grace).get_by_role("button", name="Let all in").click()
    for somebody, page in pages:
        await somebody.room(page).is_ready()


async def test_the_door_is_opened_for_all_in_the_links(visit, enter, asking):
    ada = await visit(viewport=NARROW)
    page = await wait_at_the_door(ada, asking)
    await expect_no_sideways_scrolling(page)
    grace = await enter(asking, "interviewer", "Grace")
    await grace.page.locator(".links-menu summary").click()
    check = grace.page.get_by_label("Candidates wait until I let them in")
    await expect(check).to_be_checked()
    # It shows what the room has, so it changes when the room did.
    await check.click()
    await expect(check).not_to_be_checked()
    await ada.room(page).is_ready()
    alan = await enter(asking, "candidate", "Alan")
    await alan.shows_status("Saved")


async def test_interviewers_and_observers_never_wait(enter, asking):
    for role in ("observer", "interviewer"):
        somebody = await enter(asking, role, "Olga")
        await somebody.shows_status("Saved")


async def test_a_session_is_started_with_its_door_closed(visit):
    grace = await visit()
    page = await grace.open()
    await page.get_by_text("Set something up first").click()
    await page.get_by_label("Candidates wait until I let them in").check()
    await page.get_by_role("button", name="Start an interview").click()
    await grace.room(page).is_ready()
    link = await page.evaluate("navigator.clipboard.readText()")
    ada = await visit()
    other = await ada.open(link.removeprefix(ada.url))
    await expect(other.get_by_text("An interviewer will let you in")).to_be_visible()
