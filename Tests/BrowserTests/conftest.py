"""Debian's Chromium, one for all tests of a worker, and a deployment for each module as the system tests have it."""

from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from room_page import RoomPage
from visitor import Visitor

# A busy machine is no failure: what a page has to show may take that long.
expect.set_options(timeout=60_000)

# Chromium's own sandbox needs more than a container gives; there is no GPU, and /dev/shm is small.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def pytest_collection_modifyitems(items):
    """All tests here run on the loop that the browser was started on."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium():
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def browser(chromium):
    """To start one takes longer than most of what is done with it; pages, storage and caches are a test's own."""
    yield chromium
    for context in chromium.contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def enter(browser):
    """Opens a session's link for somebody, as `await enter(session, "candidate", "Ada")`; nothing may have gone wrong on any page."""
    pages = []

    async def enter(session, role, name, url=None):
        page = await RoomPage.enter(browser, session, role, name, url or session.url)
        pages.append(page)
        return page

    yield enter
    for page in pages:
        if page.page.is_closed():
            continue
        assert not await page.violations(), f"{page.name} broke the security policy"
        assert not page.errors, f"{page.name} saw errors"


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser, url):
    """A browser for somebody who is new here, as `await visit(color_scheme="dark")`."""
    visitors = []

    async def visit(**settings):
        visitors.append(await Visitor.create(browser, url, **settings))
        return visitors[-1]

    yield visit
    for visitor in visitors:
        await visitor.leave()
