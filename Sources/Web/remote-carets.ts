import { rangeOf } from "./editor-places.ts";
import { NameTag, NameTags } from "./name-tags.ts";
import type { NamedSelections } from "./surface.ts";
import type { CodeEditor, ContentWidget, Decoration, Monaco, Position } from "./types/monaco.ts";

/** How wide a caret is, as the style sheet has it. */
const caretWidth = 2;

/** The others' carets with their names, and what they have selected. */
export class RemoteCarets {
  private readonly decorations;
  private readonly carets = new Map<string, Caret>();
  private readonly tags: NameTags;
  private frame: number | undefined;

  constructor(private readonly monaco: Monaco, private readonly editor: CodeEditor) {
    this.decorations = editor.createDecorationsCollection();
    const exact = monaco.editor.ContentWidgetPositionPreference.EXACT;
    this.tags = new NameTags(editor, exact, this.lineHeight);
  }

  show(everybody: NamedSelections[], length: number) {
    const decorations: Decoration[] = [];
    const seen = new Set<string>();
    for (const named of everybody) {
      named.selections.forEach(([anchor, head], index) => {
        const id = `${named.participant}.${index}`;
        seen.add(id);
        this.caret(id, named).move(this.position(Math.min(head, length)));
        if (anchor !== head) decorations.push(this.decoration(named.color, anchor, head, length));
      });
    }
    this.decorations.set(decorations);
    for (const [id, caret] of this.carets) if (!seen.has(id)) this.remove(id, caret);
    this.placeTagsSoon();
  }

  /** Once in a frame: placing them asks Monaco how far lines reach, for which it draws. */
  private placeTagsSoon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      if (this.editor.getModel()) this.tags.place([...this.carets.values()]);
    });
  }

  /** Shows the name again of somebody who has not moved. */
  wake(participant: string) {
    for (const [id, caret] of this.carets) {
      if (id.startsWith(`${participant}.`)) caret.tag.wake();
    }
  }

  private caret(id: string, { name, color }: NamedSelections): Caret {
    const known = this.carets.get(id);
    if (known) return known;
    const exact = this.monaco.editor.ContentWidgetPositionPreference.EXACT;
    const layout = () => this.editor.layoutContentWidget(caret);
    const caret: Caret = new Caret(id, name, color, exact, layout, this.lineHeight);
    this.carets.set(id, caret);
    this.editor.addContentWidget(caret);
    return caret;
  }

  private remove(id: string, caret: Caret) {
    caret.tag.remove();
    this.editor.removeContentWidget(caret);
    this.carets.delete(id);
  }

  private decoration(color: number, anchor: number, head: number, length: number): Decoration {
    const start = Math.min(anchor, head, length);
    const end = Math.min(Math.max(anchor, head), length);
    return {
      range: rangeOf(this.editor.getModel(), start, end),
      options: {
        className: `remote-selection participant-${color}`,
        stickiness: this.monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
      },
    };
  }

  private readonly lineHeight = () =>
    this.editor.getOption(this.monaco.editor.EditorOption.lineHeight) as number;

  private position(offset: number): Position {
    return this.editor.getModel().getPositionAt(offset);
  }
}

/** One caret: a stroke in its color, which takes no room. */
class Caret implements ContentWidget {
  readonly tag: NameTag;
  position: Position | undefined;
  private readonly node = document.createElement("div");

  constructor(
    private readonly id: string,
    name: string,
    color: number,
    private readonly preference: number,
    private readonly layout: () => void,
    private readonly height: () => number,
  ) {
    this.tag = new NameTag(name, color);
    this.node.className = `remote-caret participant-${color}`;
    this.node.setAttribute("aria-hidden", "true");
  }

  getId(): string {
    return `remote-caret.${this.id}`;
  }

  getDomNode(): HTMLElement {
    return this.node;
  }

  /** Or the whole page would be laid out to learn it, whenever one of them moves. */
  beforeRender() {
    return { width: caretWidth, height: this.height() };
  }

  getPosition() {
    return this.position ? { position: this.position, preference: [this.preference] } : null;
  }

  move(position: Position) {
    const { lineNumber, column } = this.position ?? {};
    if (lineNumber === position.lineNumber && column === position.column) return;
    this.position = position;
    this.tag.wake();
    this.layout();
  }
}
