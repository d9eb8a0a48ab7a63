import assert from "node:assert/strict";
import type { Commit, Snapshot } from "../../Sources/Web/messages.ts";
import { folding, isHidden, type RoomState, stateOf } from "../../Sources/Web/room-state.ts";
import { snapshot } from "./room-parts.ts";

function after(change: Partial<Commit>[], from: Snapshot = snapshot): RoomState {
  return change.reduce<RoomState>(
    (state, commit, index) =>
      folding(state, { revision: 6 + index, at: 100 + index, by: "them", ...commit }),
    stateOf(from, 50),
  );
}

function them(state: RoomState) {
  return state.participants.find(({ participant }) => participant === "them");
}

Deno.test("title, language and lock are those of the newest commit", () => {
  const state = after([{ title: "Graphs" }, { language: "swift" }, { locked: true }]);
  assert.deepEqual([state.title, state.language, state.locked], ["Graphs", "swift", true]);
});

Deno.test("a timer knows when it was set; at nothing, standing still, it is none", () => {
  const running = after([{ timer: { running: true, remaining: 5_000 } }]);
  assert.deepEqual(running.timer, { running: true, remaining: 5_000, at: 100 });
  const none = after([{ timer: { running: true, remaining: 5 } }, {
    timer: { running: false, remaining: 0 },
  }]);
  assert.equal(none.timer, undefined);
});

Deno.test("who leaves is known to have left, since when and how, until they are back", () => {
  const gone = them(after([{ left: { reason: "lost" } }]))!;
  assert.deepEqual([gone.connected, gone.since, gone.left], [false, 100, "lost"]);
  const joined = { name: "Grace", role: "candidate", color: 1 } as const;
  const back = them(after([{ left: { reason: "lost" } }, { joined }]))!;
  assert.deepEqual([back.connected, back.since, back.left], [true, 101, undefined]);
});

Deno.test("who asks to come in waits until they are let in, or everybody is", () => {
  const joined = { name: "Alan", role: "candidate", color: 2, waiting: true } as const;
  const asks = { by: "alan", joined };
  const waiting = (state: RoomState) =>
    state.participants.filter(({ waiting }) => waiting).map(({ participant }) => participant);
  assert.deepEqual(waiting(after([asks])), ["alan"]);
  assert.deepEqual(waiting(after([asks, { admitted: "alan" }])), []);
  assert.deepEqual(waiting(after([asks, { admitted: "me" }])), ["alan"]);
  assert.deepEqual(waiting(after([asks, { admission: "ask" }])), ["alan"]);
  assert.deepEqual(waiting(after([asks, { admission: "open" }])), []);
});

Deno.test("a page is out of sight until it is back in front, or its owner is gone", () => {
  const sight = (...commits: Partial<Commit>[]) => isHidden(after(commits), "them");
  assert.equal(sight(), false);
  assert.equal(sight({ hidden: true }, { by: "me", hidden: false }), true);
  assert.equal(sight({ hidden: true }, { hidden: false }), false);
  assert.equal(sight({ hidden: true }, { left: { reason: "closed" } }), false);
});

Deno.test("events are all commits but edits, the newest five hundred, unknown kinds too", () => {
  const events = after([{ edit: [2] }, { chat: "hi" }, { applause: 3 } as Partial<Commit>]).events;
  assert.deepEqual(events?.map(({ revision }) => revision), [7, 8]);
  const many = after(Array.from({ length: 600 }, () => ({ chat: "hi" }))).events!;
  assert.deepEqual([many.length, many[0]?.revision], [500, 106]);
});

Deno.test("an older server keeps no events, and none are made up", () => {
  const { events: _, ...older } = snapshot;
  assert.equal(after([{ chat: "hi" }], older).events, undefined);
});
