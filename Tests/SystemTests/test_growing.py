"""A deployment that grows while people type in it: owners and gateways join, and nobody loses anything."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys

import pytest
from viva import Deployment
from viva.deployment import ROOT
from viva.load_test import INTERRUPTED, LoadTest, counts
from viva.metrics import total

sys.path.insert(0, str(ROOT / "deploy/local"))
from processes import all_processes  # noqa: E402
from settings import recall_settings  # noqa: E402

JOIN_SECONDS_MAX = 30
# Now and then somebody's network fails: who comes back comes to whichever gateway there is.
BEHAVIOR = {"leavesPerHour": 0, "networkLossesPerHour": 600, "awaySeconds": [1] * 12, "pauseSeconds": [1] * 12}


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    with Deployment(tmp_path_factory.mktemp("deployment"), owners=1, gateways=2) as deployment:
        yield deployment


@contextlib.contextmanager
def grown(deployment, **counts_of):
    """The processes that a deployment with these counts has more; lines for nginx are written with them."""
    settings = recall_settings(deployment.directory)
    for name, count in counts_of.items():
        setattr(settings, name, count)
    more = [process for process in all_processes(settings) if not (deployment.directory / f"run/{process.name}.pid").exists()]
    with contextlib.ExitStack() as stack:
        for process in more:
            stack.enter_context(running(process))
        deployment.wait(lambda: all(process.is_ready() for process in more), JOIN_SECONDS_MAX, "they are ready")
        yield


@contextlib.contextmanager
def running(process):
    with subprocess.Popen(
        process.command, env={**os.environ, **process.environment}, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        try:
            yield
        finally:
            child.kill()


async def until(deployment, names, metric, least, what):
    def is_reached():
        return total(deployment, names, metric) >= least

    await asyncio.to_thread(deployment.wait, is_reached, JOIN_SECONDS_MAX, what)


async def test_a_deployment_grows_under_load_and_every_edit_is_there_once(deployment, tmp_path):
    behavior, file = tmp_path / "behavior.json", tmp_path / "report.json"
    behavior.write_text(json.dumps(BEHAVIOR))
    people = ["--rooms=12", "--people-per-room=3", "--ramp=1", "--duration=120", "--behavior", behavior]
    run = await LoadTest.start("--url", deployment.url, *people, "--json", file, "--expect=errors<=0")
    await until(deployment, ["g1", "g2"], "viva_joins_total", 36, "everybody is there")
    with grown(deployment, owners=2, gateways=3):
        deployment.kill("nginx", signal.SIGHUP)
        await asyncio.gather(
            until(deployment, ["o1"], "viva_rooms_handed_over_total", 3, "the second owner gets its share"),
            until(deployment, ["g3"], "viva_connections", 3, "people come to the third gateway"),
        )
        # It was to go on: whoever types learns of the end by surprise, and everything is checked as it stands.
        run.process.send_signal(signal.SIGINT)
        await run.ended()
    assert run.code == INTERRUPTED, run.said
    report = json.loads(file.read_text())
    assert report["verification"]["state"] == "agreed"
    assert counts(report)["resumes"] > 0
