import type { Admission, Proposal, Timer } from "./messages.ts";

/** What somebody wants changed beside the text; also what the page itself reports of them. */
export type Wish =
  | { language: string }
  | { locked: boolean }
  | { ended: true }
  | { title: string }
  | { timer: Timer }
  | { chat: string }
  | { hidden: boolean }
  | { pasted: number }
  | { admission: Admission }
  | { admit: string };

/** A wish as it is sent. */
export function proposalOf(wish: Wish, number: number): Proposal {
  if ("language" in wish) return { event: "language", number, language: wish.language };
  if ("locked" in wish) return { event: "lock", number, locked: wish.locked };
  if ("title" in wish) return { event: "title", number, title: wish.title };
  if ("timer" in wish) return { event: "timer", number, ...wish.timer };
  if ("chat" in wish) return { event: "chat", number, text: wish.chat };
  if ("hidden" in wish) return { event: "hidden", number, hidden: wish.hidden };
  if ("pasted" in wish) return { event: "pasted", number, length: wish.pasted };
  if ("admission" in wish) return { event: "admission", number, admission: wish.admission };
  if ("admit" in wish) return { event: "admit", number, participant: wish.admit };
  return { event: "end", number };
}

/** Whether the page reports it and nobody asked for it: then it is nobody's unsaved work. */
export function isReport(wish: Wish): boolean {
  return "hidden" in wish || "pasted" in wish;
}

/** What somebody wrote in a wish, to be offered again where the wish was refused. */
export function textOf(wish: Wish): string {
  return "chat" in wish ? wish.chat : "title" in wish ? wish.title : "";
}

/**
 * What becomes of a wish that waits when another comes, if the two are one.
 *
 * Of most kinds only the last would be seen. What was said stays beside what was said before, and so
 * does everybody who is let in; what was pasted adds up.
 */
export function joining(earlier: Wish, wish: Wish): Wish | undefined {
  if ("chat" in wish || Object.keys(wish)[0] !== Object.keys(earlier)[0]) return undefined;
  if ("admit" in wish && "admit" in earlier && wish.admit !== earlier.admit) return undefined;
  if ("pasted" in wish && "pasted" in earlier) return { pasted: wish.pasted + earlier.pasted };
  return wish;
}
