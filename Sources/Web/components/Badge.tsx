import { initials } from "../people.ts";

interface Props {
  name: string | undefined;
  color: number | undefined;
}

/** Somebody's initials in their color; beside a name it says nothing more. */
export function Badge({ name = "", color }: Props) {
  const kind = color === undefined ? "is-nobody" : `participant-${color}`;
  return (
    <span className={`badge ${kind}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
