"""One room of the load: two who type and one who watches."""

import asyncio
import random

from chaos.browser import Browser
from chaos.ledger import Ledger
from viva import Session
from viva.text_operation import replacing

LINES_MAX = 25  # beyond it a typist deletes: what costs time here is the text, and it shall not grow
LETTERS = ["x", "ü", "𝄞"]


class Typist:
    """Puts lines that are never the same at the beginnings of lines, and takes whole lines out again.

    So no line is ever broken, and each can be counted in the log: once is right.
    """

    def __init__(self, browser, name, seed):
        self.browser = browser
        self.name = name
        self.random = random.Random(f"{seed} {name}")
        self.lines = []

    async def type(self, edits_per_second):
        while True:
            await asyncio.sleep(self.random.expovariate(edits_per_second))
            if self.browser.identity:
                self.type_once()

    def type_once(self):
        document = self.browser.edits.document
        starts = [0] + [offset + 1 for offset, unit in enumerate(document) if unit == "\n"]
        # A line that is not committed yet would vanish before it is in the log, and be missed there.
        if len(starts) > LINES_MAX and not self.browser.edits.in_flight:
            index = self.random.randrange(len(starts) - 1)
            start, end = starts[index], starts[index + 1]
            self.browser.edit(replacing(start, end - start, "", len(document)))
        else:
            line = f"{self.name} {len(self.lines)} {self.random.choice(LETTERS)}"
            self.lines.append(line)
            self.browser.edit(replacing(self.random.choice(starts), 0, line + "\n", len(document)))


class Room:
    def __init__(self, http, session, name, seed):
        self.session = session
        self.id = session.id
        self.ledger = Ledger()
        roles = ("interviewer", "candidate", "observer")
        self.browsers = [Browser(http, session, role, self.ledger) for role in roles]
        self.typists = [Typist(browser, f"{name}.{browser.role}", seed) for browser in self.browsers[:2]]

    @classmethod
    async def create(cls, http, url, name, seed):
        return cls(http, await Session.create(url, title=name), name, seed)

    @property
    def is_settled(self):
        """Whether nothing is under way, and all have seen the same."""
        revisions = {browser.edits.revision for browser in self.browsers}
        return len(revisions) == 1 and all(browser.is_settled for browser in self.browsers)
