"""The race between automation and accumulation (section 3.2): Figure 7, and what stands behind it.

Each function draws on an empty :class:`exhibits.plotting.BookFigure` and returns the numbers that a
caption needs. All but Figure 7 are ours.

>>> from exhibits.plotting import BookFigure
>>> found = figure_7(BookFigure(figsize=(6.8, 3.2)))
>>> bool(found.largest_gap < 1e-6)
True
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from scipy.optimize import brentq

from aiecon.cached import cached
from aiecon.korinek_suh.dynamics.automation_paths import Bounded, BusinessAsUsual
from aiecon.korinek_suh.dynamics.bounds import capital_upper_bound, transition_bounds
from aiecon.korinek_suh.dynamics.constant_saving import SavingPath, constant_saving
from aiecon.korinek_suh.dynamics.long_run import (
    balancing_saving_rate,
    long_run,
    long_run_saving_rate,
    region_2_growth,
)
from aiecon.korinek_suh.dynamics.scenarios import SCENARIOS, solved
from aiecon.korinek_suh.dynamics.transition import Transition, solve_transition
from aiecon.korinek_suh.parameters import Parameters
from aiecon.validation import FloatArray
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line, style

__all__ = [
    "Figure7",
    "anticipation",
    "balance",
    "bounds",
    "case_curves",
    "figure_7",
    "labor_odds",
    "labor_shares",
    "three_races",
]

#: A rate of automation in each case of Proposition 7, at Table 2, with its look.
RATES: dict[float, tuple[str, Any]] = {
    0.01: ("blue", DASHES[0]),
    0.12: ("purple", DASHES[1]),
    0.25: ("vermilion", DASHES[3]),
}


@contextmanager
def _panels(figure: BookFigure, rows: int = 1, columns: int = 1) -> Iterator[list[Axes]]:
    """Axes in rows and columns on an empty figure, in the book's style."""
    with style():
        if figure.get_layout_engine() is None:
            figure.set_layout_engine("constrained")
        yield list(figure.subplots(rows, columns, squeeze=False).ravel())


@cached()
def _optimal(rate: float) -> Transition:
    return solve_transition(BusinessAsUsual(rate))


@cached()
def _constant(rate: float) -> SavingPath:
    return constant_saving(BusinessAsUsual(rate), long_run_saving_rate())


def _log_axis(ax: Axes, ticks: Sequence[float]) -> None:
    ax.set_yscale("log")
    ax.set_yticks(ticks, [f"{x:g}" for x in ticks])
    ax.minorticks_off()


# Three races --------------------------------------------------------------------------------------


def three_races(figure: BookFigure, years: float = 40.0) -> dict[float, tuple[float, ...]]:
    """Optimal paths at three rates of automation: capital against κ, and wages.

    Returns the dates at which each path changes region.

    >>> {rate: len(dates) for rate, dates in three_races(BookFigure(figsize=(6.8, 3.4))).items()}
    {0.01: 0, 0.12: 0, 0.25: 1}
    """
    t = np.linspace(0, years, 241)
    with _panels(figure, 1, 2) as (left, right):
        for rate, (colour, dashes) in RATES.items():
            path, ink = _optimal(rate), PALETTE[colour]
            odds = path.share(t) / path.unautomated(t)
            left.plot(t, path.capital(t), color=ink, linestyle=DASHES[0])
            left.plot(t, odds, color=ink, linestyle=DASHES[2])
            right.plot(t, path.wage(t), color=ink, linestyle=dashes)
        for rate, x, y in ((0.01, 24, 4.2), (0.12, 25, 17), (0.25, 6, 800)):
            label_line(left, x, y, f"λg = {rate:g}", RATES[rate][0], offset=(0, 0))
        for rate, x, y in ((0.01, 26, 1.45), (0.12, 13, 4.6), (0.25, 17, 0.33)):
            label_line(right, x, y, f"λg = {rate:g}", RATES[rate][0], offset=(0, 0))
        _log_axis(left, [1, 10, 100, 1000])
        _log_axis(right, [0.5, 1, 2, 5, 10, 20])
        left.set(title="K/L (solid), κ (dotted)", xlabel="years", xlim=(0, years), ylim=(1, 3000))
        right.set(title="Wage", xlabel="years", xlim=(0, years), ylim=(0.28, 40))
    return {rate: tuple(change.date for change in _optimal(rate).region_changes) for rate in RATES}


# Proposition 5 ------------------------------------------------------------------------------------

_SPANS = {"a": 40.0, "b": 30.0, "c": 10.0, "d": 20.0}
_TICKS: dict[str, tuple[float, ...]] = {
    "capital": (5, 10, 100, 1000),
    "output": (1, 10, 100, 1000),
    "wage": (0.5, 1, 2, 5, 10),
}


