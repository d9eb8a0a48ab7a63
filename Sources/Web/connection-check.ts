/** What came of trying one way to the server; undefined while it is tried. */
export type Probe = { milliseconds: number } | "failed" | undefined;

/** The ways that a room needs: requests, and a line for what happens live. */
export interface ConnectionCheck {
  request: Probe;
  webSocket: Probe;
  /** Tried only where no WebSocket opens: the line then works by asking again and again. */
  polling: Probe;
}

export type Verdict = "checking" | "good" | "slow" | "polling" | "blocked" | "unreachable";

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

export const checkAtFirst: ConnectionCheck = {
  request: undefined,
  webSocket: undefined,
  polling: undefined,
};

export function verdictOf({ request, webSocket, polling }: ConnectionCheck): Verdict {
  if (request === undefined) return "checking";
  if (request === "failed") return "unreachable";
  if (webSocket === undefined) return "checking";
  if (webSocket === "failed") {
    if (polling === undefined) return "checking";
    return polling === "failed" ? "blocked" : "polling";
  }
  return request.milliseconds > slowMilliseconds ? "slow" : "good";
}

/** Tries the ways one after the other, so that none is measured while another is in its way. */
export async function checkConnection(ways: Ways): Promise<ConnectionCheck> {
  const probe = (way: keyof typeof checkAtFirst) => probing(ways[way], ways.now);
  // The first request may have to look up a name and agree on keys.
  const first = await probe("request");
  const request = first === "failed" ? first : await probe("request");
  if (request === "failed") return { ...checkAtFirst, request };
  const webSocket = await probe("webSocket");
  const polling = webSocket === "failed" ? await probe("polling") : undefined;
  return { request, webSocket, polling };
}

async function probing(
  way: () => Promise<number | undefined | void>,
  now: () => number,
): Promise<Probe> {
  const start = now();
  try {
    const milliseconds = await way() ?? now() - start;
    return { milliseconds: Math.round(milliseconds) };
  } catch {
    return "failed";
  }
}
