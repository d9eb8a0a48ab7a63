import type { Commit, Proposal, RejectionCode } from "./messages.ts";
import { isInsert, type Step, TextOperation } from "./text-operation.ts";
import { isReport, joining, proposalOf, textOf, type Wish } from "./wishes.ts";

/** What one proposal asks for; `count` is how many edits of the editor it was composed of. */
type Change = { edit: TextOperation; count: number } | { wish: Wish };

/** What a commit means for the editor. */
export type Received =
  /** Ours has its place in the log; `next` is to be sent now. */
  | { kind: "acknowledged"; next?: Proposal }
  /** Somebody else's; `operation` is what the editor has to apply, if the text changed. */
  | { kind: "foreign"; operation?: TextOperation };

/** What a rejection means for the editor. */
export type Refused =
  /**
   * The same once more, under the same number: to be sent when the cause has passed, which is at
   * once, or after a moment where the rate was too high.
   */
  | { kind: "again"; proposal: Proposal }
  /**
   * The room has not reached the revision that the proposal was made at: it lost its end in a
   * failure. What is here stays, and the room is to be joined anew.
   */
  | { kind: "ahead" }
  /** `undo` is for the editor, `text` for the one who wrote it; `next` is to be sent now. */
  | {
    kind: "takenBack";
    undo?: TextOperation;
    text: string;
    isReport?: boolean;
    next?: Proposal;
  }
  /** About a proposal that is no longer in flight. */
  | { kind: "unknown" };

/** What survives a reload of the page or a night offline, as plain JSON. */
export interface PendingEditsState {
  participant: string;
  revision: number;
  text: string;
  numberLast: number;
  /** Whether the first of `changes` is in flight, and under which number. */
  inFlight?: number;
  changes: ({ edit: Step[]; count: number } | { wish: Wish })[];
}

/**
 * What a participant typed and asked for that has no place in the log yet: the browser's side of a
 * room.
 *
 * States: nothing in flight → in flight → in flight with more waiting. A proposal moves the first
 * step, typing the second; the commit with our number moves one step back. With d the committed
 * document, the editor always shows d · in flight · waiting.
 *
 * It decides only: what to send is returned. Twin of the Swift type of this name.
 */
export class PendingEdits {
  private inFlight: { number: number; change: Change } | undefined;
  /**
   * What comes after the proposal in flight, in order.
   *
   * Bounded by its nature: one edit at most, for what is typed composes, and one of each wish, beside
   * what somebody writes into the chat meanwhile.
   */
  private waiting: Change[] = [];
  private numberLast = 0;

  /**
   * `document` is the committed text at `revision`, without what is pending.
   *
   * It is kept to take an edit back: how to restore what the edit deleted stands there, whatever
   * others have changed since.
   */
  constructor(readonly participant: string, public revision: number, public document: string) {}

  /** The text as the editor shows it. */
  get text(): string {
    return this.operations.reduce((text, operation) => operation.apply(text), this.document);
  }

  /** The text as well as it can be told where something does not fit together. */
  get textAsKnown(): string {
    try {
      return this.text;
    } catch {
      return this.document;
    }
  }

  /** How many changes that this participant made are not in the log yet. */
  get unsavedCount(): number {
    return this.uncommitted.reduce((sum, change) => sum + countOf(change), 0);
  }

  /** What this participant said and is not in the log yet. */
  get unsentChat(): string[] {
    return this.uncommitted.flatMap((change) =>
      "wish" in change && "chat" in change.wish ? [change.wish.chat] : []
    );
  }

  get isInFlight(): boolean {
    return this.inFlight !== undefined;
  }

  /** Numbers grow across reconnects: none up to a known one is used again. */
  numbersStart(above: number) {
    this.numberLast = Math.max(this.numberLast, above);
  }

  // Proposing

  /** Takes an operation that the editor shows already; what is returned is to be sent now. */
  proposeEdit(operation: TextOperation): Proposal | undefined {
    if (operation.isIdentity) return undefined;
    const index = this.waiting.findIndex((change) => "edit" in change);
    const earlier = this.waiting[index];
    if (earlier && "edit" in earlier) {
      const edit = earlier.edit.composing(operation);
      // What was typed and taken away again needs no place in the log.
      if (edit.isIdentity) this.waiting.splice(index, 1);
      else this.waiting[index] = { edit, count: earlier.count + 1 };
    } else this.waiting.push({ edit: operation, count: 1 });
    return this.proposeNext();
  }

  /**
   * Asks for something else than an edit; it waits behind what was typed before it.
   *
   * It may replace one that waits still.
   */
  propose(wish: Wish): Proposal | undefined {
    for (const [index, change] of this.waiting.entries()) {
      const joined = "wish" in change ? joining(change.wish, wish) : undefined;
      if (!joined) continue;
      this.waiting[index] = { wish: joined };
      return this.proposeNext();
    }
    this.waiting.push({ wish });
    return this.proposeNext();
  }

  /**
   * The proposal in flight once more, after a new epoch, a resume or a silence.
   *
   * It has the same number, so it is committed once, and reads against the current revision.
   */
  sendAgain(): Proposal | undefined {
    return this.inFlight ? this.proposal(this.inFlight) : this.proposeNext();
  }

