import assert from "node:assert/strict";
import { ServerClock } from "../../Sources/Web/server-clock.ts";
import {
  clockText,
  extended,
  isClosing,
  minute,
  remainingOf,
  started,
  toggled,
} from "../../Sources/Web/timer.ts";

const running = { running: true, remaining: 10 * minute, at: 1_000 };
const standing = { ...running, running: false };

Deno.test("a timer runs down to nothing and no further; one that stands does not", () => {
  assert.equal(remainingOf(running, 61_000), 9 * minute);
  assert.equal(remainingOf(running, 3_600_000), 0);
  assert.equal(remainingOf(standing, 3_600_000), 10 * minute);
  // Before it was set by a clock that goes wrong: not longer than it was set to.
  assert.equal(remainingOf(running, 0), 10 * minute);
});

Deno.test("it is stopped where it stands, and goes on from there", () => {
  assert.deepEqual(toggled(running, 61_000), { running: false, remaining: 9 * minute });
  assert.deepEqual(toggled(standing, 61_000), { running: true, remaining: 10 * minute });
  assert.deepEqual(extended(running, 5, 61_000), { running: true, remaining: 14 * minute });
  assert.equal(started(9_999).remaining, 24 * 60 * minute);
});

Deno.test("the last five minutes are its end", () => {
  assert.equal(isClosing(5 * minute), true);
  assert.equal(isClosing(5 * minute + 1), false);
});

Deno.test("a time reads as on a clock, and at nothing only when nothing is left", () => {
  const times = [0, 1, 1_000, 65_000, 59 * minute + 59_001, 61 * minute];
  assert.deepEqual(times.map(clockText), ["0:00", "0:01", "0:01", "1:05", "1:00:00", "1:01:00"]);
});

Deno.test("the owners' time is that of the quickest commit since the last welcome", () => {
  let local = 1_000;
  const clock = new ServerClock(() => local);
  assert.equal(clock.now(), 1_000);
  clock.restart(400);
  clock.heard(500);
  clock.heard(100);
  assert.equal(clock.now(), 500);
  local = 2_000;
  assert.equal(clock.now(), 1_500);
  clock.restart(undefined);
  assert.equal(clock.now(), 1_500);
  clock.restart(1_100);
  assert.equal(clock.now(), 1_100);
});
