"""Whether the log holds what was called saved: once, in order, and the same for everybody."""

import asyncio
import collections
import json
import time
from dataclasses import dataclass, field

from viva.room_state import recording
from viva.text_operation import apply, decoded, text

SETTLE_SECONDS_MAX = 60


@dataclass
class Verdict:
    saved: int = 0
    commits: int = 0
    lost: list = field(default_factory=list)
    doubled: list = field(default_factory=list)
    violations: list = field(default_factory=list)

    @property
    def is_good(self):
        return not (self.lost or self.doubled or self.violations)


async def settle(rooms, verdict):
    """Everything that was typed gets its place, and everybody sees it."""
    # A room that lost its owner gets another with the next edit, so there has to be one.
    for room in rooms:
        room.typists[0].type_once()
    deadline = time.monotonic() + SETTLE_SECONDS_MAX
    while restless := [room for room in rooms if not room.is_settled]:
        if time.monotonic() > deadline:
            verdict.violations += [f"room {room.id} did not settle: {room}" for room in restless]
            return
        await asyncio.sleep(0.05)


async def judge(rooms, redis):
    verdict = Verdict()
    await settle(rooms, verdict)
    for room in rooms:
        log = await read_log(redis, room)
        verdict.commits += len(log)
        verdict.saved += len(room.ledger.saved)
        for part in (promises, order, saved, lines, copies):
            part(room, log, verdict)
        await server(room, log, redis, verdict)
    return verdict


async def read_log(redis, room):
    """Revision → commit; that the stream's IDs are the revisions is judged too."""
    entries = await redis.xrange(f"{{{room.id}}}:log")
    log = {}
    for identifier, fields in entries:
        commit = json.loads(fields[b"c"])
        assert identifier == b"%d-0" % commit["revision"], (identifier, commit)
        log[commit["revision"]] = commit
    return log


def promises(room, log, verdict):
    """What browsers noticed themselves, and whether the log still says what they were told."""
    verdict.violations += [f"room {room.id}: {violation}" for violation in room.ledger.violations]
    for revision, commit in room.ledger.commits.items():
        if log.get(revision) != commit:
            verdict.violations.append(f"room {room.id}: {commit} was told, the log has {log.get(revision)}")


def order(room, log, verdict):
    """Revisions without gaps; the numbers of each participant grow, so none is there twice."""
    if list(log) != list(range(1, len(log) + 1)):
        verdict.violations.append(f"room {room.id}: the revisions are {list(log)}")
    last = {}
    for commit in log.values():
        if (number := commit.get("number")) is None:
            continue
        if number <= last.get(commit["by"], 0):
            verdict.doubled.append(f"room {room.id}: {commit} came after number {last[commit['by']]}")
        last[commit["by"]] = number


def saved(room, log, verdict):
    """Every edit that its author saw committed is where it was said to be."""
    for edit in room.ledger.saved:
        commit = log.get(edit.revision, {})
        found = (commit.get("by"), commit.get("number"), commit.get("edit"))
        if found != (edit.participant, edit.number, edit.operation):
            verdict.lost.append(f"room {room.id}: {edit}, the log has {commit}")


def lines(room, log, verdict):
    """Every line that was typed is inserted once, whatever became of the numbers under which it was sent."""
    inserted = collections.Counter(
        line
        for commit in log.values()
        for step in commit.get("edit", [])
        if isinstance(step, str)
        for line in step.splitlines()
    )
    typed = collections.Counter(line for typist in room.typists for line in typist.lines)
    verdict.lost += [f"room {room.id}: {line!r} was typed and is not in the log" for line in typed - inserted]
    verdict.doubled += [f"room {room.id}: {line!r} is in the log more than once" for line in inserted - typed]


def fold(log):
    document = ""
    for revision in sorted(log):
        if "edit" in log[revision]:
            document = apply(decoded(log[revision]["edit"]), document)
    return text(document)


def events(log):
    """The commits that are no edits, as many as everybody who comes is told."""
    events = []
    for commit in log.values():
        if "edit" not in commit:
            events = recording(events, commit)
    return events


def copies(room, log, verdict):
    """Everybody's text is the fold of the log."""
    expected = fold(log)
    for browser in room.browsers:
        if browser.text != expected:
            verdict.violations.append(f"room {room.id}: the {browser.role} has {browser.text!r}, the log {expected!r}")


async def server(room, log, redis, verdict):
    """The server's text is it too, what it lists is the end of the log, and one owner listens to the room."""
    session = await room.session.read()
    if (session["text"], session["revision"]) != (fold(log), len(log)):
        verdict.violations.append(f"room {room.id}: the server has {session}, the log {fold(log)!r}")
    if session["events"] != events(log):
        verdict.violations.append(f"room {room.id}: the server lists {session['events']}, the log {events(log)}")
    owners = await owner_count(room, redis)
    if owners != 1:
        verdict.violations.append(f"room {room.id} has {owners} owners")


async def owner_count(room, redis):
    """One, or what there is in the end: whoever lost the room, or claims it anew, is done with that a moment later."""
    deadline = time.monotonic() + SETTLE_SECONDS_MAX
    while True:
        _, count = await redis.execute_command("PUBSUB", "SHARDNUMSUB", f"{{{room.id}}}:in")
        if count == 1 or time.monotonic() > deadline:
            return count
        await asyncio.sleep(0.05)
