import { useState } from "react";
import { texts } from "../texts.ts";
import { Bar } from "./Bar.tsx";
import { CopyButton } from "./CopyButton.tsx";

/** How somebody came in who had to wait. */
export interface LetIn {
  /** Whether nobody's keys reach the code until they begin. */
  isHeld: boolean;
  onBegin: () => void;
  /** What was written in the practice editor. */
  practised: string;
}

interface Props extends LetIn {
  /** Whether something of theirs has gone into the room. */
  hasWritten: boolean;
}

/** That an interviewer has opened the door; what was written before it can be taken along. */
export function LetInBar({ isHeld, onBegin, practised, hasWritten }: Props) {
  const [wasHeld] = useState(isHeld);
  const [isDismissed, setDismissed] = useState(false);
  const hasText = practised.trim() !== "";
  const isKnown = !isHeld && (wasHeld || hasWritten);
  if (isDismissed || (isKnown && !hasText)) return null;
  return (
    <Bar kind="good" onDismiss={isHeld ? undefined : () => setDismissed(true)}>
      <span>{isHeld ? texts.waiting.beginHint : texts.waiting.letIn}</span>
      {isHeld && (
        <button type="button" className="button is-primary" onClick={onBegin}>
          {texts.waiting.begin} <kbd className="key">Enter</kbd>
        </button>
      )}
      {hasText && (
        <CopyButton
          label={texts.waiting.copyPractice}
          word={texts.waiting.copyPractice}
          text={practised}
        />
      )}
    </Bar>
  );
}
