import type { Transport } from "../connection.ts";

/** The part of the Socket.IO client that is used; the build bundles the one it was given. */
export declare function io(options: {
  autoConnect: boolean;
  forceNew: boolean;
  auth: (send: (auth: unknown) => void) => void;
  reconnectionDelay: number;
  reconnectionDelayMax: number;
}): Transport;
