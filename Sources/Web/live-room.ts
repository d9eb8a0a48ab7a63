import {
  Connection,
  type ConnectionListener,
  type Schedule,
  type Transport,
} from "./connection.ts";
import type {
  Commit,
  Presence,
  Proposal,
  Refusal,
  Rejected,
  RejectionCode,
  Resume,
  Role,
  Selection,
  Snapshot,
  Welcome,
} from "./messages.ts";
import { PendingEdits, type Wish } from "./pending-edits.ts";
import { RemoteSelections } from "./remote-selections.ts";
import { folding, type RoomState, stateOf } from "./room-state.ts";
import type { Identity, Unsent } from "./room-storage.ts";
import { TextOperation } from "./text-operation.ts";

/** Where the room's text is shown and typed. */
export interface Surface {
  /** Shows another text, with nothing of the one before. */
  show(text: string): void;
  apply(operation: TextOperation): void;
  setLanguage(language: string): void;
  setReadOnly(isReadOnly: boolean): void;
  showSelections(selections: NamedSelections[]): void;
}

/** The selections of one of the others, with what it takes to tell whose they are. */
export interface NamedSelections {
  participant: string;
  name: string;
  color: number;
  selections: Selection[];
}

/** Something a participant wrote that has no place in the room. */
export interface Notice {
  id: number;
  code: RejectionCode | "diverged";
  text: string;
}

/** What the page shows of a room; a new value after each change. */
export interface RoomView {
  readonly participant: string | undefined;
  readonly role: Role | undefined;
  /** Undefined until the first welcome. */
  readonly room: RoomState | undefined;
  readonly isOnline: boolean;
  readonly unsavedCount: number;
  readonly notices: readonly Notice[];
  readonly refusal: Refusal | undefined;
}

/** What a room needs of the tab it is open in. */
export interface Memory {
  readonly identity: Identity | undefined;
  remember(identity: Identity): void;
  unsent: Unsent | undefined;
  clear(): void;
}

const selectMilliseconds = 60;
const persistMilliseconds = 150;
const rateLimitMilliseconds = 1_000;
const selectionsMax = 32;
/** More would hide the code. */
const noticesMax = 3;
/** A gateway takes messages of a million bytes; a code unit escapes into six at most. */
const insertedLengthMax = 150_000;

/**
 * A room as one participant takes part in it: carries out what `PendingEdits` and `Connection` decide.
 *
 * It knows the page only as a `Surface` to write on and as listeners to the `view`.
 */
export class LiveRoom implements ConnectionListener {
  view: RoomView = {
    participant: undefined,
    role: undefined,
    room: undefined,
    isOnline: false,
    unsavedCount: 0,
    notices: [],
    refusal: undefined,
  };
  private pending: PendingEdits | undefined;
  private surface: Surface | undefined;
  private readonly remoteSelections = new RemoteSelections();
  private ownSelections: Selection[] = [];
  private readonly connection: Connection;
  private readonly listeners = new Set<() => void>();
  private readonly cancels = new Map<string, () => void>();
  private noticeLast = 0;

  constructor(
    transport: Transport,
    private readonly memory: Memory,
    private readonly schedule: Schedule,
  ) {
    this.connection = new Connection(transport, this, schedule);
  }

  open() {
    this.restore();
    this.connection.open();
  }

  close() {
    this.persist();
    for (const cancel of this.cancels.values()) cancel();
    this.connection.close();
  }

  subscribe = (listener: () => void): () => void => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The text as it stands here, with what is not committed yet. */
  get text(): string {
    return this.pending?.text ?? "";
  }

  attach(surface: Surface) {
    this.surface = surface;
    this.showEverything();
  }

  // What the participant does

  /** Takes an operation that the surface shows already. */
  edited(operation: TextOperation) {
    this.remoteSelections.move(operation);
    this.send(this.pending?.proposeEdit(operation));
    this.showSelections();
    this.changed();
  }

  propose(wish: Wish) {
    this.send(this.pending?.propose(wish));
    this.changed();
  }

  selected(selections: Selection[]) {
    this.ownSelections = selections.slice(0, selectionsMax);
    this.tellSelections();
  }

  dismiss(notice: number) {
    this.changed({ notices: this.view.notices.filter(({ id }) => id !== notice) });
  }

  /** Writes down what is unsent, as the page may go at any moment. */
  persist() {
    const { pending, view } = this;
    const isWorth = pending && view.room && pending.unsavedCount > 0;
    this.memory.unsent = isWorth ? { pending: pending.state, room: view.room } : undefined;
  }

  // What the connection brings

  resume(): Resume | undefined {
    const identity = this.memory.identity;
    return identity && { ...identity, revision: this.pending?.revision };
  }

  welcomed(welcome: Welcome) {
    const { participant, key, role, snapshot } = welcome;
    this.memory.remember({ participant, key });
    this.view = { ...this.view, participant, role };
    if (snapshot) {
      this.begin(participant, snapshot);
      this.showEverything();
    } else this.showState();
  }

  delivered(commits: Commit[]) {
    try {
      for (const commit of commits) this.fold(commit);
    } catch {
      this.startOver();
    }
    if (!this.pending?.isInFlight) this.connection.settled();
    this.showSelections();
    this.changed();
  }

  presence(presence: Presence) {
    const { pending } = this;
    if (!pending || presence.by === pending.participant) return;
    this.remoteSelections.received(presence, (offset) => pending.editorOffset(offset));
    this.showSelections();
  }