def bounds(figure: BookFigure, quantity: str = "wage") -> dict[str, tuple[float, float]]:
    """Proposition 5: the optimal path of capital, output or wages between its bounds.

    One panel for each scenario of Figure 8. Returns, by panel, the smallest ratios of the path to
    its lower bound and of the upper bound to the path.

    >>> found = bounds(BookFigure(figsize=(5.4, 5)), "capital")
    >>> all(min(ratios) > 1 - 1e-9 for ratios in found.values())
    True
    """
    found, ink = {}, PALETTE["blue"]
    ticks = _TICKS[quantity]
    bottom, top = 0.8 * ticks[0], 1.5 * ticks[-1]
    with _panels(figure, 2, 2) as axes:
        for ax, (panel, scenario) in zip(axes, SCENARIOS.items(), strict=True):
            t = np.linspace(0, _SPANS[panel], 241)
            at = transition_bounds(scenario.automation, t)
            low, high = (getattr(at, f"{quantity}_{side}") for side in ("lower", "upper"))
            path = getattr(solved(panel), quantity)(t)
            shown = np.minimum(high, 10 * top)
            ax.fill_between(t, low, shown, color=ink, alpha=0.12, linewidth=0)
            ax.plot(t, shown, color=ink, linestyle=DASHES[1], linewidth=1.6)
            ax.plot(t, low, color=ink, linestyle=DASHES[2], linewidth=1.6)
            ax.plot(t, path, color=PALETTE["ink"])
            _log_axis(ax, ticks)
            ax.set(title=f"({panel}) {scenario.title}", xlim=(0, t[-1]), ylim=(bottom, top))
            ax.title.set_fontsize(10)
            ax.set_xticks(np.linspace(0, t[-1], 4 if panel == "b" else 6 if panel == "c" else 5))
            found[panel] = float(np.min(path / low)), float(np.min(high / path))
        for ax in axes[2:]:
            ax.set_xlabel("years")
    return found


def anticipation(figure: BookFigure) -> tuple[float, float]:
    """Two optimal paths that leave the bounds of Proposition 5, and Table 2's η = 2 beside them.

    Left the baseline AGI scenario with η = 5, right sudden automation (β = .2) with η = 1. Returns
    the lowest K/K₀ of the first and the highest K/K⁺ of the second.

    >>> tuple(round(x, 3) for x in anticipation(BookFigure(figsize=(6.8, 3.3))))
    (0.976, 1.373)
    """
    smooth, sudden = Bounded(horizon=20.0), Bounded(horizon=20.0, beta=0.2)
    t = np.linspace(0, 10, 201)
    with _panels(figure, 1, 2) as (left, right):
        averse = solve_transition(smooth, params=Parameters(eta=5.0))
        fall = averse.capital(t) / averse.K0
        left.plot(t, fall, color=PALETTE["vermilion"], linestyle=DASHES[0])
        left.plot(t, solved("b").capital(t) / averse.K0, color=PALETTE["blue"], linestyle=DASHES[1])
        left.axhline(1, color=PALETTE["ink"], linestyle=DASHES[2], linewidth=1.4)
        label_line(left, 6.8, 1.06, "η = 5", "vermilion", offset=(0, 0))
        label_line(left, 3.1, 1.13, "η = 2", "blue", offset=(-34, 0))
        label_line(left, 6.4, 1, "lower bound", offset=(0, 4))
        left.set(title="β = 1: below the lower", ylabel="K/K₀", xlabel="years")
        left.set(xlim=(0, 10), ylim=(0.95, 1.2))
        t = np.linspace(0, 19.98, 400)
        upper = capital_upper_bound(sudden.share(t))
        patient = solve_transition(sudden, params=Parameters(eta=1.0)).capital(t)
        usual = solve_transition(sudden).capital(t)
        right.plot(t, patient, color=PALETTE["vermilion"], linestyle=DASHES[0])
        right.plot(t, usual, color=PALETTE["blue"], linestyle=DASHES[1])
        right.plot(t, upper, color=PALETTE["ink"], linestyle=DASHES[2], linewidth=1.4)
        label_line(right, 9.5, patient[190], "η = 1", "vermilion", offset=(-30, 6))
        label_line(right, 11, usual[220], "η = 2", "blue", offset=(0, -14))
        label_line(right, 19.6, 33, "upper\nbound", offset=(-44, -8))
        _log_axis(right, [5, 10, 20, 50])
        right.set(title="β = 0.2: above the upper", ylabel="K", xlabel="years")
        right.set(xlim=(0, 20), ylim=(4, 60))
    return float(fall.min()), float(np.max(patient / upper))


