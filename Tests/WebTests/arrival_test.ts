import assert from "node:assert/strict";
import { APIError, type Session } from "../../Sources/Web/api.ts";
import { entryOf, readable } from "../../Sources/Web/arrival.ts";
import { roleOfToken } from "../../Sources/Web/link-token.ts";
import { faultOf, newSessionAtFirst, requestOf } from "../../Sources/Web/new-session.ts";
import type { RoomState } from "../../Sources/Web/room-state.ts";
import { whenText } from "../../Sources/Web/when.ts";

const stranger = { isExpected: false, hasUnsent: false };
const known = { isExpected: true, hasUnsent: false };

function session(state: "open" | "ended"): Session {
  return { id: "s", title: "", language: "python", state, text: "", participants: [] };
}

Deno.test("who is new is asked for a name, who was there before goes straight in", () => {
  assert.deepEqual(entryOf(stranger, session("open")), { at: "arriving" });
  assert.deepEqual(entryOf(known, session("open")), { at: "room" });
});

Deno.test("an ended session is shown as one, unless there is something unsent to take out", () => {
  const ended = { at: "refused", failure: "session_ended" };
  assert.deepEqual(entryOf(stranger, session("ended")), ended);
  assert.deepEqual(entryOf(known, session("ended")), ended);
  assert.deepEqual(entryOf({ ...known, hasUnsent: true }, session("ended")), { at: "room" });
});

Deno.test("what a session's link does not tell of its code may be known to the tab", () => {
  const { text: _, ...untold } = session("ended");
  const pending = { participant: "p", revision: 3, text: "mine", numberLast: 0, changes: [] };
  const kept = { pending, room: {} as RoomState };
  assert.equal(readable(untold, kept)?.text, "mine");
  assert.equal(readable(untold, undefined)?.text, undefined);
  assert.equal(readable({ ...untold, text: "told" }, kept)?.text, "told");
  assert.equal(readable(undefined, kept), undefined);
});

Deno.test("what stands in the way of a newcomer is named; inside, the connection finds out", () => {
  const failures: [number, string][] = [
    [401, "invalid_token"],
    [403, "invalid_token"],
    [404, "unknown_session"],
    [429, "rate_limited"],
    [503, "unavailable"],
    [0, "unavailable"],
  ];
  for (const [status, failure] of failures) {
    const answer = new APIError(status, "");
    assert.deepEqual(entryOf(stranger, answer), { at: "refused", failure });
    assert.deepEqual(entryOf(known, answer), { at: "room" });
  }
});

Deno.test("a token tells which words its holder is met with", () => {
  assert.equal(roleOfToken("7Kq2VnT0bXw9RfLd.i.x"), "interviewer");
  assert.equal(roleOfToken("7Kq2VnT0bXw9RfLd.c.x"), "candidate");
  assert.equal(roleOfToken("7Kq2VnT0bXw9RfLd.o.x"), "observer");
  for (const token of ["", "i", "a.constructor.x", "a.toString.x", "a..x"]) {
    assert.equal(roleOfToken(token), undefined);
  }
});

Deno.test("only what was set up is asked for", () => {
  assert.deepEqual(requestOf(newSessionAtFirst), {});
  assert.deepEqual(requestOf({ ...newSessionAtFirst, admission: "ask", language: "go" }), {
    admission: "ask",
    language: "go",
  });
});

Deno.test("what cannot be seen is taken out of a title, and a title of nothing is none", () => {
  const title = (title: string) => requestOf({ ...newSessionAtFirst, title }).title;
  assert.equal(title("  Binary\ttrees\u202e "), "Binary trees");
  assert.equal(title(" \u2066 "), undefined);
});

Deno.test("a starter code that no session holds is named before it is sent", () => {
  const fault = (text: string) => faultOf({ ...newSessionAtFirst, text });
  assert.equal(fault("x".repeat(1_048_576)), undefined);
  assert.equal(fault("x".repeat(1_048_577)), "text_too_large");
  assert.equal(fault("\r\n".repeat(1_048_576)), undefined);
});

Deno.test("a time is told as people tell it", () => {
  const now = new Date(2026, 2, 2, 12, 0).getTime();
  const ago = (...parts: [number, number, number, number?, number?]) =>
    whenText(new Date(...parts).getTime(), now, "en-GB");
  assert.equal(ago(2026, 2, 2, 9, 5), "today, 09:05");
  assert.equal(ago(2026, 2, 1, 23, 59), "yesterday, 23:59");
  assert.equal(ago(2026, 1, 28), "28 February");
  assert.equal(ago(2025, 11, 31), "31 December 2025");
});
