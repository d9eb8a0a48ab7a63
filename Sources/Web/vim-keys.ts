import { runScript } from "./monaco-loader.ts";
import type { CodeEditor, Monaco } from "./types/monaco.ts";

/** What Vim's keys export when they are given Monaco. */
interface VimExports {
  initVimMode(editor: CodeEditor, status: HTMLElement): { dispose(): void };
}

type Page = typeof globalThis & {
  vimKeys(exports: Partial<VimExports>, monaco: Monaco): void;
};

let loading: Promise<void> | undefined;

/** Gives an editor Vim's keys, with its mode and its prompt in `status`; returns how to take them away. */
export async function giveVimKeys(
  monaco: Monaco,
  editor: CodeEditor,
  status: HTMLElement,
): Promise<() => void> {
  loading ??= runScript(monacoPlace.vim).catch((reason) => {
    loading = undefined;
    throw reason;
  });
  await loading;
  const exports: Partial<VimExports> = {};
  (globalThis as Page).vimKeys(exports, monaco);
  const keys = exports.initVimMode!(editor, status);
  return () => {
    keys.dispose();
    status.replaceChildren();
  };
}
