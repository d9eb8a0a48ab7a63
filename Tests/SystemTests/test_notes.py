"""Private notes: interviewers have them, whatever fails; nobody else gets a byte of one, by whatever way."""

import json
import secrets

import aiohttp
import pytest

from viva import Participant, Session, call

SECRET = "would-not-hire"


@pytest.fixture
async def noted(url):
    return await Session.create(url, text="open text\n")


# What interviewers get


async def test_a_note_comes_back_to_its_author_and_to_every_interviewer(noted):
    async with Participant(noted, "interviewer", "Grace") as grace, Participant(noted, "interviewer", "Alan") as alan:
        id = await grace.note("quick with trees")
        await alan.until(lambda: id in alan.notes)
        note = alan.notes[id]
        assert (note["text"], note["by"], note["revision"]) == ("quick with trees", grace.id, grace.edits.revision)
        assert note == grace.notes[id]
        async with Participant(noted, "interviewer", "Late") as late:
            assert late.notes == alan.notes


async def test_a_note_takes_no_revision(noted):
    async with Participant(noted, "interviewer", "Grace") as grace:
        before = (await noted.read())["revision"]
        await grace.note(SECRET)
        assert (await noted.read())["revision"] == before


async def test_a_note_keeps_when_it_was_begun_and_by_whose_hand_it_is(noted):
    async with Participant(noted, "interviewer", "Grace") as grace, Participant(noted, "interviewer", "Alan") as alan:
        id = await grace.note("first")
        begun = dict(grace.notes[id])
        await grace.append("x")
        await grace.settled()
        await alan.note("second", id)
        await grace.until(lambda: grace.notes[id]["text"] == "second")
        note = grace.notes[id]
        assert (note["at"], note["revision"]) == (begun["at"], begun["revision"])
        assert note["by"] == alan.id and note["changed"] >= begun["changed"]


async def test_a_note_that_is_sent_again_is_one_note_and_answered_again(noted):
    async with Participant(noted, "interviewer", "Grace") as grace:
        id = await grace.note("once")
        first = dict(grace.notes[id])
        assert await grace.note("once", id) == id
        assert grace.notes == {id: first}
        assert len((await noted.read("interviewer"))["notes"]) == 1


async def test_a_deleted_note_is_gone_for_everybody(noted):
    async with Participant(noted, "interviewer", "Grace") as grace, Participant(noted, "interviewer", "Alan") as alan:
        id = await grace.note("mistaken")
        await alan.until(lambda: id in alan.notes)
        for _ in range(2):
            assert await alan.note("", id) == id
        await grace.until(lambda: id not in grace.notes)
        assert (await noted.read("interviewer"))["notes"] == []


async def test_notes_are_in_the_welcome_of_an_interviewer_who_comes_back(noted):
    async with Participant(noted, "interviewer", "Grace") as grace, Participant(noted, "interviewer", "Alan") as alan:
        id = await grace.note("one")
        await alan.client.disconnect()
        other = await grace.note("two")
        await grace.note("", id)
        again = Participant(noted, "interviewer", "Alan")
        again.welcomes, again.edits, again.room = alan.welcomes[:], alan.edits, alan.room
        async with again:
            await again.until(lambda: "snapshot" not in again.welcomes[-1])
            assert set(again.notes) == {other}


async def test_notes_are_listed_in_the_order_they_were_begun(noted):
    async with Participant(noted, "interviewer", "Grace") as grace:
        ids = [await grace.note(f"note {number}") for number in range(5)]
        await grace.note("rewritten", ids[0])
        at = {id: note["at"] for id, note in grace.notes.items()}
        listed = [note["id"] for note in (await noted.read("interviewer"))["notes"]]
        assert listed == sorted(ids, key=lambda id: (at[id], id))


async def test_text_of_any_kind_comes_back(noted):
    text = "\"quoted\" \\ back\n\ttab 100% %s ]]-- 𝄞 \u2028 </script>"
    async with Participant(noted, "interviewer", "Grace") as grace:
        id = await grace.note(text)
        assert grace.notes[id]["text"] == text
        assert (await noted.read("interviewer"))["notes"][0]["text"] == text
        assert await grace.note(text, id) == id


async def test_notes_can_be_written_after_the_end(noted):
    async with Participant(noted, "interviewer", "Grace") as grace:
        await grace.propose("end")
        await grace.note("in conclusion")
        assert [note["text"] for note in (await noted.read("interviewer"))["notes"]] == ["in conclusion"]


async def test_with_the_session_its_notes_are_deleted(deployment, noted):
    async with Participant(noted, "interviewer", "Grace") as grace:
        await grace.note(SECRET)
        await noted.delete()
        await grace.until(lambda: not grace.client.connected)
    assert (await call("GET", noted.url, noted.path, token=noted.tokens["interviewer"])).status == 404


# What is refused


@pytest.mark.parametrize("role", ["candidate", "observer"])
async def test_nobody_but_an_interviewer_writes_one(noted, role):
    async with Participant(noted, role) as ada:
        refusal = await ada.note("mine", "k2Xb7Ck9Rt4Lq8Wd")
        assert (refusal["code"], refusal["number"], refusal["note"]) == ("forbidden", 0, "k2Xb7Ck9Rt4Lq8Wd")
    assert (await noted.read("interviewer"))["notes"] == []


async def test_a_note_has_a_form_and_a_length(noted):
    async with Participant(noted, "interviewer", "Grace") as grace:
        longest = "é" * 3_998 + "𝄞"
        await grace.note(longest)
        refusal = await grace.note(longest + "x")
        assert refusal["code"] == "too_large" and "4000" in refusal["message"]
        for payload in (None, [], {}, {"id": "short", "text": ""}, {"id": "k2Xb7Ck9Rt4Lq8W!", "text": ""}):
            count = len(grace.of("rejected"))
            await grace.emit("note", payload)
            await grace.until(lambda count=count: len(grace.of("rejected")) > count)
            assert (grace.of("rejected")[-1]["code"], grace.of("rejected")[-1]["note"]) == ("invalid_proposal", "")


