"""Metrics: what processes count is what happened, in words that Prometheus understands."""

import re
import signal
import subprocess
import urllib.error
import urllib.request

import pytest

from viva import Participant, Session
from viva.contracts import ROOT
from viva.metrics import Metrics, internal_url, total

GATEWAYS, OWNERS = ["g1", "g2"], ["o1", "o2"]
UNITS = ("_seconds", "_bytes")


async def grew(deployment, names, metric, before, by, **labels):
    """Until it has: what people see is counted a moment before or after."""
    deployment.wait(lambda: total(deployment, names, metric, **labels) >= before + by, 20, f"{metric} {labels} grows by {by}")
    now = total(deployment, names, metric, **labels)
    assert now - before == by, f"{metric} {labels}: {before} → {now}"


@pytest.mark.parametrize("name", GATEWAYS[:1] + OWNERS[:1])
def test_names_helps_and_units_are_as_prometheus_has_them(deployment, name):
    metrics = Metrics.of(deployment, name)
    assert len(metrics.families) > 15
    for family in metrics.families.values():
        assert family.documentation and family.type in ("counter", "gauge", "histogram")
        assert family.name.startswith(("viva_", "process_"))
        if family.type == "counter":
            assert f"# TYPE {family.name}_total counter" in metrics.text
        if family.type == "histogram" and family.name != "viva_fanout_receivers":
            assert family.name.endswith(UNITS)


def test_operators_read_what_each_means(deployment):
    text = (ROOT / "deploy/METRICS.md").read_text()
    rows = dict(re.findall(r"^\| `((?:viva|process)_\w+)`.* \| (\w+) \| [^|]+ \|$", text, re.MULTILINE))
    told = {}
    for name in ("g1", "o1"):
        told |= dict(re.findall(r"^# TYPE (\w+) (\w+)$", Metrics.of(deployment, name).text, re.MULTILINE))
    assert rows == told


def test_labels_are_bounded(deployment):
    """Each series is there from the start: nothing that happens adds one."""
    count = {name: len(Metrics.of(deployment, name).samples) for name in ("g1", "o1")}
    assert count["g1"] < 200 and count["o1"] < 120


async def test_an_edit_is_counted_at_each_of_its_stages(deployment, session):
    async with Participant(session, "interviewer", "Grace") as grace, Participant(session, "candidate", "Ada") as ada:
        await grace.append("first\n")
        await grace.settled()
        await ada.until(lambda: ada.text == grace.text)
        edits = total(deployment, GATEWAYS, "viva_proposals_total", kind="edit")
        commits = total(deployment, OWNERS, "viva_commits_total")
        stages = {
            stage: total(deployment, names, "viva_commit_latency_seconds_count", stage=stage)
            for stage, names in (("publish", GATEWAYS), ("commit", OWNERS), ("delivery", GATEWAYS))
        }
        receivers = total(deployment, GATEWAYS, "viva_fanout_receivers_sum")
        sent = ada.sent["edit"]
        await ada.append("second\n")
        await ada.settled()
        await grace.until(lambda: grace.text == ada.text)

        await grew(deployment, GATEWAYS, "viva_proposals_total", edits, ada.sent["edit"] - sent, kind="edit")
        await grew(deployment, OWNERS, "viva_commits_total", commits, 1)
        await grew(deployment, GATEWAYS, "viva_fanout_receivers_sum", receivers, 2)
        for stage, names in (("publish", GATEWAYS), ("commit", OWNERS), ("delivery", GATEWAYS)):
            deployment.wait(
                lambda names=names, stage=stage: total(deployment, names, "viva_commit_latency_seconds_count", stage=stage) > stages[stage],
                20,
                f"{stage} is measured",
            )


async def test_people_who_come_and_are_refused_are_counted(deployment, session):
    before = total(deployment, GATEWAYS, "viva_joins_total", kind="new")
    resumed = total(deployment, GATEWAYS, "viva_joins_total", kind="resumed")
    refused = total(deployment, GATEWAYS, "viva_refusals_total", code="invalid_token")
    async with Participant(session) as ada:
        assert total(deployment, GATEWAYS, "viva_connections") >= 1
        assert total(deployment, GATEWAYS, "viva_rooms_followed") >= 1
        assert total(deployment, OWNERS, "viva_rooms_owned") >= 1
        await ada.drop()
    with pytest.raises(Exception, match="invalid_token"):
        await Participant(session, token="nonsense").join()
    await grew(deployment, GATEWAYS, "viva_joins_total", before, 1, kind="new")
    await grew(deployment, GATEWAYS, "viva_joins_total", resumed, 1, kind="resumed")
    await grew(deployment, GATEWAYS, "viva_refusals_total", refused, 1, code="invalid_token")


async def test_rejections_are_counted_by_code(deployment, session):
    before = total(deployment, OWNERS, "viva_rejections_total", code="forbidden")
    async with Participant(session, "observer", "Olga") as olga:
        await olga.propose("language", language="go")
    await grew(deployment, OWNERS, "viva_rejections_total", before, 1, code="forbidden")


async def test_a_claim_of_a_room_is_counted(deployment):
    before = total(deployment, OWNERS, "viva_claims_total")
    session = await Session.create(deployment.url)
    async with Participant(session):
        await grew(deployment, OWNERS, "viva_claims_total", before, 1)


def test_a_process_says_what_it_is_and_what_it_uses(deployment):
    for name, role in (("g1", "gateway"), ("o1", "owner")):
        metrics = Metrics.of(deployment, name)
        assert metrics.value("viva_build_info", role=role) == 1
        assert metrics.value("process_resident_memory_bytes") > 1_000_000
        assert metrics.value("process_cpu_seconds_total") > 0
        assert 0 < metrics.value("process_open_fds") < metrics.value("process_max_fds")
        assert metrics.value("viva_event_loop_lag_seconds_count") > 0


def test_a_process_says_when_it_misses_redis(deployment):
    """It is not ready then, which whoever replaces processes one by one waits for."""
    before = total(deployment, ["o1"], "viva_redis_reconnects_total")
    deployment.kill("redis", signal.SIGSTOP)
    try:
        for name in ("g1", "o1"):
            deployment.wait(lambda name=name: not is_ready(deployment, name), 20, f"{name} misses Redis")
            deployment.wait(lambda name=name: says_so(deployment, name, 0), 20, f"{name} says so")
    finally:
        deployment.kill("redis", signal.SIGCONT)
    for name in ("g1", "o1"):
        deployment.wait(lambda name=name: is_ready(deployment, name), 20, f"{name} has Redis again")
        deployment.wait(lambda name=name: says_so(deployment, name, 1), 20, f"{name} says so")
    assert total(deployment, ["o1"], "viva_redis_reconnects_total") > before


def says_so(deployment, name, value):
    metrics = Metrics.of(deployment, name)
    return metrics.value("viva_ready") == metrics.value("viva_redis_connected", connection="commands") == value


def is_ready(deployment, name):
    try:
        with urllib.request.urlopen(internal_url(deployment, name) + "/api/ready", timeout=10) as response:
            return response.status == 200
    except urllib.error.HTTPError as error:
        assert error.code == 503
        return False
