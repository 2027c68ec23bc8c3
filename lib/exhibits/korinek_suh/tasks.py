"""The chapter on tasks: its explorer, and closed forms that those of factor prices share.

>>> scarcity.description(K=3, Phi=0.9).split(".")[0]
'Region 2: labour is not scarce, from Φ = 0'
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from sympy import Eq, Expr, Max, Min, Piecewise, S, Symbol, symbols

from aiecon import korinek_suh as ks
from aiecon.korinek_suh import equations
from aiecon.validation import FloatArray
from exhibits.explorer import Area, Bet, Clause, Explorer, Label, Line, Panel, Points, Rule, Slider

__all__ = ["scarcity"]

# An economy twice: by the library, and by the equations as printed, in symbols; L = 1 -------------

A, sigma, s, K, Phi = symbols("A sigma s K Phi", positive=True)
u = Symbol("u", nonnegative=True)  # from 0 to 1 over the points of a curve
#: σ, but right beside 1 where it is 1: there the printed equations have no value, only a limit.
s_formula = Piecewise((1 + 1e-6, Eq(sigma, 1)), (sigma, True))

border = K / (1 + K)
_rising, _beyond = Min(1, u / 0.9), Max(0, (u - 0.9) / 0.1)
#: Automated shares from (almost) 0 to the border, closer together at both ends, and on to 1.
path = Max(1e-12, border * (1 - (1 - _rising**2) ** 3)) + (1 - border) * _beyond


def along_path(K: FloatArray) -> FloatArray:
    """``path``, a row for each K."""
    u, border = np.linspace(0, 1, 121), (K / (1 + K))[:, None]
    rising = border * (1 - (1 - np.minimum(1, u / 0.9) ** 2) ** 3)
    return np.maximum(1e-12, rising) + (1 - border) * np.maximum(0, (u - 0.9) / 0.1)


def by_library(
    K: ArrayLike, Phi: ArrayLike, sigma: ArrayLike, A: ArrayLike = 1.0
) -> tuple[Any, Any]:
    """w and R, broadcast over all."""
    now = ks.equilibrium(K, Phi, ks.Parameters(sigma=sigma, A=A))
    return now.wage, now.rental_rate


def by_equations(Phi: Expr, A: Expr = S.One) -> tuple[Expr, Expr]:
    """w and R; beyond the border as on it, where capital is in a mass K/(K + 1) of tasks."""
    return equations.prices(K, S.One, Min(Phi, border), A, s)


# Automation and the scarcity of labour (Figure 3) -------------------------------------------------


def _blocks(K: Any, Phi: Any, mass: Any, prices: tuple[Any, Any]) -> dict[str, Any]:
    """Numbers, for arrays or symbols, where capital does a ``mass`` of tasks."""
    (w, R), k, ell = prices, K / mass, 1 / (1 - mass)
    Y = w + R * K
    return {
        "k": k,
        "ell": ell,
        "high": k / (K + 1),
        "low": ell / (K + 1),
        "moved": (Phi - mass) * (K + 1),
        "w": w,
        "R": R,
        "Y": Y,
        "labor_share": w / Y,
        "border": K / (K + 1),
        "scarce": K / (K + 1) - Phi,
    }


def _scarcity(sigma: FloatArray, K: FloatArray, Phi: FloatArray) -> dict[str, Any]:
    """Blocks of inputs at Φ, prices while Φ runs from 0 to 1."""
    mass, share = np.minimum(Phi, K / (1 + K)), along_path(K)
    w_way, R_way = by_library(K[:, None], share, sigma[:, None])
    return _blocks(K, Phi, mass, by_library(K, Phi, sigma)) | {
        "s": sigma,
        "in_capital": mass[:, None] * [0, 1],
        "in_labor": mass[:, None] + (1 - mass)[:, None] * [0, 1],
        "share": share,
        "w_way": w_way,
        "R_way": R_way,
    }


def _scarcity_formulas() -> dict[str, Expr]:
    mass, (w_way, R_way) = Min(Phi, border), by_equations(path)
    return (
        {"s": s_formula}
        | _blocks(K, Phi, mass, by_equations(Phi))
        | {
            "in_capital": mass * u,
            "in_labor": mass + (1 - mass) * u,
            "share": path,
            "w_way": w_way,
            "R_way": R_way,
        }
    )


#: What tasks take and what factors earn, Figure 3.
scarcity = Explorer(
    name="scarcity-of-labour",
    title="Automation and the scarcity of labour",
    alt=(
        "Left: tasks side by side, a hatched block of capital over the automated ones and a plain "
        "block of labour over the others; block heights are inputs per task, a dotted line marks "
        "capital plus labour. Right: the wage and the rental rate against the share of automated "
        "tasks; they meet in a kink where labour stops being scarce, and are level from there on."
    ),
    panels={
        "tasks": Panel(
            "What each task takes", "share of tasks, by complexity", "input, relative to K + L",
            ylim=(0, 4),
        ),
        "prices": Panel(
            "Wage and rental rate (log scale)", "share of automated tasks Φ", "goods a year",
            ylim=(0.05, 30), yscale="log", yticks=[0.1, 0.3, 1, 3, 10, 30],
        ),
    },
    controls={
        "sigma": Slider(
            "Elasticity of substitution σ", 0.1, 3, 0.5, scale="log", nodes=2,
            idle="Where labour is not scarce both factors earn 1, whatever σ is.",
        ),
        "K": Slider("Capital per worker K/L", 0.3, 30, 3, scale="log", format=".3g", nodes=2),
        "Phi": Slider("Share of automated tasks Φ", 0.05, 1, 0.3, nodes=2),
    },
    compute=_scarcity,
    formulas=_scarcity_formulas(),
    marks=[
        Area("tasks", "in_capital", 0, "high", colour="vermilion", hatch="//"),
        Area("tasks", "in_labor", 0, "low", colour="green"),
        Rule("tasks", y=1, label="K + L units in every task"),
        Rule("tasks", x="Phi", colour="ink", dash=1, label="automated to the left of it"),
        Line("tasks", "in_capital", "high", colour="vermilion", name="capital"),
        Line("tasks", "in_labor", "low", colour="green", name="labour"),
        Label("tasks", "capital, {k:.3g}", "in_capital", "high", colour="vermilion"),
        Label("tasks", "labour, {ell:.3g}", "in_labor", "low", colour="green"),
        Rule("prices", x="border", name="labour stops being scarce"),
        Line("prices", "share", "w_way", colour="green", label="wage w"),
        Line("prices", "share", "R_way", colour="vermilion", dash=1, label="rental rate R"),
        Points("prices", "Phi", "w", name="the wage now"),
        Points("prices", "Phi", "R", marker="s", name="the rental rate now"),
    ],
    sentence=[
        Clause(
            "Region 1: labour is scarce until {border:.0%} of tasks are automated. Each automated "
            "task takes {k:.2f} of capital, each other one {ell:.2f} of labour. The wage is "
            "{w:.2f}, the rental rate {R:.2f}; labour receives {labor_share:.0%} of output, "
            "{Y:.2f}.",
            when="scarce",
        ),
        Clause(
            "Region 2: labour is not scarce, from Φ = {border:.2f} on. Every task takes {k:.3g} "
            "units of capital or labour; {moved:.0%} of the workers are in automated tasks. The "
            "wage and the rental rate are both 1, whatever σ is, and labour receives "
            "{labor_share:.0%} of output, {Y:.3g}.",
            unless="scarce",
        ),
    ],
    caption=(
        "A = L = 1. The areas of the two blocks are capital and labour; black dashes separate "
        "automated tasks from the others. Try: raise Φ until the blocks are level, then move σ."
    ),
    columns={
        "automated share": "share",
        "wage w": "w_way",
        "rental rate R": "R_way",
        "input per automated task": "k",
        "input per other task": "ell",
        "labour in automated tasks": "moved",
        "output Y": "Y",
        "labour share": "labor_share",
    },
    presets={
        "Figure 3: before": {"sigma": 0.5, "K": 3, "Phi": 0.3},
        "Figure 3: after": {"sigma": 0.5, "K": 3, "Phi": 0.6},
        "On the border": {"sigma": 0.5, "K": 3, "Phi": 0.75},
        "Beyond it": {"sigma": 0.5, "K": 3, "Phi": 0.9},
    },
    play="Phi",
    bet=Bet(
        "With three units of capital for each worker labour stops being scarce before the last "
        "task. With three times as many?",
        ("Never, not even with the last task", "Once nine tenths are automated", "As before"),
        "Once nine tenths are automated",
        "Labour is scarce while there is more capital per worker than there are automated tasks "
        "per task left to people. With nine units that is up to Φ = 0.9.",
    ),
)  # fmt: skip
