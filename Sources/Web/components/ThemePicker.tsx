import { usePreferences } from "../hooks.ts";
import { preferences, type ThemeChoice, themeChoices } from "../preferences.ts";
import { texts } from "../texts.ts";
import { Icon } from "./Icon.tsx";

/** How the page looks in this browser. */
export function ThemePicker() {
  const { theme } = usePreferences();
  return (
    <span className="picker">
      <select
        className="picker-select"
        aria-label={texts.preferences.theme}
        value={theme}
        onChange={({ currentTarget }) =>
          preferences.change({ theme: currentTarget.value as ThemeChoice })}
      >
        {themeChoices.map((choice) => (
          <option key={choice} value={choice}>{texts.preferences.themes[choice]}</option>
        ))}
      </select>
      <Icon name="chevron-down" />
    </span>
  );
}
