"""One run of `viva loadtest`, and how it may end."""

import asyncio
import os
import re

from viva.operator import EXECUTABLE

GOOD, WRONG, MISSED, COULD_NOT_RUN, USAGE, INTERRUPTED = 0, 1, 2, 3, 64, 130


class LoadTest:
    """One run of `viva loadtest`."""

    def __init__(self, process):
        self.process = process

    @classmethod
    async def start(cls, *arguments, **environment):
        process = await asyncio.create_subprocess_exec(
            EXECUTABLE,
            "loadtest",
            *map(str, arguments),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, **environment},
        )
        return cls(process)

    @classmethod
    async def run(cls, *arguments, **environment):
        return await (await cls.start(*arguments, **environment)).ended()

    async def ended(self):
        output, errors = await asyncio.wait_for(self.process.communicate(), 120)
        self.said = output.decode() + errors.decode()
        self.code = self.process.returncode
        return self

    async def until_said(self, pattern):
        """Waits for a line of progress."""
        async with asyncio.timeout(60):
            while not re.search(pattern, line := (await self.process.stderr.readline()).decode()):
                assert line, "it ended before"


def counts(report):
    return {entry["name"]: entry["count"] for entry in report["counts"]}
