import type { Delays } from "./delays.ts";
import type { Note } from "./messages.ts";

/** A note as its page shows it: what was written here and has no answer yet stands in it. */
export interface ShownNote extends Note {
  isSaved: boolean;
}

/** What was written and has no answer yet, by the note's id. */
export type UnsavedNotes = Record<string, Pick<Note, "at" | "by" | "text" | "revision">>;

const silenceMilliseconds = 3_000;

/**
 * The interviewers' notes: a log beside the room's.
 *
 * A note may be sent as often as one likes. It is sent again until it comes back, which is its
 * acknowledgement, and what comes back with another text is answered by a later one of ours.
 */
export class Notes {
  private saved = new Map<string, Note>();

  constructor(
    private readonly send: (id: string, text: string) => void,
    private readonly delays: Delays,
    public unsaved: UnsavedNotes = {},
  ) {}

  /** In the order they were begun. */
  get shown(): ShownNote[] {
    const notes = new Map<string, ShownNote>();
    for (const note of this.saved.values()) notes.set(note.id, { ...note, isSaved: true });
    for (const [id, { at, by, text, revision }] of Object.entries(this.unsaved)) {
      notes.set(id, { id, at, by, revision, ...this.saved.get(id), text, isSaved: false });
    }
    return [...notes.values()]
      .filter(({ text }) => text !== "")
      .sort((one, other) => one.at - other.at);
  }

  get unsavedCount(): number {
    return Object.keys(this.unsaved).length;
  }

  /** When the oldest of what has no answer yet was written, by the owners' time. */
  get unsavedSince(): number | undefined {
    const times = Object.values(this.unsaved).map(({ at }) => at);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** Writes a note, anew or for the first time; an empty text deletes it. */
  write(id: string, written: UnsavedNotes[string]) {
    this.unsaved = { ...this.unsaved, [id]: written };
    this.send(id, written.text);
    this.awaitAnswer();
  }

  sendAgain() {
    for (const [id, { text }] of Object.entries(this.unsaved)) this.send(id, text);
    if (this.unsavedCount > 0) this.awaitAnswer();
  }

  /** Takes all notes there are. */
  begin(notes: Note[]) {
    this.saved = new Map(notes.map((note) => [note.id, note]));
    for (const note of notes) this.settle(note);
  }

  received(notes: Note[]) {
    for (const note of notes) {
      if (note.text === "") this.saved.delete(note.id);
      else this.saved.set(note.id, note);
      this.settle(note);
    }
  }

  /** A note that will not be kept; returns its text. */
  refused(id: string): string {
    const text = this.unsaved[id]?.text ?? "";
    this.forget(id);
    return text;
  }

  private settle({ id, text }: Note) {
    if (this.unsaved[id]?.text === text) this.forget(id);
  }

  private forget(id: string) {
    const { [id]: _, ...others } = this.unsaved;
    this.unsaved = others;
    if (this.unsavedCount === 0) this.delays.cancel("notes");
  }

  private awaitAnswer() {
    this.delays.once("notes", silenceMilliseconds, () => this.sendAgain());
  }
}

/** A name that no other note has. */
export function newNoteID(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => letters[byte % letters.length]).join("");
}

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
