"""Saving a chapter that Jupyter shows as a notebook changes the lines that its reader changed.

jupytext writes the whole file in a form of its own: captions quoted, options rewritten, versions
stamped. The hook takes that form as the common ancestor of the file and of what is to be saved.

    python book/saving.py     tells the Jupyter of this Python's environment
"""

from __future__ import annotations

import os
import re
import sys
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

Edit = tuple[int, int, list[str]]  # lines of the ancestor from, to, and what stands there instead

_HEAD = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
_CELL = re.compile(r"^```\{code-cell\}.*$", re.MULTILINE)


def kept(file: str, saved: str) -> str:
    """What is to be saved, in the file's own form wherever only the form differs.

    The head and the cells' language name the machine's kernel, which is no edit: they stay.
    """
    import jupytext

    head, cell = _HEAD.match(file), _CELL.search(file)
    if not (head and cell):
        return saved
    saved = _CELL.sub(cell[0], saved)
    form = jupytext.writes(jupytext.reads(file, fmt="md:myst"), fmt="md:myst")
    old, ancestor, new = (_HEAD.sub("", text, count=1) for text in (file, form, saved))
    lines = ancestor.splitlines()
    edits = _edits(lines, new.splitlines())
    forms = [f for f in _edits(lines, old.splitlines()) if not any(_meet(f, e) for e in edits)]
    for first, last, instead in sorted([*edits, *forms], reverse=True):
        lines[first:last] = instead
    return head[0] + "\n".join(lines) + "\n"


def _edits(before: list[str], after: list[str]) -> list[Edit]:
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(i, j, after[k:m]) for kind, i, j, k, m in found if kind != "equal"]


def _meet(one: Edit, other: Edit) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def keep_lines(model: dict[str, Any], path: str, contents_manager: Any, **_: Any) -> None:
    """For Jupyter's ``FileContentsManager.pre_save_hook``."""
    file = Path(contents_manager._get_os_path(path))
    if model["type"] == "file" and file.suffix == ".md" and file.exists():
        model["content"] = kept(file.read_text("utf8"), model["content"])


def settings(place: Path) -> str:
    """The file at ``place`` that tells Jupyter; both may move together."""
    book = os.path.relpath(Path(__file__).resolve().parent, place.resolve().parent)
    return (
        "import os, sys\n"
        f"sys.path.append(os.path.join(os.path.dirname(os.path.realpath(__file__)), {book!r}))\n"
        "from saving import keep_lines\n"
        "c.FileContentsManager.pre_save_hook = keep_lines\n"
    )


def main() -> None:
    place = Path(sys.prefix, "etc", "jupyter", "jupyter_server_config.py")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(settings(place), "utf8")


if __name__ == "__main__":
    main()
