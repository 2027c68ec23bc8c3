"""The explorers of the static model: scarcity of labour and factor earnings.

>>> earnings.description(K=10.0, sigma=0.2).split(";")[0]
'Wages are highest where 82% of tasks are automated'
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from aiecon.korinek_suh.parameters import Parameters
from aiecon.korinek_suh.statics.production import equilibrium, scarcity_threshold
from aiecon.korinek_suh.statics.tasks import task_inputs
from exhibits.explorer import Explorer, Reference, Slider, reference_line
from exhibits.korinek_suh.figures import (
    CAPITAL,
    LABOR,
    draw_earnings,
    draw_task_inputs,
    earnings_grid,
    peak_at,
)
from exhibits.plotting import PALETTE, BookFigure

__all__ = ["earnings", "scarcity"]


# Automation and the scarcity of labour (Figure 3) -------------------------------------------------


def draw_scarcity(figure: BookFigure, sigma: float, K: float, Phi: float) -> None:
    """Left what each task takes, right what is produced and who earns it."""
    params = Parameters(sigma=sigma, A=1.0)
    left, right = figure.subplots(1, 2, width_ratios=(3, 1))
    top = max(5.6 * K, 1.7 * (K + 1))  # the highest block of the slider, with its name
    draw_task_inputs(left, K, Phi, params)
    reference_line(left, [0, 1], [K + 1, K + 1])
    left.set(
        title="What each task takes",
        xlabel="share of tasks, by complexity",
        ylabel="input per task",
        ylim=(0, 1.16 * top),
    )
    now = equilibrium(K, Phi, params)
    bill, output = float(now.wage_bill), float(now.output)
    for low, high, ink, hatch in ((0, bill, LABOR, ""), (bill, output, CAPITAL, "//")):
        height = high - low
        right.bar([0], [height], bottom=[low], width=0.9, color=PALETTE[ink] + "40", linewidth=0)
        right.bar(
            [0], [height], bottom=[low], width=0.9, facecolor="none", edgecolor=PALETTE[ink],
            hatch=hatch, linewidth=1.5,
        )  # fmt: skip
    reference_line(right, [-0.7, 0.7], [K + 1, K + 1])
    for text, y in ((f"wL = {bill:.2f}", 0.0), (f"Y = {output:.2f}", output)):
        right.annotate(
            text, (0, y), xytext=(0, 4), textcoords="offset points", ha="center", fontsize=9
        )
    right.set(title="Output, shared", xlim=(-0.75, 0.75), ylim=(0, 1.2 * (K + 1)))
    right.set_ylabel("output Y = wL + RK")
    right.set_xticks([])


def describe_scarcity(sigma: float, K: float, Phi: float) -> str:
    """Inputs, region, prices and shares."""
    params = Parameters(sigma=sigma, A=1.0)
    now, inputs = equilibrium(K, Phi, params), task_inputs(K, Phi, params)
    border = float(scarcity_threshold(K))
    if now.region == 1:
        ratio = now.wage / now.rental_rate
        times = f"{ratio:,.1f}" if ratio < 1e4 else "more than ten thousand"
        return (
            f"Region 1: labour is scarce until {border:.0%} of tasks are automated. Each automated "
            f"task takes {inputs.automated:.2f} of capital, each other one "
            f"{inputs.unautomated:.2f} of labour. The wage is {now.wage:.2f}, {times} times the "
            f"rental rate; labour receives {now.labor_share:.0%} of output, {now.output:.2f}."
        )
    return (
        f"Region 2: labour is not scarce, from Φ = {border:.2f} on. Every task takes {K + 1:.3g} "
        f"units of capital or labour; {inputs.labor_in_automated:.0%} of the workers are in "
        f"automated tasks. The wage and the rental rate are both 1, whatever σ is, and labour "
        f"receives {now.labor_share:.0%} of output, {now.output:.3g}."
    )


def scarcity_data(sigma: float, K: float, Phi: float) -> dict[str, Any]:
    """Inputs, prices and shares at this K/L and σ, for the automated shares of the slider."""
    params = Parameters(sigma=sigma, A=1.0)
    shares = np.array(_SHARES)
    now, inputs = equilibrium(K, shares, params), task_inputs(K, shares, params)
    return {
        "automated share": shares,
        "shown": np.isclose(shares, Phi),
        "region": now.region,
        "input per automated task": inputs.automated,
        "input per other task": inputs.unautomated,
        "labour in automated tasks": inputs.labor_in_automated,
        "wage w": now.wage,
        "rental rate R": now.rental_rate,
        "output Y": now.output,
        "labour share": now.labor_share,
    }


_SHARES = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1.0]

#: What tasks take and what factors earn, Figure 3.
scarcity = Explorer(
    name="scarcity-of-labour",
    title="Automation and the scarcity of labour",
    alt=(
        "Left: tasks side by side, a hatched block of capital over the automated ones and a plain "
        "block of labour over the others; block heights are inputs per task, a grey dashed line "
        "marks capital plus labour. Right: a bar of output, split into wage bill and capital "
        "returns."
    ),
    draw=draw_scarcity,
    controls={
        "sigma": Slider("Elasticity of substitution σ", [0.2, 0.5, 0.8], default=0.5),
        "K": Slider("Capital per worker K/L", [0.5, 1, 3, 10], default=3),
        "Phi": Slider("Share of automated tasks Φ", _SHARES, default=0.3, format="{:.2f}"),
    },
    describe=describe_scarcity,
    data=scarcity_data,
    caption=(
        "A = L = 1. The areas of the two blocks are always K and L; black dashes separate "
        "automated tasks from the others; grey dashes stand at K + L. Try: raise Φ until the "
        "blocks are level, then move σ."
    ),
    presets={
        "Figure 3: before": {"sigma": 0.5, "K": 3, "Phi": 0.3},
        "Figure 3: after": {"sigma": 0.5, "K": 3, "Phi": 0.6},
        "On the border": {"sigma": 0.5, "K": 3, "Phi": 0.75},
        "Beyond it": {"sigma": 0.5, "K": 3, "Phi": 0.9},
    },
    size=(6.8, 3.7),
)


# Earnings under automation (Figure 6) -------------------------------------------------------------


def draw_factor_earnings(figure: BookFigure, K: float, sigma: float, reference: Reference) -> None:
    """Figure 6 at (K, σ), with the paper's panel (a) in the background."""
    ax: Axes = figure.subplots()
    draw_earnings(ax, K, Parameters(sigma=sigma, A=1.0))
    paper = Parameters(sigma=reference.parameters["sigma"], A=1.0)
    K_paper = reference.parameters["K"]
    Phi = earnings_grid(K_paper, paper)
    then = equilibrium(K_paper, Phi, paper)
    reference_line(ax, Phi, then.output)
    reference_line(ax, Phi, then.wage_bill, reference.label, at=0.99, offset=(-52, 4))
    ax.set(ylabel="output Y = wL + RK", ylim=(0, 1.3 * max(1 + K, 1.8)))
    wages, _ = ax.get_legend_handles_labels()[0]
    returns = Patch(facecolor="none", edgecolor=PALETTE[CAPITAL], hatch="////", linewidth=1)
    ax.legend([wages, returns], ["wage bill", "capital returns"], loc="upper left", ncols=2)


