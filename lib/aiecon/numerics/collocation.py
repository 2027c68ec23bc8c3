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
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dgesv

from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.mesh import Mesh
from aiecon.numerics.problem import POINTWISE, Problem

__all__ = ["Collocation", "Evaluation", "Iterate"]

FOREVER = np.full((1, 1, 1), np.inf)
CACHE = 2**17  # numbers: matrices that stay in a processor's cache while they are solved


class Iterate(NamedTuple):
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
        count, d, points = self.shape
        inner = self.flat[:, d : d + count * d * points]
        return inner.reshape(len(inner), count, d, points)

    @property
    def dates(self) -> FloatArray:
        """(B, D): 0, then the end of each arc that ends."""
        count, d, points = self.shape
        return self.flat[:, d + count * d * points :]

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


class Evaluation(NamedTuple):
    """The equations and their derivatives at an iterate."""

    residual: FloatArray  # (B, E, d, N + 1) of the collocation equations
    jacobian: FloatArray  # (d, d, B, E, N): w ∂f/∂x
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
        self.right, self.coupling = mesh.constant_parts(problem.size, len(problem.initial))
        self._times: tuple[FloatArray, FloatArray] | None = None
        self._between: tuple[Iterate, tuple[FloatArray, ...]] | None = None
        if mesh.is_free:
            # An unknown date must not close the gaps gap_end − dates @ mesh.gap_map, (B, D): the
            # lengths of the arcs that end, and the time from the last date to the next kink.
            known = mesh.ends_on_border and mesh.next_kink < len(problem.kinks)
            self.gap_end = np.zeros((problem.initial.shape[1], mesh.date_count))
            self.gap_end[:, -1] = problem.kinks[mesh.next_kink] if known else np.inf

    def take(self, draws: NDArray[np.intp]) -> Collocation:
        """The equations of some of the draws."""
        return Collocation(self.problem.take(draws), self.mesh)

    def times(self, dates: FloatArray) -> tuple[FloatArray, FloatArray]:
        """t and dt/dy at the nodes (B, E, N); computed once if every date is known."""
        if self._times is None or self.mesh.is_free:
            self._times = self.mesh.clock.times(dates, self.problem.tail_rate)
        return self._times

    def iterate(self, path: Callable[[FloatArray], FloatArray], dates: FloatArray) -> Iterate:
        """An iterate that starts at the initial conditions and follows a function of time."""
        t, _ = self.mesh.points.times(dates, self.problem.tail_rate)
        alone = not self.mesh.count  # there is a start only
        x = path(np.zeros((len(dates), 1, 1)) if alone else t)
        start = x[:, :, 0, 0].T.copy()
        start[:, : len(self.problem.initial)] = self.problem.initial.T
        values = np.empty((*x.shape[:2], *t.shape[1:])) if alone else x
        return Iterate.of(start, values[..., 1:].transpose(1, 2, 0, 3), dates)

    def between_nodes(self, z: Iterate) -> tuple[FloatArray, ...]:
        """t and w = dt/dy (B, E, P), x and dx/dy (d, B, E, P) where a path is judged.

        Kept for the iterate that was asked for last.
        """
        if self._between is not None and self._between[0] is z:
            return self._between[1]
        clock, matrix = self.mesh.checks
        t, w = clock.times(z.dates, self.problem.tail_rate)
        x = (z.at_points() @ matrix).transpose(2, 0, 1, 3)
        count = t.shape[2]
        slope = x[..., count:]
        if self.mesh.structure.tail:  # next to t = ∞ there are rounding errors only
            w[:, -1, -1], slope[:, :, -1, -1] = 0.0, 0.0
        between = t, w, x[..., :count], slope
        for kept in between:
            kept.setflags(write=False)
        self._between = z, between
        return between

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
        f, f_x, _ = zip(*pieces, strict=True)
        f_t = [_slope_in_time(piece) for piece in pieces]
        return np.concatenate(f, axis=2), np.concatenate(f_x, axis=3), np.concatenate(f_t, axis=2)

    def _field_in(
        self, regime: int, t: FloatArray, x: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray | None]:
        problem = self.problem
        if regime != POINTWISE:
            return problem.field(t, x, regime)
        first = problem.border(t, x)[0] > 0
        one, two = problem.field(t, x, 1), problem.field(t, x, 2)
        slope = np.where(first, _slope_in_time(one), _slope_in_time(two))
        return np.where(first, one[0], two[0]), np.where(first, one[1], two[1]), slope

    def evaluate(self, z: Iterate) -> Evaluation:
        """The residuals of all equations at ``z``, and what their derivatives are made of."""
        problem, mesh = self.problem, self.mesh
        values, dates = z.values, z.dates
        t, w = self.times(dates)
        f, f_x, f_t = self.field(t, values[..., :-1].transpose(2, 0, 1, 3))
        weighted = w * f
        d, draws, count, size = weighted.shape
        integrals = weighted.reshape(d * draws * count, size) @ self.integrate.T
        integrals = integrals.reshape(d, draws, count, size + 1).transpose(1, 2, 0, 3)
        residual = values - z.element_starts()[..., None] - integrals
        last = values[:, -1:, :, -1] if count else z.start
        end = FOREVER if mesh.structure.tail else dates[:, -1:, None]
        g, g_x, g_t = problem.terminal(end, last.transpose(2, 0, 1)[..., None])
        closing, by_date, border = g[:, :, 0, 0].T, None, None
        if mesh.is_free:
            by_date = f.transpose(1, 2, 0, 3)[:, :, None] * mesh.rate_by_date
            if f_t is not None:
                drift = (w * f_t).transpose(1, 2, 0, 3)
                by_date += drift[:, :, None] * mesh.time_by_date
            x = values[..., -1][:, mesh.crossings].transpose(2, 0, 1)[..., None]
            b, b_x, b_t = problem.border(dates[:, mesh.free, None], x)
            border = (b_x, b_t)
            closing = np.concatenate([b[:, :, 0], closing], axis=1)
        everything = np.concatenate([residual.reshape(draws, -1), closing], axis=1)
        largest = np.abs(everything).max(axis=1)
        return Evaluation(residual, w * f_x, by_date, closing, border, (g_x, g_t), largest)

    def shift(self, z: Iterate, before: FloatArray) -> FloatArray:
        """How far the values at a given time moved because the dates did, from ``before``, (B,).

        Values belong to places on the arcs, and these move in time with the dates.
        """
        if not self.mesh.is_free:
            return np.zeros(len(before))
        t = self.times(z.dates)[0]
        slope = self.field(t, z.values[..., :-1].transpose(2, 0, 1, 3))[0]
        moved = np.tensordot(z.dates - before, self.mesh.clock.time_map, 1)
        return np.asarray(np.abs(slope * moved).max(axis=(0, 2, 3), initial=0.0))

    # -- Newton's step ------------------------------------------------------------------------
    #
    # Matrices are laid out transposed, unknown before equation: LAPACK wants columns in a row.

    def step(self, at: Evaluation) -> Iterate:
        """The Newton step from the iterate that was evaluated."""
        if len(at.residual) == self.mesh.count == 1:
            return self._at_once(at)
        maps = self._condense(at)
        draws, count, columns, d, points = maps.shape
        starts, free_dates = self._couple(at, maps[..., -1])
        moves = np.empty((draws, count, 1, columns))
        moves[:, :, 0, :d] = starts[:, :count]
        moves[:, :, 0, d:-1] = free_dates[:, None]
        moves[..., -1] = 1.0
        values = moves @ maps.reshape(draws, count, columns, d * points)
        dates = np.zeros((draws, self.mesh.date_count))
        dates[:, self.mesh.free] = free_dates
        flat = np.concatenate([starts[:, 0], values.reshape(draws, -1), dates], axis=1)
        return Iterate(flat, (count, d, points))

    def _at_once(self, at: Evaluation) -> Iterate:
        """The same for one draw on one element: a single system in all unknowns, which is faster.

        Each equation has the place of an unknown: a terminal condition that of a component that
        jumps at the start, the border that of the date; what is given does not move.
        """
        d, given, points = self.problem.size, len(self.problem.initial), self.mesh.grid.size + 1
        jumps, values = slice(given, d), slice(d, d + d * points)
        ends = slice(values.start + points - 1, values.stop, points)
        matrix = self.mesh.whole(d, given).copy()
        right = np.zeros(len(matrix))
        block = matrix[values, values].reshape(d, points, d, points)[:, :-1]
        block += at.jacobian[:, :, 0, 0].transpose(1, 2, 0)[..., None] * self.minus_integrate
        matrix[ends, jumps] = at.terminal[0][:, :, 0, 0, 0].T
        np.negative(at.residual.reshape(-1), out=right[values])
        np.negative(at.closing[0, len(self.mesh.free) :], out=right[jumps])
        if at.border is not None and at.by_date is not None:
            b_x, b_t = at.border
            matrix[-1, values] = (at.by_date[0, 0, 0] @ -self.integrate.T).reshape(-1)
            matrix[-1, jumps] = at.terminal[1][:, 0, 0, 0]
            matrix[ends, -1], matrix[-1, -1] = b_x[:, 0, 0, 0], b_t[0, 0, 0]
            right[-1] = -at.closing[0, 0]
        *_, flat, info = dgesv(matrix.T, right, 1, 1)  # in half the time of np.linalg.solve
        if info > 0:
            raise np.linalg.LinAlgError("Singular matrix")
        flat[:given] = 0.0  # but for rounding errors
        return Iterate(flat[None], (1, d, points))

    def _condense(self, at: Evaluation) -> FloatArray:
        """How each element's unknowns move with its start, with the dates, and of themselves.

        Returns (B, E, d + F + 1, d, N + 1): a row for each component of the start, for each
        unknown date, and one that removes the residual.
        """
        draws, count, d, points = at.residual.shape
        n = d * points
        right = np.empty((draws, count, *self.right.shape))
        right[:] = self.right
        if at.by_date is not None:
            np.matmul(at.by_date, self.integrate.T, out=right[:, :, d:-1])
        np.negative(at.residual, out=right[:, :, -1])
        share = _share(at.jacobian) if draws > 1 else None
        unknown = n if share is None else points
        some = 1 + CACHE // (1 + count * unknown * unknown)  # draws at a time
        for i in range(0, draws, some):
            own, part = at.jacobian[:, :, i : i + some], right[i : i + some]
            if share is None:
                part[:] = self._solved(own, part)
            else:
                self._by_one(own, part, share, out=part)
        return right

    def _solved(self, jacobian: FloatArray, right: FloatArray) -> FloatArray:
        """The unknowns of elements for right-hand sides (B, E, any number of, d, N + 1)."""
        draws, count, columns, d, points = right.shape
        n = d * points
        system = np.zeros((draws, count, d, points, d, points))
        by_value = jacobian.transpose(2, 3, 1, 4, 0)[..., None]
        np.multiply(by_value, self.minus_integrate, out=system[:, :, :, :-1])
        matrix = system.reshape(draws, count, n, n)
        matrix.reshape(draws, count, n * n)[..., :: n + 1] += 1.0  # the diagonal
        rows = right.reshape(draws, count, columns, n)
        return solve_transposed(matrix, rows).reshape(right.shape)

    def _by_one(
        self, jacobian: FloatArray, right: FloatArray, share: float, out: FloatArray
    ) -> None:
        """The same for two components of which y = x₂ + ``share`` x₁ moves with x₁ alone.

        Then y = b + S (u x₁), and what is left is half as large a system, in x₁. For many draws
        only: where rates are far apart its rounding errors are larger, and a step that is off by
        them costs another; for one draw it takes no less time.
        """
        (one, by_y), (two, _) = jacobian
        by_one, own = two + share * one, one - share * by_y  # ∂/∂x₁ of ẏ and of ẋ₁, given y
        size = one.shape[-1]
        integrals = self.integrate.T
        matrix = (by_y.reshape(-1, size) @ self.mesh.grid.twice).reshape(*one.shape, size)
        matrix *= by_one[..., None]
        matrix -= own[..., None] * integrals[:, :-1]
        matrix.reshape(*one.shape[:2], size * size)[..., :: size + 1] += 1.0

        def integral(slopes: FloatArray) -> FloatArray:
            values = slopes.reshape(-1, size) @ integrals
            return values.reshape(*slopes.shape[:-1], size + 1)

        x, rest = right[..., 0, :], right[..., 1, :] + share * right[..., 0, :]
        start = x + integral(by_y[:, :, None] * rest[..., :-1])
        inside = solve_transposed(matrix, start[..., :-1])
        y = rest + integral(by_one[:, :, None] * inside)
        x = x + integral(own[:, :, None] * inside + by_y[:, :, None] * y[..., :-1])
        np.stack([x, y - share * x], axis=3, out=out)

    def _couple(self, at: Evaluation, ends: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The moves of the element starts (B, E + 1, d) and of the unknown dates (B, F).

        The unknowns are the start, the end of each element and the unknown dates. The equations:
        the initial conditions (which every iterate satisfies), the end of each element as a
        function of its start and the dates, the border, the terminal conditions.
        """
        d, given = self.problem.size, len(self.problem.initial)
        draws, count, first_date = len(ends), self.mesh.count, d * (self.mesh.count + 1)
        matrix = np.empty((draws, *self.coupling.shape))
        matrix[:] = self.coupling
        right = np.zeros((draws, 1, len(self.coupling)))
        row = given
        for e in range(count):
            rows = slice(row, row + d)
            np.negative(ends[:, e, :d], out=matrix[:, d * e : d * (e + 1), rows])
            np.negative(ends[:, e, d:-1], out=matrix[:, first_date:, rows])
            right[:, 0, rows] = ends[:, e, -1]
            row += d
        np.negative(at.closing, out=right[:, 0, row:])
        if at.border is not None:
            b_x, b_t = at.border
            for i, e in enumerate(self.mesh.crossings):
                matrix[:, d * (e + 1) : d * (e + 2), row] = b_x[:, :, i, 0].T
                matrix[:, first_date + i, row] = b_t[:, i, 0]
                row += 1
        g_x, g_t = at.terminal
        matrix[:, d * count : first_date, row:] = g_x[:, :, :, 0, 0].transpose(2, 1, 0)
        if self.mesh.ends_on_border:
            matrix[:, -1, row:] = g_t[:, :, 0, 0].T
        move = solve_transposed(matrix, right)[:, 0]
        move[:, :given] = 0.0  # but for rounding errors
        return move[:, :first_date].reshape(draws, count + 1, d), move[:, first_date:]


def _share(jacobian: FloatArray) -> float | None:
    """The s for which x₂ + s x₁ moves with x₁ alone, given w ∂f/∂x, if there is one.

    It is one where x₂ is what is used up per unit of x₁, in logarithms: capital and C/K.
    """
    if len(jacobian) != 2 or not jacobian.size:
        return None
    (_, one), (_, two) = jacobian
    with np.errstate(divide="ignore", invalid="ignore"):
        share = -two.flat[0] / one.flat[0]
        found = np.isfinite(share) and (two == -share * one).all()
    return float(share) if found else None


def _slope_in_time(field: tuple[FloatArray, FloatArray, FloatArray | None]) -> FloatArray:
    """∂f/∂t of a field in which it may be None, for zero."""
    f, _, f_t = field
    return np.zeros_like(f) if f_t is None else f_t


def solve_transposed(matrix: FloatArray, right: FloatArray) -> FloatArray:
    """The X of X A = R for A (…, n, n) and R (…, m, n): linear systems with transposed matrices.

    Raises LinAlgError if a matrix is singular.
    """
    columns = np.linalg.solve(np.swapaxes(matrix, -1, -2), np.swapaxes(right, -1, -2))
    return np.asarray(np.swapaxes(columns, -1, -2), dtype=np.float64)
