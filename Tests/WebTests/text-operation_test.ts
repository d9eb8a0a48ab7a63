import assert from "node:assert/strict";
import { OperationError, type Step, TextOperation } from "../../Sources/Web/text-operation.ts";
import { lines, op, withSeeds } from "./support.ts";

interface Vector {
  id: number;
  doc: string;
  a: Step[];
  b: Step[];
  aPrime: Step[];
  bPrime: Step[];
  docA: string;
  result: string;
  c: Step[];
  aComposeC: Step[];
  docAC: string;
  aInverse: Step[];
  aBase: number;
  aTarget: number;
  cursorsThroughA: [number, number][];
  loneA: boolean;
}

Deno.test("every vector: transform, compose, invert, offsets", () => {
  for (const vector of lines<Vector>("ot-vectors.jsonl")) {
    const [a, b, c] = [vector.a, vector.b, vector.c].map(TextOperation.decode);
    const [aPrime, bPrime] = TextOperation.transform(a!, b!);
    const message = `vector ${vector.id}`;
    assert.deepEqual(aPrime.steps, vector.aPrime, message);
    assert.deepEqual(bPrime.steps, vector.bPrime, message);
    assert.equal(a!.apply(vector.doc), vector.docA, message);
    assert.equal(bPrime.apply(vector.docA), vector.result, message);
    assert.deepEqual(a!.composing(c!).steps, vector.aComposeC, message);
    assert.equal(a!.composing(c!).apply(vector.doc), vector.docAC, message);
    assert.deepEqual(a!.inverted(vector.doc).steps, vector.aInverse, message);
    assert.deepEqual([a!.baseLength, a!.targetLength], [vector.aBase, vector.aTarget], message);
    for (const [before, after] of vector.cursorsThroughA) {
      assert.equal(a!.transformingOffset(before), after, `${message}, offset ${before}`);
    }
  }
});

Deno.test("an operation that cuts a surrogate pair is refused", () => {
  for (const vector of lines<Vector>("ot-split-surrogates.jsonl")) {
    const apply = () => TextOperation.decode(vector.a).apply(vector.doc);
    if (vector.loneA) assert.throws(apply, OperationError, `vector ${vector.id}`);
    else assert.doesNotThrow(apply, `vector ${vector.id}`);
  }
});

Deno.test("a malformed operation is refused, a clumsy one is brought into normal form", () => {
  interface Invalid {
    name: string;
    doc: string;
    op: unknown;
    expect: "reject" | "accept-and-canonicalise";
    otjs: { canonical: Step[]; applied: string };
  }
  for (const { name, doc, op, expect, otjs } of lines<Invalid>("ot-invalid.jsonl")) {
    const apply = () => TextOperation.decode(op).apply(doc);
    if (expect === "reject") assert.throws(apply, OperationError, name);
    else {
      assert.deepEqual(TextOperation.decode(op).steps, otjs.canonical, name);
      assert.equal(apply(), otjs.applied, name);
    }
  }
});

Deno.test("an owner that transforms over what was missed arrives at the recorded operations", () => {
  interface Session {
    session: number;
    log: { revision: number; op: Step[]; serverOp: Step[] }[];
  }
  for (const { session, log } of lines<Session>("ot-sessions.jsonl")) {
    const committed: TextOperation[] = [];
    for (const { revision, op, serverOp } of log) {
      const operation = committed.slice(revision).reduce(
        (uncommitted, next) => TextOperation.transform(uncommitted, next)[0],
        TextOperation.decode(op),
      );
      assert.deepEqual(operation.steps, serverOp, `session ${session}`);
      committed.push(operation);
    }
  }
});

Deno.test("an insert stands before a delete at the same place", () => {
  assert.deepEqual(op("1 -2 +a -1 +b 3").steps, [1, "ab", -3, 3]);
});

Deno.test("an offset goes back through an edit and forth again", () => {
  const edit = op("2 +abc 2 -3 1");
  const there = [0, 1, 2, 3, 5, 6].map((offset) => edit.offsetBefore(offset));
  assert.deepEqual(there, [0, 1, 2, 2, 2, 3]);
  assert.equal(edit.transformingOffset(edit.offsetBefore(5)), 5);
});

Deno.test("d·a·b′ = d·b·a′, d·(a∘b) = (d·a)·b, and d·a·a⁻¹ = d", () => {
  withSeeds(400, (random) => {
    const document = random.edit("").apply("") + "x😀yz";
    const [a, b] = [random.edit(document), random.edit(document)];
    const [aPrime, bPrime] = TextOperation.transform(a, b);
    assert.equal(bPrime.apply(a.apply(document)), aPrime.apply(b.apply(document)));
    const next = random.edit(a.apply(document));
    assert.equal(a.composing(next).apply(document), next.apply(a.apply(document)));
    assert.equal(a.inverted(document).apply(a.apply(document)), document);
  });
});
