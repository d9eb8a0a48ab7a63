import { useEffect, useState, useSyncExternalStore } from "react";
import { useTitle } from "../hooks.ts";
import { LiveRoom } from "../live-room.ts";
import type { Refusal } from "../messages.ts";
import type { RoomStorage } from "../room-storage.ts";
import { makeTransport } from "../socket.ts";
import { EditorPane } from "./EditorPane.tsx";
import { NoticeBars } from "./NoticeBars.tsx";
import { TopBar } from "./TopBar.tsx";

interface Props {
  session: string;
  token: string;
  name: string;
  title: string | undefined;
  storage: RoomStorage;
  /** Whether the candidate's link was copied on creation; undefined for everybody else. */
  wasCopied: boolean | undefined;
  onRefused: (refusal: Refusal) => void;
}

/** A room while somebody is in it. */
export function RoomPage(props: Props) {
  const { session, title, wasCopied, onRefused } = props;
  const [room] = useState(() => makeRoom(props));
  const view = useSyncExternalStore(room.subscribe, () => room.view);
  useTitle(title);
  useEffect(() => stayOpen(room), [room]);
  useEffect(() => {
    if (view.refusal) onRefused(view.refusal);
  }, [view.refusal]);

  return (
    <div className="room">
      <TopBar session={session} title={title} room={room} view={view} />
      <NoticeBars session={session} room={room} view={view} wasCopied={wasCopied} />
      <EditorPane room={room} isShown={view.room !== undefined} />
    </div>
  );
}

function makeRoom({ token, name, storage }: Props): LiveRoom {
  const auth = () => ({ token, name: name || undefined, resume: room.resume() });
  const room: LiveRoom = new LiveRoom(
    () => makeTransport(auth),
    storage,
    (milliseconds, action) => {
      const timer = setTimeout(action, milliseconds);
      return () => clearTimeout(timer);
    },
  );
  return room;
}

function stayOpen(room: LiveRoom): () => void {
  const leave = () => room.leave();
  const warn = (event: BeforeUnloadEvent) => {
    if (!room.view.isOnline && room.view.unsavedCount > 0) event.preventDefault();
  };
  addEventListener("pagehide", leave);
  addEventListener("beforeunload", warn);
  room.open();
  return () => {
    removeEventListener("pagehide", leave);
    removeEventListener("beforeunload", warn);
    room.close();
  };
}
