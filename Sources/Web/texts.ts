import type { Verdict } from "./connection-check.ts";
import type { Refusal, Role } from "./messages.ts";
import type { ThemeChoice } from "./preferences.ts";
import type { Notice } from "./room-view.ts";

/**
 * Everything the page says to people, by screen. A translation is another object of this shape: what depends on a
 * number or a name is a function, as languages order words and count in their own ways.
 */
export const texts = {
  product: "Viva",
  home: "Viva, to the start page",
  opening: "Opening the session…",
  start: {
    title: "Code together, in the same instant.",
    lead:
      "Start an interview, send the link, and everyone who opens it edits the same code. No accounts.",
    name: "Your name",
    namePlaceholder: "Interviewer",
    button: "Start an interview",
    starting: "Starting…",
    hint: "Starting copies the candidate’s link. All else can wait until you are in.",
    preview: { title: "Two sum", names: ["Ada", "Grace"] },
    /** What there is to know before the first session. */
    points: [
      {
        title: "A link is all it takes",
        text: "One for the candidate, one for observers, one for colleagues. Nobody signs up.",
      },
      {
        title: "What you type is kept",
        text:
          "Through a reload, a tunnel, a server that fails. The page always says what is saved.",
      },
      {
        title: "Fair to both sides",
        text: "Candidates see what is recorded of them, in the same list as the interviewer.",
      },
    ],
    setUp: {
      summary: "Set something up first",
      title: "Title",
      titlePlaceholder: "Interview",
      language: "Language",
      text: "Starter code",
    },
    /** Why a session was not started, and what to do. */
    faults: {
      text_too_large: {
        title: "The starter code is too long.",
        lead: "A session holds about a million characters. Shorten it, then start again.",
      },
      invalid_field: {
        title: "A part of this cannot be used.",
        lead: "Look for unusual characters in the title and the code, then start again.",
      },
      creation_forbidden: {
        title: "Sessions cannot be started here.",
        lead: "This installation asks for an API key. Start the session with the tool that has it.",
      },
      rate_limited: {
        title: "That was very often.",
        lead: "Wait a few seconds, then start again.",
      },
      unavailable: {
        title: "Viva cannot be reached.",
        lead: "Check your connection, then start again. What you filled in stays here.",
      },
    },
  },
  recent: {
    title: "Recent sessions",
    hint: "This list is kept in this browser only. Who uses this browser can open them.",
    forget: "Forget",
    forgetLabel: (title: string) => `Forget ${title}`,
    forgotten: (title: string) => `${title} is forgotten here. The session itself goes on.`,
    undo: "Undo",
    undoLabel: (title: string) => `Keep ${title} in the list`,
  },
  arriving: {
    title: "Live coding interview",
    leads: {
      interviewer:
        "You are about to join as an interviewer: you can edit, lock, let candidates in, take private notes and end the session.",
      candidate:
        "You are about to join as the candidate. You and the others edit the same code, and see each other’s cursors.",
      observer:
        "You are about to join as an observer: you read along, and cannot change anything. The others see that you are there.",
    } satisfies Record<Role, string>,
    asks:
      "An interviewer will let you in. Until then you can warm up in an editor that only you see.",
    name: "Your name",
    namePlaceholder: "May stay empty",
    button: "Join",
    who: "Who is there",
    nobody: {
      interviewer: "Nobody yet. You are the first.",
      candidate: "Nobody yet. You can go in and wait there.",
      observer: "Nobody yet. You can go in and wait there.",
    } satisfies Record<Role, string>,
    recorded: "What is recorded",
    /** In the order of the icons of `RecordedList`. */
    recordedOf: {
      interviewer: [
        "The code as it is typed and the chat, with names and times.",
        "When people come and go, have the page in the background, or paste a lot at once. All see this same list.",
        "No camera, no microphone, no screen, nothing outside of this page.",
        "Your private notes: only interviewers receive them.",
      ],
      candidate: [
        "The code as you type it and the chat, with your name and the time.",
        "When you come and go, have this page in the background, or paste a lot at once, with its size.",
        "No camera, no microphone, no screen, nothing outside of this page.",
        "The interviewers have the same recorded of them. Inside, you all see the same list.",
      ],
      observer: [
        "The code as it is typed and the chat, with names and times.",
        "When you come and go, or have this page in the background.",
        "No camera, no microphone, no screen, nothing outside of this page.",
        "Everybody in the session sees this same list.",
      ],
    } satisfies Record<Role, string[]>,
  },
  connection: {
    again: "Check again",
    roundTrip: (milliseconds: number) => `${milliseconds} ms`,
    verdicts: {
      checking: { title: "Checking your connection…", lead: "" },
      good: { title: "Your connection is good.", lead: "" },
      slow: {
        title: "Your connection is slow.",
        lead:
          "You can take part, and the others will see what you type a little later. A cable, or being nearer to the router, may help.",
      },
      polling: {
        title: "It works, more slowly than it could.",
        lead:
          "Something between you and Viva, such as a proxy or a VPN, holds WebSockets back. Viva does without them. To have it faster, switch the VPN off or use another network.",
      },
      blocked: {
        title: "The live connection does not get through.",
        lead:
          "Something between you and Viva, such as a proxy or a VPN, holds it back: nothing you type would reach the others. Switch it off, or try another network, for instance your phone’s.",
      },
      unreachable: {
        title: "Viva cannot be reached.",
        lead: "Check that you are online, then check again.",
      },
    } satisfies Record<Verdict | "checking", { title: string; lead: string }>,
  },
  waiting: {
    title: "You will be let in",
    tab: (title: string) => `Waiting: ${title}`,
    told: (names: string[]) =>
      `${list(names)} ${
        names.length === 1 ? "has" : "have"
      } been told that you are here. This page opens the session by itself.`,
    nobody:
      "No interviewer is here yet. The first to come is told that you are waiting, and this page opens the session by itself.",
    lost: "The connection is lost. Viva tries to get it back, and your place is kept.",
    practice: "Practice editor",
    practiceHint: "Only for you: nobody sees it. Once you are let in you can copy it.",
    practiceFailed: "The practice editor could not be loaded. You do not need it to be let in.",
    editor:
      "Practice editor that nobody else sees. Press Control and M to let the Tab key leave the editor.",
    letIn: "You are in. From now on everybody here sees what you type.",
    beginHint:
      "You are in. Press Enter or click the code to begin: then everybody here sees what you type.",
    begin: "Begin",
    copyPractice: "Copy what you practised",
  },
  admission: {
    label: "Waiting to be let in",
    waits: "is waiting to be let in",
    admit: "Let in",
    admitLabel: (name: string) => `Let ${name} in`,
    admitAll: "Let all in",
    more: (count: number) => `and ${count} more`,
  },
  links: {
    button: "Links",
    title: "Links to this session",
    copyWord: "Copy",
    copy: {
      interviewer: "Copy the interviewer’s link",
      candidate: "Copy the candidate’s link",
      observer: "Copy the observer’s link",
    } satisfies Record<Role, string>,
    rights: {
      candidate: "Edits the code with you, chats, and sees what is recorded.",
      observer: "Reads along, and can change nothing.",
      interviewer: "Can do all that you can: lock, let in, take notes, end it. For colleagues.",
    } satisfies Record<Role, string>,
    unknown: "The other links are known to the browser that started the session.",
    ask: "Candidates wait until I let them in",
    askHint: "Meanwhile they can warm up in an editor that nobody sees.",
  },
  room: {
    untitled: "Interview",
    title: "Title",
    rename: "Change the title",
    skip: "Skip to the code",
    findLanguage: "Find a language",
    noLanguage: "No such language",
    download: (name: string) => `Download ${name}`,
    editor: "Shared code. Press Control and M to let the Tab key leave the editor.",
    readOnly: "You can read here, but not type.",
    editorFailed: "The editor could not be loaded.",
    retry: "Try again",
    language: "Language",
    participants: "In the room",
    you: "you",
    away: "away",
    copied: "Copied",
    copiedCandidate: "The candidate’s link is copied. Send it, and you are set.",
    copyFailed: "Could not copy. Here is the link:",
    lock: "Lock editing",
    unlock: "Unlock",
    end: "End",
    endSure: "End for everyone?",
    endConfirm: "End it",
    cancel: "Cancel",
    locked: "The interviewer has locked editing. You can go on reading.",
    lockedByYou: "Editing is locked for candidates.",
    ended: "This session has ended. The code stays here to read and to copy.",
    observing: "You are watching. Observers cannot type.",
    dismiss: "Dismiss",
    copyText: "Copy what you wrote",
  },
  preferences: {
    theme: "Theme",
    themes: {
      system: "System theme",
      light: "Light",
      dark: "Dark",
      contrast: "High contrast",
    } satisfies Record<ThemeChoice, string>,
  },
  status: {
    connecting: "Connecting…",
    saved: "Saved",
    ended: "Ended",
    saving: (count: number) => `Saving ${count}`,
    reconnecting: "Offline",
    offline: (count: number) => `Offline: ${count} ${count === 1 ? "edit" : "edits"} kept here`,
  },
  people: {
    unknown: "Somebody",
    here: "In the room",
    gone: "Not here now",
    waiting: "waiting to be let in",
    idle: "idle",
    hidden: "page in the background",
    silent: (time: string) => `silent for ${time}`,
    reconnecting: (time: string) => `reconnecting, ${time}`,
    lost: (time: string) => `connection lost ${time} ago`,
    left: (time: string) => `left ${time} ago`,
    roundTrip: (milliseconds: number) => `${milliseconds} ms`,
    roundTripTitle: "The time a word takes to the server and back",
    follow: (name: string) => `Follow ${name}`,
    unfollow: (name: string) => `Stop following ${name}`,
    jump: (name: string) => `Go to where ${name} is`,
    following: (name: string) => `Following ${name}`,
    stopFollowing: "Stop",
    stopFollowingHint: "Escape, typing or scrolling stops it, too",
    alone: "Nobody else is here yet.",
    leftAlone: "Nobody else is here now.",
  },
  chat: {
    empty: "Nothing was said here yet. Everybody in the session can read along.",
    write: "Message to everybody",
    send: "Send",
    newLine: "Enter sends, Shift and Enter begins a line",
    kept: "Sent when the connection is back",
  },
  record: {
    lead: "What is recorded. Everybody in the session sees this same list.",
    more: "Every edit and the chat are kept with it.",
    empty: "Nothing yet.",
    joined: (role: string) => `joined as ${role}`,
    asked: "asked to be let in",
    left: "left",
    lost: "lost the connection",
    admitted: (name: string) => `let ${name} in`,
    asks: "made candidates ask to be let in",
    open: "let candidates in by themselves",
    hidden: "had the page in the background",
    hiddenBriefly: "had the page in the background for a moment",
    hiddenFor: (time: string) => `had the page in the background for ${time}`,
    pasted: (length: string) => `pasted ${length} characters`,
    language: (name: string) => `set the language to ${name}`,
    locked: "locked editing",
    unlocked: "unlocked editing",
    title: (title: string) => `named it “${title}”`,
    untitled: "took the title away",
    timerRuns: (time: string) => `started the timer at ${time}`,
    timerStands: (time: string) => `paused the timer at ${time}`,
    timerGone: "took the timer away",
    ended: "ended the session",
  },
  notes: {
    lead: "Interviewers of this session see these notes, nobody else.",
    empty: "Write down what you notice, as it happens. Each note keeps its time.",
    write: "New note",
    add: "Add",
    hint: "Enter adds, Shift and Enter begins a line",
    edit: "Edit",
    rewrite: "The note",
    delete: "Delete",
    save: "Save",
    by: (name: string) => `by ${name}`,
    unsaved: "not saved yet",
    time: (time: string) => `${time}. With a + it counts since the first candidate came in.`,
  },
  timer: {
    label: "Timer",
    set: "Set a timer",
    minutes: "Minutes",
    preset: (minutes: number) => `${minutes} min`,
    start: "Start",
    pause: "Pause",
    resume: "Go on",
    add: "5 more minutes",
    remove: "Remove",
    paused: "paused",
    over: "Time is up",
    remaining: (time: string) => `${time} remaining`,
    everybody: "Everybody sees it. It makes no sound.",
  },
  view: {
    size: "Size of the code",
    smaller: "Smaller",
    larger: "Larger",
    wrap: "Wrap long lines",
    keys: "Keys",
    keyChoices: { default: "As in most editors", vim: "Vim" },
    keysFailed: "Vim’s keys could not be loaded.",
    only: "These settings are yours alone.",
  },
  panels: {
    label: "Panels",
    close: "Close the panel",
    people: "People",
    chat: "Chat",
    record: "Record",
    notes: "Notes",
    view: "View",
    keys: "Keyboard shortcuts",
    unread: (count: number) => `${count} unread`,
  },
  strip: {
    place: (line: number, column: number) => `Line ${line}, column ${column}`,
    selected: (count: number) => `${count} selected`,
    tabInserts: "Tab indents",
    tabMoves: "Tab leaves the editor",
    tabHint: "Control and M changes what the Tab key does in the editor",
  },
  shortcuts: {
    groups: [
      {
        title: "The page",
        shortcuts: [
          { keys: "F6", does: "To the next part of the page" },
          { keys: "Shift+F6", does: "To the part before" },
          { keys: "?", does: "This list, from anywhere but a text" },
          { keys: "Esc", does: "Stop following, close a list" },
        ],
      },
      {
        title: "The code",
        shortcuts: [
          { keys: "Mod+M", does: "Let Tab leave the editor, or indent again" },
          { keys: "F1", does: "All commands of the editor" },
          { keys: "Mod+Z", does: "Undo what you did yourself" },
          { keys: "Mod+Shift+Z", does: "Do it again" },
          { keys: "Mod+F", does: "Find" },
          { keys: "Mod+/", does: "Comment a line out or in" },
          { keys: "Mod+D", does: "Select the next place that reads the same" },
          { keys: "Alt+↑", does: "Move the line up; with ↓ down" },
          { keys: "Shift+Alt+↓", does: "Copy the line down" },
        ],
      },
      {
        title: "Chat and notes",
        shortcuts: [
          { keys: "Enter", does: "Send or add" },
          { keys: "Shift+Enter", does: "Begin a new line" },
        ],
      },
    ],
    tab:
      "In the editor the Tab key indents. Control and M, on a Mac Control, Shift and M, lets it move on like everywhere else.",
  },
  announcements: {
    joined: (name: string) => `${name} joined.`,
    waits: (name: string) => `${name} asks to be let in.`,
    left: (name: string) => `${name} left.`,
    lost: (name: string) => `${name} lost the connection.`,
    locked: "Editing is locked.",
    unlocked: "Editing is unlocked.",
    ended: "The session has ended.",
    language: (name: string) => `The language is ${name} now.`,
    chat: (name: string, text: string) => `${name} says: ${text}`,
    timerRuns: (minutes: number) => `The timer runs: ${minutes} minutes.`,
    timerStands: (minutes: number) => `The timer is paused at ${minutes} minutes.`,
    timerGone: "The timer was removed.",
    timerCloses: "Five minutes remain.",
    timerOver: "The time is up.",
    offline: "You are offline. What you type is kept here.",
    online: "You are connected again.",
  },
  roles: {
    interviewer: "Interviewer",
    candidate: "Candidate",
    observer: "Observer",
  } satisfies Record<Role, string>,
  notices: {
    locked: "Editing was locked before your last edit arrived, so it was taken back.",
    ended: "The session ended before your last edit arrived, so it was taken back.",
    forbidden: "Your role does not allow this, so it was taken back.",
    too_large: "This is more text than the session can hold, so it was taken back.",
    invalid_operation: "Your last edit could not be understood and was taken back.",
    invalid_proposal: "Your last change could not be understood and was taken back.",
    length_mismatch: "Your last edit did not fit the shared code and was taken back.",
    waiting: "You have not been let in yet, so it was taken back.",
    too_old: "Your last edit came too late and was taken back.",
    future_revision: "The server failed and has lost your last edit.",
    rate_limited: "That was too fast. Your last edit was taken back.",
    diverged:
      "The shared code was loaded afresh and may lack the last moments. What stood here is kept:",
  } satisfies Record<Notice["code"], string>,
  /** What stands in the way of a whole page, and what to do. */
  failures: {
    invalid_token: {
      title: "This link is not valid",
      lead: "A part of it may be missing. Ask for the link again and copy all of it.",
    },
    unknown_session: {
      title: "There is no such session",
      lead: "It may have been deleted, or the link has a typing mistake. Ask for the link again.",
    },
    session_ended: {
      title: "This session has ended",
      lead: "Nothing can be changed any more.",
    },
    room_full: {
      title: "The room is full",
      lead:
        "As many people as the session can hold are in it. Ask somebody to leave, then try again.",
    },
    invalid_name: {
      title: "This name cannot be used",
      lead: "Choose a shorter one, without line breaks.",
    },
    forbidden_origin: {
      title: "This address cannot be used",
      lead: "Viva is not reached under it. Open the link just as it was sent to you.",
    },
    unavailable: {
      title: "Viva cannot be reached",
      lead: "Check your connection. If it is fine, the service is away for a moment: try again.",
    },
    rate_limited: {
      title: "That was very often",
      lead: "Too many requests came from your network. It passes within seconds.",
    },
    unknown_page: {
      title: "There is nothing here",
      lead: "The address leads nowhere. Start an interview, or ask for the link again.",
    },
  } satisfies Record<
    Refusal | "rate_limited" | "unknown_page",
    { title: string; lead: string }
  >,
  ended: {
    code: "The code as it was at the end",
    empty: "Nothing was written in it.",
  },
  failureActions: {
    retry: "Try again",
    retrying: "This page goes on trying by itself.",
    home: "To the start page",
    rename: "Choose another name",
    copyCode: "Copy the code",
  },
};

function list(names: string[]): string {
  return new Intl.ListFormat("en").format(names);
}
