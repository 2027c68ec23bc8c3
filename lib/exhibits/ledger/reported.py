"""What a paper reports: a number, an exact value, a range, a sign, a course or another shape.

Each class answers three questions about our result: does the statement hold (:meth:`holds`), how
far off is it (:meth:`gap`), and how are both written (:meth:`describe`, :attr:`printed`). Our
result is a number or an array; a statement about an array must hold for every element of it. A
result that contains NaN never holds.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Reported(ABC):
    """What each kind of statement offers (exhibits.ledger.quantities, exhibits.ledger.shapes)."""

    #: Does the statement carry a magnitude? If not, a match is a match *in shape*.
    quantitative: ClassVar[bool] = False
    printed: str  # the statement as a reader of the paper finds it
    spec: str = ".3g"  # the format in which our result is written
    unit: str = ""

    @property
    @abstractmethod
    def tolerance_text(self) -> str:
        """The tolerance with its reason."""

    @abstractmethod
    def holds_each(self, results: Array) -> NDArray[np.bool_]:
        """:meth:`holds` of each of many results of one shape, along the first axis."""

    def holds(self, ours: Array) -> bool:
        """Whether our result agrees with the statement."""
        return bool(self.holds_each(ours[np.newaxis])[0])

    def gap(self, ours: Array) -> float | None:
        """Signed distance of our result from the statement; None where there is no distance."""
        return None

    def describe(self, ours: Array, spec: str | None = None) -> str:
        """Our result in the words or digits in which the statement is made."""
        return f"{values_text(ours, spec or self.spec)} {self.unit}".rstrip()

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        """The gap in the same digits."""
        return number_text(gap, spec or self.spec, sign=True)


_POWER = re.compile(r"e\+?(-?)0*(\d+)")
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number_text(x: float, spec: str, *, sign: bool = False) -> str:
    """A number as it is printed: true minus sign, powers of ten, no negative zero.

    >>> number_text(-0.8536, ".1%"), number_text(-1e-9, ".2f"), number_text(0.2, ".1f", sign=True)
    ('−85.4%', '0.00', '+0.2')
    >>> number_text(1e-9, "g"), number_text(-2.5e-7, ".2g")
    ('10⁻⁹', '−2.5×10⁻⁷')
    """
    if np.isinf(x):
        return "∞" if x > 0 else "−∞"
    text = format(float(x), spec)
    if not re.search(r"[1-9]", text):
        text = text.replace("-", "")
    elif sign and not text.startswith("-"):
        text = "+" + text
    text = _POWER.sub(lambda m: "×10" + (m[1] + m[2]).translate(_SUPERSCRIPT), text)
    return re.sub(r"^([-+]?)1(?:\.0+)?×10", r"\g<1>10", text).replace("-", "−")


def values_text(ours: Array, spec: str) -> str:
    """One number, or the range that an array spans."""
    if ours.size == 1:
        return number_text(float(ours.reshape(-1)[0]), spec)
    if np.isnan(ours).any():
        return "not a number"
    low, high = (number_text(float(x), spec) for x in (ours.min(), ours.max()))
    return low if low == high else f"{low} to {high}"


def worst(distance: Array) -> float:
    """The element farthest from zero, with its sign."""
    flat = distance.reshape(-1)
    return float(flat[np.argmax(np.abs(flat))])


def all_of_each(agrees: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """For each of many results (along the first axis): does every element of it agree?"""
    return np.asarray(agrees.all(axis=tuple(range(1, agrees.ndim))))
