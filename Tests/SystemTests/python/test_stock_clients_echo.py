"""The stock Python client against `socketio-echo`, over each transport."""

import asyncio
import contextlib

import pytest
import socketio

from echo_server import PATIENT, WAIT_SECONDS, echo_server

TRANSPORTS = {
    "polling, then upgrade": (["polling", "websocket"], "websocket"),
    "websocket only": (["websocket"], "websocket"),
    "polling only": (["polling"], "polling"),
}


class Peer:
    """A client and everything that it was told, in order."""

    def __init__(self, **options):
        self.client = socketio.AsyncClient(**{"reconnection": False} | options)
        self.received = asyncio.Queue()
        self.client.on("*", self.event)
        self.client.on("disconnect", self.disconnected)

    async def event(self, name, *arguments):
        await self.received.put((name, *arguments))

    async def custom_event(self, name, *arguments):
        await self.received.put(("/custom", name, *arguments))

    async def disconnected(self, reason):
        await self.received.put(("disconnect", reason))

    async def next(self):
        return await asyncio.wait_for(self.received.get(), WAIT_SECONDS)


@contextlib.asynccontextmanager
async def connected(url, transports, **options):
    peer = Peer()
    await peer.client.connect(url, transports=transports, wait_timeout=WAIT_SECONDS, **options)
    try:
        yield peer
    finally:
        await peer.client.disconnect()


@pytest.fixture(params=TRANSPORTS, ids=str)
def transports(request):
    return TRANSPORTS[request.param]


def test_auth_arrives(url, transports):
    async def check():
        async with connected(url, transports[0], auth={"token": "x", "é": [1, None]}) as peer:
            assert peer.client.transport() == transports[1]
            assert await peer.next() == ("auth", {"token": "x", "é": [1, None]})

    asyncio.run(check())


def test_the_sid_names_the_server(url, transports):
    async def check():
        async with connected(url, transports[0]) as peer:
            name, _, random = peer.client.get_sid().partition(".")
            assert name == "echo" and len(random) == 20 and random.isalnum()

    asyncio.run(check())


def test_events_come_back_in_order(url, transports):
    async def check():
        async with connected(url, transports[0]) as peer:
            await peer.next()
            for number in range(200):
                await peer.client.emit("message", (number, {"é😀": [True, None, 1.5]}, "\n\"\\"))
            for number in range(200):
                expected = ("message-back", number, {"é😀": [True, None, 1.5]}, "\n\"\\")
                assert await peer.next() == expected

    asyncio.run(check())


def test_events_are_acknowledged(url, transports):
    async def check():
        async with connected(url, transports[0]) as peer:
            answer = await peer.client.call("message-with-ack", (1, "a"), timeout=WAIT_SECONDS)
            assert tuple(answer) == (1, "a")

    asyncio.run(check())


def test_large_messages_come_back_whole(url, transports):
    async def check():
        async with connected(url, transports[0]) as peer:
            await peer.next()
            # Written as escapes, this is just below the largest message.
            text = "é€😀x" * 39_000
            await peer.client.emit("message", text)
            assert await peer.next() == ("message-back", text)

    asyncio.run(check())


def test_a_client_told_to_go_knows_who_ended_it(url, transports):
    async def check():
        async with connected(url, transports[0]) as peer:
            await peer.next()
            await peer.client.emit("disconnect-me")
            assert await peer.next() == ("disconnect", peer.client.reason.SERVER_DISCONNECT)

    asyncio.run(check())


def test_a_client_that_left_can_come_back(url, transports):
    async def check():
        sids = set()
        for _ in range(3):
            async with connected(url, transports[0]) as peer:
                sids.add(peer.client.get_sid())
                assert await peer.next() == ("auth", {})
        assert len(sids) == 3

    asyncio.run(check())


def test_an_unknown_namespace_is_refused(url, transports):
    async def check():
        peer = Peer()
        refused = asyncio.Queue()
        peer.client.on("connect_error", refused.put, namespace="/nowhere")
        with pytest.raises(socketio.exceptions.ConnectionError):
            await peer.client.connect(url, transports=transports[0], namespaces=["/nowhere"])
        assert await refused.get() == {"message": "Invalid namespace"}

    asyncio.run(check())


