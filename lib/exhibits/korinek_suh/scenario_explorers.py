"""The explorers of the scenarios: what is automated and when, and in what economy.

>>> automation.description(weight=1.0, horizon=20.0).split(".")[0]
'Region 2 begins in year 18'
>>> economy.description(panel="(c) aggressive AGI").split(";")[0]
'Region 2 begins in year 3.6'
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from aiecon.cached import cached
from aiecon.korinek_suh.dynamics.automation_paths import (
    AutomationPath,
    Bounded,
    BusinessAsUsual,
    Mixed,
)
from aiecon.korinek_suh.dynamics.many_transitions import Transitions, solve_transitions
from aiecon.korinek_suh.dynamics.scenarios import SCENARIOS, WEIGHT, collapses
from aiecon.validation import FloatArray
from exhibits.explorer import Choice, Explorer, Reference, Slider, reference_line
from exhibits.plotting import DASHES, PALETTE, BookFigure

LABOR, CAPITAL = "green", "vermilion"

__all__ = ["automation", "economy"]

_UNTIL = 30.0
_DATES = np.linspace(0.0, _UNTIL, 61)
_TICKS = [0.5, 1, 5, 10, 50, 100, 500]


@dataclass(frozen=True)
class View:
    """What a frame shows: paths at the dates above, and the dates of the collapse."""

    wage: FloatArray
    output: FloatArray
    labor_share: FloatArray
    unautomated: FloatArray
    peak_date: float
    peak_wage: float
    entry: float
    back: float


def _views(paths: Transitions, unautomated: FloatArray) -> list[View]:
    """The views of solved economies, with 1 − Φ at the dates (n, T)."""
    if paths.failures:
        raise ValueError(next(iter(paths.failures.values())))
    found = collapses(paths, until=200.0, step=0.1)
    curves = (paths.wage(_DATES), paths.output(_DATES), paths.labor_share(_DATES), unautomated)
    dates = (found.peak_date, found.peak_wage, found.entry, found.back)
    return [
        View(*(c[i] for c in curves), *(float(d[i]) for d in dates))
        for i in range(len(paths.converged))
    ]


def _draw(figure: BookFigure, view: View, paper: View) -> None:
    """Left wage and output, right the labour share and the tasks that are left to labour."""
    left, right = figure.subplots(1, 2)
    reference_line(left, _DATES, np.log10(paper.wage))
    reference_line(left, _DATES, np.log10(paper.output))
    left.plot(
        _DATES, np.log10(view.output), color=PALETTE[CAPITAL], linestyle=DASHES[1], label="output Y"
    )
    left.plot(
        _DATES, np.log10(view.wage), color=PALETTE[LABOR], linestyle=DASHES[0], label="wage w"
    )
    low, high = np.log10([0.3, 1000])
    left.set(xlim=(0, _UNTIL), ylim=(low, high), xlabel="years", title="Goods a year (log scale)")
    left.set_yticks(np.log10(_TICKS), [f"{x:g}" for x in _TICKS])
    left.set_xticks([0, 10, 20, 30])
    left.legend(loc="upper left")
    reference_line(right, _DATES, paper.labor_share)
    reference_line(right, _DATES, paper.unautomated)
    right.plot(
        _DATES, view.labor_share, color=PALETTE[LABOR], linestyle=DASHES[0], label="labour share"
    )
    right.plot(
        _DATES, view.unautomated, color=PALETTE["blue"], linestyle=DASHES[3],
        label="tasks left, 1 − Φ",
    )  # fmt: skip
    right.set(xlim=(0, _UNTIL), ylim=(0, 0.85), xlabel="years", title="Shares")
    right.set_yticks([0, 0.2, 0.4, 0.6])
    right.set_xticks([0, 10, 20, 30])
    right.legend(loc="upper right")
    for ax in (left, right):
        for date in (view.entry, view.back):
            if date < _UNTIL:
                top = 0.72 * (high - low) + low if ax is left else 0.62
                line = [low if ax is left else 0.0, top]
                ax.plot([date] * 2, line, color=PALETTE["ink"], ls=DASHES[2], lw=1.2)


def _describe(view: View) -> str:
    """Dates of the collapse, the highest wage before, and where things stand after 30 years."""
    ratio = view.wage[-1] / view.wage[0]
    today = "about today's" if abs(ratio - 1.0) < 0.05 else f"{ratio:.2g} times today's"
    end = (
        f"After 30 years the wage is {view.wage[-1]:.3g}, {today}, and labour has "
        f"{view.labor_share[-1]:.1%} of output."
    )
    if not np.isfinite(view.entry):
        return f"Labour remains scarce for ever: region 2 is never entered. {end}"
    if view.entry > _UNTIL:
        return f"Region 2 begins in year {view.entry:.1f}, beyond the picture. {end}"
    high = "at the start" if view.peak_date < 0.15 else f"in year {view.peak_date:.1f}"
    fall = f"Region 2 begins in year {view.entry:.1f}; before, the wage was highest {high}, "
    fall += f"at {view.peak_wage:.2f}."
    if view.back < _UNTIL:
        return f"{fall} Labour is scarce again from year {view.back:.1f} on. {end}"
    if np.isfinite(view.back):
        return f"{fall} Labour will be scarce again in year {view.back:.0f}. {end}"
    return f"{fall} Labour is never scarce again. {end}"


def _data(view: View) -> dict[str, Any]:
    return {
        "year": _DATES,
        "wage w": view.wage,
        "output Y": view.output,
        "labour share": view.labor_share,
        "tasks left 1 − Φ": view.unautomated,
    }


# Which tasks are automated, and when --------------------------------------------------------------

_WEIGHTS = [0.0, 0.5, WEIGHT, 0.95, 1.0]
_HORIZONS = [5.0, 10.0, 20.0, 40.0]
_RATES = [0.01, 0.05, 0.2]


@cached()
def _automation_views() -> dict[tuple[float, float, float], View]:
    """(ω, T, λg) → view; ω = 0 is the unbounded distribution, ω = 1 the bounded one."""
    views: dict[tuple[float, float, float], View] = {}
    usual = _solved_views(BusinessAsUsual(rate=np.array(_RATES)), len(_RATES))
    for rate, view in zip(_RATES, usual, strict=True):
        views |= {(0.0, T, rate): view for T in _HORIZONS}
    bounded = _solved_views(Bounded(horizon=np.array(_HORIZONS)), len(_HORIZONS))
    for T, view in zip(_HORIZONS, bounded, strict=True):
        views |= {(1.0, T, rate): view for rate in _RATES}
    between = list(product(_WEIGHTS[1:-1], _HORIZONS, _RATES))
    weight, horizon, rate = np.array(between).T
    mixed = _solved_views(Mixed(weight, horizon, rate), len(between))
    return views | dict(zip(between, mixed, strict=True))


def _solved_views(path: AutomationPath, n: int) -> list[View]:
    paths = solve_transitions(path, tol=1e-6)
    log_rest = paths.automation.progress(np.broadcast_to(_DATES, (n, 1, len(_DATES))))[0][:, 0]
    return _views(paths, np.exp(log_rest))


def _automation_view(weight: float, horizon: float, rate: float) -> View:
    return _automation_views()[float(weight), float(horizon), float(rate)]


def draw_automation(
    figure: BookFigure, weight: float, horizon: float, rate: float, reference: Reference
) -> None:
    """The path at (ω, T, λg), business as usual in the background."""
    paper = _automation_view(**reference.parameters)
    _draw(figure, _automation_view(weight, horizon, rate), paper)


def describe_automation(weight: float, horizon: float, rate: float) -> str:
    """Dates and levels."""
    return _describe(_automation_view(weight, horizon, rate))


def automation_data(weight: float, horizon: float, rate: float) -> dict[str, Any]:
    """The shown curves."""
    return _data(_automation_view(weight, horizon, rate))


#: The scenarios of Figure 8 as members of one family: the weight, the horizon, the rate.
automation = Explorer(
    name="scenarios-automation",
    title="Scenarios: how much is automated, and how fast",
    alt=(
        "Two panels over thirty years. Left: output and the wage on a logarithmic scale. Right: "
        "the labour share and the share of tasks left to labour. Dotted lines mark the dates at "
        "which labour ceases to be scarce or becomes scarce again; grey dashes show business as "
        "usual."
    ),
    draw=draw_automation,
    controls={
        "weight": Slider("Weight of the bounded part ω", _WEIGHTS, default=1.0),
        "horizon": Slider("Years until that part is automated T", _HORIZONS, default=20.0),
        "rate": Slider("Rate of automation in the rest λg", _RATES, default=0.01),
    },
    describe=describe_automation,
    data=automation_data,
    caption=(
        "Table 2 otherwise. At ω = 0 the horizon T plays no part, at ω = 1 the rate λg. Grey "
        "dashes: business as usual, panel (a). Try: in panel (d), raise λg to 0.2, above the 18% "
        "at which capital can grow."
    ),
    presets={
        "(a) business as usual": {"weight": 0.0, "horizon": 20.0, "rate": 0.01},
        "(b) baseline AGI": {"weight": 1.0, "horizon": 20.0, "rate": 0.01},
        "(c) aggressive AGI": {"weight": 1.0, "horizon": 5.0, "rate": 0.01},
        "(d) bout of automation": {"weight": WEIGHT, "horizon": 5.0, "rate": 0.01},
    },
    reference="(a) business as usual",
    size=(6.8, 3.5),
)


# In what economy ----------------------------------------------------------------------------------

_PANELS = {f"({panel}) {s.title[0].lower()}{s.title[1:]}": panel for panel, s in SCENARIOS.items()}
_SIGMAS = [0.3, 0.5, 0.8]
_ETAS = [1.0, 2.0, 4.0]
_CAPITAL = [2.3, 4.6, 9.2]


@cached()
def _economy_views(panel: str) -> dict[tuple[float, float, float], View]:
    """(σ, η, K₀) → view."""
    cases = list(product(_SIGMAS, _ETAS, _CAPITAL))
    sigma, eta, K0 = np.array(cases).T
    path = SCENARIOS[panel].automation
    paths = solve_transitions(path, K0, tol=1e-6, sigma=sigma, eta=eta)
    left = np.broadcast_to(path.unautomated(_DATES), (len(cases), len(_DATES)))
    return dict(zip(cases, _views(paths, left), strict=True))


def _economy_view(panel: str, sigma: float, eta: float, K0: float) -> View:
    return _economy_views(panel)[float(sigma), float(eta), float(K0)]


def draw_economy(figure: BookFigure, panel: str, sigma: float, eta: float, K0: float) -> None:
    """The scenario in an economy with (σ, η, K₀), the paper's own in the background."""
    paper = _economy_view(panel, 0.5, 2.0, 4.6)
    _draw(figure, _economy_view(panel, sigma, eta, K0), paper)


