"""The chapter on factor prices: Figure 6, which the README shows too, and the explorers.

>>> earnings.description(K=10.0, sigma=0.2).split(",")[0]
'Wages are highest where 82% of tasks are automated'
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from sympy import Expr, Max, Min, Piecewise, S, Symbol, exp

from aiecon import korinek_suh as ks
from aiecon.korinek_suh import equations
from aiecon.validation import FloatArray
from exhibits.explorer import Area, Clause, Explorer, Goal, Label, Line, Panel, Points, Rule, Slider
from exhibits.korinek_suh.tasks import (
    A,
    K,
    Phi,
    along_path,
    border,
    by_equations,
    by_library,
    path,
    s,
    s_formula,
    sigma,
    u,
)
from exhibits.plotting import area, dots, label_line, line, share_axis

__all__ = ["draw_earnings", "earnings", "frontier"]


def draw_earnings(ax: Axes, K: float, sigma: float) -> None:
    """A panel of Figure 6: wage bill and capital returns stacked to output, against Φ (A = L = 1).

    Marks the highest wage bill and where region 2 begins.
    """
    params = ks.Parameters(A=1.0, sigma=sigma)
    border, peak = float(ks.scarcity_threshold(K)), ks.wage_peak(K, params)
    Phi = np.append(border * (1 - np.linspace(1, 0, 62) ** 1.6), 1)
    now = ks.equilibrium(K, Phi, params)
    area(ax, Phi, 0, now.wage_bill, "green", strength=0.3)
    area(ax, Phi, now.wage_bill, now.output, "vermilion", strength=0.2, hatch="//")
    line(ax, Phi, now.wage_bill, colour="green")
    line(ax, Phi, now.output, colour="vermilion")
    early = border < 0.7  # is there more room to the right of it?
    side = 1 if early else -1
    line(ax, [border] * 2, [0, 1.02 * (K + 1)], colour="ink", dash=2, linewidth=1.4)
    label_line(
        ax, border, 1.15 * (K + 1), f"region 2 from\nΦ = {border:.3g}", offset=(5 * side, -1),
        ha="left" if early else "right", va="top", fontsize=9,
    )  # fmt: skip
    dots(ax, peak.Phi, peak.wage, colour="green")
    label_line(
        ax, peak.Phi, peak.wage, f"highest at\nΦ = {peak.Phi:.3f}", "green", fontsize=9,
        offset=(0, -13) if early else (-12, 3), ha="center" if early else "right",
        va="top" if early else "bottom",
    )  # fmt: skip
    below = 0.4 * float(ks.equilibrium(K, 0.55 * border, params).wage)
    label_line(ax, 0.55 * border, below, "wage bill wL", "green", offset=(0, 0), ha="center")
    within = (1 + border) / 2, 1 + (0.5 if early else 0.8) * K
    start = within if early else (0.34, within[1])
    if not early:
        line(ax, [0.49, within[0]], [start[1]] * 2, colour="vermilion", linewidth=1)
    label_line(
        ax, *start, "capital\nreturns RK", "vermilion", offset=(0, 0), ha="center", va="center"
    )
    share_axis(ax, label="share of automated tasks Φ")
    ax.set(title=f"K = {K:g}, L = 1, σ = {sigma:g}", ylim=(0, 1.16 * (K + 1)))


def peaks(K: FloatArray, sigma: FloatArray) -> FloatArray:
    """log κ at the wage's peak for each K and σ; unlike Φ itself it is smooth in their logs."""
    out = np.empty(len(K))
    for one in np.unique(sigma):
        found = ks.wage_peak(K[sigma == one], ks.Parameters(sigma=one))
        out[sigma == one] = np.log(found.Phi / found.unautomated)
    return out


log_odds = Symbol("log_odds", real=True)  # what ``peaks`` gives: the one thing a page interpolates
peak = 1 / (1 + exp(-log_odds))

