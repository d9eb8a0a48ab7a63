import { isInsert, isKeep, TextOperation } from "./text-operation.ts";

/** A part of the text before, and what stands in its place after. */
export interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** What an editor reports, all in places of the text before, as one operation over that text. */
export function operationOf(replacements: Replacement[], length: number): TextOperation {
  const operation = new TextOperation();
  let offset = 0;
  for (const { start, end, text } of [...replacements].sort((a, b) => a.start - b.start)) {
    operation.keep(start - offset).insert(text).delete(end - start);
    offset = end;
  }
  return operation.keep(length - offset);
}

/**
 * An operation as replacements in `text`, which it is about to change.
 *
 * An editor moves places away from the middle of a surrogate pair, so a replacement that begins or
 * ends there takes the whole pair. It would turn CR into LF itself, and count CRLF as one.
 */
export function replacementsOf(operation: TextOperation, text: string): Replacement[] {
  const replacements: Replacement[] = [];
  let offset = 0;
  let open: Replacement | undefined;
  for (const step of operation.steps) {
    if (isKeep(step)) {
      offset += step;
      open = undefined;
      continue;
    }
    if (!open) replacements.push(open = { start: offset, end: offset, text: "" });
    if (isInsert(step)) open.text += step.replaceAll("\r", "\n");
    else open.end = offset -= step;
  }
  return replacements.map((replacement) => wholePairs(replacement, text));
}

function wholePairs({ start, end, text: inserted }: Replacement, text: string): Replacement {
  if (isInPair(text, start)) inserted = text.charAt(--start) + inserted;
  if (isInPair(text, end)) inserted += text.charAt(end++);
  return { start, end, text: inserted };
}

function isInPair(text: string, offset: number): boolean {
  return offset > 0 && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(offset - 1, offset + 1));
}
