import { announcementOf } from "./announcements.ts";
import { Attendance } from "./attendance.ts";
import { Connection, type ConnectionListener, type Transport } from "./connection.ts";
import { Delays, type Schedule } from "./delays.ts";
import type { Unsaved } from "./leaving.ts";
import type {
  Commit,
  Note,
  Presence,
  Pulse,
  Refusal,
  Rejected,
  RejectionCode,
  Resume,
  Snapshot,
  Waiting,
  Welcome,
} from "./messages.ts";
import { newNoteID, Notes } from "./notes.ts";
import { PendingEdits } from "./pending-edits.ts";
import { passingMilliseconds, Proposals, type ProposalsListener } from "./proposals.ts";
import { RoomKeeper } from "./room-keeper.ts";
import { folding, isHidden, stateOf } from "./room-state.ts";
import type { RoomMemory } from "./room-storage.ts";
import { canEdit, type RoomView } from "./room-view.ts";
import { ServerClock } from "./server-clock.ts";
import { SharedText } from "./shared-text.ts";
import type { Surface } from "./surface.ts";
import type { TextOperation } from "./text-operation.ts";
import { ViewStore } from "./view-store.ts";
import type { Wish } from "./wishes.ts";

const persistMilliseconds = 150;
/** Shorter ones are nothing to speak of. */
const pastedLengthMin = 200;

/**
 * A room as one participant takes part in it: what they do goes into it, and what comes from it becomes the view.
 *
 * It knows the page only as a `Surface` to write on and as listeners to the `view`.
 */
export class LiveRoom implements ConnectionListener, ProposalsListener {
  readonly shared: SharedText;
  readonly attendance: Attendance;
  readonly keeper: RoomKeeper;
  private readonly shown = new ViewStore();
  private readonly proposals: Proposals;
  private readonly notebook: Notes;
  private readonly connection: Connection;
  private readonly clock: ServerClock;
  private readonly delays: Delays;

  constructor(
    makeTransport: () => Transport,
    private readonly memory: RoomMemory,
    schedule: Schedule,
    localTime: () => number = Date.now,
  ) {
    const delays = this.delays = new Delays(schedule);
    const connection = this.connection = new Connection(makeTransport, this, schedule);
    this.clock = new ServerClock(localTime);
    this.shared = new SharedText((...told) => connection.select(...told), delays);
    this.proposals = new Proposals(this.shared, connection, memory, delays, localTime, this);
    this.attendance = new Attendance(connection, this, localTime, delays);
    this.notebook = new Notes((...note) => connection.note(...note), delays, memory.unsavedNotes);
    this.keeper = new RoomKeeper(memory, this.shared, this.notebook, () => this.view.room);
  }

  open() {
    const unsent = this.keeper.restore();
    if (unsent) this.shown.put({ room: unsent.room, participant: unsent.pending.participant });
    this.shared.show();
    this.showState();
    this.notesChanged();
    this.connection.open();
  }

  close() {
    this.keeper.persist();
    this.delays.cancelAll();
    this.connection.close();
  }

  get view(): RoomView {
    return this.shown.view;
  }

  get subscribe() {
    return this.shown.subscribe;
  }

  /** The text as it stands here, with what is not committed yet. */
  get text(): string {
    return this.shared.text;
  }

  /** What is not in the log yet; looking writes it down. */
  get unsaved(): Unsaved {
    const { view: { unsavedCount: count, isOnline }, notebook: { unsavedSince } } = this;
    const noted = unsavedSince === undefined ? 0 : this.now() - unsavedSince;
    const isKept = this.keeper.secure();
    return { count, isOnline, milliseconds: Math.max(this.proposals.milliseconds, noted), isKept };
  }

  /** The owners' time, as well as it is known here. */
  now = (): number => this.clock.now();

  attach(surface: Surface) {
    this.shared.attach(surface);
    this.showState();
  }

  detach(surface: Surface) {
    this.shared.detach(surface);
  }

  // What the participant does

  /** Takes an operation that the surface shows already. */
  edited(operation: TextOperation) {
    this.proposals.edited(operation);
  }

  propose(wish: Wish) {
    this.proposals.propose(wish);
  }

  pasted(length: number) {
    if (length >= pastedLengthMin) this.reportWish({ pasted: length });
  }

  /** Writes a note, or deletes it by an empty text; without an `id` it is a new one. */
  writeNote(text: string, id: string = newNoteID()) {
    const revision = this.shared.pending?.revision ?? 0;
    this.notebook.write(id, { at: this.now(), by: this.self ?? "", text, revision });
    this.notesChanged();
  }

  /** Keeps somebody's caret in view until told otherwise, or nobody's. */
  follow(participant: string | undefined) {
    if (this.shared.follow(participant)) this.changed({ followed: participant });
  }

  dismiss(notice: number) {
    this.changed({ notices: this.view.notices.filter(({ id }) => id !== notice) });
  }

  // What the connection brings

  resume(): Resume | undefined {
    const { identity } = this.memory;
    const revision = this.shared.pending?.revision;
    return identity && { ...identity, revision, at: this.view.room?.at };
  }

