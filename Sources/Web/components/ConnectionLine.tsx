import { useEffect, useState } from "react";
import { checkConnection, type ConnectionCheck, type Verdict } from "../connection-check.ts";
import { ways } from "../connection-ways.ts";
import { texts } from "../texts.ts";
import { Icon, type IconName } from "./Icon.tsx";

const looks: Record<Verdict | "checking", { kind: string; icon: IconName }> = {
  checking: { kind: "checking", icon: "cloud-upload" },
  good: { kind: "good", icon: "cloud-check" },
  slow: { kind: "warning", icon: "cloud-check" },
  polling: { kind: "warning", icon: "cloud-check" },
  blocked: { kind: "danger", icon: "cloud-slash" },
  unreachable: { kind: "danger", icon: "cloud-slash" },
};

/** What stands in the way may be gone a moment later: it is looked at again by itself. */
const againMilliseconds = 10_000;

/** Whether what a room needs gets through from here, and what to do where it does not. */
export function ConnectionLine() {
  const [attempt, setAttempt] = useState(0);
  const check = useConnectionCheck(attempt);
  const verdict = check?.verdict ?? "checking";
  const { kind, icon } = looks[verdict];
  const { verdicts, again, roundTrip } = texts.connection;
  const { title, lead } = verdicts[verdict];
  return (
    <div className={`connection is-${kind}`}>
      <div className="connection-words" role="status">
        <Icon name={icon} />
        <p>
          <strong className="connection-title">{title}</strong>
          {check?.milliseconds !== undefined && (
            <span className="connection-time">{roundTrip(check.milliseconds)}</span>
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

/** Undefined at first. What was found last stands until the next is known, but for an attempt that somebody asked for. */
function useConnectionCheck(attempt: number): ConnectionCheck | undefined {
  const [check, setCheck] = useState<ConnectionCheck>();
  useEffect(() => {
    let isGone = false;
    let timer: number | undefined;
    const look = async () => {
      const found = await checkConnection(ways);
      if (isGone) return;
      setCheck(found);
      if (looks[found.verdict].kind !== "good") timer = setTimeout(look, againMilliseconds);
    };
    setCheck(undefined);
    look();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [attempt]);
  return check;
}