# Factor price frontier (Figures 4 and 5) ----------------------------------------------------------


def _on_the_way(K: Any, Phi: Any, now: Any, peak: Any, top: Any) -> dict[str, Any]:
    """Where the economy is, and the highest wage on its way; for arrays or symbols."""
    w, R = now
    return {
        "w": w,
        "R": R,
        "labor_share": w / (w + R * K),
        "w_peak": top[0],
        "R_peak": top[1],
        "border": K / (1 + K),
        "scarce": K / (1 + K) - Phi,
        "peak": peak,
        "rising": peak - Phi,
        "whole": Phi - 0.9999,
    }


def _frontier(A: FloatArray, sigma: FloatArray, K: FloatArray, Phi: FloatArray) -> dict[str, Any]:
    """The frontier at (A, σ, Φ), the path of automation at (A, σ, K), and where the economy is."""
    mixed, a, s = np.clip(Phi, 1e-15, 1 - 1e-9)[:, None], A[:, None], sigma[:, None]
    # Along the frontier log w/R runs from 0 to 8; the economy is there at K/L = κ (w/R)^σ.
    ratio = np.exp(8 * np.linspace(0, 1, 61) * (Phi < 1)[:, None])
    w, R = by_library(mixed / (1 - mixed) * ratio**s, mixed, s, a)
    share, log_odds = along_path(K)[:, :109], peaks(K, sigma)
    w_way, R_way = by_library(K[:, None], share, s, a)
    peak = 1 / (1 + np.exp(-log_odds))
    now, top = by_library(K, Phi, sigma, A), by_library(K, peak, sigma, A)
    found = _on_the_way(K, Phi, now, peak, top)
    worlds = [ks.Parameters(sigma=x, A=1) for x in sigma]
    highest = np.array([ks.maximal_wage(x, p) for x, p in zip(Phi, worlds, strict=True)])
    return found | {
        "s": sigma,
        "R_frontier": R,
        "w_frontier": w,
        "share": share,
        "R_way": R_way,
        "w_way": w_way,
        "limit": A * highest,
        "bounded": np.where(sigma < 1, 1000 - highest, -1),
        "unbounded": np.where(sigma >= 1, Phi * (1 - Phi), -1),
        "log_odds": log_odds,
        "falling": np.minimum(found["scarce"], Phi - peak),
        "diagonal": np.geomspace(0.4, 1.9, 25)[None, :],
    }


def _frontier_formulas() -> dict[str, Expr]:
    mixed, share = Max(1e-15, Min(Phi, 1 - 1e-9)), path.subs(u, 0.9 * u)
    ratio = exp(8 * u * Piecewise((1, Phi < 1), (0, True)))
    w, R = equations.prices(mixed / (1 - mixed) * ratio**s, S.One, mixed, A, s)
    w_way, R_way = by_equations(share, A)
    found = _on_the_way(K, Phi, by_equations(Max(1e-12, Phi), A), peak, by_equations(peak, A))
    highest = equations.highest_wage(Phi, S.One, s)
    return (
        {"s": s_formula}
        | found
        | {
            "R_frontier": R,
            "w_frontier": w,
            "share": share,
            "R_way": R_way,
            "w_way": w_way,
            "limit": A * highest,
            "bounded": Piecewise((1000 - highest, sigma < 1), (-1, True)),
            "unbounded": Piecewise((Phi * (1 - Phi), sigma >= 1), (-1, True)),
            "falling": Min(border - Phi, Phi - peak),
        }
    )


