import assert from "node:assert/strict";
import { isWorthAsking } from "../../Sources/Web/leaving.ts";
import { FakeStorage } from "./fakes.ts";
import { commit, joined, newMemory, opened, snapshot, welcome } from "./room-parts.ts";
import { read, write } from "../../Sources/Web/stored.ts";

const underWay = { count: 1, isOnline: true, milliseconds: 300, isKept: true };

Deno.test("what is under way and kept is not worth a question", () => {
  assert.equal(isWorthAsking(underWay), false);
  assert.equal(isWorthAsking({ ...underWay, count: 0, isOnline: false, isKept: false }), false);
});

Deno.test("what is offline, overdue or could not be kept is", () => {
  for (const change of [{ isOnline: false }, { milliseconds: 1_000 }, { isKept: false }]) {
    assert.equal(isWorthAsking({ ...underWay, ...change }), true, JSON.stringify(change));
  }
});

Deno.test("an edit is overdue by its own age, and not by that of those before it", () => {
  const { page, room, clock, transport } = joined();
  page.type("2 +c");
  clock.pass(700);
  page.type("3 +d");
  assert.equal(room.unsaved.milliseconds, 700);
  transport.receive("commits", commit(6, "me", { number: 8, edit: [2, "c"] }));
  assert.deepEqual([room.unsaved.count, room.unsaved.milliseconds], [1, 0]);
  clock.pass(700);
  // Sent again under its number, it is as old as it was.
  transport.receive("epoch", { epoch: 2 });
  assert.equal(room.unsaved.milliseconds, 700);
});

Deno.test("a note without an answer is as old as its writing", () => {
  const { room, clock } = joined("interviewer");
  room.writeNote("thinks aloud");
  clock.pass(1_500);
  assert.deepEqual([room.unsaved.count, room.unsaved.milliseconds], [1, 1_500]);
});

Deno.test("a browser that writes nothing down has not kept it", () => {
  const memory = newMemory();
  Object.defineProperty(memory, "unsent", { get: () => undefined, set() {} });
  const { page, room, transport } = opened(memory);
  welcome(transport, "candidate", snapshot);
  assert.equal(room.unsaved.isKept, true);
  page.type("2 +c");
  assert.equal(room.unsaved.isKept, false);
});

Deno.test("what no longer fits into the storage leaves nothing outdated there", () => {
  const storage = new FakeStorage();
  write(() => storage, "key", "old");
  storage.setItem = () => {
    throw new Error("full");
  };
  write(() => storage, "key", "new");
  assert.equal(read(() => storage, "key"), undefined);
});
