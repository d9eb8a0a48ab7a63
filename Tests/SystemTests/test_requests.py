"""Requests that no client would make, byte by byte: what nginx makes of them, and that no gateway is lost to them."""

import contextlib
import json
import re
import socket
from email.parser import BytesHeaderParser

import pytest

from viva import Session, call

ENDS = b"Host: viva.example\r\nConnection: close\r\n"
SECURITY = {
    "Content-Security-Policy": re.compile("default-src 'none'"),
    "X-Content-Type-Options": re.compile("^nosniff$"),
    "Referrer-Policy": re.compile("^no-referrer$"),
    "Permissions-Policy": re.compile("camera"),
    "Cross-Origin-Opener-Policy": re.compile("^same-origin$"),
    "Cross-Origin-Resource-Policy": re.compile("^same-origin$"),
}


class Answer:
    def __init__(self, raw):
        head, _, self.body = raw.partition(b"\r\n\r\n")
        line, _, fields = head.partition(b"\r\n")
        self.status = int(line.split()[1])
        self.headers = BytesHeaderParser().parsebytes(fields)

    @property
    def code(self):
        assert self.headers["Content-Type"] == "application/problem+json", self.body
        problem = json.loads(self.body)
        assert problem["status"] == self.status and problem["title"].endswith((".", "yaml"))
        return problem["code"]


