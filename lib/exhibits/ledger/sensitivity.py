"""The smallest relative change of our result that a claim's check would notice.

The result is changed in a small family of ways, each with a size e, until the verdict changes:

scale
    every value becomes (1 + e) or (1 − e) times what it is;
tilt
    a curve is turned: the values become 1 ± e·t times what they are, with t running evenly
    from −1 at the first point to 1 at the last (along the last axis);
one point
    one value of an array becomes (1 + e) or (1 − e) times what it is.

A single number has only the first. A sign notices −100%: the change that brings the value to zero.
A value of zero has no relative change, so within an array it stays; where the whole result is zero,
e is the change itself, and is marked as absolute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .reported import Array, each_holds, number_text
from .verdicts import Claim, Differs

__all__ = ["LARGEST", "Noticed", "smallest_noticed"]

#: Changes are tried from 1e-12 up to this size (tenfold), two sizes a decade, then bisected.
LARGEST = 10.0
_SIZES = np.append(np.logspace(-12, 1, 27)[:-1], LARGEST)
_MOST_POINTS = 101


@dataclass(frozen=True)
class Noticed:
    """The smallest noticed change: its size (negative: a decrease) and how the result changed."""

    size: float
    how: str
    relative: bool = True

    def __str__(self) -> str:
        size = (
            _percent(self.size) if self.relative else f"{number_text(self.size, '+.2g')} (absolute)"
        )
        return size if self.how == "scale" else f"{self.how} {size}"


def _percent(x: float) -> str:
    """Two significant digits, in per cent: +0.42%, −100%, +2×10⁻⁷%."""
    return number_text(float(format(100 * x, ".2g")), "+.7g") + "%"


def smallest_noticed(claim: Claim, ours: Array | None = None) -> Noticed | None:
    """The smallest change of our result that changes the verdict on ``claim``.

    ``ours`` saves computing the result again. None for a claim out of reach (it has no result),
    and where no change up to tenfold is noticed (a test refuses such a claim).
    """
    if claim.compute is None:
        return None
    ours = claim.ours() if ours is None else np.asarray(ours, dtype=float)
    opinions = _opinions(claim)

    def says(ours: Array) -> int:
        return int(opinions(ours[np.newaxis])[0])

    before = says(ours)
    changes = list(_family(ours))
    directions = np.array([c.sign * c.direction for c in changes])
    smaller = 0.0
    for larger in _SIZES:
        changed = opinions(ours + float(larger) * directions) != before
        if changed.any():
            noticing = [changes[place] for place in np.flatnonzero(changed)]
            break
        smaller = float(larger)
    else:
        return None
    size, change = float(larger), noticing[0]
    for candidate in noticing:  # bisected only if it is noticed below the smallest so far
        if candidate is change or says(candidate(size * (1 - 1e-12))) != before:
            size, change = _bisect(candidate, says, before, smaller, size), candidate
    return Noticed(change.sign * size, change.how, change.relative)


def _opinions(claim: Claim) -> Callable[[Array], NDArray[np.int64]]:
    """What the verdict depends on, for many results along the first axis: 2 where the printed
    statement holds, 1 where it does not and what we say instead does, else 0."""
    instead = claim.finding.instead if isinstance(claim.finding, Differs) else None

    def says(results: Array) -> NDArray[np.int64]:
        out = np.where(each_holds(claim.reported, results), 2, 0)
        if instead is not None:
            fails = out == 0
            out[fails] = each_holds(instead, results[fails])
        return out

    return says


@dataclass(frozen=True)
class _Change:
    """One member of the family: the result moved by ``sign * e`` along ``direction``."""

    ours: Array
    direction: Array
    sign: int
    how: str
    relative: bool

    def __call__(self, size: float) -> Array:
        return np.asarray(self.ours + self.sign * size * self.direction)


def _family(ours: Array) -> Iterator[_Change]:
    finite = np.isfinite(ours)
    values = np.where(finite, ours, 0.0)
    relative = bool(np.any(values))
    moved = values if relative else finite.astype(float)
    directions = [("scale", moved)]
    if ours.size > 1:
        directions.append(("tilt", np.linspace(-1.0, 1.0, ours.shape[-1]) * moved))
        for index in _points(values):
            only = np.zeros(ours.size)
            only[index] = moved.reshape(-1)[index]
            directions.append(("one point", only.reshape(ours.shape)))
    for how, direction in directions:
        for sign in (1, -1):
            yield _Change(ours, direction, sign, how, relative)


def _points(values: Array) -> list[int]:
    """All points of a short array; of a long one an even choice, the ends and the smallest step."""
    flat = values.reshape(-1)
    if flat.size <= _MOST_POINTS:
        return list(range(flat.size))
    even = np.linspace(0, flat.size - 1, _MOST_POINTS - 4).round().astype(int)
    size = np.maximum(np.abs(flat[1:]), np.abs(flat[:-1]))
    steps = np.abs(np.diff(flat)) / np.where(size > 0, size, 1.0)
    step = int(np.argmin(np.where(size > 0, steps, np.inf)))
    return sorted({*even.tolist(), step, step + 1, int(np.argmin(flat)), int(np.argmax(flat))})


def _bisect(
    change: _Change,
    says: Callable[[Array], int],
    before: int,
    smaller: float,
    larger: float,
) -> float:
    for _ in range(50):
        middle = 0.5 * (smaller + larger)
        if says(change(middle)) != before:
            larger = middle
        else:
            smaller = middle
    return larger
