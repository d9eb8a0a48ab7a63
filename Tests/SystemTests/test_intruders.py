"""Nobody gets in where they do not belong: tokens, roles, places of others, pages of other sites."""

import base64
import hashlib
import hmac

import pytest
import socketio

from viva import Participant, Refused, Session, call

BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


async def refusal(participant):
    """Why somebody is not let in; the sentence for people stands beside the code."""
    told = []
    participant.client.on("connect_error", lambda error: (told.append(error), participant.refused(error)))
    with pytest.raises(Refused):
        await participant.join()
    assert len(told[0]["data"]["message"]) > 20
    return told[0]["message"]


async def refused_everywhere(session, token):
    """By REST and by the socket alike."""
    assert await refusal(Participant(session, token=token)) == "invalid_token"
    for method in ("GET", "DELETE"):
        answer = await call(method, session.url, session.path, token=token)
        assert (answer.status, answer.code) == (401, "invalid_token")


# Tokens


def signed(session, role, secret, purpose="token", digest=hashlib.sha256):
    """A token as a gateway makes it, but for what was put in the place of the secret, the purpose or the hash."""
    statement = f"{purpose} {session.id} {role}"
    signature = base64.urlsafe_b64encode(hmac.digest(secret, statement.encode(), digest)).decode().rstrip("=")
    return f"{session.id}.{role[0]}.{signature}"


def secret_of(deployment):
    return (deployment.directory / "secret").read_text().strip().encode()


async def test_this_test_can_make_tokens_so_its_forgeries_are_near(deployment, session):
    assert signed(session, "interviewer", secret_of(deployment)) == session.tokens["interviewer"]


FORGERIES = {
    "signed with another secret": lambda s, key: signed(s, "interviewer", b"x" * 64),
    "signed with an empty secret": lambda s, key: signed(s, "interviewer", b""),
    "signed with another hash": lambda s, key: signed(s, "interviewer", key, digest=hashlib.sha512),
    "signed with a hash that is cut off": lambda s, key: signed(s, "interviewer", key, digest=hashlib.sha1),
    "signed for another purpose": lambda s, key: signed(s, "interviewer", key, purpose="participant"),
    "without a signature": lambda s, key: f"{s.id}.i.",
    "with its signature left out": lambda s, key: f"{s.id}.i",
    "a version before it": lambda s, key: "2." + s.tokens["interviewer"],
    "a version behind it": lambda s, key: s.tokens["interviewer"] + ".2",
    "a token of another kind, without algorithm": lambda s, key: "eyJhbGciOiJub25lIn0.eyJyb2xlIjoiaW50ZXJ2aWV3ZXIifQ.",
    "an observer's that says interviewer": lambda s, key: s.tokens["observer"].replace(".o.", ".i."),
    "a candidate's that says interviewer": lambda s, key: s.tokens["candidate"].replace(".c.", ".i."),
    "an interviewer's that says candidate": lambda s, key: s.tokens["interviewer"].replace(".i.", ".c."),
    "a role that there is not": lambda s, key: s.tokens["interviewer"].replace(".i.", ".a."),
    "a role in full": lambda s, key: s.tokens["interviewer"].replace(".i.", ".interviewer."),
    "its last character missing": lambda s, key: s.tokens["interviewer"][:-1],
    "its first half": lambda s, key: s.tokens["interviewer"][:30],
    "another spelling of the same signature": lambda s, key: respelled(s.tokens["interviewer"]),
    "padded": lambda s, key: s.tokens["interviewer"] + "=",
    "in upper case": lambda s, key: s.tokens["interviewer"].upper(),
    "with a zero byte behind it": lambda s, key: s.tokens["interviewer"] + "\0",
    "with a line feed behind it": lambda s, key: s.tokens["interviewer"] + "\n",
    "with a space before it": lambda s, key: " " + s.tokens["interviewer"],
    "of letters that only look alike": lambda s, key: s.tokens["interviewer"].replace(".i.", ".\u0456."),
    "no base 64": lambda s, key: f"{s.id}.i." + "!" * 43,
    "very long": lambda s, key: s.tokens["interviewer"] + "A" * 3_000,
    "a participant's name for a room": lambda s, key: f"*.i.{'A' * 43}",
}


def respelled(token):
    """The last character of 43 holds two bits that no byte has: four spellings, of which one was made."""
    return token[:-1] + BASE64URL[BASE64URL.index(token[-1]) ^ 1]


