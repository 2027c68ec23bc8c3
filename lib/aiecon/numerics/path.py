"""The solution of a saddle-path problem as a function of time, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiecon.cached import cached_once
from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.collocation import Collocation, Iterate
from aiecon.numerics.problem import Problem, Structure
from aiecon.validation import require

__all__ = ["SaddlePath", "located", "values_at", "violations"]


ROUNDING = 1e-15  # of x, several of which a slope is made of


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
    cause: str  # of the failure, if there was one, and what to try
    newton_steps: int  # over all grids and structures that were tried
    error: float  # the largest change of x when the grid was refined for the last time
    crosses: bool = False  # the border contradicts a regime at a time that no grid chose

    @cached_once
    def residual(self) -> float:
        """The largest |ẋ − f(t, x)|/(1 + |f|) between the nodes, measured when first asked for."""
        return float(self.violations[1].max(initial=0.0))

    @cached_once
    def violations(self) -> tuple[FloatArray, FloatArray]:
        """How much the equations are violated between the nodes: :func:`violations`."""
        return violations(self.system, self.iterate)

    @property
    def message(self) -> str:
        """How the solver ended and, if it failed, what to try."""
        mesh = self.system.mesh
        facts = (
            f"{mesh.structure}; {self.newton_steps} Newton steps, {mesh.count} element(s) of "
            f"{mesh.grid.size} nodes, error about {self.error:.0e}, residual {self.residual:.0e}"
        )
        return (
            f"Converged: {facts}." if self.converged else f"Not converged ({facts}): {self.cause}"
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
        values = values_at(self.system, self.iterate, t.reshape(1, -1))
        return values.reshape((self.problem.size, *t.shape))


def values_at(system: Collocation, z: Iterate, t: FloatArray) -> FloatArray:
    """The paths of B draws at times t (B, T) ≥ 0: (d, B, T)."""
    mesh, dates = system.mesh, z.dates
    x = np.empty((system.problem.size, *t.shape))
    arc = arcs_at(t, dates)
    if not mesh.structure.tail:
        after = arc == mesh.structure.size
        if after.any():  # the closing rule, where it holds; before, at its first date
            end = dates[:, -1:, None]
            last = z.values[:, -1, :, -1] if mesh.count else z.start[:, 0]
            later = np.maximum(t[:, None], end)
            continued = system.problem.continuation(later, end, last.T[:, :, None, None])
            x[...] = continued[:, :, 0]
            if after.all():
                return x
    draw, when = np.nonzero(arc < mesh.structure.size)
    place = located(system, z, draw, t[draw, when])
    points = z.at_points()[draw, place.element]
    x[:, draw, when] = np.einsum("np,ndp->dn", mesh.grid.interpolate(place.y), points)
    return x


def arcs_at(t: FloatArray, dates: FloatArray) -> NDArray[np.intp]:
    """The arcs in which times (B, T) are, the number of arcs after the last one."""
    return np.asarray((t[:, :, None] >= dates[:, None, 1:]).sum(axis=2))


class Place(NamedTuple):
    """Where n times are on a mesh."""

    element: NDArray[np.intp]
    edge: FloatArray  # in the coordinate in which the ends of elements are given, ξ or τ
    y: FloatArray  # in the element, from 0 to 1
    length: FloatArray  # dt/dy


def located(system: Collocation, z: Iterate, draw: NDArray[np.intp], t: FloatArray) -> Place:
    """Where times (n,) of the draws (n,) are, before the last date of each."""
    mesh, dates = system.mesh, z.dates
    arc = arcs_at(t[:, None], dates[draw])[:, 0]
    since = t - dates[draw, arc]
    length = dates[draw, np.minimum(arc + 1, dates.shape[1] - 1)] - dates[draw, arc]
    edge = np.minimum(since / np.where(length > 0, length, 1.0), 1 - 1e-16)
    clock, last = mesh.clock, mesh.structure.size - mesh.structure.tail
    first = int(np.searchsorted(clock.arc, last))  # element of the tail
    element = np.searchsorted((clock.arc + clock.left)[:first], arc + edge, "right") - 1
    width = clock.width[element]
    y, length = (edge - clock.left[element]) / width, length * np.minimum(width, 1.0)
    if mesh.structure.tail:
        on_tail, rate = arc == last, system.problem.tail_rate[draw]
        edge = np.where(on_tail, rate * since, edge)
        later = first + np.searchsorted(clock.left[first:], edge, "right") - 1
        element = np.where(on_tail, later, element)
        gone, lag = (
            np.expm1(-clock.width[element]),
            np.where(on_tail, edge - clock.left[element], 0),
        )
        y = np.where(on_tail, np.expm1(-lag) / gone, y)
        with np.errstate(over="ignore"):
            length = np.where(on_tail, -gone * np.exp(lag) / rate, length)
    return Place(element, edge, y, length)


def violations(system: Collocation, z: Iterate) -> tuple[FloatArray, FloatArray]:
    """How much the equations are violated between the nodes, each (B, E, P).

    |dx/dy − w f|, y the element's coordinate and w = dt/dy: what an element adds to the error of
    the path, up to a factor. And |ẋ − f|/(1 + |f|), the residual, less what the rounding of x alone
    does to its slope on a short element. The interpolant that the user sees is differentiated, so
    everything between the solver's unknowns and the answer is part of what is measured.
    """
    t, w, x, slope = system.between_nodes(z)
    f = system.field(t, x)[0]
    defect = np.abs(slope - w * f)
    length = np.where(w > 0, w, np.inf)  # an arc of length zero has no slope
    rounding = ROUNDING * system.mesh.grid.size**2 * np.abs(x).max(axis=3, keepdims=True)
    residual = np.maximum(defect - rounding, 0.0) / (length * (1.0 + np.abs(f)))
    return defect.max(axis=0, initial=0.0), residual.max(axis=0, initial=0.0)
