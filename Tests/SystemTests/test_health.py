"""`viva health`, and names by the host: what containers need that hold no other program."""

import socket

import pytest

from viva.operator import operate, said_by


@pytest.mark.parametrize("path", ["/api/ready", "/api/health"])
def test_a_gateway_that_works_is_well(deployment, path):
    assert said_by("health", deployment.gateway_url("g1") + path) == "200\n"


def test_what_is_not_there_is_not_well(deployment):
    done = operate("health", deployment.gateway_url("g1") + "/nothing")
    assert (done.returncode, done.stdout) == (1, "404\n")


def test_a_process_that_does_not_answer_is_not_well():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/api/health"
        done = operate("health", "--timeout=1", url)
        assert (done.returncode, done.stderr) == (1, f"viva: {url} does not answer\n")


def test_what_is_no_address_is_said(deployment):
    done = operate("health", "127.0.0.1:8081")
    assert done.returncode == 64
    assert "127.0.0.1:8081 is no address" in done.stderr


def test_a_host_s_name_can_be_a_process_s():
    done = operate("config", "check", "owner", environment={"VIVA_NAME": "@host"})
    is_usable = all(character.isdigit() or character in "abcdefghijklmnopqrstuvwxyz-" for character in socket.gethostname())
    assert (done.returncode == 0) == (is_usable and len(socket.gethostname()) <= 32), done.stderr
