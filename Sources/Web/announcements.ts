import type { Commit, Participant } from "./messages.ts";
import type { RoomState } from "./room-state.ts";
import { texts } from "./texts.ts";

/** What a screen reader is told of a commit: what changes the room, and nothing of the typing. */
export function announcementOf(
  commit: Commit,
  { participants }: RoomState,
  self: string,
): string | undefined {
  const { announcements } = texts;
  const isOwn = commit.by === self;
  const name = nameOf(commit.by, participants);
  if (commit.ended !== undefined) return announcements.ended;
  if (commit.timer !== undefined) return timerAnnouncement(commit);
  if (isOwn) return undefined;
  if (commit.chat !== undefined) return announcements.chat(name, commit.chat);
  if (commit.joined) {
    return commit.joined.waiting ? announcements.waits(name) : announcements.joined(name);
  }
  if (commit.left) {
    return commit.left.reason === "lost" ? announcements.lost(name) : announcements.left(name);
  }
  if (commit.locked !== undefined) {
    return commit.locked ? announcements.locked : announcements.unlocked;
  }
  if (commit.language !== undefined) return announcements.language(commit.language);
  return undefined;
}

function timerAnnouncement({ timer }: Commit): string {
  const { announcements } = texts;
  if (!timer || (!timer.running && timer.remaining === 0)) return announcements.timerGone;
  const minutes = Math.round(timer.remaining / 60_000);
  return timer.running ? announcements.timerRuns(minutes) : announcements.timerStands(minutes);
}

function nameOf(participant: string, participants: readonly Participant[]): string {
  return participants.find((one) => one.participant === participant)?.name ?? texts.people.unknown;
}
