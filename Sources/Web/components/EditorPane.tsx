import { useEffect, useRef, useState } from "react";
import { followTheme } from "../editor-theme.ts";
import { Editor, type EditorPlace } from "../editor.ts";
import { codeFontReady } from "../fonts.ts";
import type { LiveRoom } from "../live-room.ts";
import { usePreferences } from "../hooks.ts";
import { loadMonaco } from "../monaco-loader.ts";
import { preferences } from "../preferences.ts";
import type { RoomView } from "../room-view.ts";
import { texts } from "../texts.ts";
import { EditorStrip } from "./EditorStrip.tsx";

interface Props {
  room: LiveRoom;
  view: RoomView;
  onHelp: () => void;
}

/** The shared code: plain text at once, the editor in its place when it has arrived. */
export function EditorPane({ room, view, onHelp }: Props) {
  const [place, setPlace] = useState<EditorPlace>();
  const { container, editor, state, retry } = useEditor(room, setPlace, onHelp);
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
        onToggleTab={() => editor.current?.toggleTab()}
      />
    </main>
  );
}

/** Brings the editor into its place when it is loaded, and lets it take part in the room. */
function useEditor(room: LiveRoom, placed: (place: EditorPlace) => void, onHelp: () => void) {
  const container = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>();
  const [state, setState] = useState<"loading" | "ready" | "failed">("loading");
  const [attempt, setAttempt] = useState(0);
  const wanted = usePreferences();

  useEffect(() => {
    let isGone = false;
    let cleanUp = () => {};
    setState("loading");
    const begin = async () => {
      const [monaco] = await Promise.all([loadMonaco(), codeFontReady()]);
      if (isGone) return;
      const unfollow = followTheme(monaco);
      const made = new Editor(
        monaco,
        container.current!,
        {
          edited: (operation) => room.edited(operation),
          selected: (selections) => room.shared.selected(selections),
          scrolled: (scrollTop) => room.shared.scrolled(scrollTop),
          pasted: (length) => room.pasted(length),
          takenOver: () => room.follow(undefined),
          placed,
          helpWanted: onHelp,
        },
        room.shared.history,
        preferences.value,
      );
      cleanUp = () => {
        unfollow();
        made.dispose();
      };
      editor.current = made;
      room.attach(made);
      setState("ready");
      made.focus();
    };
    begin().catch(() => isGone || setState("failed"));
    return () => {
      isGone = true;
      cleanUp();
    };
  }, [room, attempt]);

  useEffect(() => editor.current?.prefer(wanted), [wanted]);
  return { container, editor, state, retry: () => setAttempt(attempt + 1) };
}
