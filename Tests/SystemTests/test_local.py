"""What `make run` promises: one clear line for each fault, and nothing left behind."""

import os
import signal
import socket
import stat
import subprocess
import time
from pathlib import Path

import pytest

from viva import Deployment
from viva.deployment import ROOT


@pytest.fixture
def deployment(tmp_path):
    deployment = Deployment(tmp_path / "data", gateways=1, owners=1)
    yield deployment
    if deployment.supervisor:
        deployment.stop()


def is_alive(pid):
    """Whether a process runs: one that ended but that nobody asked after is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pids):
    deadline = time.monotonic() + 20
    while any(map(is_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in pids if is_alive(pid)]


def everything_of(deployment):
    """The processes with a pid file and what they started, as nginx's workers."""
    pids = {deployment.pid(name) for name in deployment.names()}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent in pids:
                pids.add(int(entry.name))
    return pids


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_is_left_after(deployment, end):
    deployment.start()
    pids = everything_of(deployment)
    assert len(pids) > 4
    deployment.supervisor.send_signal(end)
    deployment.supervisor.wait(30)
    wait_until_gone(pids)


def test_a_deployment_starts_again_at_once_after_it_was_killed(deployment):
    deployment.start()
    deployment.supervisor.kill()
    deployment.supervisor.wait()
    deployment.start()


@pytest.mark.parametrize("name", ["redis", "nginx", "o1", "g1"])
def test_a_process_that_crashes_is_started_again_and_that_is_said(deployment, name):
    deployment.start()
    deployment.kill_and_wait(name)
    assert f"{name} was killed by SIGKILL; starts again in 0.1 s" in deployment.said


def test_a_port_in_use_is_named_with_its_setting(deployment):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", deployment.redis_port))
        taken.listen()
        check_refused(deployment, f"port {deployment.redis_port} is in use; set VIVA_REDIS_PORT to another")


def test_a_missing_server_is_named(deployment):
    deployment.settings["executable"] = "/nowhere/viva"
    check_refused(deployment, "there is no server at /nowhere/viva; run without --no-build")


def test_a_process_that_fails_at_once_ends_everything_with_its_last_words(deployment, tmp_path):
    failing = tmp_path / "viva"
    failing.write_text("#!/bin/sh\necho no such luck\nexit 7\n")
    failing.chmod(0o755)
    deployment.settings["executable"] = failing
    check_refused(deployment, "o1 exited with 7 while starting: no such luck")
    assert not deployment.names()


def test_one_directory_holds_one_deployment(deployment):
    deployment.start()
    second = subprocess.run(
        [ROOT / "deploy/local/run", "--no-install", "--no-build", f"--data-dir={deployment.directory}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert "another deployment runs on" in second.stderr


def test_the_secret_is_made_once_and_is_nobody_elses(deployment):
    deployment.start()
    path = deployment.directory / "secret"
    secret = path.read_text()
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert len(secret) >= 32
    deployment.stop()
    deployment.start()
    assert path.read_text() == secret


def check_refused(deployment, line):
    with pytest.raises(TimeoutError):
        deployment.start()
    assert deployment.supervisor.wait(30) == 1
    assert line in deployment.said
    assert "Traceback" not in deployment.said
