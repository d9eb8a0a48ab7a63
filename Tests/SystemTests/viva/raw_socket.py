"""A Socket.IO connection that does only what it is told: it may not read, not answer, or send too much."""

import asyncio
import json
import os
import struct
from urllib.parse import urlsplit

HANDSHAKE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}\r\n{more}"
    "Connection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class NotUpgraded(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body


class RawSocket:
    def __init__(self, reader, writer):
        self.reader = reader
        self.writer = writer
        self.staying = None

    @classmethod
    async def open(cls, url, *, address=None, headers="", receive_buffer=1 << 16):
        """`address` is where it comes from; `receive_buffer` is what is read ahead of whoever reads."""
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(
            parts.hostname, parts.port, limit=receive_buffer, local_addr=address and (address, 0)
        )
        socket = cls(reader, writer)
        writer.write(HANDSHAKE.format(host=parts.netloc, more=headers).encode())
        await socket.check_upgrade()
        await socket.receive()  # the sid
        return socket

    async def check_upgrade(self):
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        status = int(head.split()[1])
        if status != 101:
            raise NotUpgraded(status, (await self.reader.read()).decode())

    async def join(self, token, name="Ada"):
        """The welcome, or the message of the refusal."""
        self.send("40" + json.dumps({"token": token, "name": name}))
        while True:
            packet = await self.receive()
            if packet.startswith("44"):
                return json.loads(packet[2:])["message"]
            if packet.startswith('42["welcome"'):
                return json.loads(packet[2:])[1]

    def emit(self, event, payload):
        self.send("42" + json.dumps([event, payload]))

    def send(self, text):
        self.writer.write(masked_frame(0x81, text.encode()))

    async def receive(self):
        """The next message; pings are answered on the way. Raises at the connection's end."""
        while True:
            opcode, payload = await self.receive_frame()
            if opcode == 0x81 and payload == b"2":
                self.send("3")
            elif opcode == 0x81:
                return payload.decode()
            elif opcode == 0x88:
                raise ConnectionError(f"closed with {payload!r}")

    async def receive_frame(self):
        first, length = await self.reader.readexactly(2)
        if length == 126:
            (length,) = struct.unpack("!H", await self.reader.readexactly(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", await self.reader.readexactly(8))
        return first, await self.reader.readexactly(length)

    def stay(self):
        """From now on answers pings and hears nothing else, until it is aborted."""
        self.staying = asyncio.create_task(self.answer_pings())

    async def answer_pings(self):
        while True:
            await self.receive()

    async def ended(self):
        """Reads whatever comes until the other side ends the connection."""
        try:
            while await self.reader.read(1 << 20):
                pass
        except ConnectionError:
            pass

    def abort(self):
        if self.staying:
            self.staying.cancel()
        self.writer.transport.abort()


def masked_frame(first_byte, payload):
    length = len(payload)
    if length < 126:
        head = struct.pack("!BB", first_byte, 0x80 | length)
    elif length < 1 << 16:
        head = struct.pack("!BBH", first_byte, 0x80 | 126, length)
    else:
        head = struct.pack("!BBQ", first_byte, 0x80 | 127, length)
    mask = os.urandom(4)
    key = int.from_bytes((mask * (length // 4 + 1))[:length], "big")
    return head + mask + (int.from_bytes(payload, "big") ^ key).to_bytes(length, "big")
