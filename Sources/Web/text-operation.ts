/** Why an operation cannot be done; a peer can cause every one of these. */
export class OperationError extends Error {
  constructor(readonly code: "invalid_operation" | "length_mismatch", message: string) {
    super(message);
  }
}

/** A positive number keeps, a string inserts, a negative number deletes. */
export type Step = number | string;

/**
 * Keep, insert and delete steps over a whole document, in UTF-16 code units.
 *
 * It is always in normal form: no step is empty, neighbours of one kind are one step, and an insert
 * stands before a delete at the same place. So equal effects are equal values.
 *
 * Twin of the Swift type of this name: both pass `Tests/Data/ot-*.jsonl`.
 */
export class TextOperation {
  readonly steps: Step[] = [];
  /** The length of a document the operation can be applied to. */
  baseLength = 0;
  /** The length of the document after it. */
  targetLength = 0;

  /** Reads the operation's JSON; what is not in normal form is brought into it. */
  static decode(json: unknown): TextOperation {
    if (!Array.isArray(json)) throw new OperationError("invalid_operation", "not an array");
    const operation = new TextOperation();
    for (const step of json) {
      if (typeof step === "string") operation.insert(step);
      else if (!Number.isSafeInteger(step) || step === 0) {
        throw new OperationError("invalid_operation", "a step is neither text nor a length");
      } else if (step > 0) operation.keep(step);
      else operation.delete(-step);
    }
    if (!Number.isSafeInteger(operation.baseLength + operation.targetLength)) {
      throw new OperationError("invalid_operation", "the lengths add up to too much");
    }
    return operation;
  }

  toJSON(): Step[] {
    return this.steps;
  }

  /** Whether it changes nothing. */
  get isIdentity(): boolean {
    return this.steps.every((step) => isKeep(step));
  }

  keep(length: number): this {
    if (length === 0) return this;
    this.baseLength += length;
    this.targetLength += length;
    const last = this.steps.at(-1);
    if (isKeep(last)) this.steps[this.steps.length - 1] = last + length;
    else this.steps.push(length);
    return this;
  }

  insert(text: string): this {
    if (text === "") return this;
    this.targetLength += text.length;
    // An insert moves before a delete at the same place.
    const end = isDelete(this.steps.at(-1)) ? this.steps.length - 1 : this.steps.length;
    const before = this.steps[end - 1];
    if (isInsert(before)) this.steps[end - 1] = before + text;
    else this.steps.splice(end, 0, text);
    return this;
  }

  delete(length: number): this {
    if (length === 0) return this;
    this.baseLength += length;
    const last = this.steps.at(-1);
    if (isDelete(last)) this.steps[this.steps.length - 1] = last - length;
    else this.steps.push(-length);
    return this;
  }

  /** The document after this operation; one that would cut a surrogate pair is refused. */
  apply(document: string): string {
    requireLength(this.baseLength, document.length);
    let result = "";
    let offset = 0;
    for (const step of this.steps) {
      if (isInsert(step)) result += step;
      else {
        if (isKeep(step)) result += document.slice(offset, offset + step);
        offset += lengthOf(step);
      }
    }
    if (/\p{Surrogate}/u.test(result)) {
      throw new OperationError("invalid_operation", "half of a surrogate pair would be left");
    }
    return result;
  }

  /** One operation that does what this one and then `next` does: d·(a∘b) = (d·a)·b. */
  composing(next: TextOperation): TextOperation {
    requireLength(this.targetLength, next.baseLength);
    const result = new TextOperation();
    const first = new StepCursor(this);
    const second = new StepCursor(next);
    while (true) {
      if (isDelete(first.step)) result.delete(lengthOf(first.take()));
      else if (isInsert(second.step)) result.insert(second.take() as string);
      else if (first.step === undefined || second.step === undefined) return result;
      else {
        const length = Math.min(lengthOf(first.step), lengthOf(second.step));
        const before = first.take(length);
        // What was inserted and is deleted again leaves nothing.
        if (isKeep(second.take(length))) append(result, before);
        else if (isKeep(before)) result.delete(length);
      }
    }
  }

