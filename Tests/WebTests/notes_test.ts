import assert from "node:assert/strict";
import { Delays } from "../../Sources/Web/delays.ts";
import type { Note } from "../../Sources/Web/messages.ts";
import { newNoteID, Notes, type UnsavedNotes } from "../../Sources/Web/notes.ts";
import { Clock } from "./fakes.ts";
import { commit, joined, opened, welcome } from "./room-parts.ts";

function notebook(unsaved?: UnsavedNotes) {
  const clock = new Clock();
  const sent: string[][] = [];
  const notes = new Notes((...note) => sent.push(note), new Delays(clock.schedule), unsaved);
  return { clock, sent, notes };
}

function note(id: string, text: string, at = 5): Note {
  return { id, at, by: "me", text, revision: 1 };
}

const written = (text: string) => ({ at: 5, by: "me", text, revision: 1 });

Deno.test("a note is shown as it is written, and saved when it comes back", () => {
  const { notes, sent } = notebook();
  notes.write("a", written("clear"));
  assert.deepEqual(notes.shown.map(({ text, isSaved }) => [text, isSaved]), [["clear", false]]);
  assert.deepEqual(sent, [["a", "clear"]]);
  notes.received([note("a", "clear")]);
  assert.deepEqual(notes.shown.map(({ isSaved }) => isSaved), [true]);
  assert.equal(notes.unsavedCount, 0);
});

Deno.test("a note is sent again until it comes back, and no longer", () => {
  const { notes, sent, clock } = notebook();
  notes.write("a", written("clear"));
  clock.pass(3_000);
  clock.pass(3_000);
  assert.equal(sent.length, 3);
  notes.received([note("a", "clear")]);
  clock.pass(3_000);
  assert.equal(sent.length, 3);
});

Deno.test("an earlier writing that comes back is no answer to a later one", () => {
  const { notes } = notebook();
  notes.write("a", written("clear"));
  notes.write("a", written("clearer"));
  notes.received([note("a", "clear")]);
  assert.deepEqual(notes.shown.map(({ text, isSaved }) => [text, isSaved]), [["clearer", false]]);
});

Deno.test("notes stand in the order they were begun, and keep it when rewritten", () => {
  const { notes } = notebook();
  notes.begin([note("b", "second", 20), note("a", "first", 10)]);
  notes.write("a", { ...written("first, better"), at: 90 });
  assert.deepEqual(notes.shown.map(({ text, at }) => [text, at]), [["first, better", 10], [
    "second",
    20,
  ]]);
});

Deno.test("a deleted note is gone at once, here and where it was not written", () => {
  const { notes, sent } = notebook();
  notes.begin([note("a", "clear"), note("b", "kind")]);
  notes.write("a", written(""));
  notes.received([note("b", "")]);
  assert.deepEqual(notes.shown, []);
  assert.deepEqual(sent, [["a", ""]]);
  notes.received([note("a", "")]);
  assert.equal(notes.unsavedCount, 0);
});

Deno.test("what was unsaved before a reload is shown and sent after it", () => {
  const before = notebook();
  before.notes.write("a", written("clear"));
  const { notes, sent } = notebook(before.notes.unsaved);
  notes.sendAgain();
  assert.deepEqual([notes.shown[0]?.text, sent], ["clear", [["a", "clear"]]]);
});

Deno.test("a note's name is as the contract wants it", () => {
  assert.match(newNoteID(), /^[0-9A-Za-z]{16}$/);
  assert.notEqual(newNoteID(), newNoteID());
});

Deno.test("a welcome brings all notes, and what came meanwhile is sent once we are back", () => {
  const { room, transport } = opened();
  welcome(transport, "interviewer", undefined, [note("a", "clear")]);
  assert.deepEqual(room.view.notes.map(({ text }) => text), ["clear"]);
  transport.receive("disconnect");
  room.writeNote("offline");
  assert.equal(room.view.unsavedCount, 1);
  transport.sent = [];
  welcome(transport, "interviewer", undefined, [note("a", "clear")]);
  const [event, sent] = transport.sent[0] as [string, Note];
  assert.deepEqual([event, sent.text], ["note", "offline"]);
  transport.receive("notes", [{ ...note(sent.id, "offline") }]);
  assert.equal(room.view.unsavedCount, 0);
});

Deno.test("a refused note is offered, and its number disturbs no proposal", () => {
  const { room, page, transport } = joined("interviewer");
  page.type("2 +c");
  room.writeNote("kept");
  const [, sent] = transport.sent.at(-1) as [string, Note];
  transport.receive("rejected", { number: 0, note: sent.id, code: "too_large", message: "" });
  assert.deepEqual(room.view.notices, [{ id: 1, code: "too_large", text: "kept" }]);
  assert.deepEqual(room.view.notes, []);
  transport.receive("commits", commit(6, "me", { number: 8, edit: [2, "c"] }));
  assert.equal(room.view.unsavedCount, 0);
});
