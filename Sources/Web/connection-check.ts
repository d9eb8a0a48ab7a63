export type Verdict = "good" | "slow" | "polling" | "blocked" | "unreachable";

/** Whether what a room needs gets through: requests, and a line for what happens live. */
export interface ConnectionCheck {
  verdict: Verdict;
  /** There and back, where a room can be had. */
  milliseconds?: number;
}

/** How to try each way; they resolve when it works and reject when it does not. */
export interface Ways {
  /** Resolves to the milliseconds there and back, where they are known apart from what the page was busy with. */
  request(): Promise<number | undefined>;
  webSocket(): Promise<void>;
  polling(): Promise<void>;
  now(): number;
}

/** From here on a conversation about code is hampered. */
const slowMilliseconds = 400;

/** Tries the ways one after the other, so that none is measured while another is in its way. */
export async function checkConnection(ways: Ways): Promise<ConnectionCheck> {
  // The first request may have to look up a name and agree on keys.
  const first = await probing(ways.request, ways.now);
  const milliseconds = first === undefined ? undefined : await probing(ways.request, ways.now);
  if (milliseconds === undefined) return { verdict: "unreachable" };
  if (await probing(ways.webSocket, ways.now) !== undefined) {
    return { verdict: milliseconds > slowMilliseconds ? "slow" : "good", milliseconds };
  }
  // Tried only where no WebSocket opens: the line then works by asking again and again.
  const works = await probing(ways.polling, ways.now) !== undefined;
  return works ? { verdict: "polling", milliseconds } : { verdict: "blocked" };
}

/** The milliseconds that a way took; undefined where it does not work. */
async function probing(
  way: () => Promise<number | undefined | void>,
  now: () => number,
): Promise<number | undefined> {
  const start = now();
  try {
    return Math.round(await way() ?? now() - start);
  } catch {
    return undefined;
  }
}
