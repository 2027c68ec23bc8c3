"""What a paper reports as a quantity: a printed number, an exact value, or a range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from .reported import Array, Reported, all_of_each, number_text, worst

#: Rounding of floating-point numbers must not decide about a result that lies on the edge.
_EDGE = 1 + 1e-9


def _check_tolerance(given: Number | Exact, own: bool) -> None:
    if own and given.because == type(given).because:
        raise ValueError(
            f"tolerance = {given.tolerance}: give its reason in `because`, or leave it out for "
            f"{given.because}"
        )
    if not given.tolerance > 0:
        raise ValueError(f"tolerance = {given.tolerance}: must be positive")


@dataclass(frozen=True)
class Number(Reported):
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
        places = len(self.printed.rstrip("%p ").partition(".")[2])
        own = not np.isnan(self.tolerance)
        if not own:
            last = float(f"1e{-places - 2 * self.percent}")
            object.__setattr__(self, "tolerance", last)
        object.__setattr__(self, "spec", f".{places + 1}{'%' if self.percent else 'f'}")
        _check_tolerance(self, own)

    @property
    def percent(self) -> bool:
        """Is it printed in per cent or percentage points?"""
        return self.printed.endswith(("%", "pp"))

    @property
    def value(self) -> float:
        """The printed number (a fraction where it is printed in per cent)."""
        digits = self.printed.rstrip("%p ").replace(",", "").replace("−", "-")
        return float(f"{digits}e-2") if self.percent else float(digits)

    @property
    def tolerance_text(self) -> str:
        size = number_text(self.tolerance, ".6g")
        if self.percent:
            size = number_text(100 * self.tolerance, ".6g") + " pp"
        if self.because == Number.because:
            return f"± {size}, the last printed place"
        return f"± {size}: {self.because}"

    def gap(self, ours: Array) -> float:
        return worst(ours - self.value)

    def holds_each(self, results: Array) -> NDArray[np.bool_]:
        return all_of_each(np.abs(results - self.value) <= self.tolerance * _EDGE)

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        if not self.percent:
            return super().describe_gap(gap, spec)
        return super().describe_gap(100 * gap, (spec or self.spec).replace("%", "f")) + " pp"


@dataclass(frozen=True)
class Exact(Reported):
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
    spec: ClassVar[str] = ".6g"  # type: ignore[misc]

    def __post_init__(self) -> None:
        _check_tolerance(self, self.tolerance != Exact.tolerance)

    @property
    def tolerance_text(self) -> str:
        if self.tolerance == Exact.tolerance:
            return "exact, to nine digits"
        return f"± {number_text(self.tolerance, '.6g')}: {self.because}"

    def gap(self, ours: Array) -> float:
        ours, target = np.broadcast_arrays(ours, np.asarray(self.value, dtype=float))
        apart = ours != target  # so that ∞ = ∞
        return worst(ours[apart] - target[apart]) if apart.any() else 0.0

    def holds(self, ours: Array) -> bool:
        return super().holds(np.broadcast_arrays(ours, self.value)[0])  # one may stand for a grid

    def holds_each(self, results: Array) -> NDArray[np.bool_]:
        results, target = np.broadcast_arrays(results, np.asarray(self.value, dtype=float))
        apart = results != target  # so that ∞ = ∞
        allowed = self.tolerance * _EDGE * np.maximum(1.0, np.abs(target[apart]))
        agrees = ~apart
        agrees[apart] = (np.abs(results[apart] - target[apart]) <= allowed) & (allowed < np.inf)
        return all_of_each(agrees)

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        return super().describe_gap(gap, ".1e" if 0 < abs(gap) < 1e-3 else spec)


@dataclass(frozen=True)
class Range(Reported):
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

    def gap(self, ours: Array) -> float:
        return worst(np.minimum(ours - self.low, 0.0) + np.maximum(ours - self.high, 0.0))

    def holds_each(self, results: Array) -> NDArray[np.bool_]:
        return all_of_each((self.low <= results) & (results <= self.high))

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        return super().describe_gap(gap, spec) if gap else "inside"
