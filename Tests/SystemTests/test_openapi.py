"""Requests made from openapi.yaml, right and wrong ones, through nginx: every answer is one that the contract describes.

`SEED=7` repeats a run, `EXAMPLES=1000` makes more of each operation.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from viva.contracts import ROOT

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
SEED = os.environ.get("SEED", "1")
EXAMPLES = os.environ.get("EXAMPLES", "20")


def ask(url, directory, *options, **environment):
    """All that schemathesis finds wrong; nothing if all is well."""
    run = subprocess.run(
        [SCHEMATHESIS, "run", ROOT / "openapi.yaml", "--url", url, "--seed", SEED, "--max-examples", EXAMPLES]
        + ["--phases", "examples,coverage,fuzzing", "--continue-on-failure", "--no-color", "--warnings", "off", *options],
        cwd=directory,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    return run.stdout + run.stderr if run.returncode else ""


def test_every_answer_without_a_token_is_the_contracts(url, tmp_path):
    found = ask(url, tmp_path)
    assert not found, found


@pytest.mark.parametrize("role", ["observer", "interviewer"])
def test_every_answer_with_a_token_is_the_contracts(deployment, session, role, tmp_path):
    found = ask(
        deployment.url,
        tmp_path,
        *("--include-path", "/api/sessions/{id}"),
        # The tokens it made up itself are the known one by the time they are sent; the test above sends them.
        *("--exclude-checks", "ignored_auth"),
        SCHEMATHESIS_HOOKS="viva.known_session",
        PYTHONPATH=str(ROOT / "Tests/SystemTests"),
        VIVA_KNOWN_SESSION=session.id,
        VIVA_KNOWN_TOKEN=session.tokens[role],
    )
    assert not found, found
    expected = {"GET 200", "DELETE 403"} if role == "observer" else {"DELETE 204", "GET 404"}
    deployment.wait(lambda: expected <= answered(deployment, session), 60, "the session itself was asked for")


def answered(deployment, session):
    """Method and status of each request for the session, as nginx has noted them."""
    whole_lines, _, _ = deployment.log("access").rpartition("\n")
    lines = [line.split() for line in whole_lines.splitlines()]
    return {f"{line[2]} {line[4]}" for line in lines if line[3] == session.path}