def describe_earnings(K: float, sigma: float) -> str:
    """Peak, border, fall of the wage bill and gain of output."""
    params = Parameters(sigma=sigma, A=1.0)
    peak, border = peak_at(K, params), float(scarcity_threshold(K))
    return (
        f"Wages are highest where {peak.Phi:.0%} of tasks are automated; from Φ = {border:.3f} on "
        f"they are back where they began, {peak.fall:.0%} below the peak. Full automation "
        f"multiplies output by {1 + K:g}, of which capital receives {K / (1 + K):.0%}."
    )


def earnings_data(K: float, sigma: float) -> dict[str, Any]:
    """The stacked amounts, with prices and the labour share."""
    params = Parameters(sigma=sigma, A=1.0)
    Phi = earnings_grid(K, params)
    now = equilibrium(K, Phi, params)
    return {
        "automated share": Phi,
        "output Y": now.output,
        "wage bill wL": now.wage_bill,
        "capital returns RK": now.capital_returns,
        "labour share": now.labor_share,
    }


#: Wage bill and capital returns as automation rises, Figure 6.
earnings = Explorer(
    name="factor-earnings",
    title="What labour and capital earn as automation rises",
    alt=(
        "Output against the share of automated tasks, split into the wage bill below and capital "
        "returns above. The wage bill rises, peaks and falls back to its start; capital returns "
        "take the difference; a dotted line marks where region 2 begins."
    ),
    draw=draw_factor_earnings,
    controls={
        "sigma": Slider(
            "Elasticity of substitution σ",
            [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95],
            default=0.5,
            format="{:.2f}",
        ),
        "K": Slider(
            "Capital per worker K/L", [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 10, 15, 20], default=1
        ),
    },
    describe=describe_earnings,
    data=earnings_data,
    caption=(
        "A = L = 1. Dot: the highest wage bill; dotted line: the border of region 2. Grey dashes: "
        "output and wage bill of Figure 6a. Try: raise K/L at a low σ."
    ),
    presets={"Figure 6a": {"K": 1, "sigma": 0.5}, "Figure 6b": {"K": 10, "sigma": 0.2}},
    reference="Figure 6a",
)
