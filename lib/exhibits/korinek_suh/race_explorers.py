"""The explorer of the race between automation and accumulation: Figure 7 at other parameters.

>>> long_run_of_wages.description().split(":")[0]
'Case 3'
"""

from __future__ import annotations

from typing import Any

import numpy as np

from aiecon.cached import cached
from aiecon.korinek_suh.dynamics.long_run import long_run, long_run_saving_rate, region_2_growth
from aiecon.korinek_suh.parameters import Parameters
from aiecon.validation import FloatArray
from exhibits.explorer import Explorer, Reference, Slider, reference_line
from exhibits.korinek_suh.race_figures import case_curves
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line

__all__ = ["long_run_of_wages"]

_WIDEST = 0.3
_RATES = [0.01, 0.04, 0.08, 0.12, 0.24]


@cached()
def _curves(eta: float, sigma: float, A: float) -> tuple[FloatArray, ...]:
    return case_curves(Parameters(eta=eta, sigma=sigma, A=A), _WIDEST, 12)


def draw_long_run(
    figure: BookFigure, rate: float, eta: float, sigma: float, A: float, reference: Reference
) -> None:
    """Left Figure 7, right the labour share; dots at λg."""
    left, right = figure.subplots(1, 2)
    p = Parameters(eta=eta, sigma=sigma, A=A)
    paper = {name: reference.parameters[name] for name in ("eta", "sigma", "A")}
    x, growth, *_ = _curves(**paper)
    reference_line(left, x, growth)
    x, growth, share, optimal = _curves(eta, sigma, A)
    left.plot(x, growth, color=PALETTE["green"])
    right.plot(x, share, color=PALETTE["blue"], label="saving s∞")
    right.plot(x, optimal, color=PALETTE["vermilion"], linestyle=DASHES[1], label="optimal")
    now = long_run(rate, p)
    left.plot([rate], [now.wage_growth], "o", markersize=8, color=PALETTE["ink"])
    right.plot([rate], [now.labor_share], "o", markersize=8, color=PALETTE["blue"])
    right.plot([rate], [now.labor_share_optimal], "D", color=PALETTE["vermilion"])
    G = region_2_growth(p)
    left.plot([G, G], [0, G], color=PALETTE["muted"], linestyle=DASHES[2], linewidth=1.2)
    label_line(left, G, 0, f"G = {G:.3f}", "muted", offset=(3, 16), fontsize=9)
    left.set(title="Wage growth, a year", xlim=(0, _WIDEST), ylim=(-0.01, 0.3))
    right.set(title="Labour share", xlim=(0, _WIDEST), ylim=(-0.03, 1))
    for ax in (left, right):
        ax.set_xlabel("rate of automation λg")
        ax.set_xticks([0, 0.1, 0.2, 0.3], ["0", "0.1", "0.2", "0.3"])
    left.set_yticks([0, 0.1, 0.2, 0.3], ["0", "10%", "20%", "30%"])
    right.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    right.legend(loc="upper right")


def describe_long_run(rate: float, eta: float, sigma: float, A: float) -> str:
    """The case, growth and labour shares, and the most that wages can grow."""
    p = Parameters(eta=eta, sigma=sigma, A=A)
    now, G = long_run(rate, p), region_2_growth(p)
    best = f"Wages would grow fastest, at {G:.1%}, with λg = {(1 - sigma) * G:.3f}."
    if now.case == 1:
        return (
            f"Case 1: tasks are automated faster than capital can grow (λg > G = {G:.3f}). Labour "
            f"ceases to be scarce, the wage falls to A = {A:g} and stays, and the labour share "
            f"goes to zero. {best}"
        )
    if np.isclose(rate, (1 - sigma) * G):
        return (
            f"Between cases 3 and 2: wages grow as fast as they can, at {G:.1%} a year, and so "
            "does output. The labour share goes to zero all the same, under both ways of saving."
        )
    if np.isclose(rate, G):
        return (
            f"A dead heat: tasks are automated as fast as capital can grow (λg = G = {G:.3f}). In "
            f"the long run wages stand still and the labour share goes to zero. {best}"
        )
    if now.case == 2:
        return (
            f"Case 2: capital wins narrowly. Wages grow at {now.wage_growth:.1%} a year, slower "
            f"than output ({G:.1%}), so that the labour share goes to zero. {best}"
        )
    return (
        f"Case 3: automation is slow. Wages and output grow at {now.wage_growth:.1%} a year. The "
        f"labour share goes to {now.labor_share:.0%} if s∞ = {long_run_saving_rate(p):.2f} is "
        f"saved, to {now.labor_share_optimal:.0%} with optimal saving. {best}"
    )


def long_run_data(rate: float, eta: float, sigma: float, A: float) -> dict[str, Any]:
    """The curves at these η, σ and A, and whether a row is the case shown."""
    p = Parameters(eta=eta, sigma=sigma, A=A)
    rates = np.array(_RATES)
    found = long_run(rates, p)
    return {
        "rate of automation": rates,
        "shown": np.isclose(rates, rate),
        "case": found.case,
        "wage growth a year": found.wage_growth,
        "output growth a year": found.output_growth,
        "labour share (saving s∞)": found.labor_share,
        "labour share (optimal)": found.labor_share_optimal,
        "rental rate (optimal)": found.rental_rate,
        "saving rate (optimal)": found.saving_rate,
    }


#: Growth of wages and labour share in the long run, Figure 7.
long_run_of_wages = Explorer(
    name="race-long-run",
    title="Where the race leads",
    alt=(
        "Left: long-run wage growth against the rate of automation, a tent that rises in a "
        "straight line to a peak, falls to zero and stays there; a dot marks the chosen rate. "
        "Right: the long-run labour share, two lines that fall to zero at the rate of the peak."
    ),
    draw=draw_long_run,
    controls={
        "eta": Slider("Risk aversion η", [1.5, 2, 3], default=2),
        "sigma": Slider("Elasticity of substitution σ", [0.25, 0.5, 0.75], default=0.5),
        "A": Slider("Productivity A", [0.3, 0.4, 0.5], default=0.5),
        "rate": Slider("Rate of automation λg", _RATES, default=0.01, format="{:.3f}"),
    },
    describe=describe_long_run,
    data=long_run_data,
    caption=(
        "ρ = 0.04, δ = 0.1. Grey dashes: Figure 7 at Table 2. Circle and diamond: the chosen rate. "
        "Try: find a rate at which labour gains from faster automation, and one at which it loses; "
        "then let households shift consumption more readily (a lower η)."
    ),
    presets={
        "Business as usual": {"rate": 0.01, "eta": 2, "sigma": 0.5, "A": 0.5},
        "Close to the best for wages": {"rate": 0.08, "eta": 2, "sigma": 0.5, "A": 0.5},
        "Past the peak": {"rate": 0.12, "eta": 2, "sigma": 0.5, "A": 0.5},
        "Automation wins": {"rate": 0.24, "eta": 2, "sigma": 0.5, "A": 0.5},
    },
    reference="Business as usual",
    size=(6.8, 3.4),
)
