import assert from "node:assert/strict";
import { checkConnection, type Verdict, type Ways } from "../../Sources/Web/connection-check.ts";

type Way = "request" | "webSocket" | "polling";

/** A network on which some ways fail and each try takes as long as it says. */
function network(broken: Way[], milliseconds: number[] = []) {
  const tried: Way[] = [];
  let time = 0;
  const way = (name: Way) => () => {
    tried.push(name);
    time += milliseconds.shift() ?? 10;
    return broken.includes(name) ? Promise.reject(new Error()) : Promise.resolve(undefined);
  };
  const ways: Ways = {
    request: way("request"),
    webSocket: way("webSocket"),
    polling: way("polling"),
    now: () => time,
  };
  return { ways, tried };
}

async function verdict(ways: Ways): Promise<Verdict> {
  return (await checkConnection(ways)).verdict;
}

Deno.test("what the network took counts, and not what the page was busy with meanwhile", async () => {
  const { ways } = network([], [2_000, 2_000]);
  const busy = { ...ways, request: () => ways.request().then(() => 20) };
  assert.equal(await verdict(busy), "good");
  assert.equal(await verdict(network([], [2_000, 2_000]).ways), "slow");
});

Deno.test("a connection that carries all is good, and no more is tried than needed", async () => {
  const { ways, tried } = network([]);
  assert.equal(await verdict(ways), "good");
  assert.deepEqual(tried, ["request", "request", "webSocket"]);
});

Deno.test("the first request, which has most to do, does not make a connection slow", async () => {
  assert.equal(await verdict(network([], [2_000, 20]).ways), "good");
  assert.equal(await verdict(network([], [20, 2_000]).ways), "slow");
});

Deno.test("without WebSockets it is found out whether asking again and again works", async () => {
  const { ways, tried } = network(["webSocket"]);
  assert.equal(await verdict(ways), "polling");
  assert.deepEqual(tried, ["request", "request", "webSocket", "polling"]);
});

Deno.test("where nothing live gets through, the room is blocked", async () => {
  assert.equal(await verdict(network(["webSocket", "polling"]).ways), "blocked");
});

Deno.test("where no request gets through, the rest is not waited for", async () => {
  const { ways, tried } = network(["request"]);
  assert.equal(await verdict(ways), "unreachable");
  assert.deepEqual(tried, ["request"]);
});
