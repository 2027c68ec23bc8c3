"""A structure cut into elements with nodes: everything that does not depend on the problem.

An arc that ends is covered by ξ ∈ [0, 1] evenly, t = start + length·ξ. A tail has elements in
τ = r (t − start) from 0 to ∞, each even in exp(−τ), so that what decays at the rate r is linear
there and what decays faster is a higher power. Either way time is linear in the dates of the arcs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count, groupby, pairwise
from math import frexp

import numpy as np

from aiecon.cached import cached, cached_once
from aiecon.numerics.chebyshev import FloatArray, grid
from aiecon.numerics.problem import Problem, Structure

__all__ = ["Clock", "Elements", "Mesh", "cut", "graded", "layer", "mesh", "place_elements"]
__all__ += ["scales"]

SETTLED = 0.35  # τ from which one element covers the rest of a tail, about
NEXT = 1e-9  # to the ends of an element, where f may jump or t be infinite

Elements = tuple[tuple[float, ...], ...]  # for each arc the ends of its elements, in ξ or in τ


def scales(problem: Problem) -> FloatArray:
    """(B, 3): the time scale of each draw, that at t = 0, and the rate of a tail."""
    first = problem.time_scale if problem.first_scale is None else problem.first_scale
    rate = problem.tail_rate if problem.ends_at_infinity or problem.rule_from is None else 1.0
    rows = np.empty((3, problem.initial.shape[1]))
    rows[0], rows[1], rows[2] = problem.time_scale, first, rate
    return rows.T


def place_elements(
    scales: FloatArray, structure: Structure, dates: FloatArray, settled: float = SETTLED
) -> Elements:
    """Elements short where the path moves, long where it rests, for the scales (3,) of a draw.

    ``dates`` are (1, D), of a guess. A path over a horizon much longer than its time scale moves at
    both ends and rests in between.
    """
    scale, first, rate = scales.tolist()
    elements: list[tuple[float, ...]] = []
    for before, after in pairwise(dates[0].tolist()):
        elements.append(graded(after - before, scale, scale if elements else first))
    if structure.tail:
        elements.append((*layer(rate * (scale if elements else first), settled), np.inf))
    return tuple(elements)


def graded(length: float, scale: float, first: float | None = None) -> tuple[float, ...]:
    """Ends in [0, 1] of elements on an arc: short next to both ends, doubling towards the middle.

    ``first`` is the time scale at its start, if that is another one. Sizes are powers of two, so
    that many draws share few sets of elements.

    >>> graded(20.0, 10.0)
    (0.0, 1.0)
    >>> graded(400.0, 10.0)
    (0.0, 0.03125, 0.09375, 0.21875, 0.78125, 0.90625, 0.96875, 1.0)
    >>> graded(20.0, 10.0, first=1.0)
    (0.0, 0.0625, 0.1875, 1.0)
    """
    left, right = (layer(near / max(length, 1e-300), 0.5) for near in (first or scale, scale))
    return (*left, *(1.0 - x for x in reversed(right)))


def layer(scale: float, end: float) -> list[float]:
    """0 and ends of elements whose sizes double from twice ``scale``, up to about ``end``.

    >>> layer(0.025, 0.5), layer(0.3, 0.5)
    ([0.0, 0.03125, 0.09375, 0.21875], [0.0])
    """
    ends = [0.0]
    if 2 * scale < end:
        size = 2.0 ** (frexp(2 * scale)[1] - 1)  # the power of two below
        while ends[-1] + 1.5 * size < end:
            ends.append(ends[-1] + size)
            size *= 2
    return ends


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


class Clock:
    """Time at P points y ∈ [0, 1] of each of E elements, as a function of the D dates."""

    def __init__(self, structure: Structure, elements: Elements, y: FloatArray) -> None:
        parts = [
            (arc, left, right)
            for arc, ends in enumerate(elements)
            for left, right in pairwise(ends)
        ]
        self.shape = (len(parts), len(y))
        self.arc = np.array([arc for arc, _, _ in parts], dtype=np.intp)  # (E,) of each element
        self.left, ends = np.array([part[1:] for part in parts]).reshape(-1, 2).T
        self.width = ends - self.left  # ∞ for the last element of a tail
        dates = structure.size if structure.tail else structure.size + 1
        maps = np.zeros((dates, 2, *self.shape))
        self.maps = maps.reshape(dates, 2 * len(parts) * len(y))
        self.time_map, self.rate_map = maps[:, 0], maps[:, 1]  # ∂t and ∂(dt/dy) by each date
        self.lags = np.zeros((2, *self.shape))  # r·t since the start of a tail, and its slope
        self.edge = np.empty(self.shape)  # in the coordinate of the ends of elements, ξ or τ
        self.has_tail = structure.tail
        for e, (arc, left, right) in enumerate(parts):
            if structure.tail and arc == structure.size - 1:
                gone = -np.expm1(left - right)  # of what is there at the start of the element
                remaining = (1.0 - y) + y * np.exp(left - right)
                self.time_map[arc, e] = 1.0
                with np.errstate(divide="ignore"):  # y = 1 may be infinity
                    lag = np.log(remaining) if gone > 0.5 else np.log1p(-gone * y)  # the exact one
                    self.edge[e] = self.lags[0, e] = left - lag
                    self.lags[1, e] = gone / remaining
            else:
                xi = self.edge[e] = left + (right - left) * y
                self.time_map[arc, e], self.time_map[arc + 1, e] = 1.0 - xi, xi
                self.rate_map[arc, e], self.rate_map[arc + 1, e] = left - right, right - left

    def times(self, dates: FloatArray, tail_rate: FloatArray) -> tuple[FloatArray, FloatArray]:
        """t and dt/dy, (B, E, P), for dates (B, D) and rates (B,)."""
        both = (dates @ self.maps).reshape(len(dates), 2, *self.shape)
        if self.has_tail:
            both += self.lags / tail_rate[:, None, None, None]
        return both[:, 0], both[:, 1]


@cached(256)
def mesh(structure: Structure, elements: Elements, size: int) -> Mesh:
    """The mesh with ``size`` nodes per element."""
    return Mesh(structure, elements, size)


class Mesh:
    """E elements of N nodes each on the arcs of a structure, and the F unknown dates."""

    def __init__(self, structure: Structure, elements: Elements, size: int) -> None:
        self.structure, self.elements, self.grid = structure, elements, grid(size)
        self.clock = Clock(structure, elements, self.grid.nodes)
        self.count = len(self.clock.arc)
        self.date_count = len(self.clock.time_map)
        self.free = [arc + 1 for arc in structure.free]  # the unknown dates, as columns of dates
        self.is_free = bool(self.free)
        # the elements that end at them
        self.crossings = [int(np.flatnonzero(self.clock.arc == i)[-1]) for i in structure.free]
        self.ends_on_border = structure.size in self.free
        self.gap_map = np.eye(self.date_count) - np.eye(self.date_count, k=-1)
        self.next_kink = 1 + max((i for i in structure.ends if isinstance(i, int)), default=-1)
        regimes = [structure.regimes[arc] for arc in self.clock.arc]
        self.side = np.where(np.array(regimes) == 1, 1.0, -1.0)[:, None]  # of the border, (E, 1)
        self.runs = [  # consecutive elements in the same regime
            (regime, slice(members[0], members[-1] + 1))
            for regime, group in groupby(range(self.count), regimes.__getitem__)
            for members in [list(group)]
        ]
        maps = self.clock.time_map, self.clock.rate_map
        self.time_by_date, self.rate_by_date = (
            of[self.free].transpose(1, 0, 2)[:, :, None] for of in maps
        )

    @cached_once
    def points(self) -> Clock:
        """The clock at the start, the nodes and the end of each element."""
        return Clock(self.structure, self.elements, self.grid.points)

    @cached_once
    def checks(self) -> tuple[Clock, FloatArray]:
        """Where a path is judged, between the nodes and next to the ends of elements: the clock at
        P times, and the matrix (N + 2, 2P) from values at the points to values there and slopes."""
        y = np.clip(self.grid.checks, NEXT, 1.0 - NEXT)
        values = self.grid.interpolate(y)
        matrix = np.concatenate([values, values @ self.grid.slope]).T
        return Clock(self.structure, self.elements, y), matrix

    @cached(4)
    def constant_parts(self, d: int, given: int) -> tuple[FloatArray, FloatArray]:
        """What Newton's linear systems for d components always contain, both transposed.

        The right-hand sides of an element (d + F + 1, d, N + 1), which are ones where its start
        moves; the matrix that couples the elements.
        """
        right = np.zeros((d + len(self.crossings) + 1, d, self.grid.size + 1))
        right[range(d), range(d)] = 1.0
        n = d * (self.count + 1) + len(self.crossings)
        coupling = np.zeros((n, n))
        coupling[range(given), range(given)] = 1.0
        ends = np.arange(d * self.count)
        coupling[d + ends, given + ends] = 1.0
        return right, coupling

    @cached(4)
    def whole(self, d: int, given: int) -> FloatArray:
        """What the system of a single element, with all its unknowns, always contains, transposed:
        ones for the values and for what is given; the start is taken away from all values."""
        points = self.grid.size + 1
        matrix = np.eye(d + d * points + self.date_count)
        matrix[given:d, given:d] = 0.0
        matrix[:d, d : d + d * points] = -np.kron(np.eye(d), np.ones(points))
        return matrix
