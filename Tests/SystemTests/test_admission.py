"""A session that asks: candidates wait until an interviewer lets them in, and see nothing of the room before."""

import contextlib

import pytest

from viva import Participant, Refused, Session, call

SECRET = "the solution is 42"


@pytest.fixture
async def asking(url):
    return await Session.create(url, admission="ask", title="Trees", language="python", text=SECRET)


@contextlib.asynccontextmanager
async def door(session, **settings):
    """An interviewer in the room, and a candidate who waits."""
    async with Participant(session, "interviewer", "Grace") as grace:
        async with Participant(session, "candidate", "Ada", **settings) as ada:
            yield grace, ada


async def let_in(grace, ada):
    await grace.until(lambda: any(commit["by"] == ada.id for commit in grace.commits))
    committed = await grace.propose("admit", participant=ada.id)
    assert committed["admitted"] == ada.id


def expect_nothing_seen(ada):
    """Until its welcome, everything that arrived is in `events`."""
    before = [event for event in ada.events if event[0] != "closing"]
    place = next((place for place, (name, _) in enumerate(before) if name == "welcome"), len(before))
    assert {name for name, _ in before[:place]} <= {"waiting", "rejected"}
    assert SECRET not in repr(before[:place])


@pytest.mark.parametrize("transports", [None, ["polling"]], ids=["default transports", "polling"])
async def test_a_candidate_waits_and_is_let_in_on_the_same_connection(asking, transports):
    async with door(asking, transports=transports) as (grace, ada):
        assert ada.is_waiting() and not ada.welcomes
        waiting = ada.waitings[0]
        assert (waiting["title"], waiting["language"], waiting["role"]) == ("Trees", "python", "candidate")
        assert [(person["name"], person["connected"]) for person in waiting["participants"]] == [("Grace", True)]
        sid = ada.client.get_sid()
        await let_in(grace, ada)
        await ada.until(lambda: ada.welcomes)
        assert ada.text == SECRET
        assert ada.client.get_sid() == sid
        assert ada.welcomes[0]["key"] == waiting["key"]
        expect_nothing_seen(ada)
        await ada.append(" or not")
        await grace.until(lambda: grace.text == SECRET + " or not")


async def test_an_interviewer_sees_who_waits(asking):
    async with door(asking) as (grace, ada):
        joined = await grace.until(lambda: [commit for commit in grace.commits if commit["by"] == ada.id])
        assert joined[0]["joined"]["waiting"] is True
        state = await asking.read("interviewer")
        assert [person.get("waiting") for person in state["participants"]] == [None, True]
        async with Participant(asking, "observer", "Olga") as olga:
            assert olga.welcomes[0]["snapshot"]["admission"] == "ask"


async def test_interviewers_and_observers_never_wait(asking):
    for role in ("interviewer", "observer"):
        async with Participant(asking, role) as person:
            assert person.text == SECRET


async def test_who_waits_is_told_who_is_there_whenever_that_changes(asking):
    async with door(asking) as (grace, ada):
        async with Participant(asking, "observer", "Olga") as olga:
            await ada.until(lambda: [p["name"] for p in ada.waitings[-1]["participants"]] == ["Grace", "Olga"])
            count = len(ada.waitings)
            await olga.propose("language", language="go")
            await grace.propose("language", language="go")
        await ada.until(lambda: [p["connected"] for p in ada.waitings[-1]["participants"]] == [True, False])
        assert ada.waitings[-1]["language"] == "go"
        async with Participant(asking, "candidate", "Eve") as eve:
            await grace.until(lambda: any(commit["by"] == eve.id for commit in grace.commits))
            await let_in(grace, ada)
            await ada.until(lambda: ada.welcomes)
            await eve.until(lambda: "Ada" in [p["name"] for p in eve.waitings[-1]["participants"]])
        assert all("Eve" not in repr(waiting) for waiting in ada.waitings)
        assert len(ada.waitings) <= count + 3


async def test_nothing_that_happens_in_the_room_reaches_who_waits(asking):
    async with door(asking) as (grace, ada):
        for letter in "hidden":
            await grace.append(letter)
            await grace.settled()
        await grace.emit("select", {"revision": grace.edits.revision, "selections": [[0, 3]]})
        await grace.emit("pulse", {"idle": True})
        await grace.note(SECRET)
        await grace.propose("lock", locked=True)
        async with Participant(asking, "observer", "Olga") as olga:
            await ada.until(lambda: "Olga" in repr(ada.waitings[-1]))
            assert olga.text == SECRET + "hidden"
        expect_nothing_seen(ada)
        assert SECRET not in repr(ada.events)


async def test_what_who_waits_proposes_is_rejected_and_what_they_show_is_not_passed_on(asking):
    async with door(asking) as (grace, ada):
        for event, fields in (
            ("edit", {"revision": 0, "operation": ["x", len(SECRET)]}),
            ("language", {"language": "go"}),
            ("admit", {"participant": ada.id}),
            ("admission", {"admission": "open"}),
        ):
            assert (await ada.propose(event, **fields))["code"] == "waiting"
        assert (await ada.note("mine"))["code"] == "forbidden"
        await ada.emit("select", {"revision": 0, "selections": [[0, 3]]})
        assert await ada.client.call("pulse", {"idle": False}) in (None, ())
        await grace.propose("lock", locked=True)
        assert not grace.of("presence") and not grace.of("pulse")
        expect_nothing_seen(ada)
        await let_in(grace, ada)
        await ada.until(lambda: ada.welcomes)
        assert (await ada.propose("language", language="go"))["language"] == "go"


