import type { ReactNode } from "react";
import { type PanelName } from "../side-panels.ts";
import { texts } from "../texts.ts";
import { Icon } from "./Icon.tsx";

interface Props {
  panel: PanelName;
  onClose: () => void;
  children: ReactNode;
}

/** What stands beside the code, never over it. */
export function SidePanel({ panel, onClose, children }: Props) {
  return (
    <aside
      id="side-panel"
      className={`side-panel is-${panel}`}
      data-pane="panel"
      tabIndex={-1}
      aria-labelledby="side-panel-title"
    >
      <header className="side-panel-head">
        <h2 id="side-panel-title" className="side-panel-title">{texts.panels[panel]}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={texts.panels.close}
          title={texts.panels.close}
          onClick={onClose}
        >
          <Icon name="x-lg" />
        </button>
      </header>
      {children}
    </aside>
  );
}
