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
  Waiting,
  Welcome,
} from "./messages.ts";
import { newNoteID, Notes } from "./notes.ts";
import { Proposals, type ProposalsListener } from "./proposals.ts";
import { RoomFold } from "./room-fold.ts";
import { RoomKeeper } from "./room-keeper.ts";
import { RoomScreen } from "./room-screen.ts";
import { isHidden } from "./room-state.ts";
import type { RoomMemory } from "./room-storage.ts";
import type { RoomView } from "./room-view.ts";
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
  private readonly screen: RoomScreen;
  private readonly folded: RoomFold;
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
    const keep = () => delays.once("persist", persistMilliseconds, () => this.keeper.persist());
    const { shown, shared, proposals, notebook, clock } = this;
    this.screen = new RoomScreen(shown, shared, notebook, keep);
    this.folded = new RoomFold(shared, shown, proposals, connection, memory, clock);
  }

  open() {
    const unsent = this.keeper.restore();
    if (unsent) this.shown.put({ room: unsent.room, participant: unsent.pending.participant });
    this.shared.show();
    this.screen.stateChanged();
    this.screen.notesChanged();
    this.connection.open();
  }

  close() {
    this.delays.cancelAll();
    this.connection.close();
    // Last, as what changes until then would be written down without the place.
    this.keeper.leave();
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
    this.screen.stateChanged();
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
    this.screen.notesChanged();
  }

  /** Keeps somebody's caret in view until told otherwise, or nobody's. */
  follow(participant: string | undefined) {
    if (this.shared.follow(participant)) this.screen.changed({ followed: participant });
  }

  dismiss(notice: number) {
    this.screen.changed({ notices: this.view.notices.filter(({ id }) => id !== notice) });
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
    if (snapshot) this.folded.begin(participant, snapshot, at);
    if (notes) this.notebook.begin(notes);
    this.screen.stateChanged();
    this.screen.notesChanged();
  }

  waiting(waiting: Waiting) {
    const { participant, key, role } = waiting;
    this.memory.remember({ participant, key });
    this.screen.changed({ participant, role, waiting: { ...waiting, isHeld: true } });
  }

  delivered(commits: Commit[]) {
    this.folded.take(commits);
    this.screen.stateChanged();
  }

  presence(presence: Presence) {
    this.shared.present(presence);
  }

  pulse(pulse: Pulse) {
    this.attendance.received(pulse);
  }

  notes(notes: Note[]) {
    this.notebook.received(notes);
    this.screen.notesChanged();
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
    this.screen.notesChanged();
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
    this.screen.changed({ isOnline, waiting: waiting && { ...waiting, isHeld: false } });
  }

  /** Who is in the room when it ends stays there, to read; what is unsent is taken back. */
  refused(refusal: Refusal) {
    const { room } = this.view;
    if (refusal !== "session_ended" || !room) {
      return this.screen.changed({ refusal, isOnline: false });
    }
    this.screen.changed({ room: { ...room, ended: true } });
    this.proposals.rejectAll("ended");
    this.screen.stateChanged();
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
    this.screen.changed({ pulses });
  }

  /** A server that keeps no events would not know what to do with it. */
  private reportWish(wish: Wish) {
    const { room } = this.view;
    if (room?.events && !room.ended) this.propose(wish);
  }

  // Proposals

  proposalsChanged() {
    this.screen.changed();
  }

  takenBack(code: RejectionCode, text: string) {
    this.shown.notify(code, text);
  }
}
