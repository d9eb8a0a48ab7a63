import { useState } from "react";
import { copy } from "../clipboard.ts";
import { useMoment } from "../hooks.ts";
import { texts } from "../texts.ts";
import { Icon } from "./Icon.tsx";

interface Props {
  label: string;
  text: string;
  /** What stands on it. */
  word?: string;
}

/** Copies a text and says so; where copying is forbidden the text is shown, to be copied by hand. */
export function CopyButton({ label, text, word = texts.links.copyWord }: Props) {
  const [wasCopied, setCopied] = useMoment();
  const [hasFailed, setFailed] = useState(false);
  const onClick = async () => {
    const isDone = await copy(text);
    setFailed(!isDone);
    if (isDone) setCopied();
  };
  return (
    <>
      <button type="button" className="button" aria-label={label} onClick={onClick}>
        <Icon name={wasCopied ? "check2" : "clipboard"} />
        <span aria-live="polite">{wasCopied ? texts.room.copied : word}</span>
      </button>
      {hasFailed && (
        <p className="copy-failed" role="alert">
          {texts.room.copyFailed} <code className="link-text">{text}</code>
        </p>
      )}
    </>
  );
}