@pytest.mark.parametrize("name", FORGERIES)
async def test_a_token_lets_nobody_in_that_is(deployment, session, name):
    token = FORGERIES[name](session, secret_of(deployment))
    assert await refusal(Participant(session, token=token)) == "invalid_token"
    # A header holds neither what is above U+00FF nor a line break, and white space around it is none of it.
    if token.strip() == token and token.isascii() and token.isprintable():
        await refused_everywhere(session, token)


async def test_a_token_opens_no_other_room(session):
    other = await Session.create(session.url)
    for token in other.tokens.values():
        answer = await call("GET", session.url, session.path, token=token)
        assert (answer.status, answer.code) == (401, "invalid_token")
    mixed = other.tokens["interviewer"].replace(other.id, session.id)
    await refused_everywhere(session, mixed)


async def test_a_token_of_another_deployment_lets_nobody_in(session, tmp_path):
    forged = signed(session, "interviewer", hashlib.sha256(b"elsewhere").hexdigest().encode())
    await refused_everywhere(session, forged)


@pytest.mark.parametrize(
    "auth",
    [None, {}, {"token": ""}, [], "token", 7, {"token": None}, {"token": []}, {"token": {"token": "x"}}, {"name": "Ada"}, {"token": "x" * 1_000_000}],
)
async def test_an_auth_that_has_not_its_form_is_no_token(session, auth):
    errors = []
    stock = socketio.AsyncClient(reconnection=False)
    stock.on("connect_error", errors.append)
    try:
        await stock.connect(session.url, auth=auth, transports=["websocket"], wait_timeout=10)
    except socketio.exceptions.ConnectionError:
        pass
    assert not stock.connected
    # What is no object at all breaks the protocol, and what is too long its bound: those are hung up on without a word.
    assert all(error["message"] == "invalid_token" for error in errors if isinstance(error, dict))


async def test_a_token_in_the_query_counts_for_nothing(session):
    answer = await call("GET", session.url, f"{session.path}?token={session.tokens['interviewer']}")
    assert (answer.status, answer.code) == (401, "missing_token")


@pytest.mark.parametrize("scheme", ["Basic", "Token", "bearerx", "Bearer:"])
async def test_a_token_under_another_scheme_is_none(session, scheme):
    headers = {"Authorization": f"{scheme} {session.tokens['interviewer']}"}
    assert (await call("GET", session.url, session.path, headers=headers)).status == 401


@pytest.mark.parametrize("start", ["Bearer ", "bearer ", "BEARER   "])
async def test_a_scheme_is_one_in_any_case(session, start):
    headers = {"Authorization": start + session.tokens["interviewer"]}
    assert (await call("GET", session.url, session.path, headers=headers)).status == 200


async def test_who_is_ended_or_deleted_is_told_so_and_strangers_are_not(session):
    async with Participant(session, "interviewer", "Grace") as grace:
        await grace.propose("end")
    assert await refusal(Participant(session)) == "session_ended"
    resuming = Participant(session, "interviewer", "Grace")
    resuming.auth = grace.credentials()
    assert await refusal(resuming) == "session_ended"
    assert await refusal(Participant(session, token=session.tokens["candidate"][:-1])) == "invalid_token"
    assert (await session.read("candidate"))["state"] == "ended"

    await session.delete()
    assert await refusal(Participant(session)) == "unknown_session"
    assert await refusal(resuming) == "unknown_session"
    for method in ("GET", "DELETE"):
        answer = await call(method, session.url, session.path, token=session.tokens["interviewer"])
        assert (answer.status, answer.code) == (404, "unknown_session")


# Places of others


async def test_a_key_opens_the_place_it_was_made_for_and_no_other(session):
    other = await Session.create(session.url)
    async with (
        Participant(session, name="Ada") as ada,
        Participant(session, name="Grace") as grace,
        Participant(other, name="Olga") as olga,
    ):
        attempts = [
            {"participant": ada.id, "key": grace.welcomes[0]["key"]},
            {"participant": ada.id, "key": olga.welcomes[0]["key"]},
            {"participant": olga.id, "key": olga.welcomes[0]["key"]},
            {"participant": ada.id, "key": session.tokens["candidate"]},
            {"participant": ada.id, "key": session.tokens["candidate"].split(".")[2]},
            {"participant": ada.id, "key": ""},
            {"participant": "", "key": ""},
            {"participant": ada.id.lower(), "key": ada.welcomes[0]["key"]},
            {"participant": ada.id + " ", "key": ada.welcomes[0]["key"]},
            {"participant": f"{ada.id}\n1 end", "key": ada.welcomes[0]["key"]},
        ]
        for resume in attempts:
            thief = Participant(session, name="Mallory")
            thief.auth = {**thief.auth, "resume": resume}
            assert await refusal(thief) == "invalid_token", resume
        await ada.insert(0, "still here")
        await ada.settled()


