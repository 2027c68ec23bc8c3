"""The plateau: two distributions of income that a reader can move, and what two figures share.

>>> incomes.description(gamma=1.0)[:42]
'Median $83,730, mean $121,000, Gini 0.456.'
"""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp
from matplotlib.axes import Axes

from aiecon import kuhle
from exhibits.explorer import Clause, Explorer, Goal, Line, Panel, Rule, Slider
from exhibits.plotting import PALETTE, label_line

__all__ = ["incomes", "mark_years"]

_OLD, _NEW = kuhle.two_years()
#: Exactly 2024 and 1975, and the γ that is indifferent between them.
_TECHNOLOGY = float(_NEW.technology / _OLD.technology)
_PIVOTAL = kuhle.pivotal_economy(_OLD.technology)
_MEAN = float(_PIVOTAL.skill_mean)
_GAMMA = float(kuhle.indifference_gamma(_OLD, _NEW))


def mark_years(ax: Axes, top: float) -> None:
    """Thin lines at the technology of 1975 and of 2024, in per cent per point."""
    for year, economy in zip((1975, 2024), (_OLD, _NEW), strict=True):
        x = 100 * float(economy.technology)
        ax.axvline(x, color=PALETTE["faint"], linewidth=1, zorder=0)
        label_line(ax, x, top, str(year), "muted", offset=(3, -2), va="top", fontsize=9)


_Z = np.linspace(-4, 4, 81)  # standard deviations of log income


def _incomes(gamma: Any, technology: Any, mean: Any, sd: Any) -> dict[str, Any]:
    """Technology in multiples of 1975, skill in points above the pivot; B as in 1975 and 2024."""
    a = technology * _OLD.technology
    economy = kuhle.Economy(a, _PIVOTAL.scale, mean, sd)
    level = economy.median[:, None] * np.exp(economy.dispersion[:, None] * _Z)
    one_each = kuhle.Economy(*(x[:, None] for x in (a, _PIVOTAL.scale + 0 * a, mean, sd)))
    slope = mean - (gamma - 1) * a * sd**2  # of ln CE in technology
    return {
        "level": level / 1e3,
        "density": kuhle.density(one_each, level),
        "before": kuhle.density(_OLD, level),
        "median_k": economy.median / 1e3,
        "mean_k": economy.mean / 1e3,
        "ce_k": kuhle.certainty_equivalent(economy, gamma) / 1e3,
        "ce": kuhle.certainty_equivalent(economy, gamma),
        "ce_1975": kuhle.certainty_equivalent(_OLD, gamma),
        "median": economy.median,
        "average": economy.mean,
        "gini": economy.gini,
        "percent": 100 * a,
        "peak": 100 * kuhle.plateau(gamma, mean, sd),
        "averse": gamma - 1,
        "rising": np.minimum(slope, gamma - 1),
        "falling": -slope,
        "of_peak": 1 - slope / mean,
    }


def _formulas() -> dict[str, Any]:
    """The same in closed form, for the page."""
    gamma, technology, mean, sd = sp.symbols("gamma technology mean sd", positive=True)
    z = 8 * sp.Symbol("u", nonnegative=True) - 4
    a = technology * float(_OLD.technology)
    log_median, sigma = sp.log(float(_PIVOTAL.scale)) + a * mean, a * sd
    old_log_median, old_sigma = float(_OLD.log_median), float(_OLD.dispersion)
    log_ce = log_median + (1 - gamma) * sigma**2 / 2
    normal = lambda x, s: sp.exp(-(x**2) / 2) / (sp.sqrt(2 * sp.pi) * s)  # noqa: E731
    log_level = log_median + sigma * z
    slope = mean - (gamma - 1) * a * sd**2
    return {
        "level": sp.exp(log_level) / 1000,
        "density": normal(z, sigma),
        "before": normal((log_level - old_log_median) / old_sigma, old_sigma),
        "median_k": sp.exp(log_median) / 1000,
        "mean_k": sp.exp(log_median + sigma**2 / 2) / 1000,
        "ce_k": sp.exp(log_ce) / 1000,
        "ce": sp.exp(log_ce),
        "ce_1975": sp.exp(old_log_median + (1 - gamma) * old_sigma**2 / 2),
        "median": sp.exp(log_median),
        "average": sp.exp(log_median + sigma**2 / 2),
        "percent": 100 * a,
        "peak": 100 * mean / ((gamma - 1) * sd**2),
        "averse": gamma - 1,
        "rising": sp.Min(slope, gamma - 1),
        "falling": -slope,
        "of_peak": 1 - slope / mean,
    }


