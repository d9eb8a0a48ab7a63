import { useState } from "react";
import type { LiveRoom } from "../live-room.ts";
import { rememberedLinks } from "../room-storage.ts";
import type { Notice, RoomView } from "../room-view.ts";
import { texts } from "../texts.ts";
import { AdmissionBar } from "./AdmissionBar.tsx";
import { Bar } from "./Bar.tsx";
import { CopyButton } from "./CopyButton.tsx";
import { type LetIn, LetInBar } from "./LetInBar.tsx";

interface Props {
  session: string;
  room: LiveRoom;
  view: RoomView;
  wasCopied: boolean | undefined;
  /** Set where an interviewer has let us in on this page. */
  letIn: LetIn | undefined;
}

/** What somebody in the room has to know, above the code and never over it. */
export function NoticeBars({ session, room, view, wasCopied, letIn }: Props) {
  const [isGreeting, setGreeting] = useState(wasCopied !== undefined);
  const isAlone = (view.room?.participants.length ?? 0) < 2 && !view.room?.ended;
  const state = stateText(view);
  return (
    <div className="bars" aria-live="polite">
      <AdmissionBar room={room} view={view} />
      {letIn && <LetInBar {...letIn} hasWritten={view.hasWritten} />}
      {isGreeting && isAlone && (
        <Bar kind="good" onDismiss={() => setGreeting(false)}>
          {wasCopied ? texts.room.copiedCandidate : (
            <>
              {texts.room.copyFailed}{" "}
              <code className="link-text">{rememberedLinks(session)?.candidate}</code>
            </>
          )}
        </Bar>
      )}
      {state && <Bar kind="plain">{state}</Bar>}
      {view.notices.map((notice) => (
        <NoticeBar
          key={notice.id}
          notice={notice}
          onDismiss={() => room.dismiss(notice.id)}
        />
      ))}
    </div>
  );
}

function stateText({ room, role }: RoomView): string | undefined {
  if (room?.ended) return texts.room.ended;
  if (role === "observer") return texts.room.observing;
  if (room?.locked) return role === "interviewer" ? texts.room.lockedByYou : texts.room.locked;
  return undefined;
}

/** Why something was taken back, with what it was. */
function NoticeBar({ notice, onDismiss }: { notice: Notice; onDismiss: () => void }) {
  return (
    <Bar kind="warning" onDismiss={onDismiss}>
      <span>{texts.notices[notice.code]}</span>
      {notice.text.trim() !== "" && (
        <>
          <code className="taken-back">{notice.text}</code>
          <CopyButton
            label={texts.room.copyText}
            word={texts.room.copyText}
            text={notice.text}
          />
        </>
      )}
    </Bar>
  );
}
