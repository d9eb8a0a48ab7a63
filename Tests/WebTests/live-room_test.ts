import assert from "node:assert/strict";
import { op } from "./support.ts";
import { commit, joined, opened, Page, remember, snapshot, welcome } from "./room-parts.ts";

Deno.test("a welcome shows text and language, and numbers go on above the known one", () => {
  const { page, transport } = joined();
  assert.deepEqual([page.text, page.language, page.isReadOnly], ["ab", "python", false]);
  page.type("2 +c");
  const edit = { number: 8, revision: 5, operation: [2, "c"] };
  assert.deepEqual(transport.sent, [["edit", edit]]);
});

Deno.test("saved is what the log has, and nothing else", () => {
  const { page, room, transport } = joined();
  page.type("2 +c");
  page.type("3 +d");
  assert.equal(room.view.unsavedCount, 2);
  transport.receive("commits", commit(6, "me", { number: 8, edit: [2, "c"] }));
  assert.equal(room.view.unsavedCount, 1);
  transport.receive("commits", commit(7, "me", { number: 9, edit: [3, "d"] }));
  assert.equal(room.view.unsavedCount, 0);
});

Deno.test("after a lost line the proposal goes out again, as it reads by then", () => {
  const { page, transport } = joined();
  page.type("2 +c");
  transport.receive("disconnect");
  transport.sent = [];
  const missed = { participant: "me", key: "k", role: "candidate", epoch: 1 };
  transport.receive("welcome", { ...missed, commits: commit(6, "them", { edit: ["x", 2] }) });
  assert.equal(page.text, "xabc");
  assert.deepEqual(transport.sent[0], ["edit", { number: 8, revision: 6, operation: [3, "c"] }]);
});

Deno.test("a refused edit leaves the page, and its text is offered in one notice", () => {
  const { page, room, transport } = joined();
  page.type("2 +c");
  page.type("3 +d");
  transport.receive("rejected", { number: 8, code: "too_large", message: "" });
  transport.receive("rejected", { number: 9, code: "too_large", message: "" });
  assert.equal(page.text, "ab");
  assert.deepEqual(room.view.notices, [{ id: 1, code: "too_large", text: "cd" }]);
});

Deno.test("what came too fast goes out again a second later", () => {
  const { page, clock, transport } = joined();
  page.type("2 +c");
  transport.receive("rejected", { number: 8, code: "rate_limited", message: "" });
  clock.pass(1_000);
  const edits = transport.sent.filter(([event]) => event === "edit");
  assert.deepEqual(edits[1], edits[0]);
});

Deno.test("a lock stops candidates, not interviewers; an end stops everybody", () => {
  for (const role of ["candidate", "interviewer"]) {
    const { page, transport } = joined(role);
    transport.receive("commits", commit(6, "them", { locked: true }));
    assert.equal(page.isReadOnly, role === "candidate");
    transport.receive("commits", commit(7, "them", { ended: true }));
    assert.equal(page.isReadOnly, true);
  }
});

Deno.test("an observer never writes", () => {
  assert.equal(joined("observer").page.isReadOnly, true);
});

Deno.test("a reload keeps who we are and what was not saved", () => {
  const before = joined();
  before.page.type("2 +c");
  before.room.close();
  const after = opened(JSON.parse(JSON.stringify(before.memory)));
  assert.equal(after.page.text, "abc");
  assert.deepEqual(after.room.resume(), { participant: "me", key: "k", revision: 5, at: 50 });
});

Deno.test("nothing is kept once all is saved", () => {
  const { memory, page, room, transport } = joined();
  page.type("2 +c");
  room.keeper.persist();
  transport.receive("commits", commit(6, "me", { number: 8, edit: [2, "c"] }));
  room.keeper.persist();
  assert.equal(memory.unsent, undefined);
});

Deno.test("a log that does not fit is taken afresh, and what was unsent is offered", () => {
  const { page, room, clock, transport } = joined();
  page.type("2 +c");
  transport.receive("commits", commit(6, "them", { edit: [99] }));
  assert.equal(page.isReadOnly, true);
  clock.pass(1_000);
  assert.equal(transport.connects, 2);
  assert.equal(room.resume()?.revision, undefined);
  welcome(transport, "candidate", { ...snapshot, revision: 9, text: "fresh" });
  assert.deepEqual([page.text, page.isReadOnly], ["fresh", false]);
  assert.deepEqual(room.view.notices, [{ id: 1, code: "diverged", text: "abc" }]);
});