  private proposeNext(): Proposal | undefined {
    if (this.inFlight) return undefined;
    const change = this.waiting.shift();
    if (!change) return undefined;
    this.inFlight = { number: ++this.numberLast, change };
    return this.proposal(this.inFlight);
  }

  private proposal({ number, change }: { number: number; change: Change }): Proposal {
    if ("edit" in change) {
      const { revision } = this;
      return { event: "edit", number, revision, operation: change.edit.toJSON() };
    }
    return proposalOf(change.wish, number);
  }

  // Receiving

  /**
   * Takes the commit that follows `revision`.
   *
   * Throws where it cannot follow: the page and the log differ and the room is to be joined anew.
   */
  received(commit: Commit): Received {
    if (commit.revision !== this.revision + 1) throw new Error("a commit is missing");
    const operation = commit.edit && TextOperation.decode(commit.edit);
    const isInFlight = this.isOurs(commit, operation);
    if (commit.by === this.participant) this.numbersStart(commit.number ?? 0);
    // First what may fail: then nothing has changed.
    if (operation) this.document = operation.apply(this.document);
    this.revision = commit.revision;
    if (isInFlight) {
      this.inFlight = undefined;
      return { kind: "acknowledged", next: this.proposeNext() };
    }
    // One of ours with another number is from before a reload: it comes as anybody's would.
    if (!operation) return { kind: "foreign" };
    return { kind: "foreign", operation: this.letPass(operation, this.uncommitted) };
  }

  /**
   * Whether the commit is the proposal in flight, which it has to equal then: both sides have
   * transformed it over the same commits, or one of them errs.
   */
  private isOurs(commit: Commit, operation: TextOperation | undefined): boolean {
    const { inFlight } = this;
    if (commit.by !== this.participant || commit.number !== inFlight?.number) return false;
    const own = inFlight && "edit" in inFlight.change ? inFlight.change.edit : undefined;
    if (JSON.stringify(own) === JSON.stringify(operation)) return inFlight !== undefined;
    throw new Error("the owner committed another edit than the one in flight");
  }

  /** Moves a concurrent operation behind changes that stay where they are. */
  private letPass(operation: TextOperation, changes: Change[]): TextOperation {
    let passing = operation;
    for (const change of changes) {
      if ("edit" in change) {
        [change.edit, passing] = TextOperation.transform(change.edit, passing);
      }
    }
    return passing;
  }

  /** Takes a rejection; what the participant wrote is never thrown away silently. */
  rejected(number: number, code: RejectionCode): Refused {
    const refused = this.inFlight;
    if (refused?.number !== number) return { kind: "unknown" };
    if (code === "future_revision") return { kind: "ahead" };
    if (isPassing(code)) return { kind: "again", proposal: this.proposal(refused) };
    this.inFlight = undefined;
    if (!("edit" in refused.change)) {
      const { wish } = refused.change;
      const next = this.proposeNext();
      return { kind: "takenBack", text: textOf(wish), isReport: isReport(wish), next };
    }
    const { edit } = refused.change;
    // d · in flight · waiting · undo = d · waiting′: the undoing moves to the end.
    const undo = this.letPass(edit.inverted(this.document), this.waiting);
    const text = edit.steps.filter(isInsert).join("");
    return { kind: "takenBack", undo, text, next: this.proposeNext() };
  }

  // Offsets

  /** A place in the editor as a place in the committed document, for others to understand. */
  committedOffset(offset: number): number {
    return this.operations.reduceRight((at, operation) => operation.offsetBefore(at), offset);
  }

  /** A place in the committed document as a place in the editor. */
  editorOffset(offset: number): number {
    return this.operations.reduce((at, operation) => operation.transformingOffset(at), offset);
  }

  private get uncommitted(): Change[] {
    return this.inFlight ? [this.inFlight.change, ...this.waiting] : this.waiting;
  }

  private get operations(): TextOperation[] {
    return this.uncommitted.flatMap((change) => "edit" in change ? [change.edit] : []);
  }

  // Surviving a reload

  get state(): PendingEditsState {
    const { participant, revision, document: text, numberLast } = this;
    const changes = this.uncommitted.map((change) =>
      "edit" in change ? { edit: change.edit.toJSON(), count: change.count } : change
    );
    return { participant, revision, text, numberLast, inFlight: this.inFlight?.number, changes };
  }

  /** Throws where the changes do not follow one another from the text: it was stored damaged. */
  static restoring(state: PendingEditsState): PendingEdits {
    const pending = new PendingEdits(state.participant, state.revision, state.text);
    pending.numberLast = Math.max(state.numberLast, state.inFlight ?? 0);
    pending.waiting = state.changes.map((change) =>
      "edit" in change ? { ...change, edit: TextOperation.decode(change.edit) } : change
    );
    const change = state.inFlight === undefined ? undefined : pending.waiting.shift();
    if (change) pending.inFlight = { number: state.inFlight!, change };
    void pending.text;
    return pending;
  }
}

/**
 * Whether a rejection is about when and how a proposal came, not about what it asks for.
 *
 * Then it is proposed again under its number, and whoever refused it must not remember that: another
 * copy may be on its way to be committed, and under two numbers both would be.
 */
function isPassing(code: RejectionCode): boolean {
  return code === "too_old" || code === "rate_limited";
}

function countOf(change: Change): number {
  if ("edit" in change) return change.count;
  return isReport(change.wish) ? 0 : 1;
}
