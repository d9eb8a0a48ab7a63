import type { Delays } from "./delays.ts";
import type { Commit, Participant, Presence, Selection } from "./messages.ts";
import type { PendingEdits } from "./pending-edits.ts";
import { RemoteSelections } from "./remote-selections.ts";
import type { NamedSelections } from "./surface.ts";
import { TextOperation } from "./text-operation.ts";

const selectMilliseconds = 60;
const selectionsMax = 32;

/** Where everybody is in the text: tells ours, and keeps the others' in step with what is typed. */
export class SharedSelections {
  own: Selection[] = [];
  private readonly others = new RemoteSelections();

  constructor(
    private readonly send: (revision: number, selections: Selection[]) => void,
    private readonly delays: Delays,
  ) {}

  selected(selections: Selection[], pending: PendingEdits | undefined) {
    this.own = selections.slice(0, selectionsMax);
    this.tell(pending);
  }

  /** Tells where we are, soon, as the committed document has it. */
  tell(pending: PendingEdits | undefined) {
    if (!pending) return;
    this.delays.once("select", selectMilliseconds, () => {
      const selections = this.own.map(([anchor, head]): Selection => [
        pending.committedOffset(anchor),
        pending.committedOffset(head),
      ]);
      this.send(pending.revision, selections);
    });
  }

  received(presence: Presence, pending: PendingEdits) {
    this.others.received(presence, (offset) => pending.editorOffset(offset));
  }

  committed(commit: Commit) {
    this.others.committed(commit.revision, commit.edit && TextOperation.decode(commit.edit));
    if (commit.left) this.others.remove(commit.by);
  }

  /** Takes an operation of ours that the editor shows. */
  edited(operation: TextOperation) {
    this.others.move(operation);
  }

  /** Takes an operation of another, which moves what we have selected too. */
  applied(operation: TextOperation) {
    this.others.move(operation);
    this.own = this.own.map(([anchor, head]): Selection => [
      operation.transformingOffset(anchor),
      operation.transformingOffset(head),
    ]);
  }

  forgetOthers() {
    this.others.clear();
  }

  of(participant: string): Selection[] {
    return this.others.of(participant);
  }

  /** The selections of those of the participants who are here, but not `self`. */
  named(participants: readonly Participant[], self: string | undefined): NamedSelections[] {
    return participants
      .filter((one) => one.connected && one.participant !== self)
      .map(({ participant, name, color }) => {
        return { participant, name, color, selections: this.of(participant) };
      });
  }
}
