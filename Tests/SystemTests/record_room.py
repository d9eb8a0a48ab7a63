"""Records a room as this version keeps it in Redis, every kind of commit in it: `record_room.py FILE`.

A candidate waits in it before they are let in, so it is in the format of rooms that ask.

What is recorded is read by all later versions (`RecordedRoomTests`). One that keeps rooms otherwise, or has new kinds of
commit, records its own beside it.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from viva.deployment import Deployment
from viva.participant import Participant
from viva.session import Session


async def interview(url):
    """A short one, in which everything happens that can; more than one snapshot long."""
    session = await Session.create(url, title="Ada's interview 😀", language="cpp", text="int main() {}\n", admission="ask")
    async with Participant(session, "interviewer", "Grace") as grace:
        async with Participant(session, "candidate", "Ada 😀") as ada:
            await grace.propose("admit", participant=ada.id)
            await ada.until(lambda: ada.welcomes)
            for letter in "// a comment in which é and 😀 stand: " + "x" * 80:
                await ada.append(letter)
                await ada.settled()
            await ada.delete(0, 4)
            await ada.settled()
            await grace.propose("title", title="Träume 𝄞")
            await grace.propose("timer", running=True, remaining=1_500_000)
            await grace.propose("chat", text="We begin\nas soon as you like. 😀")
            await ada.propose("hidden", hidden=True)
            await ada.propose("hidden", hidden=False)
            await ada.propose("pasted", length=412)
            await grace.propose("language", language="python")
            await grace.propose("lock", locked=True)
            await grace.propose("lock", locked=False)
            await grace.propose("admission", admission="open")
        await grace.until(lambda: any("left" in commit for commit in grace.commits))
        await grace.append("the end\n")
        await grace.settled()
        await grace.propose("end")
    return session.id


def redis(port, *command):
    output = subprocess.run(["redis-cli", "-p", str(port), "--json", *command], check=True, capture_output=True)
    return json.loads(output.stdout)


def record(port, room, path):
    """A line for each key; what Redis holds as text stays text, as another version has to find it."""
    tag = f"{{{room}}}"
    meta = redis(port, "HGETALL", f"{tag}:meta")
    lines = [{"key": "meta", "hash": meta}, {"key": "snapshot", "string": redis(port, "GET", f"{tag}:snapshot")}]
    lines += [{"key": "log", "id": id, "fields": fields} for id, fields in redis(port, "XRANGE", f"{tag}:log", "-", "+")]
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def main(path):
    with tempfile.TemporaryDirectory() as data, Deployment(Path(data) / "data") as deployment:
        room = asyncio.run(interview(deployment.url))
        record(deployment.redis_port, room, path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
