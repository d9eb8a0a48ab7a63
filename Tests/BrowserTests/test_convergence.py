"""Equal revisions mean equal documents, also for people at keyboards."""

import asyncio

from room_page import all_agree
from typists import Typist, expect_everything_once, type_together
from wire import Wire

TYPING_SECONDS = 20


async def test_two_people_at_different_gateways_and_one_who_comes_late(deployment, session, enter):
    rooms = [
        await enter(session, "interviewer", "Grace", deployment.gateway_url("g1")),
        await enter(session, "candidate", "Ada", deployment.gateway_url("g2")),
    ]
    typists = [Typist(rooms[0], "abcdefgh", deletes=True), Typist(rooms[1], "ijklmnop", deletes=True)]

    async def somebody_comes_late():
        await asyncio.sleep(TYPING_SECONDS / 2)
        rooms.append(await enter(session, "candidate", "Alan"))

    await type_together(typists, TYPING_SECONDS / 2, somebody_comes_late)
    await all_agree(session, rooms)


async def test_two_people_type_at_the_same_place_and_nothing_is_lost(deployment, session, enter):
    rooms = [
        await enter(session, "interviewer", "Grace", deployment.gateway_url("g1")),
        await enter(session, "candidate", "Ada", deployment.gateway_url("g2")),
    ]
    typists = [Typist(rooms[0], "abc"), Typist(rooms[1], "xyz")]
    await type_together(typists, 5)
    expect_everything_once(await all_agree(session, rooms), typists)


async def test_one_person_is_offline_for_five_seconds_and_types_on(deployment, session, enter):
    async with Wire(deployment.url) as wire:
        ada = await enter(session, "candidate", "Ada", wire.url)
        grace = await enter(session, "interviewer", "Grace")
        await ada.has_a_worker()
        typists = [Typist(grace, "abcdefgh"), Typist(ada, "ijklmnop")]

        async def pull_the_cable():
            await asyncio.sleep(2)
            wire.cut()
            await ada.shows_status("Offline")
            await asyncio.sleep(5)
            wire.mend()

        await type_together(typists, 2, pull_the_cable)
        expect_everything_once(await all_agree(session, [ada, grace]), typists)
