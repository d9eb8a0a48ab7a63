import type { RefObject } from "react";
import type { EditorPlace } from "../editor.ts";
import type { LiveRoom } from "../live-room.ts";
import { canEdit, type RoomView } from "../room-view.ts";
import { texts } from "../texts.ts";
import { Badge } from "./Badge.tsx";

interface Props {
  room: LiveRoom;
  view: RoomView;
  place: EditorPlace | undefined;
  /** Where Vim's keys show their mode and their prompt. */
  keysStatus: RefObject<HTMLSpanElement>;
  haveKeysFailed: boolean;
  onToggleTab: () => void;
}

/** Below the code: whom one follows, where one is, and what the Tab key does. */
export function EditorStrip(props: Props) {
  const { room, view, place, keysStatus, haveKeysFailed, onToggleTab } = props;
  return (
    <div className="strip">
      <Followed room={room} view={view} />
      <span ref={keysStatus} className="strip-keys" />
      {haveKeysFailed && <span>{texts.view.keysFailed}</span>}
      {place && (
        <span className="strip-place">
          {texts.strip.place(place.line, place.column)}
          {place.selectedLength > 0 && ` · ${texts.strip.selected(place.selectedLength)}`}
        </span>
      )}
      {place && canEdit(view) && (
        <button
          type="button"
          className="strip-button"
          title={texts.strip.tabHint}
          aria-pressed={place.tabMoves}
          onClick={onToggleTab}
        >
          <span aria-live="polite">
            {place.tabMoves ? texts.strip.tabMoves : texts.strip.tabInserts}
          </span>
        </button>
      )}
    </div>
  );
}

function Followed({ room, view }: Pick<Props, "room" | "view">) {
  const followed = view.room?.participants.find((one) => one.participant === view.followed);
  if (!followed) return null;
  return (
    <span className="strip-followed">
      <Badge name={followed.name} color={followed.color} />
      <bdi className="strip-name">{texts.people.following(followed.name)}</bdi>
      <button
        type="button"
        className="strip-button"
        title={texts.people.stopFollowingHint}
        onClick={() => room.follow(undefined)}
      >
        {texts.people.stopFollowing} <kbd className="key">Esc</kbd>
      </button>
    </span>
  );
}
