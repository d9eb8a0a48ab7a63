"""What people write is shown as it is: nothing of it runs, is fetched, or changes what the page says."""

import json

import pytest
from playwright.async_api import expect

from room_page import all_agree
from viva import Participant, Session

NAMES = [
    "<img src=x onerror=window.hit=1>",
    "<svg/onload=window.hit=1>",
    "\"><script>window.hit=1</script>",
    "javascript:window.hit=1//",
    "{{constructor.constructor('window.hit=1')()}}",
    "'};window.hit=1;//",
    "</style><style>*{display:none}",
    "url(/none.png)",
    "שם מימין לשמאל <b>",
    "W" * 80,
    "Z" + "\u0301" * 79,
    "__proto__",
    "constructor",
]
TEXTS = {
    "html": "<script>window.hit=1</script><img src=/none.png onerror=window.hit=1><iframe src=javascript:parent.hit=1></iframe>\n",
    "markdown": "[x](javascript:window.hit=1) ![x](/none.png) <img src=x onerror=window.hit=1>\n",
    "typescript": "/** <img src=x onerror=window.hit=1> ![x](/none.png) [x](command:hit) */\nfunction hit() {}\nhit();\n",
    "css": "@import url(/none.css); * { background: url(/none.png) }\n",
    "json": json.dumps({"$schema": "/none.json", "__proto__": {"hit": 1}}) + "\n",
    "constructor": "a language that every object has\n",
    "no-such-language": "\u202egnihton \u2066 \u0000 \u0007 \u2028 \ufeff\n",
}


def watch(room, url):
    """Notes down every request of a page that leads elsewhere, or to what only its text names."""
    strays = []
    room.page.on("request", lambda request: strays.append(request.url) if is_stray(request.url, url) else None)
    return strays


def is_stray(address, url):
    own = address.startswith((f"{url}/", f"{url.replace('http', 'ws')}/", "data:", "blob:"))
    return not own or "/none." in address


async def nothing_happened(room, strays):
    assert await room.page.evaluate("window.hit") is None
    assert not strays
    assert len(room.page.context.pages) == 1


async def test_names_are_shown_as_they_are(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    strays = watch(grace, session.url)
    await grace.open_panel("People")
    for name in NAMES:
        async with Participant(session, name=name) as mallory:
            await mallory.insert(0, "x\n")
            await mallory.settled()
            await mallory.emit("select", {"revision": mallory.edits.revision, "selections": [[0, 1]]})
            label = grace.page.locator(".remote-name")
            await expect(label).to_have_text(name)
            assert await label.evaluate("label => label.childElementCount") == 0
            await expect(grace.page.get_by_role("listitem").filter(has_text=name).first).to_be_visible()
            # However long it is, it leaves the page as wide as it was.
            assert await grace.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        # Whoever comes next may come by another way, and be there before this one is gone.
        await expect(grace.page.locator(".remote-name")).to_have_count(0)
    await nothing_happened(grace, strays)


@pytest.mark.parametrize("title", ["</title><script>window.hit=1</script>", "<img src=/none.png onerror=window.hit=1>", "&lt;b&gt; &amp;", "W" * 200])
async def test_a_title_is_shown_as_it_is(enter, url, title):
    session = await Session.create(url, title=title)
    grace = await enter(session, "interviewer", "Grace")
    strays = watch(grace, url)
    await expect(grace.page).to_have_title(f"{title} · Viva")
    await expect(grace.page.get_by_role("heading", level=1)).to_have_text(title)
    assert await grace.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await nothing_happened(grace, strays)


@pytest.mark.parametrize("language", TEXTS)
async def test_a_text_is_only_text(enter, url, language):
    session = await Session.create(url, language=language, text=TEXTS[language])
    grace = await enter(session, "interviewer", "Grace")
    ada = await enter(session, "candidate", "Ada")
    strays = watch(grace, url)
    await expect(grace.language).to_have_attribute("data-language", language)
    await ada.go_to_end()
    await ada.type("typed")
    assert (await all_agree(session, [grace, ada])).endswith("typed")
    await nothing_happened(grace, strays)


async def test_a_language_that_is_none_comes_and_goes(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    async with Participant(session) as mallory:
        for language in ("constructor", "toString", "hasOwnProperty", "valueOf", "..", "#", "html"):
            assert "revision" in await mallory.propose("language", language=language)
            await expect(grace.language).to_have_attribute("data-language", language)
    await grace.type("still here")
    await grace.has_saved(session, "still here")


async def test_the_token_stays_behind_the_hash(enter, session):
    requests = []
    grace = await enter(session, "interviewer", "Grace")
    grace.page.on("request", lambda request: requests.append(request))
    await grace.page.reload()
    await grace.is_ready()
    secret = session.tokens["interviewer"].split(".")[2]
    assert requests
    for request in requests:
        assert secret not in request.url
        assert not (await request.all_headers()).get("referer"), request.url
    assert await grace.page.evaluate("document.referrer") == ""
    assert await grace.page.evaluate("document.cookie") == ""
