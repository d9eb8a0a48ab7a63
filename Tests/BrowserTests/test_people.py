"""The people beside the code: how they are there, and the ways to where they are."""

import re

import pytest
from playwright.async_api import expect

from room_page import eventually
from viva import Participant, Session
from wire import Wire

LINES = 5_000


@pytest.fixture
async def long_session(url):
    return await Session.create(url, language="python", text="".join(f"line_{n} = {n}\n" for n in range(1, LINES + 1)))


def person(room, name):
    return room.panel.get_by_role("listitem").filter(has_text=name)


async def test_the_others_see_that_somebody_reconnects_and_is_back(deployment, enter, session):
    async with Wire(deployment.url) as wire:
        grace = await enter(session, "interviewer", "Grace")
        ada = await enter(session, "candidate", "Ada", wire.url)
        await grace.open_panel("People")
        await expect(person(grace, "Ada")).to_contain_text(re.compile(r"Candidate.*\d+ ms"))
        await ada.go_offline(wire)
        await expect(person(grace, "Ada")).to_contain_text(re.compile(r"reconnecting, \d"))
        wire.mend()
        await ada.shows_status("Saved")
        await expect(person(grace, "Ada")).not_to_contain_text("reconnecting")


async def test_who_closes_the_page_has_left_and_is_not_waited_for(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    ada = await enter(session, "candidate", "Ada")
    await grace.open_panel("People")
    await ada.close()
    await expect(person(grace, "Ada")).to_contain_text(re.compile(r"left \d+ s ago"))


async def test_one_follows_somebody_until_one_moves_oneself(enter, long_session):
    grace = await enter(long_session, "interviewer", "Grace")
    ada = await enter(long_session, "candidate", "Ada")
    panel = await grace.open_panel("People")
    await panel.get_by_role("button", name="Follow Ada").click()
    strip = grace.page.get_by_text("Following Ada")
    await expect(strip).to_be_visible()
    await ada.go_to_end()
    await sees(grace, LINES)
    await ada.go_to(0)
    await sees(grace, 1)
    await grace.press("Escape")
    await expect(strip).to_be_hidden()
    await ada.go_to_end()
    await ada.type("end")
    await expect(grace.page.locator(".remote-name")).to_have_count(1)
    assert (await grace.line())[1] == 1

    await panel.get_by_role("button", name="Follow Ada").click()
    await sees(grace, LINES)
    await grace.page.mouse.move(300, 300)
    await grace.page.mouse.wheel(0, -500)
    await expect(strip).to_be_hidden()


async def test_one_goes_to_where_somebody_is_once(enter, long_session):
    grace = await enter(long_session, "interviewer", "Grace")
    ada = await enter(long_session, "candidate", "Ada")
    panel = await grace.open_panel("People")
    await ada.go_to_end()

    async def goes_there():
        # Nothing shows that Grace's page has heard of the move yet; until then it goes to where Ada was.
        await panel.get_by_role("button", name="Go to where Ada is").click()
        return await has_in_view(grace, LINES)

    await eventually(goes_there, f"Grace is where Ada is, at line {LINES}")
    await expect(grace.page.get_by_text("Following Ada")).to_be_hidden()


async def test_a_room_of_twelve_with_long_names_leaves_the_page_its_width(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    people = [Participant(session, name=f"{n} {'Hubert Blaine Wolfeschlegelsteinhausen ' * 2}"[:80]) for n in range(11)]
    for one in people:
        await one.join()
    await grace.open_panel("People")
    await expect(grace.panel.get_by_role("listitem")).to_have_count(12)
    for width in (1440, 1024, 640, 390, 320):
        await grace.page.set_viewport_size({"width": width, "height": 800})
        await eventually(grace.fits, f"the page fits into {width}")
    for one in people:
        await one.leave()


async def has_in_view(room, line):
    return await room.page.evaluate(
        """line => monaco.editor.getEditors()[0].getVisibleRanges()
            .some(({ startLineNumber, endLineNumber }) => startLineNumber <= line && line <= endLineNumber)""",
        line,
    )


async def sees(room, line):
    async def is_so():
        return await has_in_view(room, line)

    await eventually(is_so, f"{room.name} sees line {line}")
