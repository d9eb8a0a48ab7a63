"""An older server beside this one, as while a deployment is brought up to date: one owner and one gateway of each.

`VIVA_OLD_EXECUTABLE` names one from before sessions could ask: it knows format 1 and nothing newer.
"""

import asyncio
import os
import signal

import pytest

from viva import Deployment, Participant, Refused, Session, call
from viva.deployment import ROOT
from viva.typing import expect_everywhere, typing

OLD = os.environ.get("VIVA_OLD_EXECUTABLE")
NEW = ROOT / ".build/release/viva"
pytestmark = pytest.mark.skipif(not OLD, reason="VIVA_OLD_EXECUTABLE is not set")


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    directory = tmp_path_factory.mktemp("mixed")
    either = directory / "viva"
    either.write_text(f'#!/bin/sh\ncase $VIVA_NAME in o1 | g1) exec {OLD} "$@" ;; *) exec {NEW} "$@" ;; esac\n')
    either.chmod(0o755)
    with Deployment(directory / "data", executable=either) as deployment:
        yield deployment


@pytest.fixture
async def session(deployment):
    """Read where the contracts are those of today."""
    return await Session.create(deployment.gateway_url("g2"))


@pytest.fixture
async def asking(deployment):
    return await Session.create(deployment.gateway_url("g2"), admission="ask", text="secret")


@pytest.mark.parametrize("owner", ["o1", "o2"])
async def test_old_and_new_share_an_open_room_while_owners_change(deployment, session, owner):
    async def kill():
        deployment.kill_and_wait(owner)

    async with (
        Participant(session, "interviewer", "Grace", url=deployment.gateway_url("g1")) as grace,
        Participant(session, "candidate", "Ada", url=deployment.gateway_url("g2")) as ada,
    ):
        lines = await typing([grace, ada], kill)
        await expect_everywhere(session, [grace, ada], lines)
        await ada.propose("chat", text="hello")
        await grace.until(lambda: any(commit.get("chat") for commit in grace.commits))


async def test_an_old_gateway_leaves_a_room_that_asks_alone_and_names_it(deployment, asking):
    url = deployment.gateway_url("g1")
    answer = await call("GET", url, asking.path, token=asking.tokens["interviewer"])
    assert (answer.status, answer.code) == (503, "unavailable")
    with pytest.raises(Refused):
        await Participant(asking, "candidate", url=url).join()
    assert names_as_newer(deployment.log("g1"), asking)


async def test_an_old_owner_leaves_a_room_that_asks_to_a_new_one(deployment, asking):
    deployment.kill("o2", signal.SIGSTOP)
    try:
        coming = asyncio.create_task(Participant(asking, "interviewer", "Grace").join())
        await asyncio.to_thread(
            deployment.wait, lambda: names_as_newer(deployment.log("o1"), asking), 8, "the old owner has left it alone"
        )
        assert deployment.redis("HGET", f"{{{asking.id}}}:meta", "epoch") == "0"
    finally:
        deployment.kill("o2", signal.SIGCONT)
    grace = await coming
    async with Participant(asking, "candidate", "Ada") as ada:
        assert ada.is_waiting()
        await grace.propose("admit", participant=ada.id)
        await ada.until(lambda: ada.welcomes)
        assert ada.text == "secret"
    await grace.leave()


def names_as_newer(log, session):
    return any(session.id in line and "newer version" in line for line in log.splitlines())
