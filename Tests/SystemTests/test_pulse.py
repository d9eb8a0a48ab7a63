"""Pulses: that somebody is there, and how good their line is."""

from viva import Participant


async def test_a_pulse_is_answered_at_once_and_reaches_the_others(session):
    async with Participant(session, name="Ada") as ada, Participant(session, "observer", "Olga") as olga:
        await ada.client.call("pulse", {"idle": False, "roundTrip": 12}, timeout=10)
        await olga.until(lambda: olga.of("pulse"))
        assert olga.of("pulse") == [{"by": ada.id, "idle": False, "roundTrip": 12}]
        await olga.client.call("pulse", {"idle": True}, timeout=10)
        await ada.until(lambda: ada.of("pulse"))
        assert ada.of("pulse") == [{"by": olga.id, "idle": True}]


async def test_of_many_pulses_the_first_and_the_newest_are_passed_on(session):
    async with Participant(session, name="Ada") as ada, Participant(session, name="Grace") as grace:
        for number in range(50):
            await ada.emit("pulse", {"idle": False, "roundTrip": number})
        await grace.until(lambda: grace.of("pulse") and grace.of("pulse")[-1]["roundTrip"] == 49)
        assert grace.of("pulse")[0]["roundTrip"] == 0
        assert len(grace.of("pulse")) < 10


async def test_what_is_no_pulse_is_not_passed_on_and_hurts_nobody(session):
    async with Participant(session, name="Ada") as ada, Participant(session, name="Grace") as grace:
        for payload in (None, {}, {"idle": "no"}, {"idle": True, "roundTrip": 60_001}, {"idle": True, "roundTrip": -1}):
            await ada.emit("pulse", payload)
        await ada.insert(0, "x")
        await grace.until(lambda: grace.text == "x")
        assert not grace.of("pulse")
