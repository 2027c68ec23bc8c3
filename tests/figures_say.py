"""The numbers in captions and text alternatives, held against what the library computes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tests.told import told

_NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?")


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
