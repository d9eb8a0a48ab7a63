import { texts } from "../texts.ts";
import { Icon } from "./Icon.tsx";

interface Props {
  isLocked: boolean;
  onChange: (isLocked: boolean) => void;
}

export function LockButton({ isLocked, onChange }: Props) {
  const label = isLocked ? texts.room.unlock : texts.room.lock;
  return (
    <button
      type="button"
      className="button is-quiet"
      aria-pressed={isLocked}
      title={label}
      onClick={() => onChange(!isLocked)}
    >
      <Icon name={isLocked ? "unlock" : "lock"} />
      <span className="button-label">{label}</span>
    </button>
  );
}
