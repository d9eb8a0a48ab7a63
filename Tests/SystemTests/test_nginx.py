"""What nginx lets through, and what it says by itself."""

import asyncio
import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys

import aiohttp
import pytest

from viva import Deployment, Participant, Session, call, until_refused
from viva.deployment import ROOT

sys.path.insert(0, str(ROOT / "deploy/local"))
from processes import all_processes  # noqa: E402
from settings import recall_settings  # noqa: E402

PAGE_POLICY = " ".join((ROOT / "Sources/Web/security-policy.txt").read_text().split())


def get(deployment, path, headers=None, port=None):
    """A request whose path goes out exactly as it stands here."""
    connection = http.client.HTTPConnection("127.0.0.1", port or deployment.settings["http_port"], timeout=10)
    connection.request("GET", path, headers=headers or {})
    response = connection.getresponse()
    response.body = response.read()
    return response


@pytest.mark.parametrize("path", ["/", "/s/7Kq2VnT0bXw9RfLd"])
def test_the_page_stands_at(deployment, path):
    response = get(deployment, path)
    assert response.status == 200
    assert response.headers["Content-Type"].startswith("text/html")
    assert response.headers["Cache-Control"] == "no-cache"
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_a_page_that_did_not_change_keeps_its_policy(deployment):
    fresh = get(deployment, "/")
    kept = get(deployment, "/", {"If-None-Match": fresh.headers["ETag"]})
    assert kept.status == 304
    assert kept.headers["Content-Security-Policy"] == fresh.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("accepted", "sent"), [("gzip", "gzip"), ("gzip, deflate, br", "br"), ("br", "br"), ("identity", None)]
)
def test_assets_are_kept_for_a_year_and_come_compressed(deployment, accepted, sent):
    assets = deployment.web_dir / "assets"
    name = next(path.name for path in sorted(assets.iterdir()) if path.name.endswith(".js.gz")).removesuffix(".gz")
    response = get(deployment, f"/assets/{name}", {"Accept-Encoding": accepted})
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Encoding"] == sent
    assert response.headers["Vary"] == "Accept-Encoding"


def test_an_asset_that_is_missing_is_not_kept(deployment):
    response = get(deployment, "/assets/missing-1234.js")
    assert (response.status, response.headers["Cache-Control"]) == (404, None)


@pytest.mark.parametrize(
    "path",
    [
        "/metrics",
        "//metrics",
        "/api/../metrics",
        "/api/%2e%2e/metrics",
        "/api/..%2fmetrics",
        "/socket.io/../metrics",
        "/assets/../index.html",
        "/assets/..%2f..%2f..%2fetc/passwd",
        "/assets/%5c..%5cindex.html",
        "/s/../../nginx.conf",
        "/index.html",
        "/.git/config",
        "/socket.io",
        "/apis",
        "/nginx.conf",
    ],
)
def test_there_is_nothing_for_the_outside_at(deployment, path):
    # 400 is for a path that leads out of the root: nginx does not even look for a place for it.
    assert get(deployment, path).status in (400, 404)


def test_nothing_is_told_as_a_gateway_would(deployment):
    response = get(deployment, "/nothing")
    assert (response.status, response.headers["Content-Type"]) == (404, "application/problem+json")
    assert json.loads(response.body)["code"] == "not_found"


def test_a_gateway_has_no_metrics_at_its_public_port(deployment):
    assert get(deployment, "/metrics", port=deployment.gateway_port).status == 404


def test_metrics_stand_at_the_internal_port(deployment):
    response = get(deployment, "/metrics", port=deployment.settings["gateway_internal_port"])
    assert response.status == 200
    assert b"# TYPE" in response.body


@pytest.mark.parametrize(
    "sid",
    ["g9.AAAAAAAAAAAAAAAAAAAA", "127.0.0.1:22.A", "evil.example:80", "g1", "%67%31.A", "../g1.A", "g1.A%0d%0aHost:%20evil", "g2.A"],
)
def test_a_sid_leads_to_no_other_host(deployment, sid):
    response = get(deployment, f"/socket.io/?EIO=4&transport=polling&sid={sid}")
    assert response.status == 400


async def test_polling_stays_at_its_gateway(deployment, session):
    people = [Participant(session, name=f"P{index}", transports=["polling"]) for index in range(4)]
    await asyncio.gather(*(person.join() for person in people))
    await people[0].insert(0, "x")
    for person in people:
        await person.until(lambda person=person: person.text == "x")
    assert {person.gateway for person in people} == {"g1", "g2"}
    await asyncio.gather(*(person.leave() for person in people))


