"""Every screen of the page, as people get to it. A new screen is one more function here."""

from contextlib import AsyncExitStack
from urllib.parse import urlsplit

from playwright.async_api import expect

from room_page import NOTE_VIOLATIONS, RoomPage
from viva import Participant, Session

SCREENS = {}

CODE = '''def depth(tree):
    """How many levels a binary tree has."""
    if tree is None:
        return 0
    return 1 + max(depth(tree.left), depth(tree.right))
'''
LONG_NAMES = [
    "Ada Augusta King-Noel, Countess of Lovelace",
    "Grace Brewster Murray Hopper",
    "Nguyễn Thị Minh Khai",
    "José Raúl Capablanca y Graupera",
    "Wolfeschlegelsteinhausenbergerdorff",
    "محمد بن موسى الخوارزمي",
    "Ἀρχιμήδης ὁ Συρακούσιος",
    "高橋 由美子",
    "Ольга Александровна Ладыженская",
    "x",
    "Zoë",
]


class Stage:
    """A browser of its own for each person, and the others who have to be there."""

    def __init__(self, browser, url, **wishes):
        self.browser = browser
        self.url = url
        self.wishes = wishes
        self.cleanup = AsyncExitStack()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        await self.cleanup.aclose()

    async def browse(self, path="/"):
        context = await self.browser.new_context(permissions=["clipboard-read", "clipboard-write"], **self.wishes)
        self.cleanup.push_async_callback(context.close)
        await context.add_init_script(NOTE_VIOLATIONS)
        page = await context.new_page()
        await page.goto(self.url + path)
        return page

    async def arrive(self, session, role):
        link = urlsplit(session.links[role])
        return await self.browse(f"{link.path}#{link.fragment}")

    async def enter(self, session, role="interviewer", name="Grace Hopper"):
        page = await self.arrive(session, role)
        await page.get_by_label("Your name").fill(name)
        await page.get_by_role("button", name="Join").click()
        room = RoomPage(page, name)
        await room.is_ready()
        return room

    async def join(self, session, role="candidate", name="Ada Lovelace"):
        return await self.cleanup.enter_async_context(Participant(session, role, name))

    async def interview(self, **fields):
        return await Session.create(self.url, **{"title": "Binary trees", "language": "python", "text": CODE, **fields})


def screen(function):
    SCREENS[function.__name__.replace("_", "-")] = function
    return function


# Before a session


@screen
async def start(stage):
    page = await stage.browse()
    await page.get_by_role("button", name="Start an interview").wait_for()
    return page


@screen
async def start_with_recent_sessions(stage):
    room = await stage.enter(await stage.interview(title="Binary trees, and whatever else there is time for in one hour"))
    await room.page.goto(stage.url)
    await expect(room.page.get_by_role("heading", name="Recent sessions")).to_be_visible()
    return room.page


@screen
async def arriving_as_interviewer(stage):
    return await arriving(stage, "interviewer")


@screen
async def arriving_as_candidate(stage):
    return await arriving(stage, "candidate")


@screen
async def arriving_as_observer(stage):
    return await arriving(stage, "observer")


async def arriving(stage, role):
    session = await stage.interview()
    await stage.join(session, "interviewer", "Grace Hopper")
    page = await stage.arrive(session, role)
    await expect(page.get_by_text("Your connection is")).to_be_visible()
    return page


@screen
async def waiting_to_be_let_in(stage):
    session = await stage.interview(admission="ask")
    await stage.join(session, "interviewer", "Grace Hopper")
    page = await stage.arrive(session, "candidate")
    await page.get_by_label("Your name").fill("Ada Lovelace")
    await page.get_by_role("button", name="Join").click()
    await page.get_by_role("heading", name="You will be let in").wait_for()
    await page.locator(".monaco-editor .view-lines").wait_for()
    return page


@screen
async def somebody_waits(stage):
    session = await stage.interview(admission="ask")
    room = await stage.enter(session)
    page = await stage.arrive(session, "candidate")
    await page.get_by_label("Your name").fill(LONG_NAMES[0])
    await page.get_by_role("button", name="Join").click()
    await room.page.get_by_role("button", name=f"Let {LONG_NAMES[0]} in").wait_for()
    return room.page


@screen
async def a_link_that_is_not_valid(stage):
    page = await stage.browse("/s/7Kq2VnT0bXw9RfLd#i.nonsense")
    await page.get_by_role("heading", name="This link is not valid").wait_for()
    return page


@screen
async def a_page_that_does_not_exist(stage):
    page = await stage.browse("/s/")
    await page.get_by_role("heading", level=1).wait_for()
    return page


# In a session


@screen
async def room_for_two(stage):
    session = await stage.interview()
    ada = await stage.join(session)
    room = await stage.enter(session)
    await ada.append("\n# A leaf is one level.")
    await ada.settled()
    await ada.emit("select", {"revision": ada.edits.revision, "selections": [[30, 50]]})
    await expect(room.page.locator(".remote-name")).to_have_count(1)
    return room.page


