import type { ReactNode } from "react";
import { texts } from "../texts.ts";
import { Icon } from "./Icon.tsx";

interface Props {
  kind: "good" | "plain" | "warning";
  children: ReactNode;
  onDismiss?: () => void;
}

/** One thing to know, above the code. */
export function Bar({ kind, children, onDismiss }: Props) {
  return (
    <div className={`bar is-${kind}`}>
      <div className="bar-body">{children}</div>
      {onDismiss && (
        <button
          type="button"
          className="icon-button"
          aria-label={texts.room.dismiss}
          title={texts.room.dismiss}
          onClick={onDismiss}
        >
          <Icon name="x-lg" />
        </button>
      )}
    </div>
  );
}
