"""The picture of the README: `VIVA_PICTURE=deploy/room.png` takes it anew."""

import os

import pytest

from room_page import all_agree
from viva import Session

PICTURE = os.environ.get("VIVA_PICTURE")
TEXT = '''def depth(tree):
    """How many levels a binary tree has."""
    if tree is None:
        return 0
    return 1 + max(depth(tree.left), depth(tree.right))
'''


@pytest.mark.skipif(not PICTURE, reason="only on request")
async def test_a_room_has_its_picture_taken(enter, url):
    session = await Session.create(url, title="Binary trees", language="python", text=TEXT)
    grace = await enter(session, "interviewer", "Grace Hopper")
    ada = await enter(session, "candidate", "Ada Lovelace")
    await ada.go_to_end()
    await ada.type("\n\n# A leaf counts as one level.")
    await all_agree(session, [grace, ada])
    await grace.go_to(TEXT.index("return 0"))
    await grace.page.set_viewport_size({"width": 1200, "height": 720})
    await grace.page.wait_for_timeout(500)
    await grace.page.screenshot(path=PICTURE)
