"""What can be said of a screen by looking at it: axe's rules, and that nothing sticks out at the side."""

import json

from axe_playwright_python.async_playwright import Axe

# Best practices are included: they are cheap to keep, and what breaks them is rarely meant.
OPTIONS = {"resultTypes": ["violations"]}


async def expect_accessible(page, context=None):
    # What fades in has the contrast of a moment.
    await page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")
    results = (await Axe().run(page, context=context, options=OPTIONS)).response
    found = [
        {"rule": violation["id"], "help": violation["help"], "where": [node["target"] for node in violation["nodes"]]}
        for violation in results["violations"]
    ]
    assert not found, json.dumps(found, indent=1)


async def expect_no_sideways_scrolling(page):
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
