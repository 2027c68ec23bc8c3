"""The order of regimes along a path: found on a rough path, checked on a sharp one.

A sharp path keeps each arc in one regime and lets it end on the border, so the order of the arcs
must be known. It is read off a path that is known: off a *rough* one at first, on which each node
takes whatever regime it is in, then off the sharp path itself, until the order that is assumed and
the order that is seen agree.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.clock import Clock
from aiecon.numerics.collocation import Collocation, Iterate
from aiecon.numerics.elements import Elements
from aiecon.numerics.orders import arranged, without_collapsed_arc
from aiecon.numerics.problem import INFINITY, POINTWISE, Problem, SolverError, Structure

__all__ = ["contradicted", "degenerate", "observed_structure", "rough_structure", "sample_times"]
__all__ += ["without_collapsed_arc"]

SAMPLES = 48  # of the border function on each element
VANISHED = 1e-9  # of the last date: an arc this short is none, even if the equations hold
AFTER = 24  # samples after the last date
NONE = np.empty(0)
LATER = (np.arange(AFTER) + 0.5) / AFTER
BETWEEN = 16  # parts into which a stretch is cut on which the border is or may be crossed
LOOKS = 4  # each resolves crossings that are about a tenth as far apart
NEGLIGIBLE = 1e-8  # a border function this close to zero does not contradict the arc's regime


def contradicted(
    system: Collocation, z: Iterate, negligible: float = NEGLIGIBLE
) -> NDArray[np.bool_]:
    """Whether the border function contradicts the regimes assumed along the paths, (B,)."""
    problem = system.problem
    contradicts = np.zeros(len(z.dates), dtype=bool)
    if not problem.has_border:
        return contradicts
    mesh = system.mesh
    if mesh.count:
        t, _, x, _ = system.between_nodes(z)
        b = problem.border(t, x)[0] * -mesh.side  # a contradiction is positive
        contradicts |= (b > negligible).any(axis=(1, 2))
        contradicts |= _may_peak_above(b, negligible).any(axis=(1, 2))
    if not mesh.structure.tail:
        last = z.values[:, -1, :, -1] if mesh.count else z.start[:, 0]
        t = later(problem, z.dates[:, -1:, None])
        x = problem.continuation(t, z.dates[:, -1:, None], last.T[:, :, None, None])
        b = problem.border(t, x)[0]
        side = 1.0 if problem.last_regime == 1 else -1.0
        contradicts |= (b * -side > negligible).any(axis=(1, 2))
    return contradicts


def _may_peak_above(b: FloatArray, level: float) -> NDArray[np.bool_]:
    """Whether a function may exceed a level beside a local maximum of its samples (…, n).

    A parabola whose samples peak at one of them rises above it by no more than a quarter of the
    larger difference to its neighbours.
    """
    here, before, after = b[..., 1:-1], b[..., :-2], b[..., 2:]
    peak = (here >= before) & (here > after)
    if not peak.any():
        return peak
    with np.errstate(invalid="ignore"):  # where all three are infinite there is no peak
        rise = here - np.minimum(before, after)
    return peak & (np.where(np.isfinite(rise), here + 0.25 * rise, -np.inf) > level)


def degenerate(dates: FloatArray) -> NDArray[np.bool_]:
    """Whether two dates have become one, (B,); ``dates`` are (B, D).

    Two crossings at the same date satisfy every equation wherever the path crosses once.
    """
    shortest = (dates[:, 1:] - dates[:, :-1]).min(axis=1, initial=np.inf)
    return np.asarray(shortest < VANISHED * dates[:, -1])


def later(problem: Problem, date: FloatArray) -> FloatArray:
    """Times (B, 1, n) after a date (B, 1, 1), until the closing rule is certain to hold."""
    if problem.rule_from is None:
        return date - np.log1p(-LATER) / problem.tail_rate[:, None, None]
    return date + LATER * np.maximum(problem.kinks[problem.rule_from][:, None, None] - date, 0.0)


def rough_structure(problem: Problem) -> tuple[Structure, FloatArray]:
    """Arcs from kink to kink in mixed regimes, closed as late as possible, and their dates."""
    count = len(problem.kinks) if problem.rule_from is None else problem.rule_from + 1
    ends: list[str | int] = list(range(count))
    dates = [np.zeros(problem.initial.shape[1]), *problem.kinks[:count]]
    if problem.rule_from is None:
        ends.append(INFINITY)
    structure = Structure((POINTWISE,) * len(ends), tuple(ends), problem.last_regime)
    return structure, np.array(dates).T


def sample_times(
    problem: Problem,
    structure: Structure,
    elements: Elements,
    dates: FloatArray,
    also: FloatArray = NONE,
) -> tuple[FloatArray, NDArray[np.intp]]:
    """Increasing times from 0 on along a path, and the regime that is assumed at each.

    After the last date they run until the closing rule is certain to hold, or along a tail. Times
    ``also`` before the last date or on a tail are among them.
    """
    inner = np.sin(0.5 * np.pi * np.arange(1, SAMPLES + 1) / SAMPLES) ** 2  # dense at both ends
    clock = Clock(structure, elements, inner)
    inside = clock.times(dates[None], problem.tail_rate)[0].ravel()
    after = np.empty(0) if structure.tail else later(problem, dates[None, -1:, None])[0, 0]
    times = np.concatenate([[0.0], inside, after])
    every = np.array([*structure.regimes, problem.last_regime])
    assumed = np.concatenate([[0], np.repeat(clock.arc, SAMPLES), [structure.size] * len(after)])
    times = np.concatenate([times, also])
    others = np.searchsorted(dates[1:], also, "right")
    order = np.argsort(times, kind="stable")[: np.isfinite(times).sum()]
    return times[order], every[np.concatenate([assumed, others]).astype(np.intp)[order]]


def observed_structure(
    problem: Problem,
    path: Callable[[FloatArray], FloatArray],
    t: FloatArray,
    assumed: NDArray[np.intp],
    negligible: float = NEGLIGIBLE,
) -> tuple[Structure, FloatArray]:
    """The structure that the border function shows along a path, with its dates (1, D).

    ``path`` maps times (1, 1, n) to (d, 1, 1, n). Stretches on which the border function
    contradicts the assumed regime by no more than ``negligible`` count as that regime. Raises
    SolverError if the path ends in a regime in which the problem is not closed.
    """
    regimes: tuple[int, ...] = (problem.last_regime,)
    dates: tuple[float, ...] = ()
    if problem.has_border:
        regimes, dates = _crossings(problem, path, t, assumed, negligible)
    if regimes[-1] != problem.last_regime:
        raise SolverError(
            f"The path was followed to its end in regime {regimes[-1]}, but the problem is closed "
            f"in regime {problem.last_regime}. Check the long-run condition of the problem."
        )
    return arranged(problem, regimes, dates)


def _crossings(
    problem: Problem,
    path: Callable[[FloatArray], FloatArray],
    t: FloatArray,
    assumed: NDArray[np.intp],
    negligible: float,
) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """The regimes along a path, and the dates at which they change."""

    def border(t: FloatArray) -> FloatArray:
        return problem.border(t[None, None], path(t[None, None]))[0][0, 0]

    t, b, assumed = _looked_closer(border, t, assumed, negligible)
    regime = np.where(b > 0, 1, 2)
    undecided = (np.abs(b) <= negligible) & (assumed != POINTWISE)
    regime = np.where(undecided, assumed, regime)
    changes = np.flatnonzero(regime[1:] != regime[:-1])
    regimes = (int(regime[0]), *(int(regime[i + 1]) for i in changes))
    if not len(changes):
        return regimes, ()
    left, right = t[changes], t[changes + 1]
    inner = left + (right - left) * np.linspace(0.0, 1.0, BETWEEN + 1)[:, None]  # (n, changes)
    b = border(inner.ravel()).reshape(inner.shape)
    flips = (b[:-1] > 0) != (b[1:] > 0)
    first = np.where(flips.any(axis=0), flips.argmax(axis=0), BETWEEN // 2)
    return regimes, tuple(
        _crossing(inner[n, i], inner[n + 1, i], b[n, i], b[n + 1, i]) for i, n in enumerate(first)
    )


def _looked_closer(
    border: Callable[[FloatArray], FloatArray],
    t: FloatArray,
    assumed: NDArray[np.intp],
    negligible: float,
) -> tuple[FloatArray, FloatArray, NDArray[np.intp]]:
    """The times with others where the path may cross the border and come back between two of them.

    Returns the times, the border function and the regimes that are assumed there.
    """
    b = border(t)
    for _ in range(LOOKS):
        side = np.where(b > 0, -1.0, 1.0)[1:-1]
        peaks = [_may_peak_above(sign * b, negligible) & (side == sign) for sign in (-1.0, 1.0)]
        near = 1 + np.flatnonzero(peaks[0] | peaks[1])
        if not len(near):
            break
        left, right = t[near - 1], t[near + 1]
        more = (left + (right - left) * np.linspace(0.0, 1.0, BETWEEN + 1)[1:-1, None]).ravel()
        order = np.argsort(np.concatenate([t, more]), kind="stable")
        b = np.concatenate([b, border(more)])[order]
        assumed = np.concatenate([assumed, np.tile(assumed[near], BETWEEN - 1)])[order]
        t = np.concatenate([t, more])[order]
    return t, b, assumed


def _crossing(t0: float, t1: float, b0: float, b1: float) -> float:
    """Where the line through (t0, b0), (t1, b1) is zero, inside the interval."""
    share = b0 / (b0 - b1) if (b0 > 0) != (b1 > 0) and np.isfinite(b0 - b1) else 0.5
    return float(t0 + min(max(share, 0.02), 0.98) * (t1 - t0))
