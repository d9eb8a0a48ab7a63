"""A room, seen by stock Socket.IO clients through nginx."""

import asyncio

import pytest

from viva import Participant, Refused, Session, expect_the_newest

TRANSPORTS = [
    pytest.param(None, id="polling, then an upgrade"),
    pytest.param(["websocket"], id="websocket only"),
    pytest.param(["polling"], id="polling only"),
]


@pytest.mark.parametrize("transports", TRANSPORTS)
async def test_two_people_edit_the_same_text(session, transports):
    async with (
        Participant(session, "interviewer", "Grace", transports=transports) as grace,
        Participant(session, "candidate", "Ada", transports=transports) as ada,
    ):
        await grace.insert(0, "def depth(tree):\n")
        await ada.until(lambda: ada.text == "def depth(tree):\n")
        await ada.append("    return 0 # 𝄞\n")
        await grace.until(lambda: grace.text == "def depth(tree):\n    return 0 # 𝄞\n")
        await ada.settled()
        assert (await session.read())["text"] == ada.text


async def test_a_client_with_default_settings_ends_up_on_a_websocket(session):
    async with Participant(session) as ada:
        assert ada.client.transport() == "websocket"


async def test_edits_at_the_same_place_end_in_the_same_text(session):
    async with Participant(session, name="Ada") as ada, Participant(session, name="Grace") as grace:
        await asyncio.gather(*(person.insert(0, letter) for letter in "abcdef" for person in (ada, grace)))
        await ada.settled()
        await grace.settled()
        await expect_the_newest(ada, grace)
        assert ada.text == grace.text == (await session.read())["text"]
        assert sorted(ada.text) == sorted("abcdef" * 2)


async def test_a_welcome_holds_the_room_and_who_one_is_in_it(url):
    session = await Session.create(url, language="go", text="package main\n")
    async with Participant(session, "interviewer", "Grace"), Participant(session, "observer", "Olga") as olga:
        welcome = olga.welcomes[0]
        assert (welcome["session"], welcome["role"]) == (session.id, "observer")
        assert olga.text == "package main\n"
        everybody = (await session.read())["participants"]
        assert [(person["name"], person["role"], person["connected"]) for person in everybody] == [
            ("Grace", "interviewer", True),
            ("Olga", "observer", True),
        ]


async def test_joining_and_leaving_are_commits(session):
    async with Participant(session, "interviewer", "Grace") as grace:
        async with Participant(session, "candidate", "Ada") as ada:
            joined = await grace.until(lambda: [commit for commit in grace.commits if commit["by"] == ada.id])
            assert joined[0]["joined"]["name"] == "Ada"
        left = await grace.until(lambda: [commit for commit in grace.commits if "left" in commit])
        assert (left[0]["by"], left[0]["left"]["reason"]) == (ada.id, "closed")


async def test_a_name_is_data(session):
    name = "<img src=x onerror=alert(1)> \"'&"
    async with Participant(session, name=name) as ada:
        own = await ada.until(lambda: [commit for commit in ada.commits if commit["by"] == ada.id])
        assert own[0]["joined"]["name"] == name


# Presence


async def test_a_selection_reaches_the_others_with_its_revision(session):
    async with Participant(session, name="Ada") as ada, Participant(session, name="Grace") as grace:
        await ada.insert(0, "hello")
        await ada.settled()
        await ada.emit("select", {"revision": ada.edits.revision, "selections": [[0, 5], [2, 2]]})
        await grace.until(lambda: grace.of("presence"))
        presence = grace.of("presence")[0]
        assert presence == {"by": ada.id, "revision": ada.edits.revision, "selections": [[0, 5], [2, 2]]}


async def test_selections_that_come_too_fast_are_thinned_out_and_nobody_is_hurt(session):
    async with Participant(session, name="Ada") as ada, Participant(session, name="Grace") as grace:
        for offset in range(200):
            await ada.emit("select", {"revision": ada.edits.revision, "selections": [[offset, offset]]})
        await ada.insert(0, "x")
        await grace.until(lambda: grace.text == "x")
        assert len(grace.of("presence")) < 100


# Roles


async def test_an_observer_reads_and_proposes_nothing(session):
    async with Participant(session, "candidate") as ada, Participant(session, "observer", "Olga") as olga:
        await ada.insert(0, "seen")
        await olga.until(lambda: olga.text == "seen")
        for event, fields in (
            ("edit", {"revision": olga.edits.revision, "operation": ["x", 4]}),
            ("language", {"language": "go"}),
            ("lock", {"locked": True}),
            ("end", {}),
        ):
            assert (await olga.propose(event, **fields))["code"] == "forbidden"


