import { useEffect, useRef, useState } from "react";
import type { RoomView } from "../room-view.ts";
import { texts } from "../texts.ts";
import { isClosing, remainingOf } from "../timer.ts";
import { useTicks } from "../room-hooks.ts";

interface Props {
  view: RoomView;
  now: () => number;
  isHeld: boolean;
}

/** What a screen reader says of the room, when it has a moment: little, and nothing twice. */
export function Announcer({ view, now, isHeld }: Props) {
  const line = useLineAnnouncement(view);
  const timer = useTimerAnnouncement(view, now);
  return (
    <div className="unseen" aria-live="polite">
      <p key={view.announcement?.id}>{view.announcement?.text}</p>
      <p>{isHeld && texts.waiting.beginHint}</p>
      <p>{line}</p>
      <p>{timer}</p>
    </div>
  );
}

/** That the line is lost, or back after it was; the first connection is no news. */
function useLineAnnouncement({ isOnline }: RoomView): string | undefined {
  const [text, setText] = useState<string>();
  const wasOnline = useRef(isOnline);
  useEffect(() => {
    if (wasOnline.current && !isOnline) setText(texts.announcements.offline);
    else if (!wasOnline.current && isOnline) {
      setText((before) => before && texts.announcements.online);
    }
    wasOnline.current = isOnline;
  }, [isOnline]);
  return text;
}

function useTimerAnnouncement({ room }: RoomView, now: () => number): string | undefined {
  const timer = room?.timer;
  useTicks(timer?.running ?? false);
  if (!timer?.running) return undefined;
  const remaining = remainingOf(timer, now());
  if (remaining === 0) return texts.announcements.timerOver;
  // One that was set to less begins so.
  const isNews = isClosing(remaining) && !isClosing(timer.remaining);
  return isNews ? texts.announcements.timerCloses : undefined;
}
