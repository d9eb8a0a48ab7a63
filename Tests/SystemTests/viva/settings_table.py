"""The names of settings that the table for operators has, which is held to the code."""

import re

from viva.deployment import ROOT


def settings_of_a_process():
    text = (ROOT / "deploy/SETTINGS.md").read_text().partition("\n## ")[0]
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `VIVA_")]
    return {name for row in rows for name in re.findall(r"`(VIVA_\w+)`", row)}
