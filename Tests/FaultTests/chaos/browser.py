"""A participant as the page is one: optimistic text, one edit in flight, resume and resend, the same patience."""

import asyncio
import collections
import contextlib
import json
import random
import time

import aiohttp

from chaos.line import Line
from viva.pending_edits import PendingEdits
from viva.text_operation import encoded, text, units

SILENCE_SECONDS = 3
PASSING = {"too_old", "future_revision", "rate_limited"}
PASSING_SECONDS = 1
CONNECT_SECONDS_MAX = 20  # as Socket.IO's client


class Backoff:
    """Doubles up to a bound; `spread` is how much of it is left to chance, up and down."""

    def __init__(self, first, longest, spread=0.0):
        self.first, self.longest, self.spread = first, longest, spread
        self.failures = 0

    def next(self):
        seconds = self.first * 2**self.failures * (1 + random.uniform(-self.spread, self.spread))
        self.failures += 1
        return min(seconds, self.longest)

    def reset(self):
        self.failures = 0


class Browser:
    """One open page. `live` is its life; everything else it does in answer to a packet or a keystroke.

    States: offline → (welcome) → online → (line lost) → offline. Told to leave a gateway it opens the next line beside
    the old one, which ends with the other's welcome.
    """

    def __init__(self, http, session, role, ledger):
        self.http = http
        self.session = session
        self.auth = {"token": session.tokens[role], "name": role.capitalize()}
        self.role = role
        self.ledger = ledger
        self.edits = PendingEdits()
        self.identity = None
        self.line = None
        self.next_line = self.mover = None  # opened to take over, and the task that follows it
        self.epoch = 0
        self.is_online = False
        self.offline_since = time.monotonic()
        self.absences = []  # (from, to): how long it was offline, and when
        self.typed_at = self.buffered_at = None  # since when the edit in flight, and the one behind it, wait
        self.told = collections.deque(maxlen=6)  # the last events, for whoever has to find out what went wrong
        self.waits = []  # (typed, saved): how long each edit took, and when
        self.lag = 0
        self.silence = self.move = None
        self.next_line_after = 0
        # Socket.IO's own, after a line that was lost; and the page's, after a refusal or a farewell.
        self.lost_backoff = Backoff(0.4, 5, spread=0.5)
        self.refused_backoff = Backoff(0.5, 10)

    @property
    def gateway(self):
        return self.line and self.line.gateway

    @property
    def text(self):
        return text(self.edits.document)

    @property
    def is_settled(self):
        return self.is_online and self.edits.in_flight is None

    def __repr__(self):
        state = "online" if self.is_online else "offline"
        return f"{self.role} of {self.session.id} {state} at {self.gateway}, revision {self.edits.revision}, in flight {self.edits.in_flight}, {self.told}"

    # Lines

    async def live(self):
        while True:
            await asyncio.sleep(self.next_line_after)
            self.next_line_after = None
            await self.follow_one_line()
            while mover := self.mover:
                self.mover = None
                await mover
            self.went_offline()
            if self.next_line_after is None:
                self.next_line_after = self.lost_backoff.next()

    async def follow_one_line(self, takes_over=False):
        line = None
        with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
            async with asyncio.timeout(CONNECT_SECONDS_MAX) as patience, Line.open(self.http, self.session.url) as line:
                if takes_over:
                    self.next_line = line
                else:
                    self.line = line
                line.delay(self.lag)
                async for packet in line.packets():
                    self.received(packet, line)
                    if self.is_online and line is self.line:
                        patience.reschedule(None)
        self.ended(line, takes_over)

    def ended(self, line, takes_over):
        if takes_over and line in (None, self.next_line):
            self.next_line = None
            self.leave_line(0)
        elif line is self.line:
            self.went_offline()
            if self.next_line:
                self.line, self.next_line = self.next_line, None

    def delay(self, seconds):
        self.lag = seconds
        if self.line:
            self.line.delay(seconds)

    def reset(self):
        if self.is_online:
            self.line.reset()

    def leave_line(self, next_after):
        self.next_line_after = next_after
        self.line.hang_up()
        self.went_offline()

    def went_offline(self):
        self.stop_waiting()
        if self.move:
            self.move.cancel()
        if self.is_online:
            self.is_online = False
            self.offline_since = time.monotonic()

    # Packets

    def received(self, packet, line):
        if packet == "2":
            line.send("3")
        elif packet.startswith("0"):
            line.gateway = json.loads(packet[1:])["sid"].partition(".")[0]
            self.lost_backoff.reset()
            line.send("40" + json.dumps(self.credentials()))
        elif line is self.next_line:
            self.received_of_next(packet, line)
        elif line is not self.line:
            pass  # it has been left
        elif packet.startswith("42"):
            self.took_event(*json.loads(packet[2:]))
        elif packet.startswith("44"):
            self.refused(json.loads(packet[2:])["message"])
        elif packet.startswith("41"):
            self.leave_line(self.refused_backoff.next())

    def received_of_next(self, packet, line):
        if packet.startswith('42["welcome"'):
            self.line.hang_up()
            self.line, self.next_line = line, None
            self.took_event(*json.loads(packet[2:]))
        elif packet.startswith(("41", "44")):
            line.hang_up()

    def credentials(self):
        if not self.identity:
            return self.auth
        return {**self.auth, "resume": {**self.identity, "revision": self.edits.revision}}

    def refused(self, reason):
        if reason != "unavailable":
            self.ledger.violate(f"the {self.role} was refused as {reason}")
        self.leave_line(self.refused_backoff.next())

    def took_event(self, event, payload=None):
        self.told.append((event, payload))
        if event == "welcome":
            self.welcomed(payload)
        elif not self.is_online:
            return
        elif event == "commits":
            self.follow(payload)
        elif event == "epoch":
            self.epoch = payload["epoch"]
            self.send_again()
        elif event == "rejected":
            self.rejected(payload)
        elif event == "closing":
            self.closing(payload["reconnectAfter"] / 1000)

    def closing(self, seconds):
        """The gateway serves until then."""
        self.move = asyncio.get_running_loop().call_later(seconds, self.open_next)

    def open_next(self):
        self.mover = asyncio.create_task(self.follow_one_line(takes_over=True))

    def welcomed(self, welcome):
        self.epoch = welcome["epoch"]
        if snapshot := welcome.get("snapshot"):
            self.began(snapshot)
        self.identity = {"participant": welcome["participant"], "key": welcome["key"]}
        self.refused_backoff.reset()
        now = time.monotonic()
        self.absences.append((now if self.is_online else self.offline_since, now))
        self.is_online = True
        self.follow(welcome["commits"])
        self.send_again()

    def began(self, snapshot):
        if self.identity:
            self.ledger.violate(f"revision {self.edits.revision}, which the {self.role} had seen, is not in the log any more")
        self.edits.document = units(snapshot["text"])
        self.edits.revision = snapshot["revision"]

    # Edits

    def edit(self, operation):
        """Something is typed: it is in this browser's text at once."""
        now = time.monotonic()
        if self.edits.edit(operation):
            self.typed_at = now
            self.send_in_flight()
        else:
            self.buffered_at = self.buffered_at or now

    def send_again(self):
        if self.edits.in_flight:
            self.send_in_flight()

    def send_in_flight(self):
        if not self.is_online:
            return
        number, operation = self.edits.in_flight
        self.line.emit("edit", {"number": number, "revision": self.edits.revision, "operation": encoded(operation)})
        self.stop_waiting()
        self.silence = asyncio.get_running_loop().call_later(SILENCE_SECONDS, self.send_again)

    def stop_waiting(self):
        if self.silence:
            self.silence.cancel()
            self.silence = None

    def rejected(self, rejected):
        if not self.edits.in_flight or rejected["number"] != self.edits.in_flight[0]:
            return
        if rejected["code"] not in PASSING:
            self.ledger.violate(f"an edit of the {self.role} was rejected: {rejected}")
        seconds = 0 if rejected["code"] == "too_old" else PASSING_SECONDS
        asyncio.get_running_loop().call_later(seconds, self.send_again)

    def follow(self, commits):
        for commit in commits:
            if commit["revision"] > self.edits.revision + 1:
                self.ledger.violate(f"revision {commit['revision']} came to the {self.role} after {self.edits.revision}")
                return self.leave_line(self.refused_backoff.next())
            if commit["revision"] > self.edits.revision:
                self.take(commit)

    def take(self, commit):
        self.ledger.met(commit)
        by_me = commit["by"] == self.identity["participant"]
        in_flight = self.edits.in_flight
        was_saved = by_me and "edit" in commit and in_flight and commit["number"] == in_flight[0]
        if was_saved:
            self.saved(commit, in_flight[1])
        if self.edits.committed(commit, by_me):
            self.send_in_flight()

    def saved(self, commit, operation):
        if commit["edit"] != encoded(operation):
            self.ledger.violate(f"{commit} was committed where {operation} was in flight")
        self.ledger.was_saved(commit)
        self.waits.append((self.typed_at, time.monotonic()))
        self.typed_at, self.buffered_at = self.buffered_at, None
        self.stop_waiting()
