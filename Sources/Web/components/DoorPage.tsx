import { texts } from "../texts.ts";
import { PlainPage } from "./PlainPage.tsx";

/** While the server is asked what is behind a link; it says so only where that takes long. */
export function DoorPage() {
  return (
    <PlainPage kind="message">
      <p className="door" role="status">{texts.opening}</p>
    </PlainPage>
  );
}
