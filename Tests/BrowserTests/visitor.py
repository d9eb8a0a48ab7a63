"""Somebody in front of a browser of their own, before they are in a room."""

import re
from urllib.parse import urlsplit

from room_page import NOTE_VIOLATIONS, RoomPage

# What the door says of a line that works; slow it is on a machine that has much else to do.
WORKING_LINE = re.compile("Your connection is (good|slow)")


class Visitor:
    """A fresh browser; nothing may have gone wrong on its pages when the test is over."""

    def __init__(self, context, url):
        self.context = context
        self.url = url
        self.rooms = []

    @classmethod
    async def create(cls, browser, url, **settings):
        context = await browser.new_context(permissions=["clipboard-read", "clipboard-write"], **settings)
        await context.add_init_script(NOTE_VIOLATIONS)
        return cls(context, url)

    async def open(self, path="/"):
        room = RoomPage(await self.context.new_page(), "somebody")
        self.rooms.append(room)
        await room.page.goto(self.url + path)
        return room.page

    async def follow(self, session, role):
        link = urlsplit(session.links[role])
        return await self.open(f"{link.path}#{link.fragment}")

    def room(self, page):
        return next(room for room in self.rooms if room.page is page)

    async def leave(self):
        for room in self.rooms:
            if not room.page.is_closed():
                assert not await room.violations(), "a page broke the security policy"
            assert not room.errors, "a page saw errors"
        await self.context.close()