@pytest.mark.parametrize(("event", "fields"), [("lock", {"locked": True}), ("end", {})])
async def test_a_candidate_may_not(session, event, fields):
    async with Participant(session, "candidate") as ada:
        assert (await ada.propose(event, **fields))["code"] == "forbidden"


async def test_a_locked_document_is_the_interviewers_alone(session):
    async with Participant(session, "interviewer", "Grace") as grace, Participant(session, "candidate") as ada:
        assert (await grace.propose("lock", locked=True))["locked"] is True
        await ada.until(lambda: ada.edits.revision == grace.edits.revision)
        refused = await ada.propose("edit", revision=ada.edits.revision, operation=["x"])
        assert refused["code"] == "locked"
        await grace.insert(0, "mine")
        await grace.settled()
        await grace.propose("lock", locked=False)
        await ada.until(lambda: ada.edits.revision == grace.edits.revision)
        await ada.append(" and ours")
        await grace.until(lambda: grace.text == "mine and ours")


async def test_a_candidate_changes_the_language(session):
    async with Participant(session, "candidate") as ada:
        assert (await ada.propose("language", language="c++"))["language"] == "c++"
    assert (await session.read())["language"] == "c++"


async def test_an_ended_session_is_read_and_not_changed(session):
    async with Participant(session, "interviewer", "Grace") as grace:
        await grace.insert(0, "last words")
        await grace.settled()
        assert (await grace.propose("end"))["ended"] is True
        refused = await grace.propose("edit", revision=grace.edits.revision, operation=["x", 10])
        assert refused["code"] == "ended"
    read = await session.read()
    assert (read["state"], read["text"]) == ("ended", "last words")


# What is refused


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        pytest.param([0, 4], "invalid_operation", id="a zero"),
        pytest.param([{"retain": 4}], "invalid_operation", id="an object"),
        pytest.param("hello", "invalid_operation", id="no array"),
        pytest.param([3, "x", 1], "invalid_operation", id="a cut through a surrogate pair"),
        pytest.param([6], "length_mismatch", id="more than the document"),
        pytest.param([1], "length_mismatch", id="less than the document"),
        pytest.param([-9_007_199_254_740_991], "length_mismatch", id="a deletion of nearly everything that can be counted"),
        pytest.param([4, "x" * (1 << 18)], "too_large", id="a document that would be too long"),
    ],
)
async def test_an_operation_is_rejected_with(url, operation, code):
    text = "ab𝄞" + "y" * ((1 << 20) - 10) if code == "too_large" else "ab𝄞"
    if code == "too_large":
        operation = [(1 << 20) - 6, *operation[1:]]
    session = await Session.create(url, text=text)
    async with Participant(session) as ada:
        rejected = await ada.propose("edit", revision=ada.edits.revision, operation=operation)
        assert rejected["code"] == code
        await ada.insert(0, "z")
        await ada.settled()  # the connection survived


async def test_an_edit_of_a_revision_to_come_is_rejected(session):
    async with Participant(session) as ada:
        rejected = await ada.propose("edit", revision=ada.edits.revision + 1, operation=["x"])
        assert rejected["code"] == "future_revision"


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param({}, id="no member"),
        pytest.param({"number": "1", "revision": 0, "operation": ["x"]}, id="a number that is a string"),
        pytest.param({"number": -1, "revision": 0, "operation": ["x"]}, id="a negative number"),
        pytest.param({"number": 1.5, "revision": 0, "operation": ["x"]}, id="a broken number"),
        pytest.param([], id="an array"),
        pytest.param(None, id="null"),
        pytest.param("x" * 10_000, id="a long string"),
    ],
)
async def test_an_edit_that_is_none_is_rejected_and_the_connection_stays(session, payload):
    async with Participant(session) as ada:
        await ada.emit("edit", payload)
        await ada.until(lambda: ada.of("rejected"))
        await ada.insert(0, "z")
        await ada.settled()


async def test_an_event_that_is_not_known_is_ignored(session):
    async with Participant(session) as ada:
        await ada.emit("dance", {"with": "me"})
        await ada.insert(0, "z")
        await ada.settled()
        assert not ada.of("rejected")


