"""Debian's Chromium, and a deployment for each module as the system tests have it."""

import pytest
from playwright.async_api import async_playwright, expect

from room_page import RoomPage
from visitor import Visitor

# A busy machine is no failure: what a page has to show may take that long.
expect.set_options(timeout=30_000)

# Chromium's own sandbox needs more than a container gives; there is no GPU, and /dev/shm is small.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


@pytest.fixture
async def browser():
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
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


@pytest.fixture
async def visit(browser, url):
    """A browser for somebody who is new here, as `await visit(color_scheme="dark")`."""
    visitors = []

    async def visit(**settings):
        visitors.append(await Visitor.create(browser, url, **settings))
        return visitors[-1]

    yield visit
    for visitor in visitors:
        await visitor.leave()
