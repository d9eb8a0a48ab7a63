"""Several people who type as fast as they may, with as little work for the machine as it takes."""

import asyncio

import socketio

from viva.text_operation import encoded, replacing

PEOPLE = 8
EDITS_OF_EACH = 50  # at a time, which is as many as a connection may send in a second
PATIENCE_SECONDS = 60


class Crowd:
    """Alone in typing: nobody may have edited yet, as its edits are all made against the text the session began with."""

    def __init__(self, session, people=PEOPLE):
        self.session = session
        self.clients = [socketio.AsyncClient() for _ in range(people)]
        self.number = 0
        self.news = asyncio.Condition()

    async def __aenter__(self):
        for number, client in enumerate(self.clients):
            welcomed = asyncio.Event()
            client.on("welcome", lambda welcome, welcomed=welcomed: self.begin(welcome) or welcomed.set())
            auth = {"token": self.session.tokens["interviewer"], "name": f"Typist {number}"}
            await client.connect(self.session.url, auth=auth, transports=["websocket"])
            await asyncio.wait_for(welcomed.wait(), PATIENCE_SECONDS)
        self.clients[0].on("commits", self.follow)
        # The last join was committed after the first welcome.
        await self.until(self.revision)
        return self

    async def __aexit__(self, *_):
        for client in self.clients:
            await client.disconnect()

    def begin(self, welcome):
        self.seen = self.revision = welcome["snapshot"]["revision"] + len(welcome["commits"])
        self.length = len(welcome["snapshot"]["text"])

    async def follow(self, commits):
        async with self.news:
            self.seen = max(self.seen, commits[-1]["revision"])
            self.news.notify_all()

    async def until(self, revision):
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(lambda: self.seen >= revision), PATIENCE_SECONDS)

    async def type_and_take_back(self, count):
        """At least so many edits. The text ends as it was."""
        for _ in range(-(-count // (PEOPLE * EDITS_OF_EACH + 1))):
            await asyncio.gather(*(self.type(client) for client in self.clients), asyncio.sleep(1))
            self.number += EDITS_OF_EACH
            self.revision += PEOPLE * EDITS_OF_EACH
            await self.until(self.revision)
            self.number += 1
            typed = PEOPLE * EDITS_OF_EACH
            await self.send(self.clients[0], self.number, replacing(0, typed, "", self.length + typed))
            self.revision += 1
            await self.until(self.revision)

    async def type_as_people_do(self, keys, line_length):
        """Each so many keys, some five a second, at the end of a line of their own, telling where they are."""

        async def person(index, client):
            end = (index + 1) * line_length - 1
            for number in range(self.number + 1, self.number + 1 + keys):
                await self.send(client, number, replacing(end, 0, "x", self.length))
                await client.emit("select", {"revision": self.revision, "selections": [[end, end]]})
                await asyncio.sleep(0.2)

        await asyncio.gather(*(person(index, client) for index, client in enumerate(self.clients)))
        self.number += keys
        self.revision += len(self.clients) * keys
        await self.until(self.revision)

    async def type(self, client):
        for number in range(self.number + 1, self.number + 1 + EDITS_OF_EACH):
            await self.send(client, number, replacing(0, 0, "x", self.length))

    async def send(self, client, number, operation):
        await client.emit("edit", {"number": number, "revision": self.revision, "operation": encoded(operation)})
