"""deploy/smoke-test.sh: it passes where all is well, and says in one line what is not."""

import os
import subprocess

import pytest

from viva import Deployment
from viva.deployment import ROOT


def smoke_test(url, **environment):
    return subprocess.run(
        [ROOT / "deploy/smoke-test.sh", url],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    with Deployment(tmp_path_factory.mktemp("smoke"), api_key="open-sesame") as deployment:
        yield deployment


def test_a_deployment_that_works_passes(deployment):
    ran = smoke_test(deployment.url, VIVA_API_KEY="open-sesame")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.endswith("smoke: passed\n")
    assert "each saw what the other typed" in ran.stdout


def test_a_gateway_without_a_proxy_passes_too(deployment):
    ran = smoke_test(deployment.gateway_url("g1"), VIVA_API_KEY="open-sesame")
    assert ran.returncode == 0, ran.stderr
    assert f"careful: links begin with {deployment.url}, which is not" in ran.stdout


def test_without_its_key_it_says_what_was_refused(deployment):
    ran = smoke_test(deployment.url)
    assert ran.returncode == 1
    assert f"FAILED at {deployment.url}: /api/sessions answers 401 instead of 201" in ran.stderr


def test_nobody_there_is_said_in_one_line():
    ran = smoke_test("http://127.0.0.1:9")
    assert ran.returncode == 1
    assert ran.stderr.startswith("smoke: FAILED at http://127.0.0.1:9: /api/health: curl:")
    assert ran.stderr.count("\n") == 1
