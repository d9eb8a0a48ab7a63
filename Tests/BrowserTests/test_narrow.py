"""The pages outside of a room at the width of a small phone, which is also what 400 % zoom leaves of a screen."""

import json

import pytest
from playwright.async_api import expect

from accessibility import expect_accessible, expect_no_sideways_scrolling
from viva import Participant, Session
from visitor import WORKING_LINE

NARROW = {"width": 320, "height": 640}
LONG = "W" * 80
THEMES = ["light", "dark", "contrast"]


async def narrow(visit, theme):
    visitor = await visit(viewport=NARROW)
    preferences = json.dumps(json.dumps({"theme": theme}))
    await visitor.context.add_init_script(f"localStorage.setItem('viva.preferences', {preferences})")
    return visitor


async def expect_fits(page):
    await expect_no_sideways_scrolling(page)
    await expect_accessible(page)


@pytest.mark.parametrize("theme", THEMES)
async def test_the_start_page(visit, url, theme):
    session = await Session.create(url, title=LONG * 2)
    ada = await narrow(visit, theme)
    page = await ada.follow(session, "candidate")
    await page.get_by_role("button", name="Join").click()
    await ada.room(page).is_ready()
    page = await ada.open()
    await page.get_by_text("Set something up first").click()
    await expect(page.get_by_label("Starter code")).to_be_visible()
    await expect_fits(page)


@pytest.mark.parametrize("theme", THEMES)
async def test_the_door(visit, url, theme):
    session = await Session.create(url, title=LONG * 2)
    async with Participant(session, role="interviewer", name=LONG):
        ada = await narrow(visit, theme)
        page = await ada.follow(session, "candidate")
        await expect(page.get_by_text(WORKING_LINE)).to_be_visible()
        await expect_fits(page)


@pytest.mark.parametrize("theme", THEMES)
async def test_what_was_written_in_an_ended_session(visit, url, theme):
    session = await Session.create(url, title=LONG * 2, text=LONG * 10)
    async with Participant(session, role="interviewer", name="Grace") as grace:
        await grace.propose("end")
    ada = await narrow(visit, theme)
    page = await ada.follow(session, "candidate")
    await expect(page.get_by_role("heading", level=1)).to_have_text("This session has ended")
    await expect_fits(page)


async def test_the_links(visit):
    grace = await narrow(visit, "light")
    page = await grace.open()
    await page.get_by_role("button", name="Start an interview").click()
    await grace.room(page).is_ready()
    await page.locator(".links-menu summary").click()
    box = await page.locator(".links-panel").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= NARROW["width"]
    await expect_no_sideways_scrolling(page)
