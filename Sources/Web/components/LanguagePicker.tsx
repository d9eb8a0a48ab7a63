import { useEffect, useState } from "react";
import { loadMonaco } from "../monaco-loader.ts";
import { texts } from "../texts.ts";
import type { Language } from "../types/monaco.ts";
import { Icon } from "./Icon.tsx";

interface Props {
  language: string;
  isDisabled: boolean;
  onPick: (language: string) => void;
}

/** The language of the room: one for all. */
export function LanguagePicker({ language, isDisabled, onPick }: Props) {
  const languages = useLanguages();
  const isListed = languages.some(({ id }) => id === language);
  return (
    <span className="picker">
      <select
        className="picker-select"
        aria-label={texts.room.language}
        value={language}
        disabled={isDisabled || languages.length === 0}
        onChange={(event) => onPick(event.currentTarget.value)}
      >
        {!isListed && <option value={language}>{language}</option>}
        {languages.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
      </select>
      <Icon name="chevron-down" />
    </span>
  );
}

function useLanguages() {
  const [languages, setLanguages] = useState<{ id: string; name: string }[]>([]);
  useEffect(() => {
    let isGone = false;
    loadMonaco().then((monaco) => {
      if (!isGone) setLanguages(named(monaco.languages.getLanguages()));
    }).catch(() => {});
    return () => {
      isGone = true;
    };
  }, []);
  return languages;
}

/** Monaco lists some languages twice, as parts of another describe them too. */
function named(languages: Language[]) {
  const names = new Map<string, string>();
  for (const { id, aliases } of languages) {
    if (!names.has(id)) names.set(id, aliases?.[0] ?? id);
  }
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) =>
    a.name.localeCompare(b.name)
  );
}
