import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { type Preferences, preferences } from "./preferences.ts";
import { reducedMotion } from "./theme.ts";
import { texts } from "./texts.ts";

/** Names the tab. */
export function useTitle(title: string | undefined) {
  useEffect(() => {
    document.title = title ? `${title} · ${texts.product}` : texts.product;
  }, [title]);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(preferences.subscribe, () => preferences.value);
}

/** Whether nothing on the page is to move by itself. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore(reducedMotion.subscribe, () => reducedMotion.isWanted);
}

/** Whether it is true, or was since the page is there. */
export function useWasTrue(isTrue: boolean): boolean {
  const wasTrue = useRef(isTrue);
  wasTrue.current ||= isTrue;
  return wasTrue.current;
}

/** True for a moment after it was set. */
export function useMoment(milliseconds = 2_000): [boolean, () => void] {
  const [count, setCount] = useState(0);
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    if (count === 0) return;
    setOn(true);
    const timer = setTimeout(() => setOn(false), milliseconds);
    return () => clearTimeout(timer);
  }, [count, milliseconds]);
  return [isOn, () => setCount((before) => before + 1)];
}

/** A `<details>` that closes, as a menu does, on Escape and on a click elsewhere. */
export function useMenu(): RefObject<HTMLDetailsElement> {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const isInside = menu.current?.contains(event.target as Node);
      const isEscape = event instanceof KeyboardEvent && event.key === "Escape";
      if (!menu.current?.open || (event.type === "pointerdown" ? isInside : !isEscape)) return;
      menu.current.open = false;
      if (isEscape && isInside) menu.current.querySelector("summary")?.focus();
    };
    addEventListener("pointerdown", close);
    addEventListener("keydown", close);
    return () => {
      removeEventListener("pointerdown", close);
      removeEventListener("keydown", close);
    };
  }, []);
  return menu;
}
