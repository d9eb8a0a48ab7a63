"""Vim's keys for Monaco, as one module that a browser loads when somebody wants them.

They are monaco-vim (MIT License), which PyPI has only inside of the script of a package for Qt. There it is a function of
its exports and of Monaco, known by its first and its last words. A version that reads otherwise stops the build, and none
is taken that was not tried.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from web.places import ASSETS, ROOT, TOOLS

PACKAGE = "qtmonaco==0.11.0"
# In a folder of its own, as nothing else needs the package.
PLACE = ROOT / ".tools/vim"

FIRST = re.compile(r"\(function\((\w),(\w)\)\{\2\(\w,\w+\)\}\)\(\w+,(?=function\()")
LAST = re.compile(r"\w\.StatusBar=\w+,\w\.VimMode=\w+,\w\.initVimMode=\w+\}")
LENGTHS = range(100_000, 300_000)


def place_vim() -> Path:
    """Returns the file that it wrote."""
    content = f"/* monaco-vim, MIT License, as in {PACKAGE} */\nexport default {cut_out(script())};\n"
    path = ASSETS / f"vim-{hashlib.sha256(content.encode()).hexdigest()[:8]}.js"
    path.write_text(content)
    return path


def script() -> str:
    stamp = PLACE / "installed.txt"
    if not stamp.exists() or stamp.read_text() != PACKAGE:
        shutil.rmtree(PLACE, ignore_errors=True)
        pip = [TOOLS / "bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "--no-deps", "--no-compile", "--target", PLACE, PACKAGE], check=True)
        stamp.write_text(PACKAGE)
    return (PLACE / "qtmonaco/js_build/assets/index.js").read_text()


def cut_out(script: str) -> str:
    first, last = FIRST.search(script), LAST.search(script)
    if not first or not last or last.end() - first.end() not in LENGTHS:
        sys.exit(f"{PACKAGE} does not have Vim's keys where they are looked for")
    return script[first.end() : last.end()]