#: Two distributions of income, 1975 and one the reader sets.
incomes = Explorer(
    name="kuhle-incomes",
    title="Two distributions of income",
    alt=(
        "Density of log household income on a logarithmic axis from 2,000 to 2 million dollars: a "
        "bell-shaped curve with three vertical lines, at the certainty equivalent, the median and "
        "the mean, over a grey curve for 1975."
    ),
    panels={
        "main": Panel(
            "",
            "household income, thousand dollars of 2024",
            "density of log income",
            xlim=(2, 2000),
            ylim=(0, 1.3),
            xscale="log",
            xticks={t: f"{t:,}" for t in (2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)},
        )
    },
    controls={
        "gamma": Slider("Relative risk aversion γ", 0, 6, _GAMMA, nodes=2),
        "technology": Slider("Technology a, 1975 = 1", 0.6, 2.4, _TECHNOLOGY, nodes=9),
        "mean": Slider("Mean skill μ, points above the pivot", 8, 30, _MEAN, nodes=2),
        "sd": Slider("Standard deviation of skill ς, points", 11, 22, 15, format=".1f", nodes=9),
    },
    compute=_incomes,
    formulas=_formulas(),
    marks=[
        Line("main", "level", "density", name="density", reference=True),
        Rule("main", x="ce_k", colour="vermilion", dash=0, label="certainty equivalent"),
        Rule("main", x="median_k", colour="ink", dash=1, label="median"),
        Rule("main", x="mean_k", colour="green", dash=3, label="mean"),
    ],
    sentence=[
        "Median ${median:,.0f}, mean ${average:,.0f}, Gini {gini:.3f}.",
        "With γ = {gamma:.2f} this is worth a sure ${ce:,.0f}, against ${ce_1975:,.0f} in 1975.",
        Clause(
            "With γ ≤ 1 more technology always raises that: there is no plateau.", unless="averse"
        ),
        Clause(
            "The plateau is at {peak:.2f}% per point; technology, at {percent:.2f}%, is below, so "
            "more technology raises the certainty equivalent.",
            when="rising",
        ),
        Clause(
            "The plateau is at {peak:.2f}% per point; technology, at {percent:.2f}%, is beyond, so "
            "more technology lowers the certainty equivalent.",
            when="falling",
        ),
    ],
    columns={
        "income (thousand dollars of 2024)": "level",
        "density of log income": "density",
        "density of log income, 1975": "before",
    },
    caption=(
        "Blue: the distribution that you set; grey: 1975. Skill is measured from the pivot, an IQ "
        "of 82.3, whose income is the same in 1975 and in 2024: with that origin technology alone "
        "leads from one year to the other. Try: set γ = 4 and lower a until the certainty "
        "equivalent stops rising."
    ),
    presets={
        "1975": {"technology": 1.0},
        "2024": {"technology": _TECHNOLOGY},
        "Beyond the plateau": {"technology": 2.1, "gamma": 4},
        "Log utility: no plateau": {"technology": 2.1, "gamma": 1},
    },
    reference="1975",
    play="technology",
    goal=Goal(
        "Find a technology at which the certainty equivalent is as high as it can be.",
        of="of_peak",
        low=0.98,
        high=1.02,
        reached="You stand on the plateau: at {percent:.2f}% per point it is worth ${ce:,.0f}.",
    ),
)
