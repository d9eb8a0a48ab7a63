import { roleOfToken } from "./link-token.ts";
import type { Role } from "./messages.ts";
import { erase, inBrowser, read, type StoragePlace, write } from "./stored.ts";

/** A session that was opened in this browser, with what it takes to open it again. */
export interface RecentSession {
  id: string;
  token: string;
  role: Role;
  /** Empty where it has none. */
  title: string;
  /** When it was last open here, in milliseconds since 1970. */
  at: number;
  hasEnded: boolean;
}

/** Enough for months of interviews; a list that is longer is not read. */
const sessionsMax = 30;
const key = "viva.sessions";

/**
 * The sessions that were opened in this browser, newest first; nobody else has this list.
 *
 * Each tab reads it anew before it writes, as others may have written meanwhile.
 */
export class RecentSessions {
  constructor(private readonly place: StoragePlace) {}

  get all(): RecentSession[] {
    const kept = read<unknown>(this.place, key);
    return Array.isArray(kept) ? kept.filter(isRecent) : [];
  }

  /** A session opened with two links is there twice, as each lets its holder do something else. */
  remember(session: RecentSession) {
    const others = this.all.filter((one) => !isSame(one, session));
    const sorted = [session, ...others].sort((one, other) => other.at - one.at);
    write(this.place, key, sorted.slice(0, sessionsMax));
    for (const left of sorted.slice(sessionsMax)) this.eraseLinks(left);
  }

  /** Changes what is known of a session that is listed, and not its place in the list. */
  learn(id: string, facts: Pick<RecentSession, "title" | "hasEnded">) {
    write(this.place, key, this.all.map((one) => one.id === id ? { ...one, ...facts } : one));
  }

  /** Returns what takes it back. */
  forget(session: RecentSession): () => void {
    const linksKey = linksKeyOf(session);
    const links = read(this.place, linksKey);
    write(this.place, key, this.all.filter((one) => !isSame(one, session)));
    this.eraseLinks(session);
    return () => {
      this.remember(session);
      if (links !== undefined) write(this.place, linksKey, links);
    };
  }

  private eraseLinks(session: RecentSession) {
    if (session.role === "interviewer") erase(this.place, linksKeyOf(session));
  }
}

export const recentSessions = new RecentSessions(inBrowser);

/** The address on this site that opens it, with the role it was opened with. */
export function addressOf({ id, token }: RecentSession): string {
  return `/s/${id}#${token}`;
}

/** All links of a session are kept beside the list, by who started it. */
function linksKeyOf({ id }: RecentSession): string {
  return `viva.links.${id}`;
}

function isSame(one: RecentSession, other: RecentSession): boolean {
  return one.id === other.id && one.role === other.role;
}

function isRecent(value: unknown): value is RecentSession {
  const { id, token, role, title, at, hasEnded } = Object(value) as Record<string, unknown>;
  return typeof role === "string" && typeof id === "string" && /^[0-9A-Za-z]+$/.test(id) &&
    typeof token === "string" && roleOfToken(token) === role &&
    typeof title === "string" && typeof at === "number" && typeof hasEnded === "boolean";
}
