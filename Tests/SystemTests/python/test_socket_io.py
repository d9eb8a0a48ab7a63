"""Socket.IO, version 5, over the wire: what its public conformance suite asks, and what it leaves out."""

import contextlib
import json

import pytest

from echo_server import HASTY, echo_server
from raw_engine import RawEngine

ONE = '{"_placeholder":true,"num":0}'
TWO = f'{ONE},{{"_placeholder":true,"num":1}}'


@contextlib.asynccontextmanager
async def connected(engine, namespace=""):
    """A WebSocket in a namespace, whose `auth` event was read."""
    async with engine.opened() as web_socket:
        sid, auth = await web_socket.exchange(f"40{namespace}", answers=2)
        assert sid.startswith("40") and '["auth",{}]' in auth
        yield web_socket


# Connect


@pytest.mark.parametrize("namespace", ["", "/custom,"])
@pytest.mark.parametrize("auth", ["", '{"token":"123"}', '{"é":[1,null]}'])
async def test_a_namespace_is_entered(sockets, namespace, auth):
    async with sockets.opened() as web_socket:
        answer, event = await web_socket.exchange(f"40{namespace}{auth}", answers=2)
    assert answer.startswith(f"40{namespace}")
    handshake = json.loads(answer.removeprefix(f"40{namespace}"))
    assert handshake.keys() == {"sid"} and isinstance(handshake["sid"], str)
    assert event == f'42{namespace}["auth",{auth or "{}"}]'


async def test_a_namespace_may_be_named_without_a_comma(sockets):
    async with sockets.opened() as web_socket:
        answer, event = await web_socket.exchange("40/custom", answers=2)
    assert answer.startswith("40/custom,") and event == '42/custom,["auth",{}]'


async def test_an_unknown_namespace_is_refused_and_another_may_be_asked_for(sockets):
    async with sockets.opened() as web_socket:
        refusal = '44/random,{"message":"Invalid namespace"}'
        assert await web_socket.exchange("40/random", answers=1) == [refusal]
        assert await web_socket.exchange("40/random,{}", answers=1) == [refusal]
        assert (await web_socket.exchange("40", answers=2))[1] == '42["auth",{}]'


FAULTS = ["4abc", "4", "47", "40[]", '40"x"', "40{", '42["message"]', "41", "43[]", "44{}", '451-["a"]', b"\1"]


@pytest.mark.parametrize("fault", FAULTS)
async def test_anything_but_a_connect_at_first_closes(sockets, fault):
    async with sockets.opened() as web_socket:
        await web_socket.send(fault)
        assert await web_socket.rest() == []


async def test_a_connection_without_a_namespace_is_closed(http, strict_url):
    async with RawEngine(http, strict_url, "/socket.io/").opened() as web_socket:
        received = []
        while (message := await web_socket.next()) is not None:
            received.append(message)
            await web_socket.send("3")
    # It answered pings, so that is not why.
    assert set(received) == {"2"} and len(received) >= 2


async def test_a_namespace_is_entered_once(sockets):
    async with connected(sockets) as web_socket:
        await web_socket.send("40")
        assert await web_socket.rest() == []


# Disconnect


async def test_whoever_leaves_may_stay_on_the_connection_and_come_back(sockets):
    async with connected(sockets) as web_socket:
        assert (await web_socket.exchange("41", "40", answers=2))[1] == '42["auth",{}]'


async def test_whoever_leaves_one_namespace_is_still_in_the_other(sockets):
    async with connected(sockets) as web_socket:
        await web_socket.exchange("40/custom", answers=2)
        answers = await web_socket.exchange("41/custom", '42["message","x"]', answers=1)
        assert answers == ['42["message-back","x"]']


async def test_whoever_left_is_not_heard(sockets):
    async with connected(sockets) as web_socket:
        await web_socket.send("41", '42["message","x"]')
        assert await web_socket.rest() == []


async def test_the_server_ends_one_namespace_and_the_other_stays(sockets):
    async with connected(sockets) as web_socket:
        await web_socket.exchange("40/custom,", answers=2)
        # The last two cross the server's packet on the way.
        late = ['42/custom,["message"]', f'451-/custom,["message",{ONE}]', b"\1"]
        answers = await web_socket.exchange(
            '42/custom,["disconnect-me"]', *late, '42["message"]', answers=2
        )
        assert answers == ["41/custom,", '42["message-back"]']


