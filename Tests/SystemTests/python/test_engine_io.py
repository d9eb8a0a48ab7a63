"""Engine.IO, version 4, over the wire: what its public conformance suite asks, and what it leaves out."""

import asyncio
import json
import uuid

import aiohttp
import pytest

MEMBERS = {"sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"}


def refused(answer, code):
    status, body = answer
    return status == 400 and json.loads(body)["code"] == code


# Handshake


async def test_a_poll_opens_a_connection(quick):
    handshake = await quick.open()
    assert handshake.keys() == MEMBERS
    assert handshake["sid"]
    assert handshake["upgrades"] == ["websocket"]
    assert (handshake["pingInterval"], handshake["pingTimeout"]) == (300, 200)
    assert handshake["maxPayload"] == 1_000_000


async def test_a_web_socket_opens_a_connection(quick):
    async with quick.opened() as web_socket:
        handshake = web_socket.handshake
    assert handshake.keys() == MEMBERS
    assert handshake["upgrades"] == []
    assert (handshake["pingInterval"], handshake["pingTimeout"]) == (300, 200)
    assert handshake["maxPayload"] == 1_000_000


@pytest.mark.parametrize("version", [None, "", "abc", "3", "5", "44"])
async def test_another_version_is_refused(either, version):
    query = either.query("polling", EIO=version)
    assert refused(await either.request("GET", query), 5)
    assert await either.refusal(EIO=version) == 400


@pytest.mark.parametrize("transport", [None, "", "abc", "Polling", "webtransport"])
async def test_an_unknown_transport_is_refused(either, transport):
    query = either.query("polling", transport=transport)
    assert refused(await either.request("GET", query), 0)
    assert await either.refusal(transport=transport) == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_only_a_get_opens_a_connection(either, method):
    assert refused(await either.request(method, either.query("polling"), "4x"), 2)


async def test_a_request_for_a_web_socket_has_to_upgrade(either):
    assert refused(await either.request("GET", either.query("websocket")), 3)
    assert await either.refusal(transport="polling") == 400


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_an_unknown_sid_is_refused(either, method):
    query = either.query("polling", sid=f"echo.{uuid.uuid4().hex[:20]}")
    assert refused(await either.request(method, query), 1)
    assert await either.refusal(sid="echo.x") == 400


async def test_the_version_is_asked_for_with_every_request(either):
    sid = await either.sid()
    assert refused(await either.poll(sid, EIO=None), 5)
    assert await either.refusal(sid, EIO=None) == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_a_connection_is_got_and_posted_to_alone(either, method):
    sid = await either.sid()
    assert refused(await either.request(method, either.query("polling", sid)), 3)


# Messages


@pytest.mark.parametrize(
    "packets", [["4hello"], ["4one", "4two", "4three"], ["4hello", "bAQIDBA=="], ["b", "4"], ["4é😀", "bAA=="]]
)
async def test_packets_are_posted_and_polled(engine, packets):
    sid = await engine.sid()
    assert await engine.post(sid, *packets) == (200, "ok")
    assert await engine.poll(sid) == (200, "\x1e".join(packets))


@pytest.mark.parametrize("body", ["abc", "", "7", "b!!!!", "bAQI", "4a\x1e", "4a\x1ex", "2", "2probe"])
async def test_what_is_no_packet_ends_a_polling_connection(engine, body):
    sid = await engine.sid()
    assert refused(await engine.post(sid, body), 3) or body.startswith("2")
    assert refused(await engine.poll(sid), 1)


async def test_a_second_poll_ends_the_connection(either):
    sid = await either.sid()
    first, second = await asyncio.gather(either.poll(sid), either.poll(sid, t="1"))
    # Which came first is for the network to say.
    answer, refusal = sorted([first, second])
    assert answer == (200, "1")
    assert refused(refusal, 3)
    assert refused(await either.poll(sid), 1)


async def test_a_second_post_ends_the_connection(engine):
    sid = await engine.sid()
    has_begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow_body():
        yield b"4a"
        has_begun.set()
        await may_end.wait()
        yield b"b"

    first = asyncio.create_task(engine.request("POST", engine.query("polling", sid), slow_body()))
    await has_begun.wait()
    # The beginning of the first may still be on its way.
    while (answer := await engine.post(sid, "3")) == (200, "ok"):
        pass
    assert refused(answer, 3)
    may_end.set()
    assert refused(await first, 1)
    assert refused(await engine.poll(sid), 1)


