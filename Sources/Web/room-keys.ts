import { useEffect, useRef } from "react";
import { focusPane, isTyping } from "./panes.ts";

interface Actions {
  /** `?`, where it is no letter of a text. */
  help: () => void;
  escape: () => void;
}

/** What keys do anywhere in a room. */
export function useRoomKeys(actions: Actions) {
  const newest = useRef(actions);
  newest.current = actions;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "F6") {
        event.preventDefault();
        focusPane(event.shiftKey ? -1 : 1);
      } else if (event.key === "?" && !isTyping(event.target)) newest.current.help();
      else if (event.key === "Escape") newest.current.escape();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}
