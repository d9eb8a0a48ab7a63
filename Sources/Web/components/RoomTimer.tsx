import { type FormEvent, useState } from "react";
import { useMenu } from "../hooks.ts";
import type { SetTimer, Timer } from "../messages.ts";
import { useTicks } from "../room-hooks.ts";
import { texts } from "../texts.ts";
import {
  clockText,
  extended,
  isClosing,
  noTimer,
  remainingOf,
  started,
  toggled,
} from "../timer.ts";
import { Icon } from "./Icon.tsx";

const presets = [15, 30, 45, 60];
const minutesMax = 24 * 60;

interface Props {
  timer: SetTimer | undefined;
  canSet: boolean;
  /** The owners' time. */
  now: () => number;
  onSet: (timer: Timer) => void;
}

/** The timer everybody sees; interviewers set it. */
export function RoomTimer({ timer, canSet, now, onSet }: Props) {
  useTicks(timer?.running ?? false, 250);
  const menu = useMenu();
  const remaining = timer && remainingOf(timer, now());
  if (!canSet) return timer ? <TimerFace timer={timer} remaining={remaining!} /> : null;
  const set = (next: Timer) => {
    onSet(next);
    if (menu.current) menu.current.open = false;
    menu.current?.querySelector("summary")?.focus();
  };
  return (
    <details className="menu timer-menu" ref={menu}>
      <summary className={timer ? "timer-summary" : "button is-quiet"} title={texts.timer.set}>
        {timer ? <TimerFace timer={timer} remaining={remaining!} /> : (
          <>
            <Icon name="stopwatch" />
            <span className="button-label">{texts.timer.label}</span>
          </>
        )}
      </summary>
      <div className="menu-panel">
        {timer && <TimerControls timer={timer} now={now} onSet={set} />}
        <TimerStart onStart={(minutes) => set(started(minutes))} />
        <p className="menu-hint">{texts.timer.everybody}</p>
      </div>
    </details>
  );
}

function TimerFace({ timer, remaining }: { timer: SetTimer; remaining: number }) {
  const state = remaining === 0 ? "is-over" : isClosing(remaining) ? "is-closing" : "";
  const time = clockText(remaining);
  return (
    <span
      className={`timer ${state} ${timer.running ? "" : "is-paused"}`}
      role="timer"
      aria-label={texts.timer.remaining(time)}
    >
      <Icon name={timer.running ? "stopwatch" : "pause"} />
      {remaining === 0 ? texts.timer.over : time}
    </span>
  );
}

interface ControlsProps {
  timer: SetTimer;
  now: () => number;
  onSet: (timer: Timer) => void;
}

function TimerControls({ timer, now, onSet }: ControlsProps) {
  return (
    <div className="timer-controls">
      <button type="button" className="button" onClick={() => onSet(toggled(timer, now()))}>
        <Icon name={timer.running ? "pause" : "play"} />
        {timer.running ? texts.timer.pause : texts.timer.resume}
      </button>
      <button type="button" className="button" onClick={() => onSet(extended(timer, 5, now()))}>
        <Icon name="plus-lg" />
        {texts.timer.add}
      </button>
      <button type="button" className="button is-quiet" onClick={() => onSet(noTimer)}>
        {texts.timer.remove}
      </button>
    </div>
  );
}

function TimerStart({ onStart }: { onStart: (minutes: number) => void }) {
  const [minutes, setMinutes] = useState("");
  const number = Number(minutes);
  const isFit = Number.isInteger(number) && number > 0 && number <= minutesMax;
  const start = (event: FormEvent) => {
    event.preventDefault();
    if (!isFit) return;
    setMinutes("");
    onStart(number);
  };
  return (
    <>
      <div className="timer-presets" role="group" aria-label={texts.timer.set}>
        {presets.map((preset) => (
          <button
            key={preset}
            type="button"
            className="button"
            onClick={() => onStart(preset)}
          >
            {texts.timer.preset(preset)}
          </button>
        ))}
      </div>
      <form className="timer-form" onSubmit={start}>
        <input
          className="timer-minutes"
          type="number"
          min={1}
          max={minutesMax}
          aria-label={texts.timer.minutes}
          placeholder={texts.timer.minutes}
          value={minutes}
          onChange={(event) => setMinutes(event.currentTarget.value)}
        />
        <button type="submit" className="button" disabled={!isFit}>{texts.timer.start}</button>
      </form>
    </>
  );
}
