import assert from "node:assert/strict";
import {
  fileName,
  languageName,
  matchingLanguages,
  namedLanguages,
} from "../../Sources/Web/languages.ts";
import { paneAfter } from "../../Sources/Web/panes.ts";
import { PasteWatch } from "../../Sources/Web/paste-watch.ts";
import { panelsOf } from "../../Sources/Web/side-panels.ts";
import { durationText, timeOfDay, timeSince } from "../../Sources/Web/times.ts";
import { written, writtenTitle } from "../../Sources/Web/writing.ts";

const languages = namedLanguages([
  { id: "python", aliases: ["Python", "py"], extensions: [".py", ".rpy"] },
  { id: "css", aliases: ["CSS"], extensions: [".css"] },
  { id: "javascript", aliases: ["JavaScript", "js"], extensions: [".js"] },
  { id: "python", aliases: ["Snake"], extensions: [".pyw"] },
  { id: "bare" },
]);

Deno.test("a language that is listed twice is one, under its first name", () => {
  assert.deepEqual(languages.map(({ name }) => name), ["bare", "CSS", "JavaScript", "Python"]);
  assert.equal(languageName(languages, "python"), "Python");
  assert.equal(languageName(languages, "constructor"), "constructor");
});

Deno.test("languages are found by name, by other names and by ending, those that begin so first", () => {
  const found = (query: string) => matchingLanguages(languages, query).map(({ id }) => id);
  assert.deepEqual(found("py"), ["python"]);
  assert.deepEqual(found("snake"), ["python"]);
  assert.deepEqual(found(".JS"), ["javascript"]);
  assert.deepEqual(found("s"), ["css", "javascript", "python"]);
  assert.deepEqual(found(" "), languages.map(({ id }) => id));
  assert.deepEqual(found("cobol"), []);
});

Deno.test("a file is named after the session, as any file system takes it", () => {
  const python = languages.find(({ id }) => id === "python")?.extension;
  assert.equal(fileName("Binary Trees: part 2", python), "binary-trees-part-2.py");
  assert.equal(fileName("../../etc/passwd", ".sh"), "etc-passwd.sh");
  assert.equal(fileName("Bäume 木", undefined), "bäume-木.txt");
  assert.equal(fileName("", ".c"), "interview.c");
  assert.equal(fileName("<>:|?*", ".c"), "interview.c");
});

Deno.test("what is written has nothing unseen in it, and fits", () => {
  assert.equal(written("  a\r\nb\u0000\u202e\tc \n", 100), "a\nb\tc");
  assert.equal(written(" \n\u0007 ", 100), "");
  assert.equal(written("ab😀", 3), "ab");
  assert.equal(writtenTitle(" Binary\n trees "), "Binary trees");
});

Deno.test("a time is said as people say it", () => {
  const times = [-5, 999, 6_000, 119_000, 3_600_000, 3_900_000];
  assert.deepEqual(times.map(durationText), ["0 s", "0 s", "6 s", "1 min", "1 h", "1 h 5 min"]);
});

Deno.test("a time counts from the beginning, and is that of the day before it or without one", () => {
  const times = [1_000, 66_000, 3_725_000].map((at) => timeSince(1_000, at));
  assert.deepEqual(times, ["+0:00", "+1:05", "+1:02:04"]);
  assert.deepEqual([timeSince(1_000, 999), timeSince(undefined, 0)], [
    timeOfDay(999),
    timeOfDay(0),
  ]);
});

Deno.test("F6 goes round the panes, and begins at either end", () => {
  assert.deepEqual([0, 3, -1].map((pane) => paneAfter(pane, 4, 1)), [1, 0, 0]);
  assert.deepEqual([0, 3, -1].map((pane) => paneAfter(pane, 4, -1)), [3, 2, 3]);
});

Deno.test("a paste counts where it is not what was copied here last", () => {
  const lengths: number[] = [];
  const watch = new PasteWatch((length) => lengths.push(length));
  watch.pasted("from elsewhere");
  watch.copied("moved about\n");
  watch.pasted("moved about");
  watch.pasted("other");
  assert.deepEqual(lengths, [14, 5]);
});

Deno.test("notes are for interviewers, and a server that keeps no events has nothing to show", () => {
  const all = ["people", "chat", "record", "notes", "view", "keys"];
  assert.deepEqual(panelsOf("interviewer", true), all);
  assert.deepEqual(panelsOf("candidate", true), all.filter((panel) => panel !== "notes"));
  assert.deepEqual(panelsOf("interviewer", false), ["people", "view", "keys"]);
});
