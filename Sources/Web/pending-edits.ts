import type { Commit, Proposal, RejectionCode } from "./messages.ts";
import { isInsert, type Step, TextOperation } from "./text-operation.ts";

/** What somebody wants changed beside the text. */
export type Wish = { language: string } | { locked: boolean } | { ended: true };

/** What a commit means for the editor. */
export type Received =
  /** Ours has its place; `next` is to be sent now. */
  | { kind: "acknowledged"; next?: Proposal }
  /** Somebody else's; `operation` is what the editor has to apply, if the text changed. */
  | { kind: "foreign"; operation?: TextOperation };

/** What a rejection means. */
export type Refused =
  /** The same wish under a new number, to be sent. */
  | { kind: "again"; proposal: Proposal }
  /** `undo` is for the editor and `text` for the person who wrote it; `next` is to be sent now. */
  | { kind: "takenBack"; undo?: TextOperation; text: string; next?: Proposal }
  /** About a proposal that is in flight no longer. */
  | { kind: "unknown" };

/** A proposal that is sent and neither committed nor rejected. */
type InFlight = { number: number; editCount: number } & ({ edit: TextOperation } | { wish: Wish });

/** What survives a reload of the page, as plain JSON. */
export interface PendingEditsState {
  participant: string;
  revision: number;
  document: string;
  numberLast: number;
  inFlight?: { number: number; editCount: number; edit?: Step[]; wish?: Wish };
  buffer?: Step[];
  bufferCount: number;
  wishes: Wish[];
}

/**
 * What a participant typed that has no place in the log yet.
 *
 * States: nothing in flight → in flight → in flight with more behind it. A proposal moves the first
 * step, typing the second; the commit with our number moves one step back. With d the committed
 * document, the editor always shows d · in flight · buffer.
 *
 * It decides only: what to send is returned. Twin of the Swift type of this name.
 */
export class PendingEdits {
  private inFlight: InFlight | undefined;
  /** What was typed behind the proposal in flight, composed into one edit. */
  private buffer: TextOperation | undefined;
  private bufferCount = 0;
  private wishes: Wish[] = [];
  private numberLast = 0;

  /** `document` is the committed text at `revision`. */
  constructor(readonly participant: string, public revision: number, public document: string) {}

  /** The text as the editor shows it. */
  get text(): string {
    return this.uncommitted.reduce((text, operation) => operation.apply(text), this.document);
  }

  /** How many changes of this participant are not in the log yet. */
  get unsavedCount(): number {
    return (this.inFlight?.editCount ?? 0) + this.bufferCount + this.wishes.length;
  }

  get isInFlight(): boolean {
    return this.inFlight !== undefined;
  }

  /** Proposals of a participant are counted across reconnects: never use a known number again. */
  numbersStart(above: number) {
    this.numberLast = Math.max(this.numberLast, above);
  }

  // Proposing

  /** Takes an operation that the editor already shows; what is returned is to be sent now. */
  proposeEdit(operation: TextOperation): Proposal | undefined {
    if (operation.isIdentity) return undefined;
    this.buffer = this.buffer?.composing(operation) ?? operation;
    this.bufferCount += 1;
    return this.proposeNext();
  }

  /** Asks for something else than an edit; it waits behind what was typed before it. */
  propose(wish: Wish): Proposal | undefined {
    this.wishes.push(wish);
    return this.proposeNext();
  }

  /** The proposal in flight once more: same number, as it reads against the current revision. */
  sendAgain(): Proposal | undefined {
    const waiting = this.inFlight;
    if (!waiting) return this.proposeNext();
    const { number } = waiting;
    if ("edit" in waiting) {
      const operation = waiting.edit.toJSON();
      return { event: "edit", number, revision: this.revision, operation };
    }
    const wish = waiting.wish;
    if ("language" in wish) return { event: "language", number, language: wish.language };
    if ("locked" in wish) return { event: "lock", number, locked: wish.locked };
    return { event: "end", number };
  }

  private proposeNext(): Proposal | undefined {
    if (this.inFlight) return undefined;
    const buffer = this.takeBuffer();
    const wish = buffer ? undefined : this.wishes.shift();
    if (buffer) this.inFlight = { number: ++this.numberLast, ...buffer };
    else if (wish) this.inFlight = { number: ++this.numberLast, editCount: 1, wish };
    return this.inFlight && this.sendAgain();
  }

