import { useState } from "react";
import { useTitle } from "../hooks.ts";
import type { Practice } from "../practice.ts";
import type { RoomView } from "../room-view.ts";
import { texts } from "../texts.ts";
import { Icon } from "./Icon.tsx";
import { LanguagePicker } from "./LanguagePicker.tsx";
import { PageTitle, PlainPage } from "./PlainPage.tsx";
import { PracticeEditor } from "./PracticeEditor.tsx";
import { WhoIsThere } from "./WhoIsThere.tsx";

interface Props {
  waiting: NonNullable<RoomView["waiting"]>;
  practice: Practice;
}

/** The time until an interviewer opens the door: what is being waited for, and something to do. */
export function WaitingPage({ waiting, practice }: Props) {
  const [language, setLanguage] = useState(waiting.language);
  useTitle(texts.waiting.tab(waiting.title || texts.room.untitled));
  return (
    <PlainPage kind="waiting">
      <section className="waiting-words">
        <p className="waiting-session">{waiting.title || texts.arriving.title}</p>
        <PageTitle>{texts.waiting.title}</PageTitle>
        <WaitingState waiting={waiting} />
        <WhoIsThere participants={waiting.participants} role={waiting.role} />
      </section>
      <section className="practice" aria-labelledby="practice-title">
        <header className="practice-bar">
          <div>
            <h2 id="practice-title" className="section-title">{texts.waiting.practice}</h2>
            <p className="hint">{texts.waiting.practiceHint}</p>
          </div>
          <LanguagePicker language={language} isDisabled={false} onPick={setLanguage} />
        </header>
        <PracticeEditor language={language} practice={practice} />
      </section>
    </PlainPage>
  );
}

function WaitingState({ waiting }: Pick<Props, "waiting">) {
  const { participants, isHeld } = waiting;
  const hosts = participants.filter(({ role, connected }) => role === "interviewer" && connected);
  const names = hosts.map(({ name }) => name);
  const { told, nobody, lost } = texts.waiting;
  const text = !isHeld ? lost : names.length > 0 ? told(names) : nobody;
  return (
    <div className={isHeld ? "waiting-state" : "waiting-state is-lost"} role="status">
      <Icon name={isHeld ? "door-open" : "cloud-slash"} />
      <p>{text}</p>
    </div>
  );
}
