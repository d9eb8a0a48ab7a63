/** How it stands with what is not in the log, as the page is about to go. */
export interface Unsaved {
  count: number;
  isOnline: boolean;
  /** How long the oldest of it has been without an answer. */
  milliseconds: number;
  /** Whether this browser has written it down. */
  isKept: boolean;
}

/** What is under way on a healthy line has its answer by then. */
const answerMilliseconds = 1_000;

/**
 * Whether leaving may lose something, so that the browser should ask first.
 *
 * What is merely under way is not worth a question: the proposal in flight has left the page, and
 * all of it is written down for the next visit of this tab, which sends it. Who is asked for nothing
 * learns to click questions away. Offline, or where an answer is overdue, only the tab has it, and
 * whoever closes that loses it; where it could not be written down, a reload does.
 */
export function isWorthAsking({ count, isOnline, milliseconds, isKept }: Unsaved): boolean {
  return count > 0 && (!isOnline || !isKept || milliseconds >= answerMilliseconds);
}