Deno.test("a reload goes on above a number that was refused", () => {
  const before = joined();
  before.page.type("2 +c");
  before.transport.receive("rejected", { number: 8, code: "locked", message: "" });
  before.room.close();
  const after = opened({ ...JSON.parse(JSON.stringify(before.memory)), remember });
  welcome(after.transport, "candidate", snapshot);
  after.page.type("2 +d");
  assert.deepEqual(after.transport.sent[0], ["edit", {
    number: 9,
    revision: 5,
    operation: [2, "d"],
  }]);
});

Deno.test("a place in the log is its revision and when its commit was made", () => {
  const { room, transport } = joined();
  assert.equal(room.resume()?.at, 50);
  transport.receive("commits", [{ revision: 6, at: 60, by: "them", locked: true }]);
  assert.deepEqual([room.resume()?.revision, room.resume()?.at], [6, 60]);
});

Deno.test("who is ahead of the room joins it anew, and is told what the failure took", () => {
  const { page, room, clock, transport } = joined();
  transport.receive("commits", commit(6, "them", { edit: [2, "c"] }));
  page.type("3 +d");
  transport.sent = [];
  transport.receive("rejected", { number: 8, code: "future_revision", message: "" });
  assert.equal(page.text, "abcd");
  clock.pass(1_000);
  assert.deepEqual([transport.connects, transport.sent], [2, []]);
  welcome(transport, "candidate", snapshot);
  assert.equal(page.text, "ab");
  assert.deepEqual(room.view.notices, [{ id: 1, code: "diverged", text: "abcd" }]);
});

Deno.test("what a failure took is told though all of it was saved", () => {
  const { page, room, transport } = joined();
  transport.receive("commits", commit(6, "them", { edit: [2, "c"] }));
  transport.receive("disconnect");
  welcome(transport, "candidate", snapshot);
  assert.equal(page.text, "ab");
  assert.deepEqual(room.view.notices, [{ id: 1, code: "diverged", text: "abc" }]);
});

Deno.test("a session that ended while we were away leaves the page readable", () => {
  const { page, room, transport } = joined();
  transport.receive("disconnect");
  page.type("2 +c");
  transport.active = false;
  transport.receive("connect_error", new Error("session_ended"));
  assert.equal(room.view.refusal, undefined);
  assert.deepEqual([page.text, page.isReadOnly], ["ab", true]);
  assert.deepEqual(room.view.notices, [{ id: 1, code: "ended", text: "c" }]);
});

Deno.test("an edit beyond what a message may hold is taken back before it is sent", () => {
  const { page, room, clock, transport } = joined();
  page.type(`2 +${"\u0001".repeat(151_000)}`);
  clock.pass(0);
  assert.deepEqual(transport.sent, []);
  assert.equal(room.view.notices[0]?.code, "too_large");
  assert.equal(page.text, "ab");
});

Deno.test("our selection is told as the committed document has it", () => {
  const { page, room, clock, transport } = joined();
  clock.pass(60);
  transport.sent = [];
  page.type("+xy 2");
  room.shared.selected([[2, 4]]);
  clock.pass(60);
  assert.deepEqual(transport.sent.at(-1), ["select", { revision: 5, selections: [[0, 2]] }]);
});

Deno.test("another's selection stands where our own typing has moved it", () => {
  const { page, transport } = joined();
  page.type("+xy 2");
  transport.receive("presence", { by: "them", revision: 5, selections: [[1, 1]] });
  page.type("+z 4");
  const grace = { participant: "them", name: "Grace", color: 1, selections: [[4, 4]] };
  assert.deepEqual(page.selections, [grace]);
});

Deno.test("who leaves is shown no longer", () => {
  const { page, room, transport } = joined();
  transport.receive("commits", commit(6, "them", { left: { reason: "closed" } }));
  assert.deepEqual(page.selections, []);
  assert.equal(room.view.room?.participants[1]?.connected, false);
});

Deno.test("a commit of a kind that is not known counts and changes nothing", () => {
  const { page, room, transport } = joined();
  transport.receive("commits", [{ revision: 6, at: 0, by: "them", applause: 3 }]);
  transport.receive("commits", commit(7, "them", { edit: [2, "!"] }));
  assert.equal(page.text, "ab!");
  assert.equal(room.resume()?.revision, 7);
});

