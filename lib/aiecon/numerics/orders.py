"""Orders of regimes: from what is seen along a path, and when an arc of one has vanished."""

from __future__ import annotations

import numpy as np

from aiecon.numerics.problem import BORDER, INFINITY, FloatArray, Problem, Structure

__all__ = ["arranged", "without_collapsed_arc"]

COLLAPSED = 1e-4  # of the last date: an arc this short, on which the solver is stuck, is gone


def arranged(
    problem: Problem, seen: tuple[int, ...], crossings: tuple[float, ...]
) -> tuple[Structure, FloatArray]:
    """Arcs between crossings and kinks, closed at the last crossing or at infinity."""
    events: list[tuple[float, str | int]] = [(date, BORDER) for date in crossings]
    events += [(float(date), i) for i, date in enumerate(problem.kinks[:, 0])]
    events.sort(key=lambda event: event[0])
    if not problem.ends_at_infinity:
        closed_at = crossings[-1] if crossings else 0.0
        events = [event for event in events if event[0] <= closed_at]
    regimes: list[int] = []
    crossed = 0
    for _, end in events:
        regimes.append(seen[crossed])
        crossed += end == BORDER
    ends, dates = [end for _, end in events], [0.0, *(date for date, _ in events)]
    if problem.ends_at_infinity:
        regimes.append(seen[-1])
        ends.append(INFINITY)
    return Structure(tuple(regimes), tuple(ends), problem.last_regime), np.array([dates])


def without_collapsed_arc(
    structure: Structure, dates: FloatArray
) -> tuple[Structure, FloatArray] | None:
    """The structure in which the arc that has shrunk to nothing is gone; None if none has.

    A crossing that runs into a kink date passes it; two crossings that meet both vanish; a crossing
    at t = 0 vanishes with the arc before it. ``dates`` are (1, D), of an iterate that got stuck.

    >>> stuck = Structure((1, 1), (0, BORDER), last_regime=2)
    >>> repaired, dates = without_collapsed_arc(stuck, np.array([[0.0, 5.0, 5.0 + 1e-9]]))
    >>> print(repaired, dates.round(3))
    1 →border→ 2 →kink 1→ 2 (closing rule) [[0.   4.95 5.  ]]
    """
    lengths = np.diff(dates[0])
    if not len(lengths) or not lengths.min() <= COLLAPSED * dates[0, -1]:
        return None  # also where the solver was lost, and a date is not a number
    i = int(lengths.argmin())
    regimes, ends, days = list(structure.regimes), list(structure.ends), list(dates[0])
    after = (*regimes, structure.last_regime)[i + 1]
    if i == 0:
        del regimes[0], ends[0], days[1]
    elif ends[i - 1] == BORDER and ends[i] == BORDER:
        del regimes[i - 1 : i + 1], ends[i - 1 : i + 1], days[i : i + 2]
    elif ends[i] == BORDER:  # after a kink: it moves before it
        regimes[i] = after
        days[i], days[i + 1] = days[i] - 0.01 * (days[i] - days[i - 1]), days[i]
        ends[i - 1], ends[i] = ends[i], ends[i - 1]
    else:  # before a kink: it moves after it
        regimes[i] = regimes[i - 1]
        days[i], days[i + 1] = days[i + 1], days[i + 1] + 0.01 * (days[i] - days[i - 1])
        ends[i - 1], ends[i] = ends[i], ends[i - 1]
        if i + 2 < len(days):
            days[i + 1] = min(days[i + 1], 0.5 * (days[i] + days[i + 2]))
    return Structure(tuple(regimes), tuple(ends), structure.last_regime), np.array([days])
