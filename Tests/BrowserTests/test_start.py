"""The start page: one click opens a room, and what was open in this browser is found again."""

import json

from playwright.async_api import expect

from accessibility import expect_accessible
from room_page import clipboard_holds

TEXT = "def depth(tree):\n    ...\n"


async def start(visitor, page):
    await page.get_by_role("button", name="Start an interview").click()
    room = visitor.room(page)
    await room.is_ready()
    return room


def recent(page):
    return page.get_by_role("region", name="Recent sessions")


async def test_one_key_opens_a_room_and_copies_the_candidates_link(visit):
    grace = await visit()
    page = await grace.open()
    await page.get_by_label("Your name").fill("Grace")
    await page.keyboard.press("Enter")
    await grace.room(page).is_ready()
    link = await page.evaluate("navigator.clipboard.readText()")
    assert link != page.url and link.split("#")[0] == page.url.split("#")[0]
    await expect(page.get_by_text("The candidate’s link is copied")).to_be_visible()
    # As long as nobody has come it is at hand where one looks for them.
    await page.evaluate("navigator.clipboard.writeText('something else')")
    panel = await grace.room(page).open_panel("People")
    await panel.get_by_role("button", name="Copy the candidate’s link").click()
    await clipboard_holds(page, link)


async def test_what_is_set_up_first_is_there_in_the_room(visit):
    grace = await visit()
    page = await grace.open()
    await page.get_by_text("Set something up first").click()
    await page.get_by_label("Title").fill("Binary trees")
    await page.get_by_role("combobox", name="Language").click()
    await page.keyboard.type("pyth")
    await page.keyboard.press("Enter")
    await page.get_by_label("Starter code").fill(TEXT)
    await expect_accessible(page)
    room = await start(grace, page)
    await room.reads(TEXT)
    await expect(room.language).to_have_value("Python")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Binary trees")


async def test_a_session_that_cannot_be_started_says_why_and_keeps_what_was_filled_in(visit):
    grace = await visit()
    page = await grace.open()
    await page.get_by_text("Set something up first").click()
    await page.get_by_label("Starter code").fill(TEXT)
    await page.route("**/api/sessions", lambda route: route.abort())
    await page.get_by_role("button", name="Start an interview").click()
    await expect(page.get_by_role("alert")).to_contain_text("Viva cannot be reached")
    await expect_accessible(page)
    await page.unroute("**/api/sessions")
    room = await start(grace, page)
    await room.reads(TEXT)


async def test_an_installation_that_asks_for_a_key_says_so(visit):
    grace = await visit()
    page = await grace.open()
    problem = json.dumps({"title": "An API key is required", "status": 401, "code": "api_key_required"})
    await page.route("**/api/sessions", lambda route: route.fulfill(status=401, body=problem, content_type="application/problem+json"))
    await page.get_by_role("button", name="Start an interview").click()
    await expect(page.get_by_role("alert")).to_contain_text("asks for an API key")


async def test_a_session_is_listed_opened_again_forgotten_and_taken_back(visit):
    grace = await visit()
    page = await grace.open()
    await expect(recent(page)).to_have_count(0)
    room = await start(grace, page)
    await room.type("kept")
    await room.shows_status("Saved")

    page = await grace.open()
    row = recent(page).get_by_role("listitem")
    await expect(row).to_contain_text("Interviewer")
    await expect(row).to_contain_text("today")
    await expect_accessible(page)
    await row.get_by_role("link").click()
    await page.get_by_role("button", name="Join").click()
    await grace.room(page).is_ready()
    await grace.room(page).reads("kept")
    # Who started it here knows its links in every tab.
    await page.locator("summary", has_text="Links").click()
    await expect(page.get_by_role("button", name="Copy the candidate’s link")).to_be_visible()

    page = await grace.open()
    await recent(page).get_by_role("button", name="Forget").click()
    await expect(recent(page)).to_contain_text("forgotten")
    await expect(recent(page).get_by_role("link")).to_have_count(0)
    await recent(page).get_by_role("button", name="Keep").click()
    await expect(recent(page).get_by_role("link")).to_be_visible()
    await recent(page).get_by_role("button", name="Forget").click()
    await page.reload()
    await expect(recent(page)).to_have_count(0)
    assert await page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('viva.links'))") == []


async def test_an_ended_session_is_listed_as_ended(visit):
    grace = await visit()
    page = await grace.open()
    await start(grace, page)
    await page.get_by_role("button", name="End", exact=True).click()
    await page.get_by_role("button", name="End it").click()
    await expect(page.get_by_text("This session has ended")).to_be_visible()
    page = await grace.open()
    await expect(recent(page).get_by_role("listitem")).to_contain_text("Ended")


async def theme_of(page):
    return await page.evaluate("document.documentElement.dataset.theme")


async def test_a_theme_is_chosen_once_and_holds_in_every_tab_and_in_the_code(visit):
    ada = await visit()
    page = await ada.open()
    other = await ada.open()
    assert await theme_of(page) == "light"
    await page.get_by_label("Theme").select_option("Dark")
    for one in (page, other):
        await expect(one.locator("html")).to_have_attribute("data-theme", "dark")
    await start(ada, page)
    surface = await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    editor = page.locator(".monaco-editor").first
    await expect(editor).to_have_css("background-color", surface)
    await page.reload()
    assert await theme_of(page) == "dark"


async def test_the_page_follows_the_system_until_told_otherwise(visit):
    ada = await visit(color_scheme="dark")
    page = await ada.open()
    assert await theme_of(page) == "dark"
    await page.emulate_media(color_scheme="light")
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")
    await page.emulate_media(color_scheme="light", contrast="more")
    await expect(page.locator("html")).to_have_attribute("data-theme", "light-contrast")
    await page.get_by_label("Theme").select_option("Dark")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark-contrast")


async def test_without_storage_a_room_can_be_started_all_the_same(visit):
    grace = await visit()
    forbid = "for (const kind of ['localStorage', 'sessionStorage']) Object.defineProperty(window, kind, { get() { throw new DOMException('no', 'SecurityError'); } });"
    await grace.context.add_init_script(forbid)
    page = await grace.open()
    room = await start(grace, page)
    await room.type("still here")
    await room.shows_status("Saved")
