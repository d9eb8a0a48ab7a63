import { texts } from "../texts.ts";

/** What the keyboard does here; Monaco's own are many, and these are the ones worth knowing. */
export function ShortcutPanel() {
  return (
    <div className="panel-scroll" tabIndex={0}>
      {texts.shortcuts.groups.map(({ title, shortcuts }) => (
        <section key={title}>
          <h3 className="panel-heading">{title}</h3>
          <dl className="shortcuts">
            {shortcuts.map(({ keys, does }) => (
              <div key={keys} className="shortcut">
                <dt>{does}</dt>
                <dd>
                  <Keys keys={keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className="panel-hint">{texts.shortcuts.tab}</p>
    </div>
  );
}

/** `Ctrl+M` as keys; on a Mac the one that is used there. */
function Keys({ keys }: { keys: string }) {
  const shown = isMac ? keys.replaceAll("Mod", "⌘") : keys.replaceAll("Mod", "Ctrl");
  return (
    <>
      {shown.split("+").map((key) => <kbd key={key} className="key">{key}</kbd>)}
    </>
  );
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
