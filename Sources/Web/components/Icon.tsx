/** Names of Bootstrap's icons; the build reads this list and puts each into the page. */
export type IconName =
  | "arrow-right"
  | "box-arrow-in-right"
  | "box-arrow-right"
  | "geo-alt"
  | "camera-video-off"
  | "chat"
  | "check2"
  | "chevron-down"
  | "clipboard"
  | "clock-history"
  | "cloud-check"
  | "cloud-slash"
  | "cloud-upload"
  | "code-slash"
  | "dash-lg"
  | "door-open"
  | "download"
  | "eye"
  | "eye-fill"
  | "journal-text"
  | "keyboard"
  | "link-45deg"
  | "lock"
  | "pause"
  | "pencil"
  | "people"
  | "play"
  | "plus-lg"
  | "send"
  | "sliders"
  | "stop-circle"
  | "stopwatch"
  | "trash"
  | "unlock"
  | "window-stack"
  | "x-lg";

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" aria-hidden="true">
      <use href={`#icon-${name}`} />
    </svg>
  );
}
