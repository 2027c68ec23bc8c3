"""What a paper reports as a quantity: a printed number, an exact value, or a range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from .reported import Array, all_of_each, number_text, values_text, worst

__all__ = ["Exact", "Number", "Range"]

#: Rounding of floating-point numbers must not decide about a result that lies on the edge.
_EDGE = 1 + 1e-9


@dataclass(frozen=True)
class Number:
    """A printed number, compared to within one unit in its last printed place.

    ``printed`` is the number as the paper prints it: ``"1.949"``, ``"−23%"``, ``"+11.5 pp"``,
    ``"11,800"``. Percentages and percentage points are held as fractions, so our result is one.
    ``tolerance`` (in the number's own unit, fractions for percentages) replaces the default and
    then needs a reason in ``because``.

    >>> Number("85%").holds(np.array(0.858)), Number("85%").holds(np.array(0.863))
    (True, False)
    >>> Number(".732").tolerance
    0.001
    """

    printed: str
    tolerance: float = float("nan")
    because: str = "one unit in the last printed place"
    unit: str = ""
    quantitative: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[-+−]?[\d,]*\.?\d+\s?(%|pp)?", self.printed):
            raise ValueError(
                f"printed = {self.printed!r}: expected a number as printed, such as '1.949', "
                "'−23%' or '11,800'; for a value in words or symbols use Exact(text, value)"
            )
        if np.isnan(self.tolerance):
            object.__setattr__(self, "tolerance", float(f"1e{-self._places - 2 * self.percent}"))
        elif self.because == Number.because:
            raise ValueError(
                f"tolerance = {self.tolerance}: give its reason in `because`, or leave it out for "
                "one unit in the last printed place"
            )
        if not self.tolerance > 0:
            raise ValueError(f"tolerance = {self.tolerance}: must be positive")

    @property
    def percent(self) -> bool:
        """Is it printed in per cent or percentage points?"""
        return self.printed.endswith(("%", "pp"))

    @property
    def _places(self) -> int:
        digits = self.printed.rstrip("%p ")
        return len(digits.partition(".")[2])

    @property
    def value(self) -> float:
        """The printed number (a fraction where it is printed in per cent)."""
        digits = self.printed.rstrip("%p ").replace(",", "").replace("−", "-")
        return float(f"{digits}e-2") if self.percent else float(digits)

    def _spec(self) -> str:
        return f".{self._places + 1}{'%' if self.percent else 'f'}"

    @property
    def tolerance_text(self) -> str:
        size = number_text(self.tolerance, ".6g")
        if self.percent:
            size = number_text(100 * self.tolerance, ".6g") + " pp"
        if self.because == Number.because:
            return f"± {size}, the last printed place"
        return f"± {size}: {self.because}"

    def gap(self, ours: Array) -> float | None:
        return worst(ours - self.value)

    def holds(self, ours: Array) -> bool:
        return bool(self.holds_each(ours[np.newaxis])[0])

    def holds_each(self, results: Array) -> NDArray[np.bool_]:
        return all_of_each(np.abs(results - self.value) <= self.tolerance * _EDGE)

    def describe(self, ours: Array, spec: str | None = None) -> str:
        text = values_text(ours, spec or self._spec())
        return f"{text} {self.unit}".rstrip()

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        if self.percent:
            return (
                number_text(100 * gap, (spec or self._spec()).replace("%", "f"), sign=True) + " pp"
            )
        return number_text(gap, spec or self._spec(), sign=True)


@dataclass(frozen=True)
class Exact:
    """A value stated in words or symbols (``"eleven-fold"``, ``"1/(1−σ)"``): compared to 1e-9.

    ``value`` is a number, or a sequence with the shape of our result (a formula on a grid); it may
    be infinite. The tolerance is absolute below one and relative above.

    >>> Exact("10/11", 10 / 11).holds(np.array(0.9090909090909))
    True
    >>> Exact("10/11", 10 / 11).holds(np.array(0.909))
    False
    """

    printed: str
    value: Any
    tolerance: float = 1e-9
    because: str = "an exact statement, compared to nine digits"
    unit: str = ""
    quantitative: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if not self.tolerance > 0:
            raise ValueError(f"tolerance = {self.tolerance}: must be positive")
        if self.tolerance != Exact.tolerance and self.because == Exact.because:
            raise ValueError(f"tolerance = {self.tolerance}: give its reason in `because`")

    def _target(self) -> Array:
        return np.asarray(self.value, dtype=float)

    @property
    def tolerance_text(self) -> str:
        if self.tolerance == Exact.tolerance:
            return "exact, to nine digits"
        return f"± {number_text(self.tolerance, '.6g')}: {self.because}"

    def gap(self, ours: Array) -> float | None:
        ours, target = np.broadcast_arrays(ours, self._target())
        apart = ours != target  # so that ∞ = ∞
        return worst(ours[apart] - target[apart]) if apart.any() else 0.0

    def holds(self, ours: Array) -> bool:
        ours = np.broadcast_arrays(ours, self._target())[0]  # one number may stand for a grid
        return bool(self.holds_each(ours[np.newaxis])[0])

    def holds_each(self, results: Array) -> NDArray[np.bool_]:
        results, target = np.broadcast_arrays(results, self._target())
        apart = results != target  # so that ∞ = ∞
        allowed = self.tolerance * _EDGE * np.maximum(1.0, np.abs(target[apart]))
        agrees = ~apart
        agrees[apart] = (np.abs(results[apart] - target[apart]) <= allowed) & (allowed < np.inf)
        return all_of_each(agrees)

    def describe(self, ours: Array, spec: str | None = None) -> str:
        return f"{values_text(ours, spec or '.6g')} {self.unit}".rstrip()

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        return number_text(gap, ".1e" if 0 < abs(gap) < 1e-3 else (spec or ".6g"), sign=True)


@dataclass(frozen=True)
class Range:
    """A printed range, ends included: ``Range(.80, .83, "about .80–.83")``.

    ``because`` says what the ends are, where they are not printed as such. An end may be infinite.

    >>> Range(8.5, 9.5, "around year 9", because="rounds to nine").holds(np.array(9.2))
    True
    """

    low: float
    high: float
    printed: str
    because: str = "the printed range, ends included"
    spec: str = ".3g"
    unit: str = ""
    quantitative: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"low = {self.low}, high = {self.high}: low must lie below high")

    @property
    def tolerance_text(self) -> str:
        ends = " to ".join(number_text(x, self.spec) for x in (self.low, self.high))
        return f"{ends}: {self.because}"

    def gap(self, ours: Array) -> float | None:
        below, above = np.minimum(ours - self.low, 0.0), np.maximum(ours - self.high, 0.0)
        return worst(below + above)

    def holds(self, ours: Array) -> bool:
        return bool(self.holds_each(ours[np.newaxis])[0])

    def holds_each(self, results: Array) -> NDArray[np.bool_]:
        return all_of_each((self.low <= results) & (results <= self.high))

    def describe(self, ours: Array, spec: str | None = None) -> str:
        return f"{values_text(ours, spec or self.spec)} {self.unit}".rstrip()

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        return number_text(gap, spec or self.spec, sign=True) if gap else "inside"
