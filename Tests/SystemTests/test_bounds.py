"""Memory is bounded for each connection, each room and each process, whoever floods, and nobody else is hurt."""

import asyncio
import contextlib
import resource

import pytest

from viva import Deployment, Participant, Session, call, expect_the_newest, until_refused
from viva.raw_socket import NotUpgraded, RawSocket
from viva.text_operation import replacing

DOCUMENT_LENGTH_MAX = 1 << 20
CONNECTED_MAX = 256
CONNECTIONS_PER_ADDRESS_MAX = 1_000
IDLE = 10_000
# Three times what is measured (Tests/Benchmarks), far below what a leak of one buffer would cost.
IDLE_BYTES_MAX = 30_000

# A flood leaves nothing of the machine for others.
pytestmark = pytest.mark.alone


def resident_bytes(deployment, name):
    """What a process has in memory now."""
    with open(f"/proc/{deployment.pid(name)}/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


@pytest.fixture(scope="module")
def many_descriptors():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


@pytest.fixture(scope="module")
def strict_deployment(tmp_path_factory):
    """One in which the bounds for each address hold for loopback too."""
    with Deployment(tmp_path_factory.mktemp("strict"), gateways=1, owners=1, unlimited="127.0.0.9/32") as deployment:
        yield deployment


async def open_many(url, count, at_once=200, **options):
    """As many connections, and why the others are none."""
    gate = asyncio.Semaphore(at_once)

    async def open_one():
        async with gate:
            return await RawSocket.open(url, **options)

    results = await asyncio.gather(*(open_one() for _ in range(count)), return_exceptions=True)
    opened = [result for result in results if isinstance(result, RawSocket)]
    return opened, [result for result in results if not isinstance(result, RawSocket)]


def abort(sockets):
    for socket in sockets:
        socket.abort()


# A connection


async def test_ten_thousand_idle_connections_cost_little_and_hurt_nobody(deployment, session, many_descriptors):
    assert many_descriptors > IDLE + 200, "the hard limit of open files is too low for this test"
    before = resident_bytes(deployment, "g1")
    sockets, refused = await open_many(deployment.gateway_url("g1"), IDLE, receive_buffer=256)
    try:
        assert not refused, refused[0]
        each = (resident_bytes(deployment, "g1") - before) / IDLE
        print(f"{each:.0f} bytes for each idle connection")
        assert each < IDLE_BYTES_MAX
        async with Participant(session, url=deployment.gateway_url("g1")) as ada:
            await ada.insert(0, "hello")
            await ada.settled()
    finally:
        abort(sockets)


async def typed_again_and_again(person, text, enough):
    """Puts a text in the place of all there is; waits when told that it was too much."""
    while not enough.is_set():
        length = len(person.edits.document)
        await person.edit(replacing(0, length, text, length))
        await settled_at_the_rate(person)


async def settled_at_the_rate(person):
    answered = len(person.of("rejected"))
    while not person.is_settled:
        await person.until(lambda: person.is_settled or len(person.of("rejected")) > answered)
        if not person.is_settled:
            answered = len(person.of("rejected"))
            assert person.of("rejected")[-1]["code"] == "rate_limited"
            await asyncio.sleep(0.2)
            await person.send_in_flight()


async def test_who_does_not_read_is_let_go_and_costs_no_more_than_its_queue(deployment, session):
    gateway = deployment.gateway_url("g1")
    async with contextlib.AsyncExitStack() as stack:
        names = [f"P{number}" for number in range(6)]
        people = [
            await stack.enter_async_context(Participant(session, name=name, url=gateway, transports=["websocket"]))
            for name in names
        ]
        deaf = await RawSocket.open(gateway, receive_buffer=1 << 12)
        await deaf.join(session.tokens["observer"], "deaf")
        before = resident_bytes(deployment, "g1")

        enough = asyncio.Event()
        typing = [asyncio.create_task(typed_again_and_again(person, "x" * 50_000, enough)) for person in people]
        # All see the deaf one leave: its queue was full.
        await people[0].until(lambda: any("left" in commit for commit in people[0].commits), seconds=90)
        enough.set()
        await asyncio.gather(*typing)

        grown = resident_bytes(deployment, "g1") - before
        print(f"{grown / 1e6:.1f} MB more, of which 12 MB were its queue")
        assert grown < 100e6
        await asyncio.wait_for(deaf.ended(), 30)
        async with Participant(session, "observer", "deaf", url=gateway) as back:
            await expect_the_newest(*people, back)
            assert back.text == people[0].text


# A room


async def test_a_room_takes_so_many_people_and_says_that_it_is_full(deployment, url):
    session = await Session.create(url)
    gateway = deployment.gateway_url("g1")
    sockets = []
    try:
        for _ in range(CONNECTED_MAX):
            sockets.append(await RawSocket.open(gateway))
            assert "participant" in await sockets[-1].join(session.tokens["candidate"])
            sockets[-1].stay()
        sockets.append(await RawSocket.open(gateway))
        assert await sockets[-1].join(session.tokens["candidate"]) == "room_full"
        sockets[0].abort()
        # Whoever leaves makes room.
        while await sockets[-1].join(session.tokens["interviewer"]) == "room_full":
            await asyncio.sleep(0.1)
        assert sum(person["connected"] for person in (await session.read())["participants"]) == CONNECTED_MAX
    finally:
        abort(sockets)


async def test_a_document_takes_so_much_and_stays_as_it_was(deployment, url):
    session = await Session.create(url, text="x" * DOCUMENT_LENGTH_MAX)
    async with Participant(session) as ada:
        before = resident_bytes(deployment, "o1") + resident_bytes(deployment, "o2")
        for _ in range(20):
            outcome = await ada.propose("edit", revision=ada.edits.revision, operation=["yz", DOCUMENT_LENGTH_MAX])
            assert outcome["code"] == "too_large"
        await ada.delete(0, 1)
        await ada.settled()
        await ada.insert(0, "y")
        await ada.settled()
        assert resident_bytes(deployment, "o1") + resident_bytes(deployment, "o2") - before < 100e6
    assert (await session.read())["text"] == "y" + "x" * (DOCUMENT_LENGTH_MAX - 1)


async def test_a_flood_of_proposals_in_one_room_does_not_keep_another_waiting(deployment, url):
    gateway = deployment.gateway_url("g1")
    flooded, calm = await Session.create(url), await Session.create(url)
    stop = asyncio.Event()
    answers = []

    async def flood():
        socket = await RawSocket.open(gateway)
        await socket.join(flooded.tokens["candidate"])
        drain = asyncio.create_task(collect(socket))
        number = 0
        while not stop.is_set():
            for _ in range(50):
                number += 1
                socket.emit("language", {"number": number, "language": "go" if number % 2 else "c"})
            await socket.writer.drain()
            # Fifty times what is allowed; the calm ones share this process.
            await asyncio.sleep(0.02)
        drain.cancel()
        socket.abort()

    async def collect(socket):
        while True:
            packet = await socket.receive()
            if packet.startswith('42["rejected"'):
                answers.append(packet)

    floods = []
    try:
        async with Participant(calm, name="Ada", url=gateway) as ada, Participant(calm, name="Grace", url=gateway) as grace:
            floods += [asyncio.create_task(flood()) for _ in range(10)]
            while not answers:
                await asyncio.sleep(0.05)
            for number in range(100):
                told = len(answers)
                await ada.append(f"{number}\n")
                await ada.settled()
            await grace.until(lambda: grace.text == ada.text)
            assert ada.text.splitlines() == [str(number) for number in range(100)]
            # It went on all the time, and was held to its bound.
            assert len(answers) >= told > 0
            assert all("rate_limited" in answer for answer in answers)
            assert not any(task.done() for task in floods)
    finally:
        stop.set()
        await asyncio.gather(*floods, return_exceptions=True)


# An address


async def test_an_address_opens_so_many_connections_and_another_is_not_hurt(strict_deployment, many_descriptors):
    gateway = strict_deployment.gateway_url("g1")
    sockets, refused = await open_many(gateway, CONNECTIONS_PER_ADDRESS_MAX + 50, receive_buffer=1 << 11)
    try:
        assert len(sockets) == CONNECTIONS_PER_ADDRESS_MAX
        assert all(isinstance(reason, NotUpgraded) and reason.status == 429 for reason in refused), refused[0]
        assert all('"code":7,' in reason.body for reason in refused)
        # Neighbours, and whoever comes through our proxy, have their own.
        (await RawSocket.open(gateway, address="127.0.0.2")).abort()
        (await RawSocket.open(gateway, headers="X-Forwarded-For: 203.0.113.7\r\n")).abort()
        with pytest.raises(NotUpgraded):
            await RawSocket.open(gateway, headers="X-Forwarded-For: 203.0.113.7, 127.0.0.1\r\n")
        sockets.pop().abort()
        while True:
            with contextlib.suppress(NotUpgraded):
                sockets.append(await RawSocket.open(gateway))
                break
            await asyncio.sleep(0.05)
    finally:
        abort(sockets)


async def test_an_address_asks_so_often_and_another_is_not_hurt(strict_deployment):
    gateway = strict_deployment.gateway_url("g1")
    path = "/api/sessions/7Kq2VnT0bXw9RfLd"
    answers = await until_refused(lambda: call("GET", gateway, path), 150)
    refused = [answer for answer in answers if answer.status == 429]
    assert all(answer.code == "rate_limited" and answer.headers["Retry-After"] == "1" for answer in refused)
    assert any(answer.status == 401 for answer in answers)
    assert (await call("GET", gateway, path, headers={"X-Forwarded-For": "203.0.113.8"})).status == 401
    assert (await call("GET", gateway, "/api/health")).status == 200
