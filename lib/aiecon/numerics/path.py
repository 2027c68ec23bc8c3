"""The solution of a saddle-path problem as a function of time, and how far it can be trusted.

A path is judged with the model's own equations: between the nodes, and at times that no grid chose.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiecon.cached import cached_once
from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.collocation import Collocation, Iterate
from aiecon.numerics.mesh import Clock, Elements
from aiecon.numerics.problem import Problem, Structure
from aiecon.numerics.rest import jacobian
from aiecon.validation import require

__all__ = ["SaddlePath", "Tried", "arcs_at", "end_jacobian", "trial_times", "tried", "values_at"]
__all__ += ["violations", "worst_places"]

ROUNDING = 1e-15  # of x, several of which a slope is made of
NOISE = 2e-15  # rounding errors of f, relative to its parts
GOLDEN = 0.5 * (np.sqrt(5.0) - 1.0)  # its multiples keep away from one another and from a period
FAR, FARTHEST = 36.0, 600.0  # time scales of a tail: e^−36 is next to nothing
TRIED_SHARE = 0.05  # of the tolerance: what a violation at one of the times may add to the error
FLOOR = 1e-10  # of the tolerance there: below it are rounding errors
SHARE = 0.1  # of the largest violation: what is this bad is cut
HALF = 0.5  # of the times in an element: if more are violated it is halved
STILL = 16  # times fewer times where f does not depend on time


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
        gone = np.expm1(-clock.width[element])
        lag = np.where(on_tail, edge - clock.left[element], 0.0)
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


class Tried(NamedTuple):
    """What a path shows at the trial times."""

    places: dict[int, list[float]]  # where elements are to be cut because the equations do not hold
    date: float  # at which they are violated most
    error: float  # what all violations add up to, times how long each may last
    crosses: bool  # the border contradicts a regime somewhere


def trial_times(
    problem: Problem, structure: Structure, elements: Elements, dates: FloatArray, n: int
) -> FloatArray:
    """Some n increasing times along a path of one draw, evenly in time, on each arc and element.

    Which they are does not depend on the nodes. On a tail they are dense for 36 time scales.
    """
    count = sum(map(len, elements)) - structure.size
    if n == 0 or count == 0:
        return np.empty(0)
    even = (np.arange(n) + np.arange(1, n + 1) * GOLDEN % 1.0) / n  # in (0, 1)
    days, late = dates.tolist(), np.empty(0)
    if structure.tail:
        scale = 1.0 / float(problem.tail_rate[0])
        days.append(days[-1] + FAR * scale)
        late = np.concatenate([days[-1] + FAR * scale * even[::5], FARTHEST * scale * even[::16]])
    thin = 8 * (len(days) - 1)
    arcs = [a + (b - a) * even[i::thin] for i, (a, b) in enumerate(pairwise(days))]
    inside = Clock(structure, elements, even[:: 8 * count])
    each = inside.times(dates[None], problem.tail_rate)[0].ravel()
    t = np.sort(np.concatenate([days[-1] * even[1::2], *arcs, late, each]))
    return t[np.isfinite(t) if structure.tail else t < dates[-1]]


def tried(system: Collocation, z: Iterate, tol: float) -> Tried:
    """The equations and the border of one draw at times that no grid chose."""
    problem, mesh = system.problem, system.mesh
    if not (problem.samples and mesh.count):
        return Tried({}, np.nan, 0.0, False)
    origin = np.zeros((1, 1, 1)), z.start.T[..., None]
    still = all(problem.field(*origin, r)[2] is None for r, _ in mesh.runs)
    n = problem.samples // (STILL if still else 1)
    t = trial_times(problem, mesh.structure, mesh.elements, z.dates[0], n)
    place = located(system, z, np.zeros(len(t), dtype=np.intp), t)
    points = z.at_points()[0][place.element]  # (T, d, N + 2)
    weights = mesh.grid.interpolate(place.y)
    x = np.einsum("np,ndp->dn", weights, points)
    slope = np.einsum("np,ndp->dn", weights @ mesh.grid.slope, points) / place.length
    regime = np.array(mesh.structure.regimes)[mesh.clock.arc[place.element]]
    # what rounding errors make of the slope, and of f, several of them
    noise = ROUNDING * mesh.grid.size**2 * np.abs(x) / place.length
    defect, crosses = np.empty_like(x), False
    # how long a violation may last that was seen once, and does not fade: what it adds to the error
    gaps = np.diff(t, prepend=t[0], append=t[-1])
    reach = np.minimum(np.maximum(gaps[1:], gaps[:-1]), place.length)
    with np.errstate(over="ignore", invalid="ignore"):
        for r in np.unique(regime):
            here = regime == r
            when, where = t[None, None, here], x[:, None, None, here]
            f, f_x, f_t = problem.field(when, where, int(r))
            moved = np.abs(f_x * where).sum(axis=1) + (0.0 if f_t is None else np.abs(f_t) * when)
            noise[:, here] += NOISE * (np.abs(f) + moved)[:, 0, 0]
            defect[:, here] = np.abs(slope[:, here] - f[:, 0, 0])
            pull = np.abs(f_x).sum(axis=1).max(axis=0) + 0.0 * when
            reach[here] = np.minimum(reach[here], 1.0 / np.maximum(pull[0, 0], 1e-300))
        if problem.has_border:
            b = problem.border(t[None, None], x[:, None, None])[0][0, 0]
            crosses = bool((b * np.where(regime == 1, -1.0, 1.0) > 10 * tol).any())
        size = np.maximum(defect - noise, 0.0).max(axis=0) * reach
    if mesh.structure.tail:  # where nothing is left of a tail f may be ∞ − ∞
        over = z.dates[0, -1] + FAR / float(problem.tail_rate[0])
        size = np.where(np.isnan(size) & (t > over), 0.0, size)
    size, limit = np.where(np.isnan(size), np.inf, size), max(tol, FLOOR)
    worst, total = int(np.argmax(size)), float(size.sum())
    bad = size > (TRIED_SHARE * limit if total <= limit else min(SHARE * size[worst], limit))
    places = _places(place.element, place.edge, bad)
    return Tried(places, float(t[worst]), total if total > FLOOR else 0.0, crosses)


def end_jacobian(system: Collocation, z: Iterate) -> FloatArray:
    """∂f/∂x at the end of a tail, (B, d, d): at t = ∞, or late if it is not a number there."""
    problem, x = system.problem, z.values[:, -1, :, -1].T
    late = z.dates[:, -1] + FAR / problem.tail_rate
    with np.errstate(all="ignore"):
        for t in (np.full_like(late, np.inf), late):
            at = t[:, None, None], x[:, :, None, None]
            J = jacobian(problem.field(*at, problem.last_regime)[1], x)
            if np.isfinite(J).all():
                break
    return J


def worst_places(system: Collocation, size: FloatArray) -> dict[int, list[float]]:
    """Where to cut the elements on which something (E, P) between the nodes is largest."""
    edge = system.mesh.checks[0].edge
    most = size.max(axis=1, keepdims=True)
    bad = (size > SHARE * most) & (most > SHARE * size.max(initial=0.0))
    number = np.repeat(np.arange(len(size)), size.shape[1])
    return _places(number, edge.ravel(), bad.ravel())


def _places(
    element: NDArray[np.intp], edge: FloatArray, bad: NDArray[np.bool_]
) -> dict[int, list[float]]:
    """Where to cut each element: around the stretches that are bad; nowhere: it is to be halved."""
    places: dict[int, list[float]] = {}
    for e in np.unique(element[bad]):
        own = element == e
        here, marks = edge[own], np.diff(bad[own].astype(int), prepend=0, append=0)
        around = np.concatenate([np.flatnonzero(marks == 1) - 2, np.flatnonzero(marks == -1) + 1])
        around = np.unique(around[(around >= 0) & (around < len(here))])
        places[int(e)] = [] if bad[own].mean() > HALF else here[around].tolist()
    return places
