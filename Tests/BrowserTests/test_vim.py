"""Vim's keys in the code, for those who chose them, among people who did not."""

from playwright.async_api import expect

from viva import Session


async def choose_keys(room, keys):
    panel = await room.open_panel("View")
    await panel.get_by_label("Keys").select_option(keys)


async def test_one_types_with_vim_and_undoes_only_ones_own(enter, url):
    session = await Session.create(url, text="one\ntwo\nthree\n")
    grace = await enter(session, "interviewer", "Grace")
    ada = await enter(session, "candidate", "Ada")
    await choose_keys(grace, "vim")
    await expect(grace.page.get_by_text("--NORMAL--")).to_be_visible()
    await grace.go_to(0)
    await grace.type("jdd")
    await ada.reads("one\nthree\n")
    await ada.go_to(0)
    await ada.type("zero ")
    await grace.reads("zero one\nthree\n")
    await grace.type("u")
    await ada.reads("zero one\ntwo\nthree\n")
    await grace.press("Control+R")
    await ada.reads("zero one\nthree\n")

    await choose_keys(grace, "default")
    await expect(grace.page.get_by_text("--NORMAL--")).to_be_hidden()
    await grace.go_to(0)
    await grace.type("jj")
    await ada.reads("jjzero one\nthree\n")


async def test_the_choice_is_kept_and_ones_own(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    ada = await enter(session, "candidate", "Ada")
    await choose_keys(grace, "vim")
    await expect(grace.page.get_by_text("--NORMAL--")).to_be_visible()
    await grace.page.reload()
    await grace.is_ready()
    await expect(grace.page.get_by_text("--NORMAL--")).to_be_visible()
    await ada.type("ihello")
    await ada.reads("ihello")