async def test_a_key_gives_the_place_and_the_token_alone_the_role(session):
    async with Participant(session, "interviewer", "Grace") as grace:
        pass
    demoted = Participant(session, "observer", "Grace")
    demoted.auth = {**demoted.auth, "resume": {"participant": grace.id, "key": grace.welcomes[0]["key"]}}
    async with demoted:
        assert (demoted.id, demoted.welcomes[0]["role"]) == (grace.id, "observer")
        demoted.edits.number = 100
        assert (await demoted.propose("edit", revision=demoted.edits.revision, operation=["x"]))["code"] == "forbidden"
        assert (await demoted.propose("end"))["code"] == "forbidden"


async def test_an_edit_sent_again_by_somebody_else_is_theirs_and_takes_no_number(session):
    async with Participant(session, name="Ada") as ada, Participant(session, name="Mallory") as mallory:
        proposal = {"number": 500, "revision": ada.edits.revision, "operation": ["x"]}
        await mallory.emit("edit", {**proposal, "by": ada.id, "participant": ada.id, "role": "interviewer"})
        committed = await ada.until(lambda: [commit for commit in ada.commits if commit.get("number") == 500])
        assert committed[0]["by"] == mallory.id
        mallory.edits.number = 500
        # Ada's own numbers are not used up by it.
        await ada.insert(0, "mine ")
        await ada.settled()
        assert (await session.read())["text"] == "mine x"


async def test_members_that_claim_an_identity_are_nothing(session):
    async with Participant(session, "interviewer", "Grace") as grace, Participant(session, name="Mallory") as mallory:
        claims = {"by": grace.id, "participant": grace.id, "role": "interviewer", "key": "x", "token": session.tokens["observer"]}
        for event, fields in (("lock", {"locked": True}), ("end", {})):
            assert (await mallory.propose(event, **fields, **claims))["code"] == "forbidden"
        await mallory.emit("select", {"revision": 0, "selections": [[0, 0]], "by": grace.id})
        await grace.until(lambda: grace.of("presence"))
        assert grace.of("presence")[0]["by"] == mallory.id


@pytest.mark.parametrize("event", ["welcome", "commits", "presence", "rejected", "epoch", "closing", "join", "leave", "holding", "claimed"])
async def test_what_only_gateways_and_owners_say_is_not_passed_on(session, event):
    async with Participant(session, name="Ada") as ada, Participant(session, name="Mallory") as mallory:
        seen = len(ada.events)
        forged = [{"revision": 99, "at": 0, "by": ada.id, "ended": True}]
        await mallory.emit(event, forged)
        await mallory.insert(0, "x")
        await ada.until(lambda: ada.text == "x")
        # The room's owner may be another by now.
        assert {name for name, _ in ada.events[seen:]} <= {"commits", "epoch"}
        assert all(payload != forged for _, payload in ada.events[seen:])
        assert (await session.read())["state"] == "open"


@pytest.mark.parametrize("role", ["interviewer", "candidate", "observer"])
async def test_each_role_may_what_the_contract_says_and_no_more(session, role):
    allowed = {
        "interviewer": {"edit", "language", "lock", "end"},
        "candidate": {"edit", "language"},
        "observer": set(),
    }[role]
    async with Participant(session, role, "Ada") as ada:
        for event in ("edit", "language", "lock", "end"):
            fields = {
                "edit": {"revision": ada.edits.revision, "operation": ["x", *([len(ada.text)] if ada.text else [])]},
                "language": {"language": "go"},
                "lock": {"locked": True},
                "end": {},
            }[event]
            outcome = await ada.propose(event, **fields)
            if event in allowed:
                assert "revision" in outcome, event
            else:
                assert (outcome["code"], len(outcome["message"]) > 20) == ("forbidden", True), event


