import type { Admission } from "./messages.ts";

/** What a session may be given before it starts; all of it can be set later in the room. */
export interface NewSession {
  title: string;
  language: string;
  text: string;
  admission: Admission;
}

export const newSessionAtFirst: NewSession = {
  title: "",
  language: "plaintext",
  text: "",
  admission: "open",
};

export const titleLengthMax = 200;
const textLengthMax = 1_048_576;

/** What cannot be seen in a title: control characters, and marks that turn the direction of writing. */
// deno-lint-ignore no-control-regex -- control characters are what is looked for
const unseen = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g;

/** Why it cannot be started as it is, or undefined. */
export function faultOf({ text }: NewSession): "text_too_large" | undefined {
  return text.replaceAll("\r\n", "\n").length > textLengthMax ? "text_too_large" : undefined;
}

/** What of it has to be asked for: the rest is as it would be anyway. */
export function requestOf(session: NewSession): Partial<NewSession> {
  const title = session.title.replace(unseen, " ").trim();
  const fields = Object.entries({ ...session, title }) as [keyof NewSession, string][];
  return Object.fromEntries(fields.filter(([name, value]) => value !== newSessionAtFirst[name]));
}
