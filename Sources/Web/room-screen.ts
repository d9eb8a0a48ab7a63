import type { Notes } from "./notes.ts";
import { canEdit, type RoomView } from "./room-view.ts";
import type { SharedText } from "./shared-text.ts";
import type { ViewStore } from "./view-store.ts";

/** Brings what changed in a room before the participant's eyes: the view, and what the surface shows beside the text. */
export class RoomScreen {
  constructor(
    private readonly shown: ViewStore,
    private readonly shared: SharedText,
    private readonly notebook: Notes,
    /** Told of each change, as the page may go at any moment. */
    private readonly keep: () => void,
  ) {}

  changed(change: Partial<RoomView> = {}) {
    const unsavedEdits = this.shared.pending?.unsavedCount ?? 0;
    const unsavedCount = unsavedEdits + this.notebook.unsavedCount;
    const unsentChat = this.shared.pending?.unsentChat ?? [];
    // Told here, at each change: a component sees only some of them, and may miss what was soon saved.
    const hasWritten = this.shown.view.hasWritten || unsavedCount > 0;
    this.shown.change({ ...change, unsavedCount, unsentChat, hasWritten });
    this.keep();
  }

  /** The room's state may be another. */
  stateChanged() {
    const { view } = this.shown;
    this.shared.showParticipants(view.room?.participants ?? []);
    // Without a text that we know, nothing that is typed could be kept.
    this.shared.showState(view.room?.language, !this.shared.pending || !canEdit(view));
    this.changed();
  }

  notesChanged() {
    this.changed({ notes: this.notebook.shown });
  }
}
