/**
 * The owners' time as far as this page can tell: what was just committed was committed just now.
 *
 * A commit is never older here than its way took, so the smallest difference seen is the best guess.
 */
export class ServerClock {
  private difference: number | undefined;

  constructor(private readonly local: () => number) {}

  /** Takes the time of a commit that was made a moment ago. */
  heard(at: number) {
    const difference = this.local() - at;
    this.difference = Math.min(this.difference ?? difference, difference);
  }

  /** Begins anew, as a sleep or a clock that was set may lie between. */
  restart(at: number | undefined) {
    if (at === undefined) return;
    this.difference = undefined;
    this.heard(at);
  }

  now(): number {
    return this.local() - (this.difference ?? 0);
  }
}
