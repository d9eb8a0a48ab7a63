import type { LiveRoom } from "../live-room.ts";
import type { RoomView } from "../room-view.ts";
import { Badges } from "./Badges.tsx";
import { Brand } from "./Brand.tsx";
import { DownloadButton } from "./DownloadButton.tsx";
import { EndButton } from "./EndButton.tsx";
import { LanguagePicker } from "./LanguagePicker.tsx";
import { LinksMenu } from "./LinksMenu.tsx";
import { LockButton } from "./LockButton.tsx";
import { RoomTimer } from "./RoomTimer.tsx";
import { StatusPill } from "./StatusPill.tsx";
import { TitleField } from "./TitleField.tsx";

interface Props {
  session: string;
  title: string | undefined;
  room: LiveRoom;
  view: RoomView;
  onOpenPeople: () => void;
}

/** What the session is, and what can be done with it. */
export function TopBar(props: Props) {
  const { title, room, view } = props;
  const isOpen = view.room !== undefined && !view.room.ended;
  const isInterviewer = view.role === "interviewer";
  return (
    <header className="top-bar" data-pane="bar">
      <div className="top-bar-group">
        <Brand />
        <TitleField
          title={title ?? ""}
          canEdit={isOpen && isInterviewer && view.room?.events !== undefined}
          onChange={(title) => room.propose({ title })}
        />
        {view.room && (
          <LanguagePicker
            language={view.room.language}
            isDisabled={!isOpen || view.role === "observer"}
            onPick={(language) => room.propose({ language })}
          />
        )}
        <StatusPill view={view} />
      </div>
      {view.room && <Actions {...props} isOpen={isOpen} isInterviewer={isInterviewer} />}
    </header>
  );
}

interface ActionsProps extends Props {
  isOpen: boolean;
  isInterviewer: boolean;
}

function Actions(props: ActionsProps) {
  const { session, title, room, view, isOpen, isInterviewer, onOpenPeople } = props;
  const { language, timer, locked, participants, events } = view.room!;
  return (
    <div className="top-bar-group is-end">
      {isOpen && (
        <RoomTimer
          timer={timer}
          canSet={isInterviewer && events !== undefined}
          now={room.now}
          onSet={(timer) => room.propose({ timer })}
        />
      )}
      {isOpen && isInterviewer && <LinksMenu session={session} room={room} view={view} />}
      {isOpen && isInterviewer && (
        <LockButton
          isLocked={locked}
          onChange={(locked) => room.propose({ locked })}
        />
      )}
      <DownloadButton title={title} language={language} text={() => room.text} />
      {isOpen && isInterviewer && <EndButton onEnd={() => room.propose({ ended: true })} />}
      <Badges participants={participants} self={view.participant} onOpen={onOpenPeople} />
    </div>
  );
}
