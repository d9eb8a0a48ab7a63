import type { SetTimer, Timer } from "./messages.ts";

export const minute = 60_000;
/** As much as the room takes. */
const remainingMax = 24 * 60 * minute;
const closingMilliseconds = 5 * minute;

/** What remains of a timer, in milliseconds, by the owner's clock. */
export function remainingOf({ running, remaining, at }: SetTimer, now: number): number {
  return running ? Math.max(0, remaining - Math.max(0, now - at)) : remaining;
}

/** Whether the time draws to its end, which is said by a color and by nothing louder. */
export function isClosing(remaining: number): boolean {
  return remaining <= closingMilliseconds;
}

export function started(minutes: number): Timer {
  return { running: true, remaining: bounded(minutes * minute) };
}

/** Stops it where it stands, or lets it go on from there. */
export function toggled(timer: SetTimer, now: number): Timer {
  return { running: !timer.running, remaining: remainingOf(timer, now) };
}

export function extended(timer: SetTimer, minutes: number, now: number): Timer {
  const remaining = bounded(remainingOf(timer, now) + minutes * minute);
  return { running: timer.running, remaining };
}

export const noTimer: Timer = { running: false, remaining: 0 };

/** `4:05`, `1:00:00`; what has begun of a second counts, so that it stands at nothing only at the end. */
export function clockText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => index === 0 ? `${part}` : `${part}`.padStart(2, "0")).join(":");
}

function bounded(remaining: number): number {
  return Math.round(Math.min(Math.max(remaining, 0), remainingMax));
}
