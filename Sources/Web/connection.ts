import { Delays, type Schedule } from "./delays.ts";
import type {
  Closing,
  Commit,
  Note,
  Presence,
  Proposal,
  Pulse,
  Refusal,
  Rejected,
  Resume,
  Selection,
  Waiting,
  Welcome,
} from "./messages.ts";

/** The part of a Socket.IO socket that is used here. */
export interface Transport {
  readonly connected: boolean;
  /** Whether the transport tries again by itself. */
  readonly active: boolean;
  // deno-lint-ignore no-explicit-any -- what a peer sends has the type its event is documented with
  on(event: string, handler: (argument: any) => void): unknown;
  /** `acknowledged` is called when the other end has it, and never if it got lost. */
  emit(event: string, argument: unknown, acknowledged?: () => void): unknown;
  connect(): unknown;
  disconnect(): unknown;
}

export interface ConnectionListener {
  /** Who we were and how far we got; asked at each attempt to connect. */
  resume(): Resume | undefined;
  welcomed(welcome: Welcome): void;
  /** Commits that follow what was delivered before, without a gap. */
  delivered(commits: Commit[]): void;
  presence(presence: Presence): void;
  pulse(pulse: Pulse): void;
  /** All notes, or those that changed. */
  notes(notes: Note[]): void;
  /** Known to the room, and not let in yet: the welcome comes later on this line. */
  waiting(waiting: Waiting): void;
  rejected(rejected: Rejected): void;
  /** The proposal in flight may be lost: time to send it again. */
  sendAgain(): void;
  /** Whether what is proposed now reaches the room. */
  onlineChanged(isOnline: boolean): void;
  /** The gateway will not let us in; trying again would not help. */
  refused(refusal: Refusal): void;
}

const silenceMilliseconds = 3_000;
const retryMilliseconds = { first: 500, max: 10_000 };
const finalRefusals = new Set([
  "invalid_token",
  "unknown_session",
  "session_ended",
  "room_full",
  "invalid_name",
  "forbidden_origin",
]);

/**
 * One participant's line to a room, across reconnects and gateways.
 *
 * States: offline → (waiting) → waiting → (welcome) → online → (disconnect, gap) → offline; refused is final. When it is
 * time to leave a gateway, the next line is opened beside the old one and takes over with its welcome, so nobody waits.
 * It knows revisions and numbers, and neither texts nor the page.
 */
export class Connection {
  private isOnline = false;
  /** Held by a gateway, and not let in. */
  private isWaiting = false;
  private isClosed = false;
  private revision = 0;
  private failures = 0;
  private readonly delays: Delays;
  private transport: Transport;
  /** Opened to take over. */
  private next: Transport | undefined;

  constructor(
    private readonly makeTransport: () => Transport,
    private readonly listener: ConnectionListener,
    schedule: Schedule,
  ) {
    this.delays = new Delays(schedule);
    this.transport = this.makeLine();
  }

  private makeLine(): Transport {
    const line = this.makeTransport();
    /** What a line says that is not ours any more, or not yet, is not listened to. */
    const on = <T>(event: string, handler: (argument: T) => void) =>
      line.on(event, (argument: T) => {
        if (line === this.transport) handler(argument);
      });
    for (const event of ["welcome", "waiting"]) {
      line.on(event, () => line === this.next && this.takeOver());
    }
    on("welcome", (welcome: Welcome) => this.welcomed(welcome));
    on("commits", (commits: Commit[]) => this.received(commits));
    on("presence", (presence: Presence) => this.isOnline && this.listener.presence(presence));
    on("pulse", (pulse: Pulse) => this.isOnline && this.listener.pulse(pulse));
    on("notes", (notes: Note[]) => this.isOnline && this.listener.notes(notes));
    on("waiting", (waiting: Waiting) => this.waiting(waiting));
    on("epoch", () => this.isOnline && this.listener.sendAgain());
    on("rejected", (rejected: Rejected) => this.rejected(rejected));
    on("closing", (closing: Closing) => this.closing(closing));
    on("disconnect", () => this.disconnected());
    on("connect_error", (error: Error) => this.failed(error.message));
    for (const event of ["disconnect", "connect_error"]) {
      line.on(event, () => line === this.next && this.reconnect(0));
    }
    return line;
  }

  open() {
    this.transport.connect();
  }

