"""What a figure says of itself, to be held against what the library computes."""

from __future__ import annotations

from pathlib import Path

import yaml

CHAPTERS = Path(__file__).parents[1] / "chapters"


def told(chapter: str, figure: str) -> str:
    """The caption and the text alternative of a chapter's figure, with the minus of the keyboard.

    >>> "Does" in told("wang_wong/free_entry", "fig-ww-entry-path")
    True
    """
    page = (CHAPTERS / f"{chapter}.md").read_text(encoding="utf-8")
    here = page.index(f"    name: {figure}\n")
    head = page[page.rindex("\n---\n", 0, here) + 5 : page.index("\n---\n", here)]
    said = yaml.safe_load(head)["mystnb"]
    return " ".join(f"{said['figure']['caption']} {said['image']['alt']}".split()).replace("−", "-")
