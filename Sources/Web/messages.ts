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
  /** When the newest join or leave was committed. */
  since?: number;
  /** How somebody who is not connected left. */
  left?: Departure;
  /** Not let in yet. */
  waiting?: boolean;
}

/** By themselves, or because the connection or its gateway broke. */
export type Departure = "closed" | "lost";

/** Whether candidates come in by themselves or ask to be let in. */
export type Admission = "open" | "ask";

/** The timer that everybody sees: what remained, in milliseconds, when it was set. */
export interface Timer {
  running: boolean;
  remaining: number;
}

/** A timer, and when it was set by the owner's clock. */
export interface SetTimer extends Timer {
  at: number;
}

export interface Snapshot {
  revision: number;
  text: string;
  language: string;
  locked: boolean;
  state: "open" | "ended";
  participants: Participant[];
  title?: string;
  timer?: SetTimer;
  admission?: Admission;
  /** The newest commits that are no edits; older servers keep none. */
  events?: Commit[];
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
  /** All notes, for interviewers. */
  notes?: Note[];
}

/** What somebody gets in place of a welcome until an interviewer lets them in. */
export interface Waiting {
  session: string;
  participant: string;
  key: string;
  role: Role;
  title: string;
  language: string;
  participants: Participant[];
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
  joined?: { name: string; role: Role; color: number; waiting?: boolean };
  left?: { reason: Departure };
  ended?: unknown;
  title?: string;
  timer?: Timer;
  chat?: string;
  /** Whether the page is out of sight. */
  hidden?: boolean;
  /** How many code units were pasted at once. */
  pasted?: number;
  admission?: Admission;
  /** Who was let in. */
  admitted?: string;
}

/** Anchor and head offset of one selection. */
export type Selection = [number, number];

export interface Presence {
  by: string;
  revision: number;
  selections: Selection[];
}

/** That somebody is there, and how well the line works; may be lost. */
export interface Pulse {
  by: string;
  idle: boolean;
  /** In milliseconds. */
  roundTrip?: number;
}

/** What interviewers write for themselves; candidates and observers never receive one. */
export interface Note {
  id: string;
  /** When it was first written. */
  at: number;
  by: string;
  /** Empty once it is deleted. */
  text: string;
  /** How far the room was then. */
  revision: number;
  /** When it was last written. */
  changed?: number;
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
  | "waiting"
  | "rate_limited";

export interface Rejected {
  /** 0 for a note. */
  number: number;
  note?: string;
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
  | { event: "end"; number: number }
  | { event: "title"; number: number; title: string }
  | { event: "timer"; number: number; running: boolean; remaining: number }
  | { event: "chat"; number: number; text: string }
  | { event: "hidden"; number: number; hidden: boolean }
  | { event: "pasted"; number: number; length: number }
  | { event: "admission"; number: number; admission: Admission }
  | { event: "admit"; number: number; participant: string };
