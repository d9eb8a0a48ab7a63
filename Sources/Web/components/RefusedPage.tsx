import { copy } from "../clipboard.ts";
import { useMoment } from "../hooks.ts";
import type { Refusal } from "../messages.ts";
import { texts } from "../texts.ts";
import { MessagePage } from "./MessagePage.tsx";

interface Props {
  refusal: Refusal;
  /** The session's code, where it is known. */
  text: string | undefined;
  onRetry: () => void;
  onRename: () => void;
}

/** Why somebody is not let in, and the one thing that helps. */
export function RefusedPage({ refusal, text, onRetry, onRename }: Props) {
  return (
    <MessagePage failure={refusal}>
      {(refusal === "room_full" || refusal === "unavailable") && (
        <button type="button" className="button is-primary" onClick={onRetry}>
          {texts.failureActions.retry}
        </button>
      )}
      {refusal === "invalid_name" && (
        <button type="button" className="button is-primary" onClick={onRename}>
          {texts.failureActions.rename}
        </button>
      )}
      {refusal === "session_ended" && text !== undefined && <FinalCode text={text} />}
    </MessagePage>
  );
}

function FinalCode({ text }: { text: string }) {
  const [wasCopied, setCopied] = useMoment();
  return (
    <>
      {/* Focusable, as what scrolls must be reachable by keyboard. */}
      <pre className="final-code" tabIndex={0}>{text}</pre>
      <button
        type="button"
        className="button is-primary"
        onClick={async () => await copy(text) && setCopied()}
      >
        {wasCopied ? texts.room.copied : texts.failureActions.copyCode}
      </button>
    </>
  );
}
