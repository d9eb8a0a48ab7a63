import { useEffect, useState } from "react";
import type { CreatedSession } from "../api.ts";
import { MessagePage } from "./MessagePage.tsx";
import { SessionPage } from "./SessionPage.tsx";
import { StartPage } from "./StartPage.tsx";

/** The page an address leads to; a session just created here needs no asking for a name. */
export function App() {
  const [address, setAddress] = useState(() => readAddress());
  const [created, setCreated] = useState<{ id: string; wasCopied: boolean }>();

  useEffect(() => {
    const follow = () => setAddress(readAddress());
    addEventListener("popstate", follow);
    // A whole link may be pasted into the address bar over one with another token.
    addEventListener("hashchange", follow);
    return () => {
      removeEventListener("popstate", follow);
      removeEventListener("hashchange", follow);
    };
  }, []);

  const open = (session: CreatedSession, wasCopied: boolean) => {
    setCreated({ id: session.id, wasCopied });
    history.pushState(null, "", `/s/${session.id}${new URL(session.links.interviewer).hash}`);
    setAddress(readAddress());
  };

  if (address.path === "/") return <StartPage onCreated={open} />;
  if (!address.session) return <MessagePage failure="unknown_page" />;
  const own = created?.id === address.session ? created : undefined;
  return (
    <SessionPage
      key={address.session + address.token}
      session={address.session}
      token={address.token}
      created={own}
    />
  );
}

function readAddress() {
  const { pathname, hash } = location;
  const session = /^\/s\/([0-9A-Za-z]+)\/?$/.exec(pathname)?.[1];
  return { path: pathname, session, token: hash.slice(1) };
}
