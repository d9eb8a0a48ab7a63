import { texts } from "../texts.ts";

/** What somebody may want to know who has not been here before. */
export function Points() {
  return (
    <ul className="points">
      {texts.start.points.map(({ title, text }) => (
        <li key={title}>
          <h2 className="section-title">{title}</h2>
          <p className="hint">{text}</p>
        </li>
      ))}
    </ul>
  );
}
