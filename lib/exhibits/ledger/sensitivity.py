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

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .reported import Array, number_text
from .verdicts import Claim, Differs

#: Changes are tried from 1e-12 up to tenfold, two sizes a decade, then bisected.
_SIZES = np.append(np.logspace(-12, 1, 27)[:-1], 10.0)
_MOST_POINTS = 101


@dataclass(frozen=True)
class Noticed:
    """The smallest noticed change: its size (negative: a decrease) and how the result changed."""

    size: float
    how: str
    relative: bool = True

    def __str__(self) -> str:
        """Two significant digits, in per cent: +0.42%, −100%, +2×10⁻⁷%."""
        size = f"{number_text(self.size, '+.2g')} (absolute)"
        if self.relative:
            size = number_text(float(format(100 * self.size, ".2g")), "+.7g") + "%"
        return size if self.how == "scale" else f"{self.how} {size}"


def smallest_noticed(claim: Claim, ours: Array | None = None) -> Noticed | None:
    """The smallest change of our result that changes the verdict on ``claim``.

    ``ours`` saves computing the result again. None for a claim out of reach (it has no result),
    and where no change up to tenfold is noticed (a test refuses such a claim).
    """
    if claim.compute is None:
        return None
    ours = claim.ours() if ours is None else np.asarray(ours, dtype=float)
    before = _opinions(claim, ours[np.newaxis])[0]
    hows, directions, relative = _family(ours)

    def notice(size: float, which: Any = slice(None)) -> NDArray[np.bool_]:
        return _opinions(claim, ours + size * directions[which]) != before

    smaller = 0.0
    for larger in _SIZES.tolist():
        noticing = np.flatnonzero(notice(larger))
        if noticing.size:
            break
        smaller = larger
    else:
        return None
    size, best = larger, noticing[0]
    for one in noticing:  # bisected only if it is noticed below the smallest so far
        if one == best or notice(size * (1 - 1e-12), [one])[0]:
            low, best = smaller, one
            for _ in range(50):
                middle = 0.5 * (low + size)
                low, size = (low, middle) if notice(middle, [one])[0] else (middle, size)
    return Noticed(-size if best % 2 else size, hows[best // 2], relative)


def _opinions(claim: Claim, results: Array) -> NDArray[np.int64]:
    """What the verdict depends on, for many results along the first axis: 2 where the printed
    statement holds, 1 where it does not and what we say instead does, else 0."""
    out = np.where(claim.reported.holds_each(results), 2, 0)
    if isinstance(claim.finding, Differs):
        fails = out == 0
        out[fails] = claim.finding.instead.holds_each(results[fails])
    return out


def _family(ours: Array) -> tuple[list[str], Array, bool]:
    """The ways to change a result, the directions (each up, then down), and whether in per cent."""
    finite = np.isfinite(ours)
    values = np.where(finite, ours, 0.0)
    relative = bool(np.any(values))
    moved = values if relative else finite.astype(float)
    ways = [("scale", moved)]
    if ours.size > 1:
        ways.append(("tilt", np.linspace(-1.0, 1.0, ours.shape[-1]) * moved))
        for index in _points(values):
            only = np.zeros(ours.size)
            only[index] = moved.reshape(-1)[index]
            ways.append(("one point", only.reshape(ours.shape)))
    directions = np.array([sign * direction for _, direction in ways for sign in (1, -1)])
    return [how for how, _ in ways], directions, relative


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
