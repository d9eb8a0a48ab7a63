"""What somebody reads at the door of a session, and what happens where the way in is blocked."""

import asyncio
import contextlib

import pytest
from playwright.async_api import expect

from accessibility import expect_accessible
from room_page import clipboard_holds, eventually
from viva import Participant, Session
from viva.raw_socket import RawSocket
from visitor import WORKING_LINE
from wire import Wire

CONNECTED_MAX = 256
ROLES = ["interviewer", "candidate", "observer"]


def who(page):
    return page.get_by_role("region", name="Who is there")


def connection(page):
    return page.get_by_role("status")


@pytest.mark.parametrize("role", ROLES)
async def test_a_link_says_who_is_there_what_one_may_do_and_what_is_recorded(visit, url, role):
    session = await Session.create(url, title="Binary trees")
    somebody = await visit()
    page = await somebody.follow(session, role)
    await expect(who(page)).to_contain_text("Nobody yet")
    async with Participant(session, role="interviewer", name="Grace"):
        await page.reload()
        await expect(who(page).get_by_role("listitem")).to_have_text("GGraceInterviewer")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Binary trees")
        await expect(page.get_by_role("main")).to_contain_text(f"You are about to join as {'the' if role == 'candidate' else 'an'} {role}")
        recorded = page.get_by_role("region", name="What is recorded").get_by_role("listitem")
        await expect(recorded).to_have_count(4)
        await expect(recorded.nth(2)).to_contain_text("No camera, no microphone")
        await expect(connection(page)).to_contain_text(WORKING_LINE)
        await expect_accessible(page)


async def test_a_name_is_asked_for_once(visit, session):
    ada = await visit()
    page = await ada.follow(session, "candidate")
    await page.get_by_label("Your name").fill("Ada")
    await page.keyboard.press("Enter")
    await ada.room(page).is_ready()
    page = await ada.follow(session, "observer")
    await expect(page.get_by_label("Your name")).to_have_value("Ada")


async def block(visitor, *kinds):
    """A network that carries no WebSockets, or no polling, or no requests, or none of them."""
    patterns = {"polling": "**/socket.io/**", "requests": "**/api/**"}
    for kind in kinds:
        if kind == "websockets":
            await visitor.context.route_web_socket("**/socket.io/**", lambda socket: socket.close())
        else:
            await visitor.context.route(patterns[kind], lambda route: route.abort())


async def test_without_websockets_it_says_so_and_works(visit, session):
    ada = await visit()
    await block(ada, "websockets")
    page = await ada.follow(session, "candidate")
    await expect(connection(page)).to_contain_text("holds WebSockets back")
    await expect_accessible(page)
    await page.get_by_role("button", name="Join").click()
    await ada.room(page).is_ready()
    await ada.room(page).type("by asking again and again")
    await ada.room(page).has_saved(session, "by asking again and again")


async def test_where_nothing_live_gets_through_it_says_what_to_do(visit, session):
    ada = await visit()
    await block(ada, "websockets", "polling")
    page = await ada.follow(session, "candidate")
    await expect(connection(page)).to_contain_text("The live connection does not get through")
    await expect(connection(page)).to_contain_text("another network")
    await expect_accessible(page)


async def test_a_check_can_be_made_again_and_is_made_by_itself(visit, session):
    ada = await visit()
    await ada.context.route("**/api/health", lambda route: route.abort())
    page = await ada.follow(session, "candidate")
    await expect(connection(page)).to_contain_text("Viva cannot be reached")
    async with page.expect_request("**/api/health"):
        await page.get_by_role("button", name="Check again").click()
    await expect(connection(page)).to_contain_text("Viva cannot be reached")
    await ada.context.unroute("**/api/health")
    await expect(connection(page)).to_contain_text(WORKING_LINE)


async def test_a_door_that_cannot_be_reached_opens_by_itself_when_it_can(visit, session):
    ada = await visit()
    await block(ada, "requests")
    page = await ada.follow(session, "candidate")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Viva cannot be reached")
    await expect_accessible(page)
    await ada.context.unroute("**/api/**")
    await expect(page.get_by_label("Your name")).to_be_visible()


@contextlib.asynccontextmanager
async def full(session):
    """As many others as a room takes, who stay until the context ends."""
    others = []
    for _ in range(CONNECTED_MAX):
        other = await RawSocket.open(session.url)
        # Whoever lost the connection keeps their place for as long as they may come back to it.
        while await other.join(session.tokens["observer"]) == "room_full":
            await asyncio.sleep(0.1)
        other.stay()
        others.append(other)
    yield
    for other in others:
        other.abort()


async def test_who_finds_the_room_full_comes_back_with_all_that_was_written(deployment, enter, session):
    async with Wire(deployment.url) as wire:
        ada = await enter(session, "candidate", "Ada", wire.url)
        await ada.go_offline(wire)
        await ada.type("kept")
        await ada.shows_status("kept here")
        async with full(session):
            wire.mend()
            await expect(ada.page.get_by_role("heading", level=1)).to_have_text("The room is full")

        async def has_places():
            return not any(one["connected"] for one in (await session.read())["participants"])

        await eventually(has_places, "all others have left")
        await ada.page.get_by_role("button", name="Try again").click()
        await ada.is_ready()
        await ada.has_saved(session, "kept")


async def test_an_ended_session_shows_its_code_to_copy(visit, url):
    session = await Session.create(url, title="Binary trees", language="python", text="def depth(tree): ...\n")
    async with Participant(session, role="interviewer", name="Grace") as grace:
        await grace.propose("end")
    ada = await visit()
    page = await ada.follow(session, "candidate")
    await expect(page.get_by_role("heading", level=1)).to_have_text("This session has ended")
    await page.get_by_role("button", name="Copy the code").click()
    await clipboard_holds(page, "def depth(tree): ...\n")
    await expect_accessible(page)


async def test_a_wrong_link_says_so(visit):
    ada = await visit()
    page = await ada.open("/s/7Kq2VnT0bXw9RfLd#i.nonsense")
    heading = page.get_by_role("heading", level=1)
    await expect(heading).to_have_text("This link is not valid")
    # Reading goes on at what took the place of another page.
    await expect(heading).to_be_focused()
    await expect_accessible(page)
    await page.get_by_role("link", name="To the start page", exact=True).click()
    await expect(page.get_by_role("button", name="Start an interview")).to_be_visible()


async def test_a_deleted_session_says_that_there_is_none(visit, session):
    await session.delete()
    ada = await visit()
    page = await ada.follow(session, "candidate")
    await expect(page.get_by_role("heading", level=1)).to_have_text("There is no such session")
