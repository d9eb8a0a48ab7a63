"""A room without a mouse, and what a screen reader is told."""

from playwright.async_api import expect

from room_page import eventually


async def is_in(room, pane):
    """Until the focus is in a part of the page."""

    async def is_there():
        return await room.page.evaluate("document.activeElement.closest('[data-pane]')?.dataset.pane") == pane

    await eventually(is_there, f"the focus is in the {pane}")


async def test_f6_goes_round_the_page_and_back(enter, session):
    ada = await enter(session, "candidate", "Ada")
    await ada.open_panel("Chat")
    await ada.go_to_end()
    for pane in ("panel", "rail", "bar", "code"):
        await ada.press("F6")
        await is_in(ada, pane)
    await ada.press("Shift+F6")
    await is_in(ada, "bar")
    await ada.press("F6")
    await is_in(ada, "code")
    await ada.type("typed")
    await ada.has_saved(session, "typed")
    await ada.reads("typed")


async def test_one_talks_and_comes_back_to_the_code(enter, session):
    ada = await enter(session, "candidate", "Ada")
    await ada.press("F6")
    await ada.press("F6")
    await is_in(ada, "rail")
    await ada.press("Tab")
    await ada.press("Enter")
    await ada.type("hello")
    await ada.press("Enter")
    await expect(ada.panel.locator(".message-text")).to_have_text(["hello"])
    await ada.press("Shift+F6")
    await is_in(ada, "code")
    await ada.type("code")
    await ada.reads("code")


async def test_the_shortcuts_are_shown_on_a_question_mark_but_not_while_typing(enter, session):
    ada = await enter(session, "candidate", "Ada")
    await ada.type("why?")
    await expect(ada.panel.get_by_role("heading", name="Keyboard shortcuts")).to_have_count(0)
    await ada.press("F6")
    await ada.press("?")
    await expect(ada.panel.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()
    await is_in(ada, "panel")
    await ada.reads("why?")


async def test_the_tab_key_is_let_out_of_the_editor(enter, session):
    ada = await enter(session, "candidate", "Ada")
    await ada.press("Tab")
    await is_in(ada, "code")

    async def is_indented():
        text = await ada.text()
        return text != "" and text.strip() == ""

    await eventually(is_indented, "the key indents")
    await ada.press("Control+M")
    await expect(ada.page.get_by_role("button", name="Tab leaves the editor")).to_be_visible()
    await ada.press("Tab")
    await expect(ada.page.get_by_role("button", name="Tab leaves the editor")).to_be_focused()


async def test_the_first_tab_skips_to_the_code(enter, session):
    ada = await enter(session, "candidate", "Ada")
    await ada.page.evaluate("document.activeElement.blur()")
    skip = ada.page.get_by_role("link", name="Skip to the code")
    await skip.focus()
    address = ada.page.url
    await ada.press("Enter")
    await ada.type("here")
    await ada.reads("here")
    assert ada.page.url == address


async def test_joins_and_leaves_are_told_politely_and_typing_is_not(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    told = grace.page.locator("[aria-live=polite]", has_text="Ada joined.")
    ada = await enter(session, "candidate", "Ada")
    await expect(told).to_have_count(1)
    await ada.type("silence")
    await ada.has_saved(session, "silence")
    await expect(told).to_have_count(1)
    await ada.close()
    await expect(grace.page.locator("[aria-live=polite]", has_text="Ada left.")).to_have_count(1)


async def test_a_title_and_a_language_are_set_by_keyboard(enter, session):
    grace = await enter(session, "interviewer", "Grace")
    ada = await enter(session, "candidate", "Ada")
    await grace.page.get_by_role("button", name="Interview", exact=True).press("Enter")
    await grace.type("Binary trees")
    await grace.press("Enter")
    await expect(ada.page.get_by_role("heading", level=1)).to_have_text("Binary trees")
    await expect(ada.page).to_have_title("Binary trees · Viva")
    await grace.language.focus()
    await grace.type("rus")
    await grace.press("Enter")
    await expect(ada.language).to_have_value("Rust")
    await grace.language.focus()
    await grace.press("ArrowDown")
    await grace.press("Escape")
    await expect(grace.language).to_have_value("Rust")
