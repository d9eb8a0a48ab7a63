import { useEffect } from "react";
import type { LiveRoom } from "../live-room.ts";
import { rememberedLinks } from "../room-storage.ts";
import type { RoomView } from "../room-view.ts";
import type { PanelName } from "../side-panels.ts";
import { ChatPanel } from "./ChatPanel.tsx";
import { NotesPanel } from "./NotesPanel.tsx";
import { PeoplePanel } from "./PeoplePanel.tsx";
import { RecordPanel } from "./RecordPanel.tsx";
import { ShortcutPanel } from "./ShortcutPanel.tsx";
import { SidePanel } from "./SidePanel.tsx";
import { ViewPanel } from "./ViewPanel.tsx";

interface Props {
  session: string;
  panel: PanelName;
  room: LiveRoom;
  view: RoomView;
  /** Whether somebody just opened it, and did not find it open. */
  takesFocus: boolean;
  onClose: () => void;
}

/** The panel that is open. */
export function RoomPanel({ session, panel, room, view, takesFocus, onClose }: Props) {
  const { events, beganAt, participants = [] } = view.room ?? {};
  useEffect(() => {
    if (takesFocus) focusOn(panel);
  }, [panel]);
  const canWrite = view.role !== "observer" && view.room?.ended === false;
  return (
    <SidePanel panel={panel} onClose={onClose}>
      {panel === "people" && (
        <PeoplePanel
          room={room}
          view={view}
          candidateLink={rememberedLinks(session)?.candidate}
        />
      )}
      {panel === "chat" && (
        <ChatPanel
          room={room}
          events={events}
          participants={participants}
          unsent={view.unsentChat}
          canWrite={canWrite}
        />
      )}
      {panel === "record" && <RecordPanel events={events} participants={participants} />}
      {panel === "notes" && (
        <NotesPanel
          room={room}
          notes={view.notes}
          beganAt={beganAt}
          participants={participants}
          self={view.participant}
        />
      )}
      {panel === "view" && <ViewPanel />}
      {panel === "keys" && <ShortcutPanel />}
    </SidePanel>
  );
}

/** Who opens the chat wants to write; who asks for the keys has no hand on the mouse. */
function focusOn(panel: PanelName) {
  const aside = document.getElementById("side-panel");
  if (panel === "keys") aside?.focus();
  else aside?.querySelector<HTMLElement>(".composer-text")?.focus();
}
