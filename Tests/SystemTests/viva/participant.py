"""A person in a room, through the stock Socket.IO client for Python."""

import asyncio
import secrets
import time
from collections import Counter

import socketio

from viva.contracts import check_event
from viva.pending_edits import PendingEdits
from viva.room_state import RoomState
from viva.text_operation import encoded, replacing, text, units

SILENCE_SECONDS = 3
PATIENCE_SECONDS = 30
# A gateway answers whoever joins within ten, with a welcome or a refusal.
RETURN_SECONDS = 12


class Client(socketio.AsyncClient):
    """Waits on its way back as a browser does: for a second, its default there, a machine may stand still."""

    async def connect(self, *arguments, wait_timeout=RETURN_SECONDS, **options):
        await super().connect(*arguments, wait_timeout=wait_timeout, **options)


async def expect_the_newest(*people):
    """Until each has seen what any of them has, by their own events: nobody is woken by what another hears."""
    newest = max(person.edits.revision for person in people)
    for person in people:
        await person.until(lambda person=person: person.edits.revision >= newest)


class Refused(Exception):
    """The CONNECT_ERROR's message."""


class Participant:
    """Joins, edits as a browser does, and comes back with what it knows when its connection is lost.

    Every event that arrives is held to the contract, and commits to their order; what was wrong is raised by `until`.
    """

    def __init__(self, session, role="candidate", name="Ada", *, url=None, token=None, transports=None):
        self.url = url or session.url
        self.auth = {"token": token or session.tokens[role], "name": name}
        self.transports = transports
        self.headers = {}
        self.edits = PendingEdits()
        self.room = None  # what it sees beside the text
        self.proposals = {}  # by number, those without an answer that are no edits
        self.welcomes = []
        self.waitings = []
        self.notes = {}  # by ID, those that there are
        self.commits = []
        self.events = []  # (name, payload), of every kind
        self.refusals = []
        self.faults = []
        self.sent_at = 0
        self.changed = asyncio.Event()
        self.sent = Counter()  # events, by name
        self.client = Client(reconnection_delay=0.1, reconnection_delay_max=1, request_timeout=PATIENCE_SECONDS)
        self.client.on("*", self.received)
        self.client.on("connect_error", self.refused)
        self.client.on("disconnect", lambda *_: self.changed.set())
        self.watch = None

    # Life

    async def __aenter__(self):
        return await self.join()

    async def __aexit__(self, *_):
        await self.leave()

    async def join(self):
        try:
            await self.client.connect(
                self.url, self.headers, auth=self.credentials, transports=self.transports, wait_timeout=PATIENCE_SECONDS
            )
        except socketio.exceptions.ConnectionError as error:
            raise Refused(self.refusals[-1] if self.refusals else str(error)) from None
        await self.until(lambda: self.welcomes or self.waitings)
        self.watch = asyncio.create_task(self.send_again_after_silence())
        return self

    async def leave(self):
        if self.watch:
            self.watch.cancel()
        await self.client.disconnect()
        self.raise_faults()

    async def drop(self):
        """Loses the connection as a dead network does: without a word. The client comes back by itself."""
        answers = lambda: len(self.welcomes) + len(self.waitings)
        count = answers()
        self.client.eio.ws._response.connection.transport.abort()
        await self.until(lambda: answers() > count)

    def is_waiting(self):
        """Whether the newest answer was to wait."""
        names = [name for name, _ in self.events if name in ("waiting", "welcome")]
        return bool(names) and names[-1] == "waiting"

    def credentials(self):
        if not (answers := self.welcomes + self.waitings):
            return self.auth
        resume = {"participant": self.id, "key": answers[-1]["key"]}
        if self.welcomes:
            resume["revision"] = self.edits.revision
        return {**self.auth, "resume": resume}

    # What it sees

    @property
    def id(self):
        return (self.welcomes + self.waitings)[-1]["participant"]

    @property
    def gateway(self):
        return self.client.get_sid() and self.client.eio.sid.split(".")[0]

    @property
    def text(self):
        return text(self.edits.document)

    @property
    def is_settled(self):
        """Whether all that was typed is committed."""
        return self.edits.in_flight is None

    def of(self, name):
        return [payload for event, payload in self.events if event == name]

    async def until(self, condition, seconds=PATIENCE_SECONDS):
        """Waits for something to become true; wakes up with each event."""
        deadline = time.monotonic() + seconds
        while not (result := condition()):
            self.raise_faults()
            self.changed.clear()
            try:
                await asyncio.wait_for(self.changed.wait(), deadline - time.monotonic())
            except TimeoutError:
                raise TimeoutError(f"{self}: waited in vain") from None
        self.raise_faults()
        return result

    async def settled(self):
        await self.until(lambda: self.is_settled)

    def raise_faults(self):
        assert not self.faults, self.faults

    def __repr__(self):
        return (
            f"{self.auth['name']} at {self.edits.revision}, in flight {self.edits.in_flight}, "
            f"last events {self.events[-3:]}, refusals {self.refusals}"
        )

    # What it does

    async def insert(self, offset, string):
        await self.edit(replacing(offset, 0, string, len(self.edits.document)))

    async def delete(self, offset, count):
        await self.edit(replacing(offset, count, "", len(self.edits.document)))

    async def append(self, string):
        await self.insert(len(self.edits.document), string)

    async def edit(self, operation):
        if self.edits.edit(operation):
            await self.send_in_flight()

    async def propose(self, event, **fields):
        """Proposes as it is told, again after an owner or a connection was lost; returns the commit or the rejection."""
        number = self.edits.next_number()
        self.proposals[number] = (event, {"number": number, **fields})
        await self.emit(*self.proposals[number])
        try:
            return await self.until(lambda: self.outcome(number))
        finally:
            del self.proposals[number]

    async def note(self, text, id=None):
        """Writes a private note until it is answered; returns its ID, or the rejection."""
        id = id or secrets.token_hex(8)
        count = len(self.events)
        while not (answer := self.note_outcome(id, text, count)):
            await self.emit("note", {"id": id, "text": text})
            try:
                await self.until(lambda: self.note_outcome(id, text, count), SILENCE_SECONDS)
            except TimeoutError:
                continue
        return answer

    def note_outcome(self, id, text, count):
        for name, payload in self.events[count:]:
            if name == "rejected" and payload.get("note") == id:
                return payload
            if name == "notes" and any((note["id"], note["text"]) == (id, text) for note in payload):
                return id
        return None

    def outcome(self, number):
        for commit in self.commits:
            if commit["by"] == self.id and commit.get("number") == number:
                return commit
        return next((rejected for rejected in self.of("rejected") if rejected["number"] == number), None)

    async def emit(self, event, payload):
        """Sends if there is a connection; what it cannot send now goes after the next welcome."""
        try:
            await self.client.emit(event, payload)
            self.sent[event] += 1
        except socketio.exceptions.BadNamespaceError:
            pass

    async def send_in_flight(self):
        number, operation = self.edits.in_flight
        self.sent_at = time.monotonic()
        await self.emit("edit", {"number": number, "revision": self.edits.revision, "operation": encoded(operation)})

    async def send_again_after_silence(self):
        while True:
            await asyncio.sleep(0.5)
            if self.edits.in_flight and time.monotonic() - self.sent_at > SILENCE_SECONDS:
                await self.send_in_flight()

    async def propose_again(self):
        for event, payload in list(self.proposals.values()):
            await self.emit(event, payload)

    # What arrives

    def refused(self, error):
        self.refusals.append(error.get("message") if isinstance(error, dict) else error)
        self.changed.set()

    async def received(self, event, payload=None):
        self.events.append((event, payload))
        try:
            check_event(event, payload)
            if self.take(event, payload):
                await self.send_in_flight()
            if event in ("welcome", "epoch"):
                await self.propose_again()
        except Exception as fault:
            self.faults.append(fault)
        self.changed.set()

    def take(self, event, payload):
        """Follows an event. True if the edit in flight has to be sent, for the first time or again."""
        if event == "welcome":
            return self.welcomed(payload)
        if event == "waiting":
            self.waitings.append(payload)
        if event == "notes":
            self.take_notes(payload)
        if event == "commits":
            return self.follow(payload)
        if event == "epoch":
            return self.edits.in_flight is not None
        return False

    def welcomed(self, welcome):
        self.welcomes.append(welcome)
        if snapshot := welcome.get("snapshot"):
            self.edits.document = units(snapshot["text"])
            self.edits.revision = snapshot["revision"]
            self.room = RoomState(snapshot)
        self.follow(welcome["commits"])
        self.notes = {}
        self.take_notes(welcome.get("notes", []))
        return self.edits.in_flight is not None

    def take_notes(self, notes):
        for note in notes:
            self.notes[note["id"]] = note
            if not note["text"]:
                del self.notes[note["id"]]

    def follow(self, commits):
        has_to_be_sent = False
        for commit in commits:
            self.commits.append(commit)
            self.room.follow(commit)
            has_to_be_sent |= self.edits.committed(commit, by_me=commit["by"] == self.id)
        return has_to_be_sent
