"""What a paper reports without a number: a sign, the course of a curve, or another shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from .reported import Array, all_of_each, number_text, values_text, worst

__all__ = ["Course", "Shape", "Sign"]


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
        return bool(self.holds_each(ours[np.newaxis])[0])

    def holds_each(self, results: Array) -> NDArray[np.bool_]:
        x = -results if self.sign in ("<0", "≤0") else results
        return all_of_each(x > 0 if self.sign in ("<0", ">0") else x >= 0)

    def gap(self, ours: Array) -> float | None:
        against = np.maximum(ours, 0.0) if self.sign in ("<0", "≤0") else np.minimum(ours, 0.0)
        return worst(against)

    def describe(self, ours: Array, spec: str | None = None) -> str:
        return values_text(ours, spec or ".3g")

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        return number_text(gap, spec or ".3g", sign=True) if gap else "none"


Direction = Literal["rises", "falls", "stays"]
_WORDS = {1: "rises", -1: "falls", 0: "stays"}
_STEPS = {word: move for move, word in _WORDS.items()}


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

    def _moves(self, ours: Array) -> NDArray[np.int64]:
        """Of each row, the direction of each step: 1, −1 or 0."""
        rows = ours.reshape(-1, ours.shape[-1])
        step = np.diff(rows)
        size = np.maximum(np.abs(rows[:, 1:]), np.abs(rows[:, :-1]))
        return np.where(np.abs(step) > self.flat * size, np.sign(step), 0).astype(int)

    def _courses(self, ours: Array) -> set[tuple[str, ...]]:
        _check_curve(ours.shape)
        courses = set()
        for row in self._moves(ours):
            if self.weak:
                row = row[row != 0]
            turns = np.append(True, row[1:] != row[:-1])[: row.size]
            courses.add(tuple(_WORDS[move] for move in row[turns].tolist()))
        return courses

    def holds(self, ours: Array) -> bool:
        return bool(self.holds_each(ours[np.newaxis])[0])

    def holds_each(self, results: Array) -> NDArray[np.bool_]:
        _check_curve(results.shape[1:])
        finite = all_of_each(np.isfinite(results))
        takes = np.zeros(len(results), dtype=bool)
        if results[finite].size:
            rows = self._takes_it(self._moves(results[finite]))
            takes[finite] = rows.reshape(int(finite.sum()), -1).all(axis=1)
        return takes

    def _takes_it(self, moves: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether each row of moves is this course."""
        if self.weak:  # a pause goes on in the direction before it
            latest = np.maximum.accumulate(np.where(moves, np.arange(moves.shape[1]), 0), axis=1)
            moves = np.take_along_axis(moves, latest, axis=1)
        before = np.zeros_like(moves)
        before[:, 1:] = moves[:, :-1]
        turns = moves != before
        if not self.weak:
            turns[:, 0] = True
        wanted = [_STEPS[step] for step in self.steps]
        takes = turns.sum(axis=1) == len(wanted)
        takes[takes] = (moves[takes][turns[takes]].reshape(-1, len(wanted)) == wanted).all(axis=1)
        return takes

    def gap(self, ours: Array) -> float | None:
        return None

    def describe(self, ours: Array, spec: str | None = None) -> str:
        if not np.isfinite(ours).all():
            return "not finite everywhere"
        return "; or ".join(", then ".join(c) or "stays" for c in sorted(self._courses(ours)))

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        return ""


def _check_curve(shape: tuple[int, ...]) -> None:
    if not shape or shape[-1] < 2:
        raise ValueError(f"a course needs a curve of at least two points, not shape {shape}")


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
        return self.says(ours) if self.says else values_text(ours, spec or ".3g")

    def describe_gap(self, gap: float, spec: str | None = None) -> str:
        return ""
