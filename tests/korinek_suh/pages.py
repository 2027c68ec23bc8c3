"""What chapters say of their figures, number by number."""

from __future__ import annotations

import re

from tests.told import told


def assert_said(chapter: str, figure: str, *results: str, given: str = "") -> None:
    """Each result, formatted from code, is said of the figure.

    No other number is, but for those of ``given``: inputs, axes and names of figures.
    """
    text = told(chapter, figure)
    for result in results:
        assert result in text, f"{figure} does not say: {result}"
        text = text.replace(result, "…")
    left = set(re.findall(r"\d+(?:[.,]\d+)*", text)) - set(given.split())
    assert not left, f"{figure} says {sorted(left)}, which nothing computes: {text}"
