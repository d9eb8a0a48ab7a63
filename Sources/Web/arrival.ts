import { APIError, type Session } from "./api.ts";
import type { Unsent } from "./room-storage.ts";
import type { texts } from "./texts.ts";

/** What can stand in the way of a page. */
export type Failure = keyof typeof texts.failures;

export type Entry = { at: "room" } | { at: "arriving" } | { at: "refused"; failure: Failure };

/** What this tab knows of a session before it asks. */
export interface Visitor {
  /** Has been in it before, or just created it: nobody to be asked for a name. */
  isExpected: boolean;
  /** Has something to send that is not in the log. */
  hasUnsent: boolean;
}

/** Where somebody who follows a link gets to, after what the server answered. */
export function entryOf({ isExpected, hasUnsent }: Visitor, answer: Session | APIError): Entry {
  if (answer instanceof APIError) {
    // Inside, the connection itself finds out, and goes on trying.
    return isExpected ? { at: "room" } : { at: "refused", failure: failureOf(answer) };
  }
  // Who has something unsent is told inside, where it can be copied.
  if (answer.state === "ended" && !hasUnsent) return { at: "refused", failure: "session_ended" };
  return { at: isExpected ? "room" : "arriving" };
}

/**
 * A session as it can be read here.
 *
 * Who had to be let in is not told its text by their link alone, but their tab may have it from when they were inside.
 */
export function readable(
  session: Session | undefined,
  kept: Unsent | undefined,
): Session | undefined {
  if (!session || session.text !== undefined || !kept) return session;
  return { ...session, text: kept.pending.text };
}

function failureOf({ status }: APIError): Failure {
  if (status === 401 || status === 403) return "invalid_token";
  if (status === 404) return "unknown_session";
  return status === 429 ? "rate_limited" : "unavailable";
}
