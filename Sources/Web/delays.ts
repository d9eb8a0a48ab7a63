/** Calls `action` once after so many milliseconds, unless the returned function is called before. */
export type Schedule = (milliseconds: number, action: () => void) => () => void;

/** Things to be done later, each under a name, so that asking often means doing it once. */
export class Delays {
  private readonly cancels = new Map<string, () => void>();

  constructor(private readonly schedule: Schedule) {}

  /** Asking again before the time has come changes nothing. */
  once(name: string, milliseconds: number, action: () => void) {
    if (this.cancels.has(name)) return;
    const cancel = this.schedule(milliseconds, () => {
      this.cancels.delete(name);
      action();
    });
    this.cancels.set(name, cancel);
  }

  cancel(name: string) {
    this.cancels.get(name)?.();
    this.cancels.delete(name);
  }

  cancelAll() {
    for (const name of [...this.cancels.keys()]) this.cancel(name);
  }
}
