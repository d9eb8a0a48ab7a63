/** Up to which revision somebody has read the chat of a session, in this browser. */
export function readUpTo(session: string): number {
  try {
    return Number(localStorage.getItem(keyOf(session)) ?? 0) || 0;
  } catch {
    return 0;
  }
}

export function rememberReadUpTo(session: string, revision: number) {
  try {
    localStorage.setItem(keyOf(session), `${revision}`);
  } catch {
    // Forbidden: after a reload all counts as unread.
  }
}

function keyOf(session: string): string {
  return `viva.read.${session}`;
}
