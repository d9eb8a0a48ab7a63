import { useEffect, useState } from "react";
import { useWasTrue } from "../hooks.ts";
import { LiveRoom } from "../live-room.ts";
import type { Refusal } from "../messages.ts";
import { Practice, useBeginning } from "../practice.ts";
import { useRecentSession } from "../recent-hooks.ts";
import { useView } from "../room-hooks.ts";
import { stayOpen } from "../room-life.ts";
import type { RoomStorage } from "../room-storage.ts";
import { makeTransport } from "../socket.ts";
import { Announcer } from "./Announcer.tsx";
import { DoorPage } from "./DoorPage.tsx";
import { OpenRoom } from "./OpenRoom.tsx";
import { WaitingPage } from "./WaitingPage.tsx";

interface Props {
  session: string;
  token: string;
  name: string;
  title: string | undefined;
  storage: RoomStorage;
  /** Whether somebody with this link may have to be let in. */
  asks: boolean;
  /** Whether the candidate's link was copied on creation; undefined for everybody else. */
  wasCopied: boolean | undefined;
  onRefused: (refusal: Refusal) => void;
}

/** A session while somebody takes part in it: waiting for the door to open, and then inside. */
export function RoomPage(props: Props) {
  const { session, asks, wasCopied, onRefused } = props;
  const [room] = useState(() => makeRoom(props));
  const view = useView(room);
  const title = view.room?.title ?? props.title;
  useEffect(() => stayOpen(room), [room]);
  useEffect(() => {
    if (view.refusal) onRefused(view.refusal);
  }, [view.refusal]);
  useRecentSession(session, props.token, view, title);
  const wasLetIn = useWasTrue(view.waiting !== undefined);
  const [practice] = useState(() => new Practice());
  const { isHeld, begin } = useBeginning(practice, view.room !== undefined);
  const letIn = wasLetIn ? { isHeld, onBegin: begin, practised: practice.text } : undefined;

  return (
    <>
      {view.waiting && !view.room
        ? <WaitingPage waiting={view.waiting} practice={practice} />
        // Whether the door is open is about to be known.
        : asks && !view.room
        ? <DoorPage />
        : <OpenRoom {...{ session, title, room, view, wasCopied, letIn }} />}
      {/* It stays when the door opens: a screen reader says what changes in something it knows. */}
      <Announcer view={view} now={room.now} isHeld={isHeld} />
    </>
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