  welcomed(welcome: Welcome) {
    const { participant, key, role, snapshot, notes, at } = welcome;
    this.memory.remember({ participant, key });
    this.clock.restart(at);
    this.shown.put({ participant, role, waiting: undefined });
    if (snapshot) this.begin(participant, snapshot, at);
    if (notes) this.notebook.begin(notes);
    this.showState();
    this.notesChanged();
  }

  waiting(waiting: Waiting) {
    const { participant, key, role } = waiting;
    this.memory.remember({ participant, key });
    this.changed({ participant, role, waiting: { ...waiting, isHeld: true } });
  }

  delivered(commits: Commit[]) {
    try {
      for (const commit of commits) this.fold(commit);
    } catch {
      this.startOver();
    }
    this.proposals.settled();
    this.showState();
    this.changed();
  }

  presence(presence: Presence) {
    this.shared.present(presence);
  }

  pulse(pulse: Pulse) {
    this.attendance.received(pulse);
  }

  notes(notes: Note[]) {
    this.notebook.received(notes);
    this.notesChanged();
  }

  rejected({ number, note, code }: Rejected) {
    if (note !== undefined) return this.noteRejected(note, code);
    this.proposals.rejected(number, code);
  }

  private noteRejected(id: string, code: Rejected["code"]) {
    // Silence sends it again.
    if (code === "rate_limited") return;
    const text = this.notebook.refused(id);
    if (text) this.shown.notify(code, text);
    this.notesChanged();
  }

  sendAgain() {
    this.proposals.sendAgain();
    this.notebook.sendAgain();
  }

  onlineChanged(isOnline: boolean) {
    if (isOnline) this.shared.tellSelections();
    else this.shared.forgetOthers();
    this.attendance.onlineChanged(isOnline);
    const { waiting } = this.view;
    this.changed({ isOnline, waiting: waiting && { ...waiting, isHeld: false } });
  }

  /** Who is in the room when it ends stays there, to read; what is unsent is taken back. */
  refused(refusal: Refusal) {
    const { room } = this.view;
    if (refusal !== "session_ended" || !room) return this.changed({ refusal, isOnline: false });
    this.changed({ room: { ...room, ended: true } });
    this.proposals.rejectAll("ended");
    this.showState();
  }

  // Folding

  /**
   * Takes a room as it is now. Where we had one up to some revision, its log has lost that: what was
   * here is offered, for a part of it may be gone though it was saved.
   */
  private begin(participant: string, snapshot: Snapshot, at: number | undefined) {
    const left = this.shared.pending?.text;
    if (left !== undefined && left !== snapshot.text) this.shown.notify("diverged", left);
    const pending = new PendingEdits(participant, snapshot.revision, snapshot.text);
    const own = snapshot.participants.find((one) => one.participant === participant);
    pending.numbersStart(Math.max(own?.number ?? 0, this.memory.numberLast));
    this.shown.put({ room: stateOf(snapshot, at) });
    this.shared.begin(pending);
    this.shared.show();
  }

  private fold(commit: Commit) {
    const { pending } = this.shared;
    const { room } = this.view;
    if (!pending || !room) return;
    this.proposals.committed(commit, pending);
    this.clock.heard(commit.at);
    const after = folding(room, commit);
    this.shown.put({ room: after });
    this.shown.announce(announcementOf(commit, after, pending.participant));
    if (commit.left && commit.by === this.shared.followed) this.follow(undefined);
  }

  /** The log and this page do not fit together: takes a fresh snapshot, and offers what was unsent. */
  private startOver() {
    const { pending } = this.shared;
    if (pending?.unsavedCount) this.shown.notify("diverged", pending.textAsKnown);
    this.shared.pending = undefined;
    this.memory.unsent = undefined;
    this.connection.reconnect(passingMilliseconds);
  }

  // Attendance

  get self(): string | undefined {
    return this.view.participant;
  }

  get isReportedHidden(): boolean {
    const { room, participant } = this.view;
    return room !== undefined && participant !== undefined && isHidden(room, participant);
  }

  report(hidden: boolean) {
    this.reportWish({ hidden });
  }

  pulsesChanged(pulses: RoomView["pulses"]) {
    this.changed({ pulses });
  }

  /** A server that keeps no events would not know what to do with it. */
  private reportWish(wish: Wish) {
    const { room } = this.view;
    if (room?.events && !room.ended) this.propose(wish);
  }

  // Proposals

  proposalsChanged() {
    this.changed();
  }

  takenBack(code: RejectionCode, text: string) {
    this.shown.notify(code, text);
  }

  // Showing

  private showState() {
    const { room } = this.view;
    this.shared.showParticipants(room?.participants ?? []);
    // Without a text that we know, nothing that is typed could be kept.
    this.shared.showState(room?.language, !this.shared.pending || !canEdit(this.view));
    this.changed();
  }

  private notesChanged() {
    this.changed({ notes: this.notebook.shown });
  }

  private changed(change: Partial<RoomView> = {}) {
    const unsavedEdits = this.shared.pending?.unsavedCount ?? 0;
    const unsavedCount = unsavedEdits + this.notebook.unsavedCount;
    const unsentChat = this.shared.pending?.unsentChat ?? [];
    this.shown.change({ ...change, unsavedCount, unsentChat });
    this.delays.once("persist", persistMilliseconds, () => this.keeper.persist());
  }
}
