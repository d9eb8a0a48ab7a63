import { PasteWatch } from "./paste-watch.ts";
import type { CodeEditor } from "./types/monaco.ts";

/** What is told of the hands at an editor. */
export interface HandsListener {
  /** So many code units came in at once, from elsewhere. */
  pasted(length: number): void;
  /** The participant moves about by themselves. */
  takenOver(): void;
}

/** Keys that alone do nothing in the code. */
const bareKeys = /^(Shift|Control|Alt|Meta|AltGraph|CapsLock|Escape|F\d+)$/;

/** Watches keys, wheel, fingers and clipboard in the code; what scrolls or changes by itself is not among them. */
export function watchHands(editor: CodeEditor, container: HTMLElement, listener: HandsListener) {
  const takenOver = (event: Event) => {
    if (!(event instanceof KeyboardEvent) || !bareKeys.test(event.key)) listener.takenOver();
  };
  for (const kind of ["keydown", "wheel", "pointerdown", "touchmove"]) {
    container.addEventListener(kind, takenOver, { capture: true, passive: true });
  }
  const watch = new PasteWatch((length) => listener.pasted(length));
  const copied = () => watch.copied(copiedText(editor));
  for (const kind of ["copy", "cut"]) container.addEventListener(kind, copied, true);
  editor.onDidPaste(({ range }) => watch.pasted(editor.getModel().getValueInRange(range)));
}

/** What a copy takes: where nothing is selected, the line. */
function copiedText(editor: CodeEditor): string {
  const model = editor.getModel();
  return (editor.getSelections() ?? []).map((selection) =>
    model.getValueInRange(selection) || model.getLineContent(selection.positionLineNumber)
  ).join("\n");
}
