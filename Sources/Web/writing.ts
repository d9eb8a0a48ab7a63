/** As a room takes them. */
export const chatLengthMax = 2_000;
export const titleLengthMax = 200;
export const noteLengthMax = 4_000;

/** Control characters but line feed and tab, and what turns the direction of the text around it. */
// deno-lint-ignore no-control-regex -- they are what it is about
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** What somebody wrote, as it may be sent: empty where there is nothing to be seen. */
export function written(text: string, lengthMax: number): string {
  const lines = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  return whole(lines.replace(unwanted, "").trim().slice(0, lengthMax)).trim();
}

/** The same on one line. */
export function writtenTitle(text: string): string {
  return written(text.replace(/\s+/g, " "), titleLengthMax);
}

/** Without the half of a surrogate pair that a cut may leave at the end. */
function whole(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}
