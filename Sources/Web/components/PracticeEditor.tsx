import { useEffect, useRef, useState } from "react";
import { followTheme } from "../editor-theme.ts";
import { Editor, type EditorListener } from "../editor.ts";
import { codeFontReady } from "../fonts.ts";
import { loadMonaco } from "../monaco-loader.ts";
import type { Practice } from "../practice.ts";
import { preferences } from "../preferences.ts";
import { useWishes } from "../room-editor.ts";
import { texts } from "../texts.ts";
import { UndoHistory } from "../undo-history.ts";

/** What is written here goes to nobody. */
function listenerFor(practice: Practice): EditorListener {
  return {
    edited: (operation) => {
      practice.text = operation.apply(practice.text);
    },
    selected() {},
    scrolled() {},
    pasted() {},
    placed() {},
    takenOver() {},
    helpWanted() {},
  };
}

interface Props {
  language: string;
  practice: Practice;
}

/** The room's editor without the room, to get one's fingers warm. */
export function PracticeEditor({ language, practice }: Props) {
  const container = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor>();
  const [hasFailed, setFailed] = useState(false);
  const keysStatus = useRef<HTMLSpanElement>(null);
  useWishes(editor, keysStatus.current);

  useEffect(() => {
    let isGone = false;
    let cleanUp = () => {};
    const begin = async () => {
      const [monaco] = await Promise.all([loadMonaco(), codeFontReady()]);
      if (isGone) return;
      const unfollow = followTheme(monaco);
      const history = new UndoHistory();
      const label = texts.waiting.editor;
      const made = new Editor(
        monaco,
        container.current!,
        listenerFor(practice),
        history,
        preferences.value,
        label,
      );
      cleanUp = () => {
        unfollow();
        made.dispose();
      };
      setEditor(made);
    };
    begin().catch(() => isGone || setFailed(true));
    return () => {
      isGone = true;
      cleanUp();
    };
  }, []);
  useEffect(() => editor?.setLanguage(language), [editor, language]);

  return (
    <div className="practice-editor">
      <div
        className="practice-place"
        onFocus={() => practice.hasFocus = true}
        // Where another window is in front, it has the keys still when this one is again.
        onBlur={({ currentTarget }) => {
          practice.hasFocus = currentTarget.contains(document.activeElement);
        }}
      >
        <div ref={container} className="editor" />
      </div>
      <span ref={keysStatus} className="strip-keys" />
      {hasFailed && <p className="practice-failed">{texts.waiting.practiceFailed}</p>}
    </div>
  );
}
