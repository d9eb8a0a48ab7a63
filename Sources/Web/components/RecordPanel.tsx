import { memo } from "react";
import { languageName, type NamedLanguage } from "../languages.ts";
import { type Entry, type Recorded, recordOf } from "../record.ts";
import type { RoomState } from "../room-state.ts";
import { useEndInSight, useLanguages } from "../room-hooks.ts";
import { texts } from "../texts.ts";
import { clockText } from "../timer.ts";
import { durationText, timeOfDay } from "../times.ts";
import { Icon, type IconName } from "./Icon.tsx";

interface Props {
  events: RoomState["events"];
  participants: RoomState["participants"];
}

/** What is recorded about the people here: the same list for all of them. */
export const RecordPanel = memo(({ events = [], participants }: Props) => {
  const entries = recordOf(events, participants);
  const languages = useLanguages();
  const end = useEndInSight(entries.length);
  return (
    <>
      <p className="panel-lead">{texts.record.lead} {texts.record.more}</p>
      <div className="panel-scroll" {...end} tabIndex={0}>
        {entries.length === 0 && <p className="panel-hint">{texts.record.empty}</p>}
        <ol className="record">
          {entries.map((entry) => (
            <RecordEntry key={entry.revision} entry={entry} languages={languages} />
          ))}
        </ol>
      </div>
    </>
  );
});

interface EntryProps {
  entry: Entry;
  languages: NamedLanguage[];
}

function RecordEntry({ entry: { at, name, recorded }, languages }: EntryProps) {
  return (
    <li className={`entry is-${recorded.kind}`}>
      <Icon name={icons[recorded.kind]} />
      <p className="entry-text">
        <bdi className="entry-name">{name ?? texts.people.unknown}</bdi>{" "}
        {recordedText(recorded, languages)}
      </p>
      <time className="entry-time">{timeOfDay(at)}</time>
    </li>
  );
}

const icons: Record<Recorded["kind"], IconName> = {
  joined: "box-arrow-in-right",
  left: "box-arrow-right",
  admitted: "door-open",
  admission: "door-open",
  hidden: "window-stack",
  pasted: "clipboard",
  language: "code-slash",
  locked: "lock",
  title: "pencil",
  timer: "stopwatch",
  ended: "stop-circle",
};

function recordedText(recorded: Recorded, languages: NamedLanguage[]): string {
  const { record } = texts;
  switch (recorded.kind) {
    case "joined":
      return recorded.waiting ? record.asked : record.joined(texts.roles[recorded.role]);
    case "left":
      return recorded.reason === "lost" ? record.lost : record.left;
    case "admitted":
      return record.admitted(recorded.name);
    case "admission":
      return recorded.asks ? record.asks : record.open;
    case "hidden":
      return hiddenText(recorded);
    case "pasted":
      return record.pasted(recorded.length.toLocaleString());
    case "language":
      return record.language(languageName(languages, recorded.language));
    case "locked":
      return recorded.locked ? record.locked : record.unlocked;
    case "title":
      return recorded.title === "" ? record.untitled : record.title(recorded.title);
    case "timer":
      return timerText(recorded);
    case "ended":
      return record.ended;
  }
}

function hiddenText({ since, until }: Extract<Recorded, { kind: "hidden" }>): string {
  const { record } = texts;
  if (until === undefined) return record.hidden;
  const milliseconds = until - since;
  return milliseconds < 1_000 ? record.hiddenBriefly : record.hiddenFor(durationText(milliseconds));
}

function timerText({ timer }: Extract<Recorded, { kind: "timer" }>): string {
  const { record } = texts;
  if (!timer.running && timer.remaining === 0) return record.timerGone;
  const time = clockText(timer.remaining);
  return timer.running ? record.timerRuns(time) : record.timerStands(time);
}
