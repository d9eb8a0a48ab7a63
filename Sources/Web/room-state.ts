import type { Commit, Participant, Snapshot } from "./messages.ts";

/** What everybody in a room sees beside the text: the fold of the log. A value; never changed. */
export interface RoomState {
  readonly language: string;
  readonly locked: boolean;
  readonly ended: boolean;
  /** In the order of their first join. */
  readonly participants: readonly Participant[];
}

export function stateOf(snapshot: Snapshot): RoomState {
  const { language, locked, participants } = snapshot;
  return { language, locked, ended: snapshot.state === "ended", participants };
}

/** The state after a commit; an unknown kind changes nothing here. */
export function folding(state: RoomState, commit: Commit): RoomState {
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
