"""Where the build of the page finds things and puts them."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "Sources/Web"
TARGET = ROOT / ".build/web"
ASSETS = TARGET / "assets"
TOOLS = ROOT / ".tools/web"
MODULES = SOURCE / "node_modules"


def packages() -> Path:
    """Where the packages from PyPI are, once they are installed."""
    return next(TOOLS.glob("lib/python3*/site-packages"))


def file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
