import type { PreferenceStore, ThemeChoice } from "./preferences.ts";

/** The themes of `tokens.css`. */
export type Theme = "light" | "dark" | "light-contrast" | "dark-contrast";

export interface SystemWishes {
  isDark: boolean;
  wantsContrast: boolean;
}

/** Choosing light or dark does not take away the contrast that somebody asked their system for. */
export function themeFor(choice: ThemeChoice, system: SystemWishes): Theme {
  const isDark = choice === "dark" || (choice !== "light" && system.isDark);
  const hasContrast = choice === "contrast" || system.wantsContrast;
  return `${isDark ? "dark" : "light"}${hasContrast ? "-contrast" : ""}`;
}

/** Puts the theme on the page, now and whenever the preference or the system changes. */
export function showTheme(preferences: PreferenceStore) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const contrast = matchMedia("(prefers-contrast: more)");
  const show = () => {
    const system = { isDark: dark.matches, wantsContrast: contrast.matches };
    document.documentElement.dataset.theme = themeFor(preferences.value.theme, system);
  };
  show();
  preferences.subscribe(show);
  dark.addEventListener("change", show);
  contrast.addEventListener("change", show);
}

/** Whether somebody asked their system for a page on which nothing moves by itself. */
export const reducedMotion = {
  get isWanted(): boolean {
    return motion().matches;
  },
  subscribe(listener: () => void): () => void {
    const wish = motion();
    wish.addEventListener("change", listener);
    return () => wish.removeEventListener("change", listener);
  },
};

function motion(): MediaQueryList {
  return matchMedia("(prefers-reduced-motion: reduce)");
}

/** Tells the theme on the page, now and whenever it changes; returns how to stop. */
export function watchTheme(changed: (theme: Theme) => void): () => void {
  const root = document.documentElement;
  const tell = () => changed((root.dataset.theme ?? "light") as Theme);
  tell();
  const observer = new MutationObserver(tell);
  observer.observe(root, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
