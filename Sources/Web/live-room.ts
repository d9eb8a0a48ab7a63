import { Connection, type ConnectionListener, type Transport } from "./connection.ts";
import { Delays, type Schedule } from "./delays.ts";
import type {
  Commit,
  Presence,
  Proposal,
  Refusal,
  Rejected,
  Resume,
  Selection,
  Snapshot,
  Welcome,
} from "./messages.ts";
import { PendingEdits, type Wish } from "./pending-edits.ts";
import { RemoteSelections } from "./remote-selections.ts";
import { folding, stateOf } from "./room-state.ts";
import type { RoomMemory } from "./room-storage.ts";
import { canEdit, type Notice, noting, type RoomView, viewAtFirst } from "./room-view.ts";
import type { Surface } from "./surface.ts";
import { TextOperation } from "./text-operation.ts";

const selectMilliseconds = 60;
const persistMilliseconds = 150;
const passingMilliseconds = 1_000;
const selectionsMax = 32;
/** A gateway takes messages of a million bytes; a code unit escapes into six at most. */
const insertedLengthMax = 150_000;

/**
 * A room as one participant takes part in it: carries out what `PendingEdits` and `Connection` decide.
 *
 * It knows the page only as a `Surface` to write on and as listeners to the `view`.
 */
export class LiveRoom implements ConnectionListener {
  view = viewAtFirst;
  private pending: PendingEdits | undefined;
  private surface: Surface | undefined;
  private readonly remoteSelections = new RemoteSelections();
  private ownSelections: Selection[] = [];
  private readonly connection: Connection;
  private readonly listeners = new Set<() => void>();
  private readonly delays: Delays;

  constructor(
    makeTransport: () => Transport,
    private readonly memory: RoomMemory,
    schedule: Schedule,
  ) {
    this.delays = new Delays(schedule);
    this.connection = new Connection(makeTransport, this, schedule);
  }

  open() {
    this.restore();
    this.connection.open();
  }

  close() {
    this.persist();
    this.delays.cancelAll();
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
    return identity && { ...identity, revision: this.pending?.revision, at: this.view.room?.at };
  }

  welcomed(welcome: Welcome) {
    const { participant, key, role, snapshot } = welcome;
    this.memory.remember({ participant, key });
    this.view = { ...this.view, participant, role };
    if (snapshot) {
      this.begin(participant, snapshot, welcome.at);
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
      const milliseconds = code === "too_old" ? 0 : passingMilliseconds;
      this.delays.once("again", milliseconds, () => this.sendAgain());
    } else if (refused?.kind === "ahead") {
      this.connection.reconnect(passingMilliseconds);
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

  /** Who is in the room when it ends stays there, to read; what is unsent is taken back. */
  refused(refusal: Refusal) {
    const { room } = this.view;
    if (refusal !== "session_ended" || !room) return this.changed({ refusal, isOnline: false });
    this.changed({ room: { ...room, ended: true } });
    let unsent: Proposal | undefined;
    while ((unsent = this.pending?.sendAgain())) {
      this.rejected({ number: unsent.number, code: "ended", message: "" });
    }
    this.showState();
  }

  // Folding

  /**
   * Takes a room as it is now. Where we had one up to some revision, its log has lost that: what was
   * here is offered, for a part of it may be gone though it was saved.
   */
  private begin(participant: string, snapshot: Snapshot, at: number | undefined) {
    const left = this.pending?.text;
    if (left !== undefined && left !== snapshot.text) this.notify("diverged", left);
    this.pending = new PendingEdits(participant, snapshot.revision, snapshot.text);
    const own = snapshot.participants.find((one) => one.participant === participant);
    this.pending.numbersStart(Math.max(own?.number ?? 0, this.memory.numberLast));
    this.remoteSelections.clear();
    this.view = { ...this.view, room: stateOf(snapshot, at) };
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
    // Until the snapshot is here, nothing that is typed could be kept.
    this.surface?.setReadOnly(true);
    this.connection.reconnect(passingMilliseconds);
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
      this.view = { ...this.view, room: unsent.room, participant: this.pending.participant };
      this.showEverything();
    } catch {
      this.memory.unsent = undefined;
    }
  }

  // Sending

  private send(proposal: Proposal | undefined) {
    if (!proposal) return;
    // A number that was refused stands nowhere else, and would be refused again after a reload.
    this.memory.numberLast = proposal.number;
    if (!isTooLarge(proposal)) return this.connection.propose(proposal);
    const rejected: Rejected = { number: proposal.number, code: "too_large", message: "" };
    this.delays.once("refuse", 0, () => this.rejected(rejected));
  }

  private tellSelections() {
    this.delays.once("select", selectMilliseconds, () => {
      const { pending } = this;
      if (!pending || this.view.role === undefined) return;
      const selections = this.ownSelections.map(([anchor, head]): Selection => [
        pending.committedOffset(anchor),
        pending.committedOffset(head),
      ]);
      this.connection.select(pending.revision, selections);
    });
  }

  // Showing

  private showEverything() {
    this.surface?.show(this.text);
    this.showState();
    this.showSelections();
    this.changed();
  }

  private showState() {
    const { room } = this.view;
    if (room) this.surface?.setLanguage(room.language);
    this.surface?.setReadOnly(!canEdit(this.view));
  }

  private showSelections() {
    const others = (this.view.room?.participants ?? []).filter((one) =>
      one.connected && one.participant !== this.view.participant
    );
    this.surface?.showSelections(others.map(({ participant, name, color }) => {
      return { participant, name, color, selections: this.remoteSelections.of(participant) };
    }));
  }

  private notify(code: Notice["code"], text: string) {
    this.view = { ...this.view, notices: noting(this.view.notices, code, text) };
  }

  private changed(change: Partial<RoomView> = {}) {
    this.view = { ...this.view, ...change, unsavedCount: this.pending?.unsavedCount ?? 0 };
    this.delays.once("persist", persistMilliseconds, () => this.persist());
    for (const listener of this.listeners) listener();
  }
}

function isTooLarge(proposal: Proposal): boolean {
  if (proposal.event !== "edit") return false;
  const inserted = proposal.operation.filter((step) => typeof step === "string").join("");
  if (inserted.length < insertedLengthMax) return false;
  return new TextEncoder().encode(JSON.stringify(inserted)).length > 6 * insertedLengthMax;
}
