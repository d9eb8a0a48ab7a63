"""Judges what a deployment says by openapi.yaml and asyncapi.yaml."""

import functools
import re
from pathlib import Path

import jsonschema
import yaml

ROOT = Path(__file__).resolve().parents[3]
OPENAPI = yaml.safe_load((ROOT / "openapi.yaml").read_text())
ASYNCAPI = yaml.safe_load((ROOT / "asyncapi.yaml").read_text())


def resolve(document, node):
    """What a `$ref` inside one document points to; anything else is itself."""
    while isinstance(node, dict) and "$ref" in node:
        target = document
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def validator(document, schema):
    """A schema's `$ref`s point into its document, so the document comes along."""
    return jsonschema.Draft202012Validator({**document, "allOf": [schema]})


@functools.cache
def event_validator(name):
    return validator(ASYNCAPI, ASYNCAPI["components"]["messages"][name]["payload"])


def check_event(name, payload):
    event_validator(name).validate(payload)


def check_answer(method, path, answer):
    """Holds an answer to the contract: a status it knows, the headers, the type and the shape it promises."""
    path = path.partition("?")[0]
    response = described_response(method, path, answer.status)
    for header, described in response.get("headers", {}).items():
        if resolve(OPENAPI, described).get("required"):
            assert header in answer.headers, f"{method} {path}: {answer.status} without {header}"
    media = response.get("content", {}).get(answer.type)
    if "content" not in response:
        assert not answer.raw, f"{method} {path}: {answer.status} has a body"
    else:
        assert media, f"{method} {path}: {answer.status} with {answer.type}: {answer.raw[:200]}"
        validator(OPENAPI, media["schema"]).validate(answer.body)


def described_response(method, path, status):
    for template, methods in OPENAPI["paths"].items():
        if not re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)), path):
            continue
        # Every method that is not described is answered in the same way.
        operation = methods.get(method.lower()) or {"responses": {"405": {"$ref": "#/components/responses/MethodNotAllowed"}}}
        response = operation["responses"].get(str(status))
        assert response, f"{method} {path}: the contract knows no {status}"
        return resolve(OPENAPI, response)
    return resolve(OPENAPI, {"$ref": "#/components/responses/UnknownSession"})
