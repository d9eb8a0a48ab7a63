import { inBrowser, read, type StoragePlace, write } from "./stored.ts";

/** Light or dark as the system has it, one of the two, or more contrast than either. */
export const themeChoices = ["system", "light", "dark", "contrast"] as const;
export type ThemeChoice = typeof themeChoices[number];

/** What keys do in the code: as in most editors, or as in Vim. */
export const keyChoices = ["default", "vim"] as const;
export type KeyChoice = typeof keyChoices[number];

/** How one person likes the page, in all sessions. */
export interface Preferences {
  readonly theme: ThemeChoice;
  /** Of the code, in pixels of the page. */
  readonly fontSize: number;
  readonly isWrapped: boolean;
  readonly keys: KeyChoice;
}

export const preferencesAtFirst: Preferences = {
  theme: "system",
  fontSize: 14,
  isWrapped: false,
  keys: "default",
};

/** What can still be read, and what still fits. */
export const fontSizes = { min: 10, max: 28 };

/** What may be kept under each name: another version, or somebody's hand, may have left anything. */
const isValid: { [Name in keyof Preferences]: (value: unknown) => boolean } = {
  theme: (value) => (themeChoices as readonly unknown[]).includes(value),
  fontSize: (value) =>
    Number.isInteger(value) && Number(value) >= fontSizes.min && Number(value) <= fontSizes.max,
  isWrapped: (value) => typeof value === "boolean",
  keys: (value) => (keyChoices as readonly unknown[]).includes(value),
};

/** What was kept, as far as it is understood here. */
export function preferencesFrom(kept: unknown): Preferences {
  const names = Object.keys(preferencesAtFirst) as (keyof Preferences)[];
  const values = Object(kept) as Record<string, unknown>;
  const valid = names.filter((name) => isValid[name](values[name]));
  return {
    ...preferencesAtFirst,
    ...Object.fromEntries(valid.map((name) => [name, values[name]])),
  };
}

const key = "viva.preferences";

/** The preferences of this browser, told to whoever shows something by them. */
export class PreferenceStore {
  private current: Preferences;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly place: StoragePlace) {
    this.current = preferencesFrom(read(place, key));
  }

  get value(): Preferences {
    return this.current;
  }

  /** Names that are not known here stay as they are, for the version that knows them. */
  change(change: Partial<Preferences>) {
    write(this.place, key, { ...read<object>(this.place, key), ...change });
    this.become({ ...this.current, ...change });
  }

  /** Another tab may have changed them. */
  reload() {
    this.become(preferencesFrom(read(this.place, key)));
  }

  subscribe = (listener: () => void): () => void => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private become(next: Preferences) {
    if (JSON.stringify(next) === JSON.stringify(this.current)) return;
    this.current = next;
    for (const listener of this.listeners) listener();
  }
}

export const preferences = new PreferenceStore(inBrowser);
