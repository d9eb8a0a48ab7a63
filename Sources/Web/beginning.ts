import type { Commit } from "./messages.ts";

/**
 * When an interview began: as the first candidate came in, by themselves or let in.
 *
 * Undefined before that, and where the commits do not reach back to the first of the room, which is
 * a join: of those that are left another candidate may be the first, and a time that moves is none.
 */
export function beganAt(events: readonly Commit[]): number | undefined {
  if (events[0]?.revision !== 1) return undefined;
  const waiting = new Set<string>();
  for (const { at, by, joined, left, admitted, admission } of events) {
    if (joined?.role === "candidate" && !joined.waiting) return at;
    if (admitted !== undefined || (admission === "open" && waiting.size > 0)) return at;
    if (joined?.waiting) waiting.add(by);
    if (left) waiting.delete(by);
  }
}
