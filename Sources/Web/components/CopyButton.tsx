import { copy } from "../clipboard.ts";
import { useMoment } from "../hooks.ts";
import { texts } from "../texts.ts";
import { Icon, type IconName } from "./Icon.tsx";

interface Props {
  icon: IconName;
  label: string;
  text: string;
}

/** Copies a text and says so; where copying is forbidden the text is shown to be copied by hand. */
export function CopyButton({ icon, label, text }: Props) {
  const [wasCopied, setCopied] = useMoment();
  const onClick = async () => {
    if (await copy(text)) setCopied();
    else prompt(texts.room.copyFailed, text);
  };
  return (
    <button type="button" className="button is-quiet" title={label} onClick={onClick}>
      <Icon name={wasCopied ? "check2" : icon} />
      <span className="button-label" aria-live="polite">
        {wasCopied ? texts.room.copied : label}
      </span>
    </button>
  );
}
