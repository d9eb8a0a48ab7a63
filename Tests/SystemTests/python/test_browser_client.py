"""The stock browser client, in a real browser, against `socketio-echo`, over each transport."""

import asyncio

import pytest
import pytest_asyncio

from browser_page import chromium, client_page
from echo_server import PATIENT, echo_server

# One browser for all: it takes longer to start than what is done with it.
pytestmark = pytest.mark.asyncio(loop_scope="module")

TRANSPORTS = {
    "polling, then upgrade": (["polling", "websocket"], "websocket"),
    "websocket only": (["websocket"], "websocket"),
    "polling only": (["polling"], "polling"),
}


@pytest.fixture(params=TRANSPORTS, ids=str)
def transports(request):
    return TRANSPORTS[request.param]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser, url):
    async with client_page(browser, url) as page:
        yield page


async def run(page, transports, script, namespace="/", **options):
    """Runs `script` with an open `socket`, and hands back what it returns."""
    options = {"transports": transports[0], "reconnectionDelay": 20, "timeout": 20_000} | options
    opening = "const socket = window.socket = opened(namespace, options);"
    body = f"async ([namespace, options]) => {{ {opening} {script} }}"
    return await asyncio.wait_for(page.evaluate(body, [namespace, options]), 60)


ENTERED = "const auth = await socket.next();"
# A client that may upgrade begins by polling.
SETTLED = """
  const engine = socket.io.engine;
  if (engine.opts.transports.length > 1 && engine.transport.name === "polling")
    await new Promise((done) => engine.once("upgrade", done));
"""


@pytest.mark.parametrize("namespace", ["/", "/custom"])
async def test_auth_arrives_and_the_transport_is_the_wanted_one(page, transports, namespace):
    script = ENTERED + SETTLED + "return [auth, engine.transport.name, socket.connected];"
    answer = await run(page, transports, script, namespace, auth={"token": "é"})
    assert answer == [["auth", {"token": "é"}], transports[1], True]


async def test_an_unknown_namespace_is_refused(page, transports):
    answer = await run(page, transports, "return await socket.next();", "/random")
    assert answer == ["connect_error", "Invalid namespace"]


async def test_events_come_back_in_order_through_the_upgrade(page, transports):
    script = ENTERED + """
      for (let number = 0; number < 200; number++) socket.emit("message", number, { "é": ["😀", null] });
      const received = [];
      for (let number = 0; number < 200; number++) received.push(await socket.next());
      return received;"""
    received = await run(page, transports, script)
    assert received == [["message-back", number, {"é": ["😀", None]}] for number in range(200)]


@pytest.mark.parametrize("namespace", ["/", "/custom"])
async def test_binary_comes_back_in_order_through_the_upgrade(page, transports, namespace):
    script = ENTERED + """
      const received = [];
      for (let number = 0; number < 30; number++)
        socket.emit("message", bytes(number, 255), { inner: [bytes()] }, number);
      for (let number = 0; number < 30; number++) received.push(await socket.next());
      return received;"""
    received = await run(page, transports, script, namespace)
    expected = [["message-back", {"bytes": [n, 255]}, {"inner": [{"bytes": []}]}, n] for n in range(30)]
    assert received == expected


async def test_large_binary_comes_back(page, transports):
    # As base64 it is just below the largest message.
    script = ENTERED + """
      const large = new Uint8Array(740000).map((_, index) => index * 31);
      socket.emit("message", large);
      const [, value] = await socket.next();
      return value.bytes.length === large.length && value.bytes.every((byte, index) => byte === large[index]);"""
    assert await run(page, transports, script)


async def test_events_are_acknowledged(page, transports):
    script = ENTERED + """
      const ack = (...values) => new Promise((done) => socket.emit("message-with-ack", ...values, (...v) => done(plain(v))));
      return [await ack(), await ack(1, "é"), await ack(bytes(1, 2), [bytes(3)])];"""
    answers = await run(page, transports, script)
    assert answers == [[], [1, "é"], [{"bytes": [1, 2]}, [{"bytes": [3]}]]]


async def test_the_server_asks_and_is_answered(page, transports):
    script = ENTERED + """
      socket.on("question", (...values) => values.pop()("heard", ...values));
      const received = [];
      for (const values of [[], [1], [bytes(9), { b: bytes(8) }]]) {
        socket.emit("ask-me", ...values);
        received.push(await socket.next());
      }
      return received;"""
    received = await run(page, transports, script)
    assert received == [["answer", "heard"], ["answer", "heard", 1], ["answer", "heard", {"bytes": [9]}, {"b": {"bytes": [8]}}]]


async def test_two_namespaces_share_a_connection_and_end_one_by_one(page, transports):
    script = ENTERED + """
      const custom = socket.io.socket("/custom");
      await new Promise((done) => custom.once("auth", done));
      const ids = [socket.id, custom.id];
      const back = new Promise((done) => custom.once("message-back", done));
      custom.emit("message", bytes(1));
      const value = plain(await back);
      const ended = new Promise((done) => custom.once("disconnect", done));
      custom.emit("disconnect-me");
      const reason = await ended;
      socket.emit("message", 2);
      return [ids[0] !== ids[1], value, reason, await socket.next(), socket.connected];"""
    answer = await run(page, transports, script)
    assert answer == [True, {"bytes": [1]}, "io server disconnect", ["message-back", 2], True]


async def test_a_client_told_to_go_stays_away(page, transports):
    script = ENTERED + """
      socket.emit("disconnect-me");
      return [await socket.next(), socket.active];"""
    assert await run(page, transports, script) == [["disconnect", "io server disconnect"], False]


async def test_a_client_whose_connection_is_closed_comes_back(page, transports):
    script = ENTERED + SETTLED + """
      const sid = socket.id;
      socket.emit("close-me");
      const gone = await socket.next();
      const back = await socket.next();
      const isNew = socket.id !== sid;
      socket.emit("message", bytes(1));
      return [gone[0], back, isNew, await socket.next()];"""
    answer = await run(page, transports, script)
    assert answer == ["disconnect", ["auth", {}], True, ["message-back", {"bytes": [1]}]]


async def test_the_heartbeat_keeps_a_client_that_says_nothing(browser, transports):
    # Not so quick that a busy browser is late.
    with echo_server("--ping-interval", "300", "--ping-timeout", "5000") as url:
        async with client_page(browser, url) as page:
            script = ENTERED + SETTLED + """
              for (let pings = 0; pings < 3; pings++) await new Promise((done) => engine.once("ping", done));
              socket.emit("message", 1);
              return await socket.next();"""
            assert await run(page, transports, script) == ["message-back", 1]


async def test_a_client_comes_back_when_its_server_was_started_again(browser, transports):
    with echo_server(*PATIENT) as url:
        opening = client_page(browser, url)
        page = await opening.__aenter__()
        assert await run(page, transports, ENTERED + SETTLED + "return auth;") == ["auth", {}]
    with echo_server(*PATIENT, port=int(url.rpartition(":")[2])):
        script = """async () => {
          let event;
          do { event = await socket.next(); } while (event[0] !== "auth");
          socket.emit("message", bytes(5));
          return await socket.next();
        }"""
        assert await asyncio.wait_for(page.evaluate(script), 60) == ["message-back", {"bytes": [5]}]
        await opening.__aexit__(None, None, None)
