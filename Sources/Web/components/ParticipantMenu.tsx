import { useMenu } from "../hooks.ts";
import type { Participant } from "../messages.ts";
import type { RoomState } from "../room-state.ts";
import { texts } from "../texts.ts";

interface Props {
  room: RoomState;
  self: string | undefined;
}

const badgesMax = 4;

/** Who is in the room: initials in their colors, names and roles on demand. */
export function ParticipantMenu({ room, self }: Props) {
  const menu = useMenu();
  const present = room.participants.filter(({ connected }) => connected);
  const away = room.participants.filter(({ connected }) => !connected);
  const more = present.length - badgesMax;
  return (
    <details className="menu" ref={menu}>
      <summary className="badges" aria-label={`${texts.room.participants}: ${present.length}`}>
        {present.slice(0, badgesMax).map((one) => <Badge key={one.participant} one={one} />)}
        {more > 0 && <span className="badge is-more">+{more}</span>}
      </summary>
      <div className="menu-panel">
        <h2 className="menu-title">{texts.room.participants}</h2>
        <ul className="participants">
          {[...present, ...away].map((one) => (
            <li
              key={one.participant}
              className={one.connected ? "participant" : "participant is-away"}
            >
              <Badge one={one} />
              <span className="participant-name">
                <bdi>{one.name}</bdi>
                {one.participant === self && (
                  <span className="participant-note">({texts.room.you})</span>
                )}
              </span>
              <span className="participant-role">
                {one.connected ? texts.roles[one.role] : texts.room.away}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}

function Badge({ one }: { one: Participant }) {
  return (
    <span className={`badge participant-${one.color}`} title={one.name} aria-hidden="true">
      {initials(one.name)}
    </span>
  );
}

/** The first letters of the first and the last word, whatever the script. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => Array.from(word ?? "")[0] ?? "");
  return letters.join("").toLocaleUpperCase();
}
