import { io } from "socket.io-client";
import type { Transport } from "./connection.ts";
import type { Resume } from "./messages.ts";

/** What a connection begins with; asked again at each attempt, as the revision has moved on. */
export interface Auth {
  token: string;
  name?: string;
  resume?: Resume;
}

/** A Socket.IO socket on a connection of its own to where this page came from; it connects when told. */
export function makeTransport(auth: () => Auth): Transport {
  return io({
    autoConnect: false,
    forceNew: true,
    auth: (send) => send(auth()),
    reconnectionDelay: 400,
    reconnectionDelayMax: 5_000,
  });
}
