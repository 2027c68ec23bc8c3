"""The order of regimes along a path: read off a path, checked on it, and mended.

A sharp path keeps each arc in one regime and lets it end on the border, so the order of the arcs
must be known. It is read off a path that is known: off a guess or a *rough* path at first, on which
each node takes whatever regime it is in, then off the sharp path itself, until the order that is
assumed and the order that is seen agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.collocation import Collocation, Iterate
from aiecon.numerics.mesh import Clock, Elements, place_elements, scales
from aiecon.numerics.path import arcs_at
from aiecon.numerics.problem import BORDER, INFINITY, POINTWISE, Problem, Structure

__all__ = ["contradicted", "degenerate", "guessed", "observed", "rough_structure", "sample_times"]
__all__ += ["on_kink", "without_collapsed_arc"]

Path = Callable[[FloatArray], FloatArray]
Seen = tuple[Structure, FloatArray]  # an order of regimes and its dates, (1, D)

# samples of the border function: on each element, dense at both ends; after the last date
INNER = np.sin(0.5 * np.pi * (np.arange(48) + 0.5) / 48) ** 2
LATER = (np.arange(24) + 0.5) / 24
THINNER = 6  # times fewer for the guesses of many draws, whose paths are looked at later
PARTS = np.arange(1, 10)[:, None] / 10  # of a stretch on which the border is or may be crossed
LOOKS = 4  # each resolves crossings that are about a tenth as far apart
NEGLIGIBLE = 1e-8  # a border function this close to zero does not contradict the arc's regime
VANISHED = 1e-9  # of the last date: an arc this short is none, even if the equations hold
COLLAPSED = 1e-4  # of the last date: an arc this short, on which the solver is stuck, is gone


def rough_structure(problem: Problem) -> Seen:
    """Arcs from kink to kink in mixed regimes, closed as late as may be, and their dates (B, D)."""
    count = len(problem.kinks) if problem.rule_from is None else problem.rule_from + 1
    ends: tuple[str | int, ...] = tuple(range(count))
    dates = [np.zeros(problem.initial.shape[1]), *problem.kinks[:count]]
    if problem.rule_from is None:
        ends = (*ends, INFINITY)
    regime = POINTWISE if problem.has_border else problem.last_regime  # nothing to mix
    return Structure((regime,) * len(ends), ends, problem.last_regime), np.array(dates).T


def sample_times(
    problem: Problem, structure: Structure, elements: Elements, dates: FloatArray, thinner: int = 1
) -> FloatArray:
    """Increasing times (B, n) along paths, to the end of a tail or until the rule is certain."""
    clock = Clock(structure, elements, INNER[thinner - 1 :: thinner])
    inside = clock.times(dates, problem.tail_rate)[0].reshape(len(dates), -1)
    after = dates[:, :0] if structure.tail else later(problem, dates[:, -1:, None], thinner)[:, 0]
    t = np.concatenate([0.0 * dates[:, :1], inside, after], axis=1)
    return t[:, np.isfinite(t).all(axis=0)]


def later(problem: Problem, date: FloatArray, thinner: int = 1) -> FloatArray:
    """Times (B, 1, n) after a date (B, 1, 1), until the closing rule is certain to hold."""
    share = LATER[thinner - 1 :: thinner]
    if problem.rule_from is None:
        return date - np.log1p(-share) / problem.tail_rate[:, None, None]
    return date + share * np.maximum(problem.kinks[problem.rule_from][:, None, None] - date, 0.0)


def guessed(problem: Problem, path: Path) -> list[Seen | str]:
    """The order of regimes that a guess shows, of each draw; why not, if it ends in another one.

    A single draw is looked at more closely where the border may be crossed between two samples.
    """
    structure, dates = rough_structure(problem)
    if not problem.has_border:
        return [(structure, own[None]) for own in dates]
    elements = place_elements(scales(problem).min(axis=0), structure, dates[:1])
    t = sample_times(problem, structure, elements, dates, THINNER if len(dates) > 1 else 1)
    if len(t) == 1:
        return [observed(problem, path, t[0], structure, dates)]
    b = problem.border(t[:, None], path(t[:, None]))[0][:, 0]
    regime = np.where(b > 0, 1, 2)
    if problem.ends_at_infinity:
        structure = replace(structure, regimes=(problem.last_regime,) * structure.size)
    else:
        structure, dates = Structure((), (), problem.last_regime), dates[:, :1]
    return [
        (structure, dates[draw, None])
        if stays
        else _read(problem, t[draw], b[draw], regime[draw], draw)
        for draw, stays in enumerate((regime == problem.last_regime).all(axis=1))
    ]


def observed(
    problem: Problem,
    path: Path,
    t: FloatArray,
    structure: Structure,
    dates: FloatArray,
    negligible: float = NEGLIGIBLE,
) -> Seen | str:
    """The structure that the border function shows along a path, whatever was assumed.

    ``path`` maps times (1, 1, n) to (d, 1, 1, n). Looked at are the times t (n,), and others where
    the border is or may be crossed between two of them. Where the border function contradicts the
    regime assumed by no more than ``negligible`` that regime counts. If the path ends in a regime
    in which the problem is not closed, that is said instead.
    """
    if not problem.has_border:
        return _read(problem, t, t, np.full(len(t), problem.last_regime))

    def border(t: FloatArray) -> FloatArray:
        return problem.border(t[None, None], path(t[None, None]))[0][0, 0]

    b = border(t)
    for _ in range(LOOKS):
        side = np.where(b > 0, -1.0, 1.0)
        peaks = np.zeros(len(t), dtype=bool)
        for sign in (-1.0, 1.0):
            peaks[1:-1] |= _may_peak_above(sign * b, negligible) & (side[1:-1] == sign)
        cut = np.flatnonzero((side[1:] != side[:-1]) | peaks[1:] | peaks[:-1])
        if not len(cut):
            break
        more = (t[cut] + (t[cut + 1] - t[cut]) * PARTS).ravel()
        order = np.argsort(np.concatenate([t, more]), kind="stable")
        t, b = np.concatenate([t, more])[order], np.concatenate([b, border(more)])[order]
    arcs = arcs_at(t[None], dates)[0]
    assumed = np.array([*structure.regimes, structure.last_regime])[arcs]
    undecided = (np.abs(b) <= negligible) & (assumed != POINTWISE)
    return _read(problem, t, b, np.where(undecided, assumed, np.where(b > 0, 1, 2)))


def _read(
    problem: Problem, t: FloatArray, b: FloatArray, regime: NDArray[np.intp], draw: int = 0
) -> Seen | str:
    """The arcs between the changes of regime and the kinks, given regimes at times t (n,).

    A change is where the line between two samples of the border function is zero. The arcs are
    closed at the last change or at infinity.
    """
    last = int(regime[-1])
    if last != problem.last_regime:
        return (
            f"the path was followed to its end in regime {last}, but the problem is closed in "
            f"regime {problem.last_regime} (check its long-run condition)"
        )
    changes, crossings = np.flatnonzero(regime[1:] != regime[:-1]), []
    for i in changes:
        left, right = float(b[i]), float(b[i + 1])
        crosses = (left > 0) != (right > 0) and abs(left - right) < np.inf
        share = left / (left - right) if crosses else 0.5
        crossings.append(float(t[i] + min(max(share, 0.02), 0.98) * (t[i + 1] - t[i])))
    events: list[tuple[float, str | int]] = [(date, BORDER) for date in crossings]
    events += [(date, k) for k, date in enumerate(problem.kinks[:, draw].tolist())]
    events.sort(key=lambda event: event[0])
    if not problem.ends_at_infinity:
        closed_at = crossings[-1] if crossings else 0.0
        events = [event for event in events if event[0] <= closed_at]
    seen, crossed, regimes = [*regime[changes].tolist(), last], 0, []
    for _, end in events:
        regimes.append(seen[crossed])
        crossed += end == BORDER
    ends, dates = [end for _, end in events], [0.0, *(date for date, _ in events)]
    if problem.ends_at_infinity:
        regimes.append(last)
        ends.append(INFINITY)
    return Structure(tuple(regimes), tuple(ends), problem.last_regime), np.array([dates])


def contradicted(system: Collocation, z: Iterate, negligible: float) -> NDArray[np.bool_]:
    """Whether the border function contradicts the regimes assumed along the paths, (B,)."""
    problem, mesh = system.problem, system.mesh
    contradicts = np.zeros(len(z.dates), dtype=bool)
    against: list[FloatArray] = []  # the border function, positive where it contradicts
    if problem.has_border and mesh.count:
        t, _, x, _ = system.between_nodes(z)
        against.append(problem.border(t, x)[0] * -mesh.side)
    if problem.has_border and not mesh.structure.tail:
        last = z.values[:, -1, :, -1] if mesh.count else z.start[:, 0]
        t = later(problem, z.dates[:, -1:, None])
        x = problem.continuation(t, z.dates[:, -1:, None], last.T[:, :, None, None])
        against.append(problem.border(t, x)[0] * (-1.0 if problem.last_regime == 1 else 1.0))
    for b in against:
        contradicts |= (b > negligible).any(axis=(1, 2))
        contradicts |= _may_peak_above(b, negligible).any(axis=(1, 2))
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


def without_collapsed_arc(structure: Structure, dates: FloatArray) -> Seen | None:
    """The structure in which the arc that has shrunk to nothing is gone; None if none has.

    A crossing that runs into a kink date passes it; two crossings that meet both vanish; a crossing
    at t = 0 vanishes with the arc before it. ``dates`` are (1, D), of an iterate that got stuck.

    >>> stuck = Structure((1, 1), (0, BORDER), last_regime=2)
    >>> repaired, dates = without_collapsed_arc(stuck, np.array([[0.0, 5.0, 5.0 + 1e-9]]))
    >>> print(repaired, dates.round(3))
    1 →border→ 2 →kink 1→ 2 (closing rule) [[0.   4.95 5.  ]]
    """
    i = _collapsed(dates)
    if i is None:
        return None
    regimes, ends, days = list(structure.regimes), list(structure.ends), list(dates[0])
    if i == 0:
        del regimes[0], ends[0], days[1]
    elif ends[i - 1] == BORDER and ends[i] == BORDER:
        del regimes[i - 1 : i + 1], ends[i - 1 : i + 1], days[i : i + 2]
    else:
        if ends[i] == BORDER:  # after a kink: it moves before it
            regimes[i] = (*regimes, structure.last_regime)[i + 1]
            days[i], days[i + 1] = days[i] - 0.01 * (days[i] - days[i - 1]), days[i]
        else:  # before a kink: it moves after it
            regimes[i] = regimes[i - 1]
            days[i], days[i + 1] = days[i + 1], days[i + 1] + 0.01 * (days[i] - days[i - 1])
            if i + 2 < len(days):
                days[i + 1] = min(days[i + 1], 0.5 * (days[i] + days[i + 2]))
        ends[i - 1], ends[i] = ends[i], ends[i - 1]
    return Structure(tuple(regimes), tuple(ends), structure.last_regime), np.array([days])


def on_kink(structure: Structure, dates: FloatArray) -> Seen | None:
    """The structure in which the regime changes on a kink date, if an arc beside it has collapsed.

    >>> stuck = Structure((1, 1, 2), (0, BORDER, INFINITY), last_regime=2)
    >>> print(on_kink(stuck, np.array([[0.0, 5.0, 5.0 + 1e-9]]))[0])
    1 →kink 1→ 2
    """
    i = _collapsed(dates)
    if not i or structure.ends[i - 1] == structure.ends[i] == BORDER:
        return None
    regimes, ends, days = list(structure.regimes), list(structure.ends), list(dates[0])
    crossing = i if ends[i] == BORDER else i - 1
    del regimes[i], ends[crossing], days[crossing + 1]
    return replace(structure, regimes=tuple(regimes), ends=tuple(ends)), np.array([days])


def _collapsed(dates: FloatArray) -> int | None:
    lengths = np.diff(dates[0])
    if not len(lengths) or not lengths.min() <= COLLAPSED * dates[0, -1]:
        return None  # also where the solver was lost, and a date is not a number
    return int(lengths.argmin())
