import type { PanelName } from "../side-panels.ts";
import { texts } from "../texts.ts";
import { Icon, type IconName } from "./Icon.tsx";

interface Props {
  panels: PanelName[];
  open: PanelName | undefined;
  presentCount: number;
  unreadCount: number;
  onOpen: (panel: PanelName | undefined) => void;
}

const icons: Record<PanelName, IconName> = {
  people: "people",
  chat: "chat",
  record: "clock-history",
  notes: "journal-text",
  view: "sliders",
  keys: "keyboard",
};

/** What can stand beside the code: one button each, which opens and closes it. */
export function PanelRail({ panels, open, presentCount, unreadCount, onOpen }: Props) {
  const counts: Partial<Record<PanelName, number>> = { people: presentCount, chat: unreadCount };
  return (
    <nav className="rail" data-pane="rail" aria-label={texts.panels.label}>
      {panels.map((panel) => (
        <RailButton
          key={panel}
          panel={panel}
          count={counts[panel] ?? 0}
          isOpen={panel === open}
          onClick={() => onOpen(panel === open ? undefined : panel)}
        />
      ))}
    </nav>
  );
}

interface ButtonProps {
  panel: PanelName;
  count: number;
  isOpen: boolean;
  onClick: () => void;
}

function RailButton({ panel, count, isOpen, onClick }: ButtonProps) {
  const name = texts.panels[panel];
  const isUnread = panel === "chat" && count > 0;
  const label = isUnread
    ? `${name}, ${texts.panels.unread(count)}`
    : panel === "people"
    ? `${name}: ${count}`
    : name;
  return (
    <button
      type="button"
      className={`rail-button is-${panel}`}
      aria-label={label}
      aria-expanded={isOpen}
      aria-controls={isOpen ? "side-panel" : undefined}
      title={name}
      onClick={onClick}
    >
      <Icon name={icons[panel]} />
      {count > 0 && (
        <span className={isUnread ? "rail-count is-unread" : "rail-count"} aria-hidden="true">
          {count > 99 ? "99+" : count}
        </span>
      )}
    </button>
  );
}
