import assert from "node:assert/strict";
import {
  addressOf,
  type RecentSession,
  RecentSessions,
} from "../../Sources/Web/recent-sessions.ts";
import { FakeStorage } from "./fakes.ts";

const key = "viva.sessions";

function kept() {
  const storage = new FakeStorage();
  return { storage, sessions: new RecentSessions(() => storage) };
}

function session(id: string, at: number, change: Partial<RecentSession> = {}): RecentSession {
  const role = change.role ?? "interviewer";
  const token = `${id}.${role[0]}.signature`;
  return { id, token, role, title: "", at, hasEnded: false, ...change };
}

const ids = (sessions: RecentSessions) => sessions.all.map(({ id }) => id);

Deno.test("the session that was open last comes first, and each role of it stands once", () => {
  const { sessions } = kept();
  sessions.remember(session("a", 1));
  sessions.remember(session("b", 2));
  sessions.remember(session("a", 3, { title: "Trees" }));
  sessions.remember(session("b", 4, { role: "candidate" }));
  const listed = sessions.all.map(({ id, role, title }) => `${id} ${role} ${title}`.trim());
  assert.deepEqual(listed, ["b candidate", "a interviewer Trees", "b interviewer"]);
});

Deno.test("what is learned of a session changes it in its place, and lists nothing new", () => {
  const { sessions } = kept();
  sessions.remember(session("a", 1));
  sessions.remember(session("b", 2));
  sessions.learn("a", { title: "Trees", hasEnded: true });
  sessions.learn("c", { title: "Unknown", hasEnded: true });
  assert.deepEqual(sessions.all[1], session("a", 1, { title: "Trees", hasEnded: true }));
  assert.deepEqual(ids(sessions), ["b", "a"]);
});

Deno.test("beyond its bound the list drops the oldest, and their links with them", () => {
  const { sessions, storage } = kept();
  storage.setItem("viva.links.s0", "{}");
  for (let at = 0; at < 31; at++) sessions.remember(session(`s${at}`, at));
  assert.equal(sessions.all.length, 30);
  assert.equal(sessions.all.at(-1)?.id, "s1");
  assert.equal(storage.getItem("viva.links.s0"), null);
});

Deno.test("what is forgotten leaves nothing, and can be taken back with its links", () => {
  const { sessions, storage } = kept();
  storage.setItem("viva.links.a", '{"candidate":"…"}');
  sessions.remember(session("a", 1));
  const takeBack = sessions.forget(session("a", 1));
  assert.deepEqual([ids(sessions), storage.getItem("viva.links.a")], [[], null]);
  takeBack();
  assert.deepEqual([ids(sessions), storage.getItem("viva.links.a")], [["a"], '{"candidate":"…"}']);
});

Deno.test("a candidate's entry that is forgotten leaves the links of the interviewer", () => {
  const { sessions, storage } = kept();
  storage.setItem("viva.links.a", "{}");
  sessions.forget(session("a", 1, { role: "candidate" }));
  assert.equal(storage.getItem("viva.links.a"), "{}");
});

Deno.test("entries that are none are passed over, one that would lead elsewhere too", () => {
  const { sessions, storage } = kept();
  const good = session("a", 1);
  const bad = [
    null,
    7,
    {},
    { ...good, role: undefined },
    { ...good, role: "observer" },
    { ...good, id: "../x" },
    { ...good, at: "1" },
    { ...good, token: "nonsense" },
  ];
  storage.setItem(key, JSON.stringify([...bad, good]));
  assert.deepEqual(sessions.all, [good]);
  storage.setItem(key, '{"a":1}');
  assert.deepEqual(sessions.all, []);
});

Deno.test("an entry leads to where it was opened, with its role", () => {
  assert.equal(addressOf(session("a", 1)), "/s/a#a.i.signature");
});
