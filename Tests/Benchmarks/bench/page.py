"""Opens a room's page in Chromium, behind nginx, as somebody with a link does."""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from playwright.async_api import async_playwright

from bench.systems import ROOT

sys.path += [str(ROOT / "Tests/SystemTests")]

# Chromium's own sandbox needs more than a container gives; there is no GPU, and /dev/shm is small.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
TRANSFERRED = """
    () => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .reduce((sum, entry) => sum + entry.transferSize, 0)
"""


def measure_page(first_port):
    os.environ["VIVA_TEST_PORT"] = str(first_port)
    from viva.deployment import Deployment

    with tempfile.TemporaryDirectory(prefix="viva-bench-") as directory, Deployment(Path(directory)) as deployment:
        return asyncio.run(open_page(deployment.url))


async def open_page(url):
    link = await new_link(url)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        # The browser itself has started, and its first page with it.
        await (await browser.new_page()).goto("about:blank")
        page = await (await browser.new_context()).new_page()
        started = time.perf_counter()
        await page.goto(link)
        await page.get_by_label("Your name").fill("Ada")
        await page.get_by_role("button", name="Join").click()
        cold = await ready_after(started, page)
        await page.wait_for_load_state("networkidle")
        transferred = await page.evaluate(TRANSFERRED)
        started = time.perf_counter()
        await page.reload()
        cached = await ready_after(started, page)
        await browser.close()
    return {"cold_seconds": cold, "cached_seconds": cached, "transferred_bytes": transferred}


async def new_link(url):
    async with aiohttp.request("POST", f"{url}/api/sessions", json={}) as answer:
        link = urlsplit((await answer.json())["links"]["candidate"])
    return f"{url}{link.path}#{link.fragment}"


async def ready_after(started, page):
    """Monaco stands there and the room is connected: what is typed now is sent."""
    await page.locator(".monaco-editor .view-lines").wait_for()
    await page.get_by_role("status").filter(has_text="Saved").wait_for()
    return time.perf_counter() - started