  close() {
    this.isClosed = true;
    this.wentOffline();
    this.giveUpNext();
    this.transport.disconnect();
    this.delays.cancelAll();
  }

  /** Sends a proposal now; while offline it is dropped, and `sendAgain` is due on return. */
  propose(proposal: Proposal) {
    if (!this.isOnline) return;
    const { event, ...argument } = proposal;
    this.transport.emit(event, argument);
    this.awaitAnswer();
  }

  /** No proposal is in flight: silence is no sign of loss. */
  settled() {
    this.delays.cancel("silence");
  }

  select(revision: number, selections: Selection[]) {
    if (this.isOnline) this.transport.emit("select", { revision, selections });
  }

  note(id: string, text: string) {
    if (this.isOnline) this.transport.emit("note", { id, text });
  }

  pulse(pulse: Omit<Pulse, "by">, acknowledged: () => void) {
    if (this.isOnline) this.transport.emit("pulse", pulse, acknowledged);
  }

  private awaitAnswer() {
    this.settled();
    this.delays.once("silence", silenceMilliseconds, () => this.listener.sendAgain());
  }

  private welcomed(welcome: Welcome) {
    this.failures = 0;
    this.revision = welcome.snapshot?.revision ?? this.listener.resume()?.revision ?? 0;
    this.isOnline = true;
    this.isWaiting = false;
    this.listener.welcomed(welcome);
    this.received(welcome.commits);
    if (!this.isOnline) return;
    this.listener.onlineChanged(true);
    this.listener.sendAgain();
  }

  private waiting(waiting: Waiting) {
    this.failures = 0;
    if (this.isOnline) this.wentOffline();
    this.isWaiting = true;
    this.listener.waiting(waiting);
  }

  private rejected(rejected: Rejected) {
    if (!this.isOnline) return;
    if (rejected.note === undefined) this.settled();
    this.listener.rejected(rejected);
  }

  /** Delivers what follows; what is known is skipped, and after a gap the tail is asked for. */
  private received(commits: Commit[]) {
    if (!this.isOnline) return;
    const fresh: Commit[] = [];
    for (const commit of commits) {
      if (commit.revision <= this.revision) continue;
      if (commit.revision > this.revision + 1) break;
      this.revision = commit.revision;
      fresh.push(commit);
    }
    if (fresh.length > 0) this.listener.delivered(fresh);
    const last = commits.at(-1);
    if (last && last.revision > this.revision) this.reconnect(this.backoff());
  }

  /** A gateway that is about to stop serves until then: who stays that long misses nothing. */
  private closing({ reconnectAfter }: Closing) {
    this.delays.once("move", reconnectAfter, () => this.move());
  }

  private move() {
    if (this.next) return;
    this.next = this.makeLine();
    this.next.connect();
  }

  /** The next line is welcomed, or will be: the old one has ended, or ends here. */
  private takeOver() {
    const old = this.transport;
    if (this.next) this.transport = this.next;
    this.next = undefined;
    old.disconnect();
  }

  private giveUpNext() {
    const given = this.next;
    this.next = undefined;
    given?.disconnect();
  }

  /** Drops the line and resumes by revision after so many milliseconds. */
  reconnect(after: number) {
    this.wentOffline();
    this.giveUpNext();
    this.transport.disconnect();
    this.retry(after);
  }

  private disconnected() {
    this.wentOffline();
    if (this.next) return this.takeOver();
    // Where the server hung up, the transport stays down unless told.
    if (!this.transport.active) this.retry(this.backoff());
  }

  private failed(message: string) {
    this.wentOffline();
    if (this.transport.active) return;
    if (finalRefusals.has(message)) {
      this.isClosed = true;
      this.listener.refused(message as Refusal);
    } else this.retry(this.backoff());
  }

  private retry(after: number) {
    if (this.isClosed) return;
    this.delays.cancel("retry");
    this.delays.once("retry", after, () => this.transport.connect());
  }

  private backoff(): number {
    return Math.min(retryMilliseconds.first * 2 ** this.failures++, retryMilliseconds.max);
  }

  private wentOffline() {
    this.settled();
    this.delays.cancel("move");
    if (!this.isOnline && !this.isWaiting) return;
    this.isOnline = this.isWaiting = false;
    this.listener.onlineChanged(false);
  }
}
