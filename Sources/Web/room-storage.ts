import type { Selection } from "./messages.ts";
import type { UnsavedNotes } from "./notes.ts";
import type { PendingEditsState } from "./pending-edits.ts";
import type { RoomState } from "./room-state.ts";
import { erase, inBrowser, inTab, read, write } from "./stored.ts";
import type { UndoState } from "./undo-history.ts";

/** Proves who we are when we come back to a room. */
export interface Identity {
  participant: string;
  key: string;
}

/** Where somebody was in the text, and what they could undo. */
export interface Place {
  selections: Selection[];
  scrollTop: number;
  undo: UndoState;
}

/** The room as it was when the page was left, with what was not in the log yet, to go on from there. */
export interface Unsent {
  pending: PendingEditsState;
  room: RoomState;
  place?: Place;
}

/** What a room needs of the tab it is open in. */
export interface RoomMemory {
  readonly identity: Identity | undefined;
  remember(identity: Identity): void;
  unsent: Unsent | undefined;
  unsavedNotes: UnsavedNotes | undefined;
  /** The greatest number that a proposal of ours had, 0 if there was none. */
  numberLast: number;
}

/**
 * What one tab remembers of a room across reloads.
 *
 * A duplicated tab begins with a copy of it. A lock that lives as long as the page tells the two
 * apart: who does not get it is somebody new.
 */
export class RoomStorage implements RoomMemory {
  private constructor(private readonly session: string) {}

  static async opening(session: string): Promise<RoomStorage> {
    const storage = new RoomStorage(session);
    const identity = storage.identity;
    if (identity && !await holdsLock(`viva.participant.${identity.participant}`)) storage.clear();
    return storage;
  }

  get identity(): Identity | undefined {
    return read<Identity>(inTab, this.identityKey);
  }

  /** Remembers a participant, and takes the lock for a new one. */
  async remember(identity: Identity) {
    if (this.identity?.participant === identity.participant) return;
    write(inTab, this.identityKey, identity);
    await holdsLock(`viva.participant.${identity.participant}`);
  }

  get unsent(): Unsent | undefined {
    return read<Unsent>(inTab, this.unsentKey);
  }

  set unsent(unsent: Unsent | undefined) {
    if (unsent) write(inTab, this.unsentKey, unsent);
    else erase(inTab, this.unsentKey);
  }

  get unsavedNotes(): UnsavedNotes | undefined {
    return read<UnsavedNotes>(inTab, this.notesKey);
  }

  set unsavedNotes(notes: UnsavedNotes | undefined) {
    if (notes && Object.keys(notes).length > 0) write(inTab, this.notesKey, notes);
    else erase(inTab, this.notesKey);
  }

  get numberLast(): number {
    return read<number>(inTab, this.numberKey) ?? 0;
  }

  set numberLast(number: number) {
    write(inTab, this.numberKey, number);
  }

  clear() {
    for (const key of [this.identityKey, this.numberKey, this.unsentKey, this.notesKey]) {
      erase(inTab, key);
    }
  }

  private get notesKey(): string {
    return `viva.notes.${this.session}`;
  }

  private get identityKey(): string {
    return `viva.identity.${this.session}`;
  }

  private get numberKey(): string {
    return `viva.number.${this.session}`;
  }

  private get unsentKey(): string {
    return `viva.unsent.${this.session}`;
  }
}

/** On a reload the page before may still be going, and a busy machine takes its time. */
const lockMilliseconds = 2_000;

/** Whoever comes back to a room without leaving the page, or knocks again, is who they were. */
const held = new Set<string>();

/** Takes a lock until the page goes; without secure context there are none, and all may pass. */
function holdsLock(name: string): Promise<boolean> {
  if (!navigator.locks || held.has(name)) return Promise.resolve(true);
  return new Promise((decide) => {
    const signal = AbortSignal.timeout(lockMilliseconds);
    navigator.locks.request(name, { signal }, () => {
      held.add(name);
      decide(true);
      // The lock lasts as long as this promise, which nobody fulfills.
      return new Promise<void>(() => {});
    }).catch(() => decide(false));
  });
}

const nameKey = "viva.name";

export function rememberedName(): string {
  return read<string>(inBrowser, nameKey) ?? "";
}

export function rememberName(name: string) {
  write(inBrowser, nameKey, name);
}

/** The links of a session, as its creation returned them. */
export interface Links {
  interviewer: string;
  candidate: string;
  observer: string;
}

export function rememberedLinks(session: string): Links | undefined {
  return read<Links>(inBrowser, `viva.links.${session}`);
}

export function rememberLinks(session: string, links: Links) {
  write(inBrowser, `viva.links.${session}`, links);
}
