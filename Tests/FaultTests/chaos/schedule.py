"""Which fault comes when: decided by the seed alone."""

import asyncio
import random
import time

from chaos import network_faults, process_faults, redis_faults

QUICK = [
    process_faults.owner_killed,
    process_faults.owner_stopped,
    process_faults.owner_hung,
    process_faults.gateway_killed,
    process_faults.gateway_stopped,
    process_faults.nginx_reloaded,
    redis_faults.redis_killed,
    redis_faults.redis_slow,
    redis_faults.subscriptions_killed,
    redis_faults.commands_killed,
    redis_faults.memory_full,
    redis_faults.disk_full,
    network_faults.browsers_reset,
    network_faults.frames_delayed,
]
OWNER = [process_faults.owner_killed, process_faults.owner_stopped, process_faults.owner_hung]
GATEWAY = [process_faults.gateway_killed, process_faults.gateway_stopped, process_faults.gateway_hung]
BETWEEN = [redis_faults.redis_killed, redis_faults.subscriptions_killed, redis_faults.commands_killed, network_faults.browsers_reset]


async def several_at_once(stage):
    """An owner, a gateway and what connects them."""
    faults = [stage.random.choice(some) for some in (OWNER, GATEWAY, BETWEEN)]
    with stage.as_one("several at once"):
        await asyncio.gather(*(fault(stage) for fault in faults))


SLOW = [
    process_faults.gateway_hung,
    process_faults.nginx_killed,
    redis_faults.redis_stopped,
    redis_faults.redis_paused,
    redis_faults.redis_hung,
    process_faults.rolling_restart,
    several_at_once,
]


class Schedule:
    """A deck of faults that is shuffled anew when it is through, so that every kind has its turn."""

    def __init__(self, kinds, seed):
        self.kinds = kinds
        self.random = random.Random(f"schedule {seed}")
        self.deck = []

    def draw(self):
        if not self.deck:
            self.deck = self.random.sample(self.kinds, len(self.kinds))
        return self.deck.pop()

    async def play(self, stage, seconds, faults_min, say):
        """One fault after the other, each when everybody has recovered from the one before."""
        end = time.monotonic() + seconds
        while time.monotonic() < end or len(stage.incidents) < faults_min:
            await asyncio.sleep(self.random.uniform(1, 2))
            fault = self.draw()
            say(fault.__name__.replace("_", " "))
            await fault(stage)
            await stage.calm()
