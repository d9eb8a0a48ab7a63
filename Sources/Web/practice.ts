import { useLayoutEffect, useRef, useState } from "react";
import { swallowKeys } from "./typing-hands.ts";

/** What somebody does in the practice editor, which is gone when they are let in. */
export class Practice {
  text = "";
  /** Whether their keys go there. */
  hasFocus = false;
}

/**
 * Whether the room waits for somebody to begin, as they were typing for nobody when it opened, and
 * how they do so.
 */
export function useBeginning(practice: Practice, isOpen: boolean) {
  const [hasBegun, setBegun] = useState(false);
  const wasTyping = useRef<boolean>();
  // The focus is lost with the practice editor, so it is looked at before that goes.
  if (isOpen) wasTyping.current ??= practice.hasFocus;
  const isHeld = wasTyping.current === true && !hasBegun;
  const begin = () => setBegun(true);
  // Before the next key can come.
  useLayoutEffect(() => isHeld ? swallowKeys(begin) : undefined, [isHeld]);
  return { isHeld, begin };
}
