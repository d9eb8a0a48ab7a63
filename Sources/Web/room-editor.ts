import { useEffect, useRef, useState } from "react";
import { followTheme } from "./editor-theme.ts";
import { Editor, type EditorPlace } from "./editor.ts";
import { codeFontReady } from "./fonts.ts";
import { usePreferences, useReducedMotion } from "./hooks.ts";
import type { LiveRoom } from "./live-room.ts";
import { loadMonaco } from "./monaco-loader.ts";
import { preferences } from "./preferences.ts";

interface Listener {
  placed: (place: EditorPlace) => void;
  helpWanted: () => void;
}

/** Brings the editor into its place when it is loaded, and lets it take part in the room. */
export function useRoomEditor(room: LiveRoom, listener: Listener, takesFocus: boolean) {
  const container = useRef<HTMLDivElement>(null);
  const keysStatus = useRef<HTMLSpanElement>(null);
  const editor = useRef<Editor>();
  const [state, setState] = useState<"loading" | "ready" | "failed">("loading");
  const [attempt, setAttempt] = useState(0);
  const mayTakeFocus = useRef(takesFocus);
  mayTakeFocus.current = takesFocus;

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
          ...listener,
          edited: (operation) => room.edited(operation),
          selected: (selections) => room.shared.selected(selections),
          scrolled: (scrollTop) => room.shared.scrolled(scrollTop),
          pasted: (length) => room.pasted(length),
          takenOver: () => room.follow(undefined),
        },
        room.shared.history,
        preferences.value,
      );
      cleanUp = () => {
        unfollow();
        room.detach(made);
        made.dispose();
        editor.current = undefined;
      };
      editor.current = made;
      room.attach(made);
      setState("ready");
      if (mayTakeFocus.current) made.focus();
    };
    begin().catch(() => isGone || setState("failed"));
    return () => {
      isGone = true;
      cleanUp();
    };
  }, [room, attempt]);

  const haveKeysFailed = useWishes(editor.current, keysStatus.current);
  const retry = () => setAttempt(attempt + 1);
  return { container, keysStatus, editor, state, haveKeysFailed, retry };
}

/** Keeps the editor as somebody likes it; true where the keys they like cannot be had. */
export function useWishes(editor: Editor | undefined, keysStatus: HTMLElement | null): boolean {
  const wishes = usePreferences();
  const isMotionReduced = useReducedMotion();
  const [haveKeysFailed, setKeysFailed] = useState(false);
  useEffect(() => editor?.prefer(wishes), [editor, wishes, isMotionReduced]);
  useEffect(() => {
    if (!editor || !keysStatus) return;
    editor.useKeys(wishes.keys, keysStatus)
      .then(() => setKeysFailed(false), () => setKeysFailed(true));
  }, [editor, wishes.keys]);
  return haveKeysFailed;
}
