import { TextOperation } from "../../Sources/Web/text-operation.ts";

/** An operation in small: `op("4 +ab -2")` keeps 4, inserts "ab", deletes 2; `_` is a space. */
export function op(notation: string): TextOperation {
  const operation = new TextOperation();
  for (const part of notation.split(" ").filter((part) => part !== "")) {
    if (part.startsWith("+")) operation.insert(part.slice(1).replaceAll("_", " "));
    else if (part.startsWith("-")) operation.delete(Number(part.slice(1)));
    else operation.keep(Number(part));
  }
  return operation;
}

/** The lines of a file in Tests/Data. */
export function lines<Line>(name: string): Line[] {
  const text = Deno.readTextFileSync(new URL(`../Data/${name}`, import.meta.url));
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** A source of chance that a seed replays. */
export class Random {
  constructor(private state: number) {}

  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  /** An edit as somebody might make it anywhere in `document`, which it leaves well formed. */
  edit(document: string): TextOperation {
    const characters = Array.from(document);
    const start = this.below(characters.length + 1);
    const deleted = Math.min(this.below(4), characters.length - start);
    const length = (from: number, to: number) => characters.slice(from, to).join("").length;
    return new TextOperation()
      .keep(length(0, start))
      .insert(Array.from({ length: this.below(4) }, () => this.pick(letters)).join(""))
      .delete(length(start, start + deleted))
      .keep(length(start + deleted, characters.length));
  }
}

const letters = ["a", "b", "c", " ", "\n", "ß", "字", "😀", "𝒳"];

/** Runs a law for each seed and names the one that breaks it. */
export function withSeeds(count: number, law: (random: Random, seed: number) => void) {
  const only = Deno.env.get("SEED");
  const seeds = only ? [Number(only)] : range(Number(Deno.env.get("SEEDS") ?? count));
  for (const seed of seeds) {
    try {
      law(new Random(seed), seed);
    } catch (error) {
      throw new Error(`SEED=${seed}: ${(error as Error).message}`, { cause: error });
    }
  }
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
