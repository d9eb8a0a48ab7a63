"""A network cable: everything to a deployment goes through it; it can be pulled, and it can be long and narrow."""

import asyncio
import contextlib
from urllib.parse import urlsplit

# What goes through a narrow line before the next connection has its turn.
TURN_BYTES = 4_096


class Wire:
    """Chromium's own throttling leaves WebSockets alone; here all is bytes."""

    def __init__(self, url, *, delay_seconds=0.0, bytes_per_second=None):
        """The delay is that of one way; the bytes are shared by all that goes that way."""
        address = urlsplit(url)
        self.target = (address.hostname, address.port)
        self.delay_seconds = delay_seconds
        self.bytes_per_second = bytes_per_second
        self.is_cut = False
        self.writers = set()

    async def __aenter__(self):
        self.there, self.back = asyncio.Lock(), asyncio.Lock()
        self.flows = asyncio.Event()
        self.flows.set()
        self.server = await asyncio.start_server(self.carry, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_):
        self.cut()
        self.server.close()

    def cut(self):
        self.is_cut = True
        self.drop()

    def drop(self):
        """Ends what goes on; what comes next goes through."""
        for writer in self.writers:
            writer.transport.abort()
        self.release()

    def mend(self):
        self.is_cut = False

    def hold(self):
        """Nothing arrives any more, and nothing is lost."""
        self.flows.clear()

    def release(self):
        self.flows.set()

    def slow_down(self, delay_seconds, bytes_per_second):
        """From now on; what is on its way comes first."""
        self.delay_seconds, self.bytes_per_second = delay_seconds, bytes_per_second

    async def carry(self, reader, writer):
        if self.is_cut:
            writer.transport.abort()
            return
        with contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection(*self.target)
            self.writers |= {writer, far_writer}
            await asyncio.gather(self.pump(reader, far_writer, self.there), self.pump(far_reader, writer, self.back))
            self.writers -= {writer, far_writer}

    async def pump(self, reader, writer, way):
        """Carries one direction of a connection until its end."""
        sent = asyncio.Queue()
        arrival = asyncio.create_task(self.arrive(sent, writer))
        with contextlib.suppress(OSError):
            while data := await self.take(reader, way):
                sent.put_nowait((asyncio.get_running_loop().time() + self.delay_seconds, data))
        sent.put_nowait((0, b""))
        await arrival

    async def take(self, reader, way):
        """The next bytes of a connection, once they have gone onto the line."""
        if not self.bytes_per_second:
            return await reader.read(1 << 16)
        data = await reader.read(TURN_BYTES)
        async with way:
            await asyncio.sleep(len(data) / self.bytes_per_second)
        return data

    async def arrive(self, sent, writer):
        """Hands out what has been on its way for long enough, in its order."""
        loop = asyncio.get_running_loop()
        with contextlib.suppress(OSError):
            while True:
                due, data = await sent.get()
                if not data:
                    break
                await asyncio.sleep(max(0, due - loop.time()))
                await self.flows.wait()
                writer.write(data)
                await writer.drain()
        writer.close()
