import type { Language } from "./types/monaco.ts";

/** A language as one picks it. */
export interface NamedLanguage {
  id: string;
  name: string;
  /** What else it is called, and what its files end with. */
  words: string[];
  extension: string | undefined;
}

/** Those that the editor does not list first the way one would name a file. */
const extensions: Record<string, string> = {
  plaintext: ".txt",
  shell: ".sh",
  yaml: ".yml",
  csharp: ".cs",
  dockerfile: ".dockerfile",
};

/** The editor lists some languages twice, as parts of another describe them too. */
export function namedLanguages(languages: Language[]): NamedLanguage[] {
  const named = new Map<string, NamedLanguage>();
  for (const { id, aliases = [], extensions: ends = [] } of languages) {
    const known = named.get(id);
    if (known) known.words.push(...aliases, ...ends);
    else {
      const extension = own(extensions, id) ?? ends[0];
      named.set(id, { id, name: aliases[0] ?? id, words: [id, ...aliases, ...ends], extension });
    }
  }
  return [...named.values()].sort((one, other) => one.name.localeCompare(other.name));
}

/** The languages that fit what is typed: first those that begin with it. */
export function matchingLanguages(languages: NamedLanguage[], query: string): NamedLanguage[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return languages;
  const begins = (language: NamedLanguage) => language.name.toLowerCase().startsWith(wanted);
  const matching = languages.filter(({ words }) =>
    words.some((word) => word.toLowerCase().includes(wanted))
  );
  return [...matching.filter(begins), ...matching.filter((language) => !begins(language))];
}

export function languageName(languages: readonly NamedLanguage[], id: string): string {
  return languages.find((language) => language.id === id)?.name ?? id;
}

/** What the code is saved as: the session's title, made fit for any file system. */
export function fileName(title: string | undefined, extension: string | undefined): string {
  const words = (title ?? "").normalize("NFKC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const name = words.join("-").toLowerCase().slice(0, 60).replace(/-+$/, "");
  return `${name || "interview"}${extension ?? ".txt"}`;
}

function own(record: Record<string, string>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
