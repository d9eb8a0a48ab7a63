"""An Engine.IO peer that does what it is told, right or wrong, and shows what came back."""

import asyncio
import contextlib
import json

import aiohttp

SEPARATOR = "\x1e"
WAIT_SECONDS = 60


class RawEngine:
    def __init__(self, http, url, path):
        self.http, self.url, self.path = http, url, path

    def query(self, over, sid=None, **query):
        """The parameters of a proper request over a transport, but for what the caller has changed."""
        query = {"EIO": "4", "transport": over, "sid": sid} | query
        return {key: value for key, value in query.items() if value is not None}

    # Polling

    async def request(self, method, query, body=None, sent=None):
        """Status and body of the answer; `sent` is an event for the moment in which the request has gone out."""
        request = self.http.request(method, self.url + self.path, params=query, data=body, trace_request_ctx=sent)
        async with asyncio.timeout(WAIT_SECONDS), request as response:
            return response.status, await response.text()

    async def open(self):
        """The handshake of a new connection, as the open packet has it."""
        status, body = await self.request("GET", self.query("polling"))
        assert status == 200 and body[0] == "0"
        return json.loads(body[1:])

    async def sid(self):
        return (await self.open())["sid"]

    async def poll(self, sid, **query):
        return await self.request("GET", self.query("polling", sid, **query))

    async def give_up_a_poll(self, sid):
        """Hangs up while the server holds the answer back."""
        sent = asyncio.Event()
        poll = asyncio.create_task(self.request("GET", self.query("polling", sid), sent=sent))
        await sent.wait()
        poll.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await poll

    async def post(self, sid, *packets):
        return await self.request("POST", self.query("polling", sid), SEPARATOR.join(packets))

    # WebSocket

    @contextlib.asynccontextmanager
    async def web_socket(self, sid=None, **query):
        query = self.query("websocket", sid, **query)
        async with self.http.ws_connect(self.url + self.path, params=query, autoping=False) as web_socket:
            yield RawWebSocket(web_socket)

    @contextlib.asynccontextmanager
    async def opened(self):
        """A WebSocket whose open packet was read."""
        async with self.web_socket() as web_socket:
            web_socket.handshake = json.loads((await web_socket.next())[1:])
            yield web_socket

    async def refusal(self, sid=None, **query):
        """The status with which a WebSocket is refused."""
        try:
            async with self.web_socket(sid, **query):
                return None
        except aiohttp.WSServerHandshakeError as error:
            return error.status


class RawWebSocket:
    def __init__(self, web_socket):
        self.web_socket = web_socket

    async def send(self, *messages):
        for message in messages:
            send = self.web_socket.send_bytes if isinstance(message, bytes) else self.web_socket.send_str
            await send(message)

    async def next(self):
        """The next message; None once the server has closed."""
        message = await asyncio.wait_for(self.web_socket.receive(), WAIT_SECONDS)
        return message.data if message.type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY) else None

    async def rest(self):
        """Everything until the server closes."""
        messages = []
        while (message := await self.next()) is not None:
            messages.append(message)
        return messages

    async def exchange(self, *messages, answers):
        await self.send(*messages)
        return [await self.next() for _ in range(answers)]
