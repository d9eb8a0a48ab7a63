"""The load test against a whole deployment: what it finds, and that it cannot be fooled."""

import asyncio
import contextlib
import json
import re
import signal
import socket
import subprocess

import pytest
from viva.deployment import Deployment
from viva.load_test import COULD_NOT_RUN, GOOD, INTERRUPTED, MISSED, USAGE, WRONG, LoadTest, counts

SMALL = ["--rooms=3", "--ramp=1", "--duration=6", "--rate=5"]


async def test_a_healthy_deployment_is_measured_and_verified(url, tmp_path):
    file, page = tmp_path / "report.json", tmp_path / "report.html"
    run = await LoadTest.run("--url", url, *SMALL, "--observers=1", "--json", file, "--html", page, "--expect=errors<=0")
    assert run.code == GOOD, run.said
    report = json.loads(file.read_text())
    assert report["verification"]["state"] == "agreed"
    # Every edit reaches its author, and each of the two others in the room.
    found = counts(report)
    assert found["edits"] == found["acknowledgements"] > 3 * 2 * 5
    assert found["arrivals"] == 2 * found["edits"]
    histograms = {entry["name"]: entry["histogram"] for entry in report["microseconds"]}
    assert histograms["arrival"]["count"] == sum(histograms["arrival"]["buckets"][1::2]) == found["arrivals"]
    assert page.read_text().count("<svg") >= 4


async def test_people_who_leave_and_lose_their_network_lose_nothing(url, tmp_path):
    behavior = tmp_path / "behavior.json"
    short = [1] * 12
    behavior.write_text(json.dumps({"leavesPerHour": 900, "networkLossesPerHour": 900, "awaySeconds": short, "pauseSeconds": short}))
    file = tmp_path / "report.json"
    people = ["--rooms=5", "--people-per-room=3", "--ramp=1", "--duration=12", "--behavior", behavior]
    run = await LoadTest.run("--url", url, *people, "--json", file)
    assert run.code == GOOD, run.said
    found = counts(json.loads(file.read_text()))
    assert found["networkLosses"] > 0 and found["resumes"] > 0 and found["leaves"] > 0
    assert found["joins"] > 15
    assert found["disconnects"] == 0


async def test_people_over_polling_are_verified_as_others_are(url, tmp_path):
    file = tmp_path / "report.json"
    run = await LoadTest.run("--url", url, *SMALL, "--polling=50", "--json", file, "--expect=errors<=0")
    assert run.code == GOOD, run.said


async def test_a_recorded_history_is_replayed_by_several_at_once(url, tmp_path):
    trace = tmp_path / "trace.json"
    patches = [[[0, 0, "hello"]], [[5, 0, " world"]], [[0, 1, "H"]], [[6, 5, ""]]]
    trace.write_text(json.dumps({"startContent": "", "endContent": "Hello ", "txns": [{"patches": p} for p in patches]}))
    run = await LoadTest.run("--url", url, "--rooms=2", "--ramp=0", "--duration=6", "--replay", trace)
    assert run.code == GOOD, run.said


async def test_a_gateway_that_is_killed_costs_no_edit(url, deployment, tmp_path):
    file = tmp_path / "report.json"
    run = await LoadTest.start("--url", url, "--rooms=5", "--ramp=1", "--duration=14", "--rate=5", "--json", file)
    await run.until_said(r"10 of 10 people")
    deployment.kill("g1")
    await run.ended()
    assert run.code == GOOD, run.said
    found = counts(json.loads(file.read_text()))
    assert found["disconnects"] > 0 and found["resumes"] >= found["disconnects"]


async def test_a_bound_that_is_not_kept_fails_the_run(url):
    run = await LoadTest.run("--url", url, *SMALL, "--expect=arrival.p50<1us", "--expect=errors<=0")
    assert run.code == MISSED
    assert re.search(r"MISSED +arrival.p50<1us", run.said)
    assert re.search(r"met +errors<=0", run.said)


