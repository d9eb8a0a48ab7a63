"""Echo servers: `url` with times that nobody runs into, the others with one that is waited for."""

import aiohttp
import pytest

from echo_server import ASKING, PATIENT, STRICT, echo_server
from raw_engine import RawEngine


@pytest.fixture(scope="session")
def url():
    with echo_server(*PATIENT) as url:
        yield url


@pytest.fixture(scope="session")
def quick_url():
    with echo_server() as url:
        yield url


@pytest.fixture(scope="session")
def asking_url():
    with echo_server(*ASKING) as url:
        yield url


@pytest.fixture(scope="session")
def strict_url():
    with echo_server(*STRICT) as url:
        yield url


@pytest.fixture
async def http():
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(note_sent)
    async with aiohttp.ClientSession(trace_configs=[trace]) as session:
        yield session


async def note_sent(_, context, __):
    """Tells whoever asked for it that a request has gone out."""
    if context.trace_request_ctx:
        context.trace_request_ctx.set()


@pytest.fixture
def engine(http, url):
    return RawEngine(http, url, "/engine.io/")


@pytest.fixture
def sockets(http, url):
    return RawEngine(http, url, "/socket.io/")


@pytest.fixture(params=["/engine.io/", "/socket.io/"])
def either(http, url, request):
    """Engine.IO alone, and below Socket.IO."""
    return RawEngine(http, url, request.param)


@pytest.fixture(params=["/engine.io/", "/socket.io/"])
def quick(http, quick_url, request):
    return RawEngine(http, quick_url, request.param)


@pytest.fixture(params=["/engine.io/", "/socket.io/"])
def asking(http, asking_url, request):
    return RawEngine(http, asking_url, request.param)


@pytest.fixture(params=["/engine.io/", "/socket.io/"])
def strict(http, strict_url, request):
    return RawEngine(http, strict_url, request.param)
