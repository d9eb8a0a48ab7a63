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
export async function checkConnection(ways: Ways, changed: (check: ConnectionCheck) => void) {
  let check = checkAtFirst;
  const tell = (change: Partial<ConnectionCheck>) => changed(check = { ...check, ...change });
  const request = await probing(ways.request, ways.now);
  // The first request may have had to look up a name and agree on keys.
  const again = request === "failed" ? request : await probing(ways.request, ways.now);
  tell({ request: again });
  if (again === "failed") return;
  tell({ webSocket: await probing(ways.webSocket, ways.now) });
  if (check.webSocket === "failed") tell({ polling: await probing(ways.polling, ways.now) });
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
