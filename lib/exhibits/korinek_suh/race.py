"""The race between automation and accumulation: what is drawn more than once, and the explorers.

>>> long_run_of_wages.description().split(":")[0]
'Case 3'
>>> over_time.description(rate=0.25).split(":")[0]
'Year 10'
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import sympy
from matplotlib.axes import Axes
from sympy import Piecewise

from aiecon.korinek_suh.dynamics.automation_paths import BusinessAsUsual
from aiecon.korinek_suh.dynamics.bounds import transition_bounds
from aiecon.korinek_suh.dynamics.long_run import long_run, region_2_growth
from aiecon.korinek_suh.dynamics.many_transitions import solve_transitions
from aiecon.korinek_suh.dynamics.scenarios import SCENARIOS, solved
from aiecon.korinek_suh.parameters import Parameters
from aiecon.validation import FloatArray
from exhibits.explorer import Bet, Clause, Explorer, Goal, Line, Panel, Points, Rule, Slider
from exhibits.plotting import PALETTE, line, log_ticks

__all__ = ["case_curves", "draw_bounds", "long_run_of_wages", "over_time"]

RHO, DELTA = 0.04, 0.1  # Table 2
_LEFT = 0.392  # 1 − Φ₀


# Between bounds -----------------------------------------------------------------------------------


def draw_bounds(axes: Iterable[Axes], quantity: str, ticks: Sequence[float]) -> None:
    """Proposition 5: the optimal path of capital, output or the wage between its bounds.

    One pair of axes for each scenario of Figure 8.
    """
    for ax, (panel, scenario) in zip(axes, SCENARIOS.items(), strict=True):
        end, every = {"a": (40, 10), "b": (30, 10), "c": (10, 2), "d": (20, 5)}[panel]
        t = np.linspace(0, end, 81)
        at = transition_bounds(scenario.automation, t)
        low, high = (getattr(at, f"{quantity}_{side}") for side in ("lower", "upper"))
        high = np.minimum(high, 10 * ticks[-1])
        ax.fill_between(t, low, high, color=PALETTE["blue"], alpha=0.12, linewidth=0)
        line(ax, t, high, dash=1, linewidth=1.6)
        line(ax, t, low, dash=2, linewidth=1.6)
        line(ax, t, getattr(solved(panel), quantity)(t), colour="ink")
        log_ticks(ax, ticks)
        ax.set_title(f"({panel}) {scenario.title}", fontsize=10)
        ax.set(xlim=(0, end), ylim=(0.8 * ticks[0], 1.5 * ticks[-1]), ylabel=quantity)
        ax.set_xticks(range(0, end + 1, every))
        if panel in "cd":
            ax.set_xlabel("years")


# The long run -------------------------------------------------------------------------------------


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


_WIDEST = 0.4
_POINTS = 12


def _long_run(
    eta: FloatArray, sigma: FloatArray, A: FloatArray, rate: FloatArray
) -> dict[str, FloatArray]:
    """Figure 7 at other parameters, and the point at λg."""
    names = (
        "rates",
        "growth",
        "share",
        "optimal",
        "w_now",
        "share_now",
        "optimal_now",
        "G",
        "best",
    )
    rows = []
    for i in range(len(rate)):
        p = Parameters(RHO, eta[i], DELTA, sigma[i], A[i])
        now, G = long_run(rate[i], p), region_2_growth(p)
        ends = (now.wage_growth, now.labor_share, now.labor_share_optimal, G, (1 - p.sigma) * G)
        rows.append([*case_curves(p, _WIDEST, _POINTS), *ends])
    found = dict(zip(names, map(np.array, zip(*rows, strict=True)), strict=True))
    highest, best = found["G"], found["best"]
    return found | {
        "saved": (highest + DELTA) / A,
        "loses": rate - highest,
        "slow": best - rate,
        "narrow": np.minimum(rate - best, highest - rate),
    }


def _proposition_7() -> dict[str, sympy.Expr]:
    """The same in symbols: three pieces of ``_POINTS`` rates each, with the kinks between them."""
    eta, sigma, A, rate = sympy.symbols("eta sigma A rate", positive=True)
    u = sympy.Symbol("u", nonnegative=True)
    G, best, saved, rates = sympy.symbols("G best saved rates")
    i = u * (3 * _POINTS - 1)
    edges = [1e-6, best, G, sympy.Max(G, _WIDEST)]

    def piece(k: int) -> sympy.Expr:
        return edges[k] + (edges[k + 1] - edges[k]) * (i - k * _POINTS) / (_POINTS - 1)

    def wages(x: sympy.Expr) -> sympy.Expr:
        return Piecewise((x / (1 - sigma), x <= best), (sympy.Max(0, (G - x) / sigma), True))

    def labor(x: sympy.Expr) -> sympy.Expr:
        left = 1 - (saved * A / (x / (1 - sigma) + DELTA)) ** ((sigma - 1) / sigma)
        return Piecewise((sympy.Max(0, left), x <= best), (0, True))

    def optimal(x: sympy.Expr) -> sympy.Expr:
        R = RHO + DELTA + eta * x / (1 - sigma)
        return Piecewise((sympy.Max(0, 1 - (R / A) ** (1 - sigma)), x <= best), (0, True))

    halfway = [(k + 1) * _POINTS - sympy.Rational(1, 2) for k in range(2)]
    return {
        "G": (A - RHO - DELTA) / eta,
        "best": (1 - sigma) * G,
        "saved": (G + DELTA) / A,
        "rates": Piecewise(
            (piece(0), i < halfway[0]), (piece(1), i < halfway[1]), (piece(2), True)
        ),
        "growth": wages(rates),
        "share": labor(rates),
        "optimal": optimal(rates),
        "w_now": wages(rate),
        "share_now": labor(rate),
        "optimal_now": optimal(rate),
        "loses": rate - G,
        "slow": best - rate,
        "narrow": sympy.Min(rate - best, G - rate),
    }


_RATES: dict[str, Any] = {"xlabel": "rate of automation λg", "xlim": (0, _WIDEST)}

#: Growth of wages and labour share in the long run, Figure 7.
long_run_of_wages = Explorer(
    name="race-long-run",
    title="Where the race leads",
    alt=(
        "Left: long-run wage growth against the rate of automation, a tent that rises in a "
        "straight line to a peak, falls to zero and stays there; a dot marks the chosen rate. "
        "Right: the long-run labour share, two lines that fall to zero at the rate of the peak."
    ),
    panels={
        "growth": Panel("Wage growth, a year", **_RATES, ylim=(-0.01, 0.4),
                        yticks={0: "0", 0.1: "10%", 0.2: "20%", 0.3: "30%", 0.4: "40%"}),
        "share": Panel("Labour share", **_RATES, ylim=(-0.03, 1), yticks=[0, 0.25, 0.5, 0.75, 1]),
    },
    controls={
        "eta": Slider("Risk aversion η", 0.95, 6, 2, scale="log", nodes=2),
        "sigma": Slider("Elasticity of substitution σ", 0.1, 0.95, 0.5, nodes=2),
        "A": Slider("Productivity A", 0.2, 0.8, 0.5, nodes=2),
        "rate": Slider("Rate of automation λg", 0.001, _WIDEST, 0.01, format=".3f", nodes=2,
                       positions=401),
    },
    compute=_long_run,
    formulas=_proposition_7(),
    marks=[
        Rule("growth", x="G", name="capital can grow no faster"),
        Line("growth", "rates", "growth", "green", name="wage growth", reference=True),
        Points("growth", "rate", "w_now", name="the chosen rate"),
        Line("share", "rates", "share", label="saving s∞"),
        Line("share", "rates", "optimal", "vermilion", 1, label="optimal"),
        Points("share", "rate", "share_now", "blue", name="saving s∞"),
        Points("share", "rate", "optimal_now", "vermilion", "d", name="optimal"),
    ],
    sentence=[
        Clause(
            "Case 1: tasks are automated faster than capital can grow (λg > G = {G:.3f}). Labour "
            "ceases to be scarce, the wage falls to A = {A:.2f} and stays, and the labour share "
            "goes to zero.",
            when="loses",
        ),
        Clause(
            "Case 2: capital wins narrowly. Wages grow at {w_now:.1%} a year, slower than output "
            "({G:.1%}), so that the labour share goes to zero.",
            when="narrow",
        ),
        Clause(
            "Case 3: automation is slow. Wages and output grow at {w_now:.1%} a year. The labour "
            "share goes to {share_now:.0%} if s∞ = {saved:.2f} is saved, to {optimal_now:.0%} with "
            "optimal saving.",
            when="slow",
        ),
        "Wages would grow fastest, at {G:.1%}, with λg = {best:.3f}.",
    ],
    columns={
        "rate of automation": "rates",
        "wage growth a year": "growth",
        "labour share (saving s∞)": "share",
        "labour share (optimal)": "optimal",
    },
    caption=(
        "ρ = 0.04, δ = 0.1. Grey dashes: Figure 7 at Table 2. Dotted: G, the growth of capital at "
        "most. Circle and diamond: the chosen rate. Try: find a rate at which labour gains from "
        "faster automation, and one at which it loses; then let households shift consumption more "
        "readily (a lower η)."
    ),
    presets={
        "Business as usual": {"rate": 0.01},
        "Close to the best for wages": {"rate": 0.08},
        "Past the peak": {"rate": 0.12},
        "Automation wins": {"rate": 0.24},
    },
    reference="Business as usual",
    play="rate",
    goal=Goal(
        "Find the rate of automation at which wages grow fastest in the long run (η = 2, A = 0.5).",
        of="w_now", low=0.1755, high=0.19,
        reached="Wages grow at {w_now:.1%} a year. Labour keeps next to nothing of income: "
        "what is best for the growth of wages costs labour its share.",
    ),
    size=(6.8, 3.4),
)  # fmt: skip


# Year by year -------------------------------------------------------------------------------------

_END = 40.0
_DATES = _END * np.linspace(0, 1, 41) ** 1.5


def _over_time(rate: FloatArray, eta: FloatArray, year: FloatArray) -> dict[str, FloatArray]:
    """Capital against κ and the wage while a share λg of the tasks left is automated a year."""
    cases, place = np.unique(np.stack([rate, eta]), axis=1, return_inverse=True)
    paths = solve_transitions(BusinessAsUsual(cases[0]), tol=1e-5, eta=cases[1])
    if paths.failures:
        raise ValueError(next(iter(paths.failures.values())))
    place = np.ravel(place)
    years, when = np.unique(year, return_inverse=True)
    left = paths.automation.unautomated(_DATES)[:, 0]
    left_now = _LEFT * np.exp(-rate * year)
    log_K_now = paths.log_capital(years)[place, when]
    scarcity = paths.scarcity(years)[place, when]
    G = 0.36 / eta
    return {
        "t": _DATES[None, :],
        "log_K": paths.log_capital(_DATES)[place],
        "K": paths.capital(_DATES)[place],
        "kappa": (1 / left - 1)[place],
        "w": paths.wage(_DATES)[place],
        "log_K_now": log_K_now,
        "K_now": np.exp(log_K_now),
        "kappa_now": 1 / left_now - 1,
        "w_now": paths.wage(years)[place, when],
        "share_now": paths.labor_share(years)[place, when],
        "left_now": left_now,
        "scarce": scarcity,
        "ahead": np.exp(scarcity),
        "near": np.minimum(scarcity, np.log(10) - scarcity),
        "far": scarcity - np.log(10),
        "loses": rate - G,
        "wins": G - rate,
        "G": G,
        "border": _BORDER[None, :],
    }


_BORDER = np.array([1.0, 1e4])


def _motion() -> dict[str, sympy.Expr]:
    """What follows from log K at the dates and at the year chosen: Lemma 1 at σ = 1/2, A = 1/2."""
    rate, eta, year = sympy.symbols("rate eta year", positive=True)
    log_K, log_K_now, t, left_now = sympy.symbols("log_K log_K_now t left_now")
    half = sympy.Rational(1, 2)

    def at(log_K: sympy.Expr, left: sympy.Expr) -> tuple[sympy.Expr, ...]:
        """K, κ, the wage and the labour share."""
        K, kappa = sympy.exp(log_K), 1 / left - 1
        ratio = sympy.Max(1, K / kappa) ** 2  # w/R
        return K, kappa, half * ((1 - left) / sympy.sqrt(ratio) + left) ** -2, ratio / (ratio + K)

    G = 0.36 / eta
    K, kappa, w, _ = at(log_K, _LEFT * sympy.exp(-rate * t))
    K_now, kappa_now, w_now, share_now = at(log_K_now, left_now)
    scarce = sympy.log(K_now / kappa_now)
    return {
        "K": K,
        "kappa": kappa,
        "w": w,
        "left_now": _LEFT * sympy.exp(-rate * year),
        "K_now": K_now,
        "kappa_now": kappa_now,
        "w_now": w_now,
        "share_now": share_now,
        "scarce": scarce,
        "ahead": K_now / kappa_now,
        "near": sympy.Min(scarce, sympy.log(10) - scarce),
        "far": scarce - sympy.log(10),
        "G": G,
        "loses": rate - G,
        "wins": G - rate,
    }


_POWERS: dict[float, str] = {1: "1", 10: "10", 100: "100", 1000: "1,000", 10_000: "10,000"}

#: The race year by year: capital against the border κ, and the wage.
over_time = Explorer(
    name="race-over-time",
    title="The race, year by year",
    alt=(
        "Left: capital per worker against kappa, the amount below which labour is no longer "
        "scarce, both on logarithmic axes; a line rises from the lower left, above a dashed "
        "diagonal or across it; a dot marks the year. Right: the wage over forty years."
    ),
    panels={
        "race": Panel("Capital and its border (log scales)", "border κ = Φ/(1−Φ)",
                      "capital per worker K/L", xlim=(1, 1e4), ylim=(1, 1e4), xscale="log",
                      yscale="log", xticks=_POWERS, yticks=_POWERS),
        "wage": Panel("Wage (log scale)", "years", xlim=(0, _END), ylim=(0.3, 100), yscale="log",
                      yticks=[0.5, 1, 2, 5, 10, 20, 50, 100]),
    },
    controls={
        "rate": Slider("Rate of automation λg", 0.005, 0.3, 0.12, scale="log", format=".3f",
                       nodes=33),
        "eta": Slider("Risk aversion η", 0.95, 6, 2, scale="log",
                      nodes=[1.02, 1.1, 1.2, 1.32, 1.46, 1.62, 1.8, 2.05, 2.35, 2.7,
                             3.15, 3.7, 4.3, 5.1]),
        "year": Slider("Year", 0, _END, 10, format=".0f", nodes=17, positions=81),
    },
    compute=_over_time,
    formulas=_motion(),
    marks=[
        Line("race", "border", "border", "muted", 1, label="border: K/L = κ"),
        Line("race", "kappa", "K", label="the economy", reference=True),
        Points("race", "kappa_now", "K_now", name="the year chosen"),
        Line("wage", "t", "w", "green", name="wage", reference=True),
        Rule("wage", x="year", name="the year chosen"),
        Points("wage", "year", "w_now", name="wage in the year chosen"),
    ],
    sentence=[
        "Year {year:.0f}: {left_now:.1%} of all tasks are left to people.",
        Clause("Labour is scarce, for capital is {ahead:.1f} times its border.", when="near"),
        Clause("Labour is scarce, for capital is more than ten times its border.", when="far"),
        Clause("Labour is not scarce.", unless="scarce"),
        "The wage is {w_now:.3g} and labour's share {share_now:.0%}.",
        Clause("In the long run automation wins (λg > G = {G:.2f}).", when="loses"),
        Clause("In the long run capital wins (λg < G = {G:.2f}), and wages grow for ever.",
               when="wins"),
    ],
    columns={"year": "t", "capital per worker": "K", "border κ": "kappa", "wage": "w"},
    caption=(
        "Optimal saving, Table 2 otherwise. Above the dashed line labour is scarce. Grey: λg = "
        "0.01, η = 2. The steeper the line, the faster capital pulls ahead. Try: play the years at "
        "λg = 0.12, where the wage falls first; then raise λg until "
        "the economy crosses the border, and lower η to bring it back. From "
        f"η = {Parameters().least_eta:.1f} downwards utility is infinite."
    ),
    presets={
        "Business as usual": {"rate": 0.01, "eta": 2, "year": 10},
        "Capital wins narrowly": {"rate": 0.12, "eta": 2, "year": 10},
        "Automation wins": {"rate": 0.25, "eta": 2, "year": 10},
    },
    reference="Business as usual",
    play="year",
    bet=Bet(
        "12% of the tasks that are left are automated every year (λg = 0.12, η = 2). "
        "Is the wage in year 20 higher or lower than today?",
        ["higher", "lower"],
        "higher",
        "It falls for a few years, while capital is still short; then capital runs ahead.",
    ),
    size=(6.8, 3.6),
)  # fmt: skip