#: The factor price frontier and the automation path on it, Figures 4 and 5.
frontier = Explorer(
    name="factor-price-frontier",
    title="The factor price frontier and the path of automation",
    alt=(
        "Wage against rental rate. A falling curve, the factor price frontier, ends where both "
        "prices equal A; a hump-shaped dashed curve shows how prices move along with automation "
        "at a given capital-labour ratio; a dot marks the economy, a diamond the highest wage."
    ),
    panels={
        "main": Panel(
            xlabel="rental rate R", ylabel="wage w (log scale)", xlim=(-0.02, 1.9),
            ylim=(0.4, 40), yscale="log", yticks=[0.5, 1, 2, 5, 10, 20, 40],
        )
    },
    controls={
        "A": Slider("Productivity A", 0.7, 1.7, 1.0, nodes=2),
        "sigma": Slider("Elasticity of substitution σ", 0.1, 3, 0.5, scale="log", nodes=13),
        "K": Slider("Capital per worker K/L", 0.3, 30, 4, scale="log", format=".3g", nodes=9),
        "Phi": Slider("Share of automated tasks Φ", 0, 1, 0.5, nodes=2),
    },
    compute=_frontier,
    formulas=_frontier_formulas(),
    marks=[
        Line("main", "diagonal", "diagonal", colour="muted", dash=2, width=1.2, label="w = R"),
        Line("main", "R_way", "w_way", colour="vermilion", dash=3, label="path of automation"),
        Line("main", "R_frontier", "w_frontier", label="frontier", reference=True),
        Points("main", "A", "A", colour="blue", marker="s", name="w = R = A"),
        Points("main", "R_peak", "w_peak", colour="vermilion", marker="d", name="highest wage"),
        Points("main", "R", "w", label="the economy"),
    ],
    sentence=[
        Clause("Labour is not scarce (region 2): both factors earn A = {A:.3g}.", unless="scarce"),
        Clause(
            "Labour is scarce (region 1): it earns {w:.3g}, capital {R:.2f}, and the labour share "
            "is {labor_share:.0%}.",
            when="scarce",
        ),
        Clause("On this frontier no wage exceeds {limit:.3g}.", when="bounded", unless="whole"),
        Clause("On this frontier wages have no upper bound (σ ≥ 1).", when="unbounded"),
        Clause("With all tasks automated the frontier is a single point.", when="whole"),
        Clause(
            "At this K/L region 2 began at Φ = {border:.2f}; more automation changes nothing.",
            unless="scarce",
        ),
        Clause("More automation raises the wage until Φ = {peak:.2f}.", when="rising"),
        Clause(
            "More automation lowers the wage, down to {A:.3g} from Φ = {border:.2f} on.",
            when="falling",
        ),
    ],
    caption=(
        "Solid: the prices that this technology allows. Dash-dotted: the prices that automation "
        "passes through at this K/L, from w = A, R = 0; diamond: the highest wage on the way. "
        "Square: w = R = A. Grey: the frontier at Φ = 0.5, σ = 0.5, A = 1. Try: raise Φ and watch "
        "the frontier turn around the square."
    ),
    columns={
        "frontier: rental rate R": "R_frontier",
        "frontier: wage w": "w_frontier",
        "path: automated share": "share",
        "path: rental rate R": "R_way",
        "path: wage w": "w_way",
    },
    presets={
        "Start": {"A": 1.0, "sigma": 0.5, "K": 4, "Phi": 0.5},
        "Figure 4: more productive": {"A": 1.5, "sigma": 0.5, "K": 4, "Phi": 0.5},
        "Figure 5: past the peak": {"A": 1.0, "sigma": 0.5, "K": 4, "Phi": 0.7},
        "Collapse: all automated": {"A": 1.0, "sigma": 0.5, "K": 4, "Phi": 1.0},
    },
    reference="Start",
    play="Phi",
)  # fmt: skip


# Earnings under automation (Figure 6) -------------------------------------------------------------


def _split(K: Any, share: Any, prices: tuple[Any, Any]) -> dict[str, Any]:
    """Output and its parts along the path, as such and relative to the end; arrays or symbols."""
    (w, R), end = prices, K + 1
    Y = w + R * K
    return {
        "share": share,
        "Y": Y,
        "bill": w,
        "returns": R * K,
        "labor_share": w / Y,
        "output_part": Y / end,
        "bill_part": w / end,
    }


