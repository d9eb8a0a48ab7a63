"""The way between browsers and nginx."""

import asyncio


def some_browsers(stage, share):
    return stage.random.sample(stage.browsers, int(share * len(stage.browsers)))


async def browsers_reset(stage):
    """As a phone that changes networks: the connection is gone, and neither side said so."""
    browsers = some_browsers(stage, 0.3)
    with stage.incident("browsers reset", [[browser] for browser in browsers]):
        for browser in browsers:
            browser.reset()


async def frames_delayed(stage):
    """A bad network: both directions are late, each for a different time."""
    browsers = some_browsers(stage, 0.5)
    with stage.incident("frames delayed", [[browser] for browser in browsers]) as incident:
        for browser in browsers:
            browser.delay(stage.random.uniform(0.1, 1))
        await asyncio.sleep(3)
        for browser in browsers:
            browser.delay(0)
        incident.lifted()
