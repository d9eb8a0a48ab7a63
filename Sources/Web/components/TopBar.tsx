import type { LiveRoom, RoomView } from "../live-room.ts";
import { rememberedLinks } from "../room-storage.ts";
import { texts } from "../texts.ts";
import { Brand } from "./Brand.tsx";
import { CopyButton } from "./CopyButton.tsx";
import { EndButton } from "./EndButton.tsx";
import { Icon } from "./Icon.tsx";
import { LanguagePicker } from "./LanguagePicker.tsx";
import { ParticipantMenu } from "./ParticipantMenu.tsx";
import { StatusPill } from "./StatusPill.tsx";

interface Props {
  session: string;
  title: string | undefined;
  room: LiveRoom;
  view: RoomView;
}

export function TopBar({ session, title, room, view }: Props) {
  const links = rememberedLinks(session);
  const isOpen = view.room !== undefined && !view.room.ended;
  const isInterviewer = view.role === "interviewer";
  return (
    <header className="top-bar">
      <div className="top-bar-group">
        <Brand />
        <h1 className="room-title">{title ?? texts.room.untitled}</h1>
        {view.room && (
          <LanguagePicker
            language={view.room.language}
            isDisabled={!isOpen || view.role === "observer"}
            onPick={(language) => room.propose({ language })}
          />
        )}
        <StatusPill view={view} />
      </div>
      <div className="top-bar-group is-end">
        {isOpen && links && (
          <>
            <CopyButton icon="link-45deg" label={texts.room.copyCandidate} text={links.candidate} />
            <CopyButton icon="eye" label={texts.room.copyObserver} text={links.observer} />
          </>
        )}
        {isOpen && isInterviewer && (
          <>
            <LockButton
              isLocked={view.room!.locked}
              onChange={(locked) => room.propose({ locked })}
            />
            <EndButton onEnd={() => room.propose({ ended: true })} />
          </>
        )}
        {view.room && <ParticipantMenu room={view.room} self={view.participant} />}
      </div>
    </header>
  );
}

interface LockProps {
  isLocked: boolean;
  onChange: (isLocked: boolean) => void;
}

function LockButton({ isLocked, onChange }: LockProps) {
  return (
    <button
      type="button"
      className="button is-quiet"
      aria-pressed={isLocked}
      title={isLocked ? texts.room.unlock : texts.room.lock}
      onClick={() => onChange(!isLocked)}
    >
      <Icon name={isLocked ? "unlock" : "lock"} />
      <span className="button-label">{isLocked ? texts.room.unlock : texts.room.lock}</span>
    </button>
  );
}
