import type { LiveRoom } from "../live-room.ts";
import type { RoomView } from "../room-view.ts";
import { texts } from "../texts.ts";
import { Badge } from "./Badge.tsx";
import { Icon } from "./Icon.tsx";

/** More would hide the code. */
const shownMax = 3;

interface Props {
  room: LiveRoom;
  view: RoomView;
}

/** Who waits at the door, for the interviewers: one click lets them in. */
export function AdmissionBar({ room, view }: Props) {
  const waiting = (view.room?.participants ?? []).filter((one) => one.waiting && one.connected);
  if (view.role !== "interviewer" || view.room?.ended || waiting.length === 0) return null;
  const admit = (participants: typeof waiting) => {
    for (const { participant } of participants) room.propose({ admit: participant });
  };
  const more = waiting.length - shownMax;
  return (
    // The announcer says it in its own words.
    <section className="bar is-good admission" aria-live="off" aria-label={texts.admission.label}>
      <Icon name="door-open" />
      <ul className="admission-list">
        {waiting.slice(0, shownMax).map((one) => (
          <li key={one.participant} className="admission-one">
            <Badge name={one.name} color={one.color} />
            <span className="admission-name">
              <bdi title={one.name}>{one.name}</bdi>
            </span>
            <span className="admission-waits">{texts.admission.waits}</span>
            <button
              type="button"
              className="button is-primary"
              aria-label={texts.admission.admitLabel(one.name)}
              onClick={() =>
                admit([one])}
            >
              {texts.admission.admit}
            </button>
          </li>
        ))}
        {more > 0 && <li className="admission-more">{texts.admission.more(more)}</li>}
      </ul>
      {waiting.length > 1 && (
        <button
          type="button"
          className="button"
          onClick={() => admit(waiting)}
        >
          {texts.admission.admitAll}
        </button>
      )}
    </section>
  );
}
