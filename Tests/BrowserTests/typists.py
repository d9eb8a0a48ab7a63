"""People at keyboards, each with letters of their own, so that what is lost or doubled can be counted."""

import asyncio
import os
import random
from collections import Counter

SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))


class Typist:
    """Types words at places that change now and then. With `deletes`, also takes back what stands before the caret."""

    def __init__(self, room, letters, deletes=False, seed=SEED):
        self.room = room
        self.letters = letters
        self.deletes = deletes
        self.random = random.Random(f"{seed} {room.name}")
        self.typed = Counter()

    async def type_until(self, stop: asyncio.Event):
        while not stop.is_set():
            await self.act()
            await asyncio.sleep(self.random.uniform(0, 0.15))

    async def act(self):
        choice = self.random.random()
        if choice < 0.15:
            length = len(await self.room.text())
            await self.room.go_to(self.random.randint(0, length))
        elif choice < 0.25 and self.deletes:
            await self.room.press("Backspace")
        elif choice < 0.35:
            await self.room.press("Enter")
        else:
            word = "".join(self.random.choices(self.letters, k=self.random.randint(1, 6)))
            await self.room.type(word)
            self.typed.update(word)


async def type_together(typists, seconds, meanwhile=None):
    """All type for so long while something else happens."""
    print(f"SEED={SEED}")
    stop = asyncio.Event()
    tasks = [asyncio.create_task(typist.type_until(stop)) for typist in typists]
    try:
        if meanwhile:
            await meanwhile()
        await asyncio.sleep(seconds)
    finally:
        stop.set()
        await asyncio.gather(*tasks)


def expect_everything_once(text, typists):
    """Each letter is there as often as its owner typed it. Line ends are nobody's."""
    expected = sum((typist.typed for typist in typists), Counter())
    assert Counter(text.replace("\n", "")) == expected
