import type { Selection } from "./messages.ts";

/** Whose caret is kept in view here, if anybody's. */
export class Following {
  followed: string | undefined;
  private shown: number | undefined;

  /** Returns whether that changed anything. */
  follow(participant: string | undefined): boolean {
    if (participant === this.followed) return false;
    this.followed = participant;
    this.shown = undefined;
    return true;
  }

  /** Where the editor has to show the text now; undefined where that is as before. */
  offsetToShow(selections: Selection[]): number | undefined {
    const head = selections[0]?.[1];
    if (head === undefined || head === this.shown) return undefined;
    return this.shown = head;
  }
}
