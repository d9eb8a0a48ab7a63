import assert from "node:assert/strict";
import { silentSince } from "../../Sources/Web/pulses.ts";
import type { FakeTransport } from "./fakes.ts";
import { commit, joined, opened, snapshot, welcome } from "./room-parts.ts";

function reports(transport: FakeTransport) {
  return transport.sent.filter(([event]) => event !== "select");
}

Deno.test("a pulse goes out with the welcome, soon after and every ten seconds", () => {
  const { transport, clock } = joined();
  const counts = [0, 3_000, 10_000, 10_000].map((milliseconds) => {
    clock.pass(milliseconds);
    return transport.pulses.length;
  });
  assert.deepEqual(counts, [1, 2, 3, 4]);
});

Deno.test("a pulse measures its way, but for the first, which a page that begins hears of late", () => {
  const { transport, clock, room } = joined();
  assert.deepEqual(transport.pulses, [{ idle: false, roundTrip: undefined }]);
  transport.acknowledgements.pop()!();
  assert.deepEqual(room.view.pulses, {});
  clock.pass(3_000);
  clock.pass(40);
  transport.acknowledgements.pop()!();
  assert.equal(room.view.pulses["me"]?.roundTrip, 40);
  clock.pass(9_960);
  assert.deepEqual(transport.pulses.at(-1), { idle: false, roundTrip: 40 });
});

Deno.test("a minute without input is idle, and a touch ends it at once", () => {
  const { transport, clock, room } = joined();
  const idle = () => (transport.pulses.at(-1) as { idle: boolean }).idle;
  clock.pass(30_000);
  room.attendance.touched();
  clock.pass(30_000);
  assert.equal(idle(), false);
  clock.pass(30_000);
  assert.equal(idle(), true);
  const count = transport.pulses.length;
  room.attendance.touched();
  assert.deepEqual([idle(), transport.pulses.length], [false, count + 1]);
  clock.pass(60_000);
  assert.equal(idle(), true);
});

Deno.test("another's pulse is kept with when it came, until we are offline", () => {
  const { transport, clock, room } = joined();
  clock.pass(500);
  transport.receive("pulse", { by: "them", idle: true, roundTrip: 80 });
  assert.deepEqual(room.view.pulses["them"], { idle: true, roundTrip: 80, heardAt: 500 });
  transport.receive("disconnect");
  assert.deepEqual(room.view.pulses, {});
});

Deno.test("who was heard of and is no more is silent; who never was is not", () => {
  const heard = { idle: false, roundTrip: 5, heardAt: 1_000 };
  assert.equal(silentSince(heard, 30_000), undefined);
  assert.equal(silentSince(heard, 40_000), 1_000);
  assert.equal(silentSince(undefined, 40_000), undefined);
});

Deno.test("a page out of sight is reported, once, and so is its return", () => {
  const { transport, clock, room } = joined();
  room.attendance.visibilityChanged(true);
  assert.deepEqual(reports(transport), []);
  clock.pass(1_000);
  assert.deepEqual(reports(transport), [["hidden", { number: 8, hidden: true }]]);
  assert.equal(room.view.unsavedCount, 0);
  transport.receive("commits", commit(6, "me", { number: 8, hidden: true }));
  room.attendance.visibilityChanged(false);
  assert.deepEqual(reports(transport).at(-1), ["hidden", { number: 9, hidden: false }]);
});

Deno.test("a glance elsewhere, and a page that is being left, are not reported", () => {
  const { transport, clock, room } = joined();
  room.attendance.visibilityChanged(true);
  clock.pass(500);
  room.attendance.visibilityChanged(false);
  clock.pass(1_000);
  assert.deepEqual(reports(transport), []);
});

Deno.test("who joins out of sight reports it then", () => {
  const { transport, clock, room } = opened();
  room.attendance.visibilityChanged(true);
  clock.pass(1_000);
  assert.deepEqual(reports(transport), []);
  welcome(transport, "candidate", snapshot);
  clock.pass(1_000);
  assert.deepEqual(reports(transport).at(-1), ["hidden", { number: 8, hidden: true }]);
});

Deno.test("a large paste is reported, a small one is not, and a refusal troubles nobody", () => {
  const { transport, room } = joined();
  room.pasted(199);
  assert.deepEqual(reports(transport), []);
  room.pasted(200);
  assert.deepEqual(reports(transport), [["pasted", { number: 8, length: 200 }]]);
  transport.receive("rejected", { number: 8, code: "forbidden", message: "" });
  assert.deepEqual(room.view.notices, []);
});

Deno.test("a server that keeps no events is told none", () => {
  const { transport, clock, room } = joined("candidate", { events: undefined });
  room.pasted(500);
  room.attendance.visibilityChanged(true);
  clock.pass(1_000);
  assert.deepEqual(reports(transport), []);
});
