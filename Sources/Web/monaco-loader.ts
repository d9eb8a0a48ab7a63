import type { Monaco } from "./types/monaco.ts";

type Page = typeof globalThis & {
  monaco: Monaco;
  MonacoEnvironment: { getWorker(id: string, label: string): Worker };
};

let loading: Promise<Monaco> | undefined;
let attempts = 0;

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
  // Monaco would start its workers from blobs, which the security policy forbids: these are plain files.
  page.MonacoEnvironment = { getWorker: (_, label) => new Worker(workerFor(label)) };
  // A browser may remember that an address failed.
  const again = attempts++ ? `?${attempts}` : "";
  await Promise.all([import(monacoPlace.script + again), loadStyle(monacoPlace.style + again)]);
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

function loadStyle(address: string): Promise<void> {
  return new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    link.onload = () => done();
    link.onerror = () => failed(new Error(`could not load ${address}`));
    document.head.append(link);
  });
}
