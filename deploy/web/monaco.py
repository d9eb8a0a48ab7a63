"""Monaco as modules, in one directory under `assets` whose name carries a hash of what it was made from.

It comes as AMD modules, each fetched when the one before has been read. The bundler makes one script of those that are
needed before anybody can type, and one of each language. What is not used stays out: translations, the language server client.

Each becomes an ECMAScript module, whose code the bundler leaves at the top of the script: a browser then compiles it beside
the page while it arrives. Within a function it would be read twice, the second time in the way of everything else.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

from web.compression import compress
from web.fonts import make_smaller
from web.places import ASSETS, ROOT, packages

PACKAGE = "rocher==0.55.1"
WORK = ROOT / ".build/monaco"

DEFINITION = re.compile(r'define\("vs/[^"]+",\[(?P<modules>[^\]]*)\],(?P<body>\(function.*\))\);?\s*$', re.DOTALL)
LATE_MODULE = re.compile(r'new Promise\(\((\w),(\w)\)=>\w\(\["([^"]+)"\],\1,\2\)\)')
FONT = re.compile(r"url\(data:font/ttf;base64,([^)]+)\)")
CONTRIBUTION = re.compile(r"/(monaco\.contribution-[\w-]+)")
GIVEN = {"exports": "exports", "module": "{}", "require": "undefined"}
# What the entry shares with a language, fetched with it and not after.
PART = re.compile(r'from"\./(chunk-\w+\.js)"')


def place_monaco() -> dict:
    """Returns the addresses of what the page loads; what is there already is not built again."""
    source = packages() / "rocher/vs"
    recipe = "".join((Path(__file__).parent / name).read_text() for name in ("monaco.py", "compression.py"))
    name = f"monaco-{hashlib.sha256(recipe.encode()).hexdigest()[:8]}"
    target = ASSETS / name
    if not target.exists():
        incoming = ASSETS / f"{name}.incoming"
        for directory in (incoming, WORK):
            shutil.rmtree(directory, ignore_errors=True)
        write_modules(source)
        write_entry(source)
        write_style(source)
        bundle(incoming)
        copy_others(source, incoming)
        compress([path for path in incoming.rglob("*") if path.is_file()])
        incoming.rename(target)
    base = f"/assets/{name}"
    workers = {path.name.split(".")[0]: f"{base}/{path.name}" for path in target.glob("*.worker.js")}
    return {
        "directory": target,
        "script": f"{base}/monaco.js",
        "parts": [f"{base}/{part}" for part in PART.findall((target / "monaco.js").read_text())],
        "style": f"{base}/monaco.css",
        "workers": workers,
    }


def write_modules(source: Path):
    for path in source.rglob("*.js"):
        definition = DEFINITION.match(path.read_text())
        if definition and not path.name.startswith("nls."):
            target = WORK / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(as_module(definition))


def as_module(definition: re.Match) -> str:
    """The same module with imports; a language still comes when it is needed."""
    names = json.loads(f"[{definition['modules']}]")
    imports = [f"import m{place} from {json.dumps(f'{name}.js')};" for place, name in enumerate(names) if is_imported(name)]
    arguments = [argument(name, place) for place, name in enumerate(names)]
    body = LATE_MODULE.sub(r'import("\3.js").then(it=>it.default)', definition["body"])
    lines = [*imports, "const exports = {};", f"{body}({', '.join(arguments)});", "export default exports;", ""]
    return "\n".join(lines)


def is_imported(name: str) -> bool:
    return name not in GIVEN and not shared(name)


def argument(name: str, place: int) -> str:
    return GIVEN.get(name) or shared(name) or f"m{place}"


def shared(name: str) -> str | None:
    """What late modules share with the entry they find where the page does, so that the entry is one file."""
    if "/editor.api-" in name:
        return "globalThis.monaco"
    if "/monaco.contribution-" in name:
        return "globalThis.monaco.languages.typescript"
    return None


def write_entry(source: Path):
    """Does what the package's own entry does with the modules that are kept; what they share is there before they run."""
    [api] = source.glob("editor.api-*.js")
    shared = [f'import api from "./{api.name}";', "globalThis.monaco = api.monaco;"]
    (WORK / "shared.js").write_text("\n".join(shared))
    lines = ['import "./shared.js";', 'import "./basic-languages/monaco.contribution.js";']
    for name in ["css", "html", "json", "typescript"]:
        public = (source / "language" / name / "monaco.contribution.js").read_text()
        module = CONTRIBUTION.search(public)[1]
        lines.append(f'import {name} from "./{module}.js";')
        lines.append(f"globalThis.monaco.languages.{name} = {name}.monaco_contribution;")
    (WORK / "monaco.js").write_text("\n".join(lines))


def write_style(source: Path):
    """Takes the icons out of the style sheet: they come when one is shown."""
    style = (source / "editor/editor.main.css").read_text()
    font = base64.b64decode(FONT.search(style)[1])
    (WORK / "codicon.ttf").write_bytes(font)
    make_smaller(WORK / "codicon.ttf", WORK / "codicon.woff2")
    (WORK / "monaco.css").write_text(FONT.sub('url("./codicon.woff2")', style))


def bundle(target: Path):
    subprocess.run(
        [
            "esbuild", "monaco.js", "monaco.css", "--bundle", "--minify", "--format=esm", "--splitting",
            "--target=es2021", "--charset=utf8", "--log-level=error", "--loader:.woff2=file",
            "--entry-names=[name]", "--chunk-names=[name]-[hash]", "--asset-names=[name]-[hash]",
            f"--outdir={target}",
        ],
        cwd=WORK, check=True,
    )  # fmt: skip


def copy_others(source: Path, target: Path):
    for name in ("LICENSE", "ThirdPartyNotices.txt"):
        shutil.copyfile(source / name, target / name)
    for path in (source / "assets").glob("*.worker-*.js"):
        shutil.copyfile(path, target / re.sub("-.*", ".js", path.name))
