import type { Ways } from "./connection-check.ts";

/** A network that answers later than this does not carry a conversation. */
const patienceMilliseconds = 8_000;

/** The ways from this page to the server, as a browser goes them. */
export const ways: Ways = {
  now: () => performance.now(),
  request: async () => {
    const response = await get("/api/health");
    await response.arrayBuffer();
    return roundTripTo(response.url);
  },
  webSocket: () =>
    new Promise((opened, failed) => {
      const address = new URL(line("websocket"), location.href);
      address.protocol = address.protocol.replace("http", "ws");
      const socket = new WebSocket(address);
      const timer = setTimeout(() => socket.close(), patienceMilliseconds);
      // A proxy may let it open and then carry nothing: the server's first words count.
      socket.onmessage = () => {
        opened();
        socket.close();
      };
      socket.onclose = () => {
        clearTimeout(timer);
        failed();
      };
    }),
  polling: async () => {
    const hello = await (await get(line("polling"))).text();
    // Engine.IO: `0` and the handshake; `1` closes, so that nothing is left waiting.
    const { sid } = JSON.parse(hello.slice(1));
    const address = `${line("polling")}&sid=${encodeURIComponent(sid)}`;
    await fetch(address, { method: "POST", body: "1" });
  },
};

/** As the network saw it: the editor may be loading, and the page hears of the answer when that is done. */
function roundTripTo(address: string): number | undefined {
  const [last] = performance.getEntriesByName(address).slice(-1) as PerformanceResourceTiming[];
  return last?.requestStart ? last.responseStart - last.requestStart : undefined;
}

function line(transport: string): string {
  return `/socket.io/?EIO=4&transport=${transport}`;
}

async function get(path: string): Promise<Response> {
  const signal = AbortSignal.timeout(patienceMilliseconds);
  const response = await fetch(path, { cache: "no-store", signal });
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
}
