"""The `viva` of operators: one command, run to its end."""

import os
import subprocess
from pathlib import Path

from viva.deployment import ROOT

EXECUTABLE = Path(os.environ.get("VIVA_EXECUTABLE", ROOT / ".build/release/viva"))
SECRET = "a secret of more than 32 bytes, for tests"
SECONDS_MAX = 60


def operate(*arguments, environment=None, stdin=None):
    """Settings of whoever runs the tests do not count."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("VIVA_")}
    return subprocess.run(
        [EXECUTABLE, *map(str, arguments)],
        env={**ours, **(environment or {})},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
    )


def said_by(*arguments, **options):
    """The output of a command that has to succeed."""
    done = operate(*arguments, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout
