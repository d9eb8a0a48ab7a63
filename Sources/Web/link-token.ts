import type { Role } from "./messages.ts";

const roles: Record<string, Role> = { i: "interviewer", c: "candidate", o: "observer" };

/**
 * The role that a link gives, or undefined where its token does not look like one.
 *
 * Only for choosing words: whether the token is good is for a gateway to say.
 */
export function roleOfToken(token: string): Role | undefined {
  const [, letter = ""] = token.split(".");
  return Object.hasOwn(roles, letter) ? roles[letter] : undefined;
}
