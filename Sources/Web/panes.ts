/** The parts of the room's page, in the order in which F6 goes round. */
const paneSelector = "[data-pane]";

/** The place after or before `current` among so many, going round; outside of all, the first or last. */
export function paneAfter(current: number, count: number, step: 1 | -1): number {
  if (current < 0) return step > 0 ? 0 : count - 1;
  return (current + step + count) % count;
}

/** Moves the focus to the next pane; what had it there before gets it back. */
export function focusPane(step: 1 | -1) {
  const panes = [...document.querySelectorAll<HTMLElement>(paneSelector)];
  const current = panes.findIndex((pane) => pane.contains(document.activeElement));
  const pane = panes[paneAfter(current, panes.length, step)];
  if (!pane) return;
  const target = pane.querySelector<HTMLElement>(
    "textarea, input:not(:disabled), button:not(:disabled), summary, [tabindex='0']",
  );
  (target ?? pane).focus();
}

/** Whether keys typed there are text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
      target.closest(".monaco-editor") !== null);
}
