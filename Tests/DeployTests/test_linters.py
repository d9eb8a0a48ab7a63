"""What others' linters say of workflows, images, compose file and scripts. None of them asks the network."""

import re
import subprocess

import pytest
import yaml

from viva.deployment import ROOT
from viva.settings_table import settings_of_a_process

TOOLS = ROOT / ".tools/venv/bin"
WORKFLOWS = sorted((ROOT / ".github/workflows").iterdir())


def check(tool, *arguments):
    ran = subprocess.run(
        [TOOLS / tool, *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def scripts():
    """Everything in deploy whose first line calls a shell."""
    first_lines = ((path, path.open("rb").readline()) for path in sorted((ROOT / "deploy").rglob("*")) if path.is_file())
    return [path for path, line in first_lines if line.startswith(b"#!/bin/") and line.rstrip().endswith(b"sh")]


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", [path for path in WORKFLOWS if path.stem != "release"]),
        ("vendor.dependabot", [ROOT / ".github/dependabot.yml"]),
        ("vendor.compose-spec", [ROOT / "docker-compose.yml"]),
    ],
)
def test_it_fits_its_schema(schema, files):
    check("check-jsonschema", "--builtin-schema", schema, *files)


def test_workflows_give_nothing_away():
    check("zizmor", "--offline", "--quiet", "--min-severity=medium", *WORKFLOWS, ".github/dependabot.yml")


def test_workflows_trust_github_s_own_actions_alone_each_at_one_version():
    text = "".join(path.read_text() for path in WORKFLOWS)
    used = {tuple(use.split("@")) for use in re.findall(r"uses: (?!\./)(.+)$", text, re.MULTILINE)}
    assert used and all(name.startswith("actions/") for name, _ in used)
    assert all(re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", version) for _, version in used)
    assert len({name for name, _ in used}) == len(used)


def test_workflows_need_no_secrets_but_an_environment_s_own():
    text = "".join(path.read_text() for path in WORKFLOWS)
    assert set(re.findall(r"secrets\.(\w+)", text)) == {"KUBECONFIG", "VIVA_API_KEY"}
    [deploy] = [path for path in WORKFLOWS if "secrets." in path.read_text()]
    # GitHub gives an environment's secrets to no workflow that another one calls.
    assert "workflow_call" not in deploy.read_text() and "environment:" in deploy.read_text()


def test_the_image_is_built_as_images_should_be():
    # Versions of Debian's packages stay open (DL3008): what counts is that they are the patched ones of today.
    check("hadolint", "--ignore=DL3008", "deploy/Dockerfile")


def test_scripts_are_sound():
    found = scripts()
    assert len(found) > 10
    check("shellcheck", "--severity=warning", *found)


def test_all_that_compose_sets_are_settings():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    for name in "owner", "gateway":
        assert set(services[name]["environment"]) <= settings_of_a_process()


def test_no_container_of_compose_is_root_may_write_or_gain_anything():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    for name, service in services.items():
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "mem_limit" in service and "healthcheck" in service, name
        assert service.get("ports", []) == [] or name == "proxy"
