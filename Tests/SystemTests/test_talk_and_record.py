"""What a room holds beside its text: title, timer, what is said, and what is recorded of everybody.

It is one list for both sides, and the same for whoever was there, came back or came late.
"""

import asyncio

import pytest

from viva import Participant, Session, expect_the_newest

KINDS = [
    pytest.param("title", {"title": "Träume 𝄞"}, {"title": "Träume 𝄞"}, "interviewer", id="a title"),
    pytest.param("title", {"title": ""}, {"title": ""}, "interviewer", id="no title"),
    pytest.param(
        "timer", {"running": True, "remaining": 1}, {"timer": {"running": True, "remaining": 1}}, "interviewer", id="a timer"
    ),
    pytest.param("chat", {"text": "May I\tuse\na queue? 𝄞"}, {"chat": "May I\tuse\na queue? 𝄞"}, "candidate", id="a chat line"),
    pytest.param("chat", {"text": "𝄞" * 1000}, {"chat": "𝄞" * 1000}, "interviewer", id="the longest chat line"),
    pytest.param("hidden", {"hidden": True}, {"hidden": True}, "observer", id="a page out of sight"),
    pytest.param("hidden", {"hidden": False}, {"hidden": False}, "candidate", id="a page in sight"),
    pytest.param("pasted", {"length": 1 << 20}, {"pasted": 1 << 20}, "candidate", id="a paste"),
]


@pytest.mark.parametrize(("event", "fields", "change", "role"), KINDS)
async def test_everybody_receives(session, event, fields, change, role):
    async with Participant(session, role, "Grace") as grace, Participant(session, "observer", "Olga") as olga:
        commit = await grace.propose(event, **fields)
        assert {key: commit[key] for key in commit if key not in ("revision", "at", "by", "number")} == change
        assert commit["by"] == grace.id
        await olga.until(lambda: commit in olga.room.events)
        assert (await session.read())["events"] == olga.room.events


@pytest.mark.parametrize(
    ("role", "event", "fields"),
    [
        ("candidate", "title", {"title": "Mine"}),
        ("candidate", "timer", {"running": True, "remaining": 1}),
        ("observer", "title", {"title": "Mine"}),
        ("observer", "timer", {"running": False, "remaining": 0}),
        ("observer", "chat", {"text": "psst"}),
        ("observer", "pasted", {"length": 1}),
    ],
)
async def test_a_role_may_not(session, role, event, fields):
    async with Participant(session, role) as person:
        assert (await person.propose(event, **fields))["code"] == "forbidden"
        assert not person.room.of(event)


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        pytest.param("title", {}, id="a title that is missing"),
        pytest.param("title", {"title": None}, id="a title that is null"),
        pytest.param("title", {"title": "x" * 201}, id="a title that is too long"),
        pytest.param("title", {"title": "𝄞" * 101}, id="a title that is too long in UTF-16"),
        pytest.param("title", {"title": "a\nb"}, id="a title of two lines"),
        pytest.param("title", {"title": "a\u202eb"}, id="a title that turns the writing"),
        pytest.param("timer", {"running": True}, id="a timer of no length"),
        pytest.param("timer", {"remaining": 1}, id="a timer that neither runs nor stands"),
        pytest.param("timer", {"running": 1, "remaining": 1}, id="a timer that runs 1"),
        pytest.param("timer", {"running": True, "remaining": -1}, id="a timer below nothing"),
        pytest.param("timer", {"running": True, "remaining": 1.5}, id="a timer of half a millisecond"),
        pytest.param("timer", {"running": True, "remaining": 86_400_001}, id="a timer of more than a day"),
        pytest.param("chat", {"text": ""}, id="nothing said"),
        pytest.param("chat", {"text": " \n\t "}, id="nothing to be seen"),
        pytest.param("chat", {"text": "x" * 2001}, id="too much said"),
        pytest.param("chat", {"text": "𝄞" * 1001}, id="too much said in UTF-16"),
        pytest.param("chat", {"text": "a\rb"}, id="a carriage return"),
        pytest.param("chat", {"text": "a\u0000b"}, id="a control character"),
        pytest.param("chat", {"text": "a\u2066b"}, id="a mark that turns the writing"),
        pytest.param("chat", {"text": ["a"]}, id="a list said"),
        pytest.param("hidden", {}, id="neither hidden nor shown"),
        pytest.param("hidden", {"hidden": "yes"}, id="hidden in words"),
        pytest.param("pasted", {"length": 0}, id="nothing pasted"),
        pytest.param("pasted", {"length": (1 << 20) + 1}, id="more pasted than a document holds"),
        pytest.param("pasted", {}, id="a paste of no length"),
    ],
)
async def test_is_rejected_and_the_connection_stays(session, event, fields):
    async with Participant(session, "interviewer", "Grace") as grace:
        assert (await grace.propose(event, **fields))["code"] == "invalid_proposal"
        assert (await grace.propose("chat", text="still here"))["chat"] == "still here"
        assert len(grace.room.events) == 2  # that she came, and what she said


async def test_after_the_end_nothing_is_said_and_the_record_is_read(session):
    async with Participant(session, "interviewer", "Grace") as grace:
        await grace.propose("chat", text="Thank you!")
        await grace.propose("end")
        for event, fields in ("chat", {"text": "wait"}), ("hidden", {"hidden": True}), ("title", {"title": "x"}):
            assert (await grace.propose(event, **fields))["code"] == "ended"
    events = (await session.read("candidate"))["events"]
    assert [event["chat"] for event in events if "chat" in event] == ["Thank you!"]


