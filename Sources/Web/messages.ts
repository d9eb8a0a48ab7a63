import type { Step } from "./text-operation.ts";

/** What travels between the page and a gateway, as `asyncapi.yaml` has it. */

export type Role = "interviewer" | "candidate" | "observer";

export interface Participant {
  participant: string;
  name: string;
  role: Role;
  /** An index into the palette of `tokens.css`. */
  color: number;
  connected: boolean;
  /** The greatest proposal number of this participant that is committed. */
  number?: number;
}

export interface Snapshot {
  revision: number;
  text: string;
  language: string;
  locked: boolean;
  state: "open" | "ended";
  participants: Participant[];
}

export interface Limits {
  documentLengthMax: number;
  nameLengthMax: number;
  selectionsMax: number;
  editsPerSecond: number;
  messageBytesMax: number;
}

export interface Welcome {
  session: string;
  participant: string;
  key: string;
  role: Role;
  epoch: number;
  snapshot?: Snapshot;
  commits: Commit[];
  /** When the newest commit in it was made. */
  at?: number;
  limits?: Partial<Limits>;
}

/** One change the owner accepted; exactly one of the optional kinds is there, or one unknown here. */
export interface Commit {
  revision: number;
  at: number;
  by: string;
  number?: number;
  edit?: Step[];
  language?: string;
  locked?: boolean;
  joined?: { name: string; role: Role; color: number };
  left?: { reason: string };
  ended?: unknown;
}

/** Anchor and head offset of one selection. */
export type Selection = [number, number];

export interface Presence {
  by: string;
  revision: number;
  selections: Selection[];
}

export type RejectionCode =
  | "invalid_operation"
  | "invalid_proposal"
  | "length_mismatch"
  | "future_revision"
  | "too_old"
  | "forbidden"
  | "locked"
  | "ended"
  | "too_large"
  | "rate_limited";

export interface Rejected {
  number: number;
  code: RejectionCode;
  message: string;
}

export interface Closing {
  reason: string;
  /** In milliseconds. */
  reconnectAfter: number;
}

export interface Resume {
  participant: string;
  key: string;
  revision?: number;
  /** When the commit of that revision was made. */
  at?: number;
}

/** Why a connection was not let in. */
export type Refusal =
  | "invalid_token"
  | "unknown_session"
  | "session_ended"
  | "room_full"
  | "invalid_name"
  | "forbidden_origin"
  | "unavailable";

/** What a participant asks of the room; `event` is the name it is sent under. */
export type Proposal =
  | { event: "edit"; number: number; revision: number; operation: Step[] }
  | { event: "language"; number: number; language: string }
  | { event: "lock"; number: number; locked: boolean }
  | { event: "end"; number: number };
