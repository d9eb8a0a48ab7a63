import { beganAt } from "./beginning.ts";
import { recording } from "./journal.ts";
import type { Admission, Commit, Participant, SetTimer, Snapshot, Timer } from "./messages.ts";

/** What everybody in a room sees beside the text: the fold of the log. A value; never changed. */
export interface RoomState {
  /** When its last commit was made: with the revision, a place in the log. */
  readonly at: number | undefined;
  readonly title: string | undefined;
  readonly language: string;
  readonly locked: boolean;
  readonly ended: boolean;
  readonly timer: SetTimer | undefined;
  readonly admission: Admission;
  /** In the order of their first join. */
  readonly participants: readonly Participant[];
  /** The newest commits that are no edits, oldest first; undefined where the server keeps none. */
  readonly events: readonly Commit[] | undefined;
  /** Once known it stays, however many events there are since. */
  readonly beganAt: number | undefined;
}

export function stateOf(snapshot: Snapshot, at?: number): RoomState {
  const { title, language, locked, admission = "open", participants, events } = snapshot;
  const ended = snapshot.state === "ended";
  const timer = snapshot.timer && setTimer(snapshot.timer, snapshot.timer.at);
  const began = beganAt(events ?? []);
  return {
    at,
    title,
    language,
    locked,
    ended,
    timer,
    admission,
    participants,
    events,
    beganAt: began,
  };
}

/** The state after a commit; an unknown kind changes nothing but what is recorded. */
export function folding(before: RoomState, commit: Commit): RoomState {
  const { at } = commit;
  if (commit.edit) return { ...before, at };
  const events = before.events && recording(before.events, commit);
  const state = { ...before, at, events, beganAt: before.beganAt ?? beganAt(events ?? []) };
  if (commit.language !== undefined) return { ...state, language: commit.language };
  if (commit.locked !== undefined) return { ...state, locked: commit.locked };
  if (commit.ended !== undefined) return { ...state, ended: true };
  if (commit.title !== undefined) return { ...state, title: commit.title };
  if (commit.timer !== undefined) return { ...state, timer: setTimer(commit.timer, at) };
  const { admission = state.admission } = commit;
  return { ...state, admission, participants: participantsAfter(state.participants, commit) };
}

/** A timer that stands still at nothing is none. */
function setTimer(timer: Timer, at: number): SetTimer | undefined {
  return timer.running || timer.remaining > 0 ? { ...timer, at } : undefined;
}

function participantsAfter(
  participants: readonly Participant[],
  commit: Commit,
): readonly Participant[] {
  const { by, at, joined, left, admission, admitted } = commit;
  if (admission === "open") return participants.map(letIn);
  if (admitted) return participants.map((one) => one.participant === admitted ? letIn(one) : one);
  if (left) {
    const gone = { connected: false, since: at, left: left.reason };
    return participants.map((one) => one.participant === by ? { ...one, ...gone } : one);
  }
  if (!joined) return participants;
  const newest = { participant: by, ...joined, connected: true, since: at, left: undefined };
  if (!participants.some((one) => one.participant === by)) return [...participants, newest];
  return participants.map((one) => one.participant === by ? { ...one, ...newest } : one);
}

function letIn(one: Participant): Participant {
  return one.waiting ? { ...one, waiting: undefined } : one;
}

/** Whether the participant's page was last seen out of sight, since they are here. */
export function isHidden({ events }: RoomState, participant: string): boolean {
  const last = [...events ?? []].reverse().find((commit) =>
    commit.by === participant && (commit.hidden !== undefined || commit.joined || commit.left)
  );
  return last?.hidden === true;
}
