"""The contracts are sound in themselves: each file validates, and so does every example it gives.

Whether the gateways keep them is asked by the system tests.
"""

import jsonschema
import pytest
from openapi_spec_validator import validate

from viva.contracts import ASYNCAPI, OPENAPI, resolve, validator


def check(document, schema, value):
    validator(document, schema).validate(value)


def media_types(node):
    """Every (schema, examples) below a node of the OpenAPI document."""
    node = resolve(OPENAPI, node)
    if isinstance(node, list):
        for element in node:
            yield from media_types(element)
    elif isinstance(node, dict):
        for kind, media in node.get("content", {}).items():
            yield kind, media["schema"], media.get("examples", {})
        for key, value in node.items():
            if key not in ("content", "schema", "examples"):
                yield from media_types(value)


def http_examples():
    for path, methods in OPENAPI["paths"].items():
        for method, operation in methods.items():
            if method == "parameters":
                continue
            for _, schema, examples in media_types(operation):
                for name, example in examples.items():
                    yield pytest.param(schema, example["value"], id=f"{method} {path} {name}")


def socket_examples():
    for name, message in ASYNCAPI["components"]["messages"].items():
        for example in message["examples"]:
            yield pytest.param(message["payload"], example["payload"], id=f"{name} {example['name']}")


def references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_openapi_is_valid():
    validate(OPENAPI)


@pytest.mark.parametrize(("schema", "value"), list(http_examples()))
def test_an_example_of_openapi_fits_its_schema(schema, value):
    check(OPENAPI, schema, value)


def test_every_error_is_a_problem_document_with_an_example_for_each_code():
    shown = set()
    for methods in OPENAPI["paths"].values():
        for method, operation in methods.items():
            if method == "parameters":
                continue
            for status, response in operation["responses"].items():
                if int(status) < 400:
                    continue
                for kind, _, examples in media_types(response):
                    assert kind == "application/problem+json"
                    assert all(example["value"]["status"] == int(status) for example in examples.values())
                    shown |= {example["value"]["code"] for example in examples.values()}
    assert shown == set(OPENAPI["components"]["schemas"]["Code"]["enum"])


def test_every_reference_of_asyncapi_leads_somewhere():
    for reference in references(ASYNCAPI):
        assert resolve(ASYNCAPI, {"$ref": reference}), reference


def test_every_message_of_asyncapi_belongs_to_the_channel_and_to_an_operation():
    messages = set(ASYNCAPI["components"]["messages"])
    carried = {reference.rsplit("/", 1)[1] for reference in references(ASYNCAPI["operations"])} - {"room"}
    assert set(ASYNCAPI["channels"]["room"]["messages"]) == messages
    assert carried == messages


@pytest.mark.parametrize("name", list(ASYNCAPI["components"]["schemas"]))
def test_a_schema_of_asyncapi_is_a_json_schema(name):
    jsonschema.Draft202012Validator.check_schema(ASYNCAPI["components"]["schemas"][name])


@pytest.mark.parametrize(("schema", "value"), list(socket_examples()))
def test_an_example_of_asyncapi_fits_its_schema(schema, value):
    check(ASYNCAPI, schema, value)


@pytest.mark.parametrize(
    "commit",
    [
        pytest.param({"edit": [1], "locked": True}, id="two changes"),
        pytest.param({}, id="no change"),
        pytest.param({"edit": [0]}, id="an operation with a zero"),
        pytest.param({"joined": {"name": "Ada"}}, id="a joined without role"),
        pytest.param({"chat": "hello", "hidden": True}, id="a kind beside another"),
        pytest.param({"chat": ""}, id="nothing said"),
        pytest.param({"chat": "a\rb"}, id="a control character in what is said"),
        pytest.param({"chat": "x" * 2001}, id="too much said"),
        pytest.param({"title": "a\nb"}, id="a title of two lines"),
        pytest.param({"timer": {"running": True}}, id="a timer of no length"),
        pytest.param({"timer": {"running": True, "remaining": 86_400_001}}, id="a timer of more than a day"),
        pytest.param({"pasted": 0}, id="nothing pasted"),
    ],
)
def test_a_commit_is_refused_with(commit):
    schema = ASYNCAPI["components"]["schemas"]["Commit"]
    with pytest.raises(jsonschema.ValidationError):
        check(ASYNCAPI, schema, {"revision": 1, "at": 0, "by": "Qw5yR2mK9sHd1Jfe", **commit})


def test_an_edit_is_no_event():
    events = ASYNCAPI["components"]["schemas"]["Snapshot"]["properties"]["events"]
    with pytest.raises(jsonschema.ValidationError):
        check(ASYNCAPI, events, [{"revision": 1, "at": 0, "by": "Qw5yR2mK9sHd1Jfe", "edit": ["x"]}])


@pytest.mark.parametrize("name", ["Role", "Title"])
def test_both_contracts_say_the_same_of(name):
    described = [{**contract["components"]["schemas"][name], "description": ""} for contract in (OPENAPI, ASYNCAPI)]
    assert described[0] == described[1]
