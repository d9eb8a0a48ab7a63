import type { CodeEditor, Monaco } from "./types/monaco.ts";

/** What Vim's keys export when they are given Monaco. */
interface VimExports {
  initVimMode(editor: CodeEditor, status: HTMLElement): { dispose(): void };
}

/** What the script is: it fills in the exports. */
type Script = { default(exports: Partial<VimExports>, monaco: Monaco): void };

/** Gives an editor Vim's keys, with its mode and its prompt in `status`; returns how to take them away. */
export async function giveVimKeys(
  monaco: Monaco,
  editor: CodeEditor,
  status: HTMLElement,
): Promise<() => void> {
  const script: Script = await import(monacoPlace.vim);
  const exports: Partial<VimExports> = {};
  script.default(exports, monaco);
  const keys = exports.initVimMode!(editor, status);
  return () => {
    keys.dispose();
    status.replaceChildren();
  };
}
