"""Two echo servers: `url` with times that nobody runs into, `quick_url` with those of the program."""

import aiohttp
import pytest

from echo_server import PATIENT, echo_server
from raw_engine import RawEngine


@pytest.fixture(scope="session")
def url():
    with echo_server(*PATIENT) as url:
        yield url


@pytest.fixture(scope="session")
def quick_url():
    with echo_server() as url:
        yield url


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


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
