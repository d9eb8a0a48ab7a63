"""Each screen in each theme and size: anybody can use it, and nothing is wider than the window.

`make screenshots` runs the same and keeps a picture of each.
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from screens import SCREENS, Stage

PICTURES = os.environ.get("VIVA_SCREENSHOTS")
THEMES = {
    "light": {"color_scheme": "light", "contrast": "no-preference"},
    "dark": {"color_scheme": "dark", "contrast": "no-preference"},
    "light-contrast": {"color_scheme": "light", "contrast": "more"},
    "dark-contrast": {"color_scheme": "dark", "contrast": "more"},
}
DESKTOP = (1280, 800)
SIZES = {
    "tablet": (820, 1180),
    "phone": (390, 844),
    # What a window of 1280 × 800 has for its page at 200 %, and at 400 %.
    "zoomed": (640, 400),
    "narrow": (320, 256),
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}
# The text that is edited is read by a screen reader through a text area that Monaco keeps beside what it draws.
DRAWN_BY_MONACO = [".monaco-editor"]


@pytest.mark.parametrize("name", SCREENS)
async def test_anybody_can_use_the_screen(browser, url, name):
    async with Stage(browser, url) as stage:
        page = await SCREENS[name](stage)
        await page.emulate_media(reduced_motion="reduce")
        faults = []
        for theme, media in THEMES.items():
            await look(page, theme, DESKTOP, media)
            await keep_picture(page, name, theme)
            faults += [f"{theme}: {fault}" for fault in await violations(page)]
        for size, extent in SIZES.items():
            await look(page, "light", extent, THEMES["light"])
            await keep_picture(page, name, size)
            faults += [f"{size}: {fault}" for fault in await violations(page)]
            faults += [f"{size}: {fault}" for fault in await overflows(page)]
        assert await page.evaluate("window.violations") == []
        assert not faults, "\n".join(dict.fromkeys(faults))


async def look(page, theme, extent, media):
    await page.set_viewport_size({"width": extent[0], "height": extent[1]})
    await page.emulate_media(**media)
    await expect(page.locator(f"html[data-theme={theme}]")).to_be_attached()
    # What changes with the theme does so by transitions, which are over at once with reduced motion; Monaco draws in the next frame.
    await page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


async def keep_picture(page, name, look):
    if PICTURES:
        directory = Path(PICTURES)
        directory.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=directory / f"{name}.{look}.png")


async def violations(page):
    results = await Axe().run(page, context={"exclude": [DRAWN_BY_MONACO]}, options=OPTIONS)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]


async def overflows(page):
    """What sticks out of the window at the side, outermost first; the code scrolls by itself."""
    return await page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.body.querySelectorAll("*")]
                .filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".monaco-editor"))
                .slice(0, 5)
                .map(element => `wider than the window: ${element.tagName} ${element.className}`)"""
    )
