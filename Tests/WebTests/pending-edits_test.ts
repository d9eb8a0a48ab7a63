import assert from "node:assert/strict";
import type { Commit, Proposal } from "../../Sources/Web/messages.ts";
import { PendingEdits } from "../../Sources/Web/pending-edits.ts";
import { op } from "./support.ts";

function pendingOn(document: string): PendingEdits {
  return new PendingEdits("me", 10, document);
}

function commit(revision: number, by: string, notation: string, number?: number): Commit {
  return { revision, at: 0, by, number, edit: op(notation).steps };
}

Deno.test("the first edit is proposed at once, what follows waits", () => {
  const pending = pendingOn("ab");
  const first = pending.proposeEdit(op("2 +c"));
  assert.deepEqual(first, { event: "edit", number: 1, revision: 10, operation: [2, "c"] });
  assert.equal(pending.proposeEdit(op("3 +d")), undefined);
  assert.equal(pending.unsavedCount, 2);
  assert.equal(pending.text, "abcd");
});

Deno.test("our own commit is the acknowledgement, and what waited goes next", () => {
  const pending = pendingOn("ab");
  pending.proposeEdit(op("2 +c"));
  pending.proposeEdit(op("3 +d"));
  const received = pending.received(commit(11, "me", "2 +c", 1));
  const next: Proposal = { event: "edit", number: 2, revision: 11, operation: [3, "d"] };
  assert.deepEqual(received, { kind: "acknowledged", next });
  assert.equal(pending.document, "abc");
});

Deno.test("another's commit is moved behind what is not committed, ours left on a tie", () => {
  const pending = pendingOn("ab");
  pending.proposeEdit(op("1 +X 1"));
  pending.proposeEdit(op("2 +Y 1"));
  const received = pending.received(commit(11, "them", "1 +o 1"));
  assert.deepEqual(received, { kind: "foreign", operation: op("3 +o 1") });
  assert.equal(pending.text, "aXYob");
});

Deno.test("our commit under another number is applied like another's", () => {
  const pending = pendingOn("ab");
  pending.proposeEdit(op("2 +c"));
  const received = pending.received(commit(11, "me", "+z 2", 7));
  assert.equal(received.kind, "foreign");
  assert.equal(pending.text, "zabc");
  assert.equal(pending.isInFlight, true);
});

Deno.test("it is sent again under its number, as it reads against the current revision", () => {
  const pending = pendingOn("ab");
  pending.proposeEdit(op("2 +c"));
  pending.received(commit(11, "them", "+z 2"));
  const again = pending.sendAgain();
  assert.deepEqual(again, { event: "edit", number: 1, revision: 11, operation: [3, "c"] });
});

Deno.test("a wish waits for the edits before it, and goes one at a time", () => {
  const pending = pendingOn("");
  pending.proposeEdit(op("+a"));
  pending.propose({ language: "swift" });
  pending.propose({ ended: true });
  const first = pending.received(commit(11, "me", "+a", 1));
  const language: Proposal = { event: "language", number: 2, language: "swift" };
  assert.deepEqual(first, { kind: "acknowledged", next: language });
  const second = pending.received({ revision: 12, at: 0, by: "me", number: 2, language: "swift" });
  assert.deepEqual(second, { kind: "acknowledged", next: { event: "end", number: 3 } });
});

Deno.test("a proposal that came too late is proposed again under its number", () => {
  const pending = pendingOn("ab");
  pending.proposeEdit(op("2 +c"));
  const proposal: Proposal = { event: "edit", number: 1, revision: 10, operation: [2, "c"] };
  assert.deepEqual(pending.rejected(1, "too_old"), { kind: "again", proposal });
});

Deno.test("a refused edit is taken back and handed over, what was typed behind it stays", () => {
  const pending = pendingOn("abcd");
  pending.proposeEdit(op("1 +XY -2 1"));
  pending.proposeEdit(op("4 +!"));
  const next: Proposal = { event: "edit", number: 2, revision: 10, operation: [4, "!"] };
  const undo = op("1 +bc -2 2");
  assert.deepEqual(pending.rejected(1, "locked"), { kind: "takenBack", undo, text: "XY", next });
  assert.equal(pending.text, "abcd!");
});

Deno.test("a rejection of what is in flight no longer changes nothing", () => {
  const pending = pendingOn("ab");
  pending.proposeEdit(op("2 +c"));
  assert.deepEqual(pending.rejected(7, "locked"), { kind: "unknown" });
  assert.equal(pending.unsavedCount, 1);
});

Deno.test("numbers go on above those that are known", () => {
  const pending = pendingOn("ab");
  pending.numbersStart(41);
  assert.equal(pending.proposeEdit(op("2 +c"))?.number, 42);
});

Deno.test("what was typed and taken away again is not proposed", () => {
  const pending = pendingOn("");
  pending.proposeEdit(op("+a"));
  pending.proposeEdit(op("1 +b"));
  pending.proposeEdit(op("1 -1"));
  assert.deepEqual(pending.received(commit(11, "me", "+a", 1)), {
    kind: "acknowledged",
    next: undefined,
  });
  assert.equal(pending.unsavedCount, 0);
});

Deno.test("a commit that is not what is in flight is noticed", () => {
  const pending = pendingOn("ab");
  pending.proposeEdit(op("2 +c"));
  assert.throws(() => pending.received(commit(11, "me", "2 +d", 1)));
});

Deno.test("a wish replaces one of its kind that still waits", () => {
  const pending = pendingOn("");
  pending.proposeEdit(op("+a"));
  pending.propose({ language: "swift" });
  pending.propose({ language: "python" });
  const received = pending.received(commit(11, "me", "+a", 1));
  const next: Proposal = { event: "language", number: 2, language: "python" };
  assert.deepEqual(received, { kind: "acknowledged", next });
  assert.equal(pending.unsavedCount, 1);
});

Deno.test("a commit that does not follow is noticed", () => {
  assert.throws(() => pendingOn("ab").received(commit(12, "them", "2 +c")));
});

Deno.test("it survives a reload as plain JSON", () => {
  const pending = pendingOn("ab");
  pending.proposeEdit(op("2 +c"));
  pending.proposeEdit(op("3 +d"));
  pending.propose({ locked: true });
  const restored = PendingEdits.restoring(JSON.parse(JSON.stringify(pending.state)));
  assert.deepEqual(restored.sendAgain(), pending.sendAgain());
  assert.equal(restored.text, "abcd");
  assert.equal(restored.unsavedCount, 3);
});

Deno.test("an offset goes to the committed document and comes back", () => {
  const pending = pendingOn("abcd");
  pending.proposeEdit(op("2 +XY 2"));
  assert.equal(pending.committedOffset(4), 2);
  assert.equal(pending.committedOffset(5), 3);
  assert.equal(pending.editorOffset(3), 5);
});
