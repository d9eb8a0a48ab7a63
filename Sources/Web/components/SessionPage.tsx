import { useEffect, useState } from "react";
import { APIError, getSession, type Session } from "../api.ts";
import type { Refusal } from "../messages.ts";
import { loadMonaco } from "../monaco-loader.ts";
import { rememberedName, RoomStorage } from "../room-storage.ts";
import { ArrivingPage } from "./ArrivingPage.tsx";
import { RefusedPage } from "./RefusedPage.tsx";
import { RoomPage } from "./RoomPage.tsx";

interface Props {
  session: string;
  token: string;
  /** Set when the session was just created here: then nobody has to arrive. */
  created: { wasCopied: boolean } | undefined;
}

type Phase =
  | { at: "door" }
  | { at: "arriving" }
  | { at: "room"; name: string }
  | { at: "refused"; refusal: Refusal };

/** The way into a room: who comes back goes straight in, anybody else is asked for a name first. */
export function SessionPage({ session, token, created }: Props) {
  const [phase, setPhase] = useState<Phase>({ at: "door" });
  const [storage, setStorage] = useState<RoomStorage>();
  const [known, setKnown] = useState<Session>();

  const knock = async () => {
    // Whoever waits at the door needs the editor next.
    loadMonaco().catch(() => {});
    const storage = await RoomStorage.opening(session);
    setStorage(storage);
    const isExpected = created !== undefined || storage.identity !== undefined;
    if (isExpected) setPhase({ at: "room", name: rememberedName() });
    try {
      const known = await getSession(session, token);
      setKnown(known);
      // Who has something unsent is told inside, where it can be copied.
      if (known.state === "ended" && !storage.unsent?.pending.changes.length) {
        setPhase({ at: "refused", refusal: "session_ended" });
      } else if (!isExpected) setPhase({ at: "arriving" });
    } catch (error) {
      // Inside, the connection itself finds out, and goes on trying.
      if (!isExpected) setPhase({ at: "refused", refusal: refusalOf(error) });
    }
  };

  useEffect(() => {
    knock();
  }, []);

  switch (phase.at) {
    case "door":
      return null;
    case "arriving":
      return (
        <ArrivingPage
          title={known?.title || undefined}
          onJoin={(name) => setPhase({ at: "room", name })}
        />
      );
    case "room":
      return (
        <RoomPage
          session={session}
          token={token}
          name={phase.name}
          title={known?.title || undefined}
          storage={storage!}
          wasCopied={created?.wasCopied}
          onRefused={async (refusal) => {
            // What was known of an ended session is from before its end.
            await getSession(session, token).then(setKnown, () => {});
            setPhase({ at: "refused", refusal });
          }}
        />
      );
    case "refused":
      return (
        <RefusedPage
          refusal={phase.refusal}
          text={known?.text}
          onRetry={() => {
            setPhase({ at: "door" });
            knock();
          }}
          onRename={() => setPhase({ at: "arriving" })}
        />
      );
  }
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof APIError)) return "unavailable";
  if (error.status === 401 || error.status === 403) return "invalid_token";
  return error.status === 404 ? "unknown_session" : "unavailable";
}
