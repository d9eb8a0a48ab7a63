import { useEffect } from "react";
import { useTitle } from "../hooks.ts";
import type { LiveRoom } from "../live-room.ts";
import { usePanel, useUnread } from "../room-hooks.ts";
import { useRoomKeys } from "../room-keys.ts";
import type { RoomView } from "../room-view.ts";
import { panelsOf } from "../side-panels.ts";
import { texts } from "../texts.ts";
import { EditorPane } from "./EditorPane.tsx";
import type { LetIn } from "./LetInBar.tsx";
import { NoticeBars } from "./NoticeBars.tsx";
import { PanelRail } from "./PanelRail.tsx";
import { RoomPanel } from "./RoomPanel.tsx";
import { TopBar } from "./TopBar.tsx";

interface Props {
  session: string;
  title: string | undefined;
  room: LiveRoom;
  view: RoomView;
  wasCopied: boolean | undefined;
  letIn: LetIn | undefined;
}

/** The room as somebody has it who is in it: the code, what is above it, and what stands beside it. */
export function OpenRoom({ session, title, room, view, wasCopied, letIn }: Props) {
  const panels = panelsOf(view.role, view.room?.events !== undefined);
  const { panel, wasOpened, openPanel } = usePanel(panels);
  const events = view.room?.events ?? [];
  const unread = useUnread(session, events, view.participant, panel === "chat");
  useTitle(unread > 0 ? `(${unread}) ${title || texts.room.untitled}` : title);
  useRoomKeys({ help: () => openPanel("keys"), escape: () => room.follow(undefined) });
  // Who has begun wants to write.
  const isHeld = letIn?.isHeld ?? false;
  useEffect(() => {
    if (letIn && !isHeld) focusCode();
  }, [isHeld]);
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
      <NoticeBars session={session} room={room} view={view} wasCopied={wasCopied} letIn={letIn} />
      <EditorPane
        room={room}
        view={view}
        takesFocus={!isHeld}
        onFocus={() => letIn?.onBegin()}
        onHelp={() => openPanel("keys")}
      />
      {panel && (
        <RoomPanel
          session={session}
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
    </div>
  );
}

/** The fragment of the address is the session's token, and has to stay. */
function toCode(event: { preventDefault(): void }) {
  event.preventDefault();
  focusCode();
}

function focusCode() {
  document.getElementById("code")?.focus();
}
