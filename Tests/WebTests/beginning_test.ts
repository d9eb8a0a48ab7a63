import assert from "node:assert/strict";
import { beganAt } from "../../Sources/Web/beginning.ts";
import type { Commit } from "../../Sources/Web/messages.ts";
import { folding, stateOf } from "../../Sources/Web/room-state.ts";
import { snapshot } from "./room-parts.ts";

/** Commits a second apart, from the first of a room on. */
function commits(...changes: [string, Partial<Commit>][]): Commit[] {
  return changes.map(([by, change], index) => {
    return { revision: index + 1, at: 1_000 * (index + 1), by, ...change };
  });
}

const interviewer = { joined: { name: "Grace", role: "interviewer", color: 0 } } as const;
const candidate = { joined: { name: "Ada", role: "candidate", color: 1 } } as const;
const waiting = { joined: { ...candidate.joined, waiting: true } };
const left = { left: { reason: "closed" } } as const;

Deno.test("an interview begins as the first candidate comes in", () => {
  const events = commits(["grace", interviewer], ["ada", candidate], ["alan", candidate]);
  assert.equal(beganAt(events), 2_000);
  assert.equal(beganAt(events.slice(0, 1)), undefined);
});

Deno.test("who waits has not come in, until they are let in or the door is opened for all", () => {
  const asked = commits(["ada", waiting], ["grace", interviewer]);
  assert.equal(beganAt(asked), undefined);
  const next = { revision: 3, at: 3_000, by: "grace" };
  assert.equal(beganAt([...asked, { ...next, admitted: "ada" }]), 3_000);
  assert.equal(beganAt([...asked, { ...next, admission: "open" }]), 3_000);
  const gone = commits(["ada", waiting], ["ada", left], ["grace", { admission: "open" }]);
  assert.equal(beganAt(gone), undefined);
});

Deno.test("where the first commits are not known, nobody is called the first candidate", () => {
  const events = commits(["grace", interviewer], ["ada", candidate], ["alan", candidate]);
  assert.equal(beganAt(events.slice(1)), undefined);
});

Deno.test("a beginning stays, however much happens after it", () => {
  const events = commits(["grace", interviewer], ["ada", candidate]);
  let state = stateOf({ ...snapshot, events });
  for (let revision = 3; revision < 600; revision++) {
    state = folding(state, { revision, at: 9_000, by: "ada", chat: "…" });
  }
  assert.deepEqual([state.beganAt, state.events?.[0]?.revision], [2_000, 100]);
});
