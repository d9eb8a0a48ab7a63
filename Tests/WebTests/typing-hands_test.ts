import assert from "node:assert/strict";
import { TypingHands } from "../../Sources/Web/typing-hands.ts";

Deno.test("a key is meant for what is there once the hands have rested", () => {
  const hands = new TypingHands(0);
  const meant = [100, 600, 1_300, 2_100, 2_500, 5_000].map((at) => hands.pressed(at));
  assert.deepEqual(meant, [false, false, false, true, false, true]);
});
