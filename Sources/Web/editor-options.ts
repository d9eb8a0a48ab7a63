import type { Preferences } from "./preferences.ts";
import { texts } from "./texts.ts";

/** What is the same for everybody. */
export const options = {
  automaticLayout: true,
  fontLigatures: false,
  minimap: { enabled: false },
  padding: { top: 20, bottom: 20 },
  readOnlyMessage: { value: texts.room.readOnly },
  scrollBeyondLastLine: false,
  renderLineHighlight: "line",
  // The last line is one like the others, also while nothing is in it.
  renderFinalNewline: "on",
  fixedOverflowWidgets: true,
  // The log has the characters that were typed: none of them is worth a dialog.
  unusualLineTerminators: "off",
  // A mark in the code is where somebody is, and not where the same word stands once more.
  occurrencesHighlight: "off",
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

/** What everybody sets for themselves, here or in their system. */
export function optionsOf({ fontSize, isWrapped }: Preferences, isMotionReduced: boolean) {
  return {
    smoothScrolling: !isMotionReduced,
    fontSize,
    lineHeight: Math.round(fontSize * 1.57),
    wordWrap: isWrapped ? "on" : "off",
    wrappingIndent: "indent",
  };
}