def _at_the_top(K: Any, peak: Any, high: Any) -> dict[str, Any]:
    """The highest wage, and what becomes of it."""
    return {
        "peak": peak,
        "border": K / (K + 1),
        "multiple": K + 1,
        "high": high,
        "high_part": high / (K + 1),
        "fall": 1 - 1 / high,
    }


def _earnings(sigma: FloatArray, K: FloatArray) -> dict[str, Any]:
    share, log_odds = along_path(K), peaks(K, sigma)
    peak = 1 / (1 + np.exp(-log_odds))
    curves = _split(K[:, None], share, by_library(K[:, None], share, sigma[:, None]))
    top = _at_the_top(K, peak, by_library(K, peak, sigma)[0])
    return curves | top | {"log_odds": log_odds, "s": sigma}


def _earnings_formulas() -> dict[str, Expr]:
    top = _at_the_top(K, peak, by_equations(peak)[0])
    return {"s": s_formula} | _split(K, path, by_equations(path)) | top


#: Wage bill and capital returns as automation rises, Figure 6.
earnings = Explorer(
    name="factor-earnings",
    title="What labour and capital earn as automation rises",
    alt=(
        "Output against the share of automated tasks, split into the wage bill below and capital "
        "returns above. The wage bill rises, peaks and falls back to its start; capital returns "
        "take the difference; a dotted line marks where region 2 begins."
    ),
    panels={
        "main": Panel(
            xlabel="share of automated tasks Φ", ylabel="output, relative to its final level",
            ylim=(0, 1.1), yticks={0: "0%", 0.25: "25%", 0.5: "50%", 0.75: "75%", 1: "100%"},
        )
    },
    controls={
        "sigma": Slider("Elasticity of substitution σ", 0.1, 3, 0.5, scale="log", nodes=13),
        "K": Slider("Capital per worker K/L", 0.25, 30, 1, scale="log", format=".3g", nodes=9),
    },
    compute=_earnings,
    formulas=_earnings_formulas(),
    marks=[
        Area("main", "share", 0, "bill_part", colour="green", opacity=0.3, label="wage bill"),
        Area(
            "main", "share", "bill_part", "output_part", colour="vermilion", opacity=0.2,
            hatch="//", label="capital returns",
        ),
        Rule("main", x="border", colour="ink", name="region 2"),
        Line("main", "share", "bill_part", colour="green", name="wage bill", reference=True),
        Line("main", "share", "output_part", colour="vermilion", name="output", reference=True),
        Points("main", "peak", "high_part", colour="green", name="highest wage"),
        Label("main", "{high:.3g} times the first wage", "peak", "high_part", colour="green"),
    ],
    sentence=(
        "Wages are highest where {peak:.0%} of tasks are automated, at {high:.3g} times their "
        "start; from Φ = {border:.3f} on they are back where they began, {fall:.0%} below the "
        "peak. Full automation multiplies output by {multiple:.3g}, of which capital receives "
        "{border:.0%}."
    ),
    caption=(
        "A = L = 1. Dot: the highest wage bill; dotted line: the border of region 2. Grey dashes: "
        "output and wage bill of Figure 6a. Try: raise K/L at a low σ."
    ),
    columns={
        "automated share": "share",
        "output Y": "Y",
        "wage bill wL": "bill",
        "capital returns RK": "returns",
        "labour share": "labor_share",
    },
    presets={"Figure 6a": {"K": 1, "sigma": 0.5}, "Figure 6b": {"K": 10, "sigma": 0.2}},
    reference="Figure 6a",
    play="K",
    goal=Goal(
        "Keep σ at 0.5 and find the K/L at which labour loses half of what it earns at the peak.",
        of="fall", low=0.495, high=0.505,
        reached="At σ = {sigma:.2f} and K/L = {K:.3g} the wage falls by {fall:.1%} from its peak.",
    ),
)  # fmt: skip
