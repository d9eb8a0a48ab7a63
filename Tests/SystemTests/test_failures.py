"""Any process may die at any moment: nothing that was typed is lost, nothing is there twice.

A process is killed while three people type through it, then the supervisor starts it again.
"""

import asyncio
import contextlib
import signal

import pytest

from viva import Participant, Session
from viva.typing import expect_everywhere, typing


@contextlib.asynccontextmanager
async def three_people(session):
    async with (
        Participant(session, "interviewer", "Grace") as grace,
        Participant(session, "candidate", "Ada") as ada,
        Participant(session, "candidate", "Alan", transports=["polling"]) as alan,
    ):
        yield [grace, ada, alan]


async def check_that_nothing_is_lost(session, disturbance):
    async with three_people(session) as people:
        lines = await typing(people, disturbance)
        await expect_everywhere(session, people, lines)
        async with Participant(session, "observer", "Olga") as late:
            await expect_everywhere(session, [*people, late], lines)


@pytest.mark.parametrize("names", [["g1"], ["g2"], ["g1", "g2"], ["o1"], ["o2"], ["o1", "o2"], ["redis"], ["nginx"]], ids="+".join)
async def test_nothing_is_lost_when_somebody_kills(deployment, session, names):
    async def kill():
        for name in names:
            deployment.kill(name)

    await check_that_nothing_is_lost(session, kill)


@pytest.mark.parametrize("name", ["g1", "g2", "o1", "o2"])
async def test_nothing_is_lost_when_somebody_stops(deployment, session, name):
    async def stop():
        deployment.kill(name, signal.SIGTERM)

    await check_that_nothing_is_lost(session, stop)


@pytest.mark.parametrize("name", ["o1", "o2", "g1", "g2", "redis"])
async def test_nothing_is_lost_while_somebody_hangs(deployment, session, name):
    async def hang():
        process = deployment.kill(name, signal.SIGSTOP)
        await asyncio.sleep(4)  # longer than a gateway waits for an owner
        assert deployment.pid(name) == process
        deployment.kill(name, signal.SIGCONT)

    await check_that_nothing_is_lost(session, hang)


async def test_everything_survives_a_restart_of_the_deployment(deployment):
    session = await Session.create(deployment.url, title="Kept", text="kept\n")
    async with Participant(session, name="Ada") as ada:
        await ada.append("typed\n")
        await ada.settled()

        deployment.stop()
        await ada.append("typed offline\n")
        await asyncio.to_thread(deployment.start)

        await ada.settled()
        assert (await session.read())["text"] == "kept\ntyped\ntyped offline\n"
        assert (await session.read())["title"] == "Kept"


# That the processes above were the ones in the way


async def test_a_new_owner_is_announced(deployment, session):
    async with three_people(session) as people:
        before = people[0].welcomes[0]["epoch"]
        for name in ("o1", "o2"):
            deployment.kill(name)
        await people[0].insert(0, "x")
        await people[0].settled()
        for person in people:
            assert (await person.until(lambda person=person: person.of("epoch")))[-1]["epoch"] > before


async def test_a_killed_gateway_costs_its_people_a_new_connection_and_nothing_else(deployment, session):
    async with three_people(session) as people:
        for name in ("g1", "g2"):
            deployment.kill(name)
        for person in people:
            await person.until(lambda person=person: len(person.welcomes) > 1)
            assert "snapshot" not in person.welcomes[1]
            assert person.welcomes[1]["participant"] == person.welcomes[0]["participant"]
