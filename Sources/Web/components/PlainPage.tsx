import { type ReactNode, useEffect, useRef } from "react";
import { texts } from "../texts.ts";
import { Brand } from "./Brand.tsx";
import { ThemePicker } from "./ThemePicker.tsx";

interface Props {
  kind: "start" | "arriving" | "waiting" | "message";
  children: ReactNode;
}

/** A page outside of a room: the mark above, and what the page is about. */
export function PlainPage({ kind, children }: Props) {
  return (
    <div className={`plain-page is-${kind}`}>
      <header className="plain-header">
        {kind === "start" ? <Brand /> : (
          <a className="brand-link" href="/" aria-label={texts.home}>
            <Brand />
          </a>
        )}
        <ThemePicker />
      </header>
      <main className="plain-body">{children}</main>
    </div>
  );
}

/** The page's heading. Where it takes another page's place, reading goes on here. */
export function PageTitle({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return <h1 className="title" ref={heading} tabIndex={-1}>{children}</h1>;
}
