import type { ReactNode } from "react";
import { texts } from "../texts.ts";
import { Icon } from "./Icon.tsx";

/** What a room feels like, before there is one: a picture, so nothing to read out or to reach. */
export function Preview() {
  const { title, names: [first, second] } = texts.start.preview;
  return (
    <div className="preview" aria-hidden="true">
      <div className="preview-bar">
        <span className="preview-title">{title}</span>
        <span className="pill is-saved">
          <Icon name="cloud-check" />
          {texts.status.saved}
        </span>
        <span className="preview-badges">
          <span className="badge participant-0">AL</span>
          <span className="badge participant-2">GH</span>
        </span>
      </div>
      <pre className="preview-code">
        <Line depth={0}><Keyword>def</Keyword> two_sum(numbers, target):</Line>
        <Line depth={1}>seen = dict()</Line>
        <Line depth={1}>
          <Keyword>for</Keyword> i, number <Keyword>in</Keyword> enumerate(numbers):
        </Line>
        <Line depth={2}>
          <Keyword>if</Keyword> target - number <Keyword>in</Keyword> seen:
        </Line>
        <Line depth={3}>
          <Keyword>return</Keyword>{" "}
          <span className="preview-selection participant-2">seen[target - number]</span>, i
          <Caret color={2} name={second} />
        </Line>
        <Line depth={2}>
          seen[number] =
          <Caret color={0} name={first} />
        </Line>
      </pre>
    </div>
  );
}

function Line({ depth, children }: { depth: number; children: ReactNode }) {
  return (
    <span className="preview-line">
      <span style={{ paddingLeft: `${4 * depth}ch` }}>{children}</span>
    </span>
  );
}

function Keyword({ children }: { children: string }) {
  return <span className="preview-keyword">{children}</span>;
}

function Caret({ color, name }: { color: number; name: string | undefined }) {
  return (
    <span className={`preview-caret participant-${color}`}>
      <span className="remote-name">{name}</span>
    </span>
  );
}
