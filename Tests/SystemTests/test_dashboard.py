"""The dashboard over a deployment in which people work: Prometheus has an answer for every panel."""

import asyncio
import json
import re
import subprocess
import time
import urllib.parse
import urllib.request

import pytest
import yaml

from viva import Participant, Session
from viva.deployment import ROOT

DASHBOARD = json.loads((ROOT / "deploy/prometheus/dashboard.json").read_text())
QUERIES = [
    pytest.param(target["expr"], id=f"{panel['title']} {target['refId']}")
    for panel in DASHBOARD["panels"]
    for target in panel.get("targets", [])
]
# These show nothing while all is well: their series are there, and zero.
EMPTY_IN_PEACE = re.compile(r"refusals_total.* > 0$|rejections_total.* > 0$")


@pytest.fixture(scope="module")
def prometheus(deployment, tmp_path_factory):
    directory = tmp_path_factory.mktemp("prometheus")
    ports = deployment.settings
    first = [ports["gateway_internal_port"], ports["owner_internal_port"]]
    targets = [f"127.0.0.1:{port + index}" for port in first for index in range(2)]
    configuration = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(ROOT / "deploy/prometheus/alerts.yml")],
        "scrape_configs": [{"job_name": "viva", "static_configs": [{"targets": targets}]}],
    }
    (directory / "prometheus.yml").write_text(yaml.safe_dump(configuration))
    address = f"127.0.0.1:{ports['http_port'] + 24}"  # the last of a deployment's, which needs fewer
    process = subprocess.Popen(
        ["prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=data", f"--web.listen-address={address}"],
        cwd=directory,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://{address}/api/v1"
    finally:
        process.kill()
        process.wait()


def ask(prometheus, path, **parameters):
    url = f"{prometheus}/{path}?{urllib.parse.urlencode(parameters)}"
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return json.load(response)["data"]
    except OSError:  # it is only starting
        return {"result": [], "alerts": None}


def value(prometheus, query):
    return ask(prometheus, "query", query=query)["result"]


@pytest.fixture(scope="module")
def work(deployment, prometheus):
    """People have typed, and it has been seen."""
    asyncio.run(type_until_it_shows(deployment.url, prometheus))


async def type_until_it_shows(url, prometheus):
    session = await Session.create(url)
    async with Participant(session) as ada, Participant(session, "interviewer"):
        deadline = time.monotonic() + 60
        # A rate needs two scrapes with something between them, from every process.
        while not all(value(prometheus, query) for query in SIGNS_OF_WORK):
            assert time.monotonic() < deadline, "what people do does not show"
            await ada.append("x")
            await ada.settled()
            async with Participant(session):
                pass  # somebody who leaves


SIGNS_OF_WORK = [
    'rate(viva_commit_latency_seconds_count{stage="delivery"}[5m]) > 0',
    "count(rate(viva_event_loop_lag_seconds_count[5m]) > 0) == 4",
    "count(rate(viva_redis_round_trip_seconds_count[5m]) > 0) == 4",
    "sum(rate(viva_closes_total[5m])) > 0",
]


@pytest.mark.parametrize("query", QUERIES)
def test_every_panel_has_something_to_show(deployment, prometheus, work, query):
    for name, text in {"$__rate_interval": "5m", "$job": "viva", "$instance": ".+"}.items():
        query = query.replace(name, text)
    if EMPTY_IN_PEACE.search(query):
        query = query.removesuffix(" > 0")
    # Prometheus forgets a process for a moment that did not answer it within a second.
    deployment.wait(lambda: value(prometheus, query), 60, query)


def test_while_all_is_well_no_alert_tells(deployment, prometheus, work):
    answer = lambda: ask(prometheus, "alerts")
    told = deployment.wait(lambda: (found := answer())["alerts"] is not None and found, 60, "Prometheus tells its alerts")
    assert [alert for alert in told["alerts"] if alert["state"] == "firing"] == []
