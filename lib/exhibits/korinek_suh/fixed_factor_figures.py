"""Figure 9 of Korinek & Suh (2024) and the figures around it: a factor in fixed supply.

Each function draws on an empty :class:`exhibits.plotting.BookFigure` and returns the numbers that a
caption needs.

>>> from exhibits.plotting import BookFigure
>>> found = long_view(BookFigure(figsize=(6.8, 3.4)))
>>> {name: round(value) for name, value in found.items()}
{'peak': 559, 'entry': 1070}
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from aiecon.cached import cached
from aiecon.korinek_suh.dynamics.automation_paths import BusinessAsUsual
from aiecon.korinek_suh.dynamics.transition import Transition, solve_transition
from aiecon.korinek_suh.extensions.fixed_factor import (
    FixedFactor,
    fixed_factor_equilibrium,
    fixed_factor_wage_peak,
)
from aiecon.korinek_suh.extensions.fixed_factor_search import (
    DatedPaths,
    calibrate_dates,
    largest_fixed_factor,
    paths_entering_at,
)
from aiecon.korinek_suh.extensions.fixed_factor_transition import (
    FixedFactorTransition,
    solve_fixed_factor_transition,
)
from aiecon.korinek_suh.parameters import Parameters
from aiecon.korinek_suh.statics.production import scarcity_threshold
from aiecon.validation import FloatArray
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line, style

__all__ = [
    "Candidate",
    "candidates",
    "draw_shares",
    "fixed",
    "hump",
    "long_view",
    "search",
    "shares",
    "wages",
]

LABOR, CAPITAL, LAND, FREE = "green", "vermilion", "purple", "blue"
ENTRY, PEAK = 25.0, 10.0  # the dates of Figure 9, years


@contextmanager
def _panels(figure: BookFigure, columns: int = 1, **kwargs: Any) -> Iterator[list[Axes]]:
    """Axes side by side on an empty figure, in the book's style."""
    with style():
        if figure.get_layout_engine() is None:
            figure.set_layout_engine("constrained")
        yield list(figure.subplots(1, columns, squeeze=False, **kwargs)[0])


@cached()
def fixed(rate: float = 0.01, M: float = 1.0, K0: float = 4.6) -> FixedFactorTransition:
    """The transition with α = .9 and a constant rate of automation."""
    return solve_fixed_factor_transition(BusinessAsUsual(rate=rate), K0, FixedFactor(0.9, M))


@cached()
def _free() -> Transition:
    return solve_transition(BusinessAsUsual(rate=0.01))


def peak_of(path: Transition, years: float) -> tuple[float, float]:
    """The date of the highest wage within some years, and its logarithm over that at t = 0."""
    t = np.linspace(0.0, years, 4001)
    w = path.log_wage(t)
    best = int(np.argmax(w))
    return float(t[best]), float(w[best] - w[0])


def draw_shares(ax: Axes, t: FloatArray, path: FixedFactorTransition) -> None:
    """Who receives output, stacked: labour below, capital, the owners of M on top."""
    labor = path.labor_share(t)
    capital = labor + path.capital_share(t)
    bands = ((0.0 * t, labor, LABOR), (labor, capital, CAPITAL))
    for low, high, ink in (*bands, (capital, np.ones_like(t), LAND)):
        ax.fill_between(t, low, high, color=PALETTE[ink] + "38", linewidth=0)
        ax.plot(t, high, color=PALETTE[ink], linestyle="-", linewidth=1.4)
    ax.set(xlim=(t[0], t[-1]), ylim=(0, 1), xlabel="years")


def _entry_line(ax: Axes, date: float) -> None:
    ax.axvline(date, color=PALETTE["ink"], linewidth=1, linestyle=DASHES[2])


# The picture --------------------------------------------------------------------------------------


def long_view(figure: BookFigure, years: float = 1300.0) -> dict[str, float]:
    """Wages with and without a fixed factor under business as usual, and who receives output.

    M = 1, the rest Table 2. Returns the dates of the highest wage and of the entry into region 2.
    """
    t = np.linspace(0, years, 521)
    path = fixed()
    entry = path.region_changes[-1].date
    peak = peak_of(path, years)[0]
    with _panels(figure, 2) as (left, right):
        short = t[t < 360]
        left.plot(short, _free().wage(short), color=PALETTE[FREE], linestyle=DASHES[1])
        left.plot(t, path.wage(t), color=PALETTE[LABOR])
        left.plot(t, path.rental_rate(t), color=PALETTE[CAPITAL], linestyle=DASHES[3])
        left.set_yscale("log")
        ticks = [0.1, 1, 10, 100, 1000]
        left.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
        left.minorticks_off()
        left.set(xlim=(0, years), ylim=(0.05, 1200), xlabel="years", title="Prices (log scale)")
        label_line(left, 300, 230, "wage without M", FREE, offset=(14, 0))
        label_line(left, 640, 100, "wage", LABOR, offset=(8, 0))
        label_line(left, 250, 0.3, "rental rate", CAPITAL, offset=(0, 6))
        draw_shares(right, t, path)
        right.set(title="Shares of output")
        for text, x, y in (("labour", 20, 0.08), ("capital", 600, 0.5), ("owners of M", 300, 0.93)):
            right.annotate(text, (x, y), color=PALETTE["ink"], fontsize=10)
        for ax in (left, right):
            _entry_line(ax, entry)
    return {"peak": peak, "entry": entry}


