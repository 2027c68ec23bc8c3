"""A path tried with the model's own equations at times that no grid chose."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.clock import Clock
from aiecon.numerics.collocation import Collocation, Iterate
from aiecon.numerics.elements import Elements
from aiecon.numerics.path import ROUNDING, located
from aiecon.numerics.problem import Problem, Structure
from aiecon.numerics.rest import jacobian

__all__ = ["Tried", "end_jacobian", "trial_times", "tried", "worst_places"]

GOLDEN = 0.5 * (np.sqrt(5.0) - 1.0)  # its multiples keep away from one another and from a period
FAR = 36.0  # time scales of a tail: e^−36 is next to nothing
FARTHEST = 600.0
TRIED_SHARE = 0.05  # of the tolerance: what a violation at one of the times may add to the error
FLOOR = 1e-10  # of the tolerance there: below it are rounding errors
NOISE = 2e-15  # rounding errors of f, relative to its parts
SHARE = 0.1  # of the largest violation: what is this bad is cut
HALF = 0.5  # of the times in an element: if more are violated it is halved


class Tried(NamedTuple):
    """What a path shows at the trial times."""

    places: dict[int, list[float]]  # where elements are to be cut because the equations do not hold
    date: float  # at which they are violated most
    error: float  # what all violations add up to, times how long each may last
    crosses: bool  # the border contradicts a regime somewhere


def trial_times(
    problem: Problem,
    structure: Structure,
    elements: Elements,
    dates: FloatArray,
    still: bool = False,
) -> FloatArray:
    """Increasing times (T,) along a path of one draw, evenly in time, on each arc, each element.

    Which they are does not depend on the nodes. On a tail they are dense for 36 time scales. They
    are fewer if f is ``still``, without time.
    """
    n, count = problem.samples // (16 if still else 1), sum(map(len, elements)) - structure.size
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
    t = trial_times(problem, mesh.structure, mesh.elements, z.dates[0], still)
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
    places = _places(place.element, place.edge, bad) if bad.any() else {}
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
