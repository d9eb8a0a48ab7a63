import assert from "node:assert/strict";
import { recording } from "../../Sources/Web/journal.ts";
import type { Commit } from "../../Sources/Web/messages.ts";

function journal(...changes: Partial<Commit>[]): number[] {
  const events = changes.reduce<readonly Commit[]>(
    (before, change, index) =>
      recording(before, { revision: index + 1, at: 1, by: "them", ...change }),
    [],
  );
  return events.map(({ revision }) => revision);
}

function many(count: number, change: (index: number) => Partial<Commit>): Partial<Commit>[] {
  return Array.from({ length: count }, (_, index) => change(index));
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

Deno.test("the newest five hundred are kept", () => {
  assert.deepEqual(journal(...many(600, () => ({ chat: "hi" }))), numbers(101, 600));
});

Deno.test("a page that comes and goes pushes out nothing but its own reports", () => {
  const before = [{ chat: "hi" }, { by: "me", hidden: true }];
  const kept = journal(...before, ...many(798, () => ({ hidden: true })));
  assert.deepEqual(kept, [1, 2, ...numbers(602, 800)]);
});

Deno.test("where all report alike the oldest report goes first", () => {
  const kept = journal(...many(204, (index) => ({ by: `${index % 2}`, hidden: true })));
  assert.deepEqual(kept, numbers(5, 204));
});
