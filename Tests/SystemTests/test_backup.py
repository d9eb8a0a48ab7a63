"""What deploy/backup.sh copied makes a Redis that lost everything what it was."""

import shutil
import subprocess

import pytest

from viva import Deployment, Participant, Session
from viva.deployment import ROOT


def run(script, *arguments):
    return subprocess.run([ROOT / f"deploy/{script}", *arguments], capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def deployment(tmp_path):
    return Deployment(tmp_path / "data", gateways=1, owners=1)


@pytest.fixture
def copy(tmp_path):
    return tmp_path / "copy.rdb"


async def test_sessions_come_back_and_go_on_after_everything_was_lost(deployment, copy):
    with deployment:
        session = await Session.create(deployment.url, text="hello")
        async with Participant(session) as ada:
            await ada.append(" there 😀")
            await ada.settled()
            # While she is in the room.
            ran = run("backup.sh", f"redis://127.0.0.1:{deployment.redis_port}", copy)
            assert ran.returncode == 0, ran.stderr
    files = deployment.directory / "redis"
    shutil.rmtree(files / "appendonlydir")
    ran = run("restore.sh", copy, files)
    assert ran.returncode == 0, ran.stderr
    with deployment:
        assert (await session.read())["text"] == "hello there 😀"
        async with Participant(session, "interviewer") as grace:
            await grace.append(", again")
            await grace.settled()
        assert (await session.read())["text"] == "hello there 😀, again"


def test_what_is_there_is_not_written_over(tmp_path, copy):
    (tmp_path / "redis/appendonlydir").mkdir(parents=True)
    ran = run("restore.sh", copy, tmp_path / "redis")
    assert ran.returncode == 1
    assert "is there already" in ran.stderr


def test_half_a_copy_is_refused(tmp_path, copy):
    copy.write_bytes(b"REDIS0010\xfa")
    ran = run("restore.sh", copy, tmp_path / "redis")
    assert (ran.returncode, ran.stderr) == (1, f"restore: {copy} is no whole copy\n")
    assert not (tmp_path / "redis").exists()


def test_a_redis_that_is_not_there_gives_no_copy(tmp_path, copy):
    ran = run("backup.sh", "redis://:swordfish@127.0.0.1:9", copy)
    assert ran.returncode == 1
    assert ran.stderr.startswith("backup: Redis at 127.0.0.1:9 gives no copy: ")
    assert "swordfish" not in ran.stderr
    assert not list(tmp_path.iterdir())
