import type { CodeEditor, ContentWidget, Position } from "./types/monaco.ts";

/** How long a name stands beside a caret that has stopped moving. */
const nameMilliseconds = 4_000;
/** What a name takes of the code's width at most, as the style sheet has it. */
const nameWidthMax = 140;

/** Somebody's name, which fades when they rest; it is text, never markup. */
export class NameTag {
  readonly node = document.createElement("span");
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(name: string, color: number) {
    this.node.className = `remote-name participant-${color}`;
    this.node.textContent = name;
  }

  wake() {
    this.node.classList.add("is-awake");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.node.classList.remove("is-awake"), nameMilliseconds);
  }

  remove() {
    clearTimeout(this.timer);
    this.node.remove();
  }
}

interface Tagged {
  readonly tag: NameTag;
  readonly position: Position | undefined;
}

/**
 * The names of those who have a caret, behind the end of its line, where there is no code to cover.
 *
 * A line has one row of names, so they do not cover one another either. Where a line fills the
 * width, its row stands above the caret.
 */
export class NameTags {
  private readonly rows = new Map<number, NameRow>();

  constructor(
    private readonly editor: CodeEditor,
    private readonly preference: number,
    private readonly lineHeight: () => number,
  ) {}

  place(everybody: Tagged[]) {
    const byLine = new Map<number, Tagged[]>();
    for (const tagged of everybody) {
      const line = tagged.position?.lineNumber;
      if (line !== undefined) byLine.set(line, [...byLine.get(line) ?? [], tagged]);
    }
    // What moves is drawn when the next place is asked for: all are asked for before any moves.
    const places = new Map([...byLine].map(([line, tagged]) => [line, this.placeOn(line, tagged)]));
    for (const [line, place] of places) {
      this.row(line).show(byLine.get(line)!.map(({ tag }) => tag.node), place);
    }
    for (const [line, row] of this.rows) if (!byLine.has(line)) this.remove(line, row);
  }

  private placeOn(line: number, tagged: Tagged[]): RowPlace {
    const end = this.editor.getModel().getLineMaxColumn(line);
    if (this.roomBehind(line, end) >= nameWidthMax) return { column: end, kind: "is-behind" };
    const column = Math.max(...tagged.map(({ position }) => position?.column ?? 1));
    const fits = this.roomBehind(line, column) >= nameWidthMax;
    return { column, kind: fits ? "is-above" : "is-above is-leftward" };
  }

  /** How much of the code's width is free right of a place. */
  private roomBehind(lineNumber: number, column: number): number {
    const place = this.editor.getScrolledVisiblePosition({ lineNumber, column });
    const { contentLeft, contentWidth } = this.editor.getLayoutInfo();
    return place ? contentLeft + contentWidth - place.left : nameWidthMax;
  }

  private row(line: number): NameRow {
    const known = this.rows.get(line);
    if (known) return known;
    const layout = () => this.editor.layoutContentWidget(row);
    const row: NameRow = new NameRow(line, this.preference, layout, this.lineHeight);
    this.rows.set(line, row);
    this.editor.addContentWidget(row);
    return row;
  }

  private remove(line: number, row: NameRow) {
    this.editor.removeContentWidget(row);
    this.rows.delete(line);
  }
}

interface RowPlace {
  column: number;
  kind: "is-behind" | "is-above" | "is-above is-leftward";
}

class NameRow implements ContentWidget {
  /** Monaco sets styles of its own on what it places, therefore the row is inside. */
  private readonly node = document.createElement("div");
  private readonly names = document.createElement("div");
  private column = 0;

  constructor(
    private readonly lineNumber: number,
    private readonly preference: number,
    private readonly layout: () => void,
    private readonly height: () => number,
  ) {
    this.node.className = "remote-names-place";
    this.node.setAttribute("aria-hidden", "true");
    this.node.append(this.names);
  }

  getId(): string {
    return `remote-names.${this.lineNumber}`;
  }

  getDomNode(): HTMLElement {
    return this.node;
  }

  getPosition() {
    const { lineNumber, column, preference } = this;
    return column === 0 ? null : { position: { lineNumber, column }, preference: [preference] };
  }

  beforeRender() {
    return { width: 0, height: this.height() };
  }

  show(nodes: HTMLElement[], { column, kind }: RowPlace) {
    const isSame = nodes.length === this.names.childElementCount &&
      nodes.every((node, index) => this.names.children[index] === node);
    if (!isSame) this.names.replaceChildren(...nodes);
    this.names.className = `remote-names ${kind}`;
    if (column === this.column) return;
    this.column = column;
    this.layout();
  }
}
