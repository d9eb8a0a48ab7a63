import { type Theme, watchTheme } from "./theme.ts";
import type { Monaco } from "./types/monaco.ts";

/** Monaco's names for colors, and the tokens of `tokens.css` they take. */
const colors: Record<string, string> = {
  "editor.background": "--surface",
  "editor.foreground": "--text",
  "editorLineNumber.foreground": "--text-faint",
  "editorLineNumber.activeForeground": "--text-quiet",
  "editor.lineHighlightBackground": "--surface-raised",
  "editor.lineHighlightBorder": "--surface-raised",
  "editor.selectionBackground": "--selection",
  "editor.inactiveSelectionBackground": "--selection-inactive",
  "editor.findMatchBackground": "--selection",
  "editor.findMatchBorder": "--accent",
  "editor.findMatchHighlightBackground": "--selection",
  "editor.rangeHighlightBackground": "--surface-raised",
  "editorCursor.foreground": "--accent",
  "editorWidget.background": "--surface-raised",
  "editorWidget.border": "--line",
  "editorWidget.foreground": "--text",
  "editorSuggestWidget.foreground": "--text",
  "editorSuggestWidget.selectedBackground": "--selection",
  "editorSuggestWidget.selectedForeground": "--text",
  "editorSuggestWidget.selectedIconForeground": "--text",
  "editorSuggestWidget.highlightForeground": "--accent",
  "editorSuggestWidget.focusHighlightForeground": "--accent",
  "quickInput.background": "--surface-raised",
  "quickInput.foreground": "--text",
  "quickInputList.focusBackground": "--selection",
  "quickInputList.focusForeground": "--text",
  "input.background": "--surface",
  "input.foreground": "--text",
  "input.border": "--line-control",
  "inputValidation.infoBackground": "--surface-raised",
  "inputValidation.infoForeground": "--text",
  "inputValidation.infoBorder": "--line-control",
  "menu.background": "--surface",
  "menu.foreground": "--text",
  "menu.selectionBackground": "--selection",
  "menu.selectionForeground": "--text",
  "menu.separatorBackground": "--line",
  "editorIndentGuide.background1": "--line-faint",
  "editorIndentGuide.activeBackground1": "--line",
  "scrollbarSlider.background": "--scrollbar",
  "scrollbarSlider.hoverBackground": "--scrollbar-strong",
  "scrollbarSlider.activeBackground": "--scrollbar-strong",
  "editorBracketHighlight.foreground1": "--text",
  "editorBracketHighlight.foreground2": "--text-quiet",
  "editorBracketHighlight.foreground3": "--syntax-type",
  "editorBracketHighlight.unexpectedBracket.foreground": "--danger",
  focusBorder: "--accent",
};

const syntax: Record<string, string> = {
  comment: "--syntax-comment",
  keyword: "--syntax-keyword",
  string: "--syntax-string",
  number: "--syntax-number",
  type: "--syntax-type",
  "type.identifier": "--syntax-type",
  tag: "--syntax-keyword",
  "attribute.name": "--syntax-type",
  "attribute.value": "--syntax-string",
  annotation: "--syntax-type",
  regexp: "--syntax-string",
  delimiter: "--text",
  "delimiter.bracket": "--text",
  "delimiter.parenthesis": "--text",
  "delimiter.square": "--text",
  "delimiter.curly": "--text",
  "delimiter.array": "--text",
};

const bases: Record<Theme, string> = {
  light: "vs",
  dark: "vs-dark",
  "light-contrast": "hc-light",
  "dark-contrast": "hc-black",
};

/** Gives Monaco the page's colors, now and whenever the page's theme changes. */
export function followTheme(monaco: Monaco): () => void {
  return watchTheme((theme) => applyTheme(monaco, theme));
}

function applyTheme(monaco: Monaco, theme: Theme) {
  const tokens = getComputedStyle(document.documentElement);
  const value = (token: string) => tokens.getPropertyValue(token).trim();
  monaco.editor.defineTheme("viva", {
    base: bases[theme],
    inherit: true,
    rules: Object.entries(syntax).map(([token, color]) => ({
      token,
      foreground: value(color).slice(1),
      fontStyle: token === "comment" ? "italic" : "",
    })),
    colors: Object.fromEntries(Object.entries(colors).map(([name, token]) => [name, value(token)])),
  });
  monaco.editor.setTheme("viva");
}
