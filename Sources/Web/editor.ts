import { operationOf, replacementsOf } from "./editor-edits.ts";
import { type HandsListener, watchHands } from "./editor-hands.ts";
import { options, optionsOf } from "./editor-options.ts";
import { monacoSelectionOf, rangeOf, selectionOf } from "./editor-places.ts";
import type { Selection } from "./messages.ts";
import type { KeyChoice, Preferences } from "./preferences.ts";
import { RemoteCarets } from "./remote-carets.ts";
import { texts } from "./texts.ts";
import { reducedMotion } from "./theme.ts";
import type { NamedSelections, Surface } from "./surface.ts";
import type { TextOperation } from "./text-operation.ts";
import type { CodeEditor, Monaco, TextModel } from "./types/monaco.ts";
import { giveVimKeys } from "./vim-keys.ts";
import { endOfChange, type UndoHistory } from "./undo-history.ts";

export interface EditorListener extends HandsListener {
  /** The participant changed the text; the editor shows it already. */
  edited(operation: TextOperation): void;
  selected(selections: Selection[]): void;
  scrolled(scrollTop: number): void;
  placed(place: EditorPlace): void;
  /** Asked what the keyboard does. */
  helpWanted(): void;
}

/** Where the participant is, as people count. */
export interface EditorPlace {
  line: number;
  column: number;
  selectedLength: number;
  /** Whether Tab leaves the editor, as everywhere on the page, or indents. */
  tabMoves: boolean;
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
  private dropKeys = () => {};
  /** How often keys were asked for: what has to be loaded may be unwanted by then. */
  private keysWanted = 0;

  constructor(
    private readonly monaco: Monaco,
    private readonly container: HTMLElement,
    private readonly listener: EditorListener,
    private readonly history: UndoHistory,
    preferences: Preferences,
    label = texts.room.editor,
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
    // Whoever asks Monaco to undo, Vim's keys and its menu too, means one's own edits.
    Object.assign(this.model, { undo: () => this.undo(), redo: () => this.redo() });
    this.model.onDidChangeContent(({ changes }) => this.changed(changes));
    this.editor.onDidChangeCursorSelection(() => {
      this.tellPlace();
      if (!this.isApplying) this.tellSelections();
    });
    this.editor.onDidChangeConfiguration(() => this.tellPlace());
    this.editor.onDidScrollChange(({ scrollTop }) => this.listener.scrolled(scrollTop));
    this.prefer(preferences);
    watchHands(this.editor, container, listener);
    this.bindKeys();
    this.tellPlace();
  }

  dispose() {
    this.keysWanted++;
    this.dropKeys();
    this.editor.dispose();
    this.model.dispose();
  }

  focus() {
    this.editor.focus();
  }

  prefer(preferences: Preferences) {
    const { lineHeight, ...others } = optionsOf(preferences, reducedMotion.isWanted);
    this.editor.updateOptions({ lineHeight, ...others });
    this.container.style.setProperty("--code-line", `${lineHeight}px`);
  }

  /** Changes what keys do; `status` is where Vim shows its mode. Fails where its keys cannot be had. */
  async useKeys(keys: KeyChoice, status: HTMLElement) {
    const wanted = ++this.keysWanted;
    this.dropKeys();
    this.dropKeys = () => {};
    if (keys === "default") return;
    const drop = await giveVimKeys(this.monaco, this.editor, status);
    if (wanted === this.keysWanted) this.dropKeys = drop;
    else drop();
  }

  /** Lets the Tab key leave the editor, or has it indent again. */
  toggleTab() {
    this.editor.updateOptions({ tabFocusMode: !this.tabMoves });
    this.tellPlace();
    this.editor.focus();
  }

  private get tabMoves(): boolean {
    return this.editor.getOption(this.monaco.editor.EditorOption.tabFocusMode) === true;
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

  private bindKeys() {
    const { CtrlCmd, Shift, WinCtrl } = this.monaco.KeyMod;
    const { KeyZ, KeyY, KeyM } = this.monaco.KeyCode;
    this.editor.addCommand(CtrlCmd | KeyZ, () => this.undo());
    this.editor.addCommand(CtrlCmd | Shift | KeyZ, () => this.redo());
    this.editor.addCommand(CtrlCmd | KeyY, () => this.redo());
    this.editor.addCommand(CtrlCmd | KeyM, () => this.toggleTab());
    // On a Mac the other one makes the window small.
    this.editor.addCommand(WinCtrl | Shift | KeyM, () => this.toggleTab());
    const run = () => this.listener.helpWanted();
    this.editor.addAction({ id: "viva.help", label: texts.panels.keys, run });
  }

  undo() {
    this.takeBack(this.history.undo(this.text));
  }

  redo() {
    this.takeBack(this.history.redo(this.text));
  }

  private tellPlace() {
    const selections = this.selections;
    const [, head] = selections[0] ?? [0, 0];
    const { lineNumber: line, column } = this.model.getPositionAt(head);
    const { tabMoves } = this;
    const selectedLength = selections.reduce((sum, [from, to]) => sum + Math.abs(to - from), 0);
    this.listener.placed({ line, column, selectedLength, tabMoves });
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

  // The text and the selections of Monaco

  private replace(operation: TextOperation) {
    const edits = replacementsOf(operation, this.text).map(({ start, end, text }) => {
      return { range: rangeOf(this.model, start, end), text, forceMoveMarkers: true };
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
    const selected = this.editor.getSelections() ?? [];
    return selected.map((selection) => selectionOf(this.model, selection));
  }

  private select(selections: Selection[]) {
    if (JSON.stringify(selections) === JSON.stringify(this.selections)) return;
    const selected = selections.map((selection) => monacoSelectionOf(this.model, selection));
    this.applying(() => this.editor.setSelections(selected));
  }

  private tellSelections() {
    this.listener.selected(this.selections);
  }
}
