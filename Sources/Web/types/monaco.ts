/** The part of Monaco that is used here; the package brings no types. */

export interface Disposable {
  dispose(): void;
}

export interface Position {
  lineNumber: number;
  column: number;
}

export interface Range {
  startLineNumber: number;
  startColumn: number;
  endLineNumber: number;
  endColumn: number;
}

export interface MonacoSelection extends Range {
  selectionStartLineNumber: number;
  selectionStartColumn: number;
  positionLineNumber: number;
  positionColumn: number;
}

export interface ContentChange {
  rangeOffset: number;
  rangeLength: number;
  text: string;
}

export interface TextModel {
  getValue(): string;
  setValue(text: string): void;
  setEOL(sequence: number): void;
  getValueInRange(range: Range): string;
  getLineContent(line: number): string;
  getLineMaxColumn(line: number): number;
  getPositionAt(offset: number): Position;
  getOffsetAt(position: Position): number;
  applyEdits(edits: { range: Range; text: string; forceMoveMarkers?: boolean }[]): void;
  onDidChangeContent(handler: (event: { changes: ContentChange[] }) => void): Disposable;
  dispose(): void;
}

export interface Decoration {
  range: Range;
  options: { className: string; stickiness?: number };
}

export interface ContentWidget {
  getId(): string;
  getDomNode(): HTMLElement;
  getPosition(): { position: Position; preference: number[] } | null;
  /** Its size, where it is known without measuring. */
  beforeRender?(): { width: number; height: number };
}

export interface CodeEditor {
  getModel(): TextModel;
  updateOptions(options: Record<string, unknown>): void;
  getSelections(): MonacoSelection[] | null;
  setSelections(selections: MonacoSelection[]): void;
  revealPositionInCenterIfOutsideViewport(position: Position): void;
  setScrollTop(scrollTop: number): void;
  createDecorationsCollection(): { set(decorations: Decoration[]): void };
  addContentWidget(widget: ContentWidget): void;
  layoutContentWidget(widget: ContentWidget): void;
  removeContentWidget(widget: ContentWidget): void;
  addCommand(keybinding: number, handler: () => void): void;
  addAction(action: { id: string; label: string; run: () => void }): Disposable;
  getOption(option: number): unknown;
  getScrolledVisiblePosition(position: Position): { left: number } | null;
  getLayoutInfo(): { contentLeft: number; contentWidth: number };
  onDidChangeCursorSelection(handler: () => void): Disposable;
  onDidChangeConfiguration(handler: () => void): Disposable;
  onDidScrollChange(handler: (event: { scrollTop: number }) => void): Disposable;
  onDidPaste(handler: (event: { range: Range }) => void): Disposable;
  focus(): void;
  dispose(): void;
}

export interface Language {
  id: string;
  aliases?: string[];
  extensions?: string[];
}

export interface Monaco {
  editor: {
    create(container: HTMLElement, options: Record<string, unknown>): CodeEditor;
    createModel(text: string, language: string): TextModel;
    setModelLanguage(model: TextModel, language: string): void;
    defineTheme(name: string, theme: unknown): void;
    setTheme(name: string): void;
    remeasureFonts(): void;
    ContentWidgetPositionPreference: { EXACT: number };
    EditorOption: { tabFocusMode: number; lineHeight: number };
    EndOfLineSequence: { LF: number };
    TrackedRangeStickiness: { NeverGrowsWhenTypingAtEdges: number };
  };
  languages: {
    getLanguages(): Language[];
    typescript: Record<
      "javascriptDefaults" | "typescriptDefaults",
      { setDiagnosticsOptions(options: Record<string, boolean>): void }
    >;
  };
  KeyMod: { CtrlCmd: number; Shift: number; WinCtrl: number };
  KeyCode: { KeyZ: number; KeyY: number; KeyM: number };
}
