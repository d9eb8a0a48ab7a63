"""What people at keyboards notice when processes die: the pill tells, and nothing is lost or there twice."""

import asyncio

import pytest

from room_page import all_agree, eventually
from typists import Typist, expect_everything_once, type_together


@pytest.mark.parametrize("names", [["o1"], ["o2"], ["o1", "o2"], ["redis"]], ids="+".join)
async def test_nothing_is_lost_when_behind_the_gateways_dies(deployment, session, enter, names):
    rooms = [await enter(session, "interviewer", "Grace"), await enter(session, "candidate", "Ada")]
    typists = [Typist(rooms[0], "abcdefgh"), Typist(rooms[1], "ijklmnop")]

    async def kill():
        await asyncio.sleep(2)
        for name in names:
            deployment.kill(name)

    await type_together(typists, 4, kill)
    expect_everything_once(await all_agree(session, rooms), typists)
    deployment.wait_for_gateways()


# The gateway may be back before anybody has looked.
NOTE_OFFLINE = """() => {
    const look = () => window.wasOffline ||= document.querySelector("[role=status]").textContent.includes("Offline");
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


async def test_the_pill_tells_that_the_gateway_died_and_that_it_is_back(deployment, session, enter):
    ada = await enter(session, "candidate", "Ada", deployment.gateway_url("g1"))
    grace = await enter(session, "interviewer", "Grace", deployment.gateway_url("g2"))
    typists = [Typist(grace, "abcdefgh"), Typist(ada, "ijklmnop")]
    await ada.has_a_worker()
    await ada.page.evaluate(NOTE_OFFLINE)

    async def was_offline():
        return await ada.page.evaluate("window.wasOffline === true")

    async def kill():
        await asyncio.sleep(2)
        deployment.kill("g1")
        await eventually(was_offline, "the pill says offline", 60)

    await type_together(typists, 4, kill)
    expect_everything_once(await all_agree(session, [ada, grace]), typists)
