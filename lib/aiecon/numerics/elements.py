"""Where to cut arcs into elements: short where the path moves, long where it rests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count, pairwise

import numpy as np

from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.problem import Problem, Structure

__all__ = ["cut", "graded", "place_elements"]

Elements = tuple[tuple[float, ...], ...]


def graded(length: float, scale: float, first: float | None = None) -> tuple[float, ...]:
    """Ends in [0, 1] of elements on an arc: short next to both ends, doubling towards the middle.

    ``first`` is the time scale at its start, if that is another one.

    A path over a horizon much longer than its time scale moves at both ends and rests in between.
    Sizes are powers of two, so that many draws share few sets of elements.

    >>> graded(20.0, 10.0)
    (0.0, 1.0)
    >>> graded(400.0, 10.0)
    (0.0, 0.03125, 0.09375, 0.21875, 0.78125, 0.90625, 0.96875, 1.0)
    >>> graded(20.0, 10.0, first=1.0)
    (0.0, 0.0625, 0.1875, 1.0)
    """
    shares = (near / max(length, 1e-300) for near in (first or scale, scale))
    left, right = (layer(share, 0.5) for share in shares)
    return (*left, *(1.0 - x for x in reversed(right)))


def layer(scale: float, end: float) -> list[float]:
    """0 and ends of elements whose sizes double from twice ``scale``, up to about ``end``.

    >>> layer(0.025, 0.5), layer(0.3, 0.5)
    ([0.0, 0.03125, 0.09375, 0.21875], [0.0])
    """
    ends, size = [0.0], power_of_two(2 * scale) if 2 * scale < end else end
    while 2 * scale < end and ends[-1] + 1.5 * size < end:
        ends.append(ends[-1] + size)
        size *= 2
    return ends


def power_of_two(x: float) -> float:
    """The largest power of two that is not above x."""
    return float(2.0 ** np.floor(np.log2(x)))


def place_elements(problem: Problem, structure: Structure, dates: FloatArray) -> Elements:
    """Elements for each arc, given the dates (1, D) of a guess."""
    scale, first, days = problem.time_scale, problem.first_scale, dates[0].tolist()
    elements: list[tuple[float, ...]] = []
    for before, after in pairwise(days):
        elements.append(graded(after - before, scale, None if elements else first))
    if structure.tail:
        near = (None if elements else first) or scale
        elements.append((*layer(float(problem.tail_rate[0]) * near, 0.35), np.inf))
    return tuple(elements)


def cut(elements: Elements, places: Mapping[int, Sequence[float]]) -> Elements:
    """The elements, some of them cut: by their number, where, or nowhere said, into two halves.

    Half of an element that never ends is half of what is left to settle.

    >>> cut(((0.0, 0.5, 1.0),), {1: [0.6, 0.7]}), cut(((0.0, np.inf),), {0: []})
    (((0.0, 0.5, 0.6, 0.7, 1.0),), ((0.0, 0.6931471805599453, inf),))
    """
    numbers = count()
    result = []
    for ends in elements:
        parts = [ends[0]]
        for left, right in pairwise(ends):
            half = 0.5 * (left + right) if right < np.inf else left + np.log(2.0)
            inside = places.get(next(numbers))
            if inside is not None:
                parts += [x for x in inside if left < x < right] or [float(half)]
            parts.append(right)
        result.append(tuple(parts))
    return tuple(result)
