import { useState } from "react";
import { texts } from "../texts.ts";
import { Icon } from "./Icon.tsx";

/** Ends the session for everybody, and therefore asks once more, in its own place. */
export function EndButton({ onEnd }: { onEnd: () => void }) {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <button
        type="button"
        className="button is-quiet"
        title={texts.room.end}
        onClick={() => setAsking(true)}
      >
        <Icon name="stop-circle" />
        <span className="button-label">{texts.room.end}</span>
      </button>
    );
  }
  return (
    <span className="confirmation" role="group" aria-label={texts.room.endSure}>
      <span>{texts.room.endSure}</span>
      <button type="button" className="button is-danger" onClick={onEnd} autoFocus>
        {texts.room.endConfirm}
      </button>
      <button type="button" className="button is-quiet" onClick={() => setAsking(false)}>
        {texts.room.cancel}
      </button>
    </span>
  );
}