Deno.test("who waits is known, and comes back to the same place until the welcome", () => {
  const { room, transport, memory } = opened();
  const who = { participant: "me", key: "k", role: "candidate" };
  transport.receive("waiting", { ...who, session: "s", title: "Trees", participants: [] });
  assert.equal(room.view.waiting?.title, "Trees");
  assert.equal(room.view.waiting?.isHeld, true);
  transport.receive("disconnect");
  assert.equal(room.view.waiting?.isHeld, false);
  assert.equal(room.view.isOnline, false);
  assert.deepEqual(memory.identity, { participant: "me", key: "k" });
  welcome(transport, "candidate", snapshot);
  assert.equal(room.view.waiting, undefined);
  assert.equal(room.view.isOnline, true);
});

Deno.test("what is said waits behind what was said before it, and nothing of it is dropped", () => {
  const { room, transport } = joined();
  for (const chat of ["one", "two", "three"]) room.propose({ chat });
  assert.equal(room.view.unsavedCount, 3);
  transport.receive("commits", commit(6, "me", { number: 8, chat: "one" }));
  transport.receive("commits", commit(7, "me", { number: 9, chat: "two" }));
  const said = transport.sent.map(([, argument]) => (argument as { text: string }).text);
  assert.deepEqual(said, ["one", "two", "three"]);
  assert.deepEqual(room.view.room?.events?.map(({ chat }) => chat), ["one", "two"]);
});

Deno.test("what was said and is refused is offered", () => {
  const { room, transport } = joined();
  room.propose({ chat: "hello" });
  transport.receive("rejected", { number: 8, code: "ended", message: "" });
  assert.deepEqual(room.view.notices, [{ id: 1, code: "ended", text: "hello" }]);
});

Deno.test("a page that was left with all saved goes on where it was, undo and all", () => {
  const before = joined();
  before.page.type("2 +c");
  before.room.shared.history.edited(op("2 -1"), 0);
  before.room.shared.selected([[1, 2]]);
  before.room.shared.scrolled(40);
  before.transport.receive("commits", commit(6, "me", { number: 8, edit: [2, "c"] }));
  before.room.keeper.leave();
  const after = opened({ ...JSON.parse(JSON.stringify(before.memory)), remember });
  assert.deepEqual([after.page.text, after.room.resume()?.revision], ["abc", 6]);
  const missed = { participant: "me", key: "k", role: "candidate", epoch: 1 };
  const commits = commit(7, "them", { edit: ["x", 3] });
  after.transport.receive("welcome", { ...missed, commits });
  assert.equal(after.page.text, "xabc");
  assert.deepEqual(after.room.shared.history.undo("xabc"), op("3 -1"));
  const late = new Page(after.room);
  after.room.attach(late);
  assert.deepEqual([late.text, late.placed], ["xabc", [[[2, 3]], 40]]);
});

Deno.test("who is followed is kept in view, until they leave", () => {
  const { page, room, transport } = joined();
  const move = (head: number) =>
    transport.receive("presence", { by: "them", revision: 5, selections: [[0, head]] });
  move(1);
  room.follow("them");
  move(2);
  move(2);
  assert.deepEqual(page.revealed, [1, 2]);
  transport.receive("commits", commit(6, "them", { left: { reason: "closed" } }));
  assert.equal(room.view.followed, undefined);
});

Deno.test("one goes to where somebody is, if that is known", () => {
  const { page, room, transport } = joined();
  assert.equal(room.shared.jumpTo("them"), false);
  transport.receive("presence", { by: "them", revision: 5, selections: [[0, 2]] });
  assert.equal(room.shared.jumpTo("them"), true);
  assert.deepEqual(page.revealed, [2]);
});

Deno.test("others' joins, leaves and words are announced, one's own and typing are not", () => {
  const { room, transport } = joined();
  const told = () => room.view.announcement?.text;
  transport.receive("commits", commit(6, "them", { edit: [2, "c"] }));
  transport.receive("commits", commit(7, "me", { number: 8, chat: "hi" }));
  assert.equal(told(), undefined);
  transport.receive("commits", commit(8, "them", { chat: "hello" }));
  assert.match(told()!, /Grace.*hello/);
  transport.receive("commits", commit(9, "them", { left: { reason: "lost" } }));
  assert.match(told()!, /Grace/);
  assert.equal(room.view.announcement?.id, 2);
});

Deno.test("a text goes on without the surface that is gone, and comes to the next one", () => {
  const { page, room, transport } = joined();
  room.detach(page);
  transport.receive("commits", commit(6, "them", { edit: [2, "!"] }));
  assert.deepEqual([page.text, room.text], ["ab", "ab!"]);
  const late = new Page(room);
  room.attach(late);
  assert.equal(late.text, "ab!");
});
