import { useEffect, useRef, useState } from "react";
import { Editor } from "../editor.ts";
import { followTheme } from "../editor-theme.ts";
import type { LiveRoom } from "../live-room.ts";
import { loadMonaco } from "../monaco-loader.ts";
import { texts } from "../texts.ts";

interface Props {
  room: LiveRoom;
  /** Whether there is a text to show yet. */
  isShown: boolean;
}

/** The shared code: plain text at once, the editor in its place when it has arrived. */
export function EditorPane({ room, isShown }: Props) {
  const container = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"loading" | "ready" | "failed">("loading");
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let isGone = false;
    let cleanUp = () => {};
    setState("loading");
    const begin = async () => {
      const [monaco] = await Promise.all([loadMonaco(), fontsReady()]);
      if (isGone) return;
      const unfollow = followTheme(monaco);
      const editor = new Editor(monaco, container.current!, texts.room.editor, {
        edited: (operation) => room.edited(operation),
        selected: (selections) => room.selected(selections),
      }, room.history);
      cleanUp = () => {
        unfollow();
        editor.dispose();
      };
      room.attach(editor);
      setState("ready");
      editor.focus();
    };
    begin().catch(() => isGone || setState("failed"));
    return () => {
      isGone = true;
      cleanUp();
    };
  }, [room, attempt]);

  return (
    <main className="editor-pane">
      <div ref={container} className="editor" />
      {state !== "ready" && isShown && <pre className="early-text" tabIndex={0}>{room.text}</pre>}
      {state === "failed" && (
        <div className="editor-failed" role="alert">
          {texts.room.editorFailed}
          <button type="button" className="button" onClick={() => setAttempt(attempt + 1)}>
            {texts.room.retry}
          </button>
        </div>
      )}
    </main>
  );
}

/** Monaco measures letters once: they have to be the right ones by then, or as good as. */
async function fontsReady() {
  await document.fonts.load('14px "JetBrains Mono"').catch(() => []);
}
