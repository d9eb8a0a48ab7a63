"""How long a session is kept, and how an operator deletes one: Redis is asked, nobody waits for days."""

import asyncio
import json
import os
import subprocess

import pytest

from viva import Deployment, Participant, Session, call
from viva.deployment import ROOT
from viva.operator import operate, said_by

DAY = 86_400
STANDARD_DAYS = 90
KINDS = {"meta", "snapshot", "log", "refused", "notes"}


def operator_environment(deployment):
    return {"VIVA_REDIS_URL": f"redis://127.0.0.1:{deployment.redis_port}"}


def keys_of(deployment, session):
    return set(deployment.redis("--raw", "keys", f"{{{session.id}}}:*").split())


def expiries(deployment, session):
    """When each of a session's keys is gone, by its kind, in milliseconds since 1970; -1 for never."""
    return {
        key.rpartition(":")[2]: int(deployment.redis("pexpiretime", key))
        for key in keys_of(deployment, session)
    }


def days_left(deployment, session):
    return int(deployment.redis("ttl", f"{{{session.id}}}:meta")) / DAY


async def use(session):
    """Everything that leaves something behind: an edit, a refusal, a private note. Then the room is at rest."""
    async with Participant(session, "interviewer", "Grace") as grace, Participant(session, "observer", "Olga") as olga:
        await grace.append("x")
        await grace.settled()
        await grace.note("quick")
        assert (await olga.propose("language", language="go"))["code"] == "forbidden"
    # Whoever claims the room to commit that they left begins its time anew.
    async with asyncio.timeout(60):
        while any(person["connected"] for person in (await session.read())["participants"]):
            await asyncio.sleep(0.05)


async def test_a_session_that_nobody_comes_to_has_its_time_from_the_start(deployment, session):
    assert set(expiries(deployment, session)) == {"meta", "snapshot"}
    assert len(set(expiries(deployment, session).values())) == 1
    assert STANDARD_DAYS - 0.1 < days_left(deployment, session) <= STANDARD_DAYS


async def test_all_that_is_kept_of_a_session_goes_at_the_same_moment(deployment, session):
    await use(session)
    found = expiries(deployment, session)
    assert set(found) == KINDS and len(set(found.values())) == 1
    assert STANDARD_DAYS - 0.1 < days_left(deployment, session) <= STANDARD_DAYS


async def test_snapshots_and_the_end_leave_the_time_as_it_is(deployment):
    async with asyncio.timeout(240):
        while (times := await times_of_one_owner(deployment)) is None:
            pass
    before, after = times
    assert after == before


async def times_of_one_owner(deployment):
    """A session's times before and after much was done in it; None where its room changed hands, which begins them anew."""
    session = await Session.create(deployment.url)
    await use(session)
    owner = f"{{{session.id}}}:meta", "owner"
    async with Participant(session, "interviewer", "Grace") as grace:
        claimed, before = deployment.redis("hget", *owner), expiries(deployment, session)
        for _ in range(120):
            await grace.append("x")
            await grace.settled()
        await grace.propose("end")
        snapshot = f"{{{session.id}}}:meta", "snapshot"
        await asyncio.to_thread(deployment.wait, lambda: int(deployment.redis("hget", *snapshot)) > 100, 60, "a snapshot")
    after = expiries(deployment, session)
    return (before, after) if deployment.redis("hget", *owner) == claimed else None


async def test_whoever_comes_back_begins_the_time_anew(deployment, session):
    await use(session)
    for key in keys_of(deployment, session):
        deployment.redis("expire", key, "1000")
    # The room's owner goes, and somebody's return makes another one claim it.
    owner = json.loads(said_by("room", session.id, "--json", environment=operator_environment(deployment)))["owner"]
    await asyncio.to_thread(deployment.kill_and_wait, owner)
    async with Participant(session, "interviewer", "Grace"):
        await asyncio.to_thread(
            deployment.wait, lambda: days_left(deployment, session) > STANDARD_DAYS - 0.1, 20, "it is kept anew"
        )
    found = expiries(deployment, session)
    assert set(found) == KINDS and len(set(found.values())) == 1


@pytest.mark.parametrize(("days", "left"), [("7", 7), ("0", None)])
async def test_the_setting_says_how_long(tmp_path, days, left):
    with Deployment(tmp_path, environment={"VIVA_RETENTION_DAYS": days}, gateways=1, owners=1) as deployment:
        session = await Session.create(deployment.url)
        await use(session)
        found = expiries(deployment, session)
        assert set(found) == KINDS and len(set(found.values())) == 1
        if left:
            assert left - 0.1 < days_left(deployment, session) <= left
        else:
            assert set(found.values()) == {-1}


@pytest.mark.parametrize("days", ["-1", "3651", "ninety"])
def test_a_time_that_is_none_stops_the_start(days):
    done = operate("owner", environment={"VIVA_RETENTION_DAYS": days})
    assert done.returncode == 78
    assert f'VIVA_RETENTION_DAYS is "{days}"; it has to be a whole number from 0 to 3650 days' in done.stderr


async def test_another_time_is_brought_to_every_session_as_it_is_documented(deployment, session):
    await use(session)
    for key in keys_of(deployment, session):
        deployment.redis("persist", key)  # as a version without the setting left them
    text = (ROOT / "deploy/README.md").read_text()
    [command] = [block for block in text.split("```") if "days=30" in block]
    redis_url = operator_environment(deployment)["VIVA_REDIS_URL"]
    subprocess.run(["bash", "-c", command], env={**os.environ, "VIVA_REDIS_URL": redis_url}, check=True, timeout=60)
    left = {int(deployment.redis("ttl", key)) / DAY for key in keys_of(deployment, session)}
    assert len(keys_of(deployment, session)) == len(KINDS) and all(29.9 < days <= 30 for days in left)


async def test_an_operator_sees_until_when_a_session_is_kept(deployment, session):
    environment = operator_environment(deployment)
    room = json.loads(said_by("room", session.id, "--json", environment=environment))
    assert room["keptUntil"] == expiries(deployment, session)["meta"]
    assert "if nobody comes back" in said_by("room", session.id, environment=environment)
    for key in keys_of(deployment, session):
        deployment.redis("persist", key)
    assert json.loads(said_by("room", session.id, "--json", environment=environment))["keptUntil"] == 0
    assert "until it is deleted" in said_by("room", session.id, environment=environment)


async def test_an_operator_deletes_a_session_with_whoever_is_in_it(deployment, session):
    await use(session)
    environment = operator_environment(deployment)
    async with Participant(session) as ada:
        assert session.id in said_by("room", session.id, "--delete", environment=environment)
        await ada.until(lambda: not ada.client.connected)
    assert keys_of(deployment, session) == set()
    assert (await call("GET", deployment.url, session.path, token=session.tokens["interviewer"])).status == 404
    assert operate("room", session.id, "--delete", environment=environment).returncode == 1