  rejected({ number, code }: Rejected) {
    const refused = this.pending?.rejected(number, code);
    if (refused?.kind === "again") {
      if (code === "rate_limited") {
        this.later("again", rateLimitMilliseconds, () => this.sendAgain());
      } else this.send(refused.proposal);
    } else if (refused?.kind === "takenBack") {
      if (refused.undo) this.apply(refused.undo);
      this.notify(code, refused.text);
      this.send(refused.next);
    }
    this.changed();
  }

  sendAgain() {
    this.send(this.pending?.sendAgain());
  }

  onlineChanged(isOnline: boolean) {
    if (isOnline) this.tellSelections();
    else {
      this.remoteSelections.clear();
      this.showSelections();
    }
    this.changed({ isOnline });
  }

  refused(refusal: Refusal) {
    this.changed({ refusal, isOnline: false });
  }

  // Folding

  private begin(participant: string, snapshot: Snapshot) {
    const left = this.pending?.unsavedCount ? this.pending.text : undefined;
    if (left !== undefined) this.notify("diverged", left);
    this.pending = new PendingEdits(participant, snapshot.revision, snapshot.text);
    const own = snapshot.participants.find((one) => one.participant === participant);
    this.pending.numbersStart(own?.number ?? 0);
    this.remoteSelections.clear();
    this.view = { ...this.view, room: stateOf(snapshot) };
  }

  private fold(commit: Commit) {
    const { pending } = this;
    const { room } = this.view;
    if (!pending || !room) return;
    const operation = commit.edit && TextOperation.decode(commit.edit);
    const received = pending.received(commit);
    this.remoteSelections.committed(commit.revision, operation);
    if (received.kind === "acknowledged") this.send(received.next);
    else if (received.operation) this.apply(received.operation);
    if (commit.left) this.remoteSelections.remove(commit.by);
    // Who is new here does not know where we are.
    if (commit.joined && commit.by !== pending.participant) this.tellSelections();
    this.view = { ...this.view, room: folding(room, commit) };
    this.showState();
  }

  private apply(operation: TextOperation) {
    this.surface?.apply(operation);
    this.remoteSelections.move(operation);
  }

  /** The log and this page do not fit together: takes a fresh snapshot, and offers what was unsent. */
  private startOver() {
    if (this.pending?.unsavedCount) this.notify("diverged", this.textAsShown());
    this.pending = undefined;
    this.memory.unsent = undefined;
    this.connection.reconnect(0);
  }

  private textAsShown(): string {
    try {
      return this.text;
    } catch {
      return this.pending?.document ?? "";
    }
  }

  private restore() {
    const { unsent } = this.memory;
    if (!unsent || !this.memory.identity) return;
    try {
      this.pending = PendingEdits.restoring(unsent.pending);
      this.changed({ room: unsent.room, participant: this.pending.participant });
    } catch {
      this.memory.unsent = undefined;
    }
  }

  // Sending

  private send(proposal: Proposal | undefined) {
    if (!proposal) return;
    if (isTooLarge(proposal)) {
      this.later(
        "refuse",
        0,
        () => this.rejected({ number: proposal.number, code: "too_large", message: "" }),
      );
    } else this.connection.propose(proposal);
  }

  private tellSelections() {
    this.later("select", selectMilliseconds, () => {
      const { pending } = this;
      if (!pending || this.view.role === undefined) return;
      const place = (offset: number) => pending.committedOffset(offset);
      const selections = this.ownSelections.map((
        [anchor, head],
      ): Selection => [place(anchor), place(head)]);
      this.connection.select(pending.revision, selections);
    });
  }

  /** Does the latest of what is asked under one name, once its time has come. */
  private later(name: string, milliseconds: number, action: () => void) {
    if (this.cancels.has(name)) return;
    const cancel = this.schedule(milliseconds, () => {
      this.cancels.delete(name);
      action();
    });
    this.cancels.set(name, cancel);
  }

  // Showing

  get canEdit(): boolean {
    const { role, room } = this.view;
    if (!room || room.ended || role === "observer") return false;
    return !room.locked || role === "interviewer";
  }

  private showEverything() {
    this.surface?.show(this.text);
    this.showState();
    this.showSelections();
    this.changed();
  }

  private showState() {
    const { room } = this.view;
    if (room) this.surface?.setLanguage(room.language);
    this.surface?.setReadOnly(!this.canEdit);
  }

  private showSelections() {
    const others = (this.view.room?.participants ?? []).filter((one) =>
      one.connected && one.participant !== this.view.participant
    );
    this.surface?.showSelections(others.map(({ participant, name, color }) => {
      return { participant, name, color, selections: this.remoteSelections.of(participant) };
    }));
  }

  /** Rejections that follow one another for one reason are one notice: a quick typist gets many. */
  private notify(code: Notice["code"], text: string) {
    const last = this.view.notices.at(-1);
    const isSame = last?.code === code && code !== "diverged";
    const notice = isSame
      ? { ...last, text: last.text + text }
      : { id: ++this.noticeLast, code, text };
    const others = isSame ? this.view.notices.slice(0, -1) : this.view.notices;
    this.view = { ...this.view, notices: [...others, notice].slice(-noticesMax) };
  }

  private changed(change: Partial<RoomView> = {}) {
    this.view = { ...this.view, ...change, unsavedCount: this.pending?.unsavedCount ?? 0 };
    this.later("persist", persistMilliseconds, () => this.persist());
    for (const listener of this.listeners) listener();
  }
}

function isTooLarge(proposal: Proposal): boolean {
  if (proposal.event !== "edit") return false;
  const inserted = proposal.operation.filter((step) => typeof step === "string").join("");
  if (inserted.length < insertedLengthMax) return false;
  return new TextEncoder().encode(JSON.stringify(inserted)).length > 6 * insertedLengthMax;
}
