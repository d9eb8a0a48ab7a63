/** `6 s`, `2 min`, `1 h 5 min`: as one would say it. */
export function durationText(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${(minutes - rest) / 60} h ${rest} min`;
}

/** The time of day, as the reader's system writes it. */
export function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString([], { timeStyle: "short" });
}

/** `+0:07`, `+12:04`, `+1:02:03` after a beginning; the time of day without one, or before it. */
export function timeSince(beganAt: number | undefined, at: number): string {
  if (beganAt === undefined || at < beganAt) return timeOfDay(at);
  const seconds = Math.floor((at - beganAt) / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const tail = `${seconds % 60}`.padStart(2, "0");
  return hours > 0 ? `+${hours}:${`${minutes}`.padStart(2, "0")}:${tail}` : `+${minutes}:${tail}`;
}
