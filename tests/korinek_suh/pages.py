"""What chapters say of their figures in captions and text alternatives, read by tests."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

CHAPTERS = Path(__file__).parents[2] / "chapters"
CELL = re.compile(r"^```\{code-cell\} python3\n---\n(.*?)^---$", re.M | re.S)


def said(chapter: str, figure: str) -> str:
    """Caption and text alternative of a figure, in one line."""
    page = (CHAPTERS / f"{chapter}.md").read_text("utf8")
    for options in map(yaml.safe_load, CELL.findall(page)):
        shown = options.get("mystnb", {})
        if shown.get("figure", {}).get("name") == figure:
            return " ".join(f"{shown['figure']['caption']} {shown['image']['alt']}".split())
    raise AssertionError(f"{chapter} has no figure {figure}")


def assert_said(chapter: str, figure: str, *results: str, given: str = "") -> None:
    """Each result, formatted from code, is said of the figure.

    No other number is, but for those of ``given``: inputs, axes and names of figures.
    """
    text = said(chapter, figure)
    for result in results:
        assert result in text, f"{figure} does not say: {result}"
        text = text.replace(result, "…")
    left = set(re.findall(r"\d+(?:[.,]\d+)*", text)) - set(given.split())
    assert not left, f"{figure} says {sorted(left)}, which nothing computes: {text}"
