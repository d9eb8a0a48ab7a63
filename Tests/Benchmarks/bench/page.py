"""Opens a room's page in Chromium, behind nginx, as somebody with a link does, and stays while twenty people type."""

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
FIRST_PAINT = """
    () => performance.getEntriesByName("first-contentful-paint")[0].startTime / 1000
"""
TYPISTS = 20
EDITS_PER_SECOND = 5  # of each
TYPING_SECONDS = 10
# Until it is asked to stop: the time between frames, and tasks that hold the page for more than 50 ms.
WATCH_FRAMES = """
    () => {
        const watch = window.watch = { frames: [], tasks: [] };
        new PerformanceObserver(list => watch.tasks.push(...list.getEntries().map(entry => entry.duration)))
            .observe({ type: "longtask" });
        let last;
        const frame = now => {
            if (last !== undefined) watch.frames.push(now - last);
            last = now;
            watch.request = requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
    }
"""
STOP_WATCHING = "() => { cancelAnimationFrame(watch.request); return { frames: watch.frames, tasks: watch.tasks }; }"


def measure_page(first_port):
    os.environ["VIVA_TEST_PORT"] = str(first_port)
    from viva.deployment import Deployment

    with tempfile.TemporaryDirectory(prefix="viva-bench-") as directory, Deployment(Path(directory)) as deployment:
        return asyncio.run(open_page(deployment.url))


async def open_page(url):
    session = await new_session(url)
    link = link_of(session, url)
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
        painted = await page.evaluate(FIRST_PAINT)
        started = time.perf_counter()
        await page.reload()
        cached = await ready_after(started, page)
        typing = await watch_typing(page, session, url)
        await browser.close()
    return {
        "first_paint_seconds": painted,
        "cold_seconds": cold,
        "cached_seconds": cached,
        "transferred_bytes": transferred,
        **typing,
    }


async def new_session(url):
    async with aiohttp.request("POST", f"{url}/api/sessions", json={}) as answer:
        return await answer.json()


def link_of(session, url):
    link = urlsplit(session["links"]["candidate"])
    return f"{url}{link.path}#{link.fragment}"


async def watch_typing(page, session, url):
    """How the page moves while others type, each at a place of their own."""
    from viva import Participant, Session

    people = [Participant(Session(url, session), "interviewer", f"Typist {number}") for number in range(TYPISTS)]
    await asyncio.gather(*(person.join() for person in people))
    await people[0].insert(0, "\n" * TYPISTS)
    await asyncio.gather(*(person.until(lambda person=person: len(person.edits.document) >= TYPISTS) for person in people))
    await page.evaluate(WATCH_FRAMES)
    await asyncio.gather(*(type_on(person) for person in people))
    watched = await page.evaluate(STOP_WATCHING)
    await asyncio.gather(*(person.leave() for person in people))
    frames = sorted(watched["frames"])
    return {
        "frame_p50_ms": frames[len(frames) // 2],
        "frame_p99_ms": frames[len(frames) * 99 // 100],
        "long_task_ms_per_second": sum(watched["tasks"]) / TYPING_SECONDS,
    }


async def type_on(person):
    for number in range(TYPING_SECONDS * EDITS_PER_SECOND):
        place = len(person.edits.document) * (hash(person.id) % 97) // 97
        await person.insert(place, "x")
        await person.emit("select", {"revision": person.edits.revision, "selections": [[place, place]]})
        await asyncio.sleep(1 / EDITS_PER_SECOND)


async def ready_after(started, page):
    """Monaco stands there and the room is connected: what is typed now is sent."""
    await page.locator(".monaco-editor .view-lines").wait_for()
    await page.get_by_role("status").filter(has_text="Saved").wait_for()
    return time.perf_counter() - started
