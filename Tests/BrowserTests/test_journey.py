"""The way from the start page into a room, and what a person sees on it."""

import pytest
from playwright.async_api import expect

from room_page import NOTE_VIOLATIONS, RoomPage, eventually
from viva import Session

HOSTILE = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>"


async def test_from_the_start_page_into_a_room_for_two(browser, url):
    context = await browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    await context.add_init_script(NOTE_VIOLATIONS)
    grace = RoomPage(await context.new_page(), "Grace")
    await grace.page.goto(url)
    await grace.page.get_by_label("Your name").fill("Grace")
    await grace.page.get_by_role("button", name="Start an interview").click()
    await grace.is_ready()

    link = await grace.page.evaluate("navigator.clipboard.readText()")
    assert "/s/" in link and "#" in link
    ada = RoomPage(await context.new_page(), "Ada")
    await ada.page.goto(link)
    await ada.page.get_by_role("button", name="Join").click()
    await ada.is_ready()

    await ada.type("hello from the candidate")

    async def arrived():
        return await grace.text() == "hello from the candidate"

    await eventually(arrived, "the text is on the other page")
    for room in (grace, ada):
        assert not room.errors
        assert not await room.violations()


async def test_names_and_titles_are_text(enter, url):
    session = await Session.create(url, title=HOSTILE, text=f"{HOSTILE}\n", language="html")
    ada = await enter(session, "candidate", HOSTILE[:80])
    grace = await enter(session, "interviewer", "Grace")
    await expect(grace.page.get_by_role("heading", name=HOSTILE)).to_be_visible()
    await ada.type("x")
    await grace.open_panel("People")
    await expect(grace.page.get_by_text(HOSTILE[:80]).first).to_be_visible()
    for room in (ada, grace):
        assert await room.page.evaluate("window.hit") is None


async def test_an_observer_cannot_type(enter, session):
    olga = await enter(session, "observer", "Olga")
    await olga.type("nothing")
    assert await olga.text() == ""


async def test_a_locked_candidate_cannot_type_until_it_is_unlocked(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    ada = await enter(session, "candidate", "Ada")
    await grace.page.get_by_role("button", name="Lock editing").click()
    await expect(ada.page.get_by_text("The interviewer has locked editing")).to_be_visible()
    await ada.type("not now")
    await grace.page.get_by_role("button", name="Unlock").click()
    await expect(ada.page.get_by_text("The interviewer has locked editing")).to_be_hidden()
    await ada.go_to_end()
    await ada.type("now")
    await ada.has_saved(session, "now")
    assert (await session.read())["text"] == "now"


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("/s/7Kq2VnT0bXw9RfLd#i.nonsense", "This link is not valid"),
        ("/s/7Kq2VnT0bXw9RfLd", "This link is not valid"),
    ],
)
async def test_a_broken_link_says_so(browser, url, link, says):
    page = await browser.new_page()
    await page.goto(url + link)
    await expect(page.get_by_role("heading")).to_have_text(says)


async def test_a_reload_comes_back_to_the_same_place(enter, session):
    ada = await enter(session, "candidate", "Ada")
    await ada.type("kept")
    await ada.has_saved(session, "kept")
    await ada.page.reload()
    await ada.is_ready()
    await ada.reads("kept")
    assert len((await session.read())["participants"]) == 1
