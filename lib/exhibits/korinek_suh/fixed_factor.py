"""The chapter on a fixed factor: paths, the inputs found for Figure 9, shares, and the explorer.

>>> "Capital ends at" in fixed_factor.description(rate=0.01, M=0.0, K0="4.60")
True
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from sympy import Expr, Piecewise, exp, log, symbols

from aiecon import korinek_suh as ks
from aiecon.cached import cached
from aiecon.validation import FloatArray
from exhibits.explorer import (
    Area,
    Bet,
    Choice,
    Explorer,
    Goal,
    Line,
    Panel,
    Rule,
    Slider,
)
from exhibits.plotting import area, line

__all__ = ["ENTRY", "Candidate", "candidates", "draw_shares", "fixed", "fixed_factor", "peak_of"]

ENTRY, PEAK = 25.0, 10.0  # the dates of Figure 9, years


@cached()
def fixed(rate: float = 0.01, M: float = 1.0, K0: float = 4.6) -> ks.FixedFactorTransition:
    """The transition with α = 0.9 and a constant rate of automation."""
    path = ks.BusinessAsUsual(rate=rate)
    return ks.solve_fixed_factor_transition(path, K0, ks.FixedFactor(0.9, M))


def peak_of(path: ks.Transition, years: float, points: int = 7001) -> float:
    """The date of the highest wage within some years."""
    t = np.linspace(0.0, years, points)
    return float(t[np.argmax(path.log_wage(t))])


def draw_shares(ax: Axes, t: FloatArray, path: ks.FixedFactorTransition) -> None:
    """Who receives output, stacked: labour below, capital, the owners of M on top."""
    labor = path.labor_share(t)
    capital = labor + path.capital_share(t)
    bands = ((0 * t, labor, "green"), (labor, capital, "vermilion"), (capital, 1 + 0 * t, "purple"))
    for low, high, colour in bands:
        area(ax, t, low, high, colour, strength=0.22)
        line(ax, t, high, colour=colour, linewidth=1.4)
    ax.set(xlim=(t[0], t[-1]), ylim=(0, 1), xlabel="years")


# Figure 9 -----------------------------------------------------------------------------------------


class Candidate(NamedTuple):
    """Parameters for Figure 9 with the entry into region 2 after 25 years, and what they give."""

    rate: float  # λg
    M: float
    K0: float
    peak: float  # date of the highest wage
    rise: float  # of log wages until then


@cached()
def candidates() -> dict[str, Candidate]:
    """λg = 0.01 and Table 2's K₀; λg = 0.01 and less capital; Table 2's K₀ and faster automation.

    The M of each puts the entry in year 25; the other number of the last two, the peak.

    >>> [round(candidate.peak, 1) for candidate in candidates().values()]
    [0.0, 9.5, 10.0]
    """
    log_M = np.linspace(np.log(1.2e-5), np.log(5e-5), 200)
    K0 = ks.paths_entering_at(ENTRY, 0.01, np.exp(log_M)).K0
    more = np.linspace(5.9e-5, 5.932e-5, 33)
    both = ks.calibrate_dates(4.6, PEAK, ENTRY)
    found = {
        "Table 2": (0.01, np.exp(np.interp(4.6, K0[::-1], log_M[::-1]))),
        "less capital": (0.01, np.interp(9.5, ks.paths_entering_at(ENTRY, 0.01, more).peak, more)),
        "faster": (both.rate, both.M),
    }
    return {name: _candidate(rate, float(M)) for name, (rate, M) in found.items()}


def _candidate(rate: float, M: float) -> Candidate:
    path = ks.paths_entering_at(ENTRY, rate, M)
    return Candidate(rate, M, float(path.K0), float(path.peak), float(path.rise))


# The explorer -------------------------------------------------------------------------------------

EARLY, LAST = 0.2, 3000.0  # years, on a logarithmic scale
BEFORE, AFTER = 37, 6  # dates before labour stops being scarce, and after
LEAST = float(np.log10(ks.least_fixed_factor()))
CAPITAL = {
    "2.50": 2.5,
    "4.60": 4.6,
    "14.0": 14.0,
}  # K₀: half of Table 2's, Table 2's, three times that; labour is scarce at first


def _transition(M: FloatArray, rate: FloatArray, K0: str) -> dict[str, Any]:
    """Prices and shares along the paths of n economies, until labour is not scarce and after."""
    usual, factor = ks.BusinessAsUsual(rate=rate), ks.FixedFactor(0.9, 10.0**M)
    path = ks.solve_fixed_factor_transitions(usual, CAPITAL[K0], factor, tol=1e-4)
    entry = path.paths.first_switch()
    t = np.exp(_dates(np.log(entry)[:, None], np.arange(BEFORE + AFTER), np.where))
    now = path.logs(t)
    log_wage = path.log_wage(entry[:, None] * np.linspace(0, 1, 121))
    return {
        "year": t,
        "wage": np.exp(now.wage),
        "rental": np.exp(now.rental),
        "labor": now.labor_share,
        "capital": now.capital_share,
        "by_rate": entry * rate,
        "rise": np.exp(_highest(log_wage) - log_wage[:, 0]),
        "end": np.exp(log_wage[:, -1] - log_wage[:, 0]),
        "at_first": path.labor_share([0.0])[:, 0],
        "ends": 0.14 * np.exp(-log_wage[:, 0]),
        "entry": entry,
        "goal": 10 ** (M - LEAST) - 1,
    }


def _dates(log_entry: Any, i: Any, where: Any) -> Any:
    """The logarithm of the i-th date: dates before labour stops being scarce, and after."""
    near = 1 - (1 - i / (BEFORE - 1)) ** 2  # closer together where wages turn
    before = np.log(EARLY) + (log_entry - np.log(EARLY)) * near
    after = log_entry + (np.log(LAST) - log_entry) * ((i - BEFORE) / (AFTER - 1))
    return where(i < BEFORE - 0.5, before, after)


def _highest(y: FloatArray) -> FloatArray:
    """How high each row gets, by the parabola through the three points around its highest."""
    i = np.clip(np.argmax(y, axis=1), 1, y.shape[1] - 2)[:, None] + np.arange(-1, 2)
    a, b, c = np.take_along_axis(y, i, axis=1).T
    round_top = (b > a) & (b > c)
    gain = (a - c) ** 2 / (8 * np.where(round_top, 2 * b - a - c, 1))
    return np.where(round_top, b + gain, y.max(axis=1))


def _formulas() -> dict[str, Expr]:
    """What the page derives from the numbers and the curves that it has."""
    M, rate, by_rate, labor, u = symbols("M rate by_rate labor u", real=True)
    log_dates = _dates(
        log(by_rate / rate),
        u * (BEFORE + AFTER - 1),
        lambda before, this, that: Piecewise((this, before), (that, True)),
    )
    return {
        "goal": 10 ** (M - LEAST) - 1,
        "entry": by_rate / rate,
        "year": exp(log_dates),
        "capital": 0.9 - labor,
    }


_DATES = {0.2: "0.2", 1: "1", 10: "10", 100: "100", 1000: "1,000"}

#: The transition with a fixed factor, Figure 9 and its neighbours.
fixed_factor = Explorer(
    name="fixed-factor",
    title="The transition with a fixed factor",
    alt=(
        "Left: wage and rental rate over 3000 years, both axes logarithmic; the wage may rise "
        "first, then falls to the rental rate, which it meets at a dotted line. Right: shares of "
        "output, stacked: a shrinking band for labour, a growing one for capital, a tenth for M."
    ),
    panels={
        "prices": Panel(
            "Prices (log scales)", "years", "goods a year", xlim=(EARLY, LAST), xscale="log",
            xticks=_DATES, ylim=(0.05, 1000), yscale="log", yticks=[0.1, 1, 10, 100, 1000],
        ),
        "shares": Panel(
            "Who receives output", "years", "share of output", xlim=(EARLY, LAST), xscale="log",
            xticks=_DATES, ylim=(0, 1),
        ),
    },
    controls={
        "M": Slider(
            "Fixed factor, log₁₀ M", -4.8, 5.5, 0.0,
            nodes=[-4.71, -4.6, -4.46, -4.28, -4.05, -3.75, -3.35, -2.85, -2.3, -1.7, -1.1, -0.3,
                   0.6, 1.3, 2.0, 2.7, 3.3, 3.9, 4.7],
        ),
        "rate": Slider(
            "Rate of automation λg, per year", 0.01, 0.5, 0.01, scale="log", format=".3f", nodes=22
        ),
        "K0": Choice("Initial capital K₀", tuple(CAPITAL), "4.60"),
    },
    compute=_transition,
    formulas=_formulas(),
    marks=[
        Area("shares", "year", 0, "labor", colour="green", opacity=0.22, label="labour"),
        Area("shares", "year", "labor", 0.9, colour="vermilion", opacity=0.22,
             label="capital"),
        Area("shares", "year", 0.9, 1, colour="purple", opacity=0.22, label="owners of M"),
        Line("shares", "year", "labor", colour="green", name="labour", reference=True),
        Rule("shares", y=0.9, name="labour and capital"),
        Rule("prices", x="entry", name="labour stops being scarce"),
        Rule("shares", x="entry", name="labour stops being scarce"),
        Line("prices", "year", "rental", colour="vermilion", dash=1, label="rental rate R"),
        Line("prices", "year", "wage", colour="green", label="wage w", reference=True),
    ],
    sentence=[
        "At its highest the wage is {rise:.2g} times today's.",
        "Labour stops being scarce for good in year {entry:,.0f}, when the wage is {end:.2g} "
        "times today's.",
        "Labour receives {at_first:.0%} of output today; the owners of M receive 10% throughout. "
        "Capital ends at {goal:.3g}, the wage at 0.14, {ends:.2f} times today's.",
    ],
    caption=(
        "α = 0.9, Φ₀ = 0.608, the other parameters from Table 2, optimal saving. Dotted: labour "
        "stops being scarce. Grey: M = 1 and business as usual. Try: lower "
        "M until the dotted line stands at 25 years; then ask how fast tasks must be automated for "
        "wages to peak after ten."
    ),
    columns={
        "year": "year",
        "wage w": "wage",
        "rental rate R": "rental",
        "labour share": "labor",
        "capital share": "capital",
    },
    presets={
        "M = 1, business as usual": {"rate": 0.01, "M": 0.0, "K0": "4.60"},
        "Table 2, region 2 in year 25": {"rate": 0.01, "M": -4.7783, "K0": "4.60"},
        "Both dates, faster": {"rate": 0.37146, "M": 5.29215, "K0": "4.60"},
    },
    reference="M = 1, business as usual",
    play="M",
    bet=Bet(
        "A tenth of output for a fixed factor, M = 1, automation as usual: when does labour stop "
        "being scarce?",
        ("After a few decades", "After a century or two", "After a thousand years"),
        "After a thousand years",
        "In year 1,070. Every tenfold increase of M adds 230 years.",
    ),
    goal=Goal(
        "At λg = 0.01 and K₀ = 4.6, find the M with which labour stops being scarce in year 25.",
        of="entry", low=24.5, high=25.5,
        reached="With log₁₀ M = {M:.2f}: in year {entry:.1f}, after wages that fell from today on.",
    ),
)  # fmt: skip
