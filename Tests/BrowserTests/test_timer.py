"""The timer everybody sees and interviewers set."""

import re

from playwright.async_api import expect

from viva import Participant


def clock(room):
    return room.page.get_by_role("timer")


async def test_an_interviewer_sets_it_and_all_see_it_run_stand_and_go(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    ada = await enter(session, "candidate", "Ada")
    await grace.page.locator("summary", has_text="Timer").click()
    await grace.page.get_by_role("button", name="45 min").click()
    await expect(clock(ada)).to_contain_text(re.compile(r"4[34]:\d\d"))
    olga = await enter(session, "observer", "Olga")
    await expect(clock(olga)).to_contain_text(re.compile(r"4[34]:\d\d"))
    await clock(grace).click()
    await grace.page.get_by_role("button", name="Pause").click()
    await expect(clock(ada)).to_have_class(re.compile("is-paused"))
    await clock(grace).click()
    await grace.page.get_by_role("button", name="5 more minutes").click()
    await expect(clock(ada)).to_contain_text(re.compile(r"4[89]:\d\d"))
    await clock(grace).click()
    await grace.page.get_by_role("button", name="Remove").click()
    await expect(clock(ada)).to_have_count(0)


async def test_its_end_is_said_by_color_and_then_in_words(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    ada = await enter(session, "candidate", "Ada")
    async with Participant(session, "interviewer") as alan:
        await alan.propose("timer", running=True, remaining=120_000)
        await expect(clock(ada)).to_have_class(re.compile("is-closing"))
        await expect(clock(grace)).to_have_class(re.compile("is-closing"))
        await alan.propose("timer", running=True, remaining=1_000)
        await expect(clock(ada)).to_contain_text("Time is up")
    await ada.type("still here")
    await ada.has_saved(session, "still here")
    # Nothing to set for who may not.
    assert await ada.page.locator("summary").count() == 0
