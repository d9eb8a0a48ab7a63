import { useState } from "react";
import type { EditorPlace } from "../editor.ts";
import type { LiveRoom } from "../live-room.ts";
import { useRoomEditor } from "../room-editor.ts";
import type { RoomView } from "../room-view.ts";
import { texts } from "../texts.ts";
import { EditorStrip } from "./EditorStrip.tsx";

interface Props {
  room: LiveRoom;
  view: RoomView;
  /** Whether keys are to reach the code from the beginning. */
  takesFocus: boolean;
  /** The code has the keys, by whichever way. */
  onFocus: () => void;
  onHelp: () => void;
}

/** The shared code: plain text at once, the editor in its place when it has arrived. */
export function EditorPane({ room, view, takesFocus, onFocus, onHelp }: Props) {
  const [place, setPlace] = useState<EditorPlace>();
  const { container, keysStatus, editor, state, haveKeysFailed, retry } = useRoomEditor(room, {
    placed: setPlace,
    helpWanted: onHelp,
  }, takesFocus);
  const followed = view.room?.participants.find((one) => one.participant === view.followed);
  const frame = followed ? `editor-pane is-following participant-${followed.color}` : "editor-pane";
  return (
    <main
      id="code"
      className={frame}
      data-pane="code"
      tabIndex={-1}
      onFocus={(event) => {
        if (event.target === event.currentTarget) editor.current?.focus();
        onFocus();
      }}
    >
      <div className="editor-place">
        <div ref={container} className="editor" />
        {state !== "ready" && view.room && (
          <pre className="early-text" tabIndex={0}>{room.text}</pre>
        )}
      </div>
      {state === "failed" && (
        <div className="editor-failed" role="alert">
          {texts.room.editorFailed}
          <button type="button" className="button" onClick={retry}>{texts.room.retry}</button>
        </div>
      )}
      <EditorStrip
        room={room}
        view={view}
        place={place}
        keysStatus={keysStatus}
        haveKeysFailed={haveKeysFailed}
        onToggleTab={() => editor.current?.toggleTab()}
      />
    </main>
  );
}
