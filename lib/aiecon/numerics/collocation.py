"""Collocation of a saddle-path problem on elements, and the exact Newton step.

On element e the path is a polynomial whose derivative is collocated at N Chebyshev nodes. In
integral form, with A the element's start, w = dt/dy the length of time per unit of the element's
coordinate y, and S the matrix of integrals from 0 to each node and to 1,

    X − A − S (w f(t, X)) = 0,        the next element starts at the end of X.

Newton's linear system has blocks. Each element is solved for its own unknowns as an affine function
of its start and of the unknown dates (*condensation*); what remains is a small system in the starts
and the dates. Every array has an axis for independent draws, so that one problem and a thousand
take the same steps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np

from aiecon.numerics.chebyshev import FloatArray, Grid
from aiecon.numerics.clock import Clock
from aiecon.numerics.problem import BORDER, POINTWISE, Problem, Structure

__all__ = ["Collocation", "Evaluation", "Iterate"]


@dataclass(frozen=True)
class Iterate:
    """The unknowns of B draws: where the path starts, its values, and the dates."""

    start: FloatArray  # (B, 1, d)
    values: FloatArray  # (B, E, d, N + 1): at the nodes of each element, then at its end
    dates: FloatArray  # (B, D): 0, then the end of each arc that ends

    def moved(self, step: Iterate, length: FloatArray) -> Iterate:
        """The iterate after the share ``length`` (B,) of a step."""
        share = length[:, None, None]
        return Iterate(
            self.start + share * step.start,
            self.values + share[..., None] * step.values,
            self.dates + share[..., 0] * step.dates,
        )

    def element_starts(self) -> FloatArray:
        """(B, E, d): where each element starts, which is where the one before ends."""
        if self.values.shape[1] == 1:
            return self.start
        return np.concatenate([self.start, self.values[:, :, :, -1]], axis=1)[:, :-1]

    def at_points(self) -> FloatArray:
        """(B, E, d, N + 2): the values at the start, the nodes and the end of each element."""
        return np.concatenate([self.element_starts()[..., None], self.values], axis=3)

    def take(self, draws: FloatArray) -> Iterate:
        """The iterates of some of the draws."""
        return Iterate(self.start[draws], self.values[draws], self.dates[draws])


@dataclass(frozen=True)
class Evaluation:
    """The equations and their derivatives at an iterate."""

    residual: FloatArray  # (B, E, d, N + 1) of the collocation equations
    jacobian: FloatArray  # (B, E, d, d, N): w ∂f/∂x
    by_date: FloatArray | None  # (B, E, F, d, N): ∂(w f) by the F unknown dates, if there are any
    border: tuple[FloatArray, FloatArray, FloatArray] | None  # b, b_x, b_t at the unknown dates
    terminal: tuple[FloatArray, FloatArray, FloatArray]  # g, g_x, g_t
    size: FloatArray  # (B,): the largest absolute residual of all equations


class Collocation:
    """The discrete equations of a problem for a structure, elements and a number of nodes."""

    def __init__(
        self,
        problem: Problem,
        structure: Structure,
        grid: Grid,
        elements: Sequence[Sequence[float]],
    ) -> None:
        """``elements`` lists for each arc the ends of its elements on [0, 1]."""
        self.problem, self.structure, self.grid, self.elements = problem, structure, grid, elements
        self.clock = Clock(structure, elements, grid.nodes)
        self.count = len(self.clock.arc)
        self.free = [arc + 1 for arc in structure.free]  # the unknown dates, as columns of dates
        self.crossing = [int(np.flatnonzero(self.clock.arc == i)[-1]) for i in structure.free]
        self.next_kink = 1 + max((i for i in structure.ends if isinstance(i, int)), default=-1)
        regimes = [structure.regimes[arc] for arc in self.clock.arc]
        self.runs = [  # consecutive elements in the same regime
            (regime, slice(members[0], members[-1] + 1))
            for regime, group in groupby(range(self.count), regimes.__getitem__)
            for members in [list(group)]
        ]
        by_element = (1, 0, 2)
        self.time_by_date = self.clock.time_map[self.free].transpose(by_element)[:, :, None]
        self.rate_by_date = self.clock.rate_map[self.free].transpose(by_element)[:, :, None]

    def of(self, problem: Problem) -> Collocation:
        """The same discretization of another problem (or of other draws)."""
        other = object.__new__(Collocation)
        other.__dict__.update(self.__dict__, problem=problem)
        return other

    @cached_property
    def checks(self) -> tuple[Clock, FloatArray, FloatArray]:
        """Where the path is judged between the nodes (not at infinity): the clock there and the
        matrices (points, N + 2) that interpolate and differentiate."""
        n = len(self.grid.checks) - self.structure.tail
        clock = Clock(self.structure, self.elements, self.grid.checks[:n])
        return clock, self.grid.at_checks[:n], self.grid.slope_at_checks[:n]

    def iterate(self, path: Callable[[FloatArray], FloatArray], dates: FloatArray) -> Iterate:
        """An iterate that starts at the initial conditions and follows a function of time."""
        clock = Clock(self.structure, self.elements, self.grid.points[1:])
        t, _ = clock.times(dates, self.problem.tail_rate)
        values = path(t).transpose(1, 2, 0, 3).copy()
        start = path(np.zeros((len(dates), 1, 1)))[:, :, :, 0].transpose(1, 2, 0).copy()
        start[:, 0, : len(self.problem.initial)] = self.problem.initial.T
        return Iterate(start, values, dates)

    def gaps(self, dates: FloatArray, of_step: bool = False) -> FloatArray:
        """The lengths of the arcs that end, and of the time to the next kink, (B, gaps).

        An unknown date stays between its neighbours; ``of_step``: how a step changes the lengths.
        """
        gaps = dates[:, 1:] - dates[:, :-1]
        if self.structure.ends[-1:] == (BORDER,) and self.next_kink < len(self.problem.kinks):
            kink = 0.0 if of_step else self.problem.kinks[self.next_kink]
            gaps = np.concatenate([gaps, (kink - dates[:, -1])[:, None]], axis=1)
        return gaps

    # -- equations ----------------------------------------------------------------------------

    def field(
        self, t: FloatArray, x: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray | None]:
        """f and its derivatives at (B, E, any number of) points, each element in its regime."""
        if not self.runs:  # the closing rule holds from the start
            return x, np.empty((len(x), *x.shape)), None
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
            return problem.field(t, x, problem.last_regime)
        first = problem.border(t, x)[0] > 0
        f1, j1, s1 = problem.field(t, x, 1)
        f2, j2, s2 = problem.field(t, x, 2)
        slope = None if s1 is None or s2 is None else np.where(first, s1, s2)
        return np.where(first, f1, f2), np.where(first, j1, j2), slope

    def evaluate(self, z: Iterate) -> Evaluation:
        """The residuals of all equations at ``z``, and what their derivatives are made of."""
        problem, integrate = self.problem, self.grid.integrate
        t, w = self.clock.times(z.dates, problem.tail_rate)
        f, f_x, f_t = self.field(t, z.values[..., :-1].transpose(2, 0, 1, 3))
        f = f.transpose(1, 2, 0, 3)
        weight = w[:, :, None]
        residual = z.values - z.element_starts()[..., None] - (weight * f) @ integrate.T
        jacobian = weight[:, :, None] * f_x.transpose(2, 3, 0, 1, 4)
        last = z.values[:, -1:, :, -1] if self.count else z.start
        end = np.full((len(w), 1, 1), np.inf) if self.structure.tail else z.dates[:, -1:, None]
        terminal = problem.terminal(end, last.transpose(2, 0, 1)[..., None])
        draws = len(w)
        size = np.abs(residual).reshape(draws, -1).max(axis=1, initial=0.0)
        size = np.maximum(size, np.abs(terminal[0][:, :, 0, 0]).max(axis=0, initial=0.0))
        by_date = border = None
        if self.free:
            by_date = f[:, :, None] * self.rate_by_date
            if f_t is not None:
                drift = weight * f_t.transpose(1, 2, 0, 3)
                by_date += drift[:, :, None] * self.time_by_date
            x = z.values[..., -1][:, self.crossing].transpose(2, 0, 1)[..., None]
            border = problem.border(z.dates[:, self.free, None], x)
            size = np.maximum(size, np.abs(border[0][:, :, 0]).max(axis=1))
        return Evaluation(residual, jacobian, by_date, border, terminal, size)

    # -- Newton's step ------------------------------------------------------------------------

    def step(self, at: Evaluation) -> Iterate:
        """The Newton step from the iterate that was evaluated."""
        maps = self._condense(at)
        starts, dates = self._couple(at, maps[:, :, :, -1])
        draws, count, d, n, _ = maps.shape
        shared = np.concatenate([dates[:, self.free], np.ones((draws, 1))], axis=1)
        shared = np.broadcast_to(shared[:, None], (draws, count, shared.shape[1]))
        moves = np.concatenate([starts[:, :count], shared], axis=2)
        values = maps.reshape(draws, count, d * n, -1) @ moves[..., None] if count else maps
        return Iterate(starts[:, :1], values.reshape(draws, count, d, n), dates)

    def _condense(self, at: Evaluation) -> FloatArray:
        """How each element's unknowns move with its start, with the dates, and of themselves.

        Returns (B, E, d, N + 1, d + F + 1): a column for each component of the start, for each
        unknown date, and one that removes the residual.
        """
        integrate = self.grid.integrate
        draws, count, d, n = at.residual.shape
        system = np.zeros((draws, count, d, n, d, n))
        np.multiply(at.jacobian[:, :, :, None], -integrate[:, None], out=system[..., :-1])
        system = system.reshape(draws, count, d * n, d * n)
        np.einsum("beii->bei", system)[...] += 1.0
        right = np.zeros((draws, count, d, n, d + len(self.free) + 1))
        for i in range(d):
            right[:, :, i, :, i] = 1.0
        if at.by_date is not None:
            right[..., d:-1] = (at.by_date @ integrate.T).transpose(0, 1, 3, 4, 2)
        right[..., -1] = -at.residual
        columns = right.shape[-1]
        solution = np.linalg.solve(system, right.reshape(draws, count, d * n, columns))
        return solution.reshape(right.shape)

    def _couple(self, at: Evaluation, ends: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The moves of the element starts (B, E + 1, d) and of the dates (B, D).

        The unknowns are the start, the end of each element and the unknown dates. The rows: the
        initial conditions, the end of each element, the border, the terminal conditions.
        """
        d, given = self.problem.size, len(self.problem.initial)
        draws, count, first_date = len(ends), self.count, d * (self.count + 1)
        n = first_date + len(self.free)
        matrix = np.zeros((draws, n, n))
        right = np.zeros((draws, n, 1))
        for i in range(given):
            matrix[:, i, i] = 1.0
        for e in range(count):
            rows, here = slice(given + d * e, given + d * (e + 1)), d * e
            matrix[:, rows, here : here + d] = -ends[:, e, :, :d]
            for i in range(d):
                matrix[:, given + here + i, here + d + i] = 1.0
            matrix[:, rows, first_date:] = -ends[:, e, :, d:-1]
        row = given + d * count
        right[:, given:row, 0] = ends[..., -1].reshape(draws, d * count)
        if at.border is not None:
            b, b_x, b_t = at.border
            for i, e in enumerate(self.crossing):
                matrix[:, row, d * (e + 1) : d * (e + 2)] = b_x[:, :, i, 0].T
                matrix[:, row, first_date + i] = b_t[:, i, 0]
                right[:, row, 0] = -b[:, i, 0]
                row += 1
        g, g_x, g_t = at.terminal
        matrix[:, row:, d * count : first_date] = g_x[:, :, :, 0, 0].transpose(2, 0, 1)
        if self.structure.ends[-1:] == (BORDER,):
            matrix[:, row:, -1] = g_t[:, :, 0, 0].T
        right[:, row:, 0] = -g[:, :, 0, 0].T
        move = np.linalg.solve(matrix, right)[:, :, 0]
        dates = np.zeros((draws, len(self.clock.time_map)))
        dates[:, self.free] = move[:, first_date:]
        return move[:, :first_date].reshape(draws, count + 1, d), dates
