"""What the page may cost those who open it. Times are in the benchmarks: a busy machine says nothing about them."""

import pytest
from playwright.async_api import expect

from crowd import Crowd
from room_page import eventually
from viva import Session

WIRE_BYTES_MAX = 1_300_000
REQUESTS_MAX = 25
EDITS = 10_000
# Each kept edit would take some 300 bytes and more: 10,000 of them would not fit.
HEAP_GROWTH_MAX = 2_500_000
# The panels say other words, and lines come and go with the caret; what grew with the edits would be thousands.
NODE_GROWTH_MAX = 400
LISTENER_GROWTH_MAX = 40
TYPISTS = 20
KEYS_OF_EACH = 25
# There are two in a frame at most. Names that are placed with each edit, or carets that have to be measured, add one for each edit.
LAYOUTS_OF_AN_EDIT_MAX = 1

# Many who type at once want the machine for themselves.
pytestmark = pytest.mark.alone

FOOTPRINT = ("JSHeapUsedSize", "Nodes", "JSEventListeners")

FETCHED = """
    () => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .map(entry => ({ path: new URL(entry.name).pathname, bytes: entry.transferSize }))
"""


async def test_a_room_is_there_for_few_bytes_in_few_requests(enter, session):
    ada = await enter(session, "candidate", "Ada")
    await ada.page.wait_for_load_state("networkidle")
    fetched = await ada.page.evaluate(FETCHED)
    assert sum(one["bytes"] for one in fetched) <= WIRE_BYTES_MAX, fetched
    assert len(fetched) <= REQUESTS_MAX, fetched


async def test_the_second_time_nothing_comes_over_the_wire_but_the_page_itself(enter, session):
    ada = await enter(session, "candidate", "Ada")
    await ada.has_a_worker()
    await ada.page.reload()
    await ada.is_ready()
    fetched = [one for one in await ada.page.evaluate(FETCHED) if one["path"].startswith("/assets/")]
    assert fetched
    assert not [one for one in fetched if one["bytes"]], fetched


@pytest.mark.parametrize("language", ["python", "go"])
async def test_a_language_without_a_service_of_its_own_starts_none(enter, url, language):
    session = await Session.create(url, language=language, text="x = 1\n")
    ada = await enter(session, "candidate", "Ada")
    await ada.type("print")
    await ada.has_saved(session, "print")
    await ada.has_a_worker()
    assert ada.workers == ["editor.worker.js"]


async def test_ten_thousand_edits_of_others_leave_nothing_behind(enter, url):
    session = await Session.create(url, text="The end.")
    ada = await enter(session, "candidate", "Ada")
    async with Crowd(session) as crowd:
        # What is made once is made by then.
        await crowd.type_and_take_back(1_000)
        before = await footprint(ada)
        await crowd.type_and_take_back(EDITS)
        after = await footprint(ada)
    growth = {name: after[name] - before[name] for name in before}
    print(growth)
    assert growth["JSHeapUsedSize"] <= HEAP_GROWTH_MAX, growth
    assert growth["Nodes"] <= NODE_GROWTH_MAX, growth
    assert growth["JSEventListeners"] <= LISTENER_GROWTH_MAX, growth


async def footprint(room, text="The end."):
    """What the page holds once it has caught up."""

    async def has_caught_up():
        return await room.text() == text

    await eventually(has_caught_up, "the page has the last edit")
    page = room.page
    session = await page.context.new_cdp_session(page)
    await session.send("Performance.enable")
    await session.send("HeapProfiler.enable")
    for _ in range(2):
        await session.send("HeapProfiler.collectGarbage")
    metrics = (await session.send("Performance.getMetrics"))["metrics"]
    await session.detach()
    return {one["name"]: one["value"] for one in metrics if one["name"] in FOOTPRINT}


WATCH_FRAMES = """() => {
    window.frames = [];
    window.longTasks = 0;
    new PerformanceObserver((list) => window.longTasks += list.getEntries().length).observe({ type: "longtask" });
    const frame = (at) => { window.frames.push(at); requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
}"""
FRAMES = """() => {
    const times = window.frames.slice(1).map((at, index) => at - window.frames[index]).sort((a, b) => a - b);
    const at = (share) => Math.round(times[Math.floor(times.length * share)]);
    return { frames: times.length, median: at(0.5), p95: at(0.95), longTasks: window.longTasks };
}"""


async def test_twenty_people_who_type_cost_few_layouts_and_leave_nothing_behind(enter, url):
    """The time of a frame is printed; what is held is the work, of which a slow machine does less for each edit, and never more."""
    line = "x = 1\n"
    session = await Session.create(url, text=line * TYPISTS)
    ada = await enter(session, "candidate", "Ada")
    await ada.open_panel("People")
    async with Crowd(session, TYPISTS) as crowd:
        before = await footprint(ada, line * TYPISTS)
        layouts = await counting_layouts(ada)
        await ada.page.evaluate(WATCH_FRAMES)
        await crowd.type_as_people_do(KEYS_OF_EACH, len(line))
        after = await footprint(ada, ("x = 1" + "x" * KEYS_OF_EACH + "\n") * TYPISTS)
        frames = await ada.page.evaluate(FRAMES)
        layouts = await layouts()
        await expect(ada.page.locator(".remote-caret")).to_have_count(TYPISTS)
    edits = TYPISTS * KEYS_OF_EACH
    print(frames, f"{layouts} layouts for {edits} edits")
    assert 0 < layouts <= LAYOUTS_OF_AN_EDIT_MAX * edits, (layouts, frames)
    # A caret and a name for each, and nothing for each edit.
    assert after["Nodes"] - before["Nodes"] <= NODE_GROWTH_MAX


async def counting_layouts(room):
    """Begins to count how often the page is laid out; returns how to ask. Chromium counts for as long as one listens."""
    listener = await room.page.context.new_cdp_session(room.page)
    await listener.send("Performance.enable")

    async def count():
        metrics = (await listener.send("Performance.getMetrics"))["metrics"]
        return next(one["value"] for one in metrics if one["name"] == "LayoutCount")

    start = await count()

    async def since_then():
        return await count() - start

    return since_then
