"""The chapter on research: paths that several figures share, and the explorer.

>>> explosion.description(Phi=0.6, Gamma=0.6, theta=0.5).split(":")[0]
'Growth explodes'
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.integrate import cumulative_simpson
from sympy import Expr, Max, Piecewise, exp, log, symbols

from aiecon.cached import cached
from aiecon.korinek_suh.dynamics.automation_paths import Bounded
from aiecon.korinek_suh.extensions.research import (
    GrowthPath,
    Ideas,
    blow_up_time,
    growth_path,
    log_capital_at,
)
from aiecon.korinek_suh.extensions.research_transition import (
    FIGURE_10,
    Research,
    ResearchPath,
    solve_research_transition,
)
from aiecon.validation import FloatArray
from exhibits.explorer import Bet, Clause, Explorer, Goal, Line, Panel, Points, Rule, Slider

__all__ = ["KINDS", "dates_of", "explosion", "kind_of_growth", "transition_of"]

#: Name, parameters: one of each kind, from the same start; ours.
KINDS: dict[str, Ideas] = {
    "ordinary": Ideas(Phi=0.5, Gamma=0.1, theta=0.5, zeta=0.1),
    "exponential": Ideas(Phi=0.5, Gamma=0.25, theta=0.5, zeta=0.1),
    "type I": Ideas(Phi=1.0, Gamma=0.0, theta=0.5, zeta=0.02),
    "type II": Ideas(Phi=0.6, Gamma=0.6, theta=0.5, zeta=0.1),
}


@cached(16)
def transition_of(initial: float, research: Research = FIGURE_10) -> ResearchPath:
    """Figure 10's path from Φ₀, all output tasks automated within five years, solved once."""
    return solve_research_transition(Bounded(horizon=5.0, initial=initial), research)


@cached(16)
def kind_of_growth(ideas: Ideas, horizon: float = 100.0) -> GrowthPath:
    """The path of the two-equation system, solved once."""
    return growth_path(ideas, horizon=horizon)


def dates_of(path: ResearchPath, last: float = 10.0, points: int = 161) -> FloatArray:
    """Dates up to ``last`` or shortly before the singularity, dense near it."""
    end = min(last, 0.998 * path.blow_up)
    return np.asarray(end * (1 - (1 - np.linspace(0, 1, points)) ** 1.5))


# The explorer -------------------------------------------------------------------------------------

LAST = 100.0  # years shown
LOW, HIGH = 0.008, 5.0  # growth rates shown
POINTS = 81
CLOCK = 30 * np.linspace(0, 1, POINTS) ** 2  # log A/A₀
NEAR = 5e-4  # so far from the threshold one is on it


def _explosion(theta: FloatArray, Phi: FloatArray, Gamma: FloatArray) -> dict[str, Any]:
    """The growth rate of output over time for n systems, the date of the singularity."""
    ideas = Ideas(*(x[:, None] for x in (Phi, Gamma, theta)))
    fine = CLOCK[-1] * np.linspace(0, 1, 8 * POINTS - 7) ** 2
    log_A, log_K = np.log(0.5) + fine, log_capital_at(ideas, fine)
    pace = np.exp(-np.minimum(ideas.log_growth_of_ideas(log_A, log_K), 300))  # years per log A
    year = cumulative_simpson(pace, x=fine, initial=0)
    systems = zip(Phi.tolist(), Gamma.tolist(), theta.tolist(), strict=True)
    dates = np.array([blow_up_time(Ideas(*one)) for one in systems])
    return {
        "year": year[:, ::8],
        "growth": ideas.growth_of_output(log_A, log_K)[:, ::8],
        "wait": [np.interp(np.log(10), fine, t) for t in year],
        "date": np.where(np.isfinite(dates), dates, -1.0),
        "share": np.linspace(0, 1, 2)[None],
        "threshold": (1 - theta)[:, None] * [1.0, 0.0],
    } | _derived(theta, Phi, Gamma, np.exp)


def _derived(theta: Any, Phi: Any, Gamma: Any, exp: Any) -> dict[str, Any]:
    """Closed forms, for arrays or symbols."""
    excess = Gamma - (1 - Phi) * (1 - theta)
    ideas = 0.1 * exp(Gamma * float(np.log(0.1 * 4.6)) + (theta - 1) * float(np.log(0.5)))
    capital = 0.25 * 0.5 * exp(Phi * float(np.log(0.9)) + (Phi - 1) * float(np.log(4.6)))
    return {
        "excess": excess,
        "above": excess - NEAR,
        "below": -NEAR - excess,
        "near": NEAR - abs(excess),
        "short": -excess,
        "type_I": NEAR - abs(excess) - (1 - Phi) * 1e3,
        "whole": Phi - 0.9995,
        "first": ideas + Phi * capital,
    }


