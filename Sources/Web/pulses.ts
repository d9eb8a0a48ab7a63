import type { Delays } from "./delays.ts";
import type { Pulse } from "./messages.ts";

/** How somebody was when last heard of. */
export interface Liveness {
  readonly idle: boolean;
  readonly roundTrip: number | undefined;
  /** By this page's clock. */
  readonly heardAt: number;
}

export type Pulses = Readonly<Record<string, Liveness>>;

export const idleMilliseconds = 60_000;
const beatMilliseconds = 10_000;
/** While a page builds itself it hears of an answer late. */
const settlingMilliseconds = 3_000;
/** Two that got lost, and a third that is late. */
const silentMilliseconds = 35_000;

/** Since when somebody who used to be heard of is not; undefined while all is well. */
export function silentSince(liveness: Liveness | undefined, now: number): number | undefined {
  if (!liveness || now - liveness.heardAt < silentMilliseconds) return undefined;
  return liveness.heardAt;
}

/**
 * Tells the others that we are here, and how long a word takes to the gateway and back.
 *
 * It beats every ten seconds, and at once when somebody turns idle or comes back. The first time it
 * measures nothing.
 */
export class Heart {
  private isIdle = false;
  private lastInputAt: number;
  private roundTrip: number | undefined;

  constructor(
    private readonly send: (pulse: Omit<Pulse, "by">, acknowledged: () => void) => void,
    private readonly measured: (own: Omit<Liveness, "heardAt">) => void,
    private readonly now: () => number,
    private readonly delays: Delays,
  ) {
    this.lastInputAt = now();
  }

  start() {
    this.watch();
    this.send({ idle: this.isIdle, roundTrip: undefined }, () => {});
    this.delays.once("beat", settlingMilliseconds, () => this.beat());
  }

  stop() {
    this.delays.cancel("beat");
    this.delays.cancel("idle");
    this.roundTrip = undefined;
  }

  /** A key, a click, a touch. */
  touched() {
    this.lastInputAt = this.now();
    if (this.isIdle) this.turn(false);
  }

  private watch() {
    const rest = this.lastInputAt + idleMilliseconds - this.now();
    if (rest <= 0) return this.turn(true);
    this.delays.once("idle", rest, () => this.watch());
  }

  private turn(isIdle: boolean) {
    this.isIdle = isIdle;
    this.delays.cancel("beat");
    this.beat();
    if (!isIdle) this.watch();
  }

  private beat() {
    const sentAt = this.now();
    this.send({ idle: this.isIdle, roundTrip: this.roundTrip }, () => {
      this.roundTrip = Math.min(Math.max(Math.round(this.now() - sentAt), 0), 60_000);
      this.measured({ idle: this.isIdle, roundTrip: this.roundTrip });
    });
    this.delays.once("beat", beatMilliseconds, () => this.beat());
  }
}
