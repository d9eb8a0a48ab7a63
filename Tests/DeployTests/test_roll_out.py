"""deploy/kubernetes/roll-out.sh, with a kubectl that only writes down what it is asked."""

import os
import subprocess

import pytest
from kustomize import build, containers

from viva.deployment import ROOT

OVERLAYS = ROOT / "deploy/kubernetes/overlays"
KUBECTL = """#!/bin/bash
echo "$*" >>"$CALLS"
[[ $1 != apply ]] || cp "$3/kustomization.yaml" "$CALLS.yaml"
[[ $3 != get ]] || grep -o "$4=.*" <<<"$RUNNING" | cut -d = -f 2
[[ $* != *"$FAILS_AT"* || -z $FAILS_AT ]]
"""


@pytest.fixture
def roll_out(tmp_path):
    (tmp_path / "kubectl").write_text(KUBECTL)
    (tmp_path / "kubectl").chmod(0o755)

    def run(*arguments, fails_at="", running=""):
        path = f"{tmp_path}:{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "CALLS": str(tmp_path / "calls"), "FAILS_AT": fails_at, "RUNNING": running}
        ran = subprocess.run(
            [ROOT / "deploy/kubernetes/roll-out.sh", *arguments], env=environment, capture_output=True, timeout=30, check=False
        )
        calls = (tmp_path / "calls").read_text().splitlines() if (tmp_path / "calls").exists() else []
        return ran.returncode, calls

    return run


def steps(calls):
    """What was applied, by its last label, and what was waited for."""
    return [call.rsplit("=", 1)[1] if call.startswith("apply") else call.split()[4] for call in calls]


def test_whoever_reads_goes_before_whoever_writes(roll_out):
    code, calls = roll_out("production", "ghcr.io/somebody/viva", "1.2.3")
    assert code == 0
    order = ["shared", "owner", "deployment/owner", "gateway", "statefulset/gateway", "proxy", "deployment/proxy"]
    assert steps(calls) == order


def test_what_does_not_get_ready_ends_it(roll_out):
    code, calls = roll_out("production", "ghcr.io/somebody/viva", "1.2.3", fails_at="statefulset/gateway")
    assert code == 1
    assert steps(calls)[-1] == "statefulset/gateway"
    assert not list(OVERLAYS.glob(".release*"))


def test_the_images_are_those_of_the_version(roll_out, tmp_path):
    roll_out("staging", "ghcr.io/somebody/viva", "1.2.3")
    release = OVERLAYS / "test-release"
    release.mkdir()
    try:
        (tmp_path / "calls.yaml").rename(release / "kustomization.yaml")
        images = {container["image"] for item in build(release) for container in containers(item)}
    finally:
        (release / "kustomization.yaml").unlink(missing_ok=True)
        release.rmdir()
    assert images == {"ghcr.io/somebody/viva:1.2.3", "ghcr.io/somebody/viva-proxy:1.2.3"}


@pytest.mark.parametrize("reached", [[], ["deployment/owner"], ["deployment/owner", "statefulset/gateway", "deployment/proxy"]])
def test_what_it_has_reached_goes_back_the_other_way_round(roll_out, reached):
    order = ["deployment/owner", "statefulset/gateway", "deployment/proxy"]
    versions = {name: "1.2.3" if name in reached else "1.2.2" for name in order}
    running = "\n".join(f"{name}=ghcr.io/somebody/viva:{version}" for name, version in versions.items())
    code, calls = roll_out("--undo", "production", "1.2.3", running=running)
    assert code == 0
    assert [call.split()[4] for call in calls if "undo" in call] == reached[::-1]


@pytest.mark.parametrize("arguments", [[], ["production"], ["--undo", "production"]], ids=str)
def test_whoever_says_too_little_is_told_what_to_say(roll_out, arguments):
    assert roll_out(*arguments) == (2, [])
