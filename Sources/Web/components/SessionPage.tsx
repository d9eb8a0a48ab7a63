import { useEffect, useRef, useState } from "react";
import { APIError, getSession, type Session } from "../api.ts";
import { type Entry, entryOf, readable } from "../arrival.ts";
import { roleOfToken } from "../link-token.ts";
import { loadMonaco } from "../monaco-loader.ts";
import { recentSessions } from "../recent-sessions.ts";
import { rememberedName, RoomStorage, type Unsent } from "../room-storage.ts";
import { ArrivingPage } from "./ArrivingPage.tsx";
import { DoorPage } from "./DoorPage.tsx";
import { RefusedPage } from "./RefusedPage.tsx";
import { RoomPage } from "./RoomPage.tsx";

interface Props {
  session: string;
  token: string;
  /** Set when the session was just created here: then nobody has to arrive. */
  created: { wasCopied: boolean } | undefined;
}

/** The way into a room: who comes back goes straight in, anybody else is asked for a name first. */
export function SessionPage({ session, token, created }: Props) {
  const [entry, setEntry] = useState<Entry>();
  const [name, setName] = useState(rememberedName);
  const [storage, setStorage] = useState<RoomStorage>();
  const [known, setKnown] = useState<Session>();
  /** What this tab had of the room when it was left. */
  const [kept, setKept] = useState<Unsent>();

  const role = roleOfToken(token) ?? "candidate";

  /** What cannot be had leaves what is known. */
  const ask = async () => {
    const answer = await getSession(session, token).catch((error: APIError) => error);
    if (answer instanceof APIError) return answer;
    setKnown(answer);
    recentSessions.learn(session, { title: answer.title, hasEnded: answer.state === "ended" });
    return answer;
  };

  const knocks = useRef(0);

  const knock = async () => {
    const count = ++knocks.current;
    // Whoever waits at the door needs the editor next.
    loadMonaco().catch(() => {});
    const storage = await RoomStorage.opening(session);
    setStorage(storage);
    setKept(storage.unsent);
    const visitor = {
      isExpected: created !== undefined || storage.identity !== undefined,
      hasUnsent: (storage.unsent?.pending.changes.length ?? 0) > 0,
    };
    if (visitor.isExpected) setEntry({ at: "room" });
    const next = entryOf(visitor, await ask());
    // Whoever knocked again meanwhile may be inside already.
    if (count === knocks.current) setEntry(next);
  };

  useEffect(() => {
    knock();
  }, []);

  switch (entry?.at) {
    case undefined:
      return <DoorPage />;
    case "arriving":
      return (
        <ArrivingPage
          session={known}
          role={role}
          onJoin={(name) => {
            setName(name);
            setEntry({ at: "room" });
          }}
        />
      );
    case "room":
      return (
        <RoomPage
          session={session}
          token={token}
          name={name}
          title={known?.title || undefined}
          asks={role === "candidate" && known?.admission === "ask"}
          storage={storage!}
          wasCopied={created?.wasCopied}
          onRefused={async (failure) => {
            // What was known of an ended session is from before its end.
            await ask();
            setEntry({ at: "refused", failure });
          }}
        />
      );
    case "refused":
      return (
        <RefusedPage
          failure={entry.failure}
          session={readable(known, kept)}
          onRetry={knock}
          onRename={() => setEntry({ at: "arriving" })}
        />
      );
  }
}
