"""The chat: what somebody says, all others read, however they are connected."""

from playwright.async_api import expect

from wire import Wire


def messages(room):
    return room.panel.locator(".message-text")


async def test_what_one_says_the_others_read_and_unread_is_counted(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    ada = await enter(session, "candidate", "Ada")
    olga = await enter(session, "observer", "Olga")
    await ada.say("Shall I use recursion?")
    await ada.say("Or a loop?")
    await expect(messages(ada)).to_have_text(["Shall I use recursion?", "Or a loop?"])
    await expect(grace.panel_button("Chat")).to_have_accessible_name("Chat, 2 unread")
    await expect(grace.page).to_have_title("(2) Interview · Viva")
    await grace.open_panel("Chat")
    await expect(messages(grace)).to_have_text(["Shall I use recursion?", "Or a loop?"])
    await expect(grace.panel_button("Chat")).to_have_accessible_name("Chat")
    await grace.say("As you like.")
    await olga.open_panel("Chat")
    await expect(messages(olga)).to_have_count(3)
    # Observers read along.
    await expect(olga.panel.get_by_role("textbox")).to_have_count(0)


async def test_what_was_said_is_there_for_who_comes_late_or_comes_back(enter, session):
    ada = await enter(session, "candidate", "Ada")
    await ada.say("hello")
    await expect(messages(ada)).to_have_text(["hello"])
    grace = await enter(session, "interviewer", "Grace")
    await grace.open_panel("Chat")
    await expect(messages(grace)).to_have_text(["hello"])
    await ada.page.reload()
    await ada.is_ready()
    await expect(messages(ada)).to_have_text(["hello"])


async def test_what_is_said_offline_is_shown_as_such_and_arrives(deployment, enter, session):
    async with Wire(deployment.url) as wire:
        ada = await enter(session, "candidate", "Ada", wire.url)
        grace = await enter(session, "interviewer", "Grace")
        await grace.open_panel("Chat")
        await ada.go_offline(wire)
        await ada.say("one")
        await ada.say("two")
        await expect(ada.panel.get_by_text("Sent when the connection is back")).to_have_count(2)
        wire.mend()
        await expect(messages(grace)).to_have_text(["one", "two"])
        await ada.shows_status("Saved")


async def test_words_are_only_text(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    ada = await enter(session, "candidate", "Ada")
    words = "<img src=x onerror=window.hit=1> [x](javascript:window.hit=1)"
    await ada.say(words)
    await grace.open_panel("Chat")
    await expect(messages(grace)).to_have_text([words])
    assert await grace.page.evaluate("window.hit") is None
