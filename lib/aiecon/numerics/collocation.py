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

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dgesv

from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.mesh import Mesh
from aiecon.numerics.problem import POINTWISE, Problem

__all__ = ["Collocation", "Evaluation", "Iterate"]

FOREVER = np.full((1, 1, 1), np.inf)


@dataclass(frozen=True)
class Iterate:
    """The unknowns of B draws in one array: where the path starts, its values, and the dates."""

    flat: FloatArray  # (B, d + E d (N + 1) + D)
    shape: tuple[int, int, int]  # E, d, N + 1

    @property
    def start(self) -> FloatArray:
        """(B, 1, d): where the path starts."""
        return self.flat[:, None, : self.shape[1]]

    @property
    def values(self) -> FloatArray:
        """(B, E, d, N + 1): the values at the nodes of each element, then at its end."""
        first, last = self._range
        return self.flat[:, first:last].reshape(len(self.flat), *self.shape)

    @property
    def dates(self) -> FloatArray:
        """(B, D): 0, then the end of each arc that ends."""
        return self.flat[:, self._range[1] :]

    @property
    def _range(self) -> tuple[int, int]:
        count, d, points = self.shape
        return d, d + count * d * points

    @classmethod
    def of(cls, start: FloatArray, values: FloatArray, dates: FloatArray) -> Iterate:
        """The iterate with these parts."""
        draws = len(dates)
        parts = (start, values.reshape(draws, -1), dates)
        return cls(np.concatenate(parts, axis=1), values.shape[1:])

    def take(self, draws: NDArray[np.intp]) -> Iterate:
        """The iterates of some of the draws."""
        return Iterate(self.flat[draws], self.shape)

    def element_starts(self) -> FloatArray:
        """(B, E, d): where each element starts, which is where the one before ends."""
        if self.shape[0] == 1:
            return self.start
        return np.concatenate([self.start, self.values[:, :, :, -1]], axis=1)[:, :-1]

    def at_points(self) -> FloatArray:
        """(B, E, d, N + 2): the values at the start, the nodes and the end of each element."""
        return np.concatenate([self.element_starts()[..., None], self.values], axis=3)


@dataclass(frozen=True)
class Evaluation:
    """The equations and their derivatives at an iterate."""

    residual: FloatArray  # (B, E, d, N + 1) of the collocation equations
    jacobian: FloatArray  # (B, E, d, d, N): w ∂f/∂x
    by_date: FloatArray | None  # (B, E, F, d, N): ∂(w f) by the F unknown dates, if there are any
    closing: FloatArray  # (B, F + d − n₀): the border at the unknown dates, then g
    border: tuple[FloatArray, FloatArray] | None  # b_x, b_t
    terminal: tuple[FloatArray, FloatArray]  # g_x, g_t
    size: FloatArray  # (B,): the largest absolute residual of all equations


