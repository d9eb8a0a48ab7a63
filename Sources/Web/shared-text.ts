import type { Delays } from "./delays.ts";
import { Following } from "./following.ts";
import type { Commit, Participant, Presence, Proposal, Selection } from "./messages.ts";
import { PendingEdits } from "./pending-edits.ts";
import type { RoomState } from "./room-state.ts";
import type { Unsent } from "./room-storage.ts";
import { SharedSelections } from "./shared-selections.ts";
import type { Surface } from "./surface.ts";
import type { TextOperation } from "./text-operation.ts";
import { UndoHistory } from "./undo-history.ts";

/** The text of a room as one page has it, with everybody's selections, on a surface once there is one. */
export class SharedText {
  readonly history = new UndoHistory();
  pending: PendingEdits | undefined;
  private surface: Surface | undefined;
  private scrollTop = 0;
  private participants: readonly Participant[] = [];
  private readonly selections: SharedSelections;
  private readonly following = new Following();

  constructor(tell: (revision: number, selections: Selection[]) => void, delays: Delays) {
    this.selections = new SharedSelections(tell, delays);
  }

  /** As it stands here, with what is not committed yet. */
  get text(): string {
    return this.pending?.text ?? "";
  }

  attach(surface: Surface) {
    // A surface tells where it stands as soon as it shows a text.
    const { selections: { own }, scrollTop } = this;
    this.surface = surface;
    this.show();
    surface.place(own, scrollTop);
  }

  // What the participant does

  /** The surface is gone; the text goes on without one, until the next is there. */
  detach(surface: Surface) {
    if (this.surface === surface) this.surface = undefined;
  }

  /** Takes an operation that the surface shows already; returns what is to be sent. */
  edited(operation: TextOperation): Proposal | undefined {
    this.selections.edited(operation);
    const proposal = this.pending?.proposeEdit(operation);
    this.showSelections();
    return proposal;
  }

  selected(selections: Selection[]) {
    this.selections.selected(selections, this.pending);
  }

  scrolled(scrollTop: number) {
    this.scrollTop = scrollTop;
  }

  tellSelections() {
    this.selections.tell(this.pending);
  }

  /** Keeps somebody's caret in view, or nobody's; returns whether that is a change. */
  follow(participant: string | undefined): boolean {
    const isChange = this.following.follow(participant);
    this.showFollowed();
    return isChange;
  }

  get followed(): string | undefined {
    return this.following.followed;
  }

  /** Shows where somebody is; false where that is not known. */
  jumpTo(participant: string): boolean {
    const head = this.selections.of(participant)[0]?.[1];
    if (head !== undefined) this.surface?.reveal(head, participant);
    return head !== undefined;
  }

  // What the room brings

  begin(pending: PendingEdits) {
    this.pending = pending;
    this.selections.forgetOthers();
    this.history.clear();
  }

  /** Takes the commit that comes next; returns what is to be sent. */
  committed(commit: Commit, pending: PendingEdits): Proposal | undefined {
    const received = pending.received(commit);
    this.selections.committed(commit);
    // Who is new here does not know where we are.
    if (commit.joined && commit.by !== pending.participant) this.tellSelections();
    if (received.kind === "acknowledged") return received.next;
    if (received.operation) this.apply(received.operation);
  }

  /** Takes an operation that is not this participant's, or takes one back. */
  apply(operation: TextOperation) {
    this.history.applied(operation);
    this.selections.applied(operation);
    this.surface?.apply(operation);
  }

  present(presence: Presence) {
    if (!this.pending || presence.by === this.pending.participant) return;
    this.selections.received(presence, this.pending);
    this.showSelections();
  }

  forgetOthers() {
    this.selections.forgetOthers();
    this.showSelections();
  }

  // Surviving a reload

  /** All it takes to go on from here. */
  kept(room: RoomState | undefined): Unsent | undefined {
    const { pending, history, scrollTop, selections: { own } } = this;
    if (!pending || !room) return undefined;
    const place = { selections: own, scrollTop, undo: history.state };
    return { pending: pending.state, room, place };
  }

  /** Goes on from what was kept; false where it does not fit together, as it was stored damaged. */
  restore({ pending, place }: Unsent): boolean {
    try {
      this.pending = PendingEdits.restoring(pending);
      if (!place) return true;
      this.history.restore(place.undo, this.text.length);
      this.selections.own = place.selections;
      this.scrollTop = place.scrollTop;
      return true;
    } catch {
      this.pending = undefined;
      this.history.clear();
      return false;
    }
  }

  // Showing

  show() {
    this.surface?.show(this.text);
    this.showSelections();
  }

  showState(language: string | undefined, isReadOnly: boolean) {
    if (language !== undefined) this.surface?.setLanguage(language);
    this.surface?.setReadOnly(isReadOnly);
  }

  showParticipants(participants: readonly Participant[]) {
    this.participants = participants;
    this.showSelections();
  }

  private showSelections() {
    const self = this.pending?.participant;
    this.surface?.showSelections(this.selections.named(this.participants, self));
    this.showFollowed();
  }

  private showFollowed() {
    const { followed } = this.following;
    if (followed === undefined) return;
    const offset = this.following.offsetToShow(this.selections.of(followed));
    if (offset !== undefined) this.surface?.reveal(offset, followed);
  }
}
