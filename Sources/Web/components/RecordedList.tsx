import type { Role } from "../messages.ts";
import { texts } from "../texts.ts";
import { Icon, type IconName } from "./Icon.tsx";

const icons: IconName[] = ["code-slash", "box-arrow-in-right", "camera-video-off", "people"];

/** What is recorded of whoever comes in, said before they do. */
export function RecordedList({ role }: { role: Role }) {
  return (
    <section className="fact" aria-labelledby="recorded-title">
      <h2 id="recorded-title" className="section-title">{texts.arriving.recorded}</h2>
      <ul className="recorded-list">
        {texts.arriving.recordedOf[role].map((text, index) => (
          <li key={text} className="recorded">
            <Icon name={icons[index]!} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