  /**
   * Rewrites two concurrent operations so that each can follow the other: d·a·b′ = d·b·a′.
   *
   * Where both insert at one place, the text of `a` goes to the left. Owner and browser both pass the
   * operation that is not yet committed as `a`, so they agree.
   */
  static transform(a: TextOperation, b: TextOperation): [TextOperation, TextOperation] {
    requireLength(a.baseLength, b.baseLength);
    const aPrime = new TextOperation();
    const bPrime = new TextOperation();
    const aSteps = new StepCursor(a);
    const bSteps = new StepCursor(b);
    while (true) {
      if (isInsert(aSteps.step)) takeInsert(aSteps, aPrime, bPrime);
      else if (isInsert(bSteps.step)) takeInsert(bSteps, bPrime, aPrime);
      else if (aSteps.step === undefined || bSteps.step === undefined) return [aPrime, bPrime];
      else {
        const length = Math.min(lengthOf(aSteps.step), lengthOf(bSteps.step));
        const aStep = aSteps.take(length);
        const bStep = bSteps.take(length);
        // What one deletes is gone for the other; what both delete is gone already.
        if (isKeep(bStep)) append(aPrime, aStep);
        if (isKeep(aStep)) append(bPrime, bStep);
      }
    }
  }

  /** The operation that undoes this one; `document` is what this one is applied to. */
  inverted(document: string): TextOperation {
    requireLength(this.baseLength, document.length);
    const result = new TextOperation();
    let offset = 0;
    for (const step of this.steps) {
      if (isInsert(step)) result.delete(step.length);
      else {
        if (isKeep(step)) result.keep(step);
        else result.insert(document.slice(offset, offset - step));
        offset += lengthOf(step);
      }
    }
    return result;
  }

  /**
   * Where `offset` stands after this operation.
   *
   * An insert exactly at `offset` pushes it right, so a selection follows what others type there.
   * An offset in a deleted part ends where that part was.
   */
  transformingOffset(offset: number): number {
    let result = offset;
    let passed = 0;
    for (const step of this.steps) {
      if (passed > offset) break;
      if (isInsert(step)) result += step.length;
      else {
        if (isDelete(step)) result -= Math.min(-step, offset - passed);
        passed += lengthOf(step);
      }
    }
    return result;
  }

  /**
   * Where `offset`, taken after this operation, stood before it.
   *
   * An offset in an inserted part stood where that part is, so `transformingOffset` pushes it right
   * again: a selection can be told to others before the edit it stands in is committed.
   */
  offsetBefore(offset: number): number {
    let result = offset;
    let passed = 0;
    for (const step of this.steps) {
      if (passed >= offset) break;
      if (isDelete(step)) result -= step;
      else {
        if (isInsert(step)) result -= Math.min(step.length, offset - passed);
        passed += lengthOf(step);
      }
    }
    return result;
  }
}

/** A place among the steps of an operation, from which they are taken whole or in parts. */
class StepCursor {
  /** What is left of the step here; undefined behind the last one. */
  step: Step | undefined;
  private index = 0;

  constructor(private readonly operation: TextOperation) {
    this.step = operation.steps[0];
  }

  take(length = lengthOf(this.step!)): Step {
    const step = this.step!;
    if (length === lengthOf(step)) {
      this.step = this.operation.steps[++this.index];
      return step;
    }
    if (isInsert(step)) {
      this.step = step.slice(length);
      return step.slice(0, length);
    }
    const taken = isKeep(step) ? length : -length;
    this.step = step - taken;
    return taken;
  }
}

function takeInsert(steps: StepCursor, own: TextOperation, other: TextOperation) {
  const text = steps.take() as string;
  own.insert(text);
  other.keep(text.length);
}

function append(operation: TextOperation, step: Step) {
  if (isInsert(step)) operation.insert(step);
  else if (isKeep(step)) operation.keep(step);
  else operation.delete(-step);
}

export function isKeep(step: Step | undefined): step is number {
  return typeof step === "number" && step > 0;
}

export function isInsert(step: Step | undefined): step is string {
  return typeof step === "string";
}

export function isDelete(step: Step | undefined): step is number {
  return typeof step === "number" && step < 0;
}

export function lengthOf(step: Step): number {
  return typeof step === "string" ? step.length : Math.abs(step);
}

function requireLength(expected: number, actual: number) {
  if (expected === actual) return;
  throw new OperationError("length_mismatch", `made for ${expected} code units, not ${actual}`);
}
