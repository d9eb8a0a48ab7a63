import type { Connection } from "./connection.ts";
import type { Delays } from "./delays.ts";
import type { Commit, Proposal, RejectionCode } from "./messages.ts";
import type { PendingEdits } from "./pending-edits.ts";
import { isTooLarge } from "./proposal-size.ts";
import type { RoomMemory } from "./room-storage.ts";
import type { SharedText } from "./shared-text.ts";
import type { TextOperation } from "./text-operation.ts";
import type { Wish } from "./wishes.ts";

/** How long a server is left alone that could not do what was asked just now. */
export const passingMilliseconds = 1_000;

/** What has to be known of proposals beside the text they change. */
export interface ProposalsListener {
  /** How much is under way may be another now. */
  proposalsChanged(): void;
  /** Something a participant wrote is refused for good, and gone from the page. */
  takenBack(code: RejectionCode, text: string): void;
}

/** What a participant asks of the room, on its way there: carries out what `PendingEdits` decides. */
export class Proposals {
  /** The newest, and when it was first sent from this page. */
  private asked = { number: 0, at: 0 };

  constructor(
    private readonly shared: SharedText,
    private readonly connection: Connection,
    private readonly memory: RoomMemory,
    private readonly delays: Delays,
    private readonly localTime: () => number,
    private readonly listener: ProposalsListener,
  ) {}

  /** How long the one in flight has been. */
  get milliseconds(): number {
    return this.shared.pending?.unsavedCount ? this.localTime() - this.asked.at : 0;
  }

  /** Takes an operation that the surface shows already. */
  edited(operation: TextOperation) {
    this.send(this.shared.edited(operation));
    this.listener.proposalsChanged();
  }

  propose(wish: Wish) {
    this.send(this.shared.pending?.propose(wish));
    this.listener.proposalsChanged();
  }

  /** Takes the commit that comes next, which may be what was asked for. */
  committed(commit: Commit, pending: PendingEdits) {
    this.send(this.shared.committed(commit, pending));
  }

  /** Takes that there are no more commits for now. */
  settled() {
    if (!this.shared.pending?.isInFlight) this.connection.settled();
  }

  rejected(number: number, code: RejectionCode) {
    const refused = this.shared.pending?.rejected(number, code);
    if (refused?.kind === "again") {
      const milliseconds = code === "too_old" ? 0 : passingMilliseconds;
      this.delays.once("again", milliseconds, () => this.sendAgain());
    } else if (refused?.kind === "ahead") {
      this.connection.reconnect(passingMilliseconds);
    } else if (refused?.kind === "takenBack") {
      if (refused.undo) this.shared.apply(refused.undo);
      // What the page itself reports is nothing to trouble anybody with.
      if (!refused.isReport) this.listener.takenBack(code, refused.text);
      this.send(refused.next);
    }
    this.listener.proposalsChanged();
  }

  /** Takes back all that is under way. */
  rejectAll(code: RejectionCode) {
    let unsent: Proposal | undefined;
    while ((unsent = this.shared.pending?.sendAgain())) this.rejected(unsent.number, code);
  }

  sendAgain() {
    this.send(this.shared.pending?.sendAgain());
  }

  private send(proposal: Proposal | undefined) {
    if (!proposal) return;
    const { number } = proposal;
    if (number !== this.asked.number) this.asked = { number, at: this.localTime() };
    // A number that was refused stands nowhere else, and would be refused again after a reload.
    this.memory.numberLast = number;
    if (!isTooLarge(proposal)) return this.connection.propose(proposal);
    this.delays.once("refuse", 0, () => this.rejected(number, "too_large"));
  }
}
