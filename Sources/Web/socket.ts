import { io } from "socket.io-client";
import type { Transport } from "./connection.ts";
import type { Resume } from "./messages.ts";

/** What a connection begins with; asked again at each attempt, as the revision has moved on. */
export interface Auth {
  token: string;
  name?: string;
  resume?: Resume;
}

/** A Socket.IO socket to the gateway this page came from; it connects when told. */
export function makeTransport(auth: () => Auth): Transport {
  return io({
    autoConnect: false,
    auth: (send) => send(auth()),
    reconnectionDelay: 400,
    reconnectionDelayMax: 5_000,
  });
}
