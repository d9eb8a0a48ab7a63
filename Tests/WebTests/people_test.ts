import assert from "node:assert/strict";
import type { Participant } from "../../Sources/Web/messages.ts";
import { initials, type Signs, sorted, standingOf } from "../../Sources/Web/people.ts";

const ada: Participant = {
  participant: "ada",
  name: "Ada",
  role: "candidate",
  color: 1,
  connected: true,
  since: 1_000,
};
const quiet: Signs = { liveness: undefined, isHidden: false };

function standing(change: Partial<Participant>, signs: Partial<Signs> = {}, now = 7_000) {
  return standingOf({ ...ada, ...change }, { ...quiet, ...signs }, now, now);
}

Deno.test("who lost the line reconnects for a minute, and is lost from then on", () => {
  const lost = { connected: false, left: "lost" } as const;
  assert.deepEqual(standing(lost), { kind: "reconnecting", for: 6_000 });
  assert.deepEqual(standing(lost, {}, 61_000), { kind: "lost", for: 60_000 });
});

Deno.test("who closed the page has left, whether or not it is known when", () => {
  const gone = { connected: false, left: "closed" } as const;
  assert.deepEqual(standing(gone), { kind: "left", for: 6_000 });
  assert.deepEqual(standing({ ...gone, since: undefined }), { kind: "left", for: undefined });
});

Deno.test("a page in the background tells no more of its owner, idle or silent", () => {
  const liveness = { idle: true, roundTrip: 5, heardAt: 0 };
  assert.deepEqual(standing({}, { liveness, isHidden: true }, 90_000), { kind: "hidden" });
  assert.deepEqual(standing({}, { liveness }, 90_000), { kind: "silent", for: 90_000 });
  assert.deepEqual(standing({}, { liveness }), { kind: "idle" });
  assert.deepEqual(standing({}), { kind: "here" });
});

Deno.test("who asks to be let in waits, and no longer when gone", () => {
  assert.deepEqual(standing({ waiting: true }), { kind: "waiting" });
  assert.equal(standing({ waiting: true, connected: false }).kind, "left");
});

Deno.test("those who are here come first, oneself before all, then by role as they came", () => {
  const people = [
    { ...ada, participant: "gone", connected: false },
    { ...ada, participant: "watcher", role: "observer" as const },
    { ...ada, participant: "candidate" },
    { ...ada, participant: "me" },
    { ...ada, participant: "interviewer", role: "interviewer" as const },
  ];
  const order = sorted(people, "me").map(({ participant }) => participant);
  assert.deepEqual(order, ["me", "interviewer", "candidate", "watcher", "gone"]);
});

Deno.test("initials are of the first and the last word, in any script", () => {
  const names = ["Ada Lovelace", "grace", " Edsger W. Dijkstra ", "村上 春樹", "😀 x", ""];
  assert.deepEqual(names.map(initials), ["AL", "G", "ED", "村春", "😀X", ""]);
});
