"""A structure cut into elements with nodes: everything that does not depend on the problem."""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import groupby

import numpy as np

from aiecon.numerics.chebyshev import FloatArray, grid
from aiecon.numerics.clock import Clock
from aiecon.numerics.elements import Elements
from aiecon.numerics.problem import Structure

__all__ = ["Mesh", "mesh"]


@lru_cache(maxsize=256)
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
        self.free = [arc + 1 for arc in structure.free]  # the unknown dates, as columns of dates
        self.crossing = [int(np.flatnonzero(self.clock.arc == i)[-1]) for i in structure.free]
        self.ends_on_border = structure.size in self.free
        self.gap_map = np.eye(self.date_count) - np.eye(self.date_count, k=-1)
        self.next_kink = 1 + max((i for i in structure.ends if isinstance(i, int)), default=-1)
        regimes = [structure.regimes[arc] for arc in self.clock.arc]
        self.regimes = np.array(regimes)  # (E,)
        self.runs = [  # consecutive elements in the same regime
            (regime, slice(members[0], members[-1] + 1))
            for regime, group in groupby(range(self.count), regimes.__getitem__)
            for members in [list(group)]
        ]
        by_element = (1, 0, 2)
        self.time_by_date = self.clock.time_map[self.free].transpose(by_element)[:, :, None]
        self.rate_by_date = self.clock.rate_map[self.free].transpose(by_element)[:, :, None]

    @cached_property
    def points(self) -> Clock:
        """The clock at the nodes and the end of each element."""
        return Clock(self.structure, self.elements, self.grid.points[1:])

    @cached_property
    def checks(self) -> tuple[Clock, FloatArray, FloatArray]:
        """Where a path is judged between the nodes (not at infinity): the clock there, and the
        matrices (points, N + 2) that interpolate and differentiate."""
        n = len(self.grid.checks) - self.structure.tail
        clock = Clock(self.structure, self.elements, self.grid.checks[:n])
        return clock, self.grid.at_checks[:n], self.grid.slope_at_checks[:n]

    @lru_cache(maxsize=4)  # noqa: B019 - meshes are few and are themselves kept
    def coupling(self, d: int, given: int) -> FloatArray:
        """The constant part of the matrix that couples the elements of d components."""
        n = d * (self.count + 1) + len(self.free)
        template = np.zeros((n, n))
        template[range(given), range(given)] = 1.0
        ends = np.arange(d * self.count)
        template[given + ends, d + ends] = 1.0
        return template
