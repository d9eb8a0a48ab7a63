import { useEffect, useState } from "react";
import { useTitle, useWasTrue } from "../hooks.ts";
import { LiveRoom } from "../live-room.ts";
import type { Refusal } from "../messages.ts";
import { useRecentSession } from "../recent-hooks.ts";
import { usePanel, useUnread, useView } from "../room-hooks.ts";
import { useRoomKeys } from "../room-keys.ts";
import { stayOpen } from "../room-life.ts";
import type { RoomStorage } from "../room-storage.ts";
import { panelsOf } from "../side-panels.ts";
import { makeTransport } from "../socket.ts";
import { texts } from "../texts.ts";
import { Announcer } from "./Announcer.tsx";
import { DoorPage } from "./DoorPage.tsx";
import { EditorPane } from "./EditorPane.tsx";
import { NoticeBars } from "./NoticeBars.tsx";
import { PanelRail } from "./PanelRail.tsx";
import { RoomPanel } from "./RoomPanel.tsx";
import { TopBar } from "./TopBar.tsx";
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

/** A room while somebody is in it. */
export function RoomPage(props: Props) {
  const { session, asks, wasCopied, onRefused } = props;
  const [room] = useState(() => makeRoom(props));
  const view = useView(room);
  const title = view.room?.title ?? props.title;
  const panels = panelsOf(view.role, view.room?.events !== undefined);
  const { panel, wasOpened, openPanel } = usePanel(panels);
  const events = view.room?.events ?? [];
  const unread = useUnread(session, events, view.participant, panel === "chat");
  useTitle(
    view.waiting
      ? texts.waiting.tab(title || texts.room.untitled)
      : unread > 0
      ? `(${unread}) ${title || texts.room.untitled}`
      : title,
  );
  useEffect(() => stayOpen(room), [room]);
  useEffect(() => {
    if (view.refusal) onRefused(view.refusal);
  }, [view.refusal]);
  useRecentSession(session, props.token, view, title);
  const wasLetIn = useWasTrue(view.waiting !== undefined);
  useRoomKeys({ help: () => openPanel("keys"), escape: () => room.follow(undefined) });

  if (!view.room && view.waiting) return <WaitingPage waiting={view.waiting} />;
  // Whether the door is open is about to be known.
  if (!view.room && asks) return <DoorPage />;
  return (
    <div className={panel ? "room has-panel" : "room"}>
      <a className="skip-link" href="#code" onClick={toCode}>{texts.room.skip}</a>
      <TopBar
        session={session}
        title={title}
        room={room}
        view={view}
        onOpenPeople={() => openPanel(panel === "people" ? undefined : "people")}
      />
      <NoticeBars
        session={session}
        room={room}
        view={view}
        wasCopied={wasCopied}
        wasLetIn={wasLetIn}
      />
      <EditorPane room={room} view={view} onHelp={() => openPanel("keys")} />
      {panel && (
        <RoomPanel
          panel={panel}
          room={room}
          view={view}
          takesFocus={wasOpened}
          onClose={() => {
            openPanel(undefined);
            document.querySelector<HTMLElement>(`.rail-button.is-${panel}`)?.focus();
          }}
        />
      )}
      <PanelRail
        panels={panels}
        open={panel}
        presentCount={view.room?.participants.filter(({ connected }) => connected).length ?? 0}
        unreadCount={unread}
        onOpen={openPanel}
      />
      <Announcer view={view} now={room.now} />
    </div>
  );
}

/** The fragment of the address is the session's token, and has to stay. */
function toCode(event: { preventDefault(): void }) {
  event.preventDefault();
  document.getElementById("code")?.focus();
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
