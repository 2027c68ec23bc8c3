"""The solution of a saddle-path problem as a function of time, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.collocation import Collocation, Iterate
from aiecon.numerics.problem import Problem, Structure
from aiecon.validation import require

__all__ = ["SaddlePath", "residuals"]


@dataclass(frozen=True, eq=False)
class SaddlePath:
    """A path x(t) on [0, ∞) and how it was found. Call it with a time or an array of times.

    ``path(t)`` has the shape (d,) + t.shape. Between the nodes each element is a polynomial
    (barycentric interpolation); after the last date of a structure without a tail the closing rule
    of the problem is used, which is exact.
    """

    system: Collocation
    iterate: Iterate
    converged: bool
    cause: str  # of the failure, if there was one
    newton_steps: int  # over all grids and structures that were tried
    residual: float  # the largest |ẋ − f(t, x)| between the nodes, per unit of time
    error: float  # the largest change of x when the grid was refined for the last time

    @property
    def message(self) -> str:
        """How the solver ended and, if it failed, what to try."""
        mesh = self.system.mesh
        facts = (
            f"{mesh.structure}; {self.newton_steps} Newton steps, {mesh.count} element(s) of "
            f"{mesh.grid.size} nodes, error about {self.error:.0e}, residual {self.residual:.0e}"
        )
        if self.converged:
            return f"Converged: {facts}."
        return (
            f"Not converged: {self.cause} ({facts}). Try a larger tol, or parameters closer to a "
            "case that is solved."
        )

    @property
    def problem(self) -> Problem:
        return self.system.problem

    @property
    def structure(self) -> Structure:
        """The order of regimes and dates that was found."""
        return self.system.mesh.structure

    @property
    def nodes(self) -> int:
        """The number of nodes over all elements."""
        return self.system.mesh.count * self.system.mesh.grid.size

    @property
    def dates(self) -> FloatArray:
        """0, then the end of each arc that ends."""
        return self.iterate.dates[0]

    @property
    def switches(self) -> tuple[tuple[float, int], ...]:
        """The dates at which the regime changes, each with the regime that begins."""
        regimes = list(self.structure.regimes)
        if not self.structure.tail:
            regimes.append(self.structure.last_regime)
        changes = zip(self.dates[1:], regimes[:-1], regimes[1:], strict=True)
        return tuple((float(date), after) for date, before, after in changes if before != after)

    def __call__(self, t: ArrayLike) -> Any:
        """x(t), of the shape (d,) + t.shape; raises ValueError for t < 0 or NaN."""
        t = np.asarray(t, dtype=np.float64)
        require("t", t, t >= 0, "t ≥ 0")
        return self._at(t.ravel()).reshape((self.problem.size, *t.shape))

    def _at(self, t: FloatArray) -> FloatArray:
        dates, structure = self.dates, self.structure
        if not structure.tail and t.size and t.min() >= dates[-1]:
            return self._continued(t)
        x = np.empty((self.problem.size, len(t)))
        arc = np.searchsorted(dates[1:], t, side="right")
        on_arc = arc < structure.size
        if not on_arc.all():
            x[:, ~on_arc] = self._continued(t[~on_arc])
            arc, t = arc[on_arc], t[on_arc]
        since = t - dates[arc]
        lengths = np.append(np.diff(dates), 1.0)[arc]
        xi = since / lengths
        if structure.tail:
            rate = self.problem.tail_rate[0]
            xi = np.where(arc == structure.size - 1, -np.expm1(-rate * since), xi)
        x[:, on_arc] = self._on_arc(arc, xi)
        return x

    def _continued(self, t: FloatArray) -> FloatArray:
        z = self.iterate
        last = z.values[:, -1, :, -1] if self.system.mesh.count else z.start[:, 0]
        date = z.dates[:, -1:, None]
        return self.problem.continuation(t[None, None], date, last.T[:, :, None, None])[:, 0, 0]

    def _on_arc(self, arc: NDArray[np.intp], xi: FloatArray) -> FloatArray:
        """x at the coordinate ξ ∈ [0, 1] of an arc, each (n,); the result is (d, n)."""
        clock, grid = self.system.mesh.clock, self.system.mesh.grid
        values = self.iterate.at_points()[0]
        if self.system.mesh.count == 1:
            return values[0] @ grid.interpolate(xi).T
        element = np.searchsorted(clock.arc + clock.left, arc + np.minimum(xi, 1 - 1e-16), "right")
        element = np.maximum(element - 1, 0)
        y = (xi - clock.left[element]) / clock.width[element]
        return np.einsum("np,ndp->dn", grid.interpolate(y), values[element])


def residuals(system: Collocation, z: Iterate) -> FloatArray:
    """The largest |ẋ − f(t, x)| / (1 + |f|) on each element, where it is largest, (B, E).

    The interpolant that the user sees is differentiated, so everything between the solver's
    unknowns and the answer is part of what is measured. t = ∞ is left out.
    """
    slope, f, w = _slopes(system, z)
    safe = np.where(w > 0, w, 1.0)  # an arc of length zero has no slope
    defect = np.abs(slope / safe - f) / (1.0 + np.abs(f))
    return np.where(w > 0, defect, 0.0).max(axis=(0, 3), initial=0.0)


def defects(system: Collocation, z: Iterate) -> FloatArray:
    """The largest |dx/dy − w f(t, x)| on each element, with the element's coordinate y, (B, E).

    What an element adds to the error of the path, up to a factor. Unlike the residual it does not
    grow with rounding errors as elements become short.
    """
    slope, f, w = _slopes(system, z)
    return np.abs(slope - w * f).max(axis=(0, 3), initial=0.0)


def _slopes(system: Collocation, z: Iterate) -> tuple[FloatArray, FloatArray, FloatArray]:
    """dx/dy and f (d, B, E, P) and w = dt/dy (B, E, P) between the nodes."""
    clock, at_checks, slope_at_checks = system.mesh.checks
    t, w = clock.times(z.dates, system.problem.tail_rate)
    points = z.at_points()
    x = (points @ at_checks.T).transpose(2, 0, 1, 3)
    slope = (points @ slope_at_checks.T).transpose(2, 0, 1, 3)
    return slope, system.field(t, x)[0], w
