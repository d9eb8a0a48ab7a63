import type { Commit, Participant, Snapshot } from "./messages.ts";

/** What everybody in a room sees beside the text: the fold of the log. A value; never changed. */
export interface RoomState {
  /** When its last commit was made: with the revision, a place in the log. */
  readonly at: number | undefined;
  readonly language: string;
  readonly locked: boolean;
  readonly ended: boolean;
  /** In the order of their first join. */
  readonly participants: readonly Participant[];
}

export function stateOf(snapshot: Snapshot, at?: number): RoomState {
  const { language, locked, participants } = snapshot;
  return { at, language, locked, ended: snapshot.state === "ended", participants };
}

/** The state after a commit; an unknown kind changes nothing else here. */
export function folding(before: RoomState, commit: Commit): RoomState {
  const state = { ...before, at: commit.at };
  if (commit.language !== undefined) return { ...state, language: commit.language };
  if (commit.locked !== undefined) return { ...state, locked: commit.locked };
  if (commit.ended !== undefined) return { ...state, ended: true };
  if (commit.joined) {
    const { name, role, color } = commit.joined;
    const joined = { participant: commit.by, name, role, color, connected: true };
    const known = state.participants.some((one) => one.participant === commit.by);
    const participants = known
      ? state.participants.map((one) => one.participant === commit.by ? { ...one, ...joined } : one)
      : [...state.participants, joined];
    return { ...state, participants };
  }
  if (commit.left) {
    const participants = state.participants.map((one) =>
      one.participant === commit.by ? { ...one, connected: false } : one
    );
    return { ...state, participants };
  }
  return state;
}
