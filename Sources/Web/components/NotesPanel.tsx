import { memo, useState } from "react";
import type { LiveRoom } from "../live-room.ts";
import type { ShownNote } from "../notes.ts";
import type { RoomState } from "../room-state.ts";
import { useEndInSight } from "../room-hooks.ts";
import { texts } from "../texts.ts";
import { timeOfDay, timeSince } from "../times.ts";
import { noteLengthMax, written } from "../writing.ts";
import { Composer, sendsOff } from "./Composer.tsx";
import { Icon } from "./Icon.tsx";

interface Props {
  room: LiveRoom;
  notes: readonly ShownNote[];
  beganAt: RoomState["beganAt"];
  participants: RoomState["participants"];
  self: string | undefined;
}

/** What interviewers write for themselves, each with its time. */
export const NotesPanel = memo(({ room, notes, beganAt, participants, self }: Props) => {
  const end = useEndInSight(notes.length);
  const nameOf = (by: string) => {
    const name = participants.find(({ participant }) => participant === by)?.name;
    return by === self ? undefined : name;
  };
  return (
    <>
      <p className="panel-lead">{texts.notes.lead}</p>
      <div className="panel-scroll" {...end} tabIndex={0}>
        {notes.length === 0 && <p className="panel-hint">{texts.notes.empty}</p>}
        <ol className="notes">
          {notes.map((note) => (
            <NoteItem
              key={note.id}
              note={note}
              name={nameOf(note.by)}
              beganAt={beganAt}
              onWrite={(text) => room.writeNote(text, note.id)}
            />
          ))}
        </ol>
      </div>
      <Composer
        label={texts.notes.write}
        button={texts.notes.add}
        icon="plus-lg"
        hint={texts.notes.hint}
        lengthMax={noteLengthMax}
        onWrite={(text) => room.writeNote(text)}
      />
    </>
  );
});

interface ItemProps {
  note: ShownNote;
  name: string | undefined;
  beganAt: number | undefined;
  onWrite: (text: string) => void;
}

function NoteItem({ note, name, beganAt, onWrite }: ItemProps) {
  const [isEditing, setEditing] = useState(false);
  return (
    <li className="note">
      <div className="note-head">
        <time className="note-time" title={texts.notes.time(timeOfDay(note.at))}>
          {timeSince(beganAt, note.at)}
        </time>
        {name !== undefined && <bdi className="note-by">{texts.notes.by(name)}</bdi>}
        {!note.isSaved && <span className="note-by">{texts.notes.unsaved}</span>}
        <span className="note-ways">
          <NoteButton icon="pencil" label={texts.notes.edit} onClick={() => setEditing(true)} />
          <NoteButton icon="trash" label={texts.notes.delete} onClick={() => onWrite("")} />
        </span>
      </div>
      {isEditing
        ? (
          <NoteEditor
            text={note.text}
            onDone={(text) => {
              setEditing(false);
              if (text !== undefined && text !== note.text) onWrite(text);
            }}
          />
        )
        : <p className="note-text" dir="auto">{note.text}</p>}
    </li>
  );
}

interface ButtonProps {
  icon: "pencil" | "trash";
  label: string;
  onClick: () => void;
}

function NoteButton({ icon, label, onClick }: ButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

/** A note while it is rewritten; Escape leaves it as it was, an empty one is no way to delete it. */
function NoteEditor({ text, onDone }: { text: string; onDone: (text?: string) => void }) {
  const [value, setValue] = useState(text);
  const save = () => onDone(written(value, noteLengthMax) || undefined);
  return (
    <div className="note-editor">
      <textarea
        className="composer-text"
        aria-label={texts.notes.rewrite}
        rows={3}
        maxLength={noteLengthMax}
        autoFocus
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onDone();
          else if (sendsOff(event)) {
            event.preventDefault();
            save();
          }
        }}
      />
      <span className="note-choices">
        <button type="button" className="button" onClick={save}>{texts.notes.save}</button>
        <button type="button" className="button is-quiet" onClick={() => onDone()}>
          {texts.room.cancel}
        </button>
      </span>
    </div>
  );
}
