import type { Participant, Role } from "./messages.ts";
import { type Liveness, silentSince } from "./pulses.ts";

/** How somebody is there, worst first; times are how long it has been so, in milliseconds. */
export type Standing =
  | { kind: "waiting" }
  | { kind: "reconnecting"; for: number }
  | { kind: "lost"; for: number }
  | { kind: "left"; for: number | undefined }
  | { kind: "hidden" }
  | { kind: "silent"; for: number }
  | { kind: "idle" }
  | { kind: "here" };

/** After this long, who lost the connection is rather gone than about to be back. */
const reconnectingMilliseconds = 60_000;

/** What is known of somebody beside what the log tells. */
export interface Signs {
  liveness: Liveness | undefined;
  isHidden: boolean;
}

/** `now` is the owners' time, as `since` is, `localNow` this page's, as pulses are. */
export function standingOf(
  { connected, waiting, since, left }: Participant,
  { liveness, isHidden }: Signs,
  now: number,
  localNow: number,
): Standing {
  if (waiting && connected) return { kind: "waiting" };
  if (!connected) {
    const time = since === undefined ? undefined : Math.max(0, now - since);
    if (left !== "lost" || time === undefined) return { kind: "left", for: time };
    return { kind: time < reconnectingMilliseconds ? "reconnecting" : "lost", for: time };
  }
  // The timers of a page in the background may stand still: its silence says nothing.
  if (isHidden) return { kind: "hidden" };
  const silent = silentSince(liveness, localNow);
  if (silent !== undefined) return { kind: "silent", for: localNow - silent };
  return { kind: liveness?.idle ? "idle" : "here" };
}

const order: Role[] = ["interviewer", "candidate", "observer"];

/** Who is here before who is not, oneself first, then by role; otherwise as they came. */
export function sorted(
  participants: readonly Participant[],
  self: string | undefined,
): Participant[] {
  const rank = (one: Participant) =>
    (one.connected ? 0 : 10) + (one.participant === self ? 0 : 1 + order.indexOf(one.role));
  return [...participants].sort((one, other) => rank(one) - rank(other));
}

/** The first letters of the first and the last word, whatever the script. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => Array.from(word ?? "")[0] ?? "");
  return letters.join("").toLocaleUpperCase();
}
