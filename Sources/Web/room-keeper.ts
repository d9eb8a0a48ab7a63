import type { Notes } from "./notes.ts";
import type { RoomMemory, Unsent } from "./room-storage.ts";
import type { RoomState } from "./room-state.ts";
import type { SharedText } from "./shared-text.ts";

/** Writes down, for after a reload, what is here of a room. */
export class RoomKeeper {
  constructor(
    private readonly memory: RoomMemory,
    private readonly shared: SharedText,
    private readonly notes: Notes,
    private readonly room: () => RoomState | undefined,
  ) {}

  /** Writes down what is unsent, as the page may go at any moment. */
  persist() {
    this.keep((this.shared.pending?.unsavedCount ?? 0) > 0);
  }

  /** Writes down what is unsent, and looks whether this browser took it. */
  secure(): boolean {
    this.persist();
    const { unsent, unsavedNotes } = this.memory;
    const hasEdits = (this.shared.pending?.unsavedCount ?? 0) > 0;
    const hasNotes = this.notes.unsavedCount > 0;
    return (!hasEdits || unsent !== undefined) && (!hasNotes || unsavedNotes !== undefined);
  }

  /** Writes down all it takes to go on from here, as the page is going. */
  leave() {
    this.keep(true);
  }

  /** Brings back what was kept, where there is any and it fits together. */
  restore(): Unsent | undefined {
    const { unsent, identity } = this.memory;
    if (unsent && identity && this.shared.restore(unsent)) return unsent;
    this.memory.unsent = undefined;
  }

  private keep(isWorth: boolean) {
    this.memory.unsavedNotes = this.notes.unsaved;
    this.memory.unsent = isWorth ? this.shared.kept(this.room()) : undefined;
  }
}
