import assert from "node:assert/strict";
import { Connection, type ConnectionListener } from "../../Sources/Web/connection.ts";
import type { Commit, Resume } from "../../Sources/Web/messages.ts";
import { Clock, FakeTransport } from "./fakes.ts";

/** Notes what it is told, in order. */
class Listener implements ConnectionListener {
  heard: string[] = [];
  resumed: Resume | undefined;

  resume = () => this.resumed;
  welcomed = () => this.note("welcomed");
  delivered = (commits: Commit[]) => this.note(`delivered ${commits.map((c) => c.revision)}`);
  presence = () => this.note("presence");
  pulse() {}
  notes() {}
  waiting = () => this.note("waiting");
  rejected = () => this.note("rejected");
  sendAgain = () => this.note("sendAgain");
  onlineChanged = (isOnline: boolean) => this.note(isOnline ? "online" : "offline");
  refused = (refusal: string) => this.note(`refused ${refusal}`);

  private note(what: string) {
    this.heard.push(what);
  }
  take(): string[] {
    return this.heard.splice(0);
  }
}

function opened() {
  const lines: FakeTransport[] = [];
  const makeLine = () => {
    const line = new FakeTransport();
    lines.push(line);
    return line;
  };
  /** The line that was made as this one, counted from 0. */
  const line = (place: number) => {
    const made = lines[place];
    assert(made);
    return made;
  };
  const listener = new Listener();
  const clock = new Clock();
  const connection = new Connection(makeLine, listener, clock.schedule);
  connection.open();
  return { lines, line, transport: line(0), listener, clock, connection };
}

function welcomed(revision = 5) {
  const parts = opened();
  parts.transport.receive("welcome", { snapshot: { revision }, commits: [] });
  parts.listener.take();
  return parts;
}

const commits = (...revisions: number[]) => revisions.map((revision) => ({ revision }));

Deno.test("after the welcome commits are delivered, then what is in flight is sent again", () => {
  const { transport, listener } = opened();
  transport.receive("welcome", { snapshot: { revision: 5 }, commits: commits(6, 7) });
  assert.deepEqual(listener.take(), ["welcomed", "delivered 6,7", "online", "sendAgain"]);
});

Deno.test("on a resume the commits follow the revision that was given", () => {
  const { transport, listener } = opened();
  listener.resumed = { participant: "p", key: "k", revision: 8 };
  transport.receive("welcome", { commits: commits(9) });
  assert.equal(listener.take()[1], "delivered 9");
});

Deno.test("what comes before the welcome is not listened to", () => {
  const { transport, listener } = opened();
  transport.receive("commits", commits(1));
  transport.receive("epoch", { epoch: 2 });
  assert.deepEqual(listener.take(), []);
});

Deno.test("commits that are known are skipped", () => {
  const { transport, listener } = welcomed();
  transport.receive("commits", commits(4, 5, 6));
  transport.receive("commits", commits(6));
  assert.deepEqual(listener.take(), ["delivered 6"]);
});

Deno.test("a gap delivers what is sound and asks for the rest by revision", () => {
  const { transport, listener, clock } = welcomed();
  transport.receive("commits", commits(6, 8));
  assert.deepEqual(listener.take(), ["delivered 6", "offline"]);
  clock.pass(10_000);
  assert.equal(transport.connects, 2);
});

Deno.test("a proposal goes out under its event, and after three silent seconds again", () => {
  const { transport, listener, clock, connection } = welcomed();
  connection.propose({ event: "lock", number: 3, locked: true });
  assert.deepEqual(transport.sent, [["lock", { number: 3, locked: true }]]);
  clock.pass(2_999);
  assert.deepEqual(listener.take(), []);
  clock.pass(1);
  assert.deepEqual(listener.take(), ["sendAgain"]);
});

Deno.test("once it is settled, silence is no reason to send it again", () => {
  const { listener, clock, connection } = welcomed();
  connection.propose({ event: "end", number: 3 });
  connection.settled();
  clock.pass(60_000);
  assert.deepEqual(listener.take(), []);
});

Deno.test("a new epoch asks for what is in flight", () => {
  const { transport, listener } = welcomed();
  transport.receive("epoch", { epoch: 2 });
  assert.deepEqual(listener.take(), ["sendAgain"]);
});

Deno.test("nothing is sent while offline", () => {
  const { transport, listener, connection } = welcomed();
  transport.receive("disconnect");
  connection.propose({ event: "end", number: 3 });
  connection.select(5, [[0, 0]]);
  assert.deepEqual(transport.sent, []);
  assert.deepEqual(listener.take(), ["offline"]);
});

/** Told to leave, with the next line opened beside the one in use. */
function moving() {
  const parts = welcomed();
  parts.transport.receive("closing", { reason: "stopping", reconnectAfter: 700 });
  parts.clock.pass(700);
  assert.equal(parts.lines.length, 2);
  return { ...parts, next: parts.line(1) };
}

