import type { Admission, Participant } from "./messages.ts";
import type { NewSession } from "./new-session.ts";
import type { Links } from "./room-storage.ts";

/** A session as its creator gets it. */
export interface CreatedSession {
  id: string;
  /** Empty where none was given. */
  title: string;
  language: string;
  links: Links;
}

/** A session as anybody with a link sees it. */
export interface Session {
  id: string;
  /** Empty where none was given. */
  title: string;
  language: string;
  state: "open" | "ended";
  /** Left out for a candidate where candidates have to be let in. */
  text?: string;
  participants: Participant[];
  /** Servers before there was a choice leave it out. */
  admission?: Admission;
}

/** A request that was not done, with the stable code of its problem document. */
export class APIError extends Error {
  constructor(readonly status: number, readonly code: string) {
    super(code);
  }
}

export function createSession(session: Partial<NewSession>): Promise<CreatedSession> {
  return request("/api/sessions", { method: "POST", body: JSON.stringify(session) });
}

export function getSession(id: string, token: string): Promise<Session> {
  return request(`/api/sessions/${encodeURIComponent(id)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
}

/** A failure without an answer has status 0 and the code `unreachable`. */
async function request<Answer>(path: string, options: RequestInit): Promise<Answer> {
  const headers = { "content-type": "application/json", ...options.headers };
  let response: Response;
  try {
    response = await fetch(path, { ...options, headers });
  } catch {
    throw new APIError(0, "unreachable");
  }
  if (response.ok) return await response.json();
  const problem = await response.json().catch(() => ({}));
  throw new APIError(response.status, String(problem.code ?? ""));
}
