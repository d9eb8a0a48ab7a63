"""A network cable: everything to a deployment goes through it, and it can be pulled."""

import asyncio
import contextlib
from urllib.parse import urlsplit


class Wire:
    def __init__(self, url):
        address = urlsplit(url)
        self.target = (address.hostname, address.port)
        self.is_cut = False
        self.writers = set()

    async def __aenter__(self):
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

    def mend(self):
        self.is_cut = False

    async def carry(self, reader, writer):
        if self.is_cut:
            writer.transport.abort()
            return
        with contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection(*self.target)
            self.writers |= {writer, far_writer}
            await asyncio.gather(self.pump(reader, far_writer), self.pump(far_reader, writer))
            self.writers -= {writer, far_writer}

    async def pump(self, reader, writer):
        with contextlib.suppress(OSError):
            while data := await reader.read(1 << 16):
                writer.write(data)
                await writer.drain()
        writer.close()
