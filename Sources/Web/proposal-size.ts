import type { Proposal } from "./messages.ts";

/** A gateway takes messages of a million bytes; a code unit escapes into six at most. */
const insertedLengthMax = 150_000;

/** Whether a gateway would cut the line because of it: then it is better not sent. */
export function isTooLarge(proposal: Proposal): boolean {
  if (proposal.event !== "edit") return false;
  const inserted = proposal.operation.filter((step) => typeof step === "string").join("");
  if (inserted.length < insertedLengthMax) return false;
  return new TextEncoder().encode(JSON.stringify(inserted)).length > 6 * insertedLengthMax;
}
