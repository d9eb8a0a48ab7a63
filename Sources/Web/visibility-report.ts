import type { Delays } from "./delays.ts";

/** A page that is left or loaded anew is out of sight for a moment too, and says so by leaving. */
const hiddenMilliseconds = 1_000;

/** Reports whether the page is in front, and nothing twice. */
export class VisibilityReport {
  private isHidden = false;

  constructor(
    private readonly isReported: () => boolean,
    private readonly report: (isHidden: boolean) => void,
    private readonly delays: Delays,
  ) {}

  changed(isHidden: boolean) {
    this.isHidden = isHidden;
    this.check();
  }

  /** Due after each welcome too, as a join begins in sight. */
  check() {
    this.delays.cancel("hidden");
    if (this.isHidden) this.delays.once("hidden", hiddenMilliseconds, () => this.tell());
    else this.tell();
  }

  private tell() {
    if (this.isReported() !== this.isHidden) this.report(this.isHidden);
  }
}
