import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { type NamedLanguage, namedLanguages } from "./languages.ts";
import type { LiveRoom } from "./live-room.ts";
import type { Commit } from "./messages.ts";
import { loadMonaco } from "./monaco-loader.ts";
import { readUpTo, rememberReadUpTo } from "./read-messages.ts";
import { unreadCount } from "./record.ts";
import type { RoomView } from "./room-view.ts";
import { type PanelName, rememberedPanel, rememberPanel } from "./side-panels.ts";

/** What many changes of one moment are shown together after; nobody sees a difference. */
const viewMilliseconds = 30;

/** The room's view, at most some thirty times a second however many people type. */
export function useView(room: LiveRoom): RoomView {
  const [subscribe] = useState(() => (listener: () => void) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = room.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        listener();
      }, viewMilliseconds);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  });
  return useSyncExternalStore(subscribe, () => room.view);
}

/** Renders again as time passes. */
export function useTicks(isTicking = true, milliseconds = 1_000) {
  const [, setCount] = useState(0);
  useEffect(() => {
    if (!isTicking) return;
    const timer = setInterval(() => setCount((count) => count + 1), milliseconds);
    return () => clearInterval(timer);
  }, [isTicking, milliseconds]);
}

/** The languages the editor knows, once it is here. */
export function useLanguages(): NamedLanguage[] {
  const [languages, setLanguages] = useState<NamedLanguage[]>([]);
  useEffect(() => {
    let isGone = false;
    loadMonaco().then((monaco) => {
      if (!isGone) setLanguages(namedLanguages(monaco.languages.getLanguages()));
    }).catch(() => {});
    return () => {
      isGone = true;
    };
  }, []);
  return languages;
}

/** Which of the panels is open, whether somebody opened it since the page is here, and how to. */
export function usePanel(panels: PanelName[]) {
  const [remembered, setPanel] = useState(rememberedPanel);
  const [wasOpened, setOpened] = useState(false);
  const panel = remembered && panels.includes(remembered) ? remembered : undefined;
  const openPanel = (next: PanelName | undefined) => {
    setPanel(next);
    setOpened(true);
    rememberPanel(next);
  };
  return { panel, wasOpened, openPanel };
}

/** How many messages nobody has read here; an open chat, in front, reads as they come. */
export function useUnread(
  session: string,
  events: readonly Commit[],
  self: string | undefined,
  isOpen: boolean,
): number {
  const [read, setRead] = useState(() => readUpTo(session));
  const last = events.filter(({ chat }) => chat !== undefined).at(-1)?.revision ?? 0;
  useEffect(() => {
    const update = () => {
      if (!isOpen || document.hidden || last <= read) return;
      setRead(last);
      rememberReadUpTo(session, last);
    };
    update();
    document.addEventListener("visibilitychange", update);
    return () => document.removeEventListener("visibilitychange", update);
  }, [session, isOpen, last, read]);
  return unreadCount(events, self, read);
}

/** Keeps the end of a list in sight as it grows, unless somebody has scrolled away from it. */
export function useEndInSight(length: number) {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (isAtEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [length]);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = list.current!;
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < 40;
  };
  return { ref: list, onScroll };
}