async def test_a_poll_that_was_given_up_ends_the_connection(either):
    sid = await either.sid()
    await either.give_up_a_poll(sid)
    # Its end may still be on its way: a poll beside it would be refused, and end the connection, as well.
    status, _ = await either.poll(sid)
    assert status == 400
    assert refused(await either.poll(sid), 1)


async def test_a_body_beyond_the_bound_is_refused_and_the_connection_stays(engine):
    sid = await engine.sid()
    assert (await engine.post(sid, "4" + "x" * 1_000_000))[0] == 413
    assert await engine.post(sid, "4" + "x" * 999_999) == (200, "ok")
    assert await engine.poll(sid) == (200, "4" + "x" * 999_999)


async def test_messages_come_back_over_a_web_socket(engine):
    async with engine.opened() as web_socket:
        messages = ["4hello", bytes([1, 2, 3, 4]), "4", b"", "4é😀", bytes(70_000)]
        assert await web_socket.exchange(*messages, answers=len(messages)) == messages


@pytest.mark.parametrize("message", ["abc", "", "7", "2", "2probe", "bAQID"])
async def test_what_is_no_packet_closes_a_web_socket(engine, message):
    async with engine.opened() as web_socket:
        await web_socket.send(message)
        assert await web_socket.rest() == []


@pytest.mark.parametrize("packet", ["0", "5", "6", "3", "3probe"])
async def test_packets_that_mean_nothing_here_are_passed_over(engine, packet):
    async with engine.opened() as web_socket:
        assert await web_socket.exchange(packet, "4a", answers=1) == ["4a"]


async def test_a_message_beyond_the_bound_closes_a_web_socket(engine):
    async with engine.opened() as web_socket:
        await web_socket.send("4" + "x" * 1_000_000)
        assert await web_socket.rest() == []
        assert web_socket.web_socket.close_code == 1009


# Heartbeat


async def test_a_peer_that_polls_is_pinged(asking):
    sid = await asking.sid()
    for _ in range(3):
        assert await asking.poll(sid) == (200, "2")
        assert await asking.post(sid, "3") == (200, "ok")


async def test_a_peer_that_polls_and_answers_no_ping_is_given_up(strict):
    sid = await strict.sid()
    assert await strict.poll(sid) == (200, "2")
    assert await strict.poll(sid) == (200, "6")
    assert refused(await strict.poll(sid), 1)


async def test_a_peer_that_does_not_even_poll_is_gone_when_both_times_have_passed(quick):
    sid = await quick.sid()
    # Nothing but a poll could tell, and it would be an answer itself; the time is more than announced.
    await asyncio.sleep(3 * (300 + 200) / 1000)
    assert refused(await quick.poll(sid), 1)


async def test_a_peer_on_a_web_socket_is_pinged(asking):
    async with asking.opened() as web_socket:
        for _ in range(3):
            assert await web_socket.next() == "2"
            await web_socket.send("3")


async def test_a_peer_on_a_web_socket_that_answers_no_ping_is_given_up(quick):
    async with quick.opened() as web_socket:
        assert await web_socket.rest() == ["2"]


# Close


async def test_a_peer_that_closes_has_its_poll_released(either):
    sid = await either.sid()
    poll, post = await asyncio.gather(either.poll(sid), either.post(sid, "1"))
    assert poll == (200, "6")
    assert post == (200, "ok")
    assert refused(await either.poll(sid), 1)


async def test_a_peer_that_closes_takes_no_part_any_more(engine):
    sid = await engine.sid()
    assert await engine.post(sid, "1", "4late") == (200, "ok")
    assert await engine.poll(sid) == (200, "6")
    assert refused(await engine.post(sid, "4late"), 1)


async def test_a_peer_closes_its_web_socket_by_a_packet(either):
    async with either.opened() as web_socket:
        await web_socket.send("1")
        assert await web_socket.rest() == []
        assert web_socket.web_socket.close_code == 1000


# Upgrade


