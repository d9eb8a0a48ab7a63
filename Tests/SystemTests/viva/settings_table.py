"""The names of settings that the README's table has, which is held to the code."""

import re

from viva.deployment import ROOT


def settings_of_a_process():
    text = (ROOT / "README.md").read_text().partition("## Settings")[2].partition("`make run` has")[0]
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `VIVA_")]
    return {name for row in rows for name in re.findall(r"`(VIVA_\w+)`", row)}
