import type { Participant, Role } from "../messages.ts";
import { sorted } from "../people.ts";
import { texts } from "../texts.ts";
import { Badge } from "./Badge.tsx";

interface Props {
  participants: readonly Participant[];
  /** Of who is reading. */
  role: Role;
}

/** Who is in the room at this moment. */
export function WhoIsThere({ participants, role }: Props) {
  const present = participants.filter(({ connected, waiting }) => connected && !waiting);
  return (
    <section className="fact" aria-labelledby="who-title">
      <h2 id="who-title" className="section-title">{texts.arriving.who}</h2>
      {present.length === 0
        ? <p className="hint">{texts.arriving.nobody[role]}</p>
        : (
          <ul className="who-list">
            {sorted(present, undefined).map(({ participant, name, color, role }) => (
              <li key={participant} className="who">
                <Badge name={name} color={color} />
                <bdi className="who-name" title={name}>{name}</bdi>
                <span className="who-role">{texts.roles[role]}</span>
              </li>
            ))}
          </ul>
        )}
    </section>
  );
}
