"""Secrets and what is signed with them; a change of secrets ends no session."""

import re

import pytest

from viva import Deployment, Participant, Session
from viva.operator import SECRET, operate, said_by

ROOM = "7Kq2VnT0bXw9RfLd"


def test_a_new_secret_is_long_random_and_plain():
    secrets = {said_by("keygen") for _ in range(3)}
    assert len(secrets) == 3
    assert all(re.fullmatch(r"[0-9A-Za-z_-]{64}\n", secret) for secret in secrets)


@pytest.mark.parametrize("role", ["interviewer", "candidate", "observer"])
def test_a_link_says_what_it_was_made_for(role):
    environment = {"VIVA_SECRET": SECRET, "VIVA_PUBLIC_URL": "https://viva.example"}
    link = said_by("token", "make", ROOM, role, environment=environment).strip()
    assert link.startswith(f"https://viva.example/s/{ROOM}#{ROOM}.{role[0]}.")
    found = said_by("token", "verify", link, environment=environment)
    assert found.split() == ["session", ROOM, "role", role, "secret", "VIVA_SECRET"]


def test_a_link_of_the_other_secret_is_told_apart():
    token = said_by("token", "make", "--token", ROOM, "observer", environment={"VIVA_SECRET": SECRET})
    changed = {"VIVA_SECRET": SECRET[::-1], "VIVA_OTHER_SECRET": SECRET}
    assert "VIVA_OTHER_SECRET" in said_by("token", "verify", environment=changed, stdin=token)


@pytest.mark.parametrize("text", ["", "nonsense", f"https://viva.example/s/{ROOM}#{ROOM}.c.{'A' * 43}"])
def test_what_nobody_signed_is_not_accepted(text):
    done = operate("token", "verify", environment={"VIVA_SECRET": SECRET}, stdin=text + "\n")
    assert (done.returncode, done.stdout) == (1, "not signed by this deployment\n")


def test_a_session_that_can_be_none_gets_no_link():
    assert operate("token", "make", "a b", "observer", environment={"VIVA_SECRET": SECRET}).returncode == 64


async def test_a_change_of_secrets_ends_no_session(tmp_path):
    """The first two steps of `viva keygen --help`: the next secret is known before it signs."""
    new = said_by("keygen").strip()
    with Deployment(tmp_path / "deployment") as deployment:
        old = (deployment.directory / "secret").read_text()
        session = await Session.create(deployment.url)
        async with Participant(session, "candidate") as ada:
            for secret, other in ((old, new), (new, old)):
                before = len(ada.welcomes)
                restart_with(deployment, {"VIVA_SECRET": secret, "VIVA_OTHER_SECRET": other})
                await ada.until(lambda before=before: len(ada.welcomes) > before)
                await ada.append("still here\n")
                await ada.settled()
            assert "snapshot" not in ada.welcomes[-1], "she came back as herself, by her key of the old secret"
            async with Participant(session, "observer", "Olga") as olga:
                assert olga.text == ada.text
        fresh = await Session.create(deployment.url)
        verified = said_by("token", "verify", fresh.tokens["candidate"], environment={"VIVA_SECRET": new})
        assert fresh.id in verified


def restart_with(deployment, secrets):
    """Stops and starts everything with other secrets; data and ports are the same."""
    deployment.stop()
    (deployment.directory / "secret").write_text(secrets["VIVA_SECRET"])
    deployment.environment["VIVA_OTHER_SECRET"] = secrets["VIVA_OTHER_SECRET"]
    deployment.start()
