import { isInsert, isKeep, lengthOf, type Step, TextOperation } from "./text-operation.ts";

/** Steps that are undone one by one; older ones are forgotten. */
const stepsMax = 300;
/** What is typed within this time, at one place, is undone together. */
const pauseMilliseconds = 600;

/** What of it survives a reload, in characters of JSON; older steps are forgotten. */
const storedLengthMax = 200_000;

/** The steps as plain JSON, the one on top last. */
export interface UndoState {
  undo: Step[][];
  redo: Step[][];
}

/** One step back, and where the last change before it ended. */
interface UndoStep {
  inverse: TextOperation;
  at: number;
}

/**
 * What this participant can undo: one's own edits only, however others changed the text since.
 *
 * The inverse on top fits the text as it is; each below fits the text after the one above it. An
 * operation of somebody else is therefore transformed through the whole stack.
 */
export class UndoHistory {
  private undoSteps: UndoStep[] = [];
  private redoSteps: UndoStep[] = [];

  /** Takes what undoes an edit that was just made; `at` is milliseconds of any steady clock. */
  edited(inverse: TextOperation, at: number) {
    this.redoSteps = [];
    const last = this.undoSteps.at(-1);
    if (last && at - last.at < pauseMilliseconds && touches(inverse, last.inverse)) {
      last.inverse = inverse.composing(last.inverse);
      last.at = at;
    } else this.push(this.undoSteps, { inverse, at });
  }

  /** Takes an operation of somebody else, as the editor applied it. */
  applied(operation: TextOperation) {
    for (const steps of [this.undoSteps, this.redoSteps]) {
      let incoming = operation;
      for (const step of [...steps].reverse()) {
        [step.inverse, incoming] = TextOperation.transform(step.inverse, incoming);
      }
    }
  }

  /** The operation that undoes the last step; `document` is the text as it is. */
  undo(document: string): TextOperation | undefined {
    return this.takeBack(this.undoSteps, this.redoSteps, document);
  }

  redo(document: string): TextOperation | undefined {
    return this.takeBack(this.redoSteps, this.undoSteps, document);
  }

  clear() {
    this.undoSteps = [];
    this.redoSteps = [];
  }

  get state(): UndoState {
    return { undo: stored(this.undoSteps), redo: stored(this.redoSteps) };
  }

  /** Throws where the steps do not follow one another from a text of that length: they are damaged. */
  restore({ undo, redo }: UndoState, length: number) {
    this.undoSteps = restored(undo, length);
    this.redoSteps = restored(redo, length);
  }

  private takeBack(from: UndoStep[], to: UndoStep[], document: string): TextOperation | undefined {
    let step = from.pop();
    // Others may have deleted all that a step would touch.
    while (step?.inverse.isIdentity) step = from.pop();
    if (!step) return undefined;
    this.push(to, { inverse: step.inverse.inverted(document), at: -Infinity });
    return step.inverse;
  }

  private push(steps: UndoStep[], step: UndoStep) {
    steps.push(step);
    if (steps.length > stepsMax) steps.shift();
  }
}

function stored(steps: UndoStep[]): Step[][] {
  let length = 0;
  const newest: Step[][] = [];
  for (const { inverse } of [...steps].reverse()) {
    const step = inverse.toJSON();
    length += JSON.stringify(step).length;
    if (length > storedLengthMax) break;
    newest.unshift(step);
  }
  return newest;
}

function restored(steps: Step[][], length: number): UndoStep[] {
  const undoSteps = steps.map((step) => ({ inverse: TextOperation.decode(step), at: -Infinity }));
  for (const { inverse } of [...undoSteps].reverse()) {
    if (inverse.baseLength !== length) throw new Error("a step does not fit");
    length = inverse.targetLength;
  }
  return undoSteps;
}

/** Whether `next`, which undoes the later edit, borders on what `last` undoes. */
function touches(next: TextOperation, last: TextOperation): boolean {
  const [nextStart, nextEnd] = targetRange(next);
  const [lastStart, lastEnd] = baseRange(last);
  return nextStart <= lastEnd && lastStart <= nextEnd;
}

/** From the first change to the last one, as it reads before the operation. */
function baseRange(operation: TextOperation): [number, number] {
  const { start, after } = unchangedEnds(operation);
  return [start, operation.baseLength - after];
}

function targetRange(operation: TextOperation): [number, number] {
  const { start, after } = unchangedEnds(operation);
  return [start, operation.targetLength - after];
}

function unchangedEnds(operation: TextOperation): { start: number; after: number } {
  const first = operation.steps[0];
  const last = operation.steps.at(-1);
  const start = isKeep(first) ? lengthOf(first) : 0;
  return { start, after: isKeep(last) && operation.steps.length > 1 ? lengthOf(last) : 0 };
}

/** Where the cursor belongs after an operation: behind its last change. */
export function endOfChange(operation: TextOperation): number {
  const last = operation.steps.at(-1);
  const hasTail = last !== undefined && !isInsert(last) && isKeep(last);
  return hasTail ? operation.targetLength - last : operation.targetLength;
}