async def test_the_server_ends_the_last_namespace_and_the_connection(sockets):
    async with connected(sockets) as web_socket:
        await web_socket.send('42["disconnect-me"]')
        assert await web_socket.rest() == ["41"]
        assert web_socket.web_socket.close_code == 1000


async def test_a_polling_peer_that_is_sent_away_polls_its_last_packets(sockets):
    sid = await sockets.sid()
    await sockets.post(sid, "40")
    await sockets.poll(sid)
    await sockets.post(sid, '42["disconnect-me"]')
    assert await sockets.poll(sid) == (200, "41")
    assert await sockets.post(sid, "1") == (200, "ok")
    assert await sockets.poll(sid) == (200, "1")
    assert (await sockets.poll(sid))[0] == 400


async def test_a_polling_peer_that_is_to_come_back_gets_no_close(sockets):
    sid = await sockets.sid()
    await sockets.post(sid, "40")
    await sockets.poll(sid)
    await sockets.post(sid, '42["message"]', '42["close-me"]')
    assert await sockets.poll(sid) == (200, '42["message-back"]')
    assert (await sockets.poll(sid))[0] == 400


# Messages


@pytest.mark.parametrize("namespace", ["", "/custom,"])
async def test_events_come_back(sockets, namespace):
    async with connected(sockets, namespace) as web_socket:
        for values in ['1,"2",{"3":[true]}', '"é😀\\n"', "null", "[[],{}]"]:
            event = f'42{namespace}["message",{values}]'
            assert await web_socket.exchange(event, answers=1) == [f'42{namespace}["message-back",{values}]']


@pytest.mark.parametrize("namespace", ["", "/custom,"])
async def test_binary_events_come_back(sockets, namespace):
    async with connected(sockets, namespace) as web_socket:
        packets = [f'452-{namespace}["message",{TWO}]', b"\1\2\3", b"\4\5\6"]
        answers = await web_socket.exchange(*packets, answers=3)
        assert answers == [f'452-{namespace}["message-back",{TWO}]', b"\1\2\3", b"\4\5\6"]


async def test_events_are_acknowledged(sockets):
    async with connected(sockets) as web_socket:
        event = '42456["message-with-ack",1,"2",{"3":[false]}]'
        assert await web_socket.exchange(event, answers=1) == ['43456[1,"2",{"3":[false]}]']
        assert await web_socket.exchange('420["message-with-ack"]', answers=1) == ["430[]"]


@pytest.mark.parametrize("namespace", ["", "/custom,"])
async def test_binary_events_are_acknowledged_with_binary(sockets, namespace):
    async with connected(sockets, namespace) as web_socket:
        packets = [f'452-{namespace}789["message-with-ack",{TWO}]', b"\1\2\3", b""]
        answers = await web_socket.exchange(*packets, answers=3)
        assert answers == [f"462-{namespace}789[{TWO}]", b"\1\2\3", b""]


async def test_binary_travels_as_base64_over_polling(sockets):
    sid = await sockets.sid()
    await sockets.post(sid, "40")
    await sockets.poll(sid)
    packets = [f'452-7["message-with-ack",{TWO}]', "bAQID", "bBAUG"]
    assert await sockets.post(sid, *packets) == (200, "ok")
    assert await sockets.poll(sid) == (200, "\x1e".join([f"462-7[{TWO}]", "bAQID", "bBAUG"]))


async def test_attachments_may_come_in_posts_of_their_own(sockets):
    sid = await sockets.sid()
    await sockets.post(sid, "40")
    await sockets.poll(sid)
    for packet in [f'452-["message",{TWO}]', "bAQID", "bBAUG"]:
        assert await sockets.post(sid, packet) == (200, "ok")
    assert await sockets.poll(sid) == (200, "\x1e".join([f'452-["message-back",{TWO}]', "bAQID", "bBAUG"]))


async def test_an_event_and_its_attachments_survive_the_upgrade_between_them(sockets):
    sid = await sockets.sid()
    await sockets.post(sid, "40", f'452-["message",{TWO}]', "bAQ==")
    async with sockets.web_socket(sid) as web_socket:
        await web_socket.exchange("2probe", answers=1)
        _, _, *answers = await web_socket.exchange("5", b"\2", answers=5)
        assert answers == [f'452-["message-back",{TWO}]', b"\1", b"\2"]


