import { useState } from "react";
import { addressOf, type RecentSession, recentSessions } from "../recent-sessions.ts";
import { texts } from "../texts.ts";
import { whenText } from "../when.ts";
import { Icon } from "./Icon.tsx";

/** The sessions that were open in this browser. One that was just forgotten can be taken back. */
export function RecentList({ sessions }: { sessions: RecentSession[] }) {
  return (
    <section className="recent" aria-labelledby="recent-title">
      <h2 id="recent-title" className="section-title">{texts.recent.title}</h2>
      <p className="hint">{texts.recent.hint}</p>
      <ul className="recent-list">
        {sessions.map((one) => <Recent key={`${one.id} ${one.role}`} session={one} />)}
      </ul>
    </section>
  );
}

function Recent({ session }: { session: RecentSession }) {
  const [takeBack, setTakeBack] = useState<() => void>();
  const isForgotten = takeBack !== undefined;
  const title = session.title || texts.room.untitled;
  const act = isForgotten ? texts.recent.undo : texts.recent.forget;
  const toggle = () => {
    takeBack?.();
    const next = isForgotten ? undefined : recentSessions.forget(session);
    setTakeBack(() => next);
  };
  return (
    <li className={isForgotten ? "recent-item is-forgotten" : "recent-item"}>
      {isForgotten
        ? <span className="recent-open" role="status">{texts.recent.forgotten(title)}</span>
        : (
          <a className="recent-open" href={addressOf(session)}>
            <span className="recent-title">
              <bdi>{title}</bdi>
            </span>
            <span className="recent-facts">
              <span className={`tag is-${session.role}`}>{texts.roles[session.role]}</span>
              {session.hasEnded && <span className="tag">{texts.status.ended}</span>}
              <time dateTime={new Date(session.at).toISOString()}>
                {whenText(session.at, Date.now())}
              </time>
            </span>
          </a>
        )}
      <button
        type="button"
        className="button is-quiet"
        aria-label={isForgotten ? texts.recent.undoLabel(title) : texts.recent.forgetLabel(title)}
        onClick={toggle}
      >
        {!isForgotten && <Icon name="x-lg" />}
        {act}
      </button>
    </li>
  );
}
