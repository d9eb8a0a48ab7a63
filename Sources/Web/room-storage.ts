import type { UnsavedNotes } from "./notes.ts";
import type { PendingEditsState } from "./pending-edits.ts";
import type { RoomState } from "./room-state.ts";
import type { Place } from "./shared-text.ts";

/** Proves who we are when we come back to a room. */
export interface Identity {
  participant: string;
  key: string;
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
    return read<Identity>(sessionStorage, this.identityKey);
  }

  /** Remembers a participant, and takes the lock for a new one. */
  async remember(identity: Identity) {
    if (this.identity?.participant === identity.participant) return;
    write(sessionStorage, this.identityKey, identity);
    await holdsLock(`viva.participant.${identity.participant}`);
  }

  get unsent(): Unsent | undefined {
    return read<Unsent>(sessionStorage, this.unsentKey);
  }

  set unsent(unsent: Unsent | undefined) {
    if (unsent) write(sessionStorage, this.unsentKey, unsent);
    else sessionStorage.removeItem(this.unsentKey);
  }

  get unsavedNotes(): UnsavedNotes | undefined {
    return read<UnsavedNotes>(sessionStorage, this.notesKey);
  }

  set unsavedNotes(notes: UnsavedNotes | undefined) {
    if (notes && Object.keys(notes).length > 0) write(sessionStorage, this.notesKey, notes);
    else sessionStorage.removeItem(this.notesKey);
  }

  get numberLast(): number {
    return read<number>(sessionStorage, this.numberKey) ?? 0;
  }

  set numberLast(number: number) {
    write(sessionStorage, this.numberKey, number);
  }

  clear() {
    sessionStorage.removeItem(this.identityKey);
    sessionStorage.removeItem(this.numberKey);
    sessionStorage.removeItem(this.unsentKey);
    sessionStorage.removeItem(this.notesKey);
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

/** Takes a lock until the page goes; without secure context there are none, and all may pass. */
async function holdsLock(name: string): Promise<boolean> {
  if (!navigator.locks) return true;
  for (let attempt = 0; attempt < 4; attempt++) {
    const isHeld = await new Promise<boolean>((decide) => {
      navigator.locks.request(name, { ifAvailable: true }, (lock) => {
        decide(lock !== null);
        // The lock lasts as long as this promise, which nobody fulfills.
        return lock ? new Promise<void>(() => {}) : undefined;
      });
    });
    if (isHeld) return true;
    // On a reload the page before may still be going.
    await new Promise((resume) => setTimeout(resume, 80));
  }
  return false;
}

const nameKey = "viva.name";

export function rememberedName(): string {
  return read<string>(localStorage, nameKey) ?? "";
}

export function rememberName(name: string) {
  write(localStorage, nameKey, name);
}

/** The links of a session, as its creation returned them. */
export interface Links {
  interviewer: string;
  candidate: string;
  observer: string;
}

export function rememberedLinks(session: string): Links | undefined {
  return read<Links>(localStorage, `viva.links.${session}`);
}

export function rememberLinks(session: string, links: Links) {
  write(localStorage, `viva.links.${session}`, links);
}

/** Storage may be forbidden or hold anything: then nothing is remembered. */
function read<Value>(storage: Storage, key: string): Value | undefined {
  try {
    return JSON.parse(storage.getItem(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

function write(storage: Storage, key: string, value: unknown) {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: the page works on, it only forgets on reload.
  }
}