@screen
async def room_for_twelve(stage):
    session = await stage.interview()
    for name in LONG_NAMES:
        await stage.join(session, "candidate", name)
    room = await stage.enter(session)
    await room.open_panel("People")
    return room.page


@screen
async def room_that_is_empty(stage):
    room = await stage.enter(await Session.create(stage.url))
    await room.open_panel("People")
    return room.page


@screen
async def five_thousand_lines(stage):
    text = "".join(f"value_{line} = {line}  # {'=' * (line % 120)}\n" for line in range(1, 5_001))
    room = await stage.enter(await stage.interview(text=text))
    await room.go_to_end()
    return room.page


@screen
async def chat(stage):
    session = await stage.interview()
    ada = await stage.join(session)
    room = await stage.enter(session)
    panel = await room.open_panel("Chat")
    for text in ("Shall I use recursion?", "Or a loop?\n\n  for tree in trees:\n    …", f"See https://example.org/{'long' * 30}"):
        await ada.propose("chat", text=text)
    await room.say("As you like.")
    await expect(panel.locator(".message-text")).to_have_count(4)
    return room.page


@screen
async def chat_without_a_word(stage):
    room = await stage.enter(await stage.interview())
    await room.open_panel("Chat")
    return room.page


@screen
async def record(stage):
    session = await stage.interview()
    ada = await stage.join(session)
    room = await stage.enter(session)
    panel = await room.open_panel("Record")
    await ada.propose("hidden", hidden=True)
    await ada.propose("hidden", hidden=False)
    await ada.propose("pasted", length=1234)
    await ada.propose("language", language="rust")
    await expect(panel).to_contain_text("pasted 1,234 characters")
    return room.page


@screen
async def notes(stage):
    room = await stage.enter(await stage.interview())
    panel = await room.open_panel("Notes")
    for text in ("Asks about empty trees first.", "Names things well:\n- depth\n- tree"):
        await panel.get_by_label("New note").fill(text)
        await room.press("Enter")
    await expect(panel.get_by_role("listitem")).to_have_count(2)
    return room.page


@screen
async def timer(stage):
    room = await stage.enter(await stage.interview())
    await room.page.get_by_text("Timer", exact=True).click()
    await room.page.get_by_role("button", name="45 min").wait_for()
    return room.page


@screen
async def timer_that_runs(stage):
    session = await stage.interview()
    alan = await stage.join(session, "interviewer", "Alan")
    room = await stage.enter(session)
    await alan.propose("timer", running=True, remaining=90 * 60_000)
    await room.page.get_by_role("timer").wait_for()
    return room.page


@screen
async def view_settings(stage):
    room = await stage.enter(await stage.interview())
    await room.open_panel("View")
    return room.page


@screen
async def keyboard_shortcuts(stage):
    room = await stage.enter(await stage.interview())
    await room.open_panel("Keyboard shortcuts")
    return room.page


@screen
async def links(stage):
    room = await stage.enter(await stage.interview())
    await room.page.locator(".links-menu summary").click()
    await expect(room.page.get_by_role("heading", name="Links to this session")).to_be_visible()
    return room.page


@screen
async def languages(stage):
    room = await stage.enter(await stage.interview())
    await room.language.click()
    await expect(room.page.get_by_role("listbox")).to_be_visible()
    return room.page


@screen
async def room_of_an_observer(stage):
    room = await stage.enter(await stage.interview(), "observer", "Olga")
    return room.page


@screen
async def room_that_is_locked(stage):
    session = await stage.interview()
    grace = await stage.join(session, "interviewer", "Grace Hopper")
    room = await stage.enter(session, "candidate", "Ada Lovelace")
    await grace.propose("lock", locked=True)
    await expect(room.page.get_by_text("The interviewer has locked editing")).to_be_visible()
    return room.page


@screen
async def offline(stage):
    session = await stage.interview()
    room = await stage.enter(session, "candidate", "Ada Lovelace")
    await room.page.context.set_offline(True)
    await room.shows_status("Offline")
    await room.go_to_end()
    await room.type("kept here")
    await room.shows_status("kept here")
    return room.page


@screen
async def session_that_ended(stage):
    session = await stage.interview()
    grace = await stage.join(session, "interviewer", "Grace Hopper")
    room = await stage.enter(session, "candidate", "Ada Lovelace")
    await grace.propose("end")
    await room.shows_status("Ended")
    return room.page


@screen
async def arriving_after_the_end(stage):
    session = await stage.interview()
    grace = await stage.join(session, "interviewer", "Grace Hopper")
    await grace.propose("end")
    page = await stage.arrive(session, "candidate")
    await page.get_by_role("heading", level=1).wait_for()
    await expect(page.locator(".final-code")).to_be_visible()
    return page
