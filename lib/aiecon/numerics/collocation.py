"""Collocation of a saddle-path problem on elements, and the exact Newton step.

On element e the path is a polynomial whose derivative is collocated at N Chebyshev nodes. In
integral form, with A the element's start, w = dt/dy the length of time per unit of the element's
coordinate y, and S the matrix of integrals from 0 to each node and to 1,

    X − A − S (w f(t, X)) = 0,        the next element starts at the end of X.

Newton's linear system has blocks. Each element is solved for its own unknowns as an affine function
of its start and of the two dates its time depends on (*condensation*); what remains is a small
system in the starts and the unknown dates. Every array has an axis for independent draws, so that
one problem and a thousand take the same steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from aiecon.numerics.chebyshev import FloatArray, Grid
from aiecon.numerics.problem import BORDER, INFINITY, POINTWISE, Problem, Structure

__all__ = ["Collocation", "Evaluation", "Iterate"]


@dataclass(frozen=True)
class Iterate:
    """The unknowns of B draws: the start, the values at the nodes and ends, the dates."""

    start: FloatArray  # (d, B)
    values: FloatArray  # (B, E, d, N + 1): at the nodes of each element, then at its end
    dates: FloatArray  # (B, S + 1): 0, then the end of each arc (of a tail: its start once more)

    def moved(self, step: Iterate, length: FloatArray) -> Iterate:
        """The iterate after the share ``length`` (B,) of a step."""
        return Iterate(
            self.start + length * step.start,
            self.values + length[:, None, None, None] * step.values,
            self.dates + length[:, None] * step.dates,
        )

    def element_starts(self) -> FloatArray:
        """(B, E, d): where each element starts, which is where the one before ends."""
        first = self.start.T[:, None, :]
        return np.concatenate([first, self.values[:, :-1, :, -1]], axis=1)


@dataclass(frozen=True)
class Evaluation:
    """The equations and their derivatives at an iterate."""

    residual: FloatArray  # (B, E, d, N + 1) of the collocation equations
    jacobian: FloatArray  # (B, E, d, d, N): w ∂f/∂x
    by_start_date: FloatArray | None  # (B, E, d, N): ∂(w f) by the date at which the arc starts
    by_end_date: FloatArray | None  # (B, E, d, N): ... and ends
    initial: FloatArray  # (n₀, B)
    border: list[tuple[FloatArray, FloatArray, FloatArray]]  # b, b_x, b_t at each unknown date
    terminal: tuple[FloatArray, FloatArray, FloatArray]  # g, g_x, g_t
    size: FloatArray  # (B,): the largest absolute residual


class Collocation:
    """The discrete equations of a problem for a structure, elements and a number of nodes."""

    def __init__(
        self,
        problem: Problem,
        structure: Structure,
        grid: Grid,
        elements: Sequence[Sequence[float]] | None = None,
    ) -> None:
        """``elements`` lists for each arc the ends of its elements on [0, 1]; None: one each."""
        self.problem, self.structure, self.grid = problem, structure, grid
        self.elements = elements = elements or [(0.0, 1.0)] * structure.size
        parts = [  # arc, left end, right end, and the distance 1 − right where it matters
            (arc, left, right)
            for arc, ends in enumerate(elements)
            for left, right in zip(ends[:-1], ends[1:], strict=True)
        ]
        self.count = len(parts)
        self.arc = np.array([arc for arc, _, _ in parts], dtype=np.intp)
        left = np.array([left for _, left, _ in parts])[:, None]
        right = np.array([right for _, _, right in parts])[:, None]
        width = right - left
        tail = (self.arc == structure.size - 1)[:, None] & structure.tail
        # Time is t = start + length·ξ on an arc that ends and start − log(1 − ξ)/r on a tail.
        self.share = np.where(tail, 0.0, left + width * grid.nodes)
        self.width = np.where(tail, 0.0, width)
        remaining = np.where(tail, (1.0 - right) + width * grid.nodes[::-1], 1.0)
        self.clock = -np.log(remaining)
        self.clock_rate = np.where(tail, width / remaining, 0.0)
        self.free = structure.free
        self.last_element = [int(np.max(np.flatnonzero(self.arc == i))) for i in self.free]
        self.runs = [  # consecutive elements in the same regime
            (regime, slice(members[0], members[-1] + 1))
            for regime, group in groupby(
                range(self.count), lambda e: structure.regimes[self.arc[e]]
            )
            for members in [list(group)]
        ]

    # -- times and values ---------------------------------------------------------------------

    def times(self, dates: FloatArray) -> tuple[FloatArray, FloatArray]:
        """t and w = dt/dy at the nodes, (B, E, N)."""
        start = dates[:, self.arc, None]
        length = dates[:, self.arc + 1, None] - start  # zero on a tail
        t = start + length * self.share
        w = length * self.width
        if self.structure.tail:
            rate = self.problem.tail_rate[:, None, None]
            return t + self.clock / rate, w + self.clock_rate / rate
        return t, np.broadcast_to(w, t.shape)

    def end_time(self, dates: FloatArray) -> FloatArray:
        """(B, 1, 1): the date at which the terminal conditions hold."""
        end = np.full_like(dates[:, -1], np.inf) if self.structure.tail else dates[:, -1]
        return end[:, None, None]

    # -- equations ----------------------------------------------------------------------------

    def field(
        self, t: FloatArray, x: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray | None]:
        """f and its derivatives at the nodes, each element in its regime."""
        if len(self.runs) == 1:
            return self._field_in(self.runs[0][0], t, x)
        pieces = [self._field_in(r, t[:, part], x[:, :, part]) for r, part in self.runs]
        f, f_x, f_t = zip(*pieces, strict=True)
        no_time = any(part is None for part in f_t)
        return (
            np.concatenate(f, axis=2),
            np.concatenate(f_x, axis=3),
            None if no_time else np.concatenate(f_t, axis=2),
        )

    def _field_in(
        self, regime: int, t: FloatArray, x: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray | None]:
        problem = self.problem
        if regime != POINTWISE:
            return problem.field(t, x, regime)
        if not problem.has_border:
            return problem.field(t, x, 1)
        first = problem.border(t, x)[0] > 0
        f1, j1, s1 = problem.field(t, x, 1)
        f2, j2, s2 = problem.field(t, x, 2)
        slope = None if s1 is None or s2 is None else np.where(first, s1, s2)
        return np.where(first, f1, f2), np.where(first, j1, j2), slope

    def evaluate(self, z: Iterate) -> Evaluation:
        """The residuals of all equations at ``z``, and what their derivatives are made of."""
        problem, integrate = self.problem, self.grid.integrate
        t, w = self.times(z.dates)
        x = z.values[..., :-1].transpose(2, 0, 1, 3)
        f, f_x, f_t = self.field(t, x)
        f = f.transpose(1, 2, 0, 3)
        weight = w[:, :, None, :]
        residual = z.values - z.element_starts()[..., None] - (weight * f) @ integrate.T
        jacobian = weight[:, :, None] * f_x.transpose(2, 3, 0, 1, 4)
        by_start = by_end = None
        if self.free:
            by_end = self.width[:, :, None] * f
            by_start = -by_end
            if f_t is not None:
                drift = weight * f_t.transpose(1, 2, 0, 3)
                share = self.share[:, None, :]
                by_start = by_start + (1.0 - share) * drift
                by_end = by_end + share * drift
        initial = z.start[: len(problem.initial)] - problem.initial
        border = [self._border_at(z, arc, e) for arc, e in zip(self.free, self.last_element)]
        last = z.values[:, -1, :, -1].T if self.count else z.start
        terminal = problem.terminal(self.end_time(z.dates), last[:, :, None, None])
        size = np.abs(residual).max(axis=(1, 2, 3), initial=0.0)
        for part in (initial, terminal[0][:, :, 0, 0], *(b[0][None, :, 0, 0] for b in border)):
            size = np.maximum(size, np.abs(part).max(axis=0, initial=0.0))
        return Evaluation(residual, jacobian, by_start, by_end, initial, border, terminal, size)

    def _border_at(
        self, z: Iterate, arc: int, element: int
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        x = z.values[:, element, :, -1].T[:, :, None, None]
        return self.problem.border(z.dates[:, arc + 1, None, None], x)

    # -- Newton's step ------------------------------------------------------------------------

    def step(self, at: Evaluation) -> Iterate:
        """The Newton step from the iterate that was evaluated."""
        maps = self._condense(at)
        starts, dates = self._couple(at, maps[:, :, :, -1, :])
        moves = [starts.swapaxes(1, 2)[:, :, : self.count].swapaxes(1, 2)]
        if self.free:
            moves += [dates[:, self.arc, None], dates[:, self.arc + 1, None]]
        moves.append(np.ones(starts.shape[:1] + (self.count, 1)))
        coefficients = np.concatenate(moves, axis=2)
        values = np.einsum("beinc,bec->bein", maps, coefficients)
        return Iterate(starts[:, 0].T, values, dates)

    def _condense(self, at: Evaluation) -> FloatArray:
        """How each element's unknowns move with its start, its dates, and of themselves.

        Returns (B, E, d, N + 1, columns): one column for each component of the start, two for the
        dates if there are unknown dates, and one that removes the residual.
        """
        draws, count, d, n = at.residual.shape
        system = np.zeros((draws, count, d, n, d, n))
        np.multiply(
            at.jacobian[:, :, :, None],
            -self.grid.integrate[:, None, :],
            out=system[..., :-1],
        )
        system = system.reshape(draws, count, d * n, d * n)
        np.einsum("beii->bei", system)[...] += 1.0
        right = np.zeros((draws, count, d, n, d + (3 if self.free else 1)))
        for i in range(d):
            right[:, :, i, :, i] = 1.0
        if at.by_start_date is not None and at.by_end_date is not None:
            right[..., d] = at.by_start_date @ self.grid.integrate.T
            right[..., d + 1] = at.by_end_date @ self.grid.integrate.T
        right[..., -1] = -at.residual
        solution = np.linalg.solve(system, right.reshape(draws, count, d * n, -1))
        return solution.reshape(right.shape)

    def _couple(self, at: Evaluation, ends: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The moves of the element starts (B, E + 1, d) and of the dates (B, S + 1).

        Rows: initial conditions; the end of each element is the start of the next; the border at
        each unknown date; the terminal conditions.
        """
        d = self.problem.size
        draws, count = len(at.size), self.count
        first_date = d * (count + 1)
        n = first_date + len(self.free)
        column = {arc + 1: first_date + i for i, arc in enumerate(self.free)}  # of a date
        matrix = np.zeros((draws, n, n))
        right = np.zeros((draws, n, 1))
        given = len(at.initial)
        matrix[:, range(given), range(given)] = 1.0
        right[:, :given, 0] = -at.initial.T
        row = given
        for e in range(count):
            rows, here, there = slice(row, row + d), d * e, d * (e + 1)
            matrix[:, rows, here:there] = -ends[:, e, :, :d]
            matrix[:, range(row, row + d), range(there, there + d)] = 1.0
            for offset, date in enumerate((self.arc[e], self.arc[e] + 1)):
                if date in column:
                    matrix[:, rows, column[date]] -= ends[:, e, :, d + offset]
            right[:, rows, 0] = ends[:, e, :, -1]
            row += d
        for arc, e, (b, b_x, b_t) in zip(self.free, self.last_element, at.border, strict=True):
            matrix[:, row, d * (e + 1) : d * (e + 2)] = b_x[:, :, 0, 0].T
            matrix[:, row, column[arc + 1]] = b_t[:, 0, 0]
            right[:, row, 0] = -b[:, 0, 0]
            row += 1
        g, g_x, g_t = at.terminal
        matrix[:, row:, d * count : first_date] = g_x[:, :, :, 0, 0].transpose(2, 0, 1)
        if self.structure.size in column:
            matrix[:, row:, column[self.structure.size]] = g_t[:, :, 0, 0].T
        right[:, row:, 0] = -g[:, :, 0, 0].T
        move = np.linalg.solve(matrix, right)[:, :, 0]
        dates = np.zeros((draws, self.structure.size + 1))
        for arc in self.free:
            dates[:, arc + 1] = move[:, column[arc + 1]]
        if self.structure.tail:
            dates[:, -1] = dates[:, -2]
        return move[:, :first_date].reshape(draws, count + 1, d), dates
