"""What a paper reports: a number, an exact value, a range, a sign, a course or another shape.

Each class answers three questions about our result: does the statement hold (:meth:`holds`), how
far off is it (:meth:`gap`), and how are both written (:meth:`describe`, :attr:`printed`). Our
result is a number or an array; a statement about an array must hold for every element of it. A
result that contains NaN never holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, ClassVar, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Course", "Exact", "Number", "Range", "Reported", "Shape", "Sign"]

Array = NDArray[np.float64]

#: Rounding of floating-point numbers must not decide about a result that lies on the edge.
_EDGE = 1 + 1e-9


class Reported(Protocol):
    """What every class of this module offers."""

    #: Does the statement carry a magnitude? If not, a match is a match *in shape*.
    quantitative: ClassVar[bool]

    @property
    def printed(self) -> str:
        """The statement as a reader of the paper finds it."""

    @property
    def tolerance_text(self) -> str:
        """The tolerance with its reason."""

    def holds(self, ours: Array) -> bool:
        """Whether our result agrees with the statement."""

    def gap(self, ours: Array) -> float | None:
        """Signed distance of our result from the statement; None where there is no distance."""

    def describe(self, ours: Array, spec: str | None = None) -> str:
        """Our result in the words or digits in which the statement is made."""

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        """The gap in the same digits."""


_POWER = re.compile(r"e\+?(-?)0*(\d+)")
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number_text(x: float, spec: str, *, sign: bool = False) -> str:
    """A number as it is printed: true minus sign, powers of ten, no negative zero.

    >>> number_text(-0.8536, ".1%"), number_text(-1e-9, ".2f"), number_text(0.2, ".1f", sign=True)
    ('−85.4%', '0.00', '+0.2')
    >>> number_text(1e-9, "g"), number_text(-2.5e-7, ".2g")
    ('10⁻⁹', '−2.5×10⁻⁷')
    """
    if np.isposinf(x):
        return "∞"
    if np.isneginf(x):
        return "−∞"
    text = format(float(x), spec)
    if not re.search(r"[1-9]", text):
        text = text.replace("-", "")
    elif sign and not text.startswith("-"):
        text = "+" + text
    text = _POWER.sub(lambda m: "×10" + (m[1] + m[2]).translate(_SUPERSCRIPT), text)
    return re.sub(r"^([-+]?)1(?:\.0+)?×10", r"\g<1>10", text).replace("-", "−")


def _values_text(ours: Array, spec: str) -> str:
    """One number, or the range that an array spans."""
    if ours.size == 1:
        return number_text(float(ours.reshape(-1)[0]), spec)
    if np.isnan(ours).any():
        return "not a number"
    low, high = (number_text(float(x), spec) for x in (ours.min(), ours.max()))
    return low if low == high else f"{low} to {high}"


def _worst(distance: Array) -> float:
    """The element farthest from zero, with its sign."""
    flat = distance.reshape(-1)
    return float(flat[np.argmax(np.abs(flat))])


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
        return f"± {size}: {self.because}"

    def gap(self, ours: Array) -> float | None:
        return _worst(ours - self.value)

    def holds(self, ours: Array) -> bool:
        return bool(np.all(np.abs(ours - self.value) <= self.tolerance * _EDGE))

    def describe(self, ours: Array, spec: str | None = None) -> str:
        text = _values_text(ours, spec or self._spec())
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
        return f"± {number_text(self.tolerance, '.6g')}: {self.because}"

    def gap(self, ours: Array) -> float | None:
        ours, target = np.broadcast_arrays(ours, self._target())
        apart = ours != target  # so that ∞ = ∞
        return _worst(ours[apart] - target[apart]) if apart.any() else 0.0

    def holds(self, ours: Array) -> bool:
        ours, target = np.broadcast_arrays(ours, self._target())
        apart = ours != target
        allowed = self.tolerance * _EDGE * np.maximum(1.0, np.abs(target[apart]))
        return bool(np.all((np.abs(ours[apart] - target[apart]) <= allowed) & (allowed < np.inf)))

    def describe(self, ours: Array, spec: str | None = None) -> str:
        return f"{_values_text(ours, spec or '.6g')} {self.unit}".rstrip()

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
        return _worst(below + above)

    def holds(self, ours: Array) -> bool:
        return bool(np.all((self.low <= ours) & (ours <= self.high)))

    def describe(self, ours: Array, spec: str | None = None) -> str:
        return f"{_values_text(ours, spec or self.spec)} {self.unit}".rstrip()

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        return number_text(gap, spec or self.spec, sign=True) if gap else "inside"


@dataclass(frozen=True)
class Sign:
    """A sign: ``Sign(">0")``, ``Sign("<0")``, ``Sign("≥0")`` or ``Sign("≤0")``, of every element.

    An ordering is the sign of a difference. That something *is* zero is ``Exact("zero", 0)``.

    >>> Sign(">0").holds(np.array([0.2, 3.0])), Sign(">0").holds(np.array([0.2, 0.0]))
    (True, False)
    """

    sign: Literal[">0", "<0", "≥0", "≤0"]
    text: str = ""
    quantitative: ClassVar[bool] = False

    _WORDS: ClassVar[dict[str, str]] = {
        ">0": "positive",
        "<0": "negative",
        "≥0": "not negative",
        "≤0": "not positive",
    }

    def __post_init__(self) -> None:
        if self.sign not in self._WORDS:
            raise ValueError(f"sign = {self.sign!r}: expected one of {', '.join(self._WORDS)}")

    @property
    def printed(self) -> str:
        return self.text or self._WORDS[self.sign]

    @property
    def tolerance_text(self) -> str:
        return "none: a sign"

    def holds(self, ours: Array) -> bool:
        x = -ours if self.sign in ("<0", "≤0") else ours
        return bool(np.all(x > 0 if self.sign in ("<0", ">0") else x >= 0))

    def gap(self, ours: Array) -> float | None:
        against = np.maximum(ours, 0.0) if self.sign in ("<0", "≤0") else np.minimum(ours, 0.0)
        return _worst(against)

    def describe(self, ours: Array, spec: str | None = None) -> str:
        return _values_text(ours, spec or ".3g")

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        return number_text(gap, spec or ".3g", sign=True) if gap else "none"


Direction = Literal["rises", "falls", "stays"]


@dataclass(frozen=True)
class Course:
    """The course of a curve along its last axis: ``Course("rises", "falls")`` is a hump.

    Steps smaller than ``flat`` (relative to the larger of the two neighbours) count as ``"stays"``;
    with ``weak`` they are passed over, so that ``Course("rises", weak=True)`` is a
    curve that never falls. Every row of a two-dimensional result must take the course.

    >>> Course("rises", "falls").holds(np.array([1.0, 1.4, 1.5, 1.1, 1.0]))
    True
    >>> Course("rises").describe(np.array([1.0, 1.4, 1.4, 1.1]))
    'rises, then stays, then falls'
    """

    steps: tuple[Direction, ...]
    text: str
    flat: float
    weak: bool
    quantitative: ClassVar[bool] = False

    def __init__(
        self, *steps: Direction, text: str = "", flat: float = 1e-12, weak: bool = False
    ) -> None:
        unknown = set(steps) - {"rises", "falls", "stays"}
        if unknown or not steps:
            raise ValueError(
                f"steps = {steps!r}: expected 'rises', 'falls' or 'stays', at least one"
            )
        if any(a == b for a, b in pairwise(steps)):
            raise ValueError(f"steps = {steps!r}: two neighbours are the same; join them")
        for name, value in (("steps", steps), ("text", text), ("flat", flat), ("weak", weak)):
            object.__setattr__(self, name, value)

    @property
    def printed(self) -> str:
        return self.text or ", then ".join(self.steps)

    @property
    def tolerance_text(self) -> str:
        rule = "are passed over" if self.weak else "count as flat"
        return f"steps below {number_text(self.flat, 'g')} of the value {rule}"

    def _courses(self, ours: Array) -> set[tuple[str, ...]]:
        if ours.ndim == 0 or ours.shape[-1] < 2:
            raise ValueError(
                f"a course needs a curve of at least two points, not shape {ours.shape}"
            )
        rows = ours.reshape(-1, ours.shape[-1])
        courses = set()
        for row in rows:
            step = np.diff(row)
            size = np.maximum(np.abs(row[1:]), np.abs(row[:-1]))
            moves = np.where(np.abs(step) > self.flat * size, np.sign(step), 0.0)
            words = [{1.0: "rises", -1.0: "falls", 0.0: "stays"}[float(m)] for m in moves]
            if self.weak:
                words = [w for w in words if w != "stays"]
            courses.add(tuple(w for w, _ in groupby(words)))
        return courses

    def holds(self, ours: Array) -> bool:
        return bool(np.isfinite(ours).all()) and self._courses(ours) == {self.steps}

    def gap(self, ours: Array) -> float | None:
        return None

    def describe(self, ours: Array, spec: str | None = None) -> str:
        if not np.isfinite(ours).all():
            return "not finite everywhere"
        return "; or ".join(", then ".join(c) or "stays" for c in sorted(self._courses(ours)))

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        return ""


@dataclass(frozen=True)
class Shape:
    """Any other statement about the form of a result: ``Shape("convex", test)``.

    ``test`` takes our result as an array and returns whether the statement holds; ``says``
    turns our result into words for the table (its range, unless given).

    >>> convex = Shape("convex", lambda y: bool((np.diff(y, 2) > 0).all()))
    >>> convex.holds(np.array([4.0, 1.0, 0.0, 1.0]))
    True
    """

    printed: str
    test: Callable[[Array], bool]
    says: Callable[[Array], str] | None = None
    quantitative: ClassVar[bool] = False

    @property
    def tolerance_text(self) -> str:
        return "none: a shape"

    def holds(self, ours: Array) -> bool:
        return not np.isnan(ours).any() and bool(self.test(ours))

    def gap(self, ours: Array) -> float | None:
        return None

    def describe(self, ours: Array, spec: str | None = None) -> str:
        return self.says(ours) if self.says else _values_text(ours, spec or ".3g")

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        return ""
