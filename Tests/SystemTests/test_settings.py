"""Settings: what stops a start says why, what is shown is what counts, and no secret is ever shown."""

import pytest

from viva.contracts import ROOT
from viva.operator import SECRET, operate, said_by

WRONG = 78
GOOD = {"VIVA_SECRET": SECRET}


def row(output, name):
    """A setting's value and origin, as the table shows them."""
    line = next(line for line in output.splitlines() if line.split()[:1] == [name])
    return line.removeprefix(name).strip()


def test_operators_read_the_table_that_the_program_prints():
    assert said_by("config", "list", "--markdown") in (ROOT / "deploy/SETTINGS.md").read_text()


def test_every_setting_is_checked_for_the_roles_that_have_it():
    listed = {line.split()[0] for line in said_by("config", "list").splitlines()[1:]}
    output = said_by("config", "check", environment=GOOD)
    checked = {line.split()[0] for line in output.splitlines() if line.startswith("VIVA_")}
    assert listed == checked and len(listed) > 15


def test_a_value_comes_from_the_environment_then_the_file_then_the_default(tmp_path):
    file = tmp_path / "viva.conf"
    file.write_text("# ours\nVIVA_PORT=1\nVIVA_DRAIN_SECONDS=2\n")
    output = said_by("config", "check", "gateway", "--config", file, environment={**GOOD, "VIVA_PORT": "3"})
    assert row(output, "VIVA_PORT").split() == ["3", "environment"]
    assert row(output, "VIVA_DRAIN_SECONDS").split() == ["2", f"{file}:3"]
    assert row(output, "VIVA_HOST").split() == ["127.0.0.1", "default"]


def test_the_environment_may_name_the_file(tmp_path):
    file = tmp_path / "viva.conf"
    file.write_text("VIVA_ROOMS_MAX=7\n")
    output = said_by("config", "check", "owner", environment={"VIVA_CONFIG": str(file)})
    assert row(output, "VIVA_ROOMS_MAX").split() == ["7", f"{file}:1"]


def test_secrets_are_not_shown_wherever_they_come_from(tmp_path):
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n")
    environment = {
        "VIVA_SECRET_FILE": str(file),
        "VIVA_OTHER_SECRET": SECRET[::-1],
        "VIVA_API_KEY": "hunter2",
        "VIVA_REDIS_URL": "redis://viva:hunter2@redis.example:7000/1",
    }
    output = said_by("config", "check", environment=environment)
    assert SECRET not in output and SECRET[::-1] not in output and "hunter2" not in output
    shown = f"(secret, {len(SECRET)} bytes) {file}, by VIVA_SECRET_FILE (environment)"
    assert row(output, "VIVA_SECRET").split() == shown.split()
    assert row(output, "VIVA_REDIS_URL").split() == ["redis://…@redis.example:7000/1", "environment"]


@pytest.mark.parametrize("command", [["config", "check"], ["gateway"]], ids=" ".join)
def test_everything_wrong_is_said_at_once_with_what_is_allowed(command, tmp_path):
    file = tmp_path / "viva.conf"
    file.write_text("VIVA_PROT=8081\nVIVA_NAME=Gateway 1\n")
    environment = {
        "VIVA_SECRET": "hunter2",
        "VIVA_PORT": "99999",
        "VIVA_REDIS_URL": "redis://:hunter3@redis.example:port",
        "VIVA_PROXIES": "10.0.0.0/40",
        "VIVA_PUBLIC_URL": "viva.example",
        "VIVA_LOG_LEVEL": "loud",
        "VIVA_REDIS_CA_FILE": str(tmp_path / "none"),
    }
    done = operate(*command, "--config", file, environment=environment)
    assert done.returncode == WRONG
    for said in (
        "viva.conf:1 sets VIVA_PROT, which is no setting; did you mean VIVA_PORT?",
        'VIVA_NAME is "Gateway 1"; it has to be 1 to 32 of a-z, 0-9 and -',
        "VIVA_SECRET has 7 bytes; it has to be 32 bytes or more",
        'VIVA_PORT is "99999"; it has to be a whole number from 1 to 65535',
        "VIVA_REDIS_URL is no URL of Redis: port is not a number from 1 to 65535",
        'VIVA_PROXIES is "10.0.0.0/40"; it has to be networks',
        'VIVA_PUBLIC_URL is "viva.example"; it has to be http:// or https://',
        'VIVA_LOG_LEVEL is "loud"; it has to be trace, debug,',
        "VIVA_REDIS_CA_FILE is",
    ):
        assert said in done.stderr, done.stderr
    assert "hunter" not in done.stdout + done.stderr


def test_a_gateway_without_a_secret_does_not_start():
    done = operate("gateway")
    assert done.returncode == WRONG
    assert done.stderr.startswith("viva: VIVA_SECRET or VIVA_SECRET_FILE is not set;")


def test_a_file_that_is_not_there_stops_the_start(tmp_path):
    done = operate("owner", "--config", tmp_path / "none")
    assert done.returncode == WRONG and "none, a file of settings, cannot be read" in done.stderr
