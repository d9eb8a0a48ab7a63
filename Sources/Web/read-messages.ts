import { inBrowser, read, write } from "./stored.ts";

/** Up to which revision somebody has read the chat of a session, in this browser. */
export function readUpTo(session: string): number {
  return Number(read(inBrowser, keyOf(session))) || 0;
}

export function rememberReadUpTo(session: string, revision: number) {
  write(inBrowser, keyOf(session), revision);
}

function keyOf(session: string): string {
  return `viva.read.${session}`;
}
