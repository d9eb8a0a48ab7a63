import { type FormEvent, useState } from "react";
import { APIError, type CreatedSession, createSession } from "../api.ts";
import { copyLater } from "../clipboard.ts";
import { faultOf, type NewSession, newSessionAtFirst, requestOf } from "../new-session.ts";
import { rememberedName, rememberLinks, rememberName } from "../room-storage.ts";
import { texts } from "../texts.ts";
import { Alert } from "./Alert.tsx";
import { Icon } from "./Icon.tsx";
import { NameField } from "./NameField.tsx";
import { SetUp } from "./SetUp.tsx";

type Fault = keyof typeof texts.start.faults;

interface Props {
  onCreated: (session: CreatedSession, wasCopied: boolean) => void;
  onSetUp: (isOpen: boolean) => void;
}

/** Creates a session and copies the candidate's link in the same click. */
export function StartForm({ onCreated, onSetUp }: Props) {
  const [name, setName] = useState(rememberedName);
  const [session, setSession] = useState(newSessionAtFirst);
  const { isStarting, fault, start } = useStart(onCreated);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    rememberName(name.trim());
    start(session);
  };

  return (
    <form className="start-form" onSubmit={submit}>
      <div className="field-row">
        <NameField
          label={texts.start.name}
          placeholder={texts.start.namePlaceholder}
          value={name}
          onChange={setName}
        />
        <button type="submit" className="button is-primary is-large" aria-disabled={isStarting}>
          {isStarting ? texts.start.starting : texts.start.button}
          <Icon name="arrow-right" />
        </button>
      </div>
      {fault && <Alert {...texts.start.faults[fault]} />}
      <p className="hint">{texts.start.hint}</p>
      <SetUp
        session={session}
        onChange={(change) => setSession({ ...session, ...change })}
        onToggle={onSetUp}
      />
    </form>
  );
}

function useStart(onCreated: Props["onCreated"]) {
  const [isStarting, setStarting] = useState(false);
  const [fault, setFault] = useState<Fault>();

  const start = async (session: NewSession) => {
    if (isStarting) return;
    const found = faultOf(session);
    setFault(found);
    if (found) return;
    setStarting(true);
    const created = createSession(requestOf(session));
    const copied = copyLater(created.then(({ links }) => links.candidate)).catch(() => false);
    try {
      const { id, links } = await created;
      rememberLinks(id, links);
      onCreated(await created, await copied);
    } catch (error) {
      setFault(faultOfAnswer(error));
      setStarting(false);
    }
  };
  return { isStarting, fault, start };
}

function faultOfAnswer(error: unknown): Fault {
  if (!(error instanceof APIError)) return "unavailable";
  if (error.status === 401 || error.status === 403) return "creation_forbidden";
  if (error.status === 413 || error.status === 422) return "invalid_field";
  return error.status === 429 ? "rate_limited" : "unavailable";
}
