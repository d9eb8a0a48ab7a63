"""Two people with stock Socket.IO clients: one over a WebSocket, one over polling; each types, and sees what the other typed.

Called by deploy/smoke-test.sh with the URL and the tokens of interviewer and candidate. The last line says how it went.
"""

import asyncio
import sys

import socketio

SECONDS = 15


class Person:
    """Knows of edits only that they append: nobody else is there."""

    def __init__(self, transport):
        self.transport = transport
        self.text, self.revision = "", 0
        self.changed = asyncio.Event()
        self.client = socketio.AsyncClient(reconnection=False)
        self.client.on("welcome", self.welcomed)
        self.client.on("commits", self.follow)
        self.client.on("rejected", self.rejected)
        self.problem = None

    async def join(self, url, token):
        auth = {"token": token, "name": f"Smoke test, {self.transport}"}
        try:
            await self.client.connect(url, auth=auth, transports=[self.transport], wait_timeout=SECONDS)
        except socketio.exceptions.ConnectionError as error:
            raise Failure(f"nobody can join by {self.transport}: {error}") from None
        await self.until(lambda: self.revision, "is not welcomed")

    def welcomed(self, welcome):
        self.text, self.revision = welcome["snapshot"]["text"], welcome["snapshot"]["revision"]
        self.follow(welcome["commits"])

    def follow(self, commits):
        for commit in commits:
            self.revision = commit["revision"]
            self.text += "".join(step for step in commit.get("edit", []) if isinstance(step, str))
        self.changed.set()

    def rejected(self, rejection):
        self.problem = f"an edit by {self.transport} was rejected: {rejection}"
        self.changed.set()

    async def type(self, text):
        edit = {"number": 1, "revision": self.revision, "operation": [len(self.text), text]}
        await self.client.emit("edit", edit)

    async def until(self, condition, complaint):
        try:
            async with asyncio.timeout(SECONDS):
                while not condition():
                    if self.problem:
                        raise Failure(self.problem)
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError:
            raise Failure(f"who joined by {self.transport} {complaint}, in {SECONDS} s") from None

    async def sees(self, text):
        await self.until(lambda: self.text == text, f"does not see {text!r}")


class Failure(Exception):
    pass


async def main(url, interviewer, candidate):
    first, second = Person("websocket"), Person("polling")
    try:
        await first.join(url, interviewer)
        await second.join(url, candidate)
        await first.type(" from")
        await second.sees("hello from")
        await second.type(" both")
        await first.sees("hello from both")
    finally:
        for person in (first, second):
            await person.client.disconnect()


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:]))
    except Failure as failure:
        sys.exit(str(failure))
    print("two people joined, by WebSocket and by polling, and each saw what the other typed")
