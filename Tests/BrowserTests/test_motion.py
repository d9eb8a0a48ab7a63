"""Who asked their system for less motion sees none: nothing fades, turns, blinks in by itself or glides."""

import pytest

from room_page import eventually
from screens import SCREENS, Stage

# Those in which something appears, opens, or is marked for a while.
MOVING = ["start", "arriving-as-candidate", "waiting-to-be-let-in", "somebody-waits", "room-for-two", "chat", "links", "offline"]

MOVES = """() => {
    const seconds = (list) => Math.max(...list.split(",").map(parseFloat));
    const moves = (style) => style.animationName !== "none"
        || style.transitionProperty !== "none" && seconds(style.transitionDuration) + seconds(style.transitionDelay) > 0
        || style.scrollBehavior === "smooth";
    const found = [];
    for (const element of document.querySelectorAll("*")) {
        for (const part of [null, "::before", "::after"]) {
            if (moves(getComputedStyle(element, part))) found.push(`${element.tagName} ${element.className} ${part ?? ""}`);
        }
    }
    return found;
}"""
RUNNING = "document.getAnimations().map(one => `${one.animationName ?? one.transitionProperty} ${one.effect.target.className}`)"
GLIDES = "monaco.editor.getEditors().map(one => one.getOption(monaco.editor.EditorOption.smoothScrolling))"


@pytest.mark.parametrize("name", MOVING)
async def test_nothing_moves_by_itself(browser, url, name):
    async with Stage(browser, url, reduced_motion="reduce") as stage:
        page = await SCREENS[name](stage)
        assert await page.evaluate(RUNNING) == []
        assert await page.evaluate(MOVES) == []
        if await page.locator(".monaco-editor").count():
            assert await page.evaluate(GLIDES) == [False]


async def test_the_editor_glides_until_somebody_asks_for_less(browser, url):
    async with Stage(browser, url) as stage:
        page = await SCREENS["room-for-two"](stage)
        # The rules that are looked for are there otherwise.
        assert any("remote-name" in one for one in await page.evaluate(MOVES))
        assert await page.evaluate(GLIDES) == [True]
        await page.emulate_media(reduced_motion="reduce")
        await until_gliding(page, False)
        await page.emulate_media(reduced_motion="no-preference")
        await until_gliding(page, True)


async def until_gliding(page, wanted):
    async def glides():
        return await page.evaluate(GLIDES) == [wanted]

    await eventually(glides, f"gliding is {wanted}")
