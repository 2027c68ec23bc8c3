"""What a figure says of itself, to be held against what the library computes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import yaml

CHAPTERS = Path(__file__).parents[1] / "chapters"
_NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?")


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


def says(chapter: str, figure: str, *values: float) -> None:
    """The values stand in the words of a figure, in this order, rounded as they are there.

    Other numbers may stand between them: inputs, axes, years.

    >>> rounds("1,800", 1794.0), rounds("0.29", 0.2849), rounds("0.3", 0.36)
    (True, False, False)
    """
    text = told(chapter, figure)
    numbers = _NUMBER.findall(text)
    left: Iterable[str] = iter(numbers)
    for place, value in enumerate(values):
        found = any(rounds(number, float(value)) for number in left)
        assert found, f"{figure}: value {place}, {value:.6g}, is not said in its order: {numbers}"


def rounds(number: str, value: float) -> bool:
    """Whether the value, without its sign, is this number when rounded to its digits."""
    plain = number.replace(",", "")
    whole, _, decimals = plain.partition(".")
    zeros = len(whole) - len(whole.rstrip("0")) if not decimals and whole.strip("0") else 0
    return abs(abs(value) - float(plain)) <= 0.5000001 * 10.0 ** (zeros - len(decimals))
