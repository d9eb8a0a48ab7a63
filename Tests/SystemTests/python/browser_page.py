"""A page in Debian's Chromium with the Socket.IO client that Viva's page is built with."""

import contextlib
import pathlib

from playwright.async_api import async_playwright

ROOT = pathlib.Path(__file__).resolve().parents[3]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
WAIT_MILLISECONDS = 20_000

# Keeps everything that happens to a socket, in order, bytes as lists of numbers; `next` waits for it.
SCRIPT = """
window.plain = (value) =>
  value instanceof ArrayBuffer ? { bytes: [...new Uint8Array(value)] }
  : Array.isArray(value) ? value.map(plain)
  : value && typeof value === "object"
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
  : value;
window.bytes = (...numbers) => Uint8Array.from(numbers).buffer;
window.opened = (namespace, options) => {
  const socket = io(namespace, { forceNew: true, ...options });
  const events = [], waiting = [];
  const put = (event) => waiting.length ? waiting.shift()(event) : events.push(event);
  socket.next = () => events.length ? Promise.resolve(events.shift()) : new Promise((take) => waiting.push(take));
  socket.onAny((name, ...values) => { if (name !== "question") put([name, ...plain(values)]); });
  socket.on("connect_error", (error) => put(["connect_error", error.message]));
  socket.on("disconnect", (reason) => put(["disconnect", reason]));
  return socket;
};
"""


def client_script() -> pathlib.Path:
    [script] = (ROOT / ".tools/web").glob("lib/python3*/site-packages/nicegui/static/socket.io.min.js")
    return script


@contextlib.asynccontextmanager
async def chromium():
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        await browser.close()


@contextlib.asynccontextmanager
async def client_page(browser, url):
    page = await browser.new_page()
    page.set_default_timeout(WAIT_MILLISECONDS)
    await page.goto(url)
    await page.add_script_tag(path=client_script())
    await page.add_script_tag(content=SCRIPT)
    yield page
    await page.close()