async def test_as_many_attachments_as_the_bound_come_back(sockets):
    async with connected(sockets) as web_socket:
        values = ",".join(f'{{"_placeholder":true,"num":{number}}}' for number in range(10))
        attachments = [bytes([number]) for number in range(10)]
        answers = await web_socket.exchange(f'4510-["message",{values}]', *attachments, answers=11)
        assert answers == [f'4510-["message-back",{values}]', *attachments]


MALFORMED = [
    "4abc", "42{}", '42abc["message-with-ack",1]', "42[]", "42[1]", '42["message"', '42["connect"]', '421.5["a"]',
    '42["disconnect"]', '42/custom,["message"]', '42/random,["message"]', "44{}", "46[]", '451["message"]',
    f'451-["message",{TWO}]', '451-["message",{"_placeholder":true}]', b"\1",
]  # fmt: skip


@pytest.mark.parametrize("fault", MALFORMED)
async def test_what_is_malformed_closes_the_connection(sockets, fault):
    async with connected(sockets) as web_socket:
        await web_socket.send(fault)
        assert await web_socket.rest() == []
        assert web_socket.web_socket.close_code == 1002


async def test_text_between_an_event_and_its_attachments_closes_the_connection(sockets):
    async with connected(sockets) as web_socket:
        await web_socket.send(f'452-["message",{TWO}]', b"\1", '42["message"]')
        assert await web_socket.rest() == []


@pytest.mark.parametrize("packets", [['4511-["message"]'], ['452-["message"]', bytes(600_000), bytes(600_000)]])
async def test_attachments_beyond_the_bounds_close_the_connection(sockets, packets):
    async with connected(sockets) as web_socket:
        await web_socket.send(*packets)
        assert await web_socket.rest() == []
        assert web_socket.web_socket.close_code == 1009


# Acknowledgements that the server asks for


async def test_the_server_is_answered(sockets):
    async with connected(sockets) as web_socket:
        for number in range(3):
            question = f'42{number}["question",{number}]'
            assert await web_socket.exchange(f'42["ask-me",{number}]', answers=1) == [question]
            answer = f'42["answer","yes",{number}]'
            assert await web_socket.exchange(f'43{number}["yes",{number}]', answers=1) == [answer]


async def test_the_server_is_answered_in_another_order(sockets):
    async with connected(sockets) as web_socket:
        await web_socket.exchange('42["ask-me"]', '42["ask-me"]', answers=2)
        answers = await web_socket.exchange('431["b"]', '430["a"]', answers=2)
        assert answers == ['42["answer","b"]', '42["answer","a"]']


async def test_the_server_asks_and_is_answered_in_binary(sockets):
    async with connected(sockets, "/custom,") as web_socket:
        question = await web_socket.exchange(f'451-/custom,["ask-me",{ONE}]', b"\7", answers=2)
        assert question == [f'451-/custom,0["question",{ONE}]', b"\7"]
        answer = await web_socket.exchange(f"461-/custom,0[{ONE},2]", b"\x08", answers=2)
        assert answer == [f'451-/custom,["answer",{ONE},2]', b"\x08"]


async def test_an_answer_that_nobody_waits_for_is_passed_over(sockets):
    async with connected(sockets) as web_socket:
        late = ["430[]", "43[]", "439007199254740991[]", f"461-5[{ONE}]", b"\1"]
        assert await web_socket.exchange(*late, '42["message"]', answers=1) == ['42["message-back"]']


async def test_an_answer_that_does_not_come_is_not_waited_for(http):
    with echo_server(*HASTY) as url:
        async with connected(RawEngine(http, url, "/socket.io/")) as web_socket:
            await web_socket.exchange('42["ask-me"]', answers=1)
            assert await web_socket.next() == '42["no-answer"]'
            late = await web_socket.exchange("430[1]", '42["message"]', answers=1)
            assert late == ['42["message-back"]']


async def test_whoever_leaves_owes_no_answer(sockets):
    async with connected(sockets) as web_socket:
        await web_socket.exchange('42["ask-me"]', answers=1)
        _, auth = await web_socket.exchange("41", "40", answers=2)
        assert auth == '42["auth",{}]'
        assert await web_socket.exchange("430[1]", '42["message"]', answers=1) == ['42["message-back"]']
