"""Each module gets a deployment of its own, so that what one breaks no other has to bear."""

import pytest

from viva import Deployment, Session


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    with Deployment(tmp_path_factory.mktemp("deployment")) as deployment:
        yield deployment


@pytest.fixture
def url(deployment):
    return deployment.url


@pytest.fixture
async def session(deployment):
    return await Session.create(deployment.url)