Deno.test("a closing gateway is used until the time it names", () => {
  const { lines, transport, listener, clock, connection } = welcomed();
  transport.receive("closing", { reason: "stopping", reconnectAfter: 700 });
  clock.pass(699);
  connection.propose({ event: "end", number: 3 });
  assert.deepEqual(transport.sent, [["end", { number: 3 }]]);
  assert.deepEqual(listener.take(), []);
  assert.equal(lines.length, 1);
});

Deno.test("the old line serves until the next is welcomed, and nobody is offline between them", () => {
  const { transport, next, listener, connection } = moving();
  assert.equal(next.connects, 1);
  listener.resumed = { participant: "p", key: "k", revision: 6 };
  transport.receive("commits", commits(6));
  next.receive("welcome", { commits: commits(6, 7) });
  assert.deepEqual(listener.take(), [
    "delivered 6",
    "welcomed",
    "delivered 7",
    "online",
    "sendAgain",
  ]);
  assert.equal(transport.active, false);
  transport.receive("commits", commits(8));
  next.receive("commits", commits(8, 9));
  assert.deepEqual(listener.take(), ["delivered 8,9"]);
  connection.propose({ event: "end", number: 3 });
  assert.deepEqual(next.sent, [["end", { number: 3 }]]);
});

Deno.test("where the old line ends first, the next is waited for", () => {
  const { lines, transport, next, listener, clock } = moving();
  transport.receive("disconnect");
  assert.deepEqual(listener.take(), ["offline"]);
  next.receive("welcome", { snapshot: { revision: 5 }, commits: [] });
  assert.deepEqual(listener.take(), ["welcomed", "online", "sendAgain"]);
  clock.pass(60_000);
  assert.deepEqual([lines.length, transport.connects, next.connects], [2, 1, 1]);
});

Deno.test("where the next line cannot be had, the first calls again", () => {
  const { transport, next, listener, clock } = moving();
  next.receive("connect_error", new Error("unavailable"));
  assert.deepEqual(listener.take(), ["offline"]);
  assert.equal(next.active, false);
  clock.pass(0);
  assert.equal(transport.connects, 2);
});

Deno.test("a page that closes leaves no line behind", () => {
  const { transport, next, connection } = moving();
  connection.close();
  assert.deepEqual([transport.active, next.active], [false, false]);
});

Deno.test("who has left a closing gateway already does not leave the next one too", () => {
  const { transport, listener, clock } = welcomed();
  transport.receive("closing", { reason: "stopping", reconnectAfter: 700 });
  transport.receive("disconnect");
  transport.receive("welcome", { snapshot: { revision: 5 }, commits: [] });
  listener.take();
  clock.pass(60_000);
  assert.deepEqual(listener.take(), []);
});

Deno.test("where the server hangs up, it is called again, each time later", () => {
  const { transport, clock } = welcomed();
  transport.active = false;
  transport.receive("disconnect");
  clock.pass(500);
  assert.equal(transport.connects, 2);
  transport.active = false;
  transport.receive("connect_error", new Error("unavailable"));
  clock.pass(500);
  assert.equal(transport.connects, 2);
  clock.pass(500);
  assert.equal(transport.connects, 3);
});

Deno.test("a refusal that another attempt would not change is final", () => {
  const { transport, listener, clock } = opened();
  transport.active = false;
  transport.receive("connect_error", new Error("invalid_token"));
  clock.pass(60_000);
  assert.deepEqual(listener.take(), ["refused invalid_token"]);
  assert.equal(transport.connects, 1);
});

Deno.test("an error of the network is left to the transport, which tries again", () => {
  const { transport, listener, clock } = opened();
  transport.receive("connect_error", new Error("websocket error"));
  clock.pass(60_000);
  assert.deepEqual(listener.take(), []);
  assert.equal(transport.connects, 1);
});

const waiting = { participant: "p", key: "k" };

Deno.test("who waits is welcomed on the same line, and told once when the line is lost", () => {
  const { transport, listener } = opened();
  transport.receive("waiting", waiting);
  transport.receive("waiting", waiting);
  assert.deepEqual(listener.take(), ["waiting", "waiting"]);
  transport.receive("disconnect");
  transport.receive("disconnect");
  assert.deepEqual(listener.take(), ["offline"]);
  transport.receive("waiting", waiting);
  transport.receive("welcome", { snapshot: { revision: 5 }, commits: [] });
  assert.deepEqual(listener.take(), ["waiting", "welcomed", "online", "sendAgain"]);
});

Deno.test("who waits at a closing gateway goes on waiting at the next one", () => {
  const { transport, line, listener, clock } = opened();
  transport.receive("waiting", waiting);
  transport.receive("closing", { reason: "stopping", reconnectAfter: 700 });
  clock.pass(700);
  line(1).receive("waiting", waiting);
  assert.deepEqual(listener.take(), ["waiting", "waiting"]);
  assert.equal(transport.active, false);
});
