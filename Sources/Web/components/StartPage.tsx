import { type FormEvent, useState } from "react";
import { APIError, type CreatedSession, createSession } from "../api.ts";
import { copyLater } from "../clipboard.ts";
import { useTitle } from "../hooks.ts";
import { rememberedName, rememberLinks, rememberName } from "../room-storage.ts";
import { texts } from "../texts.ts";
import { Brand } from "./Brand.tsx";
import { Icon } from "./Icon.tsx";
import { type Failure, MessagePage } from "./MessagePage.tsx";
import { NameField } from "./NameField.tsx";
import { Preview } from "./Preview.tsx";

interface Props {
  onCreated: (session: CreatedSession, wasCopied: boolean) => void;
}

/** One button: it creates a session and copies the candidate's link in the same click. */
export function StartPage({ onCreated }: Props) {
  const [name, setName] = useState(rememberedName);
  const [isStarting, setStarting] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  useTitle(undefined);

  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (isStarting) return;
    setStarting(true);
    rememberName(name.trim());
    const created = createSession();
    const copied = copyLater(created.then(({ links }) => links.candidate)).catch(() => false);
    try {
      const session = await created;
      rememberLinks(session.id, session.links);
      onCreated(session, await copied);
    } catch (error) {
      setFailure(failureOf(error));
    }
    setStarting(false);
  };

  if (failure) {
    return (
      <MessagePage failure={failure}>
        <button type="button" className="button is-primary" onClick={() => setFailure(undefined)}>
          {texts.failureActions.retry}
        </button>
      </MessagePage>
    );
  }
  return (
    <main className="plain-page is-start">
      <Brand />
      <form className="plain-body" onSubmit={start}>
        <h1 className="display">{texts.start.title}</h1>
        <p className="lead">{texts.start.lead}</p>
        <div className="field-row">
          <NameField
            label={texts.start.name}
            placeholder={texts.start.namePlaceholder}
            value={name}
            onChange={setName}
          />
          <button type="submit" className="button is-primary is-large" disabled={isStarting}>
            {isStarting ? texts.start.starting : texts.start.button}
            <Icon name="arrow-right" />
          </button>
        </div>
        <p className="hint">{texts.start.hint}</p>
      </form>
      <Preview />
    </main>
  );
}

function failureOf(error: unknown): Failure {
  const isForbidden = error instanceof APIError && (error.status === 401 || error.status === 403);
  return isForbidden ? "creation_forbidden" : "unavailable";
}