async def test_a_lock_keeps_nobody_from_talking(session):
    async with Participant(session, "interviewer", "Grace") as grace, Participant(session, "candidate") as ada:
        await grace.propose("lock", locked=True)
        assert (await ada.propose("chat", text="Why?"))["chat"] == "Why?"
        assert (await ada.propose("pasted", length=300))["pasted"] == 300


async def test_a_timer_is_set_stopped_and_taken_away(session):
    async with Participant(session, "interviewer", "Grace") as grace:
        for running, remaining in (True, 600_000), (False, 599_000):
            commit = await grace.propose("timer", running=running, remaining=remaining)
            timer = {"running": running, "remaining": remaining, "at": commit["at"]}
            assert grace.room.timer == (await session.read())["timer"] == timer
        await grace.propose("timer", running=False, remaining=0)
        assert "timer" not in await session.read()
        async with Participant(session) as ada:
            assert ada.room.timer is None


async def test_the_newest_title_is_the_sessions(url):
    session = await Session.create(url, title="First")
    async with Participant(session, "interviewer", "Grace") as grace:
        assert grace.room.title == "First"
        await grace.propose("title", title="Second")
        assert (await session.read())["title"] == "Second"
        async with Participant(session) as ada:
            assert ada.room.title == "Second"


async def test_it_is_seen_when_and_how_somebody_left(session):
    async with Participant(session, "interviewer", "Grace") as grace:
        async with Participant(session, "observer", "Olga"):
            await grace.until(lambda: len(grace.room.people) == 2)
        await grace.until(lambda: not grace.room.attendance[1]["connected"])
        assert grace.room.attendance[1]["left"] == "closed"
        async with Participant(session) as ada:
            assert ada.room.attendance[:2] == grace.room.attendance[:2]
            await grace.until(lambda: len(grace.room.people) == 3)
            assert [{**person, "number": 0} for person in grace.room.attendance] == (await session.read())["participants"]


# Coming back, coming late


async def say(person, *texts):
    for text in texts:
        await person.propose("chat", text=text)


async def expect_the_same_record(session, *people):
    """Everybody has the same list, and so has somebody who comes now."""
    async with Participant(session, "observer", "Olga") as late:
        await expect_the_newest(*people, late)
        for person in people:
            assert person.room.events == late.room.events
            assert (person.room.title, person.room.timer) == (late.room.title, late.room.timer)
        return late.room


async def test_whoever_was_away_hears_what_was_said(session):
    async with Participant(session, "interviewer", "Grace") as grace, Participant(session) as ada:
        await say(grace, "one")
        await ada.until(lambda: ada.room.of("chat") == ["one"])
        dropping = asyncio.create_task(ada.drop())
        await say(grace, "two", "three")
        await dropping
        await ada.until(lambda: ada.room.of("chat") == ["one", "two", "three"])
        assert "snapshot" not in ada.welcomes[-1]
        await expect_the_same_record(session, grace, ada)


async def test_a_snapshot_holds_what_was_said_long_before_it(session):
    async with Participant(session, "interviewer", "Grace") as grace, Participant(session) as ada:
        await say(grace, "first words")
        await grace.propose("title", title="Trees")
        await grace.propose("timer", running=True, remaining=600_000)
        await ada.propose("hidden", hidden=True)
        for _ in range(210):
            await ada.append("x")
            await ada.settled()
        async with Participant(session, "observer", "Otto") as late:
            snapshot = late.welcomes[0]["snapshot"]
            assert snapshot["revision"] >= 100
            assert [event["chat"] for event in snapshot["events"] if "chat" in event] == ["first words"]
            assert snapshot["title"] == "Trees"
        await expect_the_same_record(session, grace, ada)


@pytest.mark.parametrize("names", [["o1", "o2"], ["g1", "g2"], ["redis"]], ids="+".join)
async def test_what_is_said_survives_when_somebody_kills(deployment, session, names):
    async with Participant(session, "interviewer", "Grace") as grace, Participant(session) as ada:
        await say(grace, "before")
        await grace.propose("timer", running=True, remaining=600_000)
        for name in names:
            deployment.kill(name)
        await asyncio.gather(say(grace, "during", "after"), ada.propose("hidden", hidden=True))
        deployment.wait_for_gateways()
        room = await expect_the_same_record(session, grace, ada)
        assert room.of("chat") == ["before", "during", "after"]
        assert room.of("hidden") == [True]
        assert room.timer["remaining"] == 600_000


# Bounds


async def test_a_snapshot_holds_the_newest_five_hundred(session):
    people = [Participant(session, "interviewer", f"Grace {place}") for place in range(6)]
    await asyncio.gather(*(person.join() for person in people))
    await asyncio.gather(*(say(person, *map(str, range(90))) for person in people))
    room = await expect_the_same_record(session, *people)
    assert len(room.events) == 500
    assert len((await session.read())["events"]) == 500
    await asyncio.gather(*(person.leave() for person in people))


async def test_a_snapshot_holds_so_many_bytes_of_what_was_said(session):
    long = "\t" * 1_998
    async with Participant(session, "interviewer", "Grace") as grace, Participant(session) as ada:
        await asyncio.gather(*(say(person, *(f"{long}{number}" for number in range(10, 60))) for person in (grace, ada)))
        await expect_the_newest(grace, ada)
        events = (await session.read())["events"]
        # Each takes some four thousand bytes of the 256 KiB.
        assert 60 <= len(events) <= 66
        assert events == grace.room.events[-len(events) :]
