import { isWorthAsking } from "./leaving.ts";
import type { LiveRoom } from "./live-room.ts";

/** Signs of somebody at the page. */
const inputs = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"];

/** Keeps a room open as long as its page is, and tells it what the browser does with the page. */
export function stayOpen(room: LiveRoom): () => void {
  const touched = () => room.attendance.touched();
  const seen = () => room.attendance.visibilityChanged(document.hidden);
  const leave = () => room.keeper.leave();
  const warn = (event: BeforeUnloadEvent) => {
    if (isWorthAsking(room.unsaved)) event.preventDefault();
  };
  for (const input of inputs) addEventListener(input, touched, { capture: true, passive: true });
  document.addEventListener("visibilitychange", seen);
  addEventListener("pagehide", leave);
  addEventListener("beforeunload", warn);
  seen();
  room.open();
  return () => {
    for (const input of inputs) removeEventListener(input, touched, { capture: true });
    document.removeEventListener("visibilitychange", seen);
    removeEventListener("pagehide", leave);
    removeEventListener("beforeunload", warn);
    room.close();
  };
}
