import { useState } from "react";
import { type NewSession, titleLengthMax } from "../new-session.ts";
import { texts } from "../texts.ts";
import { LanguagePicker } from "./LanguagePicker.tsx";
import { Icon } from "./Icon.tsx";

interface Props {
  session: NewSession;
  onChange: (change: Partial<NewSession>) => void;
  onToggle: (isOpen: boolean) => void;
}

/** What a session may be given before it starts: folded away, as all of it can wait. */
export function SetUp({ session, onChange, onToggle }: Props) {
  const [isOpen, setOpen] = useState(false);
  const { setUp } = texts.start;
  const toggle = (isOpen: boolean) => {
    setOpen(isOpen);
    onToggle(isOpen);
  };
  return (
    <details
      className="set-up"
      open={isOpen}
      onToggle={({ currentTarget }) => toggle(currentTarget.open)}
    >
      <summary className="set-up-summary">
        <Icon name="chevron-down" />
        {setUp.summary}
      </summary>
      {isOpen && <Fields session={session} onChange={onChange} />}
    </details>
  );
}

function Fields({ session, onChange }: Omit<Props, "onToggle">) {
  const { setUp } = texts.start;
  return (
    <div className="set-up-fields">
      <label className="field">
        <span className="field-label">{setUp.title}</span>
        <input
          className="input"
          maxLength={titleLengthMax}
          placeholder={setUp.titlePlaceholder}
          value={session.title}
          onChange={({ currentTarget }) => onChange({ title: currentTarget.value })}
        />
      </label>
      <div className="field">
        <span className="field-label" aria-hidden="true">{setUp.language}</span>
        <LanguagePicker
          language={session.language}
          isDisabled={false}
          onPick={(language) => onChange({ language })}
        />
      </div>
      <label className="field">
        <span className="field-label">{setUp.text}</span>
        <textarea
          className="input is-code"
          rows={6}
          spellCheck={false}
          value={session.text}
          onChange={({ currentTarget }) => onChange({ text: currentTarget.value })}
        />
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={session.admission === "ask"}
          onChange={({ currentTarget }) =>
            onChange({ admission: currentTarget.checked ? "ask" : "open" })}
        />
        <span>
          {texts.links.ask}
          <span className="check-hint">{texts.links.askHint}</span>
        </span>
      </label>
    </div>
  );
}
