import assert from "node:assert/strict";
import type { Commit } from "../../Sources/Web/messages.ts";
import { chatOf, recordOf, unreadCount } from "../../Sources/Web/record.ts";
import { snapshot } from "./room-parts.ts";

const { participants } = snapshot;

function events(...changes: Partial<Commit>[]): Commit[] {
  return changes.map((change, index) => ({
    revision: index + 1,
    at: 10 * index,
    by: "them",
    ...change,
  }));
}

function kinds(...changes: Partial<Commit>[]) {
  return recordOf(events(...changes), participants).map(({ recorded }) => recorded.kind);
}

Deno.test("each kind that is recorded has its line, the chat and unknown kinds have none", () => {
  assert.deepEqual(
    kinds(
      { joined: { name: "Grace", role: "candidate", color: 1 } },
      { chat: "hello" },
      { pasted: 300 },
      { language: "swift" },
      { applause: 3 } as Partial<Commit>,
      { locked: true },
      { title: "" },
      { timer: { running: true, remaining: 5 } },
      { left: { reason: "lost" } },
      { ended: true },
    ),
    ["joined", "pasted", "language", "locked", "title", "timer", "left", "ended"],
  );
});

Deno.test("a page in the background is one line, which ends when it is back or its owner leaves", () => {
  const until = (...changes: Partial<Commit>[]) =>
    recordOf(events(...changes), participants).map(({ recorded }) =>
      recorded.kind === "hidden" ? recorded.until : recorded.kind
    );
  assert.deepEqual(until({ hidden: true }, { hidden: false }), [10]);
  assert.deepEqual(until({ hidden: true }, { by: "me", hidden: true }), [undefined, undefined]);
  assert.deepEqual(until({ hidden: true }, { left: { reason: "closed" } }), [10, "left"]);
  assert.deepEqual(until({ hidden: false }), []);
});

Deno.test("lines have the names of those who are known, also of who is long gone", () => {
  const joined = { name: "Alan", role: "candidate", color: 2 } as const;
  const names = recordOf(
    events({ by: "alan", joined }, { pasted: 300 }, { by: "nobody", pasted: 300 }),
    participants,
  ).map(({ name }) => name);
  assert.deepEqual(names, ["Alan", "Grace", undefined]);
});

Deno.test("unread is what others said after what was read", () => {
  const said = events({ chat: "1" }, { by: "me", chat: "2" }, { chat: "3" }, { locked: true });
  assert.deepEqual(chatOf(said, participants).map(({ text }) => text), ["1", "2", "3"]);
  assert.equal(unreadCount(said, "me", 0), 2);
  assert.equal(unreadCount(said, "me", 1), 1);
  assert.equal(unreadCount(said, "me", 3), 0);
});
