"""Rooms of another version: left behind by an older one, written to by a newer one that runs beside this."""

import pytest

from viva import Participant, Refused, Session, call
from viva.recorded import RecordedRoom

POLL = {"number": 1, "poll": {"question": "Tabs?"}}


@pytest.fixture
def recorded():
    room = RecordedRoom(1)
    room.cut_before("ended")
    return room


async def test_a_recorded_room_is_entered_and_goes_on(deployment, recorded):
    session = recorded.load(deployment)
    before = (await session.read())["text"]
    assert before.endswith("the end\n")
    async with Participant(session, "candidate") as ada:
        assert ada.text == before
        await ada.append("and on\n")
        await ada.settled()
        assert (await session.read())["text"] == before + "and on\n"


async def test_a_recorded_room_that_ended_is_read_and_not_entered(deployment):
    session = RecordedRoom(1).load(deployment)
    state = await session.read()
    assert (state["state"], state["language"], state["title"]) == ("ended", "python", "Ada's interview 😀")
    with pytest.raises(Refused, match="session_ended"):
        await Participant(session).join()


async def test_a_kind_of_commit_that_a_newer_version_wrote_reaches_everybody_and_changes_nothing(deployment, recorded):
    recorded.append(POLL)
    recorded.append({"language": "go", "because": [1]}, "c2", "another form")
    session = recorded.load(deployment)
    async with Participant(session, "candidate") as ada:
        assert [commit["poll"] for commit in ada.commits if "poll" in commit] == [POLL["poll"]]
        await ada.append("and on\n")
        await ada.settled()
        state = await session.read()
        assert (state["language"], state["text"]) == ("go", ada.text)
        # What the kind has beside its value stands in the log, and not in snapshots.
        assert state["events"] == [{key: commit[key] for key in commit if key != "because"} for commit in ada.room.events]
        assert POLL.items() <= next(event for event in state["events"] if "poll" in event).items()


async def test_a_recorded_room_has_its_title_and_goes_on_to_keep_what_is_said(deployment, recorded):
    session = recorded.load(deployment)
    async with Participant(session, "interviewer", "Grace") as grace:
        assert (await session.read())["title"] == "Ada's interview 😀"
        await grace.propose("chat", text="hello")
        await grace.propose("title", title="Renamed")
        state = await session.read()
        assert (state["title"], state["events"]) == ("Renamed", grace.room.events)
        assert grace.room.of("chat") == ["hello"]


async def test_messages_of_another_version_or_kind_are_passed_over(deployment, recorded):
    session = recorded.load(deployment)
    async with Participant(session, "candidate") as ada:
        for channel in "in", "out":
            # Whoever was asked first and came second goes again.
            deployment.wait(lambda channel=channel: listeners(deployment, session, channel) == 1, 30, f"one listens to {channel}")
            for message in "2 commits 9 9 2\n[{}]", "1 poll g1.x somebody candidate\n{}", "1 typing\n", "nonsense":
                assert publish(deployment, session, channel, message) == 1
        await ada.append("and on\n")
        await ada.settled()
        assert (await session.read())["text"] == ada.text


async def test_a_room_in_a_newer_format_is_left_alone_and_named_in_the_log(deployment, recorded):
    recorded.meta["format"] = "3"
    session = recorded.load(deployment)
    answer = await call("GET", session.url, session.path, token=session.tokens["observer"])
    assert (answer.status, answer.code) == (503, "unavailable")
    with pytest.raises(Refused):
        await Participant(session).join()
    assert any(session.id in line and "newer version" in line for line in logs(deployment).splitlines())
    epoch = deployment.redis("HGET", f"{{{session.id}}}:meta", "epoch")
    assert epoch == recorded.meta["epoch"]


@pytest.mark.parametrize(("admission", "format"), [("open", "1"), ("ask", "2")])
async def test_a_room_that_asks_is_left_alone_by_processes_that_would_show_it_to_who_waits(deployment, admission, format):
    session = await Session.create(deployment.url, admission=admission)
    assert deployment.redis("HGET", f"{{{session.id}}}:meta", "format") == format
    async with Participant(session, "interviewer", "Grace") as grace:
        for admission in ("ask", "open"):
            await grace.propose("admission", admission=admission)
            assert deployment.redis("HGET", f"{{{session.id}}}:meta", "format") == "2"


async def test_a_recorded_room_that_asked_goes_on_asking(deployment):
    recorded = RecordedRoom(2)
    recorded.cut_before("admission")
    session = recorded.load(deployment)
    async with Participant(session, "interviewer", "Grace") as grace, Participant(session, "candidate", "Eve") as eve:
        assert eve.is_waiting() and not eve.welcomes
        assert [person.get("waiting") for person in (await session.read())["participants"]] == [None, None, None, True]
        await grace.propose("admit", participant=eve.id)
        await eve.until(lambda: eve.welcomes)
        assert eve.text == grace.text


def publish(deployment, session, channel, message):
    """How many heard it."""
    return int(deployment.redis("SPUBLISH", f"{{{session.id}}}:{channel}", message))


def listeners(deployment, session, channel):
    return int(deployment.redis("PUBSUB", "SHARDNUMSUB", f"{{{session.id}}}:{channel}").split()[-1])


def logs(deployment):
    return "".join(deployment.log(name) for name in ("o1", "o2"))
