import { type Notice, noting, type RoomView, viewAtFirst } from "./room-view.ts";

/** The view of a room, and those who are told when it changes. */
export class ViewStore {
  view: RoomView = viewAtFirst;
  private readonly listeners = new Set<() => void>();

  subscribe = (listener: () => void): () => void => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Tells of this change and of what was put before. */
  change(change: Partial<RoomView>) {
    this.put(change);
    for (const listener of this.listeners) listener();
  }

  /** A change that is told with the next one. */
  put(change: Partial<RoomView>) {
    this.view = { ...this.view, ...change };
  }

  notify(code: Notice["code"], text: string) {
    this.put({ notices: noting(this.view.notices, code, text) });
  }

  announce(text: string | undefined) {
    if (text === undefined) return;
    this.put({ announcement: { id: (this.view.announcement?.id ?? 0) + 1, text } });
  }
}
