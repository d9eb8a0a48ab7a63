"""Tracing: one trace goes from a request's header through a gateway and an owner; off, nothing is written."""

import json
import re
import subprocess

import pytest

from viva import Deployment, Participant, Session, call

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
KEPT, NOT_KEPT = f"00-{TRACE}-{SPAN}-01", f"00-{TRACE}-{SPAN}-00"
NAME, TEXT = "Augusta-Ada-King", "countess-of-lovelace"
SERVER, CLIENT, PRODUCER, CONSUMER = 2, 3, 4, 5


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    """All its processes write to one file, each line in one piece; nothing that begins here is kept."""
    directory = tmp_path_factory.mktemp("deployment")
    environment = {"VIVA_TRACE_FILE": str(directory / "spans"), "VIVA_TRACE_SAMPLE": "0"}
    with Deployment(directory, environment) as deployment:
        yield deployment


def spans(deployment):
    """Each with the process that wrote it."""
    file = deployment.directory / "spans"
    lines = file.read_text().splitlines() if file.exists() else []
    found = []
    for line in lines:
        [resource] = json.loads(line)["resourceSpans"]
        about = {each["key"]: each["value"]["stringValue"] for each in resource["resource"]["attributes"]}
        [scope] = resource["scopeSpans"]
        [span] = scope["spans"]
        found.append({**span, "service": about["service.name"], "process": about["service.instance.id"]})
    return found


def of(deployment, name, **members):
    wanted = {"name": name, **members}
    return [span for span in spans(deployment) if wanted.items() <= span.items()]


def only(deployment, name, **members):
    [span] = deployment.wait(lambda: of(deployment, name, **members), 60, f"a span {name} {members}")
    return span


async def typing(deployment, header, session=None):
    """Somebody who comes with that header, and types."""
    session = session or await Session.create(deployment.url)
    ada = Participant(session, "candidate", NAME)
    ada.headers = {"traceparent": header} if header else {}
    async with ada:
        await ada.append(TEXT)
        await ada.settled()
    return session


async def test_a_request_is_a_span_under_the_one_its_header_names(deployment):
    trace = TRACE[::-1]
    headers = {"traceparent": f"00-{trace}-{SPAN}-01"}
    assert (await call("POST", deployment.url, "/api/sessions", json={}, headers=headers)).status == 201
    span = only(deployment, "POST /api/sessions", traceId=trace)
    assert (span["service"], span["parentSpanId"], span["kind"]) == ("viva-gateway", SPAN, SERVER)
    assert {"key": "http.response.status_code", "value": {"intValue": "201"}} in span["attributes"]
    assert int(span["startTimeUnixNano"]) < int(span["endTimeUnixNano"])


async def test_a_join_and_an_edit_go_through_gateway_and_owner_in_one_trace_each(deployment):
    await typing(deployment, KEPT)
    join = only(deployment, "join", traceId=TRACE)
    assert (join["service"], join["parentSpanId"], join["kind"]) == ("viva-gateway", SPAN, SERVER)
    joined = only(deployment, "order", traceId=TRACE)
    assert (joined["service"], joined["parentSpanId"]) == ("viva-owner", join["spanId"])

    linked = lambda: [span for span in of(deployment, "propose") if is_linked(span, join)]
    [propose] = deployment.wait(linked, 60, "the edit is traced")
    assert (propose["service"], propose["kind"]) == ("viva-gateway", PRODUCER)
    assert "parentSpanId" not in propose and propose["traceId"] != TRACE
    trace = propose["traceId"]
    order = only(deployment, "order", traceId=trace)
    assert (order["service"], order["parentSpanId"], order["kind"]) == ("viva-owner", propose["spanId"], CONSUMER)
    commit = only(deployment, "commit", traceId=trace)
    assert (commit["process"], commit["parentSpanId"], commit["kind"]) == (order["process"], order["spanId"], CLIENT)
    deliver = only(deployment, "deliver", traceId=trace)
    assert (deliver["process"], deliver["parentSpanId"]) == (propose["process"], commit["spanId"])
    assert "status" not in commit


def is_linked(span, to):
    return {"traceId": to["traceId"], "spanId": to["spanId"]} in span.get("links", [])


@pytest.mark.parametrize("header", [NOT_KEPT, KEPT.upper(), KEPT + "0", None], ids=["not kept", "upper case", "too long", "none"])
async def test_nothing_else_is_traced_where_nothing_is_sampled(deployment, header):
    before = len(spans(deployment))
    await typing(deployment, header)
    mark = await call("GET", deployment.url, "/api/sessions/none", headers={"traceparent": KEPT})
    assert mark.status == 401
    # Written behind whatever came before it, by gateways; owners have nothing that they were not told.
    deployment.wait(lambda: len(spans(deployment)) > before, 60, "the mark is written")
    assert [span["name"] for span in spans(deployment)[before:]] == ["GET /api/sessions/{id}"]


async def test_no_span_holds_what_somebody_wrote_or_was_given(deployment):
    before = len(of(deployment, "deliver"))
    session = await typing(deployment, KEPT)
    deployment.wait(lambda: len(of(deployment, "deliver")) > before, 60, "an edit is traced")
    text = (deployment.directory / "spans").read_text()
    for secret in (NAME, TEXT, session.id, *session.tokens.values()):
        assert secret not in text


async def test_a_file_that_was_moved_away_is_begun_anew(deployment):
    file = deployment.directory / "spans"
    await typing(deployment, KEPT)
    file.rename(deployment.directory / "spans.1")
    await call("GET", deployment.url, "/api/sessions/none", headers={"traceparent": KEPT})
    deployment.wait(file.exists, 60, "a new file")


async def test_off_as_it_is_by_default_nothing_is_written_or_passed_on(tmp_path):
    with Deployment(tmp_path) as deployment:
        session = await Session.create(deployment.url)
        # The room has its owner first: whoever listens to `in` is taken for one.
        async with Participant(session, "interviewer", "Grace"):
            heard = await what_passes(deployment, session, tmp_path / "heard")
        assert TRACE not in heard and not re.search("^1 .* 00-", heard, re.MULTILINE)
        # A link to a directory elsewhere is not followed by itself.
        files = [file for directory in (tmp_path, tmp_path / "redis", tmp_path / "logs") for file in directory.rglob("*")]
        assert all(TRACE not in file.read_text(errors="replace") for file in files if file.is_file())


async def what_passes(deployment, session, file):
    """What goes over the room's channels while somebody comes with a trace, and types."""
    channels = [f"{{{session.id}}}:in", f"{{{session.id}}}:out"]
    command = ["redis-cli", "-p", str(deployment.redis_port), "SSUBSCRIBE", *channels]
    with open(file, "wb") as output, subprocess.Popen(command, stdout=output) as listener:
        try:
            deployment.wait(lambda: file.read_text().count("ssubscribe") == 2, 60, "Redis listens")
            await typing(deployment, KEPT, session)
            deployment.wait(lambda: all(word in file.read_text() for word in ("1 commits", "1 edit")), 60, "an edit goes by")
        finally:
            listener.terminate()
    return file.read_text()
