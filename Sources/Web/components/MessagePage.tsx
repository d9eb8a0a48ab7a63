import type { ReactNode } from "react";
import { useTitle } from "../hooks.ts";
import { texts } from "../texts.ts";
import { Brand } from "./Brand.tsx";

export type Failure = keyof typeof texts.failures;

interface Props {
  failure: Failure;
  /** What can be done about it, beside going to the start page. */
  children?: ReactNode;
}

/** Says what stands in the way, and what to do. */
export function MessagePage({ failure, children }: Props) {
  const { title, lead } = texts.failures[failure];
  useTitle(title);
  return (
    <main className="plain-page">
      <Brand />
      <div className="plain-body">
        <h1 className="title">{title}</h1>
        <p className="lead">{lead}</p>
        {children}
        <a className="text-link" href="/">{texts.failureActions.home}</a>
      </div>
    </main>
  );
}
