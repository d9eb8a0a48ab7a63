import { useState } from "react";
import { texts } from "../texts.ts";
import { titleLengthMax, writtenTitle } from "../writing.ts";

interface Props {
  title: string;
  canEdit: boolean;
  onChange: (title: string) => void;
}

/** The session's title; who may change it does so in its place. */
export function TitleField({ title, canEdit, onChange }: Props) {
  const [isEditing, setEditing] = useState(false);
  if (isEditing) {
    return (
      <TitleEditor
        title={title}
        onDone={(next) => {
          setEditing(false);
          if (next !== undefined && next !== title) onChange(next);
        }}
      />
    );
  }
  const shown = title || texts.room.untitled;
  return (
    <h1 className="room-title" title={canEdit ? undefined : shown}>
      {canEdit
        ? (
          <button
            type="button"
            className="title-button"
            title={texts.room.rename}
            onClick={() => setEditing(true)}
          >
            {shown}
          </button>
        )
        : shown}
    </h1>
  );
}

function TitleEditor({ title, onDone }: { title: string; onDone: (title?: string) => void }) {
  const [value, setValue] = useState(title);
  return (
    <input
      className="title-input"
      aria-label={texts.room.title}
      placeholder={texts.room.untitled}
      maxLength={titleLengthMax}
      autoFocus
      value={value}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setValue(event.currentTarget.value)}
      onBlur={() => onDone(writtenTitle(value))}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") onDone(writtenTitle(value));
        if (event.key === "Escape") onDone();
      }}
    />
  );
}
