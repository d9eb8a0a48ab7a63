import type { Refusal, RejectionCode, Role, Waiting } from "./messages.ts";
import type { ShownNote } from "./notes.ts";
import type { Pulses } from "./pulses.ts";
import type { RoomState } from "./room-state.ts";

/** Something a participant wrote that has no place in the room. */
export interface Notice {
  id: number;
  code: RejectionCode | "diverged";
  text: string;
}

/** What the page shows of a room beside its text; a new value after each change. */
export interface RoomView {
  readonly participant: string | undefined;
  readonly role: Role | undefined;
  /** Undefined until the first welcome. */
  readonly room: RoomState | undefined;
  readonly isOnline: boolean;
  readonly unsavedCount: number;
  /** Whether something of ours has been on its way into the room since the page was opened. */
  readonly hasWritten: boolean;
  readonly notices: readonly Notice[];
  readonly refusal: Refusal | undefined;
  /** Set while an interviewer has not let us in; `isHeld` while a gateway holds the place. */
  readonly waiting: (Waiting & { isHeld: boolean }) | undefined;
  readonly notes: readonly ShownNote[];
  /** What was said and has no place in the log yet. */
  readonly unsentChat: readonly string[];
  readonly pulses: Pulses;
  /** Whose caret is kept in view. */
  readonly followed: string | undefined;
  readonly announcement: Announcement | undefined;
}

/** What a screen reader is told; equal texts may follow one another. */
export interface Announcement {
  id: number;
  text: string;
}

/** More would hide the code. */
const noticesMax = 3;

export const viewAtFirst: RoomView = {
  participant: undefined,
  role: undefined,
  room: undefined,
  isOnline: false,
  unsavedCount: 0,
  hasWritten: false,
  notices: [],
  refusal: undefined,
  waiting: undefined,
  notes: [],
  unsentChat: [],
  pulses: {},
  followed: undefined,
  announcement: undefined,
};

export function canEdit({ role, room }: RoomView): boolean {
  if (!room || room.ended || role === "observer") return false;
  return !room.locked || role === "interviewer";
}

/**
 * The notices with one more.
 *
 * Rejections that follow one another for one reason are one notice: a quick typist gets many.
 */
export function noting(notices: readonly Notice[], code: Notice["code"], text: string): Notice[] {
  const last = notices.at(-1);
  if (last?.code === code && code !== "diverged") {
    return [...notices.slice(0, -1), { ...last, text: last.text + text }];
  }
  return [...notices, { id: (last?.id ?? 0) + 1, code, text }].slice(-noticesMax);
}
