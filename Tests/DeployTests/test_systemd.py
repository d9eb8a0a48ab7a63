"""systemd's own opinion of the units: that it understands all of them, and how much of the system they leave open."""

import re
import shutil
import subprocess

import pytest

from viva.deployment import ROOT
from viva.settings_table import settings_of_a_process

SYSTEMD = ROOT / "deploy/systemd"
UNITS = {
    "viva-owner@.service": "viva-owner@1.service",
    "viva-gateway@.service": "viva-gateway@1.service",
    "viva-nginx.service": "viva-nginx.service",
}


@pytest.fixture
def units(tmp_path):
    """As they are installed; what they start is not there yet, and stands in for by what is."""
    for source, name in UNITS.items():
        text = (SYSTEMD / source).read_text().replace("/usr/local/bin/viva", shutil.which("true"))
        (tmp_path / name).write_text(text)
    shutil.copy(SYSTEMD / "viva.target", tmp_path)
    return tmp_path


def analyze(*arguments):
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, timeout=60, check=False)


def test_every_unit_is_understood(units):
    ran = analyze("verify", "--man=no", *sorted(units.iterdir()))
    ours = [line for line in ran.stderr.splitlines() if "viva" in line]
    assert (ran.returncode, ours) == (0, []), ran.stderr


@pytest.mark.parametrize("name", UNITS.values())
def test_a_unit_leaves_hardly_anything_open(units, name):
    # In tenths of systemd's own scale, on which 10 is everything and what it calls OK begins below 5.
    ran = analyze("security", "--offline=true", "--threshold=20", str(units / name))
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("source", ["viva-owner@.service", "viva-gateway@.service"])
def test_whoever_drains_is_not_killed_meanwhile(source):
    drain = int(re.search(r"^VIVA_DRAIN_SECONDS=(\d+)$", (SYSTEMD / "viva.env").read_text(), re.MULTILINE)[1])
    stop = int(re.search(r"^TimeoutStopSec=(\d+)s$", (SYSTEMD / source).read_text(), re.MULTILINE)[1])
    assert stop >= drain + 5


def test_every_setting_is_one_that_a_process_has():
    text = "".join(path.read_text() for path in SYSTEMD.iterdir())
    names = set(re.findall(r"(?:^|[ =])(VIVA_[A-Z_]+)=", text, re.MULTILINE))
    assert "VIVA_SECRET_FILE" in names
    assert names <= settings_of_a_process()
