"""An owner that joins gets its share: rooms move to it while people type in them, and nobody loses anything."""

import asyncio
import contextlib
import os
import signal
import subprocess

import pytest

from viva import Deployment, Participant, Session
from viva.metrics import Metrics, internal_url
from viva.operator import EXECUTABLE
from viva.typing import expect_everywhere, typing

QUIET_ROOMS, BUSY_ROOMS = 30, 8
SHARED_SECONDS = 60

# Owners that get no time for seconds lose their rooms, which is not what moves them here.
pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    with Deployment(tmp_path_factory.mktemp("deployment"), owners=1) as deployment:
        yield deployment


class SecondOwner:
    """Joins as on another machine, when it is told to."""

    name = "o2"

    def __init__(self, deployment):
        self.deployment = deployment
        self.process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.terminate()
            self.process.wait(30)

    def start(self):
        environment = {
            "VIVA_REDIS_URL": f"redis://127.0.0.1:{self.deployment.redis_port}",
            "VIVA_NAME": self.name,
            "VIVA_INTERNAL_PORT": internal_url(self.deployment, self.name).rsplit(":", 1)[1],
        }
        with open(self.deployment.directory / "logs/o2.log", "ab") as log:
            self.process = subprocess.Popen(
                [EXECUTABLE, "owner"], env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stderr=log
            )

    def signal(self, number):
        self.process.send_signal(number)


async def quiet_room(deployment):
    """Nobody is there any more, and its owner keeps it for minutes."""
    session = await Session.create(deployment.url)
    async with Participant(session, "interviewer"):
        return session


@contextlib.asynccontextmanager
async def busy_room(deployment):
    session = await Session.create(deployment.url)
    async with Participant(session, "interviewer", "Grace") as grace, Participant(session, "candidate", "Ada") as ada:
        yield session, [grace, ada]


async def check_that_nothing_is_lost(deployment, rooms, disturbance):
    """People type in all rooms until it is over, each line once."""
    over = asyncio.create_task(disturbance())
    lines = await asyncio.gather(*(typing(people, lambda: over) for _, people in rooms))
    for (session, people), expected in zip(rooms, lines, strict=True):
        await expect_everywhere(session, people, expected)


def handed_over(deployment, name="o1"):
    return Metrics.of(deployment, name).value("viva_rooms_handed_over_total")


def owner(deployment, session):
    """The newest owner's name; the epoch stands before it."""
    return deployment.redis("HGET", f"{{{session.id}}}:meta", "owner").split()[1]


async def until(deployment, condition, what):
    await asyncio.to_thread(deployment.wait, condition, SHARED_SECONDS, what)


async def test_an_owner_that_joins_gets_its_share_while_people_type(deployment):
    async with contextlib.AsyncExitStack() as stack:
        joining = stack.enter_context(SecondOwner(deployment))
        quiet = [await quiet_room(deployment) for _ in range(QUIET_ROOMS)]
        rooms = [await stack.enter_async_context(busy_room(deployment)) for _ in range(BUSY_ROOMS)]
        busy = [session for session, _ in rooms]

        def has_busy_ones():
            return sum(owner(deployment, session) == "o2" for session in busy) >= 2

        async def share():
            joining.start()
            await until(deployment, has_busy_ones, "the other owner gets rooms in which people type")

        await check_that_nothing_is_lost(deployment, rooms, share)
        assert all(owner(deployment, session) == "o2" for session in quiet), "quiet rooms go first"

        def moved():
            return sum(owner(deployment, session) == "o2" for session in quiet + busy)

        # One that moved twice would be counted twice for good.
        await until(deployment, lambda: handed_over(deployment, "o1") == moved(), "each moved once")
        assert moved() < QUIET_ROOMS + BUSY_ROOMS
        assert handed_over(deployment, "o2") == 0
        assert Metrics.of(deployment, "o1").value("viva_failed_calls_total") == 0


@pytest.mark.parametrize("signals", [[signal.SIGKILL], [signal.SIGSTOP, signal.SIGCONT]], ids=["killed", "hung"])
async def test_nothing_is_lost_when_the_owner_that_joins_fails(deployment, signals):
    async with contextlib.AsyncExitStack() as stack:
        joining = stack.enter_context(SecondOwner(deployment))
        for _ in range(QUIET_ROOMS):
            await quiet_room(deployment)
        rooms = [await stack.enter_async_context(busy_room(deployment)) for _ in range(BUSY_ROOMS // 2)]
        before = handed_over(deployment)

        async def fail():
            joining.start()
            await until(deployment, lambda: handed_over(deployment) > before, "the first rooms have moved")
            for number in signals:
                joining.signal(number)
                await asyncio.sleep(4)  # longer than a gateway waits for an owner

        await check_that_nothing_is_lost(deployment, rooms, fail)
