"""What `kubectl kustomize` makes of an overlay, as far as ours go. What it does not know it refuses, and never passes over."""

import copy

import yaml

KNOWN = {"apiVersion", "kind", "namespace", "resources", "images", "patches"}
# What lists of objects are merged by; others are replaced.
KEYS = ("name", "mountPath", "containerPort")


def build(directory):
    kustomization = yaml.safe_load((directory / "kustomization.yaml").read_text())
    assert set(kustomization) <= KNOWN, f"{directory}: {set(kustomization) - KNOWN}"
    objects = []
    for name in kustomization["resources"]:
        path = directory / name
        objects += build(path) if path.is_dir() else documents(path)
    for patch in kustomization.get("patches", []):
        assert set(patch) == {"path"}, patch
        for change in documents(directory / patch["path"]):
            target = only(objects, change)
            target.update(merged(target, change))
    for item in objects:
        if "namespace" in kustomization and item["kind"] != "Namespace":
            item["metadata"]["namespace"] = kustomization["namespace"]
        for container in containers(item):
            name_image(container, kustomization.get("images", []))
    return objects


def documents(path):
    return list(yaml.safe_load_all(path.read_text()))


def identity(item):
    return item["apiVersion"], item["kind"], item["metadata"]["name"]


def only(objects, change):
    [found] = [item for item in objects if identity(item) == identity(change)]
    return found


def merged(old, new):
    """A strategic merge: maps by key, lists of named objects by name, all else replaced."""
    if isinstance(old, dict) and isinstance(new, dict):
        result = copy.deepcopy(old)
        for key, value in new.items():
            result[key] = merged(old[key], value) if key in old else value
        return result
    key = next((key for key in KEYS if is_list_by(old, key) and is_list_by(new, key)), None)
    if key is None:
        return new
    by_name = {item[key]: item for item in old}
    for item in new:
        by_name[item[key]] = merged(by_name.get(item[key], {}), item)
    return list(by_name.values())


def is_list_by(value, key):
    return isinstance(value, list) and all(isinstance(item, dict) and key in item for item in value)


def containers(item):
    return pod(item).get("containers", [])


def pod(item):
    return item.get("spec", {}).get("template", {}).get("spec", {})


def name_image(container, images):
    for image in images:
        if container["image"].partition(":")[0] == image["name"]:
            container["image"] = f"{image['newName']}:{image['newTag']}"
