import { useEffect, useState } from "react";
import {
  checkAtFirst,
  checkConnection,
  type ConnectionCheck,
  type Verdict,
  verdictOf,
} from "../connection-check.ts";
import { ways } from "../connection-ways.ts";
import { texts } from "../texts.ts";
import { Icon, type IconName } from "./Icon.tsx";

const looks: Record<Verdict, { kind: string; icon: IconName }> = {
  checking: { kind: "checking", icon: "cloud-upload" },
  good: { kind: "good", icon: "cloud-check" },
  slow: { kind: "warning", icon: "cloud-check" },
  polling: { kind: "warning", icon: "cloud-check" },
  blocked: { kind: "danger", icon: "cloud-slash" },
  unreachable: { kind: "danger", icon: "cloud-slash" },
};

/** The verdicts for which the time that a word takes is of interest. */
const carries = new Set<Verdict>(["good", "slow", "polling"]);

/** What stands in the way may be gone a moment later: it is looked at again by itself. */
const againMilliseconds = 10_000;

/** Whether what a room needs gets through from here, and what to do where it does not. */
export function ConnectionLine() {
  const [attempt, setAttempt] = useState(0);
  const check = useConnectionCheck(attempt);
  const verdict = verdictOf(check);
  const { kind, icon } = looks[verdict];
  const { verdicts, again, roundTrip } = texts.connection;
  const { title, lead } = verdicts[verdict];
  return (
    <div className={`connection is-${kind}`}>
      <div className="connection-words" role="status">
        <Icon name={icon} />
        <p>
          <strong className="connection-title">{title}</strong>
          {typeof check.request === "object" && carries.has(verdict) && (
            <span className="connection-time">{roundTrip(check.request.milliseconds)}</span>
          )}
          {lead && <span className="connection-lead">{lead}</span>}
        </p>
      </div>
      {kind !== "checking" && kind !== "good" && (
        <button
          type="button"
          className="button"
          onClick={() => setAttempt(attempt + 1)}
        >
          {again}
        </button>
      )}
    </div>
  );
}

/** What was found last stands until the next is known, but for an attempt that somebody asked for. */
function useConnectionCheck(attempt: number): ConnectionCheck {
  const [check, setCheck] = useState(checkAtFirst);
  useEffect(() => {
    let isGone = false;
    let timer: number | undefined;
    const look = async () => {
      const found = await checkConnection(ways);
      if (isGone) return;
      setCheck(found);
      if (looks[verdictOf(found)].kind !== "good") timer = setTimeout(look, againMilliseconds);
    };
    setCheck(checkAtFirst);
    look();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [attempt]);
  return check;
}
