import type { Participant } from "../messages.ts";
import { sorted } from "../people.ts";
import { texts } from "../texts.ts";
import { Badge } from "./Badge.tsx";

const badgesMax = 4;

interface Props {
  participants: readonly Participant[];
  self: string | undefined;
  onOpen: () => void;
}

/** Who is here, at a glance; more on a click. */
export function Badges({ participants, self, onOpen }: Props) {
  const present = sorted(participants.filter((one) => one.connected && !one.waiting), self);
  const more = present.length - badgesMax;
  const names = present.map(({ name }) => name).join(", ");
  return (
    <button
      type="button"
      className="badges"
      aria-label={`${texts.people.here}: ${present.length}`}
      title={names}
      onClick={onOpen}
    >
      {present.slice(0, badgesMax).map(({ participant, name, color }) => (
        <Badge key={participant} name={name} color={color} />
      ))}
      {more > 0 && <span className="badge is-more">+{more}</span>}
    </button>
  );
}
