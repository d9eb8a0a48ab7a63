"""One run: a deployment, people who type in it, faults, a verdict."""

import asyncio
import contextlib
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import redis.asyncio

from chaos.room import Room
from chaos.schedule import Schedule
from chaos.stage import Stage
from chaos.verdict import judge
from viva import Deployment

JOINING_AT_ONCE = 10
JOIN_SECONDS_MAX = 120


@dataclass
class Load:
    rooms: int = 100
    edits_per_second: float = 1  # of each typist
    gateways: int = 3
    owners: int = 3


class Run:
    def __init__(self, seed, load, kinds, seconds, *, directory, faults_min=0, say=print):
        self.seed = seed
        self.load = load
        self.kinds = kinds
        self.seconds = seconds
        self.directory = Path(directory)
        self.faults_min = faults_min
        self.say = say

    async def play(self):
        """Returns the verdict; a deployment that did not come back from a fault raises."""
        with self.deployment() as deployment:
            async with self.stage_in(deployment) as stage:
                self.stage = stage
                await self.disturb(stage)
                return await judge(stage.rooms, stage.redis)

    def deployment(self):
        return Deployment(
            self.directory,
            environment={
                # Owners say which room they claim, and Redis comes from the wrapper beside this file.
                "VIVA_LOG_LEVEL": "debug",
                "PATH": f"{Path(__file__).parent}/bin:{os.environ['PATH']}",
                "CHAOS_REDIS": shutil.which("redis-server"),
            },
            gateways=self.load.gateways,
            owners=self.load.owners,
        )

    @contextlib.asynccontextmanager
    async def stage_in(self, deployment):
        async with (
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http,
            redis.asyncio.Redis(port=deployment.redis_port) as connection,
            asyncio.TaskGroup() as tasks,
        ):
            rooms = await self.open_rooms(http, deployment.url, tasks)
            self.typing = [
                tasks.create_task(typist.type(self.load.edits_per_second)) for room in rooms for typist in room.typists
            ]
            yield Stage(deployment, rooms, connection, self.seed)
            for task in self.living:
                task.cancel()

    async def open_rooms(self, http, url, tasks):
        rooms, self.living = [], []
        for first in range(0, self.load.rooms, JOINING_AT_ONCE):
            numbers = range(first, min(first + JOINING_AT_ONCE, self.load.rooms))
            opened = await asyncio.gather(*(Room.create(http, url, f"r{number}", self.seed) for number in numbers))
            self.living += [tasks.create_task(browser.live()) for room in opened for browser in room.browsers]
            await until_joined(opened)
            rooms += opened
        return rooms

    async def disturb(self, stage):
        started = time.monotonic()
        try:
            await Schedule(self.kinds, self.seed).play(stage, self.seconds, self.faults_min, self.say)
        finally:
            for task in self.typing:
                task.cancel()
        self.seconds = time.monotonic() - started


async def until_joined(rooms):
    deadline = time.monotonic() + JOIN_SECONDS_MAX
    while not all(browser.is_online for room in rooms for browser in room.browsers):
        if time.monotonic() > deadline:
            raise TimeoutError("not everybody got into their room")
        await asyncio.sleep(0.02)
