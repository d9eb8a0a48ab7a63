import type { Transport } from "../../Sources/Web/connection.ts";
import type { Schedule } from "../../Sources/Web/delays.ts";

/** A socket whose other end is the test. */
export class FakeTransport implements Transport {
  connected = false;
  active = true;
  sent: [string, unknown][] = [];
  pulses: unknown[] = [];
  acknowledgements: (() => void)[] = [];
  connects = 0;
  private readonly handlers = new Map<string, ((argument: unknown) => void)[]>();

  on(event: string, handler: (argument: unknown) => void) {
    this.handlers.set(event, [...(this.handlers.get(event) ?? []), handler]);
  }
  emit(event: string, argument: unknown, acknowledged?: () => void) {
    // What tells only that somebody is there would stand between all else.
    if (event !== "pulse") this.sent.push([event, argument]);
    else this.pulses.push(argument);
    if (acknowledged) this.acknowledgements.push(acknowledged);
  }
  connect() {
    this.connects += 1;
    this.active = true;
  }
  disconnect() {
    this.active = false;
    this.receive("disconnect");
  }
  receive(event: string, argument?: unknown) {
    for (const handler of this.handlers.get(event) ?? []) handler(argument);
  }
}

/** Time that passes when the test says so. */
export class Clock {
  private now = 0;
  private timers: { at: number; action: () => void }[] = [];

  schedule: Schedule = (milliseconds, action) => {
    const timer = { at: this.now + milliseconds, action };
    this.timers.push(timer);
    return () => this.timers = this.timers.filter((other) => other !== timer);
  };

  read = () => this.now;

  pass(milliseconds: number) {
    this.now += milliseconds;
    const due = this.timers.filter(({ at }) => at <= this.now);
    this.timers = this.timers.filter(({ at }) => at > this.now);
    for (const { action } of due) action();
  }
}

/** A browser's storage, empty at first. */
export class FakeStorage {
  private readonly values = new Map<string, string>();

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    this.values.set(key, value);
  }
  removeItem(key: string) {
    this.values.delete(key);
  }
}