def describe_economy(panel: str, sigma: float, eta: float, K0: float) -> str:
    """Dates and levels."""
    return _describe(_economy_view(panel, sigma, eta, K0))


def economy_data(panel: str, sigma: float, eta: float, K0: float) -> dict[str, Any]:
    """The shown curves."""
    return _data(_economy_view(panel, sigma, eta, K0))


#: The four scenarios in other economies: complements, savers, capital to start with.
economy = Explorer(
    name="scenarios-economy",
    title="The four scenarios in other economies",
    alt=(
        "Two panels over thirty years. Left: output and the wage on a logarithmic scale. Right: "
        "the labour share and the share of tasks left to labour. Dotted lines mark the dates at "
        "which labour ceases to be scarce or becomes scarce again; grey dashes show the same "
        "scenario at the paper's calibration."
    ),
    draw=draw_economy,
    controls={
        "panel": Choice("Scenario", _PANELS, default="(b) baseline AGI"),
        "sigma": Slider("Elasticity of substitution σ", _SIGMAS, default=0.5),
        "eta": Slider("Relative risk aversion η", _ETAS, default=2.0),
        "K0": Slider("Capital at the start K₀", _CAPITAL, default=4.6),
    },
    describe=describe_economy,
    data=economy_data,
    caption=(
        "Grey dashes: the same scenario at Table 2 (σ = 0.5, η = 2, K₀ = 4.6). Try: in panel (b), "
        "lower η to 1. People save more for a future in which capital pays, and the wage climbs "
        "before it falls."
    ),
    presets={
        f"Figure 8 ({panel})": {"panel": name, "sigma": 0.5, "eta": 2.0, "K0": 4.6}
        for name, panel in _PANELS.items()
    },
    size=(6.8, 3.5),
)