async def test_nothing_but_a_websocket_is_upgraded(url):
    headers = {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": "AAMAAABkAARAAAAAAAIAAAAA"}
    async with aiohttp.request("GET", f"{url}/socket.io/?EIO=4&transport=polling", headers=headers) as response:
        assert response.status == 200


@pytest.mark.parametrize("way", ["nginx", "a gateway alone"])
@pytest.mark.parametrize(
    "path", ["/", "/s/7Kq2VnT0bXw9RfLd", "asset", "/assets/none.js", "/api/health", "/api/sessions/none", "/openapi.yaml", "/metrics"]
)
def test_every_answer_says_how_it_may_be_used(deployment, path, way):
    path = an_asset(deployment) if path == "asset" else path
    headers = get(deployment, path, port=None if way == "nginx" else deployment.gateway_port).headers
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {name: headers.get_all(name) for name in wanted} == {name: [value] for name, value in wanted.items()}
    # Who does not end TLS promises nothing about it, and nobody says which version of what they are.
    assert headers["Strict-Transport-Security"] is None
    assert headers["Server"] == ("nginx" if way == "nginx" else None)
    [policy] = headers.get_all("Content-Security-Policy")
    is_page = path == "/" or path.startswith(("/s/", "/assets/"))
    assert policy == (PAGE_POLICY if is_page else "default-src 'none'; frame-ancestors 'none'")


def an_asset(deployment):
    return "/assets/" + next(path.name for path in (deployment.web_dir / "assets").glob("main-*.js"))


async def test_while_no_gateway_is_there_nginx_answers_as_one_would(tmp_path):
    with Deployment(tmp_path, gateways=1, owners=1) as deployment:
        pid = deployment.pid("g1")
        deployment.kill("g1")
        answer = await call("GET", deployment.url, "/api/sessions/7Kq2VnT0bXw9RfLd", token="x")
        if answer.status != 401:  # it may be back already
            assert (answer.status, answer.code) == (503, "unavailable")
        deployment.wait(lambda: deployment.pid("g1") not in (None, pid), 30, "g1 is back")


async def test_another_gateway_needs_a_reload_of_nginx_and_nothing_else(tmp_path):
    with Deployment(tmp_path, gateways=1, owners=1) as deployment:
        session = await Session.create(deployment.url)
        with second_gateway(deployment):
            async with Participant(session) as ada:
                deployment.kill("nginx", signal.SIGHUP)
                deployment.wait(lambda: gateway_of_newcomer(deployment) == "g2", 30, "newcomers reach the second gateway")
                async with Participant(session, "interviewer", transports=["polling"]) as grace:
                    await ada.insert(0, "x")
                    await grace.until(lambda: grace.text == "x")
                assert len(ada.welcomes) == 1


@contextlib.contextmanager
def second_gateway(deployment):
    """Started by hand, after its lines were written for nginx."""
    settings = recall_settings(deployment.directory)
    settings.gateways = 2
    gateway = all_processes(settings)[-1]
    with subprocess.Popen(gateway.command, env={**os.environ, **gateway.environment}) as child:
        try:
            deployment.wait(gateway.is_ready, 30, "the second gateway is ready")
            yield
        finally:
            child.kill()


def gateway_of_newcomer(deployment):
    answer = get(deployment, "/socket.io/?EIO=4&transport=polling").body
    return answer.decode().partition('"sid":"')[2].partition(".")[0]


async def test_an_address_that_asks_too_often_has_to_wait(tmp_path):
    with Deployment(tmp_path, gateways=1, owners=1, unlimited="127.0.0.9/32") as deployment:
        answers = await until_refused(lambda: call("GET", deployment.url, "/api/sessions/7Kq2VnT0bXw9RfLd"), 200)
        assert all(answer.code == "rate_limited" for answer in answers if answer.status == 429)
        assert any(answer.status == 401 for answer in answers)


@pytest.mark.parametrize(
    ("path", "headers", "status", "code"),
    [
        pytest.param("/" + "a" * 9000, {}, 414, "uri_too_long", id="target"),
        pytest.param("/api/health", {"X-A": "a" * 9000}, 431, "headers_too_large", id="header"),
    ],
)
def test_a_request_too_large_for_nginx_is_refused_as_by_a_gateway(deployment, path, headers, status, code):
    response = get(deployment, path, headers)
    assert (response.status, response.headers["Content-Type"]) == (status, "application/problem+json")
    assert json.loads(response.body)["code"] == code


async def test_the_access_log_holds_no_query(deployment, session):
    count = lambda: deployment.log("access").count("/api/health")
    before = count()
    await call("GET", deployment.url, "/api/health?token=swordfish")
    deployment.wait(lambda: count() > before, 60, "the access log is written")
    assert "swordfish" not in deployment.log("access")
    assert all(token not in deployment.log("access") for token in session.tokens.values())
