import type { RoomView } from "../live-room.ts";
import { texts } from "../texts.ts";
import { Icon, type IconName } from "./Icon.tsx";

/** Tells the truth about what is saved: only what the log has counts. */
export function StatusPill({ view }: { view: RoomView }) {
  const { kind, icon, text } = statusOf(view);
  return (
    <span className={`pill is-${kind}`} role="status">
      <Icon name={icon} />
      {text}
    </span>
  );
}

function statusOf(view: RoomView): { kind: string; icon: IconName; text: string } {
  const { isOnline, unsavedCount, room } = view;
  const { status } = texts;
  if (!isOnline && unsavedCount > 0) {
    return { kind: "offline", icon: "cloud-slash", text: status.offline(unsavedCount) };
  }
  if (!isOnline && room) return { kind: "offline", icon: "cloud-slash", text: status.reconnecting };
  if (!isOnline) return { kind: "busy", icon: "cloud-upload", text: status.connecting };
  if (unsavedCount > 0) {
    return { kind: "busy", icon: "cloud-upload", text: status.saving(unsavedCount) };
  }
  return { kind: "saved", icon: "cloud-check", text: status.saved };
}