# Lemma 9 ------------------------------------------------------------------------------------------


def hump(figure: BookFigure, K: float = 4.6) -> dict[float, tuple[float, float]]:
    """The wage at given capital as tasks are automated, over that without any, for three α.

    Returns for each α the share of tasks at the peak, and the wage at the end over the start.
    """
    Phi, found = np.linspace(0, 1, 401), {}
    params = Parameters()
    border = float(scarcity_threshold(K))
    with _panels(figure) as (ax,):
        for alpha, dash, colour in ((1.0, 1, FREE), (0.9, 0, LABOR), (0.6, 3, CAPITAL)):
            factor = FixedFactor(alpha)
            w = fixed_factor_equilibrium(K, Phi, factor, params).wage
            ax.plot(Phi, w / w[0], color=PALETTE[colour], linestyle=DASHES[dash])
            if alpha < 1:
                top = fixed_factor_wage_peak(K, factor, params)
                peak, height, end = top.Phi, top.wage / top.at_start, top.at_border / top.at_start
            else:
                peak, height, end = float(Phi[np.argmax(w)]), float(w.max() / w[0]), 1.0
            ax.plot([peak], [height], marker="o", color=PALETTE["ink"], markersize=5)
            offset = (-10, 5 if alpha == 1 else -14)
            label_line(ax, 0.93, end, f"α = {alpha:g}", colour, offset=offset)
            found[alpha] = (peak, end)
        _entry_line(ax, border)
        ax.set(
            xlim=(0, 1), ylim=(0, 3.2), xlabel="share of automated tasks Φ",
            ylabel="wage, Φ = 0 is one",
        )  # fmt: skip
    return found


# Figure 9 -----------------------------------------------------------------------------------------


class Candidate(NamedTuple):
    """Parameters for Figure 9 with the entry into region 2 after 25 years, and what they give."""

    rate: float  # λg
    M: float
    K0: float
    peak: float  # date of the highest wage
    rise: float  # of log wages until then


RATES = np.array([0.004, 0.01, 0.02, 0.035, 0.05, 0.08, 0.11, 0.14, 0.17])
RATES = np.concatenate([RATES, np.linspace(0.2, 0.44, 9)])  # of the search


@cached()
def _edges() -> FloatArray:
    """The M at which the path to region 2 after 25 years starts on the border, for each rate."""
    return largest_fixed_factor(ENTRY, RATES)


@cached()
def candidates() -> dict[str, Candidate]:
    """λg = .01 and Table 2's K₀; λg = .01 and less capital; Table 2's K₀ and faster automation.

    The M of each puts the entry in year 25; the other number of the last two, the peak.

    >>> [round(candidate.peak, 1) for candidate in candidates().values()]
    [0.0, 9.5, 10.0]
    """
    log_M = np.linspace(np.log(1.2e-5), np.log(5e-5), 200)
    K0 = paths_entering_at(ENTRY, 0.01, np.exp(log_M)).K0
    M = float(np.exp(np.interp(4.6, K0[::-1], log_M[::-1])))
    more = np.linspace(5.9e-5, 5.932e-5, 33)
    less = float(np.interp(9.5, paths_entering_at(ENTRY, 0.01, more).peak, more))
    both = calibrate_dates(4.6, PEAK, ENTRY)
    rows = {
        "Table 2": (0.01, M),
        "less capital": (0.01, less),
        "faster": (both.rate, both.M),
    }
    found = {}
    for name, (rate, fixed_factor) in rows.items():
        path = paths_entering_at(ENTRY, rate, fixed_factor)
        found[name] = Candidate(
            rate, fixed_factor, float(path.K0), float(path.peak), float(path.rise)
        )
    return found


def wages(figure: BookFigure, years: float = 50.0) -> dict[str, Candidate]:
    """Wages over those at t = 0 for the three candidates, all in region 2 after 25 years."""
    t, found = np.linspace(0, years, 201), candidates()
    with _panels(figure) as (ax,):
        for (name, c), dash, ink in zip(
            found.items(), (DASHES[1], DASHES[0], DASHES[3]), (CAPITAL, LABOR, LAND), strict=True
        ):
            w = fixed(c.rate, c.M, c.K0).log_wage(t)
            ax.plot(t, np.exp(w - w[0]), color=PALETTE[ink], linestyle=dash, label=name)
        _entry_line(ax, ENTRY)
        ax.set_yscale("log")
        ticks = [0.05, 0.1, 0.2, 0.5, 1, 2]
        ax.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
        ax.minorticks_off()
        ax.set(xlim=(0, years), ylim=(0.05, 3), xlabel="years", ylabel="wage, t = 0 is one (log)")
        ax.legend(loc="lower left")
    return found