async def test_a_connection_moves_to_a_web_socket(engine):
    sid = await engine.sid()
    async with engine.web_socket(sid) as web_socket:
        assert await web_socket.exchange("2probe", answers=1) == ["3probe"]
        assert await engine.poll(sid) == (200, "6")
        assert await web_socket.exchange("5", "4hello", b"\1", answers=2) == ["4hello", b"\1"]


async def test_a_poll_in_flight_is_released_by_the_probe(engine):
    sid = await engine.sid()
    poll = asyncio.create_task(engine.poll(sid))
    async with engine.web_socket(sid) as web_socket:
        assert await web_socket.exchange("2probe", answers=1) == ["3probe"]
        assert await poll == (200, "6")
        assert await web_socket.exchange("5", "4a", answers=1) == ["4a"]


async def test_polling_is_over_after_the_upgrade(either):
    sid = await either.sid()
    async with either.web_socket(sid) as web_socket:
        await web_socket.exchange("2probe", answers=1)
        # The answer to a ping of the WebSocket shows that all before it was read.
        await web_socket.send("5")
        await _passed(web_socket)
        assert refused(await either.poll(sid), 3)
        assert refused(await either.post(sid, "4x"), 3)
        await _passed(web_socket)


async def test_a_second_web_socket_is_refused_and_the_first_stays(either):
    sid = await either.sid()
    async with either.web_socket(sid) as web_socket:
        assert await either.refusal(sid) == 400
        await web_socket.exchange("2probe", answers=1)
        assert await either.refusal(sid) == 400
        await web_socket.send("5")
        await _passed(web_socket)
        assert await either.refusal(sid) == 400
        await _passed(web_socket)


async def _passed(web_socket):
    """The server has read everything that was sent, and is still there."""
    await web_socket.web_socket.ping(b"x")
    pong = asyncio.create_task(web_socket.web_socket.receive())
    message = await asyncio.wait_for(pong, 20)
    assert message.type == aiohttp.WSMsgType.PONG


async def test_what_is_said_during_the_upgrade_comes_after_it_in_order(engine):
    sid = await engine.sid()
    async with engine.web_socket(sid) as web_socket:
        await web_socket.exchange("2probe", answers=1)
        for number in range(20):
            assert await engine.post(sid, f"4{number}", "bAQ==") == (200, "ok")
        answers = await web_socket.exchange("5", "4last", answers=41)
        assert answers == [part for number in range(20) for part in (f"4{number}", b"\1")] + ["4last"]


async def test_a_probe_that_is_lost_leaves_polling_as_it_was(engine):
    sid = await engine.sid()
    async with engine.web_socket(sid) as web_socket:
        await web_socket.exchange("2probe", answers=1)
    assert await engine.post(sid, "4still here") == (200, "ok")
    assert await engine.poll(sid) == (200, "4still here")
    async with engine.web_socket(sid) as web_socket:
        await web_socket.exchange("2probe", answers=1)
        assert await web_socket.exchange("5", "4moved", answers=1) == ["4moved"]


@pytest.mark.parametrize("message", ["4a", "5", "2", "x", b"\1"])
async def test_a_probe_that_says_anything_else_is_closed(engine, message):
    sid = await engine.sid()
    async with engine.web_socket(sid) as web_socket:
        await web_socket.send(message)
        assert await web_socket.rest() == []
    await engine.post(sid, "4still here")
    assert await engine.poll(sid) == (200, "4still here")


async def test_a_connection_that_ends_takes_its_probe_along(engine):
    sid = await engine.sid()
    async with engine.web_socket(sid) as web_socket:
        await web_socket.exchange("2probe", answers=1)
        await engine.post(sid, "1")
        assert await web_socket.rest() == []


# Plain WebSocket


async def test_a_plain_web_socket_echoes_text_and_binary(http, url):
    async with http.ws_connect(f"{url}/echo") as web_socket:
        for text in ["hello", "", "é😀", "x" * 100_000]:
            await web_socket.send_str(text)
            assert await web_socket.receive_str() == text
        for data in [b"", bytes(range(256)), bytes(1_000_000)]:
            await web_socket.send_bytes(data)
            assert await web_socket.receive_bytes() == data


async def test_a_plain_web_socket_is_bounded(http, url):
    async with http.ws_connect(f"{url}/echo") as web_socket:
        await web_socket.send_bytes(bytes(1_000_001))
        await web_socket.receive()
        assert web_socket.close_code == 1009
