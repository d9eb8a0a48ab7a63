import { type FormEvent, useState } from "react";
import { useTitle } from "../hooks.ts";
import { rememberedName, rememberName } from "../room-storage.ts";
import { texts } from "../texts.ts";
import { Brand } from "./Brand.tsx";
import { Icon } from "./Icon.tsx";
import { NameField } from "./NameField.tsx";

interface Props {
  title: string | undefined;
  onJoin: (name: string) => void;
}

/** Asks for a name before joining: one field, one button, and Enter is enough. */
export function ArrivingPage({ title, onJoin }: Props) {
  const [name, setName] = useState(rememberedName);
  useTitle(title);

  const join = (event: FormEvent) => {
    event.preventDefault();
    rememberName(name.trim());
    onJoin(name.trim());
  };

  return (
    <main className="plain-page">
      <Brand />
      <form className="plain-body" onSubmit={join}>
        <h1 className="title">{title ?? texts.arriving.title}</h1>
        <p className="lead">{texts.arriving.lead}</p>
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
      </form>
    </main>
  );
}