def shares(figure: BookFigure, years: float = 60.0) -> dict[str, float]:
    """Shares of output, as in Figure 9, for the two candidates with both of its dates.

    Returns the labour share at t = 0 and at the entry for each.
    """
    t, found = np.linspace(0, years, 181), {}
    with _panels(figure, 2, sharey=True) as axes:
        for ax, name in zip(axes, ("less capital", "faster"), strict=True):
            c = candidates()[name]
            path = fixed(c.rate, c.M, c.K0)
            draw_shares(ax, t, path)
            ax.axvline(c.peak, color=PALETTE["ink"], linewidth=1, linestyle=DASHES[1])
            _entry_line(ax, ENTRY)
            ax.set_title(f"λg = {c.rate:.2f}, K₀ = {c.K0:.2f}")
            found[name + ", start"] = float(path.labor_share(0.0))
            found[name + ", entry"] = float(path.labor_share(ENTRY))
        axes[0].set_ylabel("share of output")
        axes[0].annotate("capital", (30, 0.55), color=PALETTE["ink"])
        axes[0].annotate("labour", (12, 0.12), color=PALETTE["ink"])
        axes[1].annotate(
            "labour", (1.5, 0.2), (12, 0.185), color=PALETTE["ink"],
            arrowprops={"arrowstyle": "-", "color": PALETTE["ink"]},
        )  # fmt: skip
        axes[1].annotate("capital", (30, 0.5), color=PALETTE["ink"])
        for ax in axes:
            ax.annotate("owners of M", (27, 0.93), color=PALETTE["ink"])
    return found


@cached()
def _map() -> tuple[FloatArray, DatedPaths]:
    """Rates and paths on a grid that reaches from the border to very high K₀."""
    high = np.log(_edges())[:, None]
    low = np.log(9e-6)
    log_M = low + (high - low) * (1.0 - np.linspace(1, 0, 30) ** 3)
    rates = np.broadcast_to(RATES[:, None], log_M.shape)
    return np.array(rates), paths_entering_at(ENTRY, rates, np.exp(log_M))


def search(figure: BookFigure) -> float:
    """The wage peak for all (λg, K₀) from which region 2 begins after 25 years, with M for that.

    Starts at which labour is scarce. Contours of the date of the highest wage. Returns the smallest
    λg on the contour of 10 years.
    """
    rates, found = _map()
    log_K = np.log10(np.where(found.valid, found.K0, 1.551))
    peak = np.where(found.valid, found.peak, 0.0)
    with _panels(figure) as (ax,):
        lines = ax.contour(
            rates, log_K, peak, levels=[4, 7, 10], colors=PALETTE[FREE],
            linestyles=["dashed", "dashdot", "solid"], linewidths=[1.4, 1.6, 2.6],
        )  # fmt: skip
        ax.plot(RATES, log_K[:, 0], color=PALETTE["muted"], linewidth=1.2, linestyle=DASHES[4])
        ax.axhline(np.log10(4.6), color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
        ax.axvline(0.01, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
        ax.plot([0.01], [np.log10(4.6)], "s", color=PALETTE["ink"], markersize=6)
        both = candidates()["faster"]
        ax.plot([both.rate], [np.log10(4.6)], "o", color=PALETTE["ink"], markersize=6)
        label_line(ax, 0.01, np.log10(4.6), "Table 2", "ink", offset=(8, 4))
        for text, x, y, ink in (
            ("10 years", 0.235, 3.45, FREE),
            ("7", 0.215, 2.5, FREE),
            ("4", 0.215, 2.12, FREE),
            ("wages fall from the start", 0.05, 0.9, FREE),
            ("10 years", 0.32, 0.31, FREE),
            ("7", 0.425, 1.62, FREE),
            ("4", 0.405, 1.95, FREE),
            ("no M small enough", 0.015, 3.2, "muted"),
        ):
            ax.annotate(text, (x, y), color=PALETTE[ink], fontsize=9.5)
        ticks = [2, 5, 10, 100, 1000, 10000]
        ax.set_yticks(np.log10(ticks), [f"{tick:,}" for tick in ticks])
        ax.set(
            xlim=(0, 0.44), ylim=(np.log10(1.551), 4), xlabel="rate of automation λg, per year",
            ylabel="initial capital K₀ (log scale)",
        )  # fmt: skip
        points = [line for line in lines.allsegs[-1] if len(line)]
    return float(min(line[:, 0].min() for line in points))