# Pages of other sites


HOSTILE_ORIGINS = [
    "https://evil.example",
    "null",
    "",
    "file://",
    "HOST.evil.example",
    "http://HOST.evil.example:PORT",
    "http://HOST@evil.example",
    "http://evil.example/HOST",
    "http://evil.example#HOST",
    "http://HOST",
    "https://HOST",
    "http://HOST:1",
    "http://HOST:PORT1",
    "http://HOST:PORT/path",
    "http://HOST:PORT, http://evil.example",
    "ftp://HOST:PORT",
    "chrome-extension://HOST:PORT",
    "http://127.0.0.2:PORT",
    "http://127.1:PORT",
    "http://2130706433:PORT",
    "http://xHOST:PORT",
    "http://HOST:PORT.",
]


def at(deployment, origin):
    return origin.replace("HOST", "127.0.0.1").replace("PORT", str(deployment.settings["http_port"]))


@pytest.mark.parametrize("transport", ["websocket", "polling"])
@pytest.mark.parametrize("origin", HOSTILE_ORIGINS)
async def test_a_page_is_refused_whose_origin_is(deployment, session, origin, transport):
    ada = Participant(session, transports=[transport])
    ada.headers = {"Origin": at(deployment, origin)}
    assert await refusal(ada) == "forbidden_origin"


@pytest.mark.parametrize("origin", [None, "http://HOST:PORT", "HTTP://HOST:PORT"])
async def test_a_page_is_let_in_whose_origin_is(deployment, session, origin):
    ada = Participant(session)
    ada.headers = {"Origin": at(deployment, origin)} if origin else {}
    async with ada:
        pass


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_a_name_that_somebody_else_points_here_does_not_make_a_page_ours(session, transport):
    ada = Participant(session, transports=[transport])
    ada.headers = {"Origin": "http://evil.example", "Host": "evil.example"}
    assert await refusal(ada) == "forbidden_origin"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://HOST:PORT"])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
async def test_rest_lets_no_page_of_another_site_read_or_ask(deployment, session, origin, method):
    headers = {
        "Origin": at(deployment, origin),
        "Access-Control-Request-Method": "DELETE",
        "Access-Control-Request-Headers": "authorization, content-type",
    }
    path = "/api/sessions" if method == "POST" else session.path
    answer = await call(method, session.url, path, headers=headers, token=session.tokens["interviewer"])
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None])
async def test_what_a_form_of_another_site_can_send_creates_nothing(url, kind):
    headers = {"Content-Type": kind} if kind else {}
    answer = await call("POST", url, "/api/sessions", data=b"{}", headers=headers, skip_auto_headers=["Content-Type"])
    assert (answer.status, answer.code) == (415, "unsupported_type")


# Bodies that are read in two ways, names that are not what they seem


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"\xef\xbb\xbf{}", 400, id="a byte order mark"),
        pytest.param('{"title":"\ud83d"}'.encode("utf-8", "surrogatepass"), 400, id="half a pair in bytes"),
        pytest.param(b'{"title":"\\ude00\\ud83d"}', 400, id="a pair the wrong way round"),
        pytest.param("{}".encode("utf-16"), 400, id="UTF-16"),
        pytest.param(b'{"title":"\xc0\xae"}', 400, id="UTF-8 that is too long"),
        pytest.param(b'{"title":"a\nb"}', 400, id="a bare line feed in a string"),
        pytest.param(b"{'title':'a'}", 400, id="the wrong quotes"),
        pytest.param(b'{"title":NaN}', 400, id="NaN"),
        pytest.param(b'{"x":' + b"[" * 32 + b"]" * 32 + b"}", 400, id="33 levels"),
        pytest.param(b'{"x":' + b"[" * 31 + b"]" * 31 + b"}", 201, id="32 levels"),
        pytest.param(b'{"x":1e400,"y":-0.0,"z":' + b"9" * 100_000 + b"}", 201, id="numbers that no machine has, in members not known"),
        pytest.param(b'{"title":1e400}', 422, id="such a number for a title"),
        pytest.param(b'{"title":"a\\u0000b"}', 422, id="a zero in a title"),
        pytest.param(b'{"title":"a\\nb"}', 422, id="a line feed in a title"),
        pytest.param('{"title":"a\u202eb"}'.encode(), 422, id="a title that turns the writing"),
        pytest.param('{"title":"a\u2066b"}'.encode(), 422, id="a title that isolates what follows"),
        pytest.param('{"title":"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u05e2\u05d1"}'.encode(), 201, id="a title from right to left"),
        pytest.param(b'{"language":"__proto__"}', 422, id="a prototype for a language"),
        pytest.param(b'{"language":"constructor"}', 201, id="a language that every object has"),
        pytest.param(b'{"text":"a\\u0000b"}', 201, id="a zero in a text"),
    ],
)
async def test_a_body_is_answered_as_it_deserves(url, body, status):
    answer = await call("POST", url, "/api/sessions", data=body, headers={"Content-Type": "application/json"})
    assert answer.status == status


