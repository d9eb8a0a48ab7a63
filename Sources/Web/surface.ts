import type { Selection } from "./messages.ts";
import type { TextOperation } from "./text-operation.ts";

/** Where the room's text is shown and typed. */
export interface Surface {
  /** Shows another text, with nothing of the one before. */
  show(text: string): void;
  apply(operation: TextOperation): void;
  /** Selects and scrolls, as it was left. */
  place(selections: Selection[], scrollTop: number): void;
  /** Brings an offset into view, where somebody is. */
  reveal(offset: number, participant: string): void;
  setLanguage(language: string): void;
  setReadOnly(isReadOnly: boolean): void;
  showSelections(selections: NamedSelections[]): void;
}

/** The selections of one of the others, with what it takes to tell whose they are. */
export interface NamedSelections {
  participant: string;
  name: string;
  color: number;
  selections: Selection[];
}
