import { operationOf, replacementsOf } from "./editor-edits.ts";
import type { Selection } from "./messages.ts";
import { RemoteCarets } from "./remote-carets.ts";
import type { NamedSelections, Surface } from "./surface.ts";
import type { TextOperation } from "./text-operation.ts";
import type { CodeEditor, Monaco, MonacoSelection, TextModel } from "./types/monaco.ts";
import { endOfChange, type UndoHistory } from "./undo-history.ts";

export interface EditorListener {
  /** The participant changed the text; the editor shows it already. */
  edited(operation: TextOperation): void;
  selected(selections: Selection[]): void;
}

/**
 * Monaco as the surface of a room; this file and `remote-carets.ts` alone know it.
 *
 * Monaco's own history would mix up everybody's edits, so undo is ours: others' operations are
 * applied past that history and moved through `UndoHistory`.
 */
export class Editor implements Surface {
  private readonly editor: CodeEditor;
  private readonly model: TextModel;
  private readonly carets: RemoteCarets;
  /** The text as the model has it: what an inverse needs is gone from the model after a change. */
  private text = "";
  /** While we change the model ourselves, what it reports is no news. */
  private isApplying = false;
  private language = "plaintext";

  constructor(
    private readonly monaco: Monaco,
    container: HTMLElement,
    label: string,
    private readonly listener: EditorListener,
    private readonly history: UndoHistory,
  ) {
    this.model = monaco.editor.createModel("", this.language);
    this.model.setEOL(monaco.editor.EndOfLineSequence.LF);
    this.editor = monaco.editor.create(container, {
      ...options,
      fontFamily: getComputedStyle(container).fontFamily,
      ariaLabel: label,
      model: this.model,
    });
    this.carets = new RemoteCarets(monaco, this.editor);
    this.model.onDidChangeContent(({ changes }) => this.changed(changes));
    this.editor.onDidChangeCursorSelection(() => this.isApplying || this.tellSelections());
    this.bindUndo();
  }

  dispose() {
    this.editor.dispose();
    this.model.dispose();
  }

  focus() {
    this.editor.focus();
  }

  // The surface of a room

  show(text: string) {
    this.text = text.replaceAll("\r", "\n");
    this.applying(() => this.model.setValue(this.text));
  }

  apply(operation: TextOperation) {
    const selections = this.selections.map(([anchor, head]): Selection => [
      operation.transformingOffset(anchor),
      operation.transformingOffset(head),
    ]);
    this.replace(operation);
    this.select(selections);
  }

  place(selections: Selection[], scrollTop: number) {
    if (selections.length > 0) this.select(selections);
    this.editor.setScrollTop(scrollTop);
  }

  reveal(offset: number, participant: string) {
    const length = this.text.length;
    const position = this.model.getPositionAt(Math.min(offset, length));
    this.editor.revealPositionInCenterIfOutsideViewport(position);
    this.carets.wake(participant);
  }

  setLanguage(language: string) {
    if (language === this.language) return;
    this.language = language;
    this.monaco.editor.setModelLanguage(this.model, language);
  }

  setReadOnly(isReadOnly: boolean) {
    this.editor.updateOptions({ readOnly: isReadOnly });
  }

  showSelections(selections: NamedSelections[]) {
    this.carets.show(selections, this.text.length);
  }

  // What the participant does

  private changed(changes: { rangeOffset: number; rangeLength: number; text: string }[]) {
    if (this.isApplying) return;
    const replacements = changes.map(({ rangeOffset, rangeLength, text }) => {
      return { start: rangeOffset, end: rangeOffset + rangeLength, text };
    });
    const operation = operationOf(replacements, this.text.length);
    this.history.edited(operation.inverted(this.text), performance.now());
    this.text = operation.apply(this.text);
    this.listener.edited(operation);
  }

  private bindUndo() {
    const { CtrlCmd, Shift } = this.monaco.KeyMod;
    const { KeyZ, KeyY } = this.monaco.KeyCode;
    const undo = () => this.takeBack(this.history.undo(this.text));
    const redo = () => this.takeBack(this.history.redo(this.text));
    this.editor.addCommand(CtrlCmd | KeyZ, undo);
    this.editor.addCommand(CtrlCmd | Shift | KeyZ, redo);
    this.editor.addCommand(CtrlCmd | KeyY, redo);
  }

  private takeBack(operation: TextOperation | undefined) {
    if (!operation) return;
    this.replace(operation);
    const end = endOfChange(operation);
    this.select([[end, end]]);
    this.editor.revealPositionInCenterIfOutsideViewport(this.model.getPositionAt(end));
    this.listener.edited(operation);
    this.tellSelections();
  }

  // Places

  private replace(operation: TextOperation) {
    const edits = replacementsOf(operation, this.text).map(({ start, end, text }) => {
      return { range: this.rangeOf(start, end), text, forceMoveMarkers: true };
    });
    this.text = operation.apply(this.text).replaceAll("\r", "\n");
    this.applying(() => this.model.applyEdits(edits));
  }

  private applying(change: () => void) {
    this.isApplying = true;
    try {
      change();
    } finally {
      this.isApplying = false;
    }
  }

  private get selections(): Selection[] {
    return (this.editor.getSelections() ?? []).map((selection) => [
      this.model.getOffsetAt({
        lineNumber: selection.selectionStartLineNumber,
        column: selection.selectionStartColumn,
      }),
      this.model.getOffsetAt({
        lineNumber: selection.positionLineNumber,
        column: selection.positionColumn,
      }),
    ]);
  }

  private select(selections: Selection[]) {
    if (JSON.stringify(selections) === JSON.stringify(this.selections)) return;
    this.applying(() =>
      this.editor.setSelections(selections.map(([anchor, head]) => this.selectionOf(anchor, head)))
    );
  }

  private tellSelections() {
    this.listener.selected(this.selections);
  }

  private selectionOf(anchor: number, head: number): MonacoSelection {
    const start = this.model.getPositionAt(anchor);
    const position = this.model.getPositionAt(head);
    return {
      ...this.rangeOf(Math.min(anchor, head), Math.max(anchor, head)),
      selectionStartLineNumber: start.lineNumber,
      selectionStartColumn: start.column,
      positionLineNumber: position.lineNumber,
      positionColumn: position.column,
    };
  }

  private rangeOf(start: number, end: number) {
    const from = this.model.getPositionAt(start);
    const to = this.model.getPositionAt(end);
    return {
      startLineNumber: from.lineNumber,
      startColumn: from.column,
      endLineNumber: to.lineNumber,
      endColumn: to.column,
    };
  }
}

const options = {
  automaticLayout: true,
  fontSize: 14,
  lineHeight: 22,
  fontLigatures: false,
  minimap: { enabled: false },
  padding: { top: 20, bottom: 20 },
  scrollBeyondLastLine: false,
  renderLineHighlight: "line",
  smoothScrolling: true,
  fixedOverflowWidgets: true,
  // The log has the characters that were typed: none of them is worth a dialog.
  unusualLineTerminators: "off",
  // Letters of other scripts are no mistakes; what cannot be seen is still marked.
  unicodeHighlight: { ambiguousCharacters: false },
  // Offsets count tabs as they are; the same text reads the same for everybody.
  detectIndentation: true,
  tabSize: 4,
  // Words of others' typing would be offered as one's own.
  wordBasedSuggestions: "off",
  dropIntoEditor: { enabled: false },
  quickSuggestions: { other: true, comments: false, strings: false },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  overviewRulerBorder: false,
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
};
