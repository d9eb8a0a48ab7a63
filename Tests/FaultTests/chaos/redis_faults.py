"""Redis dies, hangs, is slow, cuts its clients off or has no place left."""

import asyncio
import os
import resource
import signal

import redis.exceptions

HANG_SECONDS = 7  # longer than Viva lets Redis be silent
FULL_SECONDS = 3


async def redis_killed(stage):
    await end_redis(stage, "redis killed", signal.SIGKILL)


async def redis_stopped(stage):
    await end_redis(stage, "redis stopped", signal.SIGTERM)


async def end_redis(stage, kind, number):
    """What Redis had answered is with the kernel, and so in its file when it starts again."""
    with stage.incident(kind, stage.all_rooms()):
        async with stage.replacing("redis"):
            stage.signal("redis", number)


async def redis_paused(stage):
    await hang_redis(stage, "redis paused", stage.random.uniform(0.5, 2))


async def redis_hung(stage):
    await hang_redis(stage, "redis hung", HANG_SECONDS)


async def hang_redis(stage, kind, seconds):
    with stage.incident(kind, stage.all_rooms()) as incident:
        async with stage.stopped("redis"):
            await asyncio.sleep(seconds)
        incident.lifted()


async def redis_slow(stage):
    """Every now and then nothing is answered for a moment."""
    with stage.incident("redis slow", stage.all_rooms()) as incident:
        for _ in range(5):
            await stage.redis.execute_command("DEBUG", "SLEEP", str(stage.random.uniform(0.05, 0.4)))
            await stage.redis.execute_command("CLIENT", "PAUSE", stage.random.randrange(50, 400), "ALL")
            await asyncio.sleep(0.3)
        incident.lifted()


async def subscriptions_killed(stage):
    with stage.incident("subscriptions killed", stage.all_rooms()):
        await stage.redis.execute_command("CLIENT", "KILL", "TYPE", "pubsub")


async def commands_killed(stage):
    with stage.incident("commands killed", stage.all_rooms()):
        await stage.redis.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")


async def memory_full(stage):
    """Redis evicts nothing and refuses to write."""
    with stage.incident("memory full", stage.all_rooms()) as incident:
        await stage.redis.config_set("maxmemory", 1)
        await asyncio.sleep(FULL_SECONDS)
        await stage.redis.config_set("maxmemory", 0)
        incident.lifted()


async def disk_full(stage):
    """The append-only file may not grow any more. Redis keeps what it could not write, and refuses more."""
    process = stage.deployment.pid("redis")
    with stage.incident("disk full", stage.all_rooms()) as incident:
        _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
        resource.prlimit(process, resource.RLIMIT_FSIZE, (append_only_bytes(stage) + 10_000, hard))
        await refuses_to_write(stage)
        await asyncio.sleep(FULL_SECONDS)
        resource.prlimit(process, resource.RLIMIT_FSIZE, (hard, hard))
        await takes_writes(stage)
        incident.lifted()


def append_only_bytes(stage):
    """Of the file that grows; each rewrite begins another."""
    directory = stage.deployment.directory / "redis/appendonlydir"
    return max(os.path.getsize(path) for path in directory.glob("*.incr.aof"))


async def refuses_to_write(stage):
    while await can_write(stage):
        await asyncio.sleep(0.05)


async def takes_writes(stage):
    while not await can_write(stage):
        await asyncio.sleep(0.05)


async def can_write(stage):
    try:
        await stage.redis.set("chaos", "x" * 100)
        return True
    except redis.exceptions.ResponseError as error:
        if "MISCONF" not in str(error):
            raise
        return False
