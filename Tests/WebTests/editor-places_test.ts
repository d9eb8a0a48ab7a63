import assert from "node:assert/strict";
import { monacoSelectionOf, rangeOf, selectionOf } from "../../Sources/Web/editor-places.ts";
import type { Selection } from "../../Sources/Web/messages.ts";
import type { Position, TextModel } from "../../Sources/Web/types/monaco.ts";

Deno.test("a stretch of the text goes from line to line, counted from one", () => {
  assert.deepEqual(rangeOf(modelOf("ab\ncd\n"), 1, 5), {
    startLineNumber: 1,
    startColumn: 2,
    endLineNumber: 2,
    endColumn: 3,
  });
});

Deno.test("what is selected backward has its caret at the beginning", () => {
  const { positionLineNumber, positionColumn, startColumn, endLineNumber } = monacoSelectionOf(
    modelOf("ab\ncd"),
    [4, 1],
  );
  assert.deepEqual([positionLineNumber, positionColumn, startColumn, endLineNumber], [1, 2, 2, 2]);
});

Deno.test("a selection comes back from the editor as it went there", () => {
  const model = modelOf("ab\n\ncd\n");
  for (let anchor = 0; anchor <= 7; anchor++) {
    for (let head = 0; head <= 7; head++) {
      const selection: Selection = [anchor, head];
      assert.deepEqual(selectionOf(model, monacoSelectionOf(model, selection)), selection);
    }
  }
});

/** The part of Monaco's model that counts lines. */
function modelOf(text: string): TextModel {
  const getPositionAt = (offset: number): Position => {
    const lines = text.slice(0, offset).split("\n");
    return { lineNumber: lines.length, column: lines.at(-1)!.length + 1 };
  };
  const getOffsetAt = ({ lineNumber, column }: Position) =>
    text.split("\n").slice(0, lineNumber - 1).join("\n").length + (lineNumber > 1 ? 1 : 0) +
    column - 1;
  return { getPositionAt, getOffsetAt } as TextModel;
}
