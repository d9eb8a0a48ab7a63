"""People who type whole lines, each line once, so that what is lost or doubled can be counted."""

import asyncio
import os
import random

from viva.participant import expect_the_newest

SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))


class Typist:
    """Puts numbered lines at the beginnings of lines."""

    def __init__(self, person, seed=SEED):
        self.person = person
        self.name = person.auth["name"]
        self.random = random.Random(f"{seed} {self.name}")
        self.kept = []
        self.written = 0

    async def type_until(self, stop: asyncio.Event):
        while not stop.is_set():
            await self.type_line()
            await asyncio.sleep(self.random.uniform(0.01, 0.08))

    async def type_line(self):
        document = self.person.edits.document
        line = f"{self.name} {self.written} {self.random.choice(['x', 'ü', '𝄞'])}"
        starts = [0] + [offset + 1 for offset, unit in enumerate(document) if unit == "\n"]
        await self.person.insert(self.random.choice(starts), line + "\n")
        self.written += 1
        self.kept.append(line)


async def typing(people, disturbance, seconds=1.0):
    """Everybody types, something happens, everybody types on; returns what must be there in the end."""
    print(f"SEED={SEED}")
    typists = [Typist(person) for person in people]
    stop = asyncio.Event()
    tasks = [asyncio.create_task(typist.type_until(stop)) for typist in typists]
    await asyncio.sleep(seconds)
    await disturbance()
    await asyncio.sleep(seconds)
    stop.set()
    await asyncio.gather(*tasks)
    return sorted(line for typist in typists for line in typist.kept)


async def expect_everywhere(session, people, lines):
    """All see the same text, which is also the server's, and it holds each line exactly once."""
    for person in people:
        await person.settled()
    await expect_the_newest(*people)
    texts = {person.text for person in people} | {(await session.read())["text"]}
    assert len(texts) == 1
    assert sorted(texts.pop().splitlines()) == lines
