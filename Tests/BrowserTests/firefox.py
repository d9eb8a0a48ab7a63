"""Debian's Firefox, driven over WebDriver BiDi, which it speaks itself: https://w3c.github.io/webdriver-bidi/."""

import asyncio
import itertools
import json
import re

import aiohttp

from room_page import PATIENCE_SECONDS

LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
ENTER = "\ue007"


class Firefox:
    """One window of a Firefox with an empty profile; use with `async with`."""

    def __init__(self, profile):
        self.profile = profile
        self.numbers = itertools.count(1)
        self.answers = {}
        self.errors = []

    async def __aenter__(self):
        self.process = await asyncio.create_subprocess_exec(
            "firefox-esr", "--headless", "--no-remote", "--profile", str(self.profile), "--remote-debugging-port", "0",
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        address = await asyncio.wait_for(self.address(), PATIENCE_SECONDS)
        # What nobody reads would fill the pipe.
        self.draining = asyncio.create_task(self.process.stderr.read())
        self.http = aiohttp.ClientSession()
        self.socket = await self.http.ws_connect(f"{address}/session", max_msg_size=0)
        self.reading = asyncio.create_task(self.read())
        await self.call("session.new", capabilities={})
        await self.call("session.subscribe", events=["log.entryAdded"])
        tree = await self.call("browsingContext.getTree")
        self.context = tree["contexts"][0]["context"]
        return self

    async def __aexit__(self, *_):
        self.reading.cancel()
        await self.http.close()
        self.process.terminate()
        await self.process.wait()
        await self.draining

    async def address(self):
        while line := await self.process.stderr.readline():
            if found := LISTENING.search(line.decode()):
                return found[1]
        raise RuntimeError("Firefox ended before it listened")

    async def read(self):
        async for message in self.socket:
            answer = json.loads(message.data)
            if answer.get("method") == "log.entryAdded" and answer["params"]["level"] == "error":
                self.errors.append(answer["params"]["text"])
            elif "id" in answer:
                self.answers.pop(answer["id"]).set_result(answer)

    async def call(self, method, **parameters):
        number = next(self.numbers)
        self.answers[number] = asyncio.get_running_loop().create_future()
        await self.socket.send_json({"id": number, "method": method, "params": parameters})
        answer = await asyncio.wait_for(self.answers[number], PATIENCE_SECONDS)
        assert answer["type"] == "success", answer
        return answer["result"]

    async def open(self, address):
        await self.call("browsingContext.navigate", context=self.context, url=address, wait="complete")

    async def reload(self):
        await self.call("browsingContext.reload", context=self.context, wait="complete")

    async def value(self, expression):
        """What an expression without an object as its value comes to; a failure is nothing."""
        target = {"context": self.context}
        result = await self.call("script.evaluate", expression=expression, target=target, awaitPromise=True)
        return result.get("result", {}).get("value")

    async def type(self, text):
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        await self.call("input.performActions", context=self.context, actions=[{"type": "key", "id": "keyboard", "actions": keys}])
