/** Names of Bootstrap's icons; the build reads this list and puts each into the page. */
export type IconName =
  | "arrow-right"
  | "check2"
  | "chevron-down"
  | "clipboard"
  | "cloud-check"
  | "cloud-slash"
  | "cloud-upload"
  | "eye"
  | "link-45deg"
  | "lock"
  | "people"
  | "stop-circle"
  | "unlock"
  | "x-lg";

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" aria-hidden="true">
      <use href={`#icon-${name}`} />
    </svg>
  );
}
