"""Where to cut arcs into elements: short where the path moves, long where it rests."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.problem import Problem, Structure

__all__ = ["bisected", "graded", "graded_tail", "place_elements", "shortest"]

Elements = tuple[tuple[float, ...], ...]


def graded(length: float, scale: float) -> tuple[float, ...]:
    """Ends in [0, 1] of elements on an arc: short next to both ends, doubling towards the middle.

    A path over a horizon much longer than its time scale moves at both ends and rests in between.
    Sizes are powers of two, so that many draws share few sets of elements.

    >>> graded(20.0, 10.0)
    (0.0, 1.0)
    >>> graded(400.0, 10.0)
    (0.0, 0.03125, 0.09375, 0.21875, 0.78125, 0.90625, 0.96875, 1.0)
    """
    if length <= 4 * scale:
        return (0.0, 1.0)
    left, size = [0.0], power_of_two(2 * scale / length)
    while left[-1] + 1.5 * size < 0.5:
        left.append(left[-1] + size)
        size *= 2
    return (*left, *(1.0 - x for x in reversed(left)))


def graded_tail(rate: float, scale: float) -> tuple[float, ...]:
    """Ends in ξ = 1 − exp(−r t) of the elements of a tail: short at first, doubling.

    >>> graded_tail(0.1, 10.0)
    (0.0, 1.0)
    >>> graded_tail(0.001, 10.0)
    (0.0, 0.015625, 0.046875, 0.109375, 0.234375, 1.0)
    """
    ends, size = [0.0], power_of_two(2 * scale * rate)
    while size < 0.25 and ends[-1] + size < 0.4:
        ends.append(ends[-1] + size)
        size *= 2
    return (*ends, 1.0)


def power_of_two(x: float) -> float:
    """The largest power of two that is not above x."""
    return float(2.0 ** np.floor(np.log2(x)))


def place_elements(problem: Problem, structure: Structure, dates: FloatArray) -> Elements:
    """Elements for each arc, given the dates (1, D) of a guess."""
    scale, days = problem.time_scale, dates[0].tolist()
    elements = [graded(after - before, scale) for before, after in pairwise(days)]
    if structure.tail:
        elements.append(graded_tail(float(problem.tail_rate[0]), scale))
    return tuple(elements)


def bisected(elements: Elements, bad: FloatArray) -> Elements:
    """The elements, each of those marked ``bad`` (E,) cut into two halves.

    >>> bisected(((0.0, 1.0), (0.0, 0.5, 1.0)), np.array([False, True, False]))
    ((0.0, 1.0), (0.0, 0.25, 0.5, 1.0))
    """
    marks = iter(bad)
    result = []
    for ends in elements:
        cut = [ends[0]]
        for left, right in pairwise(ends):
            if next(marks):
                cut.append(0.5 * (left + right))
            cut.append(right)
        result.append(tuple(cut))
    return tuple(result)


def shortest(elements: Elements) -> float:
    """The length of the shortest element, 1 if there is none.

    >>> shortest(((0.0, 1.0), (0.0, 0.25, 1.0)))
    0.25
    """
    return min((right - left for ends in elements for left, right in pairwise(ends)), default=1.0)
