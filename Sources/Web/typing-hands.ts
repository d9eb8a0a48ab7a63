/** Hands that have been still for so long have noticed that the page is another one. */
const restMilliseconds = 800;

/**
 * Tells keys that are meant for this page from those that go on with what was typed before it.
 *
 * Times are milliseconds of any steady clock.
 */
export class TypingHands {
  constructor(private lastKeyAt: number) {}

  /** Takes a key; true where the hands had come to rest before it. */
  pressed(at: number): boolean {
    const hadRested = at - this.lastKeyAt >= restMilliseconds;
    this.lastKeyAt = at;
    return hadRested;
  }
}

/** Lets keys that nothing on the page has asked for come to nothing, but for Enter after a rest. */
export function swallowKeys(begin: () => void): () => void {
  const hands = new TypingHands(performance.now());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== document.body || isCommand(event)) return;
    const isMeant = hands.pressed(event.timeStamp) && !event.repeat;
    if (isMeant && event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (isMeant && event.key === "Enter") begin();
  };
  addEventListener("keydown", onKeyDown, { capture: true });
  return () => removeEventListener("keydown", onKeyDown, { capture: true });
}

/** What is asked of the browser or the page, and is no letter. */
function isCommand({ ctrlKey, metaKey, altKey, key }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey || /^F\d/.test(key);
}