async def test_rest_does_not_tell_the_text_by_a_candidates_link(asking):
    answer = await call("GET", asking.url, asking.path, token=asking.tokens["candidate"])
    assert answer.body["admission"] == "ask"
    assert "text" not in answer.body and SECRET not in answer.raw.decode()
    assert (await asking.read("observer"))["text"] == (await asking.read("interviewer"))["text"] == SECRET


# Coming back


async def test_who_reloads_while_they_wait_keeps_their_place(asking):
    async with door(asking) as (grace, ada):
        before = ada.id
        await ada.drop()
        assert ada.is_waiting() and ada.id == before
        assert [person["name"] for person in (await asking.read())["participants"]] == ["Grace", "Ada"]
        await let_in(grace, ada)
        await ada.until(lambda: ada.welcomes)
        expect_nothing_seen(ada)


async def test_who_was_let_in_comes_back_without_asking(asking):
    async with door(asking) as (grace, ada):
        await let_in(grace, ada)
        await ada.until(lambda: ada.welcomes)
        await ada.drop()
        assert not ada.is_waiting() and "snapshot" not in ada.welcomes[-1]


async def test_who_was_let_in_while_they_were_away_comes_straight_in(asking):
    async with door(asking) as (grace, ada):
        await ada.client.disconnect()
        await grace.until(lambda: any("left" in commit for commit in grace.commits))
        await let_in(grace, ada)
        again = Participant(asking, "candidate", "Ada")
        again.waitings = ada.waitings
        async with again:
            await again.until(lambda: again.welcomes)
            assert again.id == ada.id


async def test_somebody_elses_place_is_not_to_be_had_by_its_name(asking):
    async with door(asking) as (grace, ada):
        await let_in(grace, ada)
        thief = Participant(asking, "candidate", "Ada")
        thief.waitings = [{"participant": ada.id, "key": "x" * 43}]
        with pytest.raises(Refused, match="invalid_token"):
            await thief.join()


# Opening and ending


async def test_a_session_that_opens_lets_everybody_in_and_asks_again_when_told_to(asking):
    async with door(asking) as (grace, ada), Participant(asking, "candidate", "Eve") as eve:
        await grace.until(lambda: any(commit["by"] == eve.id for commit in grace.commits))
        assert (await grace.propose("admission", admission="open"))["admission"] == "open"
        for person in (ada, eve):
            await person.until(lambda person=person: person.welcomes)
            expect_nothing_seen(person)
        await grace.propose("admission", admission="ask")
        async with Participant(asking, "candidate", "Alan") as alan:
            assert alan.is_waiting()


async def test_an_open_session_can_begin_to_ask(session):
    async with Participant(session, "interviewer", "Grace") as grace, Participant(session, "candidate", "Ada") as ada:
        await grace.propose("admission", admission="ask")
        async with Participant(session, "candidate", "Eve") as eve:
            assert eve.is_waiting()
        await ada.drop()
        assert not ada.is_waiting()


async def test_only_an_interviewer_lets_in(asking):
    async with door(asking) as (grace, ada), Participant(asking, "observer", "Olga") as olga:
        assert (await olga.propose("admit", participant=ada.id))["code"] == "forbidden"
        assert (await olga.propose("admission", admission="open"))["code"] == "forbidden"
        assert (await grace.propose("admit", participant="nobodyofthisroom"))["code"] == "invalid_proposal"
        expect_nothing_seen(ada)


async def test_when_the_session_ends_who_waits_is_sent_away(asking):
    async with door(asking) as (grace, ada):
        await grace.propose("end")
        await ada.until(lambda: "session_ended" in ada.refusals)
        expect_nothing_seen(ada)


async def test_when_the_session_is_deleted_who_waits_is_sent_away(asking):
    async with door(asking) as (grace, ada):
        assert (await asking.delete()).status == 204
        await ada.until(lambda: not ada.client.connected)
        expect_nothing_seen(ada)


# While processes die


@pytest.mark.parametrize("names", [["o1", "o2"], ["g1", "g2"], ["redis"]], ids="+".join)
async def test_who_waits_goes_on_waiting_and_is_let_in_when_somebody_kills(deployment, asking, names):
    async with door(asking) as (grace, ada):
        before = ada.id
        for name in names:
            deployment.kill_and_wait(name)
        await grace.append("!")
        await grace.settled()
        assert not ada.welcomes
        await let_in(grace, ada)
        await ada.until(lambda: ada.welcomes)
        assert ada.id == before
        await ada.until(lambda: ada.text == SECRET + "!")
        expect_nothing_seen(ada)


async def test_who_is_let_in_while_their_gateway_is_away_comes_in_through_another(deployment, asking):
    async with Participant(asking, "candidate", "Ada") as ada:
        other = {"g1": "g2", "g2": "g1"}[ada.gateway]
        async with Participant(asking, "interviewer", "Grace", url=deployment.gateway_url(other)) as grace:
            deployment.kill(ada.gateway)
            await let_in(grace, ada)
        await ada.until(lambda: ada.welcomes)
        expect_nothing_seen(ada)


async def test_many_who_wait_are_let_in_one_by_one(asking):
    async with Participant(asking, "interviewer", "Grace") as grace, contextlib.AsyncExitStack() as stack:
        people = [await stack.enter_async_context(Participant(asking, name=f"P{number}")) for number in range(8)]
        for number, person in enumerate(people):
            await let_in(grace, person)
            await person.until(lambda person=person: person.welcomes)
            assert [other.is_waiting() for other in people] == [place > number for place in range(8)]
        for person in people:
            expect_nothing_seen(person)
