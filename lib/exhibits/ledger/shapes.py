"""What a paper reports without a number: a sign, the course of a curve, or another shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, pairwise
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from .reported import Array, Reported, all_of_each, number_text, worst


@dataclass(frozen=True)
class Sign(Reported):
    """A sign: ``Sign(">0")``, ``Sign("<0")``, ``Sign("≥0")`` or ``Sign("≤0")``, of every element.

    An ordering is the sign of a difference. That something *is* zero is ``Exact("zero", 0)``.

    >>> Sign(">0").holds(np.array([0.2, 3.0])), Sign(">0").holds(np.array([0.2, 0.0]))
    (True, False)
    """

    sign: Literal[">0", "<0", "≥0", "≤0"]
    text: str = ""
    printed: str = field(init=False, repr=False)

    _WORDS: ClassVar[dict[str, str]] = {
        ">0": "positive",
        "<0": "negative",
        "≥0": "not negative",
        "≤0": "not positive",
    }

    def __post_init__(self) -> None:
        if self.sign not in self._WORDS:
            raise ValueError(f"sign = {self.sign!r}: expected one of {', '.join(self._WORDS)}")
        object.__setattr__(self, "printed", self.text or self._WORDS[self.sign])

    @property
    def tolerance_text(self) -> str:
        return "none: a sign"

    def holds_each(self, results: Array) -> NDArray[np.bool_]:
        x = -results if self.sign in ("<0", "≤0") else results
        return all_of_each(x > 0 if self.sign in ("<0", ">0") else x >= 0)

    def gap(self, ours: Array) -> float:
        return worst(np.maximum(ours, 0) if self.sign in ("<0", "≤0") else np.minimum(ours, 0))

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        return super().describe_gap(gap, spec) if gap else "none"


Direction = Literal["rises", "falls", "stays"]
_STEPS = {"rises": 1, "falls": -1, "stays": 0}
_WORDS = {move: word for word, move in _STEPS.items()}


@cache  # a result is tried with many small changes, most of which leave its course
def _course(moves: bytes, weak: bool) -> tuple[str, ...]:
    """The directions in turn; where the course is weak, without the pauses."""
    steps = np.frombuffer(moves, np.int8).tolist()
    return tuple(_WORDS[move] for move, _ in groupby(filter(None, steps) if weak else steps))


@dataclass(frozen=True)
class Course(Reported):
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
    printed: str
    flat: float
    weak: bool

    def __init__(
        self, *steps: Direction, text: str = "", flat: float = 1e-12, weak: bool = False
    ) -> None:
        if not steps or set(steps) - _STEPS.keys():
            raise ValueError(
                f"steps = {steps!r}: expected 'rises', 'falls' or 'stays', at least one"
            )
        if any(a == b for a, b in pairwise(steps)):
            raise ValueError(f"steps = {steps!r}: two neighbours are the same; join them")
        words = text or ", then ".join(steps)
        for name, value in {"steps": steps, "printed": words, "flat": flat, "weak": weak}.items():
            object.__setattr__(self, name, value)

    @property
    def tolerance_text(self) -> str:
        rule = "are passed over" if self.weak else "count as flat"
        return f"steps below {number_text(self.flat, 'g')} of the value {rule}"

    def _courses(self, curves: Array) -> list[tuple[str, ...]]:
        """What each curve does, along the last axis."""
        if curves.ndim == 0 or curves.shape[-1] < 2:
            shape = curves.shape
            raise ValueError(f"a course needs a curve of at least two points, not shape {shape}")
        rows = curves.reshape(-1, curves.shape[-1])
        step = np.diff(rows)
        size = np.maximum(np.abs(rows[:, 1:]), np.abs(rows[:, :-1]))
        moves = np.where(np.abs(step) > self.flat * size, np.sign(step), 0).astype(np.int8)
        return [_course(row.tobytes(), self.weak) for row in moves]

    def holds_each(self, results: Array) -> NDArray[np.bool_]:
        finite = all_of_each(np.isfinite(results))
        found = self._courses(np.where(np.isfinite(results), results, 0.0))
        takes = np.array([course == self.steps for course in found]).reshape(len(results), -1)
        return takes.all(axis=1) & finite

    def describe(self, ours: Array, spec: str | None = None) -> str:
        if not np.isfinite(ours).all():
            return "not finite everywhere"
        courses = sorted(set(self._courses(ours)))
        return "; or ".join(", then ".join(course) or "stays" for course in courses)


@dataclass(frozen=True)
class Shape(Reported):
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

    @property
    def tolerance_text(self) -> str:
        return "none: a shape"

    def holds(self, ours: Array) -> bool:
        return not np.isnan(ours).any() and bool(self.test(ours))

    def holds_each(self, results: Array) -> NDArray[np.bool_]:
        return np.array([self.holds(ours) for ours in results], dtype=bool)

    def describe(self, ours: Array, spec: str | None = None) -> str:
        return self.says(ours) if self.says else super().describe(ours, spec)
