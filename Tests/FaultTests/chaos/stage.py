"""All that a fault can get at, and the diary of what was done to it."""

import asyncio
import contextlib
import random
import signal
import time
from dataclasses import dataclass, field

import aiohttp

from chaos.owners import Owners

HEAL_SECONDS_MAX = 60
CALM_SECONDS_MAX = 60
CALM_WAIT_SECONDS = 1


class Unhealed(Exception):
    """The deployment did not come back from a fault."""


@dataclass
class Incident:
    kind: str
    groups: list = field(default_factory=list)  # browsers that the fault touched; of a room together, or each alone
    at: float = 0  # from here on their waiting counts
    until: float = 0
    is_lifted: bool = False

    def lifted(self):
        """Waiting counts from the end of a fault that lasts as long as the schedule wants."""
        self.at = time.monotonic()
        self.is_lifted = True


class Stage:
    def __init__(self, deployment, rooms, redis, seed):
        self.deployment = deployment
        self.rooms = rooms
        self.redis = redis
        self.random = random.Random(f"faults {seed}")
        self.owners = [f"o{index + 1}" for index in range(deployment.settings["owners"])]
        self.gateways = [f"g{index + 1}" for index in range(deployment.settings["gateways"])]
        self.owned = Owners(deployment, self.owners)
        self.incidents = []
        self.kind_of_all = None

    @property
    def browsers(self):
        return [browser for room in self.rooms for browser in room.browsers]

    @contextlib.contextmanager
    def incident(self, kind, groups):
        incident = Incident(self.kind_of_all or kind, groups, at=time.monotonic())
        self.incidents.append(incident)
        try:
            yield incident
        finally:
            incident.until = time.monotonic()

    @contextlib.contextmanager
    def as_one(self, kind):
        """What is done inside counts under one name: whose fault a wait was cannot be told apart."""
        self.kind_of_all = kind
        try:
            yield
        finally:
            self.kind_of_all = None

    # Whom a fault touches

    def all_rooms(self):
        return [room.browsers for room in self.rooms]

    def rooms_of(self, owner):
        self.owned.read()
        return [room.browsers for room in self.rooms if self.owned.of(room.id) == owner]

    def browsers_of(self, gateway):
        return [[browser] for browser in self.browsers if browser.is_online and browser.gateway == gateway]

    def busy_owner(self):
        """One that has rooms: to hurt another would show nothing."""
        return self.random.choice([name for name in self.owners if self.rooms_of(name)])

    def busy_gateway(self):
        return self.random.choice([name for name in self.gateways if self.browsers_of(name)])

    # Processes

    def signal(self, name, number):
        self.deployment.kill(name, number)

    @contextlib.asynccontextmanager
    async def replacing(self, name):
        """What is done inside ends the process; afterwards another runs in its place and is ready."""
        before = self.deployment.pid(name)
        yield
        await self.until(lambda: self.deployment.pid(name) not in (None, before), f"{name} is started again")
        await self.until_ready(name)

    async def until_ready(self, name):
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as http:
            while not await answers(http, self.ready_url(name)):
                await asyncio.sleep(0.05)

    def ready_url(self, name):
        if name.startswith("o"):
            port = self.deployment.settings["owner_internal_port"] + int(name[1:]) - 1
            return f"http://127.0.0.1:{port}/api/health"
        gateway = self.deployment.gateway_url(name) if name.startswith("g") else self.deployment.url
        return f"{gateway}/api/ready"

    @contextlib.asynccontextmanager
    async def stopped(self, name):
        """Holds a process still, as a swapping machine or a debugger does."""
        process = self.deployment.pid(name)
        self.signal(name, signal.SIGSTOP)
        try:
            yield
        finally:
            if self.deployment.pid(name) == process:
                self.signal(name, signal.SIGCONT)

    # Waiting

    async def until(self, condition, what, seconds=HEAL_SECONDS_MAX):
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise Unhealed(f"waited {seconds} s in vain until {what}")
            await asyncio.sleep(0.02)

    async def calm(self):
        """Until everybody is back and nobody waits for an edit any longer than usual."""
        try:
            await self.until(lambda: not self.restless(), "everybody is back and nobody waits", CALM_SECONDS_MAX)
        except Unhealed as unhealed:
            raise Unhealed(f"{unhealed}: {self.restless()}") from None

    def restless(self):
        longest = time.monotonic() - CALM_WAIT_SECONDS
        return [
            browser for browser in self.browsers if not browser.is_online or (browser.typed_at or longest) < longest
        ]


async def answers(http, url):
    try:
        async with http.get(url) as response:
            return response.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False
