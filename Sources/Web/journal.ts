import type { Commit } from "./messages.ts";

/** As many as a snapshot has, and among them as many reports of pages out of sight. */
const eventsMax = 500;
const hiddenMax = 200;

/** The newest commits that are no edits and one more, as the server keeps them in its snapshots. */
export function recording(events: readonly Commit[], commit: Commit): readonly Commit[] {
  const all = [...events, commit];
  const dispensable = dispensableIn(all.filter(isReport));
  return all.filter((event) => event !== dispensable).slice(-eventsMax);
}

/** Of too many reports the oldest of whoever has the most, so that no page hides another's. */
function dispensableIn(reports: readonly Commit[]): Commit | undefined {
  if (reports.length <= hiddenMax) return undefined;
  const counts = new Map<string, number>();
  for (const { by } of reports) counts.set(by, (counts.get(by) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return reports.find(({ by }) => counts.get(by) === most);
}

function isReport({ hidden }: Commit): boolean {
  return hidden !== undefined;
}
