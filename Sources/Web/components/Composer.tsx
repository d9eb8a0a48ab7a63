import { type KeyboardEvent, useState } from "react";
import { written } from "../writing.ts";
import { Icon, type IconName } from "./Icon.tsx";

interface Props {
  label: string;
  button: string;
  icon: IconName;
  hint: string;
  lengthMax: number;
  onWrite: (text: string) => void;
}

/** A place to write something that Enter sends off. */
export function Composer({ label, button, icon, hint, lengthMax, onWrite }: Props) {
  const [text, setText] = useState("");
  const ready = written(text, lengthMax);
  const send = () => {
    if (ready === "") return;
    onWrite(ready);
    setText("");
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        className="composer-text"
        aria-label={label}
        placeholder={label}
        title={hint}
        rows={2}
        maxLength={lengthMax}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => sendsOff(event) && (event.preventDefault(), send())}
      />
      <button
        type="submit"
        className="icon-button composer-button"
        aria-label={button}
        title={button}
        disabled={ready === ""}
      >
        <Icon name={icon} />
      </button>
    </form>
  );
}

/** Enter that ends a word of an input method is meant for that. */
export function sendsOff(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing;
}