async def test_of_a_member_that_comes_twice_the_last_counts_everywhere(url):
    body = b'{"title":"first","title":"second","language":"go","l\\u0061nguage":"rust"}'
    answer = await call("POST", url, "/api/sessions", data=body, headers={"Content-Type": "application/json"})
    assert (answer.body["title"], answer.body["language"]) == ("second", "rust")
    read = await Session(url, answer.body).read()
    assert (read["title"], read["language"]) == ("second", "rust")


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        pytest.param("Ada\u202egnihton", False, id="one that turns the writing"),
        pytest.param("\u2067Ada", False, id="one that isolates"),
        pytest.param("Ada\nGrace", False, id="two lines"),
        pytest.param("Ada\u2028Grace", False, id="two lines, by Unicode"),
        pytest.param("\0", False, id="a zero"),
        pytest.param("\x1b[31mAda", False, id="a terminal's escape"),
        pytest.param("\u200b\u200d\u2060", False, id="nothing to be seen"),
        pytest.param("\u3164\uffa0\u2800", False, id="fillers and blanks"),
        pytest.param(" \u3000\u00a0", False, id="spaces"),
        pytest.param("\ufeff", False, id="a byte order mark"),
        pytest.param("𝄞" * 41, False, id="more units than characters"),
        pytest.param("𝄞" * 40, True, id="as long as can be"),
        pytest.param("آدا لاولیس", True, id="from right to left"),
        pytest.param("👩\u200d💻", True, id="joined emoji"),
        pytest.param("Z" + "\u0301" * 79, True, id="many accents"),
        pytest.param("';--<script>${{7*7}}%s%n", True, id="what other languages would run"),
    ],
)
async def test_a_name_is_one_that_can_be_seen_on_its_line(session, name, is_one):
    ada = Participant(session, name=name)
    if not is_one:
        assert await refusal(ada) == "invalid_name"
        return
    async with ada:
        assert [one["name"] for one in (await session.read())["participants"]] == [name]


def proposals():
    return [
        pytest.param('{"number":1,"revision":%d,"operation":["\\ud83d"]}', "invalid_operation", id="half a pair"),
        pytest.param('{"number":1,"revision":%d,"operation":[1e2]}', "invalid_operation", id="an exponent"),
        pytest.param('{"number":1,"revision":%d,"operation":[9223372036854775808]}', "invalid_operation", id="more than 64 bits"),
        pytest.param('{"number":9007199254740993,"revision":%d,"operation":["x"]}', "invalid_proposal", id="a number beyond JavaScript's"),
        pytest.param('{"number":18446744073709551617,"revision":%d,"operation":["x"]}', "invalid_proposal", id="a number beyond 64 bits"),
        pytest.param('{"number":1,"revision":%d,"operation":' + "[" * 20 + "]" * 20 + "}", "invalid_operation", id="deep nesting"),
        pytest.param('{"number":1,"revision":-%d1,"operation":["x"]}', "invalid_proposal", id="a revision below zero"),
        pytest.param('{"number":1,"number":0,"revision":%d,"operation":["x"]}', "invalid_proposal", id="a number twice, the last of them none"),
    ]


@pytest.mark.parametrize(("body", "code"), proposals())
async def test_a_proposal_is_rejected_for_and_the_connection_stays(session, body, code):
    async with Participant(session) as ada:
        packet = '2["edit",' + body % ada.edits.revision + "]"
        await ada.client.eio.send(packet)
        await ada.until(lambda: ada.of("rejected"))
        assert ada.of("rejected")[0]["code"] == code
        ada.edits.number = 1
        await ada.insert(0, "z")
        await ada.settled()
