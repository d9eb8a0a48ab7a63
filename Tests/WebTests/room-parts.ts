import { LiveRoom } from "../../Sources/Web/live-room.ts";
import type { Commit, Note, Selection, Snapshot } from "../../Sources/Web/messages.ts";
import type { RoomMemory } from "../../Sources/Web/room-storage.ts";
import type { NamedSelections, Surface } from "../../Sources/Web/surface.ts";
import type { TextOperation } from "../../Sources/Web/text-operation.ts";
import { Clock, FakeTransport } from "./fakes.ts";
import { op } from "./support.ts";

/** An editor that is only its text. */
export class Page implements Surface {
  text = "";
  isReadOnly = false;
  language = "";
  selections: NamedSelections[] = [];
  revealed: number[] = [];
  placed: [Selection[], number] | undefined;

  constructor(private readonly room: LiveRoom) {}

  show = (text: string) => void (this.text = text);
  apply = (operation: TextOperation) => void (this.text = operation.apply(this.text));
  setLanguage = (language: string) => void (this.language = language);
  setReadOnly = (isReadOnly: boolean) => void (this.isReadOnly = isReadOnly);
  place = (selections: Selection[], scrollTop: number) => {
    this.placed = [selections, scrollTop];
  };
  reveal = (offset: number) => void this.revealed.push(offset);
  showSelections = (selections: NamedSelections[]) => void (this.selections = selections);

  type(notation: string) {
    this.apply(op(notation));
    this.room.edited(op(notation));
  }
}

export function opened(memory: RoomMemory = newMemory()) {
  const transport = new FakeTransport();
  const clock = new Clock();
  const room = new LiveRoom(() => transport, memory, clock.schedule, clock.read);
  const page = new Page(room);
  room.attach(page);
  room.open();
  return { transport, clock, room, page, memory };
}

export function newMemory(): RoomMemory {
  return {
    identity: undefined,
    unsent: undefined,
    unsavedNotes: undefined,
    numberLast: 0,
    remember,
  };
}

export function remember(this: RoomMemory, identity: { participant: string; key: string }) {
  Object.assign(this, { identity });
}

const person = { role: "candidate", connected: true } as const;
export const snapshot: Snapshot = {
  revision: 5,
  text: "ab",
  language: "python",
  locked: false,
  state: "open",
  participants: [
    { participant: "me", name: "Ada", color: 0, ...person, number: 7 },
    { participant: "them", name: "Grace", color: 1, ...person },
  ],
  title: "Trees",
  events: [],
};

export function joined(role = "candidate", change: Partial<Snapshot> = {}) {
  const parts = opened();
  welcome(parts.transport, role, { ...snapshot, ...change });
  return parts;
}

export function welcome(
  transport: FakeTransport,
  role = "candidate",
  from?: Snapshot,
  notes?: Note[],
) {
  const welcome = {
    participant: "me",
    key: "k",
    role,
    epoch: 1,
    snapshot: from,
    at: 50,
    commits: [],
    notes,
  };
  transport.receive("welcome", welcome);
}

export function commit(revision: number, by: string, change: Partial<Commit>): Commit[] {
  return [{ revision, at: 0, by, ...change }];
}