async def test_a_proposal_sent_twice_is_committed_once(session):
    async with Participant(session) as ada:
        proposal = {"number": 1, "revision": ada.edits.revision, "operation": ["once"]}
        await asyncio.gather(*(ada.emit("edit", proposal) for _ in range(10)))
        ada.edits.number = 1
        await ada.until(lambda: "once" in ada.text)
        await ada.append("!")
        await ada.settled()
        assert (await session.read())["text"] == "once!"


@pytest.mark.parametrize(
    ("auth", "message"),
    [
        pytest.param({}, "invalid_token", id="nothing"),
        pytest.param({"token": "nonsense"}, "invalid_token", id="a token that is none"),
        pytest.param({"token": 7}, "invalid_token", id="a number for a token"),
        pytest.param({"name": "x" * 81}, "invalid_name", id="a name that is too long"),
        pytest.param({"name": ""}, "invalid_name", id="an empty name"),
        pytest.param({"name": 7}, "invalid_token", id="an auth that has not its form"),
        pytest.param({"resume": {"participant": "Qw5yR2mK9sHd1Jfe", "key": "forged"}}, "invalid_token", id="a forged key"),
    ],
)
async def test_a_connection_is_refused_for(session, auth, message):
    ada = Participant(session)
    ada.auth = {**ada.auth, **auth} if auth else {}
    with pytest.raises(Refused, match=message):
        await ada.join()


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_a_page_of_another_site_is_refused(session, transport):
    ada = Participant(session, transports=[transport])
    ada.headers = {"Origin": "https://other.example"}
    with pytest.raises(Refused, match="forbidden_origin"):
        await ada.join()


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_a_page_is_let_in_under_whatever_name_it_was_reached(session, transport):
    url = session.url.replace("127.0.0.1", "localhost")
    ada = Participant(session, url=url, transports=[transport])
    ada.headers = {"Origin": url}
    async with ada:
        pass


async def test_nobody_joins_a_session_that_was_deleted(session):
    await session.delete()
    with pytest.raises(Refused, match="unknown_session"):
        await Participant(session).join()


async def test_deleting_closes_live_connections(session):
    ada = await Participant(session).join()
    await session.delete()
    await ada.until(lambda: ada.client.connected is False or ada.refusals)


# Coming back


async def test_a_lost_connection_is_taken_up_again_with_what_was_typed_meanwhile(session):
    async with Participant(session, name="Ada") as ada, Participant(session, name="Grace") as grace:
        await ada.insert(0, "one ")
        await ada.settled()
        first = ada.id
        dropping = asyncio.create_task(ada.drop())
        for word in ("two ", "three "):
            await ada.append(word)
            await grace.append("and ")
        await dropping
        await ada.settled()
        await grace.settled()
        assert ada.id == first
        assert "snapshot" not in ada.welcomes[-1]
        await ada.until(lambda: ada.edits.revision >= grace.edits.revision)
        assert sorted(ada.text.split()) == ["and", "and", "one", "three", "two"]
        assert (await session.read())["text"] == ada.text


async def test_a_second_connection_of_a_participant_closes_the_first(session):
    async with Participant(session, name="Ada") as ada:
        again = Participant(session, name="Ada")
        again.auth = ada.credentials()
        again.edits.revision, again.room = ada.edits.revision, ada.room
        async with again:
            assert again.id == ada.id
            await ada.until(lambda: not ada.client.connected)
            await again.insert(0, "still me")
            await again.settled()


async def test_without_a_revision_the_place_is_kept_and_a_snapshot_comes(session):
    async with Participant(session, name="Ada") as ada:
        await ada.insert(0, "kept")
        await ada.settled()
        again = Participant(session, name="Ada")
        again.auth = ada.credentials()
        del again.auth["resume"]["revision"]
        async with again:
            assert again.id == ada.id
            assert again.text == "kept"
            # Its last number stands in the snapshot, or else in a commit after it.
            mine = [one for one in again.welcomes[0]["snapshot"]["participants"] if one["participant"] == ada.id]
            mine += [commit for commit in again.commits if commit["by"] == ada.id]
            assert max(one.get("number", 0) for one in mine) == ada.edits.number


async def test_people_on_different_gateways_share_the_room(deployment, session):
    gateways = [Participant(session, url=deployment.gateway_url(name), name=name) for name in ("g1", "g2")]
    async with gateways[0] as ada, gateways[1] as grace:
        assert {ada.gateway, grace.gateway} == {"g1", "g2"}
        await ada.insert(0, "across")
        await grace.until(lambda: grace.text == "across")