  private takeBuffer(): { edit: TextOperation; editCount: number } | undefined {
    const taken = this.buffer && { edit: this.buffer, editCount: this.bufferCount };
    this.buffer = undefined;
    this.bufferCount = 0;
    // What was typed and taken away again needs no place in the log.
    return taken?.edit.isIdentity ? undefined : taken;
  }

  // Receiving

  /** Takes the commit that follows `revision`. */
  received(commit: Commit): Received {
    const operation = commit.edit && TextOperation.decode(commit.edit);
    const isOurs = commit.by === this.participant && commit.number === this.inFlight?.number &&
      commit.number !== undefined;
    if (commit.by === this.participant) this.numbersStart(commit.number ?? 0);
    const answer = isOurs ? this.acknowledged(operation) : this.foreign(operation);
    if (operation) this.document = operation.apply(this.document);
    this.revision = commit.revision;
    if (isOurs) return { kind: "acknowledged", next: this.proposeNext() };
    return { kind: "foreign", operation: answer };
  }

  private acknowledged(operation: TextOperation | undefined): undefined {
    const waiting = this.inFlight!;
    const expected = "edit" in waiting ? JSON.stringify(waiting.edit) : undefined;
    // Both sides have transformed it over the same commits, or one of them errs.
    if (expected !== (operation && JSON.stringify(operation))) {
      throw new Error("the owner committed another edit than the one in flight");
    }
    this.inFlight = undefined;
  }

  private foreign(operation: TextOperation | undefined): TextOperation | undefined {
    if (!operation) return undefined;
    let incoming = operation;
    if (this.inFlight && "edit" in this.inFlight) {
      [this.inFlight.edit, incoming] = TextOperation.transform(this.inFlight.edit, incoming);
    }
    if (this.buffer) [this.buffer, incoming] = TextOperation.transform(this.buffer, incoming);
    return incoming;
  }

  /** Takes a rejection; what the participant wrote is never thrown away silently. */
  rejected(number: number, code: RejectionCode): Refused {
    const waiting = this.inFlight;
    if (waiting?.number !== number) return { kind: "unknown" };
    if (code === "too_old" || code === "future_revision" || code === "rate_limited") {
      waiting.number = ++this.numberLast;
      return { kind: "again", proposal: this.sendAgain()! };
    }
    this.inFlight = undefined;
    if (!("edit" in waiting)) return { kind: "takenBack", text: "", next: this.proposeNext() };
    let undo = waiting.edit.inverted(this.document);
    if (this.buffer) [this.buffer, undo] = TextOperation.transform(this.buffer, undo);
    const text = waiting.edit.steps.filter(isInsert).join("");
    return { kind: "takenBack", undo, text, next: this.proposeNext() };
  }

  // Selections

  /** A place in the editor as a place in the committed document, for others to understand. */
  committedOffset(offset: number): number {
    return this.uncommitted.reduceRight(
      (place, operation) => operation.offsetBefore(place),
      offset,
    );
  }

  /** A place in the committed document as a place in the editor. */
  editorOffset(offset: number): number {
    return this.uncommitted.reduce((at, operation) => operation.transformingOffset(at), offset);
  }

  private get uncommitted(): TextOperation[] {
    const edit = this.inFlight && "edit" in this.inFlight ? this.inFlight.edit : undefined;
    return [edit, this.buffer].filter((operation) => operation !== undefined);
  }

  // Surviving a reload

  get state(): PendingEditsState {
    const { participant, revision, document, numberLast, bufferCount, wishes } = this;
    const inFlight = this.inFlight && {
      number: this.inFlight.number,
      editCount: this.inFlight.editCount,
      ...("edit" in this.inFlight
        ? { edit: this.inFlight.edit.toJSON() }
        : { wish: this.inFlight.wish }),
    };
    const buffer = this.buffer?.toJSON();
    return { participant, revision, document, numberLast, inFlight, buffer, bufferCount, wishes };
  }

  static restoring(state: PendingEditsState): PendingEdits {
    const pending = new PendingEdits(state.participant, state.revision, state.document);
    const { inFlight } = state;
    if (inFlight) {
      const { number, editCount } = inFlight;
      pending.inFlight = inFlight.wish
        ? { number, editCount, wish: inFlight.wish }
        : { number, editCount, edit: TextOperation.decode(inFlight.edit) };
    }
    pending.buffer = state.buffer && TextOperation.decode(state.buffer);
    pending.bufferCount = state.bufferCount;
    pending.wishes = [...state.wishes];
    pending.numberLast = state.numberLast;
    // A state that does not fit together must not reach the editor.
    void pending.text;
    return pending;
  }
}
