import { announcementOf } from "./announcements.ts";
import type { Connection } from "./connection.ts";
import type { Commit, Snapshot } from "./messages.ts";
import { PendingEdits } from "./pending-edits.ts";
import { passingMilliseconds, type Proposals } from "./proposals.ts";
import { folding, stateOf } from "./room-state.ts";
import type { RoomMemory } from "./room-storage.ts";
import type { ServerClock } from "./server-clock.ts";
import type { SharedText } from "./shared-text.ts";
import type { ViewStore } from "./view-store.ts";

/** Folds the room's log into the text and the view: from a snapshot on, commit after commit. */
export class RoomFold {
  constructor(
    private readonly shared: SharedText,
    private readonly shown: ViewStore,
    private readonly proposals: Proposals,
    private readonly connection: Connection,
    private readonly memory: RoomMemory,
    private readonly clock: ServerClock,
  ) {}

  /**
   * Takes a room as it is now. Where we had one up to some revision, its log has lost that: what was
   * here is offered, for a part of it may be gone though it was saved.
   */
  begin(participant: string, snapshot: Snapshot, at: number | undefined) {
    const left = this.shared.pending?.text;
    if (left !== undefined && left !== snapshot.text) this.shown.notify("diverged", left);
    const pending = new PendingEdits(participant, snapshot.revision, snapshot.text);
    const own = snapshot.participants.find((one) => one.participant === participant);
    pending.numbersStart(Math.max(own?.number ?? 0, this.memory.numberLast));
    this.shown.put({ room: stateOf(snapshot, at) });
    this.shared.begin(pending);
    this.shared.show();
  }

  /** Takes commits that follow what was taken before. */
  take(commits: Commit[]) {
    try {
      for (const commit of commits) this.fold(commit);
    } catch {
      this.startOver();
    }
    this.proposals.settled();
  }

  private fold(commit: Commit) {
    const { pending } = this.shared;
    const { room } = this.shown.view;
    if (!pending || !room) return;
    this.proposals.committed(commit, pending);
    this.clock.heard(commit.at);
    const after = folding(room, commit);
    this.shown.put({ room: after });
    this.shown.announce(announcementOf(commit, after, pending.participant));
    const isLost = commit.left !== undefined && commit.by === this.shared.followed;
    if (isLost && this.shared.follow(undefined)) this.shown.put({ followed: undefined });
  }

  /** The log and this page do not fit together: takes a fresh snapshot, and offers what was unsent. */
  private startOver() {
    const { pending } = this.shared;
    if (pending?.unsavedCount) this.shown.notify("diverged", pending.textAsKnown);
    this.shared.pending = undefined;
    this.memory.unsent = undefined;
    this.connection.reconnect(passingMilliseconds);
  }
}
