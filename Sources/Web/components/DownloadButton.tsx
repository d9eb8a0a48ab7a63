import { fileName } from "../languages.ts";
import { useLanguages } from "../room-hooks.ts";
import { texts } from "../texts.ts";
import { Icon } from "./Icon.tsx";

interface Props {
  title: string | undefined;
  language: string;
  /** The code as it stands when it is asked for. */
  text: () => string;
}

/** Saves the code, under the session's title and with the ending of its language. */
export function DownloadButton({ title, language, text }: Props) {
  const { extension } = useLanguages().find(({ id }) => id === language) ?? {};
  const name = fileName(title, extension);
  const label = texts.room.download(name);
  return (
    <button
      type="button"
      className="button is-quiet"
      aria-label={label}
      title={label}
      onClick={() => save(text(), name)}
    >
      <Icon name="download" />
    </button>
  );
}

function save(text: string, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
