"""The four scenarios of Figure 8 (section 3.3): their paths, and when and how far the wage falls.

The mixed scenario needs the weight ω of its bounded part, which the paper's text does not give. It
is identified here from a date in the text: labour is scarce again "around year 9"
(:func:`weight_for_return`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from aiecon.cached import cached
from aiecon.korinek_suh.dynamics.automation_paths import (
    AutomationPath,
    Bounded,
    BusinessAsUsual,
    Mixed,
)
from aiecon.korinek_suh.dynamics.many_transitions import Transitions
from aiecon.korinek_suh.dynamics.transition import OnePath, Transition, solve_transition
from aiecon.korinek_suh.parameters import Parameters, instance
from aiecon.numerics import SolverError
from aiecon.validation import FloatArray, finite, number, require

__all__ = [
    "SCENARIOS",
    "WEIGHT",
    "Collapse",
    "Scenario",
    "collapses",
    "mixture_weight",
    "return_date",
    "scenario",
    "solved",
    "wage_collapse",
    "weight_for_return",
]

#: ω, our identification: weight_for_return(9.0) to three digits.
WEIGHT = 0.877


@dataclass(frozen=True)
class Scenario:
    """A panel of Figure 8."""

    panel: str
    title: str
    automation: AutomationPath


#: The panels of Figure 8 by their letter.
SCENARIOS: dict[str, Scenario] = {
    "a": Scenario("a", "Business as usual", BusinessAsUsual(rate=0.01)),
    "b": Scenario("b", "Baseline AGI", Bounded(horizon=20.0)),
    "c": Scenario("c", "Aggressive AGI", Bounded(horizon=5.0)),
    "d": Scenario("d", "Bout of automation", Mixed(weight=WEIGHT)),
}


def solved(panel: str) -> Transition:
    """The optimal path of a panel of Figure 8 at the calibration of Table 2, solved once.

    Source: Korinek & Suh (2024), section 3.3.

    >>> solved("c").region_changes[0].region, round(solved("c").region_changes[0].date, 4)
    (2, 3.5794)
    """
    scenario(panel)
    return _solved(panel)


@cached()
def _solved(panel: str) -> Transition:
    return solve_transition(SCENARIOS[panel].automation)


def scenario(panel: str) -> Scenario:
    """The scenario of a panel; ValueError for an unknown one."""
    known = isinstance(panel, str) and panel in SCENARIOS
    require("panel", repr(panel), known, f"one of {', '.join(SCENARIOS)}")
    return SCENARIOS[panel]


# The weight of the mixed scenario -----------------------------------------------------------------


def return_date(path: Transition) -> float:
    """When labour becomes scarce again: the second change of region, ∞ if there is none.

    >>> round(return_date(solved("d")), 2)
    8.98
    """
    instance("path", path, OnePath, "a path of capital", "See solve_transition.")
    later = [change.date for change in path.region_changes[1:] if change.region == 1]
    return float(later[0]) if later else np.inf


def weight_for_return(
    date: float = 9.0,
    horizon: float = 5.0,
    rate: float = 0.01,
    K0: float = 4.6,
    params: Parameters | None = None,
) -> float:
    """ω of the mixed scenario at which the economy returns to region 1 at ``date`` (years).

    The higher ω, the fewer tasks are left to labour after the bout and the later the return. Found
    on solved paths, to 1e-6. Raises ValueError for a date that is not after the horizon
    or that no weight between 0.5 and 0.995 gives (after a small bout region 2 is never entered).

    >>> round(weight_for_return(9.0), 3)
    0.877
    """
    asked = {"date": date, "horizon": horizon, "rate": rate, "K0": K0}
    numbers = {name: number(name, value) for name, value in asked.items()}
    return float(_weight_for_return(**numbers, params=params))


@cached(64)
def _weight_for_return(
    *, date: float, horizon: float, rate: float, K0: float, params: Parameters | None = None
) -> float:
    near: Transition | None = None  # the path tried before

    def gap(tail: float) -> float:
        """Below zero if the return is too early or there was nothing to return from."""
        nonlocal near
        automation = Mixed(1.0 - np.exp(-tail), horizon, rate)
        try:
            near = solve_transition(automation, K0, params, tol=1e-6, near=near)
            back = return_date(near)
        except SolverError:  # where region 2 is barely touched there is nothing to return from
            back = np.inf
        return (back if np.isfinite(back) else 0.0) - date

    low, high = -np.log([0.5, 0.005])  # of −log(1 − ω), in which the date is nearly linear
    hint = "Take a date somewhat after the horizon."
    require("date", date, date > horizon, f"a date after the horizon, {horizon:g}", hint)
    allowed = "a date at which some weight brings labour back"
    require("date", date, gap(low) < 0 < gap(high), allowed, hint)
    tail = float(brentq(gap, low, high, xtol=1e-6))
    require("date", date, abs(gap(tail)) < 1e-2, "a date after the first possible return", hint)
    return float(-np.expm1(-tail))


def mixture_weight(
    weight: float, horizon: float = 5.0, rate: float = 0.01, initial: float = 0.608
) -> tuple[float, float]:
    """ω of the printed mixture of distributions, if both parts share one automation index.

    ``weight`` is that of :class:`Mixed`: the bounded part of the tasks that are *left* at t = 0.
    The printed formula mixes whole distributions. With one index, which was at complexity one a
    years before t = 0, the bounded part has T/(T+a) of its tasks left (β = 1) and the Pareto part
    exp(−λg a), so that

        ω T/(T+a) = weight (1−Φ₀),   (1−ω) exp(−λg a) = (1−weight)(1−Φ₀).

    The path of Φ is the same. Returns ω and a in years. Raises ValueError unless the weight is in
    (0, 1), T and λg are positive and 0 ≤ Φ₀ < 1; then there is one solution.

    >>> tuple(round(x, 3) for x in mixture_weight(0.877))
    (0.947, 8.778)
    """
    values = {"weight": weight, "horizon": horizon, "rate": rate, "initial": initial}
    for name, value in values.items():
        require(name, value, finite(name, value).ndim == 0, "a single number")
    Mixed(weight, horizon, rate, initial=initial)  # refuses what it cannot hold
    require("rate", rate, rate > 0, "rate > 0")
    bounded, pareto = weight * (1.0 - initial), (1.0 - weight) * (1.0 - initial)

    def excess(a: float) -> float:
        return bounded * (horizon + a) / horizon + pareto * np.exp(rate * a) - 1.0

    # there one of the two parts alone makes up the whole
    longest = min(horizon / max(bounded, 1e-300), -np.log(pareto) / max(rate, 1e-300))
    a = float(brentq(excess, 0.0, longest, xtol=1e-12))
    return bounded * (horizon + a) / horizon, a


# The collapse of the wage -------------------------------------------------------------------------


@dataclass(frozen=True)
class Collapse:
    """When and how deep the wage falls: numbers, or arrays with one entry for each economy.

    Dates in years. Where region 2 is never entered ``entry`` and ``back`` are ∞ and the rest NaN.
    """

    peak_date: Any  # the highest wage before region 2
    peak_wage: Any
    half_date: Any  # half of the way from the highest wage to A is lost
    entry: Any  # region 2 begins: w = R = A
    back: Any  # labour is scarce again, ∞ if never
    fall: Any  # share of the highest wage that is lost, 1 − A/peak


def wage_collapse(path: Transition) -> Collapse:
    """The collapse of the wage on one path, to the accuracy of the path.

    >>> found = wage_collapse(solved("b"))
    >>> [round(x, 3) for x in (found.peak_date, found.peak_wage, found.entry, found.fall)]
    [13.2, 1.824, 18.613, 0.726]
    """
    instance("path", path, OnePath, "a path of capital", "See solve_transition.")
    entries = [change.date for change in path.region_changes if change.region == 2]
    if not entries:
        nan = float("nan")
        return Collapse(nan, nan, nan, np.inf, np.inf, nan)
    entry, A = float(entries[0]), path.params.A
    dates = np.linspace(0.0, entry, 401)
    wages = path.wage(dates)
    top = int(np.argmax(wages))
    peak_date = float(dates[top])
    if 0 < top < len(dates) - 1:
        best = minimize_scalar(
            lambda t: -float(path.log_wage(t)),
            bounds=(dates[top - 1], dates[top + 1]),
            method="bounded",
            options={"xatol": 1e-8},
        )
        peak_date = float(best.x)
    peak = float(path.wage(peak_date))
    half = entry
    if peak > A:
        half = float(brentq(lambda t: float(path.wage(t)) - 0.5 * (peak + A), peak_date, entry))
    return Collapse(peak_date, peak, half, entry, return_date(path), 1.0 - A / peak)


def collapses(paths: Transitions, until: float, step: float = 0.02) -> Collapse:
    """The same for many economies at once, on a grid of dates up to ``until`` in ``step`` years.

    ``entry`` is as exact as the paths; the other dates are read off the grid: the peak to the
    nearest date, half of the fall and the return by interpolation. NaN for economies without a
    path; ``until`` must lie beyond the last entry.

    >>> from aiecon.korinek_suh import solve_transitions
    >>> found = collapses(solve_transitions(Bounded(horizon=[5.0, 20.0])), until=25)
    >>> found.entry.round(3), found.fall.round(3)
    (array([ 3.579, 18.613]), array([0.644, 0.726]))
    """
    instance("paths", paths, Transitions, "Transitions", "See solve_transitions.")
    for name, value in (("until", until), ("step", step)):
        require(name, value, finite(name, value).ndim == 0, "a single number")
    until_, step_ = float(until), float(step)
    require("until", until_, until_ > 0, "until > 0")
    require("step", step_, 0 < step_ < until_, "0 < step < until")
    t = np.arange(0.0, until_ + step_, step_)
    wages = paths.wage(t)
    A = np.ravel(paths.params.A)
    entry = paths.first_change
    lost = np.isnan(entry)
    starts_2 = paths.region(t)[:, 0] == 2
    falls = ~lost & np.isfinite(entry)
    late = falls & (entry > until_)
    require("until", until_, not late.any(), f"until ≥ {np.max(entry[falls], initial=0):.6g}")
    before = np.where(t <= entry[:, None], wages, -np.inf)
    top = np.argmax(before, axis=1)
    rows = np.arange(len(wages))
    peak = wages[rows, top]
    middle = 0.5 * (peak + A)
    half, back = np.full(len(wages), np.nan), np.full(len(wages), np.inf)
    scarcity = paths.scarcity(t)
    for i in np.flatnonzero(falls & ~starts_2):
        half[i] = _crossing(t, wages[i] - middle[i], top[i], rising=False)
        back[i] = _crossing(t, scarcity[i], int(np.searchsorted(t, entry[i])) + 1, rising=True)
    known = falls & ~starts_2
    nan = np.nan
    return Collapse(
        np.where(known, t[top], nan),
        np.where(known, peak, nan),
        np.where(known, half, nan),
        np.where(lost, nan, entry),
        np.where(lost, nan, back),
        np.where(known, 1.0 - A / peak, nan),
    )


def _crossing(t: FloatArray, y: FloatArray, start: int, rising: bool) -> float:
    """Where y changes its sign for the first time after ``start``, by interpolation; ∞ if never."""
    y = y if rising else -y
    after = np.flatnonzero(y[start:] > 0)
    if not after.size:
        return np.inf
    j = start + int(after[0])
    if j == 0 or not np.isfinite(y[j - 1]):
        return float(t[j])
    return float(t[j - 1] + (t[j] - t[j - 1]) * y[j - 1] / (y[j - 1] - y[j]))
