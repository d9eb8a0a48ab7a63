/** How one person likes the editor; of no concern to the others. */
export interface EditorPreferences {
  /** In pixels of the page. */
  readonly fontSize: number;
  readonly isWrapped: boolean;
  readonly keys: "default" | "vim";
}

export const fontSizes = { min: 10, max: 28, step: 1 };

const key = "viva.editor";

export const preferencesAtFirst: EditorPreferences = {
  fontSize: 14,
  isWrapped: false,
  keys: "default",
};

/** What was stored, as far as it makes sense. */
export function preferencesFrom(stored: unknown): EditorPreferences {
  const { fontSize, isWrapped, keys } = Object(stored) as Partial<EditorPreferences>;
  return {
    fontSize: resized(Number(fontSize ?? preferencesAtFirst.fontSize), 0),
    isWrapped: isWrapped === true,
    keys: keys === "vim" ? "vim" : "default",
  };
}

/** A size some steps away, within what can be read and fits. */
export function resized(fontSize: number, steps: number): number {
  const { min, max, step } = fontSizes;
  const wanted = Number.isFinite(fontSize) ? fontSize : preferencesAtFirst.fontSize;
  return Math.min(Math.max(Math.round(wanted) + steps * step, min), max);
}

/** One for the whole page; other tabs of this browser read it when they open. */
class PreferenceStore {
  current = preferencesFrom(read());
  private readonly listeners = new Set<() => void>();

  subscribe = (listener: () => void): () => void => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  change(change: Partial<EditorPreferences>) {
    this.current = preferencesFrom({ ...this.current, ...change });
    try {
      localStorage.setItem(key, JSON.stringify(this.current));
    } catch {
      // Full or forbidden: it holds until the page goes.
    }
    for (const listener of this.listeners) listener();
  }
}

export const editorPreferences = new PreferenceStore();

function read(): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return undefined;
  }
}
