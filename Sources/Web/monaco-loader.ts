import type { Monaco } from "./types/monaco.ts";

/** Monaco's own module loader, as its script leaves it on the page. */
type Require =
  & ((modules: string[], done: () => void, failed: (reason: unknown) => void) => void)
  & {
    config(options: { paths: Record<string, string> }): void;
  };

type Page = typeof globalThis & {
  require: Require;
  monaco: Monaco;
  MonacoEnvironment: { getWorker(id: string, label: string): Worker };
};

let loading: Promise<Monaco> | undefined;

/** Loads Monaco once; a failed attempt does not stand in the way of the next. */
export function loadMonaco(): Promise<Monaco> {
  loading ??= load().catch((reason) => {
    loading = undefined;
    throw reason;
  });
  return loading;
}

async function load(): Promise<Monaco> {
  const page = globalThis as Page;
  await runScript(`${monacoPlace.base}/loader.js`);
  page.require.config({ paths: { vs: monacoPlace.base } });
  await new Promise<void>((done, failed) => page.require(["vs/editor/editor.main"], done, failed));
  // Monaco starts its workers from blobs, which the security policy forbids: these are plain files.
  page.MonacoEnvironment = { getWorker: (_, label) => new Worker(workerFor(label)) };
  // What is typed in an interview has no project around it: unknown modules are no mistakes.
  const { javascriptDefaults, typescriptDefaults } = page.monaco.languages.typescript;
  for (const defaults of [javascriptDefaults, typescriptDefaults]) {
    defaults.setDiagnosticsOptions({ noSemanticValidation: true, noSuggestionDiagnostics: true });
  }
  return page.monaco;
}

function workerFor(label: string): string {
  const { workers } = monacoPlace;
  switch (label) {
    case "typescript":
    case "javascript":
      return workers.ts;
    case "json":
      return workers.json;
    case "css":
    case "scss":
    case "less":
      return workers.css;
    case "html":
    case "handlebars":
    case "razor":
      return workers.html;
    default:
      return workers.editor;
  }
}

/** Loads a script once it is wanted. */
export function runScript(address: string): Promise<void> {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => done();
    script.onerror = () => failed(new Error(`could not load ${address}`));
    document.head.append(script);
  });
}
