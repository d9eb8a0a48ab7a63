import assert from "node:assert/strict";
import { operationOf, replacementsOf } from "../../Sources/Web/editor-edits.ts";
import { endOfChange, UndoHistory } from "../../Sources/Web/undo-history.ts";
import { RemoteSelections } from "../../Sources/Web/remote-selections.ts";
import { TextOperation } from "../../Sources/Web/text-operation.ts";
import { op, withSeeds } from "./support.ts";

Deno.test("changes in any order are one operation", () => {
  const changes = [{ start: 4, end: 5, text: "Y" }, { start: 1, end: 1, text: "X" }];
  assert.deepEqual(operationOf(changes, 6), op("1 +X 3 +Y -1 1"));
});

Deno.test("an operation becomes one replacement for each place", () => {
  assert.deepEqual(replacementsOf(op("1 +X 3 +Y -1 1"), "abcdef"), [
    { start: 1, end: 1, text: "X" },
    { start: 4, end: 5, text: "Y" },
  ]);
});

Deno.test("a replacement takes the whole of a surrogate pair", () => {
  // 😀 and 😁 differ in their second half only.
  const half = new TextOperation().keep(1).insert("\ude01").delete(1);
  assert.deepEqual(replacementsOf(half, "😀"), [{ start: 0, end: 2, text: "😁" }]);
});

Deno.test("carriage returns keep their length and do not reach the editor", () => {
  assert.deepEqual(replacementsOf(new TextOperation().insert("a\r\nb"), ""), [
    { start: 0, end: 0, text: "a\n\nb" },
  ]);
});

Deno.test("undo takes back one's own edit, wherever others have moved it", () => {
  const history = new UndoHistory();
  const mine = op("3 +mine");
  history.edited(mine.inverted("abc"), 0);
  history.applied(op("+theirs 7"));
  const undo = history.undo("theirsabcmine")!;
  assert.equal(undo.apply("theirsabcmine"), "theirsabc");
  assert.equal(history.redo("theirsabc")!.apply("theirsabc"), "theirsabcmine");
});

Deno.test("what is typed in one go is undone in one go, after a pause apart", () => {
  const history = new UndoHistory();
  history.edited(op("+a").inverted(""), 0);
  history.edited(op("1 +b").inverted("a"), 100);
  history.edited(op("2 +c").inverted("ab"), 2_000);
  assert.equal(history.undo("abc")!.apply("abc"), "ab");
  assert.equal(history.undo("ab")!.apply("ab"), "");
  assert.equal(history.undo(""), undefined);
});

Deno.test("edits at two places are undone apart, however quick", () => {
  const history = new UndoHistory();
  history.edited(op("+a 6").inverted("------"), 0);
  history.edited(op("7 +b").inverted("a------"), 10);
  assert.equal(history.undo("a------b")!.apply("a------b"), "a------");
});

Deno.test("the cursor goes behind the last change", () => {
  assert.equal(endOfChange(op("2 +abc 4")), 5);
  assert.equal(endOfChange(op("2 -3")), 2);
});

Deno.test("undoing everything leaves what the others wrote", () => {
  withSeeds(300, (random) => {
    const history = new UndoHistory();
    let text = "start";
    for (let turn = 0; turn < 20; turn++) {
      const edit = random.edit(text);
      if (random.chance(50)) history.edited(edit.inverted(text), turn * random.below(1_000));
      else history.applied(edit);
      text = edit.apply(text);
    }
    const before = text;
    let steps = 0;
    for (let undo = history.undo(text); undo; undo = history.undo(text), steps++) {
      text = undo.apply(text);
    }
    for (let redo = history.redo(text); redo; redo = history.redo(text), steps--) {
      text = redo.apply(text);
    }
    assert.equal(text, before);
    assert.equal(steps, 0);
  });
});

Deno.test("a selection told at an older revision is moved over what came since", () => {
  const selections = new RemoteSelections();
  selections.committed(4, op("+ab 3"));
  selections.received({ by: "p", revision: 3, selections: [[1, 2]] }, (offset) => offset + 10);
  assert.deepEqual(selections.of("p"), [[13, 14]]);
  selections.move(op("+x 20"));
  assert.deepEqual(selections.of("p"), [[14, 15]]);
});

Deno.test("what can be undone survives as plain JSON, and what does not fit is noticed", () => {
  const history = new UndoHistory();
  history.edited(op("-1 2"), 0);
  history.edited(op("1 -1 2"), 5_000);
  history.undo("xyab");
  const { state } = history;
  const restored = new UndoHistory();
  restored.restore(JSON.parse(JSON.stringify(state)), 3);
  assert.deepEqual(restored.state, state);
  assert.throws(() => restored.restore(state, 2));
});
