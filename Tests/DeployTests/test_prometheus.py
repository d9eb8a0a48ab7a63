"""Alerts by promtool, and that alerts, dashboard, metrics and runbook speak of the same things."""

import json
import re
import subprocess

import pytest
import yaml

from viva.deployment import ROOT

PROMETHEUS = ROOT / "deploy/prometheus"
RULES = [rule for group in yaml.safe_load((PROMETHEUS / "alerts.yml").read_text())["groups"] for rule in group["rules"]]
DASHBOARD = json.loads((PROMETHEUS / "dashboard.json").read_text())


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "rules", "alerts.yml"],
        ["check", "config", "prometheus.yml"],
        ["test", "rules", "alerts_test.yml"],
    ],
    ids=" ".join,
)
def test_promtool_agrees(arguments):
    ran = subprocess.run(["promtool", *arguments], cwd=PROMETHEUS, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_each_alert_is_shown_to_tell_and_to_be_quiet():
    tests = yaml.safe_load((PROMETHEUS / "alerts_test.yml").read_text())["tests"]
    names = [rule["alert"] for rule in RULES]
    assert [test["name"] for test in tests] == [f"{name} {way}" for name in names for way in ("tells", "is quiet")]


def test_each_alert_has_its_section_in_the_runbook():
    headings = re.findall(r"^#+ (Viva\w+)$", (ROOT / "deploy/README.md").read_text(), re.MULTILINE)
    assert headings == [rule["alert"] for rule in RULES]
    for rule in RULES:
        assert rule["annotations"]["runbook_url"] == f"deploy/README.md#{rule['alert'].lower()}"
        assert rule["labels"]["severity"] in ("page", "ticket")


def expressions():
    for rule in RULES:
        yield rule["expr"]
    for panel in DASHBOARD["panels"]:
        for target in panel.get("targets", []):
            yield target["expr"]


def test_only_metrics_that_exist_are_asked_for():
    table = (ROOT / "deploy/METRICS.md").read_text()
    known = set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE))
    asked = {name for text in expressions() for name in re.findall(r"\b((?:viva|process)_\w+)", text)}
    assert {re.sub(r"_bucket$", "", name) for name in asked} <= known


def test_every_metric_of_viva_is_on_the_dashboard():
    table = (ROOT / "deploy/METRICS.md").read_text()
    shown = " ".join(target["expr"] for panel in DASHBOARD["panels"] for target in panel.get("targets", []))
    assert [name for name in re.findall(r"^\| `(viva_\w+)`", table, re.MULTILINE) if name not in shown] == []
