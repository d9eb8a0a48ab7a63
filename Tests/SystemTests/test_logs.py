"""Logs: a line an event, by whose IDs somebody is followed from one process to the next; never what they wrote."""

import json
import re

import pytest

from viva import Deployment, Participant, Session, call

LINES = ("time", "level", "process", "message")
NAME, TEXT, TITLE, CHAT = "Augusta-Ada-King", "countess-of-lovelace", "analytical-engine", "difference-engine"


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    """One that says all it has to say."""
    directory = tmp_path_factory.mktemp("deployment")
    with Deployment(directory, {"VIVA_LOG_LEVEL": "trace"}) as deployment:
        yield deployment


def events(deployment, *names):
    """What was logged; a line that is no JSON object fails, unless it is still being written."""
    whole = [deployment.log(name).rpartition("\n")[0] for name in names]
    return [json.loads(line) for log in whole for line in log.splitlines()]


async def visit(deployment):
    session = await Session.create(deployment.url, title=TITLE, text=TEXT)
    async with Participant(session, "candidate", NAME) as ada:
        await ada.append(TEXT)
        await ada.settled()
        await ada.propose("chat", text=CHAT)
        await ada.emit("select", {"revision": ada.edits.revision, "selections": [[0, 3]]})
        await ada.drop()
        connection = ada.client.eio.sid
        await ada.append("more-of-" + TEXT)
        await ada.settled()
        participant, key = ada.id, ada.welcomes[-1]["key"]
    return session, participant, key, connection


def said_of(deployment, connection):
    """Who said what of it: gateways and owners."""
    return {
        (event["process"][0], event["message"])
        for event in events(deployment, "g1", "g2", "o1", "o2")
        if event.get("connection") == connection and event["level"] == "info"
    }


async def test_each_line_is_an_object_with_time_level_process_and_message(deployment, session):
    for name in ("g1", "g2", "o1", "o2"):
        found = events(deployment, name)
        assert found
        for event in found:
            assert tuple(event)[:4] == LINES and event["process"] == name
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", event["time"])
            assert all(isinstance(value, str) for value in event.values())


async def test_a_connection_is_followed_through_gateway_and_owner(deployment):
    session, participant, _, connection = await visit(deployment)
    lines = {
        ("g", "connection was welcomed"),
        ("o", "connection was admitted"),
        ("g", "connection was closed"),
        ("o", "connection has left"),
    }
    deployment.wait(lambda: said_of(deployment, connection) >= lines, 10, "all four lines are there")
    rooms = {event["room"] for event in events(deployment, "g1", "g2", "o1", "o2") if event.get("connection") == connection}
    assert rooms == {session.id}


async def test_a_request_is_found_by_the_id_that_its_answer_has(deployment):
    answer = await call("POST", deployment.url, "/api/sessions", json={}, headers={"X-Request-ID": "frombrowser"})
    request = answer.headers["X-Request-ID"]

    def lines():
        return [event for event in events(deployment, "g1", "g2") if event.get("request") == request]

    deployment.wait(lambda: any(event["level"] == "info" for event in lines()), 10, "the request is logged")
    found = lines()
    assert [event["message"] for event in found if event["level"] == "info"] == ["request was answered"]
    line = next(event for event in found if event["level"] == "info")
    assert (line["method"], line["status"], line["room"]) == ("POST", "201", answer.body["id"])


async def test_an_id_that_a_proxy_gives_is_kept_and_any_other_is_not(deployment):
    url = deployment.gateway_url("g1")
    for given, is_kept in (("0a1b2c3d", True), ("two words", False), ("x" * 33, False)):
        answer = await call("GET", url, "/api/health", headers={"X-Request-ID": given})
        assert (answer.headers["X-Request-ID"] == given) == is_kept


async def test_no_text_no_name_and_nothing_secret_is_ever_logged(deployment):
    session, _, key, _ = await visit(deployment)
    # A link in the wrong place, as when somebody pastes it.
    await call("GET", deployment.url, f"/api/sessions/{session.tokens['candidate']}", token=session.tokens["observer"])
    secret = (deployment.directory / "secret").read_text().strip()
    logs = "".join(deployment.log(name) for name in ("g1", "g2", "o1", "o2"))
    assert session.id in logs
    signatures = [token.split(".")[2] for token in session.tokens.values()]
    for hidden in (NAME, TEXT, TITLE, CHAT, key, secret, *signatures):
        assert hidden not in logs, next(line for line in logs.splitlines() if hidden in line)


async def test_a_person_reads_text(tmp_path):
    with Deployment(tmp_path, {"VIVA_LOG_FORMAT": "text"}) as deployment:
        log = deployment.log("o1")
        assert re.search(r"^\d\d:\d\d:\d\d\.\d{3} info    o1 process started role=owner version=\S+$", log, re.MULTILINE)
