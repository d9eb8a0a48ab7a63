"""REST: what it answers, and that every refusal has the status and the code of the contract.

`call` itself holds each answer to openapi.yaml, so a test only says what the contract leaves open.
"""

import json

import pytest

from viva import Deployment, Session, call
from viva.contracts import ROOT

MIB = 1 << 20
JSON = {"Content-Type": "application/json"}


async def test_a_session_is_created_with_what_it_was_given(url):
    answer = await call("POST", url, "/api/sessions", json={"title": "Träume 𝄞", "language": "c++", "text": "int x;\n"})
    assert answer.status == 201
    assert answer.body["title"] == "Träume 𝄞"
    assert answer.headers["Location"] == f"/api/sessions/{answer.body['id']}"
    session = await Session(url, answer.body).read()
    assert (session["title"], session["language"], session["text"]) == ("Träume 𝄞", "c++", "int x;\n")
    assert (session["state"], session["revision"], session["participants"]) == ("open", 0, [])
    assert session["createdAt"] == answer.body["createdAt"]


async def test_an_empty_object_is_enough(url):
    session = await (await Session.create(url)).read()
    assert (session["title"], session["language"], session["text"]) == ("", "plaintext", "")


async def test_links_lead_through_the_public_address_and_differ_for_each_role(deployment, session):
    assert all(link.startswith(f"{deployment.url}/s/{session.id}#") for link in session.links.values())
    assert len(set(session.tokens.values())) == 3


@pytest.mark.parametrize("role", ["interviewer", "candidate", "observer"])
async def test_any_link_reads_the_session(session, role):
    assert (await session.read(role))["id"] == session.id


async def test_what_is_read_is_kept_by_no_cache(session):
    answer = await call("GET", session.url, session.path, token=session.tokens["observer"])
    assert answer.headers["Cache-Control"] == "no-store"


async def test_line_ends_become_line_feeds(url):
    session = await Session.create(url, text="a\r\nb\rc\n")
    assert (await session.read())["text"] == "a\nb\nc\n"


async def test_the_longest_text_is_accepted_and_comes_back_whole(url):
    text = "𝄞" * (MIB // 2)
    body = json.dumps({"text": text}, ensure_ascii=False).encode()
    answer = await call("POST", url, "/api/sessions", data=body, headers=JSON)
    assert (await Session(url, answer.body).read())["text"] == text


async def test_members_that_are_not_known_are_ignored(url):
    assert await Session.create(url, title="A", colour="red", deep={"er": [1]})


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        pytest.param("", 400, "malformed_json", id="nothing"),
        pytest.param("{", 400, "malformed_json", id="half an object"),
        pytest.param("{} {}", 400, "malformed_json", id="two objects"),
        pytest.param("[]", 400, "malformed_json", id="an array"),
        pytest.param(b'{"title":"\xff"}', 400, "malformed_json", id="bytes that are no UTF-8"),
        pytest.param('{"text":"\\ud800"}', 400, "malformed_json", id="half a surrogate pair"),
        pytest.param("[" * 100_000, 400, "malformed_json", id="deep nesting"),
        pytest.param('{"deep":' + "[" * 100_000 + "]" * 100_000 + "}", 400, "malformed_json", id="deep nesting in a member"),
        pytest.param(json.dumps({"title": 7}), 422, "invalid_field", id="a title that is a number"),
        pytest.param(json.dumps({"title": "x" * 201}), 422, "invalid_field", id="a title that is too long"),
        pytest.param(json.dumps({"title": "𝄞" * 101}), 422, "invalid_field", id="a title that is too long in UTF-16"),
        pytest.param(json.dumps({"language": ""}), 422, "invalid_field", id="an empty language"),
        pytest.param(json.dumps({"language": "x" * 41}), 422, "invalid_field", id="a language that is too long"),
        pytest.param(json.dumps({"language": "a b"}), 422, "invalid_field", id="a language with a space"),
        pytest.param(json.dumps({"text": None}), 422, "invalid_field", id="a text that is null"),
        pytest.param(json.dumps({"text": "x" * (MIB + 1)}), 422, "invalid_field", id="a text that is too long"),
        pytest.param(json.dumps({"title": "x" * 4 * MIB}), 413, "too_large", id="more than 4 MiB"),
    ],
)
async def test_no_session_is_created_from(url, body, status, code):
    answer = await call("POST", url, "/api/sessions", data=body, headers=JSON)
    assert (answer.status, answer.code) == (status, code)


