import { useState } from "react";
import type { CreatedSession } from "../api.ts";
import { useTitle } from "../hooks.ts";
import { recentSessions } from "../recent-sessions.ts";
import { texts } from "../texts.ts";
import { Points } from "./Points.tsx";
import { PlainPage } from "./PlainPage.tsx";
import { Preview } from "./Preview.tsx";
import { RecentList } from "./RecentList.tsx";
import { StartForm } from "./StartForm.tsx";

interface Props {
  onCreated: (session: CreatedSession, wasCopied: boolean) => void;
}

/** One button that opens a room; below it the rooms that were open here before. */
export function StartPage({ onCreated }: Props) {
  const [sessions] = useState(() => recentSessions.all);
  const [isSettingUp, setSettingUp] = useState(false);
  useTitle(undefined);
  return (
    <PlainPage kind="start">
      <div className={isSettingUp ? "hero is-setting-up" : "hero"}>
        <section className="hero-words">
          <h1 className="display">{texts.start.title}</h1>
          <p className="lead">{texts.start.lead}</p>
          <StartForm onCreated={onCreated} onSetUp={setSettingUp} />
        </section>
        <Preview />
      </div>
      {sessions.length > 0 ? <RecentList sessions={sessions} /> : <Points />}
    </PlainPage>
  );
}
