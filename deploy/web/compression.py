"""Lays `.br` and `.gz` beside each file that shrinks: nginx sends them as they are."""

import gzip
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from web.places import packages

# Smaller files gain less than a request's headers.
COMPRESSED_BYTES_MIN = 1024
# The best that Brotli can do takes seconds a megabyte; a language service of 7 MB is not worth them.
BEST_BYTES_MAX = 4_000_000
SUFFIXES = {".js", ".css", ".html", ".svg"}


def compress(paths: list[Path]):
    # It is not among what this Python finds by itself.
    sys.path.append(str(packages()))
    import brotli

    paths = [path for path in paths if path.suffix in SUFFIXES and path.stat().st_size >= COMPRESSED_BYTES_MIN]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda path: compress_one(path, brotli), paths))


def compress_one(path: Path, brotli):
    content = path.read_bytes()
    quality = 11 if len(content) <= BEST_BYTES_MAX else 9
    # Without a time of its own, equal content makes equal files.
    beside(path, "gz").write_bytes(gzip.compress(content, 9, mtime=0))
    beside(path, "br").write_bytes(brotli.compress(content, quality=quality, lgwin=24))


def beside(path: Path, suffix: str) -> Path:
    return path.with_name(f"{path.name}.{suffix}")


def with_compressed(paths: set[Path]) -> set[Path]:
    return {each for path in paths for each in (path, beside(path, "gz"), beside(path, "br"))}
