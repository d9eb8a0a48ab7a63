"""A WebSocket that carries Socket.IO packets, as lean as three hundred of them in one process need it."""

import asyncio
import contextlib
import json
import socket
import struct
import time

import aiohttp

# Closing a socket that lingers for no time sends a reset instead of a farewell.
RESET = struct.pack("ii", 1, 0)


class Slowed:
    """A queue that hands out what was put into it in the same order, each thing `seconds` later."""

    def __init__(self):
        self.queue = asyncio.Queue()
        self.seconds = 0

    def put(self, item):
        self.queue.put_nowait((time.monotonic() + self.seconds, item))

    async def get(self):
        due, item = await self.queue.get()
        if (wait := due - time.monotonic()) > 0:
            await asyncio.sleep(wait)
        return item


class Line:
    """One connection: packets in and out, until either side ends it."""

    def __init__(self, websocket):
        self.websocket = websocket
        self.gateway = None
        self.inbox = Slowed()
        self.outbox = Slowed()

    @classmethod
    @contextlib.asynccontextmanager
    async def open(cls, http, url):
        address = url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        async with http.ws_connect(address, max_msg_size=0, autoclose=False) as websocket:
            line = cls(websocket)
            tasks = [asyncio.create_task(line.read()), asyncio.create_task(line.write())]
            try:
                yield line
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    def delay(self, seconds):
        """From here on frames need this long, in both directions."""
        self.inbox.seconds = self.outbox.seconds = seconds

    def send(self, packet):
        self.outbox.put(packet)

    def emit(self, event, payload):
        self.send("42" + json.dumps([event, payload], separators=(",", ":")))

    async def packets(self):
        while (packet := await self.inbox.get()) is not None:
            yield packet

    def hang_up(self):
        """Ends the connection from this side."""
        self.inbox.put(None)

    def reset(self):
        """Ends it as a broken network does, without a word to either side's program."""
        transport = self.websocket._response.connection.transport
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        transport.abort()

    async def read(self):
        try:
            async for message in self.websocket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self.inbox.put(message.data)
        finally:
            self.inbox.put(None)

    async def write(self):
        try:
            while True:
                await self.websocket.send_str(await self.outbox.get())
        except (aiohttp.ClientError, ConnectionError):
            self.inbox.put(None)