async def test_an_interrupted_run_reports_what_it_has(url, tmp_path):
    file = tmp_path / "report.json"
    run = await LoadTest.start("--url", url, "--rooms=3", "--ramp=1", "--duration=600", "--rate=5", "--json", file)
    await run.until_said(r"6 of 6 people +[1-9]")
    run.process.send_signal(signal.SIGINT)
    await run.ended()
    assert run.code == INTERRUPTED, run.said
    report = json.loads(file.read_text())
    assert report["interrupted"] and report["verification"]["state"] == "agreed"
    assert counts(report)["acknowledgements"] > 0


async def test_several_generators_make_one_report(url, tmp_path):
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    runs = await asyncio.gather(*(LoadTest.run("--url", url, *SMALL, "--json", file) for file in files))
    assert [run.code for run in runs] == [GOOD, GOOD]
    merged = tmp_path / "merged.json"
    run = await LoadTest.run("merge", *files, "--json", merged, "--expect=errors<=0")
    assert run.code == GOOD, run.said
    parts = [counts(json.loads(file.read_text())) for file in files]
    whole = counts(json.loads(merged.read_text()))
    assert all(whole[name] == sum(part[name] for part in parts) for name in whole)


async def test_a_character_that_is_changed_on_the_way_to_one_person_is_found(url):
    async with Meddler(url) as meddler:
        run = await LoadTest.run("--url", meddler.url, *SMALL)
    assert meddler.has_meddled
    assert run.code == WRONG, run.said
    assert "differs" in run.said


async def test_an_edit_that_is_lost_on_the_way_to_one_person_is_found(url):
    async with Meddler(url, rename=True) as meddler:
        run = await LoadTest.run("--url", meddler.url, *SMALL, "--settle=8")
    assert meddler.has_meddled
    assert run.code == WRONG, run.said


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param(["--url=nonsense"], USAGE, "is no URL", id="no URL"),
        pytest.param(["--rooms=0"], USAGE, "--rooms is 0", id="no rooms"),
        pytest.param(["--rate=1000"], USAGE, "--rate is 1000", id="faster than gateways take"),
        pytest.param(["--people-per-room=200", "--observers=100"], USAGE, "256 participants", id="too many for a room"),
        pytest.param(["--expect=arival.p99<5ms"], USAGE, "nothing that is measured", id="a bound on nothing"),
        pytest.param(["--behavior=/nowhere"], USAGE, "cannot be read", id="no such file"),
        pytest.param(["--url=http://host.invalid"], COULD_NOT_RUN, "is not known", id="no such host"),
        pytest.param(["--json=/nowhere/report.json"], USAGE, "cannot be written", id="no such directory"),
        pytest.param(["merge", "/nowhere"], USAGE, "cannot be read", id="nothing to merge"),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_line(arguments, code, words):
    run = await LoadTest.run(*arguments)
    assert run.code == code, run.said
    assert words in run.said


async def test_where_nothing_listens_it_says_so():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        run = await LoadTest.run("--url", f"http://127.0.0.1:{probe.getsockname()[1]}")
    assert run.code == COULD_NOT_RUN
    assert "connection refused" in run.said


async def test_a_server_that_takes_connections_and_never_answers_is_given_up():
    async with silent_server() as url:
        run = await LoadTest.run("--url", url)
    assert run.code == COULD_NOT_RUN
    assert "no answer in 10 s" in run.said


async def test_before_anybody_came_an_interruption_ends_it_at_once():
    connected = asyncio.Event()
    async with silent_server(connected) as url:
        run = await LoadTest.start("--url", url)
        await asyncio.wait_for(connected.wait(), 30)
        run.process.send_signal(signal.SIGINT)
        await run.ended()
    assert run.code == COULD_NOT_RUN
    assert "interrupted before anybody came" in run.said