# The balancing saving rate ------------------------------------------------------------------------


def net_saving_rate(path: Any, t: Any) -> FloatArray:
    """K̇/Y."""
    ratio = path.params.delta * np.exp(path.log_capital(t) - path.log_output(t))
    return np.asarray(path.saving_rate(t) - ratio)


def balance(figure: BookFigure) -> tuple[float, float]:
    """(18) along the baseline AGI scenario: saving, what would hold the wage, and the wage.

    Returns the two dates at which saving equals the balancing rate.

    >>> tuple(round(date, 2) for date in balance(BookFigure(figsize=(6.8, 3.2))))
    (0.33, 13.2)
    """
    path, automation = solved("b"), SCENARIOS["b"].automation

    def needed(t: Any) -> Any:
        speed = automation.hazard(t) * automation.unautomated(t)
        return balancing_saving_rate(path.capital(t), path.share(t), speed)

    first, second = (
        float(brentq(lambda t: net_saving_rate(path, t) - needed(t), *interval, xtol=1e-12))
        for interval in ((0.0, 5.0), (5.0, 18.0))
    )
    t = np.linspace(0, 20, 241)
    with _panels(figure, 1, 2) as (left, right):
        early = t[t < path.region_changes[0].date]
        left.plot(t, net_saving_rate(path, t), color=PALETTE["blue"])
        left.plot(early, needed(early), color=PALETTE["vermilion"], linestyle=DASHES[1])
        label_line(left, 7, 0.19, "saved, K̇/Y", "blue", offset=(-58, 12))
        label_line(
            left, 12.8, 0.48, "needed to\nhold the wage", "vermilion", ha="right", offset=(0, 0)
        )
        right.plot(t, path.wage(t), color=PALETTE["green"])
        for date in (first, second):
            for ax in (left, right):
                ax.axvline(date, color=PALETTE["muted"], linestyle=DASHES[2], linewidth=1.2)
            right.plot([date], path.wage([date]), "o", color=PALETTE["green"])
        left.set(title="Saving rates", xlabel="years", xlim=(0, 20), ylim=(0, 0.7))
        right.set(title="Wage", xlabel="years", xlim=(0, 20), ylim=(0, 2))
    return first, second


# Proposition 7 and Figure 7 -----------------------------------------------------------------------


def labor_odds(figure: BookFigure) -> dict[float, float]:
    """How fast log(s_L/s_K) moves in the limit Φ → 1, against the labour share, at saving s∞.

    One curve for each of :data:`RATES`. Returns where it rests: the long-run labour share.

    >>> {rate: round(share, 4) for rate, share in labor_odds(BookFigure()).items()}
    {0.01: 0.5714, 0.12: 0.0, 0.25: 0.0}
    """
    p, s = Parameters(), long_run_saving_rate()
    h = (1 - p.sigma) / p.sigma
    share = np.linspace(0, 0.98, 99)
    odds = share / (1 - share)
    with _panels(figure) as (ax,):
        ax.axhline(0, color=PALETTE["muted"], linewidth=1)
        for rate, (colour, dashes) in RATES.items():
            drift = h * (s * p.A * (1 + odds) ** (-1 / h) - p.delta - rate / (1 - p.sigma))
            ax.plot(share, drift, color=PALETTE[colour], linestyle=dashes)
            label_line(ax, 0.62, drift[63], f"λg = {rate:g}", colour, offset=(10, 9))
            rest = float(long_run(rate).labor_share)
            ax.plot([rest], [0], "o", color=PALETTE[colour], clip_on=False, zorder=5)
        ax.set(xlabel="labour share", ylabel="growth of the ratio of shares", xlim=(0, 1))
    return {rate: float(long_run(rate).labor_share) for rate in RATES}


def labor_shares(figure: BookFigure, years: float = 300.0) -> None:
    """The labour share over centuries: cases 3 and 2, with constant and with optimal saving."""
    t = np.linspace(0, years, 301)
    with _panels(figure, 1, 2) as axes:
        for ax, rate, case in ((axes[0], 0.01, 3), (axes[1], 0.12, 2)):
            span = t if case == 3 else t / 4
            limits = long_run(rate)
            for path, limit, colour, dashes in (
                (_constant(rate), limits.labor_share, "blue", DASHES[0]),
                (_optimal(rate), limits.labor_share_optimal, "vermilion", DASHES[1]),
            ):
                ax.plot(span, path.labor_share(span), color=PALETTE[colour], linestyle=dashes)
                ax.axhline(limit, color=PALETTE[colour], linestyle=DASHES[2], linewidth=1.2)
            ax.set(title=f"Case {case}, λg = {rate:g}", xlabel="years", ylim=(-0.02, 1))
            ax.set_xlim(0, span[-1])
        axes[0].set_ylabel("labour share")
        label_line(axes[0], 0.27 * years, 0.77, "constant saving", "blue", offset=(0, 0))
        label_line(axes[0], 0.3 * years, 0.4, "optimal saving", "vermilion", offset=(0, -15))
        label_line(axes[1], 0.02 * years, 0.94, "printed limit: 1", "ink", offset=(0, -4))
        axes[1].axhline(1, color=PALETTE["ink"], linewidth=1.4, linestyle=DASHES[1])


