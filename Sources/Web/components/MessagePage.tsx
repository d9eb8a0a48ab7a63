import type { ReactNode } from "react";
import type { Failure } from "../arrival.ts";
import { useTitle } from "../hooks.ts";
import { texts } from "../texts.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { PageTitle, PlainPage } from "./PlainPage.tsx";

const icons: Record<Failure, IconName> = {
  invalid_token: "link-45deg",
  unknown_session: "link-45deg",
  session_ended: "check2",
  room_full: "people",
  invalid_name: "pencil",
  forbidden_origin: "link-45deg",
  unavailable: "cloud-slash",
  rate_limited: "stopwatch",
  unknown_page: "link-45deg",
};

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
    <PlainPage kind="message">
      <span className="message-icon">
        <Icon name={icons[failure]} />
      </span>
      <PageTitle>{title}</PageTitle>
      <p className="lead">{lead}</p>
      {children}
      <a className="text-link" href="/">{texts.failureActions.home}</a>
    </PlainPage>
  );
}