async def test_a_session_has_a_bounded_number_of_notes(deployment, noted):
    async with Participant(noted, "interviewer", "Grace") as grace:
        kept = await grace.note("the first")
        deployment.redis("HSET", f"{{{noted.id}}}:notes", *(word for n in range(499) for word in (f"{n:016}", stored(n))))
        refusal = await grace.note("one too many")
        assert refusal["code"] == "too_large" and "500" in refusal["message"]
        assert await grace.note("rewritten", kept) == kept
        await grace.note("", kept)
        await grace.note("now there is room")


def stored(number):
    return json.dumps({"id": f"{number:016}", "at": number, "by": "0" * 16, "revision": 0, "changed": 0, "text": "x"})


# Who must not get them


class Wire:
    """Every byte that a candidate's or an observer's socket brings, below any client."""

    def __init__(self, session, role, resume=None):
        self.url = session.url
        self.auth = {"token": session.tokens[role], "name": role}
        if resume:
            self.auth["resume"] = resume
        self.brought = ""

    async def websocket(self, until):
        url = self.url + "/socket.io/?EIO=4&transport=websocket"
        async with aiohttp.ClientSession() as http, http.ws_connect(url.replace("http", "ws", 1)) as socket:
            await socket.send_str("40" + json.dumps(self.auth))
            while until not in self.brought:
                message = await socket.receive_str(timeout=20)
                self.brought += message
                if message == "2":
                    await socket.send_str("3")
        return self.brought

    async def polling(self, until):
        url = self.url + "/socket.io/?EIO=4&transport=polling"
        async with aiohttp.ClientSession() as http:
            async with http.get(url) as opened:
                sid = json.loads((await opened.text())[1:])["sid"]
            await http.post(f"{url}&sid={sid}", data="40" + json.dumps(self.auth))
            while until not in self.brought:
                async with http.get(f"{url}&sid={sid}") as poll:
                    self.brought += await poll.text()
                if self.brought.endswith("2"):
                    await http.post(f"{url}&sid={sid}", data="3")
        return self.brought


@pytest.mark.parametrize("role", ["candidate", "observer"])
async def test_no_socket_of_anybody_else_brings_a_byte_of_a_note(deployment, noted, role):
    async with Participant(noted, "interviewer", "Grace") as grace, Participant(noted, role, "Ada") as ada:
        place = {"participant": ada.id, "key": ada.welcomes[0]["key"], "revision": 0}
        # Live, with edits around it.
        await grace.append("before\n")
        id = await grace.note(SECRET)
        await grace.note(SECRET + " at all", id)
        await grace.append("after\n")
        await ada.until(lambda: ada.text.endswith("after\n"))
        # A gap that its gateway fills from the log, and an owner that changes.
        await ada.drop()
        for name in ("o1", "o2"):
            deployment.kill_and_wait(name)
        await grace.note(SECRET + " after all", id)
        await grace.append("again\n")
        await ada.until(lambda: ada.text.endswith("again\n"))
        assert "notes" not in {name for name, _ in ada.events}
        assert all("notes" not in welcome for welcome in ada.welcomes)
        assert SECRET not in repr(ada.events)
    # A fresh snapshot, and a resume from the beginning of the log, by each transport.
    for resume in (None, place):
        for transport in ("websocket", "polling"):
            brought = await getattr(Wire(noted, role, resume), transport)('"joined":{"name":"' + role if not resume else "again")
            assert "again" in brought and SECRET not in brought and id not in brought
    # REST.
    answer = await call("GET", noted.url, noted.path, token=noted.tokens[role])
    assert SECRET not in answer.raw.decode() and "notes" not in answer.body
    assert [note["text"] for note in (await noted.read("interviewer"))["notes"]] == [SECRET + " after all"]


async def test_a_note_stands_in_no_log_and_no_snapshot(deployment, noted):
    async with Participant(noted, "interviewer", "Grace") as grace:
        await grace.note(SECRET)
        for letter in "x" * 101:  # a snapshot is written
            await grace.append(letter)
            await grace.settled()
        tag = f"{{{noted.id}}}"
        deployment.wait(lambda: int(deployment.redis("HGET", f"{tag}:meta", "snapshot")) >= 100, 60, "a snapshot")
        assert SECRET in deployment.redis("HVALS", f"{tag}:notes")
        assert SECRET not in deployment.redis("GET", f"{tag}:snapshot")
        assert SECRET not in deployment.redis("XRANGE", f"{tag}:log", "-", "+")
    for name in ("g1", "g2", "o1", "o2"):
        assert SECRET not in deployment.log(name)


# While processes die


@pytest.mark.parametrize("names", [["o1", "o2"], ["g1", "g2"], ["redis"]], ids="+".join)
async def test_notes_survive_when_somebody_kills(deployment, noted, names):
    async with Participant(noted, "interviewer", "Grace") as grace, Participant(noted, "interviewer", "Alan") as alan:
        written = {}
        for number in range(6):
            if number == 2:
                for name in names:
                    deployment.kill(name)
            text = f"note {number}"
            written[await grace.note(text, secrets.token_hex(8))] = text
        await alan.until(lambda: {id: note["text"] for id, note in alan.notes.items()} == written)
        deployment.wait_for_gateways()
        assert {note["id"]: note["text"] for note in (await noted.read("interviewer"))["notes"]} == written
