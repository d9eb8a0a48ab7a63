import type { Presence, Selection } from "./messages.ts";
import type { TextOperation } from "./text-operation.ts";

/** Commits a selection may lag behind; older ones are not shown. */
const recentMax = 200;

/**
 * Where the others' selections stand in this editor.
 *
 * They are told seldom and the text changes often, so every operation that the editor shows, whoever
 * made it, moves them.
 */
export class RemoteSelections {
  private readonly byParticipant = new Map<string, Selection[]>();
  private recent: { revision: number; operation: TextOperation | undefined }[] = [];

  /** Takes what a commit changed in the committed document, as later selections need it. */
  committed(revision: number, operation: TextOperation | undefined) {
    this.recent.push({ revision, operation });
    if (this.recent.length > recentMax) this.recent.shift();
  }

  /** Takes what a participant told; `editorOffset` maps from the committed document. */
  received(presence: Presence, editorOffset: (offset: number) => number) {
    const first = this.recent[0]?.revision;
    if (first !== undefined && presence.revision < first - 1) return;
    const missed = this.recent.filter(({ revision }) => revision > presence.revision);
    const place = (offset: number) =>
      editorOffset(missed.reduce((at, { operation }) => moved(at, operation), offset));
    const selections = presence.selections.map(([anchor, head]): Selection => [
      place(anchor),
      place(head),
    ]);
    this.byParticipant.set(presence.by, selections);
  }

  remove(participant: string) {
    this.byParticipant.delete(participant);
  }

  clear() {
    this.byParticipant.clear();
    this.recent = [];
  }

  /** Takes an operation that the editor shows now. */
  move(operation: TextOperation) {
    for (const [participant, selections] of this.byParticipant) {
      const places = selections.map(([anchor, head]): Selection => [
        operation.transformingOffset(anchor),
        operation.transformingOffset(head),
      ]);
      this.byParticipant.set(participant, places);
    }
  }

  of(participant: string): Selection[] {
    return this.byParticipant.get(participant) ?? [];
  }
}

function moved(offset: number, operation: TextOperation | undefined): number {
  return operation?.transformingOffset(offset) ?? offset;
}