def _formulas() -> dict[str, Expr]:
    theta, Phi, Gamma, u = symbols("theta Phi Gamma u", real=True)
    found = _derived(theta, Phi, Gamma, exp)
    p = Max(1 + Gamma - Phi, 1e-6)
    alpha, beta = 0.25 * 0.9**Phi, 0.1 * 0.1**Gamma

    def economy(a: Any) -> tuple[Any, Any]:
        """Growth of ideas and of output where the clock shows a, by the integral of motion."""
        A = 0.5 * exp(a)
        gained = (A ** (2 - theta) - 0.5 ** (2 - theta)) / (2 - theta)
        log_K = log(4.6**p + p * alpha / beta * gained) / p
        ideas = beta * A ** (theta - 1) * exp(Gamma * log_K)
        return ideas, ideas + Phi * alpha * A * exp((Phi - 1) * log_K)

    def years(low: Any, high: Any, points: int) -> Any:
        """How long the clock takes, by Gauss's quadrature."""
        places, weights = map(np.ndarray.tolist, np.polynomial.legendre.leggauss(points))
        span = high - low
        pairs = zip(places, weights, strict=True)
        return span * sum(w / 2 / economy(low + span * (x + 1) / 2)[0] for x, w in pairs)

    end = float(CLOCK[-1])
    speed = Max(found["excess"], 1e-9) / p  # m − 1 of the chapter, for the tail
    date = sum(years(end * i / 10, end * (i + 1) / 10, 6) for i in range(10))
    date += 1 / economy(end)[0] / speed
    clock = end * u**2
    return found | {
        "date": Piecewise((date, found["excess"] > 0), (-1, True)),
        "year": years(0, clock, 24),
        "wait": years(0, float(np.log(10)), 10),
        "growth": economy(clock)[1],
        "share": u,
        "threshold": (1 - u) * (1 - theta),
    }


#: Where growth explodes, and how it grows.
explosion = Explorer(
    name="ks-research-explosion",
    title="Does growth explode?",
    alt=(
        "Left: the square of automated shares of output and ideas tasks with a falling line, the "
        "threshold, and a dot for the economy. Right: the growth rate of output over 100 years on "
        "a log scale, over a grey line for the start; a dotted line where growth is infinite."
    ),
    panels={
        "where": Panel(
            "Explodes above the line", "output tasks automated Φ", "ideas tasks automated Γ",
            xlim=(0, 1), ylim=(0, 1),
        ),
        "growth": Panel(
            "Growth of output (log scale)", "years", "a year", xlim=(0, LAST), ylim=(LOW, HIGH),
            yscale="log", yticks={0.01: "1%", 0.05: "5%", 0.2: "20%", 1: "100%", 5: "500%"},
        ),
    },
    controls={
        "theta": Slider("Ideas build on ideas θ", -1, 1, 0.5, nodes=2),
        "Phi": Slider("Output tasks automated Φ", 0, 1, 0.6, nodes=2),
        "Gamma": Slider("Ideas tasks automated Γ", 0, 1, 0.6, format=".3f", nodes=2),
    },
    compute=_explosion,
    formulas=_formulas(),
    marks=[
        Line("where", "share", "threshold", colour="vermilion", label="threshold",
             reference=True),
        Points("where", "Phi", "Gamma", name="the economy"),
        Rule("growth", x="date", name="infinite"),
        Line("growth", "year", "growth", colour="vermilion", name="growth of output",
             reference=True),
    ],
    sentence=[
        Clause(
            "Growth explodes: Γ exceeds the threshold (1−Φ)(1−θ) by {excess:.2f}. Output is "
            "infinite in year {date:,.0f}.",
            when="above",
        ),
        Clause(
            "Growth dies out: Γ is below the threshold (1−Φ)(1−θ) by {short:.2f}.", when="below"
        ),
        Clause(
            "On the threshold growth settles at a constant rate.", when="near", unless="whole"
        ),
        Clause(
            "Growth accelerates without end but at no date is anything infinite (type I).",
            when="type_I",
        ),
        "Output grows by {first:.1%} a year at first; technology is ten times today's in year "
        "{wait:,.0f}.",
    ],
    caption=(
        "Saving 25%, nine tenths of capital in output, ζ = 0.1; ours. Grey: the start. Dotted: the "
        "date of the singularity. Try: Φ = 1, Γ = 0, where growth accelerates without a "
        "singularity, then the smallest Γ above it."
    ),
    columns={"year": "year", "growth of output": "growth"},
    presets={
        "Start": {"theta": 0.5, "Phi": 0.6, "Gamma": 0.6},
        "On the threshold": {"theta": 0.5, "Phi": 0.5, "Gamma": 0.25},
        "Type I": {"theta": 0.5, "Phi": 1, "Gamma": 0},
        "Ordinary growth": {"theta": 0, "Phi": 0.5, "Gamma": 0.1},
    },
    reference="Start",
    play="Gamma",
    bet=Bet(
        "Six tenths of output tasks are automated, θ = 0.5. Which share of ideas tasks makes "
        "growth explode?",
        ("Any above zero", "More than a fifth", "More than six tenths"),
        "More than a fifth",
        "The threshold is (1−Φ)(1−θ) = 0.4 × 0.5 = 0.2.",
    ),
    goal=Goal(
        "Leave Φ and θ as they are at the start and put the singularity 50 years ahead.",
        of="date", low=49, high=51,
        reached="At Γ = {Gamma:.3f} output is infinite in year {date:.0f}.",
    ),
)  # fmt: skip
