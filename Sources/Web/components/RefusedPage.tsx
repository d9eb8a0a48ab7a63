import { useEffect } from "react";
import type { Session } from "../api.ts";
import type { Failure } from "../arrival.ts";
import { copy } from "../clipboard.ts";
import { useMoment } from "../hooks.ts";
import { texts } from "../texts.ts";
import { DownloadButton } from "./DownloadButton.tsx";
import { Icon } from "./Icon.tsx";
import { MessagePage } from "./MessagePage.tsx";

/** What passes by itself is tried again this often. */
const retryMilliseconds = 5_000;

interface Props {
  failure: Failure;
  /** As far as it is known. */
  session: Session | undefined;
  onRetry: () => void;
  onRename: () => void;
}

/** Why somebody is not let in, and the one thing that helps. */
export function RefusedPage({ failure, session, onRetry, onRename }: Props) {
  const isPassing = failure === "unavailable" || failure === "rate_limited";
  useEffect(() => {
    if (!isPassing) return;
    const timer = setInterval(onRetry, retryMilliseconds);
    return () => clearInterval(timer);
  }, [isPassing, onRetry]);

  return (
    <MessagePage failure={failure}>
      {isPassing && <p className="hint">{texts.failureActions.retrying}</p>}
      {(failure === "room_full" || isPassing) && (
        <button type="button" className="button is-primary is-large" onClick={onRetry}>
          {texts.failureActions.retry}
        </button>
      )}
      {failure === "invalid_name" && (
        <button type="button" className="button is-primary is-large" onClick={onRename}>
          {texts.failureActions.rename}
        </button>
      )}
      {failure === "session_ended" && session?.text !== undefined && (
        <FinalCode session={session} text={session.text} />
      )}
    </MessagePage>
  );
}

function FinalCode({ session, text }: { session: Session; text: string }) {
  const [wasCopied, setCopied] = useMoment();
  if (text === "") return <p className="hint">{texts.ended.empty}</p>;
  return (
    <section className="final" aria-label={texts.ended.code}>
      <div className="final-bar">
        <span className="final-title">{session.title || texts.room.untitled}</span>
        <button
          type="button"
          className="button is-quiet"
          onClick={async () => await copy(text) && setCopied()}
        >
          <Icon name={wasCopied ? "check2" : "clipboard"} />
          <span aria-live="polite">
            {wasCopied ? texts.room.copied : texts.failureActions.copyCode}
          </span>
        </button>
        <DownloadButton title={session.title} language={session.language} text={() => text} />
      </div>
      {/* Focusable, as what scrolls must be reachable by keyboard. */}
      <pre className="final-code" tabIndex={0}>{text}</pre>
    </section>
  );
}
