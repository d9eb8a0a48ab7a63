import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { languageName, matchingLanguages, type NamedLanguage } from "../languages.ts";
import { useLanguages } from "../room-hooks.ts";
import { texts } from "../texts.ts";
import { Icon } from "./Icon.tsx";

interface Props {
  language: string;
  isDisabled: boolean;
  onPick: (language: string) => void;
}

/** The language of the room, one for all: a field that shows it, and finds others by what is typed. */
export function LanguagePicker({ language, isDisabled, onPick }: Props) {
  const languages = useLanguages();
  const picker = usePicker(languages, language, onPick);
  const { query, isOpen, matching, active } = picker;
  const name = languageName(languages, language);
  return (
    <div className="picker" onBlur={picker.onBlur}>
      <input
        className="picker-field"
        role="combobox"
        aria-label={texts.room.language}
        aria-expanded={isOpen}
        aria-controls="languages"
        aria-autocomplete="list"
        aria-activedescendant={isOpen && matching.length > 0 ? `language-${active}` : undefined}
        data-language={language}
        spellCheck={false}
        autoComplete="off"
        disabled={isDisabled || languages.length === 0}
        placeholder={isOpen ? texts.room.findLanguage : undefined}
        value={isOpen ? query : name}
        // What is typed takes its place; passing by with Tab opens nothing.
        onFocus={(event) => event.currentTarget.select()}
        onClick={picker.open}
        onChange={(event) => picker.search(event.currentTarget.value)}
        onKeyDown={picker.onKeyDown}
      />
      <Icon name="chevron-down" />
      {isOpen && (
        <LanguageList
          languages={matching}
          current={language}
          active={active}
          onPick={picker.pick}
        />
      )}
    </div>
  );
}

function usePicker(
  languages: NamedLanguage[],
  language: string,
  onPick: (language: string) => void,
) {
  const [query, setQuery] = useState<string>();
  const [active, setActive] = useState(0);
  const isOpen = query !== undefined;
  const matching = matchingLanguages(languages, query ?? "");
  const close = () => setQuery(undefined);
  const open = () => {
    if (isOpen) return;
    setQuery("");
    setActive(Math.max(0, languages.findIndex(({ id }) => id === language)));
  };
  const pick = (picked: NamedLanguage | undefined) => {
    close();
    if (picked && picked.id !== language) onPick(picked.id);
  };
  const move = (step: number) => {
    if (!isOpen) return open();
    setActive((active + step + matching.length) % Math.max(1, matching.length));
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Home: () => setActive(0),
    End: () => setActive(Math.max(0, matching.length - 1)),
    Enter: () => isOpen ? pick(matching[active]) : open(),
    Escape: close,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (!action || event.nativeEvent.isComposing) return;
    event.preventDefault();
    action();
  };
  const onBlur = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) close();
  };
  const search = (text: string) => {
    setQuery(text);
    setActive(0);
  };
  return { query: query ?? "", isOpen, matching, active, open, search, pick, onKeyDown, onBlur };
}

interface ListProps {
  languages: NamedLanguage[];
  current: string;
  active: number;
  onPick: (language: NamedLanguage) => void;
}

function LanguageList({ languages, current, active, onPick }: ListProps) {
  const list = useRef<HTMLUListElement>(null);
  const wasShown = useRef(false);
  useEffect(() => {
    const block = wasShown.current ? "nearest" : "center";
    list.current?.children[active]?.scrollIntoView({ block });
    wasShown.current = true;
  }, [active, languages.length]);
  return (
    <ul
      id="languages"
      className="picker-list"
      role="listbox"
      aria-label={texts.room.language}
      ref={list}
      // The focus stays in the field, or the list would be gone before the click.
      onMouseDown={(event) => event.preventDefault()}
    >
      {languages.map((language, index) => (
        <li
          key={language.id}
          id={`language-${index}`}
          className={index === active ? "picker-option is-active" : "picker-option"}
          role="option"
          aria-selected={language.id === current}
          onClick={() => onPick(language)}
        >
          {language.name}
          {language.id === current && <Icon name="check2" />}
        </li>
      ))}
      {languages.length === 0 && (
        <li className="picker-none" role="option" aria-selected="false" aria-disabled="true">
          {texts.room.noLanguage}
        </li>
      )}
    </ul>
  );
}