@dataclass(frozen=True)
class Figure7:
    """What Figure 7 shows."""

    rates: FloatArray  # λg
    constant: FloatArray  # simulated long-run growth of the wage, saving s∞
    optimal: FloatArray  # and with optimal saving
    formula: FloatArray  # Proposition 7

    @property
    def largest_gap(self) -> float:
        """Between simulated growth and the proposition."""
        gaps = [np.abs(x - self.formula).max() for x in (self.constant, self.optimal)]
        return float(max(gaps))


def case_curves(
    p: Parameters, widest: float, points: int = 16
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Rates of automation up to ``widest``, and Proposition 7 at them.

    Growth of the wage, labour share with constant and with optimal saving. Each case has the same
    number of points, so that the kinks are among them.
    """
    G = region_2_growth(p)
    edges = np.minimum([1e-6, (1 - p.sigma) * G, G, max(widest, G)], max(widest, G))
    rates = np.concatenate([np.linspace(*pair, points) for pair in pairwise(edges)])
    found = long_run(rates, p)
    return rates, found.wage_growth, found.labor_share, found.labor_share_optimal


def figure_7(
    figure: BookFigure,
    rates: Sequence[float] = (0.01, 0.03, 0.05, 0.07, 0.085, 0.1, 0.12, 0.14, 0.16, 0.2, 0.23),
) -> Figure7:
    """Figure 7 at Table 2: wage growth and labour share in the long run against λg.

    Lines: Proposition 7, and its counterpart with optimal saving. Marks: simulated paths, their
    average growth while the tasks that are left go from exp(−100) to exp(−200).
    """
    p, widest = Parameters(), 0.25
    x, growth, share, share_optimal = case_curves(p, widest)
    marks: dict[str, list[list[float]]] = {"constant": [[], []], "optimal": [[], []]}
    for rate in rates:
        t = np.array([100.0, 200.0]) / rate
        for name, path in (("constant", _constant(rate)), ("optimal", _optimal(rate))):
            marks[name][0].append(float(np.diff(path.log_wage(t))[0] / np.diff(t)[0]))
            marks[name][1].append(float(path.labor_share(t[0])))
    with _panels(figure, 1, 2) as (left, right):
        left.plot(x, growth, color=PALETTE["ink"])
        right.plot(x, share, color=PALETTE["blue"])
        right.plot(x, share_optimal, color=PALETTE["vermilion"], linestyle=DASHES[1])
        for ax, at in ((left, 0), (right, 1)):
            ax.plot(rates, marks["constant"][at], "o", color=PALETTE["blue"], fillstyle="none",
                    markersize=7, label="constant saving")  # fmt: skip
            ax.plot(rates, marks["optimal"][at], "x", color=PALETTE["vermilion"], label="optimal")
            for edge in ((1 - p.sigma) * region_2_growth(p), region_2_growth(p)):
                ink = PALETTE["muted"]
                ax.plot([edge] * 2, [0, 0.2], color=ink, linestyle=DASHES[2], linewidth=1.2)
            ax.set(xlabel="rate of automation λg", xlim=(0, widest))
            ax.set_xticks([0, 0.1, 0.2], ["0", "0.1", "0.2"])
        for ax, y, rows in ((left, 0.188, (3, 2, 1)), (right, 0.13, (2, 1))):
            for case in rows:
                at_rate = {3: 0.045, 2: 0.135, 1: 0.215}[case]
                ax.text(at_rate, y, f"case {case}", ha="center", fontsize=9)
        left.set(title="Wage growth, a year", ylim=(-0.008, 0.2))
        left.set_yticks([0, 0.05, 0.1, 0.15, 0.2])
        right.set_yticks([0, 0.2, 0.4, 0.6])
        right.set(title="Labour share", ylim=(-0.03, 0.77))
        right.legend(loc="upper right", fontsize=9.5)
    return Figure7(
        np.array(rates),
        np.array(marks["constant"][0]),
        np.array(marks["optimal"][0]),
        np.asarray(long_run(list(rates)).wage_growth),
    )
