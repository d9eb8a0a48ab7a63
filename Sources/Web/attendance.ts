import type { Connection } from "./connection.ts";
import type { Delays } from "./delays.ts";
import type { Pulse } from "./messages.ts";
import { Heart, type Liveness, type Pulses } from "./pulses.ts";
import { VisibilityReport } from "./visibility-report.ts";

/** What attendance needs to know and to have done. */
export interface AttendanceListener {
  readonly self: string | undefined;
  /** Whether the room has it that this page is out of sight. */
  readonly isReportedHidden: boolean;
  report(hidden: boolean): void;
  pulsesChanged(pulses: Pulses): void;
}

/** How everybody is there: in front of the page or not, idle or not, how far from the gateway. */
export class Attendance {
  private pulses: Pulses = {};
  private readonly heart: Heart;
  private readonly visibility: VisibilityReport;

  constructor(
    connection: Connection,
    private readonly listener: AttendanceListener,
    private readonly localTime: () => number,
    delays: Delays,
  ) {
    this.heart = new Heart(
      (pulse, acknowledged) => connection.pulse(pulse, acknowledged),
      (own) => listener.self !== undefined && this.heard(listener.self, own),
      localTime,
      delays,
    );
    this.visibility = new VisibilityReport(
      () => listener.isReportedHidden,
      (hidden) => listener.report(hidden),
      delays,
    );
  }

  /** Somebody is at this page. */
  touched() {
    this.heart.touched();
  }

  visibilityChanged(isHidden: boolean) {
    this.visibility.changed(isHidden);
  }

  /** What was heard of the others before is no news any more. */
  onlineChanged(isOnline: boolean) {
    this.pulses = {};
    this.listener.pulsesChanged(this.pulses);
    if (!isOnline) return this.heart.stop();
    this.heart.start();
    this.visibility.check();
  }

  received({ by, idle, roundTrip }: Pulse) {
    if (by !== this.listener.self) this.heard(by, { idle, roundTrip });
  }

  private heard(participant: string, one: Omit<Liveness, "heardAt">) {
    this.pulses = { ...this.pulses, [participant]: { ...one, heardAt: this.localTime() } };
    this.listener.pulsesChanged(this.pulses);
  }
}
