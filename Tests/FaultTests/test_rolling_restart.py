"""`deploy/rolling-restart.sh`: people go on typing while every process is exchanged, and mistakes are told in one line."""

import subprocess

import pytest

from chaos.process_faults import rolling_restart
from chaos.report import report
from chaos.run import Load, Run
from viva import Deployment
from viva.deployment import ROOT

SCRIPT = ROOT / "deploy/rolling-restart.sh"


async def test_everything_is_replaced_under_load_and_nothing_is_lost(tmp_path):
    run = Run(1, Load(rooms=30, gateways=2, owners=2), [rolling_restart], seconds=0, directory=tmp_path, faults_min=1)
    verdict = await run.play()
    print(*report(run, verdict), sep="\n")
    assert verdict.is_good
    assert [incident.kind for incident in run.stage.incidents] == [
        f"{name} replaced" for name in ("redis", "o1", "o2", "nginx", "g1", "g2")
    ]


def roll(deployment, *names):
    command = [SCRIPT, f"--data-dir={deployment.directory}", *names]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def executable(tmp_path_factory):
    """Stands for the server, so that another can be put in its place as a build does."""
    path = tmp_path_factory.mktemp("bin") / "viva"
    install(path, f'exec {ROOT}/.build/release/viva "$@"')
    return path


def install(path, command):
    """Into place at once: a script that runs is not changed."""
    new = path.with_suffix(".new")
    new.write_text(f"#!/bin/sh\n{command}\n")
    new.chmod(0o755)
    new.replace(path)


@pytest.fixture(scope="module")
def deployment(tmp_path_factory, executable):
    directory = tmp_path_factory.mktemp("deployment")
    with Deployment(directory, gateways=1, owners=1, executable=executable) as deployment:
        yield deployment


def test_every_process_but_nginx_is_another_afterwards(deployment):
    before = {name: deployment.pid(name) for name in deployment.names()}
    assert roll(deployment).returncode == 0
    after = {name: deployment.pid(name) for name in deployment.names()}
    assert {name for name in before if before[name] == after[name]} == {"nginx"}


def test_only_those_that_are_named_are_replaced(deployment):
    before = deployment.pid("g1"), deployment.pid("o1")
    assert roll(deployment, "o1").returncode == 0
    assert deployment.pid("g1") == before[0]
    assert deployment.pid("o1") != before[1]


def test_a_name_that_does_not_exist_is_told(deployment):
    refused = roll(deployment, "o7")
    assert (refused.returncode, refused.stderr) == (1, "viva: there is no o7; there are redis o1 nginx g1\n")


def test_where_nothing_runs_that_is_told(tmp_path):
    refused = subprocess.run([SCRIPT, f"--data-dir={tmp_path}"], capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stderr) == (1, f"viva: no deployment runs on {tmp_path}\n")


def test_a_new_version_that_cannot_start_ends_it_and_leaves_the_rest(deployment, executable):
    gateway = deployment.pid("g1")
    install(executable, "exit 7")
    failed = roll(deployment, "--ready-seconds=2", "o1", "g1")
    assert failed.returncode == 1
    assert failed.stderr.startswith("viva: o1 did not get ready; see ")
    assert deployment.pid("g1") == gateway
