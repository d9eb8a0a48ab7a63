import { useMenu } from "../hooks.ts";
import { roleOfToken } from "../link-token.ts";
import type { LiveRoom } from "../live-room.ts";
import type { Role } from "../messages.ts";
import { type Links, rememberedLinks } from "../room-storage.ts";
import type { RoomView } from "../room-view.ts";
import { texts } from "../texts.ts";
import { CopyButton } from "./CopyButton.tsx";
import { Icon } from "./Icon.tsx";

interface Props {
  session: string;
  room: LiveRoom;
  view: RoomView;
}

/** The session's links, each with what it lets its holder do; most wanted first. */
const order: Role[] = ["candidate", "observer", "interviewer"];

/** How others get in: the links, and whether candidates have to be let in. */
export function LinksMenu({ session, room, view }: Props) {
  const menu = useMenu();
  const links = rememberedLinks(session);
  const admission = view.room?.admission;
  return (
    <details className="menu links-menu" ref={menu}>
      <summary className="button is-quiet" title={texts.links.button}>
        <Icon name="link-45deg" />
        <span className="button-label">{texts.links.button}</span>
      </summary>
      <div className="menu-panel links-panel">
        <h2 className="section-title">{texts.links.title}</h2>
        <LinkList links={links ?? ownLink()} />
        {!links && <p className="links-unknown">{texts.links.unknown}</p>}
        {admission && (
          <label className="check links-admission">
            <input
              type="checkbox"
              checked={admission === "ask"}
              onChange={({ currentTarget }) =>
                room.propose({ admission: currentTarget.checked ? "ask" : "open" })}
            />
            <span>
              {texts.links.ask}
              <span className="check-hint">{texts.links.askHint}</span>
            </span>
          </label>
        )}
      </div>
    </details>
  );
}

function LinkList({ links }: { links: Partial<Links> }) {
  return (
    <ul className="links-list">
      {order.map((role) => {
        const link = links[role];
        return link === undefined ? null : (
          <li key={role} className="links-item">
            <div className="links-words">
              <h3 className="links-role">{texts.roles[role]}</h3>
              <p className="links-rights">{texts.links.rights[role]}</p>
            </div>
            <CopyButton label={texts.links.copy[role]} text={link} />
          </li>
        );
      })}
    </ul>
  );
}

/** Who came by an interviewer's link has that one only: a token is worth nothing for making another. */
function ownLink(): Partial<Links> {
  const role = roleOfToken(location.hash.slice(1));
  return role ? { [role]: location.href } : {};
}
