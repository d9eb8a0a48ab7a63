"""What operators see and do with `viva`, from wherever Redis can be reached."""

import asyncio
import json
import signal
import subprocess

import pytest

from viva import Participant, Session
from viva.metrics import internal_url
from viva.operator import operate, said_by

PROCESSES = ["g1", "g2", "o1", "o2"]
# Not an hour, and longer than three beats.
NOTICED_SECONDS = 60


@pytest.fixture
def environment(deployment):
    return {"VIVA_REDIS_URL": f"redis://127.0.0.1:{deployment.redis_port}"}


def status(environment):
    """The report, and the exit code."""
    done = operate("status", "--json", environment=environment)
    # Whoever does not reach Redis in time says so, and reports nothing.
    report = json.loads(done.stdout) if done.stdout else {"processes": [], "complaints": [done.stderr]}
    return report, done.returncode


def states(environment):
    return {process["name"]: process["state"] for process in status(environment)[0]["processes"]}


def wait_until_well(deployment, environment):
    deployment.wait(lambda: status(environment)[1] == 0, NOTICED_SECONDS, "all is well")


# Status


async def test_status_shows_every_process_and_what_it_has(deployment, environment, session):
    wait_until_well(deployment, environment)
    async with Participant(session), Participant(session, "observer", "Olga"):

        def has_all():
            found = {process["name"]: process for process in status(environment)[0]["processes"]}
            if set(found) != set(PROCESSES):
                return False
            gateways, owners = [found["g1"], found["g2"]], [found["o1"], found["o2"]]
            return (
                sum(process["connections"] for process in gateways) >= 2
                and sum(process["rooms"] for process in gateways) >= 1
                and sum(process["rooms"] for process in owners) >= 1
            )

        await asyncio.to_thread(deployment.wait, has_all, NOTICED_SECONDS, "the next beat tells of two people")
    wait_until_well(deployment, environment)
    report, _ = status(environment)
    assert report["complaints"] == []
    assert [process["name"] for process in report["processes"]] == PROCESSES
    for process in report["processes"]:
        assert process["role"] == {"g": "gateway", "o": "owner"}[process["name"][0]]
        assert process["processID"] == deployment.pid(process["name"])
        assert "http://" + process["internalAddress"] == internal_url(deployment, process["name"])


def test_status_for_people_has_a_row_a_process_and_a_summary(deployment, environment):
    wait_until_well(deployment, environment)
    lines = said_by("status", environment=environment).splitlines()
    assert lines[0].split() == "PROCESS ROLE VERSION STATE UP CONNECTIONS ROOMS LAG AT".split()
    assert [line.split()[0] for line in lines[1:5]] == PROCESSES
    assert "2 gateways ready" in "\n".join(lines) and "2 owners ready" in "\n".join(lines)


def test_a_process_that_hangs_is_named(deployment, environment):
    wait_until_well(deployment, environment)
    deployment.kill("o1", signal.SIGSTOP)
    try:
        deployment.wait(lambda: states(environment).get("o1", "").startswith("silent for"), NOTICED_SECONDS, "o1 is missed")
        report, code = status(environment)
        assert code == 1 and any(complaint.startswith("o1 is silent for") for complaint in report["complaints"])
    finally:
        deployment.kill("o1", signal.SIGCONT)
    wait_until_well(deployment, environment)


def test_without_redis_nothing_can_be_said():
    environment = {"VIVA_REDIS_URL": "redis://127.0.0.1:1"}
    for command in (["status"], ["room", "7Kq2VnT0bXw9RfLd"], ["drain", "g1"]):
        done = operate(*command, environment=environment)
        assert done.returncode == 2 and "Redis does not answer" in done.stderr


# Rooms


async def test_a_room_is_shown_without_what_people_wrote_or_are_called(deployment, environment):
    session = await Session.create(deployment.url, title="Secret-Title", text="secret-text\n")
    async with Participant(session, "interviewer", "Secret-Name") as grace:
        await grace.append("secret-more\n")
        await grace.settled()
        said = said_by("room", session.id, environment=environment)
        room = await room_of_one_owner(environment, session, grace)
        assert "ecret-" not in said + json.dumps(room)
        assert (room["state"], room["connected"]) == ("open", 1)
        assert room["revision"] == grace.edits.revision == room["logLength"]
        assert room["documentLength"] == len("secret-text\nsecret-more\n")
        assert room["owner"] in ("o1", "o2")
        assert [commit["kind"] for commit in room["tail"]] == ["joined", "edit"]
        assert room["participants"] == [{"id": grace.id, "role": "interviewer", "connected": True}]
    assert room["owner"] in said and grace.id in said