def test_two_namespaces_share_a_transport(url, transports):
    async def check():
        async with connected(url, transports[0], namespaces=["/", "/custom"]) as peer:
            assert await peer.next() == ("auth", {})
            peer.client.on("*", peer.custom_event, namespace="/custom")
            await peer.client.emit("message", 1, namespace="/custom")
            await peer.client.emit("message", 2)
            assert await peer.next() == ("/custom", "message-back", 1)
            assert await peer.next() == ("message-back", 2)

    asyncio.run(check())


def test_many_clients_are_served_at_once(url, transports):
    async def one(number):
        async with connected(url, transports[0]) as peer:
            await peer.next()
            await peer.client.emit("message", number)
            assert await peer.next() == ("message-back", number)

    async def check():
        await asyncio.gather(*(one(number) for number in range(50)))

    asyncio.run(check())


@pytest.mark.parametrize("namespace", ["/", "/custom"])
def test_binary_comes_back(url, transports, namespace):
    async def check():
        async with connected(url, transports[0], namespaces=["/", "/custom"]) as peer:
            received = asyncio.Queue()
            peer.client.on("message-back", lambda *values: received.put_nowait(values), namespace=namespace)
            values = (b"\1\2", {"a": [b"", bytes(range(256))], "é": "😀"}, 3)
            for _ in range(20):
                await peer.client.emit("message", values, namespace=namespace)
            for _ in range(20):
                assert await asyncio.wait_for(received.get(), WAIT_SECONDS) == values

    asyncio.run(check())


def test_binary_is_acknowledged_with_binary(url, transports):
    async def check():
        async with connected(url, transports[0]) as peer:
            values = ({"data": b"\0\xff" * 10_000}, [b"x"])
            answer = await peer.client.call("message-with-ack", values, timeout=WAIT_SECONDS)
            assert tuple(answer) == values

    asyncio.run(check())


def test_the_server_asks_and_is_answered(url, transports):
    async def check():
        async with connected(url, transports[0]) as peer:
            assert await peer.next() == ("auth", {})
            peer.client.on("question", lambda *values: ("heard", *values))
            for values in [(), (1, "é"), (b"\1", {"b": b"\2"})]:
                await peer.client.emit("ask-me", values)
                assert await peer.next() == ("answer", "heard", *values)

    asyncio.run(check())


def test_the_heartbeat_keeps_a_client_that_says_nothing(quick_url, transports):
    async def check():
        async with connected(quick_url, transports[0]) as peer:
            assert await peer.next() == ("auth", {})
            # Longer than a peer may be silent, several times over.
            await asyncio.sleep(2)
            await peer.client.emit("message", 1)
            assert await peer.next() == ("message-back", 1)

    asyncio.run(check())


def test_a_client_whose_connection_is_closed_comes_back(url, transports):
    async def check():
        peer = Peer(reconnection=True, reconnection_delay=0.01, randomization_factor=0)
        await peer.client.connect(url, transports=transports[0], wait_timeout=WAIT_SECONDS)
        try:
            assert await peer.next() == ("auth", {})
            sid = peer.client.get_sid()
            await peer.client.emit("close-me")
            assert (await peer.next())[0] == "disconnect"
            assert await peer.next() == ("auth", {})
            assert peer.client.get_sid() != sid
            await peer.client.emit("message", b"\1")
            assert await peer.next() == ("message-back", b"\1")
        finally:
            await peer.client.disconnect()

    asyncio.run(check())


def test_a_client_comes_back_when_its_server_was_started_again(transports):
    async def check():
        peer = Peer(reconnection=True, reconnection_delay=0.05, reconnection_delay_max=0.1)
        with echo_server(*PATIENT) as url:
            await peer.client.connect(url, transports=transports[0], wait_timeout=WAIT_SECONDS)
            assert await peer.next() == ("auth", {})
        with echo_server(*PATIENT, port=int(url.rpartition(":")[2])):
            while await peer.next() != ("auth", {}):
                pass
            await peer.client.emit("message", 1)
            assert await peer.next() == ("message-back", 1)
            await peer.client.disconnect()

    asyncio.run(check())
