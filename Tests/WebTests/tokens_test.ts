import assert from "node:assert/strict";
import type { Theme } from "../../Sources/Web/theme.ts";

type Tokens = Map<string, string>;

const css = Deno.readTextFileSync(
  new URL("../../Sources/Web/styles/tokens.css", import.meta.url),
);

/** Which blocks of the file count in a theme, in their order. */
const blocks: Record<Theme, string[]> = {
  light: [":root"],
  dark: [":root", ':root[data-theme^="dark"]'],
  "light-contrast": [
    ":root",
    ':root[data-theme$="contrast"]',
    ':root[data-theme="light-contrast"]',
  ],
  "dark-contrast": [
    ":root",
    ':root[data-theme^="dark"]',
    ':root[data-theme$="contrast"]',
    ':root[data-theme="dark-contrast"]',
  ],
};
const themes = Object.keys(blocks) as Theme[];

function tokensOf(theme: Theme): Tokens {
  const pairs = blocks[theme].flatMap((selector) => {
    const start = css.indexOf(`\n${selector} {`);
    assert.ok(start >= 0, selector);
    const block = css.slice(start, css.indexOf("\n}", start));
    return [...block.matchAll(/(--[a-z0-9-]+): ([^;]+);/g)];
  });
  return new Map(pairs.map(([, name, value]) => [name!, value!]));
}

/** The contrast ratio of WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(color: string): number {
  const parts = [1, 3, 5].map((start) => parseInt(color.slice(start, start + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  );
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

const surfaces = ["--surface", "--surface-raised", "--surface-sunken"];
const participants = Array.from({ length: 12 }, (_, color) => `--participant-${color}`);
const syntax = ["comment", "keyword", "string", "number", "type"].map((kind) => `--syntax-${kind}`);

/** Each text, and what it stands on. */
const texts: [string, string[]][] = [
  ["--text", [...surfaces, "--selection", "--selection-inactive"]],
  ["--text-quiet", surfaces],
  ["--text-faint", ["--surface", "--surface-raised"]],
  ["--accent", surfaces],
  ["--accent-strong", ["--accent-soft"]],
  ["--on-accent", ["--accent", "--accent-strong"]],
  ...["good", "busy", "warning", "danger"].map((kind): [string, string[]] => [
    `--${kind}`,
    [`--${kind}-soft`, "--surface"],
  ]),
  ...syntax.map((token): [string, string[]] => [token, ["--surface", "--surface-raised"]]),
  ["--on-participant", participants],
];

function expectContrast(tokens: Tokens, one: string, other: string, least: number) {
  const ratio = contrast(tokens.get(one)!, tokens.get(other)!);
  assert.ok(ratio >= least, `${one} on ${other}: ${ratio.toFixed(2)}, not ${least}`);
}

for (const theme of themes) {
  const least = theme.endsWith("contrast") ? 7 : 4.5;

  Deno.test(`in ${theme} every text can be read on what it stands on`, () => {
    const tokens = tokensOf(theme);
    for (const [text, grounds] of texts) {
      for (const ground of grounds) expectContrast(tokens, text, ground, least);
    }
  });

  Deno.test(`in ${theme} carets and the edges of controls can be told from the page`, () => {
    const tokens = tokensOf(theme);
    for (const edge of ["--line-control", ...participants]) {
      expectContrast(tokens, edge, "--surface", 3);
    }
  });
}

Deno.test("the dark themes change every color of the light one", () => {
  const light = tokensOf("light");
  const dark = tokensOf("dark");
  const kept = [...light].filter(([name, value]) => value[0] === "#" && dark.get(name) === value);
  assert.deepEqual(kept, []);
});

Deno.test("colors stand in the tokens alone", () => {
  const folder = new URL("../../Sources/Web/styles/", import.meta.url);
  for (const { name } of Deno.readDirSync(folder)) {
    if (name === "tokens.css") continue;
    const text = Deno.readTextFileSync(new URL(name, folder));
    assert.deepEqual(text.match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/g), null, name);
  }
});
