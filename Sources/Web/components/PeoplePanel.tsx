import type { LiveRoom } from "../live-room.ts";
import type { Participant } from "../messages.ts";
import { sorted, type Standing, standingOf } from "../people.ts";
import { isHidden } from "../room-state.ts";
import { useTicks } from "../room-hooks.ts";
import type { RoomView } from "../room-view.ts";
import { texts } from "../texts.ts";
import { durationText } from "../times.ts";
import { Badge } from "./Badge.tsx";
import { CopyButton } from "./CopyButton.tsx";
import { Icon } from "./Icon.tsx";

interface Props {
  room: LiveRoom;
  view: RoomView;
}

interface PanelProps extends Props {
  /** For somebody who could be sent it; undefined where this browser does not know it. */
  candidateLink: string | undefined;
}

/** Who is in the room, how they are there, and the ways to where they are. */
export function PeoplePanel({ room, view, candidateLink }: PanelProps) {
  useTicks();
  const participants = sorted(view.room?.participants ?? [], view.participant);
  const here = participants.filter(({ connected }) => connected);
  const gone = participants.filter(({ connected }) => !connected);
  return (
    <div className="panel-scroll" tabIndex={0}>
      <People participants={here} room={room} view={view} />
      {here.length < 2 && (
        <p className="panel-hint">
          {gone.length > 0 ? texts.people.leftAlone : texts.people.alone}
        </p>
      )}
      {participants.length < 2 && candidateLink && !view.room?.ended && (
        <CopyButton
          label={texts.links.copy.candidate}
          word={texts.links.copy.candidate}
          text={candidateLink}
        />
      )}
      {gone.length > 0 && (
        <>
          <h3 className="panel-heading">{texts.people.gone}</h3>
          <People participants={gone} room={room} view={view} />
        </>
      )}
    </div>
  );
}

function People({ participants, room, view }: Props & { participants: Participant[] }) {
  return (
    <ul className="people">
      {participants.map((one) => (
        <Person
          key={one.participant}
          one={one}
          room={room}
          view={view}
        />
      ))}
    </ul>
  );
}

function Person({ one, room, view }: Props & { one: Participant }) {
  const liveness = view.pulses[one.participant];
  const hidden = view.room !== undefined && isHidden(view.room, one.participant);
  const isSelf = one.participant === view.participant;
  // Who reads this is here, whatever the room still has to learn of it.
  const known = isSelf && view.isOnline ? { ...one, connected: true } : one;
  const signs = { liveness, isHidden: hidden && !isSelf };
  const standing = standingOf(known, signs, room.now(), Date.now());
  return (
    <li className={`person is-${standing.kind}`}>
      <Badge name={one.name} color={one.color} />
      <span className="person-text">
        <span className="person-name">
          <bdi title={one.name}>{one.name}</bdi>
          {isSelf && <span className="person-self">{texts.room.you}</span>}
        </span>
        <span className="person-state">
          {texts.roles[one.role]}
          <StandingText standing={standing} />
          {liveness?.roundTrip !== undefined && standing.kind === "here" && (
            <span className="person-round-trip" title={texts.people.roundTripTitle}>
              {texts.people.roundTrip(liveness.roundTrip)}
            </span>
          )}
        </span>
      </span>
      {!isSelf && one.connected && !one.waiting && <Ways one={one} room={room} view={view} />}
    </li>
  );
}

function StandingText({ standing }: { standing: Standing }) {
  const text = standingText(standing);
  return text === undefined ? null : <span className="person-standing">{text}</span>;
}

function standingText(standing: Standing): string | undefined {
  const { people } = texts;
  switch (standing.kind) {
    case "here":
      return undefined;
    case "left":
      return standing.for === undefined ? texts.room.away : people.left(durationText(standing.for));
    case "reconnecting":
    case "lost":
    case "silent":
      return people[standing.kind](durationText(standing.for));
    default:
      return people[standing.kind];
  }
}

/** Going to where somebody is, once or all the time. */
function Ways({ one, room, view }: Props & { one: Participant }) {
  const isFollowed = view.followed === one.participant;
  const label = isFollowed ? texts.people.unfollow(one.name) : texts.people.follow(one.name);
  const jump = texts.people.jump(one.name);
  return (
    <span className="person-ways">
      <button
        type="button"
        className="icon-button"
        aria-label={jump}
        title={jump}
        onClick={() => room.shared.jumpTo(one.participant)}
      >
        <Icon name="geo-alt" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={label}
        title={label}
        aria-pressed={isFollowed}
        onClick={() => room.follow(isFollowed ? undefined : one.participant)}
      >
        <Icon name={isFollowed ? "eye-fill" : "eye"} />
      </button>
    </span>
  );
}
