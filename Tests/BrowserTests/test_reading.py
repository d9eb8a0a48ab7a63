"""The code as one likes to see it, on whatever one sees it."""

import re

import pytest
from playwright.async_api import expect

from room_page import eventually
from viva import Session

LONG_LINE = "x" * 400


async def shows_enough(room):
    lines = await room.page.evaluate(
        "() => { const [r] = monaco.editor.getEditors()[0].getVisibleRanges(); return r.endLineNumber - r.startLineNumber + 1; }"
    )
    return lines >= 8


async def test_size_and_wrapping_are_kept_and_ones_own(enter, url):
    session = await Session.create(url, text=LONG_LINE)
    ada = await enter(session, "candidate", "Ada")
    grace = await enter(session, "interviewer", "Grace")
    panel = await ada.open_panel("View")
    for _ in range(4):
        await panel.get_by_role("button", name="Larger").click()
    await panel.get_by_label("Wrap long lines").check()

    await looks(ada, 18, True)
    await looks(grace, 14, False)
    await ada.page.reload()
    await ada.is_ready()
    await looks(ada, 18, True)


async def looks(room, size, wraps):
    """Until the editor has letters of that size and wraps its lines, or does not."""

    async def is_so():
        options = await room.page.evaluate(
            """() => {
                const [editor] = monaco.editor.getEditors();
                const { fontSize, wrappingInfo } = monaco.editor.EditorOption;
                return [editor.getOption(fontSize), editor.getOption(wrappingInfo).wrappingColumn > 0];
            }"""
        )
        return options == [size, wraps]

    await eventually(is_so, f"{room.name} reads at {size}, wrapped: {wraps}")


async def test_the_code_is_downloaded_under_its_title_and_language(enter, url):
    session = await Session.create(url, title="Binary Trees: part 2", language="python", text="pass\n")
    olga = await enter(session, "observer", "Olga")
    async with olga.page.expect_download() as waiting:
        await olga.page.get_by_role("button", name="Download").click()
    download = await waiting.value
    assert download.suggested_filename == "binary-trees-part-2.py"
    assert (await download.path()).read_text() == "pass\n"


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (720, 450), (390, 844)], ids=str)
async def test_code_stays_readable_beside_an_open_panel(enter, url, size):
    session = await Session.create(url, title="A title that is longer than a phone is wide", text="line\n" * 100)
    grace = await enter(session, "interviewer", "Grace")
    ada = await enter(session, "candidate", "Ada")
    width, height = size
    await grace.page.set_viewport_size({"width": width, "height": height})
    for panel in ("People", "Chat", "Record", "Notes", "View", "Keyboard shortcuts"):
        await grace.open_panel(panel)
        await eventually(grace.fits, f"the page fits beside {panel}")
        await eventually(lambda: shows_enough(grace), f"lines beside {panel}")
        code = await grace.page.locator(".editor").bounding_box()
        beside = await grace.panel.bounding_box()
        assert code["width"] >= 320 or code["width"] > 0.5 * width
        # Never over the code.
        assert beside["x"] >= code["x"] + code["width"] or beside["y"] >= code["y"] + code["height"]
    await grace.page.get_by_role("button", name="Close the panel").click()
    await ada.go_to_end()
    await ada.type("typed")
    await grace.page.get_by_role("status").filter(has_text=re.compile("Saved")).wait_for()
    await expect(grace.page.locator(".remote-name")).to_have_count(1)
