import type { Commit, Departure, Participant, Role, Timer } from "./messages.ts";

/** What an entry of the record tells. */
export type Recorded =
  | { kind: "joined"; role: Role; waiting: boolean }
  | { kind: "left"; reason: Departure }
  | { kind: "admitted"; name: string }
  | { kind: "admission"; asks: boolean }
  | { kind: "hidden"; since: number; until: number | undefined }
  | { kind: "pasted"; length: number }
  | { kind: "language"; language: string }
  | { kind: "locked"; locked: boolean }
  | { kind: "title"; title: string }
  | { kind: "timer"; timer: Timer }
  | { kind: "ended" };

/** One line of what is recorded about the people in a room; the same for all of them. */
export interface Entry {
  revision: number;
  at: number;
  name: string | undefined;
  color: number | undefined;
  recorded: Recorded;
}

/** One line of the chat. */
export interface Message {
  revision: number;
  at: number;
  by: string;
  name: string | undefined;
  color: number | undefined;
  text: string;
}

/**
 * The record, oldest first.
 *
 * A page that is back in front ends the line of its being away; kinds that are not known, and the
 * chat, have no line.
 */
export function recordOf(
  events: readonly Commit[],
  participants: readonly Participant[],
): Entry[] {
  const entries: Entry[] = [];
  const named = naming(events, participants);
  const away = new Map<string, Extract<Recorded, { kind: "hidden" }>>();
  for (const commit of events) {
    const { revision, at, by } = commit;
    const earlier = away.get(by);
    if (earlier && (commit.hidden !== undefined || commit.left)) {
      earlier.until = at;
      away.delete(by);
    }
    const recorded = recordedIn(commit, named);
    if (!recorded) continue;
    if (recorded.kind === "hidden") away.set(by, recorded);
    entries.push({ revision, at, ...named(by), recorded });
  }
  return entries;
}

export function chatOf(
  events: readonly Commit[],
  participants: readonly Participant[],
): Message[] {
  const named = naming(events, participants);
  return events.flatMap(({ revision, at, by, chat }) =>
    chat === undefined ? [] : [{ revision, at, by, ...named(by), text: chat }]
  );
}

/** How many messages of others came after a revision. */
export function unreadCount(
  events: readonly Commit[],
  self: string | undefined,
  readUpTo: number,
): number {
  return events.filter(({ revision, by, chat }) =>
    chat !== undefined && by !== self && revision > readUpTo
  ).length;
}

type Naming = (participant: string) => { name: string | undefined; color: number | undefined };

/** Who is long gone may stand in the events only. */
function naming(events: readonly Commit[], participants: readonly Participant[]): Naming {
  const known = new Map<string, { name: string; color: number }>();
  for (const { by, joined } of events) if (joined) known.set(by, joined);
  for (const one of participants) known.set(one.participant, one);
  return (participant) => {
    const { name, color } = known.get(participant) ?? {};
    return { name, color };
  };
}

function recordedIn(commit: Commit, named: Naming): Recorded | undefined {
  const { joined, left, admitted, admission, hidden, pasted, language, locked, title, timer } =
    commit;
  if (joined) return { kind: "joined", role: joined.role, waiting: joined.waiting === true };
  if (left) return { kind: "left", reason: left.reason };
  if (admitted !== undefined) return { kind: "admitted", name: named(admitted).name ?? "" };
  if (admission !== undefined) return { kind: "admission", asks: admission === "ask" };
  if (hidden === true) return { kind: "hidden", since: commit.at, until: undefined };
  if (pasted !== undefined) return { kind: "pasted", length: pasted };
  if (language !== undefined) return { kind: "language", language };
  if (locked !== undefined) return { kind: "locked", locked };
  if (title !== undefined) return { kind: "title", title };
  if (timer !== undefined) return { kind: "timer", timer };
  return commit.ended === undefined ? undefined : { kind: "ended" };
}