async def test_a_field_that_is_refused_is_named(url):
    answer = await call("POST", url, "/api/sessions", json={"title": "fine", "language": "a b"})
    assert answer.body["field"] == "language"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"])
async def test_no_session_is_created_from_another_type(url, kind):
    answer = await call("POST", url, "/api/sessions", data="{}", headers={"Content-Type": kind})
    assert (answer.status, answer.code) == (415, "unsupported_type")


async def test_a_charset_does_not_make_another_type(url):
    answer = await call("POST", url, "/api/sessions", data="{}", headers={"Content-Type": "application/json; charset=utf-8"})
    assert answer.status == 201


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_a_session_is_closed_without_a_token(session, method):
    answer = await call(method, session.url, session.path)
    assert (answer.status, answer.code) == (401, "missing_token")


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_a_session_is_closed_to_the_token_of_another(session, method):
    other = await Session.create(session.url)
    for token in (other.tokens["interviewer"], "nonsense", session.tokens["interviewer"] + "x", "Ü"):
        answer = await call(method, session.url, session.path, token=token)
        assert (answer.status, answer.code) == (401, "invalid_token")


async def test_whether_a_session_exists_is_not_told_without_a_token(url):
    answer = await call("GET", url, "/api/sessions/AAAAAAAAAAAAAAAA", token="i.nonsense")
    assert answer.code == "invalid_token"


@pytest.mark.parametrize("role", ["candidate", "observer"])
async def test_only_an_interviewer_deletes(session, role):
    answer = await session.delete(role)
    assert (answer.status, answer.code) == (403, "wrong_role")
    assert await session.read()


async def test_a_deleted_session_is_gone(session):
    assert (await session.delete()).status == 204
    answer = await call("GET", session.url, session.path, token=session.tokens["observer"])
    assert (answer.status, answer.code) == (404, "unknown_session")
    assert (await session.delete()).status == 404


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/session", "/api/sessions/short/more", "/api/metrics"])
async def test_there_is_nothing_at(url, path):
    answer = await call("GET", url, path)
    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/sessions", {"POST"}),
        ("PUT", "/api/sessions/7Kq2VnT0bXw9RfLd", {"GET", "DELETE"}),
        ("POST", "/api/health", {"GET"}),
        ("DELETE", "/openapi.yaml", {"GET"}),
    ],
)
async def test_a_method_that_is_not_allowed_is_told_which_are(url, method, path, allowed):
    answer = await call(method, url, path)
    assert (answer.status, answer.code) == (405, "method_not_allowed")
    assert allowed <= set(answer.headers["Allow"].replace(" ", "").split(","))


async def test_health_and_readiness(url):
    assert (await call("GET", url, "/api/health")).status == 200
    assert (await call("GET", url, "/api/ready")).status == 200


@pytest.mark.parametrize("name", ["openapi.yaml", "asyncapi.yaml"])
async def test_each_contract_is_served_as_it_is(url, name):
    assert (await call("GET", url, f"/{name}")).body == (ROOT / name).read_text()


async def test_with_an_api_key_only_who_has_it_creates(tmp_path):
    with Deployment(tmp_path, api_key="swordfish", gateways=1, owners=1) as deployment:
        for key in (None, "herring"):
            answer = await call("POST", deployment.url, "/api/sessions", json={}, token=key)
            assert (answer.status, answer.code) == (401, "api_key_required")
        assert (await call("POST", deployment.url, "/api/sessions", json={}, token="swordfish")).status == 201
