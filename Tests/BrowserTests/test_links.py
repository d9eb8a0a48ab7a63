"""The links of a session, for interviewers."""

from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from accessibility import expect_accessible
from room_page import clipboard_holds

# It says so for a moment only, which may have passed when somebody looks.
NOTE_COPIED = """button => {
    const look = () => { if (button.textContent.includes("Copied")) button.dataset.noted = "copied"; };
    new MutationObserver(look).observe(button, { subtree: true, childList: true, characterData: true });
}"""
ROLES = ["candidate", "observer", "interviewer"]


async def open_links(page):
    await page.locator("summary", has_text="Links").click()
    return page.locator(".links-panel")


async def test_each_link_is_copied_and_lets_in_with_its_role(visit):
    grace = await visit()
    page = await grace.open()
    await page.get_by_role("button", name="Start an interview").click()
    await grace.room(page).is_ready()
    panel = await open_links(page)
    await expect_accessible(page, context=".links-menu")
    for role in ROLES:
        button = panel.get_by_role("button", name=f"Copy the {role}’s link")
        await button.evaluate(NOTE_COPIED)
        await button.click()
        await expect(button).to_have_attribute("data-noted", "copied")
        link = urlsplit(await page.evaluate("navigator.clipboard.readText()"))
        somebody = await visit()
        other = await somebody.open(f"{link.path}#{link.fragment}")
        await expect(other.get_by_role("main")).to_contain_text(f"{role}")
        await expect(other.get_by_role("main")).to_contain_text("You are about to join")


async def test_the_panel_closes_on_escape_and_gives_the_focus_back(visit):
    grace = await visit()
    page = await grace.open()
    await page.get_by_role("button", name="Start an interview").click()
    await grace.room(page).is_ready()
    panel = await open_links(page)
    await panel.get_by_role("button").first.focus()
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    await expect(page.locator("summary", has_text="Links")).to_be_focused()


async def test_who_came_by_an_interviewers_link_has_that_one_and_is_told_so(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    panel = await open_links(grace.page)
    await expect(panel).to_contain_text("known to the browser that started the session")
    await expect(panel.get_by_role("button")).to_have_count(1)
    await panel.get_by_role("button", name="Copy the interviewer’s link").click()
    await clipboard_holds(grace.page, grace.page.url)
    assert urlsplit(grace.page.url).fragment == session.tokens["interviewer"]


@pytest.mark.parametrize("role", ["candidate", "observer"])
async def test_nobody_else_is_offered_links(enter, session, role):
    somebody = await enter(session, role, "Ada")
    await expect(somebody.page.locator("summary", has_text="Links")).to_have_count(0)
