import { usePreferences } from "../hooks.ts";
import { fontSizes, type KeyChoice, keyChoices, preferences } from "../preferences.ts";
import { texts } from "../texts.ts";
import { Icon } from "./Icon.tsx";
import { ThemePicker } from "./ThemePicker.tsx";

/** How one likes to see the code. */
export function ViewPanel() {
  const { isWrapped, keys } = usePreferences();
  return (
    <div className="panel-scroll panel-form">
      <p className="panel-lead">{texts.view.only}</p>
      <div className="setting">
        <span>{texts.preferences.theme}</span>
        <ThemePicker />
      </div>
      <SizeField />
      <div className="setting">
        <span>{texts.view.keys}</span>
        <span className="picker">
          <select
            className="picker-select"
            aria-label={texts.view.keys}
            value={keys}
            onChange={({ currentTarget }) =>
              preferences.change({ keys: currentTarget.value as KeyChoice })}
          >
            {keyChoices.map((choice) => (
              <option key={choice} value={choice}>{texts.view.keyChoices[choice]}</option>
            ))}
          </select>
          <Icon name="chevron-down" />
        </span>
      </div>
      <label className="switch">
        <input
          type="checkbox"
          className="switch-box"
          checked={isWrapped}
          onChange={(event) => preferences.change({ isWrapped: event.currentTarget.checked })}
        />
        <span>{texts.view.wrap}</span>
      </label>
    </div>
  );
}

function SizeField() {
  const { fontSize } = usePreferences();
  const resize = (steps: number) => preferences.change({ fontSize: fontSize + steps });
  return (
    <div className="setting" role="group" aria-labelledby="size-label">
      <span id="size-label">{texts.view.size}</span>
      <span className="stepper">
        <button
          type="button"
          className="icon-button"
          aria-label={texts.view.smaller}
          title={texts.view.smaller}
          disabled={fontSize <= fontSizes.min}
          onClick={() => resize(-1)}
        >
          <Icon name="dash-lg" />
        </button>
        <span className="stepper-value" aria-live="polite">{fontSize}</span>
        <button
          type="button"
          className="icon-button"
          aria-label={texts.view.larger}
          title={texts.view.larger}
          disabled={fontSize >= fontSizes.max}
          onClick={() => resize(1)}
        >
          <Icon name="plus-lg" />
        </button>
      </span>
    </div>
  );
}