@contextlib.asynccontextmanager
async def silent_server(connected=None):
    """Takes connections; tells of the first request, and answers none."""

    async def accept(reader, writer):
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            if connected:
                connected.set()
            await reader.read()
        writer.close()

    async with await asyncio.start_server(accept, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_another_server_is_told_from_a_deployment():
    async def answer(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        run = await LoadTest.run("--url", f"http://127.0.0.1:{port}")
    assert run.code == COULD_NOT_RUN
    assert "is not a deployment of Viva" in run.said


async def test_an_api_key_is_asked_for_and_used(tmp_path):
    key = "a-key-for-creating-sessions"
    with Deployment(tmp_path / "deployment", api_key=key) as deployment:
        without = await LoadTest.run("--url", deployment.url, *SMALL)
        assert without.code == COULD_NOT_RUN
        assert "wants its API key" in without.said
        wrong = await LoadTest.run("--url", deployment.url, *SMALL, "--api-key=another")
        assert wrong.code == COULD_NOT_RUN
        assert "does not accept this API key" in wrong.said
        right = await LoadTest.run("--url", deployment.url, *SMALL, VIVA_API_KEY=key)
        assert right.code == GOOD, right.said


async def test_a_deployment_that_limits_the_address_is_waited_for_and_named(tmp_path):
    file = tmp_path / "report.json"
    with Deployment(tmp_path / "deployment", unlimited="192.0.2.1") as deployment:
        crowd = ["--rooms=70", "--people-per-room=1", "--ramp=0", "--duration=6", "--rate=1", "--settle=60"]
        run = await LoadTest.run("--url", deployment.url, *crowd, "--json", file)
    assert run.code == GOOD, run.said
    assert counts(json.loads(file.read_text()))["rateLimited"] > 0
    assert "429" in run.said


async def test_people_who_only_watch_cost_no_edit(url, tmp_path):
    file = tmp_path / "report.json"
    run = await LoadTest.run("--url", url, "--rooms=4", "--ramp=0", "--duration=6", "--rate=0", "--json", file)
    assert run.code == GOOD, run.said
    found = counts(json.loads(file.read_text()))
    assert (found["joins"], found["edits"], found["proposals"]) == (8, 0, 0)


async def test_over_tls_the_certificate_has_to_be_trusted(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        + ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    with Deployment(tmp_path / "deployment", tls_certificate=certificate, tls_key=key) as deployment:
        url = deployment.url.replace("http://127.0.0.1", "https://localhost")
        run = await LoadTest.run("--url", url, *SMALL, "--polling=30", "--ca-file", certificate, "--expect=errors<=0")
        assert run.code == GOOD, run.said
        run = await LoadTest.run("--url", url, *SMALL)
        assert run.code == COULD_NOT_RUN
        assert "TLS failed" in run.said


class Meddler:
    """Stands between the load test and a deployment, and changes one edit on its way to one person."""

    def __init__(self, url, rename=False):
        self.host, port = url.removeprefix("http://").split(":")
        self.port = int(port)
        # Either the edit becomes a kind that is not known, which a client passes over, or its text changes.
        self.pattern, self.change = (
            (rb'"edit":\[', rb'"tide":[') if rename else (rb'("edit":\[[0-9]*,?")[a-z]', rb"\1#")
        )
        self.has_meddled = False

    async def __aenter__(self):
        self.server = await asyncio.start_server(self.connected, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_):
        self.server.close()

    async def connected(self, reader, writer):
        far_reader, far_writer = await asyncio.open_connection(self.host, self.port)
        await asyncio.gather(self.pass_on(reader, far_writer), self.pass_on(far_reader, writer, meddles=True))

    async def pass_on(self, reader, writer, meddles=False):
        try:
            while data := await reader.read(65536):
                if meddles and not self.has_meddled:
                    data, count = re.subn(self.pattern, self.change, data, count=1)
                    self.has_meddled = count == 1
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()
