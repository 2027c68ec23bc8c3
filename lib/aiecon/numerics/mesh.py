"""A structure cut into elements with nodes: everything that does not depend on the problem."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from aiecon.cached import cached, cached_once
from aiecon.numerics.chebyshev import FloatArray, grid
from aiecon.numerics.clock import Clock
from aiecon.numerics.elements import Elements
from aiecon.numerics.problem import Structure

__all__ = ["Mesh", "mesh"]

NEXT = 1e-9  # to the ends of an element, where f may jump or t be infinite


@cached(256)
def mesh(structure: Structure, elements: Elements, size: int) -> Mesh:
    """The mesh with ``size`` nodes per element; ``elements`` lists their ends on each arc."""
    return Mesh(structure, elements, size)


class Mesh:
    """E elements of N nodes each on the arcs of a structure, and the F unknown dates."""

    def __init__(self, structure: Structure, elements: Elements, size: int) -> None:
        self.structure, self.elements, self.grid = structure, elements, grid(size)
        self.clock = Clock(structure, elements, self.grid.nodes)
        self.count = len(self.clock.arc)
        self.date_count = len(self.clock.time_map)
        free = [arc + 1 for arc in structure.free]
        self.is_free = bool(free)
        self.free = as_slice(free)  # the unknown dates, as columns of dates
        self.crossings = [int(np.flatnonzero(self.clock.arc == i)[-1]) for i in structure.free]
        self.crossing = as_slice(self.crossings)  # the elements that end at them
        self.ends_on_border = structure.size in free
        self.gap_map = np.eye(self.date_count) - np.eye(self.date_count, k=-1)
        self.next_kink = 1 + max((i for i in structure.ends if isinstance(i, int)), default=-1)
        regimes = [structure.regimes[arc] for arc in self.clock.arc]
        self.side = np.where(np.array(regimes) == 1, 1.0, -1.0)[:, None]  # of the border, (E, 1)
        self.runs = [  # consecutive elements in the same regime
            (regime, slice(members[0], members[-1] + 1))
            for regime, group in groupby(range(self.count), regimes.__getitem__)
            for members in [list(group)]
        ]
        by_element = (1, 0, 2)
        self.time_by_date = self.clock.time_map[free].transpose(by_element)[:, :, None]
        self.rate_by_date = self.clock.rate_map[free].transpose(by_element)[:, :, None]

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


def as_slice(indices: list[int]) -> slice | list[int]:
    """The same indices as a slice if they follow one another: views are faster than copies.

    >>> as_slice([1, 2, 3]), as_slice([1, 3])
    (slice(1, 4, None), [1, 3])
    """
    if indices and indices[-1] - indices[0] == len(indices) - 1:
        return slice(indices[0], indices[-1] + 1)
    return indices
