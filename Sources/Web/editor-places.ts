import type { Selection } from "./messages.ts";
import type { MonacoSelection, Range, TextModel } from "./types/monaco.ts";

/** A stretch of the text between two offsets, as Monaco names it: by lines and columns, from 1. */
export function rangeOf(model: TextModel, start: number, end: number): Range {
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(end);
  return {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}

/** What is selected, as Monaco has it, with the caret at the head. */
export function monacoSelectionOf(model: TextModel, [anchor, head]: Selection): MonacoSelection {
  const start = model.getPositionAt(anchor);
  const position = model.getPositionAt(head);
  return {
    ...rangeOf(model, Math.min(anchor, head), Math.max(anchor, head)),
    selectionStartLineNumber: start.lineNumber,
    selectionStartColumn: start.column,
    positionLineNumber: position.lineNumber,
    positionColumn: position.column,
  };
}

/** What is selected, as the room has it. */
export function selectionOf(model: TextModel, selected: MonacoSelection): Selection {
  const anchor = {
    lineNumber: selected.selectionStartLineNumber,
    column: selected.selectionStartColumn,
  };
  const head = { lineNumber: selected.positionLineNumber, column: selected.positionColumn };
  return [model.getOffsetAt(anchor), model.getOffsetAt(head)];
}
