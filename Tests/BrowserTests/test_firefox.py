"""The way into a room and through it in another engine than Chromium's."""

from urllib.parse import urlsplit

from firefox import ENTER, Firefox
from room_page import eventually

TEXT = "monaco.editor.getModels()[0].getValue()"
STATUS = "document.querySelector('[role=status]').textContent"


async def test_firefox_and_chromium_edit_in_one_room(enter, session, tmp_path):
    grace = await enter(session, "interviewer", "Grace")
    async with Firefox(tmp_path) as ada:
        link = urlsplit(session.links["candidate"])
        await ada.open(f"{session.url}{link.path}#{link.fragment}")
        await shows(ada, "document.activeElement.labels?.[0]?.textContent", "Your name")
        await ada.type(f"Ada{ENTER}")
        await is_ready(ada)

        await ada.type("from Firefox")
        await grace.reads("from Firefox")
        await grace.go_to_end()
        await grace.type(", and from Chromium")
        await shows(ada, TEXT, "from Firefox, and from Chromium")
        await shows(ada, "document.querySelector('.remote-name').textContent", "Grace")

        await ada.reload()
        await is_ready(ada)
        await shows(ada, TEXT, "from Firefox, and from Chromium")
        await ada.type("!")
        await grace.shows_status("Saved")

        async def has_arrived():
            return (await session.read())["text"] == await grace.text() and "!" in await grace.text()

        await eventually(has_arrived, "what was typed after the reload is there")
        assert len((await session.read())["participants"]) == 2
        assert not ada.errors


async def is_ready(firefox):
    await shows(firefox, f"{STATUS}.includes('Saved') && document.activeElement.closest('.monaco-editor') !== null", True)


async def shows(firefox, expression, expected):
    async def is_shown():
        return await firefox.value(expression) == expected

    await eventually(is_shown, f"{expression} is {expected!r}")
