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
 * width, its row stands at the edge.
 */
export class NameTags {
  private readonly rows = new Map<number, NameRow>();

  constructor(private readonly editor: CodeEditor, private readonly preference: number) {}

  place(everybody: Tagged[]) {
    const byLine = new Map<number, HTMLElement[]>();
    for (const { tag, position } of everybody) {
      if (!position) continue;
      const nodes = byLine.get(position.lineNumber) ?? [];
      byLine.set(position.lineNumber, [...nodes, tag.node]);
    }
    for (const [line, nodes] of byLine) this.row(line).show(nodes, this.endOf(line));
    for (const [line, row] of this.rows) if (!byLine.has(line)) this.remove(line, row);
  }

  private endOf(line: number): { column: number; isFull: boolean } {
    const column = this.editor.getModel().getLineMaxColumn(line);
    const end = this.editor.getScrolledVisiblePosition({ lineNumber: line, column });
    const { contentLeft, contentWidth } = this.editor.getLayoutInfo();
    return { column, isFull: !!end && end.left > contentLeft + contentWidth - nameWidthMax };
  }

  private row(line: number): NameRow {
    const known = this.rows.get(line);
    if (known) return known;
    const layout = () => this.editor.layoutContentWidget(row);
    const row: NameRow = new NameRow(line, this.preference, layout);
    this.rows.set(line, row);
    this.editor.addContentWidget(row);
    return row;
  }

  private remove(line: number, row: NameRow) {
    this.editor.removeContentWidget(row);
    this.rows.delete(line);
  }
}

class NameRow implements ContentWidget {
  private readonly node = document.createElement("div");
  private column = 0;

  constructor(
    private readonly lineNumber: number,
    private readonly preference: number,
    private readonly layout: () => void,
  ) {
    this.node.className = "remote-names";
    this.node.setAttribute("aria-hidden", "true");
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

  show(nodes: HTMLElement[], { column, isFull }: { column: number; isFull: boolean }) {
    const isSame = nodes.length === this.node.childElementCount &&
      nodes.every((node, index) => this.node.children[index] === node);
    if (!isSame) this.node.replaceChildren(...nodes);
    this.node.classList.toggle("is-full", isFull);
    if (column === this.column) return;
    this.column = column;
    this.layout();
  }
}
