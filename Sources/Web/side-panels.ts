import type { Role } from "./messages.ts";
import { inBrowser, read, write } from "./stored.ts";

/** What stands beside the code, one at a time. */
export type PanelName = "people" | "chat" | "record" | "notes" | "view" | "keys";

/** Narrower pages begin with the code alone. */
const wideEnough = "(min-width: 75rem)";
const storageKey = "viva.panel";

/** The panels of a role, in their order. */
export function panelsOf(role: Role | undefined, keepsEvents: boolean): PanelName[] {
  const panels: PanelName[] = ["people"];
  if (keepsEvents) panels.push("chat", "record");
  if (keepsEvents && role === "interviewer") panels.push("notes");
  return [...panels, "view", "keys"];
}

/** What was open when the page was last left; at first the people, where there is room. */
export function rememberedPanel(): PanelName | undefined {
  const stored = read<PanelName | "">(inBrowser, storageKey);
  if (stored === undefined) return matchMedia(wideEnough).matches ? "people" : undefined;
  return stored || undefined;
}

export function rememberPanel(panel: PanelName | undefined) {
  write(inBrowser, storageKey, panel ?? "");
}
