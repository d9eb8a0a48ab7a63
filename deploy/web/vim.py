"""Vim's keys for Monaco (monaco-vim, MIT License), which come inside of the script of another package."""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from web.places import ASSETS, ROOT, TOOLS

PACKAGE = "qtmonaco==0.11.0"
PLACE = ROOT / ".tools/vim"


def place_vim() -> Path:
    """
    Cuts Vim's keys out of the script they come in, as a file that is loaded when somebody wants them.

    There they are a function of their exports and of Monaco, known by its first and its last words.
    A version that reads otherwise stops the build, and none is taken that was not tried.
    """
    script = prepare_vim().read_text()
    first = re.search(r"\(function\((\w),(\w)\)\{\2\(\w,\w+\)\}\)\(\w+,(?=function\()", script)
    last = re.search(r"\w\.StatusBar=\w+,\w\.VimMode=\w+,\w\.initVimMode=\w+\}", script)
    if not first or not last or not 100_000 < last.end() - first.end() < 300_000:
        sys.exit(f"{PACKAGE} does not have Vim's keys where they are looked for")
    factory = script[first.end() : last.end()]
    content = f"/* monaco-vim, MIT License, as in {PACKAGE} */\nglobalThis.vimKeys={factory};\n"
    path = ASSETS / f"vim-{hashlib.sha256(content.encode()).hexdigest()[:8]}.js"
    path.write_text(content)
    return path


def prepare_vim() -> Path:
    """The script that has Vim's keys in it; in a folder of its own, as nothing else needs the package."""
    stamp = PLACE / "installed.txt"
    if not stamp.exists() or stamp.read_text() != PACKAGE:
        shutil.rmtree(PLACE, ignore_errors=True)
        pip = [TOOLS / "bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "--no-deps", "--no-compile", "--target", PLACE, PACKAGE], check=True)
        stamp.write_text(PACKAGE)
    return PLACE / "qtmonaco/js_build/assets/index.js"
