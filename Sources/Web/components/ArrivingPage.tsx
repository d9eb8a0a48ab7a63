import { type FormEvent, useState } from "react";
import type { Session } from "../api.ts";
import { useTitle } from "../hooks.ts";
import type { Role } from "../messages.ts";
import { rememberedName, rememberName } from "../room-storage.ts";
import { texts } from "../texts.ts";
import { ConnectionLine } from "./ConnectionLine.tsx";
import { Icon } from "./Icon.tsx";
import { NameField } from "./NameField.tsx";
import { PlainPage } from "./PlainPage.tsx";
import { RecordedList } from "./RecordedList.tsx";
import { WhoIsThere } from "./WhoIsThere.tsx";

interface Props {
  session: Session | undefined;
  role: Role;
  onJoin: (name: string) => void;
}

/** Says what is behind the door, and asks for a name: one field, one button, and Enter is enough. */
export function ArrivingPage({ session, role, onJoin }: Props) {
  const [name, setName] = useState(rememberedName);
  const title = session?.title || texts.arriving.title;
  const asks = role === "candidate" && session?.admission === "ask";
  useTitle(session?.title || undefined);

  const join = (event: FormEvent) => {
    event.preventDefault();
    rememberName(name.trim());
    onJoin(name.trim());
  };

  return (
    <PlainPage kind="arriving">
      <form className="arriving-door" onSubmit={join}>
        <h1 className="title">{title}</h1>
        <p className="lead">{texts.arriving.leads[role]}</p>
        {asks && <p className="lead">{texts.arriving.asks}</p>}
        <div className="field-row">
          <NameField
            label={texts.arriving.name}
            placeholder={texts.arriving.namePlaceholder}
            value={name}
            onChange={setName}
            autoFocus
          />
          <button type="submit" className="button is-primary is-large">
            {texts.arriving.button}
            <Icon name="arrow-right" />
          </button>
        </div>
        <ConnectionLine />
      </form>
      <div className="arriving-facts">
        {session && <WhoIsThere participants={session.participants} role={role} />}
        <RecordedList role={role} />
      </div>
    </PlainPage>
  );
}
