import type { Refusal, Role } from "./messages.ts";
import type { ThemeChoice } from "./preferences.ts";
import type { Notice } from "./room-view.ts";

/**
 * Everything the page says to people, by screen. A translation is another object of this shape: what depends on a
 * number or a name is a function, as languages order words and count in their own ways.
 */
export const texts = {
  product: "Viva",
  start: {
    title: "Code together, in the same instant.",
    lead:
      "Start an interview, send the link, and everyone who opens it edits the same code. No accounts.",
    name: "Your name",
    namePlaceholder: "Interviewer",
    button: "Start an interview",
    starting: "Starting…",
    hint: "The candidate’s link is copied as you start.",
    previewNames: ["Ada", "Grace"],
  },
  arriving: {
    title: "Live coding interview",
    lead: "You are about to join. Others will see your name beside your cursor.",
    name: "Your name",
    namePlaceholder: "May stay empty",
    button: "Join",
  },
  room: {
    untitled: "Interview",
    editor: "Shared code. Press Control and M to let the Tab key leave the editor.",
    editorFailed: "The editor could not be loaded.",
    retry: "Try again",
    language: "Language",
    participants: "In the room",
    you: "you",
    away: "away",
    copyCandidate: "Candidate link",
    copyObserver: "Observer link",
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
      lead: "Nothing can be changed any more. Here is the code as it was at the end.",
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
    creation_forbidden: {
      title: "Sessions cannot be started here",
      lead: "This installation asks for an API key. Start the session with the tool that has it.",
    },
    unknown_page: {
      title: "There is nothing here",
      lead: "The address leads nowhere. Start an interview, or ask for the link again.",
    },
  } satisfies Record<
    Refusal | "creation_forbidden" | "unknown_page",
    { title: string; lead: string }
  >,
  failureActions: {
    retry: "Try again",
    home: "To the start page",
    rename: "Choose another name",
    copyCode: "Copy the code",
  },
};
