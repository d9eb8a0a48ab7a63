"""Processes that die, stop or hang. The supervisor starts again what ended."""

import asyncio
import contextlib
import signal

from chaos.stage import Unhealed
from viva.deployment import ROOT

HUNG_SECONDS = 5  # longer than a gateway waits for an owner


async def owner_killed(stage):
    await end_owner(stage, "owner killed", signal.SIGKILL)


async def owner_stopped(stage):
    await end_owner(stage, "owner stopped", signal.SIGTERM)


async def end_owner(stage, kind, number):
    name = stage.busy_owner()
    with stage.incident(kind, stage.rooms_of(name)):
        async with stage.replacing(name):
            stage.signal(name, number)


async def owner_hung(stage):
    """Whoever has its rooms by then, the owner learns it when it wakes."""
    name = stage.busy_owner()
    with stage.incident("owner hung", stage.rooms_of(name)):
        async with stage.stopped(name):
            await asyncio.sleep(HUNG_SECONDS)


async def gateway_killed(stage):
    await end_gateway(stage, "gateway killed", signal.SIGKILL)


async def gateway_stopped(stage):
    await end_gateway(stage, "gateway stopped", signal.SIGTERM)


async def end_gateway(stage, kind, number):
    name = stage.busy_gateway()
    with stage.incident(kind, stage.browsers_of(name)):
        async with stage.replacing(name):
            stage.signal(name, number)


async def gateway_hung(stage):
    name = stage.busy_gateway()
    with stage.incident("gateway hung", stage.browsers_of(name)) as incident:
        async with stage.stopped(name):
            await asyncio.sleep(HUNG_SECONDS)
        incident.lifted()


async def nginx_killed(stage):
    with stage.incident("nginx killed", [[browser] for browser in stage.browsers]):
        async with stage.replacing("nginx"):
            stage.signal("nginx", signal.SIGKILL)


async def nginx_reloaded(stage):
    with stage.incident("nginx reloaded", [[browser] for browser in stage.browsers]):
        stage.signal("nginx", signal.SIGHUP)
        await asyncio.sleep(1)


async def rolling_restart(stage):
    """What an operator does for a new version: the script's words tell whose turn it is."""
    script = await asyncio.create_subprocess_exec(
        ROOT / "deploy/rolling-restart.sh", f"--data-dir={stage.deployment.directory}", stdout=asyncio.subprocess.PIPE
    )
    with contextlib.ExitStack() as turn:
        async for line in script.stdout:
            match line.decode().split():
                case ["viva:", "replacing", name]:
                    turn.enter_context(stage.incident(f"{name} replaced", touched_by(stage, name)))
                case ["viva:", _, "was", "replaced", *_]:
                    turn.close()
    if await script.wait():
        raise Unhealed("deploy/rolling-restart.sh failed")


def touched_by(stage, name):
    if name in stage.owners:
        return stage.rooms_of(name)
    return stage.browsers_of(name) if name in stage.gateways else stage.all_rooms()