def ask(port, request):
    """Sends the bytes as they are, and reads until the other side hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        raw = b""
        # Whoever hangs up before it has read all may do so rudely: what it said counts.
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            connection.sendall(request)
        with contextlib.suppress(ConnectionResetError):
            while piece := connection.recv(1 << 16):
                raw += piece
    return Answer(raw)


def get(path, *headers):
    return b"GET " + path + b" HTTP/1.1\r\n" + b"".join(header + b"\r\n" for header in headers) + ENDS + b"\r\n"


def post(*headers, body=b""):
    head = b"POST /api/sessions HTTP/1.1\r\nContent-Type: application/json\r\n"
    return head + b"".join(header + b"\r\n" for header in headers) + ENDS + b"\r\n" + body


CHUNKED = b"2\r\n{}\r\n0\r\n\r\n"
SMUGGLED = b"0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
HOSTILE = {
    "a line that is no request": (b"hello\r\n\r\n", 400, "malformed_request"),
    "a version to come": (b"GET / HTTP/3.7\r\n" + ENDS + b"\r\n", 400, "malformed_request"),
    "no host": (b"GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "malformed_request"),
    "two hosts": (get(b"/api/health", b"Host: evil.example"), 400, "malformed_request"),
    "a wrong escape": (get(b"/api/sessions/%zz"), 400, "malformed_request"),
    "a zero in the path": (get(b"/api/%00"), 400, "malformed_request"),
    "bytes in the path": (get("/api/ü".encode()), 400, "malformed_request"),
    "a header with a space in its name": (get(b"/api/health", b"Bad Name: x"), 400, "malformed_request"),
    "a control character in a header": (get(b"/api/health", b"X: a\x01b"), 400, "malformed_request"),
    "two lengths": (post(b"Content-Length: 2", b"Content-Length: 3", body=b"{} "), 400, "malformed_request"),
    "two equal lengths": (post(b"Content-Length: 2", b"Content-Length: 2", body=b"{}"), 400, "malformed_request"),
    "a length and chunks": (post(b"Content-Length: 2", b"Transfer-Encoding: chunked", body=CHUNKED), 400, "malformed_request"),
    "chunks and a length": (post(b"Transfer-Encoding: chunked", b"Content-Length: 2", body=SMUGGLED), 400, "malformed_request"),
    "two encodings": (post(b"Transfer-Encoding: gzip, chunked", body=CHUNKED), 400, "malformed_request"),
    "an encoding not known": (post(b"Transfer-Encoding: xchunked", body=CHUNKED), 400, "malformed_request"),
    "a negative length": (post(b"Content-Length: -1"), 400, "malformed_request"),
    "a broken chunk": (post(b"Transfer-Encoding: chunked", body=b"zz\r\n{}\r\n0\r\n\r\n"), 400, "malformed_request"),
    "a length beyond all bounds": (post(b"Content-Length: 9223372036854775807"), 413, "too_large"),
    "a long address": (get(b"/api/" + b"a" * 2_500), 414, "uri_too_long"),
    "a long query": (get(b"/api/health?" + b"a" * 2_500), 414, "uri_too_long"),
    "a very long address": (get(b"/api/" + b"a" * 60_000), 414, "uri_too_long"),
    "a large header": (get(b"/api/health", b"X: " + b"a" * 9_000), 431, "headers_too_large"),
    "many headers": (get(b"/api/health", *(b"X%d: %s" % (n, b"a" * 400) for n in range(100))), 431, "headers_too_large"),
    "a method that is none": (b"DANCE /api/health HTTP/1.1\r\n" + ENDS + b"\r\n", 405, "method_not_allowed"),
    "a method of others": (b"PROPFIND /api/health HTTP/1.1\r\n" + ENDS + b"\r\n", 405, "method_not_allowed"),
    "a trace": (b"TRACE /api/health HTTP/1.1\r\n" + ENDS + b"\r\n", 405, "method_not_allowed"),
    "a tunnel": (b"CONNECT 127.0.0.1:22 HTTP/1.1\r\n" + ENDS + b"\r\n", 400, "malformed_request"),
    "a form for the page": (b"POST / HTTP/1.1\r\nContent-Length: 0\r\n" + ENDS + b"\r\n", 405, "method_not_allowed"),
    "everything": (b"OPTIONS * HTTP/1.1\r\n" + ENDS + b"\r\n", 400, "malformed_request"),
    "another host's path": (get(b"http://127.0.0.1:9081/metrics"), 404, "not_found"),
    "a path that leads up": (get(b"/api/../metrics"), 404, "not_found"),
    "a path that leads up in disguise": (get(b"/api/%2E%2e/metrics"), 404, "not_found"),
    "a disguise in a disguise": (get(b"/api/%252e%252e/metrics"), 404, "not_found"),
    "a path with two slashes": (get(b"//api/health"), 404, "not_found"),
    "a slash in disguise": (get(b"/s/..%2fapi/health"), 404, "not_found"),
    "a backslash": (get(b"/api\\..\\metrics"), 404, "not_found"),
    "a parameter in the path": (get(b"/api/health;x=/metrics"), 404, "not_found"),
    "the inside by its name": (get(b"/malformed-request"), 404, "not_found"),
    "metrics": (get(b"/metrics"), 404, "not_found"),
    "metrics below the API": (get(b"/api/metrics"), 404, "not_found"),
    "a room that is none": (get(b"/api/sessions/a*b", b"Authorization: Bearer x"), 401, "invalid_token"),
    "a room of another alphabet": (get(b"/api/sessions/%E2%84%AA", b"Authorization: Bearer x"), 401, "invalid_token"),
    "a line break for a room": (get(b"/api/sessions/a%0d%0aX-Evil:%201", b"Authorization: Bearer x"), 401, "invalid_token"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_refusal_is_documented_and_says_how_it_may_be_used_for(deployment, name):
    request, status, code = HOSTILE[name]
    answer = ask(deployment.settings["http_port"], request)
    assert (answer.status, answer.code) == (status, code)
    assert (answer.status == 405) == ("Allow" in answer.headers)
    check_security(answer.headers)
    assert "X-Evil" not in answer.headers and "evil.example" not in answer.body.decode()


def check_security(headers):
    for name, expected in SECURITY.items():
        values = headers.get_all(name)
        assert values and len(values) == 1 and expected.search(values[0]), (name, values)


@pytest.mark.parametrize(
    "path",
    [b"/", b"/s/x", b"/assets/none.js", b"/api/health", b"/api/sessions", b"/openapi.yaml", b"/socket.io/", b"/socket.io/?EIO=4&transport=polling", b"/nothing"],
)
def test_every_answer_says_how_it_may_be_used(deployment, path):
    check_security(ask(deployment.settings["http_port"], get(path)).headers)


@pytest.mark.parametrize("path", [b"/api/health", b"/api/sessions", b"/socket.io/?EIO=4&transport=websocket", b"/nothing"])
def test_a_gateway_without_a_proxy_says_it_too(deployment, path):
    check_security(ask(deployment.gateway_port, get(path)).headers)


@pytest.mark.parametrize("name", [name for name in HOSTILE if HOSTILE[name][1] == 400])
def test_a_gateway_answers_what_is_not_http_by_saying_so(deployment, name):
    # A gateway that hung up instead would look as if it had failed, and nginx would leave it out.
    answer = ask(deployment.gateway_port, HOSTILE[name][0])
    assert answer.status < 500
    check_security(answer.headers)


async def test_no_request_makes_nginx_believe_that_its_gateways_have_failed(deployment, url):
    for _ in range(5):
        for name in ("a control character in a header", "a method that is none", "bytes in the path"):
            ask(deployment.settings["http_port"], HOSTILE[name][0])
    assert (await call("GET", url, "/api/health")).status == 200
    assert "prematurely closed" not in deployment.log("nginx")


@pytest.mark.parametrize("port", ["http_port", "gateway_port"])
def test_the_answer_to_head_has_no_body(deployment, port):
    request = b"HEAD /api/health HTTP/1.1\r\nHost: x\r\n\r\n" + get(b"/api/ready")
    with socket.create_connection(("127.0.0.1", deployment.settings[port]), timeout=20) as connection:
        connection.sendall(request)
        raw = b""
        while piece := connection.recv(1 << 16):
            raw += piece
    first, second, rest = raw.split(b"\r\n\r\n")
    assert second.startswith(b"HTTP/1.1 200") and rest == b'{"status":"ready"}'


def test_a_method_in_a_header_is_no_method(deployment):
    for header in (b"X-HTTP-Method-Override: DELETE", b"X-HTTP-Method: DELETE", b"X-Method-Override: DELETE"):
        answer = ask(deployment.settings["http_port"], post(header, b"Content-Length: 2", body=b"{}"))
        assert answer.status == 201


def test_an_old_client_is_served(deployment):
    answer = ask(deployment.settings["http_port"], b"GET /api/health HTTP/1.0\r\n\r\n")
    assert (answer.status, answer.body[:13]) == (200, b'{"status":"ok')


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL"])
async def test_links_are_those_of_the_configuration_whatever_a_client_says_of_itself(deployment, url, header):
    value = {"Forwarded": "host=evil.example;proto=https", "X-Original-URL": "/metrics", "X-Rewrite-URL": "/metrics"}
    headers = {header: value.get(header, "evil.example")}
    answer = await call("POST", url, "/api/sessions", json={}, headers=headers)
    assert answer.status == 201
    assert b"evil.example" not in answer.raw
    assert all(link.startswith(deployment.url) for link in Session(url, answer.body).links.values())


async def test_no_log_holds_a_token_or_a_key(deployment, session):
    token = session.tokens["interviewer"]
    signature = token.split(".")[2]
    for path in (session.path, f"{session.path}?token={token}", f"/s/{session.id}?{token}"):
        ask(deployment.settings["http_port"], get(path.encode(), b"Authorization: Bearer " + token.encode()))
    deployment.wait(lambda: session.path in deployment.log("access"), 60, "the access log is written")
    for log in (deployment.directory / "logs").glob("*.log"):
        assert signature not in log.read_text(errors="replace"), log.name
    assert signature not in deployment.said