class Collocation:
    """The discrete equations of a problem on a mesh."""

    def __init__(self, problem: Problem, mesh: Mesh) -> None:
        self.problem, self.mesh = problem, mesh
        self.integrate = mesh.grid.integrate
        self.minus_integrate = mesh.grid.minus_integrate
        self.coupling = mesh.coupling(problem.size, len(problem.initial))
        self._times: tuple[FloatArray, FloatArray] | None = None
        if mesh.free:
            self.gap_end = self._gap_end()

    def take(self, draws: NDArray[np.intp]) -> Collocation:
        """The equations of some of the draws."""
        return Collocation(self.problem.take(draws), self.mesh)

    def _gap_end(self) -> FloatArray:
        """What an unknown date must not close, as gap_end − dates @ mesh.gap_map, (B, D).

        The lengths of the arcs that end, and the time from the last date to the next kink.
        """
        mesh, kinks = self.mesh, self.problem.kinks
        gap_end = np.zeros((self.problem.initial.shape[1], mesh.date_count))
        known = mesh.ends_on_border and mesh.next_kink < len(kinks)
        gap_end[:, -1] = kinks[mesh.next_kink] if known else np.inf
        return gap_end

    def times(self, dates: FloatArray) -> tuple[FloatArray, FloatArray]:
        """t and dt/dy at the nodes (B, E, N); computed once if every date is known."""
        if self._times is None or self.mesh.free:
            self._times = self.mesh.clock.times(dates, self.problem.tail_rate)
        return self._times

    def iterate(self, path: Callable[[FloatArray], FloatArray], dates: FloatArray) -> Iterate:
        """An iterate that starts at the initial conditions and follows a function of time."""
        t, _ = self.mesh.points.times(dates, self.problem.tail_rate)
        values = path(t).transpose(1, 2, 0, 3)
        start = path(np.zeros((len(dates), 1, 1)))[:, :, 0, 0].T.copy()
        start[:, : len(self.problem.initial)] = self.problem.initial.T
        return Iterate.of(start, values, dates)

    # -- equations ----------------------------------------------------------------------------

    def field(
        self, t: FloatArray, x: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray | None]:
        """f and its derivatives at (B, E, any number of) points, each element in its regime."""
        if not self.mesh.runs:  # the closing rule holds from the start
            return x, np.empty((len(x), *x.shape)), None
        if len(self.mesh.runs) == 1:
            return self._field_in(self.mesh.runs[0][0], t, x)
        pieces = [self._field_in(r, t[:, part], x[:, :, part]) for r, part in self.mesh.runs]
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
        problem, integrate = self.problem, self.integrate
        values, dates = z.values, z.dates
        t, w = self.times(dates)
        f, f_x, f_t = self.field(t, values[..., :-1].transpose(2, 0, 1, 3))
        f = f.transpose(1, 2, 0, 3)
        weight = w[:, :, None]
        residual = values - z.element_starts()[..., None] - (weight * f) @ integrate.T
        jacobian = weight[:, :, None] * f_x.transpose(2, 3, 0, 1, 4)
        last = values[:, -1:, :, -1] if self.mesh.count else z.start
        end = FOREVER if self.mesh.structure.tail else dates[:, -1:, None]
        g, g_x, g_t = problem.terminal(end, last.transpose(2, 0, 1)[..., None])
        closing, by_date, border = g[:, :, 0, 0].T, None, None
        if self.mesh.free:
            by_date = f[:, :, None] * self.mesh.rate_by_date
            if f_t is not None:
                drift = weight * f_t.transpose(1, 2, 0, 3)
                by_date += drift[:, :, None] * self.mesh.time_by_date
            x = values[..., -1][:, self.mesh.crossing].transpose(2, 0, 1)[..., None]
            b, *slopes = problem.border(dates[:, self.mesh.free, None], x)
            border = (slopes[0], slopes[1])
            closing = np.concatenate([b[:, :, 0], closing], axis=1)
        draws = len(w)
        size = np.abs(residual).reshape(draws, -1).max(axis=1, initial=0.0)
        size = np.maximum(size, np.abs(closing).max(axis=1, initial=0.0))
        return Evaluation(residual, jacobian, by_date, closing, border, (g_x, g_t), size)

    # -- Newton's step ------------------------------------------------------------------------

    def step(self, at: Evaluation) -> Iterate:
        """The Newton step from the iterate that was evaluated."""
        maps = self._condense(at)
        draws, count, d, points, columns = maps.shape
        starts, dates = self._couple(at, maps[:, :, :, -1])
        moves = np.ones((draws, count, columns, 1))
        moves[:, :, :d, 0] = starts[:, :count]
        moves[:, :, d:-1, 0] = dates[:, None, self.mesh.free]
        values = maps.reshape(draws, count, d * points, columns) @ moves
        return Iterate.of(starts[:, 0], values.reshape(draws, count, d, points), dates)

    def _condense(self, at: Evaluation) -> FloatArray:
        """How each element's unknowns move with its start, with the dates, and of themselves.

        Returns (B, E, d, N + 1, d + F + 1): a column for each component of the start, for each
        unknown date, and one that removes the residual.
        """
        draws, count, d, points = at.residual.shape
        blocks = np.zeros((draws, count, d, points, d, points))
        np.multiply(at.jacobian[:, :, :, None], self.minus_integrate, out=blocks[..., :-1])
        n = d * points
        blocks.reshape(draws, count, n * n)[..., :: n + 1] += 1.0  # the diagonal
        system = blocks.reshape(draws, count, n, n)
        right = np.zeros((draws, count, d, points, d + len(self.mesh.free) + 1))
        for i in range(d):
            right[:, :, i, :, i] = 1.0
        if at.by_date is not None:
            right[..., d:-1] = (at.by_date @ self.integrate.T).transpose(0, 1, 3, 4, 2)
        right[..., -1] = -at.residual
        columns = right.shape[-1]
        solution = solve_linear(system, right.reshape(draws, count, n, columns))
        return solution.reshape(right.shape)

    def _couple(self, at: Evaluation, ends: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The moves of the element starts (B, E + 1, d) and of the dates (B, D).

        The unknowns are the start, the end of each element and the unknown dates. The rows: the
        initial conditions (which every iterate satisfies), the end of each element as a function
        of its start and the dates, the border, the terminal conditions.
        """
        d, given = self.problem.size, len(self.problem.initial)
        draws, count, first_date = len(ends), self.mesh.count, d * (self.mesh.count + 1)
        matrix = np.empty((draws, *self.coupling.shape))
        matrix[:] = self.coupling
        right = np.zeros((draws, len(self.coupling), 1))
        row = given
        for e in range(count):
            rows = slice(row, row + d)
            matrix[:, rows, d * e : d * (e + 1)] = -ends[:, e, :, :d]
            matrix[:, rows, first_date:] = -ends[:, e, :, d:-1]
            right[:, rows, 0] = ends[:, e, :, -1]
            row += d
        right[:, row:, 0] = -at.closing
        if at.border is not None:
            b_x, b_t = at.border
            for i, e in enumerate(self.mesh.crossing):
                matrix[:, row, d * (e + 1) : d * (e + 2)] = b_x[:, :, i, 0].T
                matrix[:, row, first_date + i] = b_t[:, i, 0]
                row += 1
        g_x, g_t = at.terminal
        matrix[:, row:, d * count : first_date] = g_x[:, :, :, 0, 0].transpose(2, 0, 1)
        if self.mesh.ends_on_border:
            matrix[:, row:, -1] = g_t[:, :, 0, 0].T
        move = solve_linear(matrix, right)[:, :, 0]
        dates = np.zeros((draws, self.mesh.date_count))
        dates[:, self.mesh.free] = move[:, first_date:]
        return move[:, :first_date].reshape(draws, count + 1, d), dates


def solve_linear(matrix: FloatArray, right: FloatArray) -> FloatArray:
    """The solutions of linear systems (..., n, n) with right-hand sides (..., n, m).

    A single system goes to LAPACK directly, which saves half the time when it is small. Raises
    LinAlgError if a matrix is singular.
    """
    if matrix.size != matrix.shape[-1] ** 2:
        return np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)
    shape = right.shape
    *_, solution, info = dgesv(matrix.reshape(shape[-2], -1), right.reshape(shape[-2:]))
    if info > 0:
        raise np.linalg.LinAlgError("Singular matrix")
    return solution.reshape(shape)