async def room_of_one_owner(environment, session, person):
    """Once only one listens to the room, in the epoch that somebody there was told: where a machine stands still, rooms change hands."""
    async with asyncio.timeout(NOTICED_SECONDS):
        while True:
            room = json.loads(said_by("room", session.id, "--json", environment=environment))
            told = max(payload["epoch"] for payload in person.welcomes + person.of("epoch"))
            if (room["listeners"], room["epoch"]) == (1, told):
                return room
            await asyncio.sleep(0.1)


async def test_the_tail_is_as_long_as_is_asked_for(deployment, environment, session):
    async with Participant(session) as ada:
        for _ in range(4):
            await ada.append("x")
            await ada.settled()
        room = json.loads(said_by("room", session.id, "--json", "--tail", 3, environment=environment))
    assert [commit["revision"] for commit in room["tail"]] == [3, 4, 5]


async def test_a_room_names_its_next_owner_after_the_first_was_killed(deployment, environment, session):
    async with Participant(session) as ada:
        await ada.append("x")
        await ada.settled()
        first = json.loads(said_by("room", session.id, "--json", environment=environment))
        deployment.kill_and_wait(first["owner"])
        await ada.append("y")
        await ada.settled()
        second = json.loads(said_by("room", session.id, "--json", environment=environment))
    assert second["epoch"] > first["epoch"] and second["owner"] in ("o1", "o2")


@pytest.mark.parametrize(("id", "code"), [("7Kq2VnT0bXw9RfLd", 1), ("not/one", 64)])
def test_a_room_that_is_not_there_is_said_to_be_none(environment, id, code):
    assert operate("room", id, environment=environment).returncode == code


# Draining


@pytest.mark.parametrize("name", ["g1", "o1"])
async def test_a_process_is_drained_while_people_type(deployment, environment, session, name):
    wait_until_well(deployment, environment)
    async with Participant(session) as ada, Participant(session, "interviewer", "Grace") as grace:
        before = deployment.pid(name)
        drain = asyncio.create_task(asyncio.to_thread(operate, "drain", name, environment=environment))
        count = 0
        while not drain.done():
            await ada.append(f"{count}\n")
            await ada.settled()
            count += 1
        done = await drain
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-1] == f"{name} has stopped"
        await asyncio.to_thread(
            deployment.wait, lambda: deployment.pid(name) not in (None, before), 30, f"{name} is started again"
        )
        await ada.settled()
        await grace.until(lambda: grace.text == ada.text)
        assert ada.text.splitlines() == [str(line) for line in range(count)]
    assert "process was told something" in deployment.log(name)


def test_a_process_that_is_not_there_cannot_be_drained(deployment, environment):
    wait_until_well(deployment, environment)
    done = operate("drain", "g9", environment=environment)
    assert done.returncode == 1 and "there is no g9; there are: g1, g2, o1, o2" in done.stderr


# Health


@pytest.mark.parametrize("name", ["g1", "o1"])
def test_health_is_an_exit_code(deployment, name):
    for path in ("/api/health", "/api/ready"):
        assert said_by("health", internal_url(deployment, name) + path) == "200\n"


# Help


def test_every_command_says_what_it_does():
    """The commands stand in deploy/README.md with what they are for."""
    root = said_by("--help")
    for command in ("gateway", "owner", "status", "room", "drain", "health", "config", "keygen", "token", "loadtest"):
        assert f"  {command} " in root
        said = said_by(command, "--help")
        assert said.startswith("OVERVIEW: ") and f"USAGE: viva {command}" in said


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete_commands(shell, tmp_path):
    script = tmp_path / "completion"
    script.write_text(said_by("--generate-completion-script", shell))
    assert "drain" in script.read_text()
    if shell == "bash":
        subprocess.run(["bash", "-n", script], check=True)
