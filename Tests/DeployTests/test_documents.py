"""What people read: every link leads somewhere, and the first page stays as short as it says."""

import os
import re
from pathlib import Path

import pytest

from viva.deployment import ROOT

WORDS_READ_IN_TEN_MINUTES = 2_500


def documents():
    """All that are written here, none that is built or installed."""
    for directory, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
        yield from (Path(directory) / name for name in files if name.endswith(".md"))


DOCUMENTS = sorted(documents())


def without_code(text):
    return re.sub(r"^```.*?^```|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)


def links(path):
    return re.findall(r"\]\(([^)\s]+)\)", without_code(path.read_text()))


def anchors(path):
    """As GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", path.read_text(), flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path):
    broken = []
    for link in links(path):
        if link.startswith(("http://", "https://")):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or anchor and anchor not in anchors(target):
            broken.append(link)
    assert broken == []


def test_a_link_that_is_broken_would_be_noticed(tmp_path):
    (tmp_path / "a.md").write_text("# One `two`: three\n[here](#one-two-three) [there](b.md#none)\n```\n[no](link)\n```\n")
    assert links(tmp_path / "a.md") == ["#one-two-three", "b.md#none"]
    assert anchors(tmp_path / "a.md") == {"one-two-three"}


def test_the_readme_is_read_in_ten_minutes():
    assert len((ROOT / "README.md").read_text().split()) < WORDS_READ_IN_TEN_MINUTES


def test_every_document_is_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached or path.suffix != ".md":
            continue
        reached.add(path)
        waiting += [target for link in links(path) if (target := (path.parent / link.partition("#")[0]).resolve()).is_file()]
    assert set(DOCUMENTS) - reached == set()
