"""The two regimes: a map on which a reader moves an economy, and its decomposition.

>>> regimes.description()[:42]
'AI levels: it lowers the Gini of income by'
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import sympy as sp
from scipy.interpolate import RectBivariateSpline
from scipy.special import ndtr, ndtri

from aiecon import chen_meng as cm
from exhibits.explorer import Area, Clause, Explorer, Goal, Label, Line, Panel, Points, Rule, Slider

__all__ = ["border", "regimes"]

_PEOPLE = 3000
_XI = np.linspace(0, 0.75, 41)
_XI_NODES = tuple(0.375 * (1 - np.cos(np.pi * np.arange(9) / 8)))  # denser at the ends
_ROWS = {"homogenisation": 5, "screening": 4, "education": 3, "firms": 2, "owners": 1}


@cache
def _border_surface() -> RectBivariateSpline:
    """ln η₁/η₀ at the border over ξ and N⁻¹(Ω), exact at 11 × 9 points."""
    xi, owned = np.linspace(0, 0.75, 11), ndtri(np.linspace(0.5, 0.96, 9))
    economies = [cm.Parameters(Omega=float(Omega)) for Omega in ndtr(owned)]
    exact = [cm.boundary_ratio(xi, economy, n=_PEOPLE) for economy in economies]
    return RectBivariateSpline(xi, owned, np.log(exact).T)


def border(xi: Any, Omega: Any) -> Any:
    """ln η₁/η₀ at which AI leaves the Gini of income as it is, by a spline through exact values.

    >>> exact = cm.boundary_ratio(0.33, cm.Parameters(Omega=0.87), n=3000)
    >>> bool(abs(border(0.33, 0.87) / np.log(exact) - 1) < 2e-3)
    True
    """
    return _border_surface().ev(xi, ndtri(Omega))


def _regimes(Omega: Any, xi: Any, ratio: Any) -> dict[str, Any]:
    """The decomposition of ΔGini at each economy, and the border at its Ω."""
    settings = np.column_stack([Omega, xi, ratio]).tolist()
    parts = [
        cm.decompose(cm.with_ratio(replace(cm.Parameters(), xi=x, Omega=o), r), n=_PEOPLE)
        for o, x, r in settings
    ]
    bars = {name: np.array([part.shapley[name] for part in parts]) for name in _ROWS}
    total = np.array([part.total for part in parts])
    log_border = border(xi, Omega)
    return {
        "grid": _XI[None],
        "line": np.exp(border(_XI, Omega[:, None])),
        **{f"{name}_bar": np.stack([0 * bar, bar], axis=1) for name, bar in bars.items()},
        "total_bar": np.stack([0 * total, total], axis=1),
        "log_border": log_border,
        "border": np.exp(log_border),
        "far": log_border - np.log(1000),
        "rise": total,
        "fall": -total,
        "within": np.array([-part.within_task for part in parts]),
        "firms": bars["firms"],
        "firms_off": -bars["firms"],
        "owners": bars["owners"],
        "owners_off": -bars["owners"],
    }


#: The map of the two regimes with a movable point and its decomposition.
regimes = Explorer(
    name="cm-regimes",
    title="Which regime?",
    alt=(
        "Left: a map with rent sharing from 0 to 0.75 across and proprietary over commodity AI "
        "from 0.08 to 40 upwards, logarithmic; a rising border parts a lower region, levelling, "
        "from an upper one, concentrating, and a dot marks the chosen economy. Right: bars for "
        "what homogenisation, screening, education, firms' pay and owners add to the Gini, and "
        "their sum."
    ),
    panels={
        "map": Panel(
            xlabel="rent sharing ξ",
            ylabel="η₁/η₀",
            xlim=(0, 0.75),
            ylim=(0.08, 40),
            yscale="log",
            yticks=[0.1, 0.3, 1, 3, 10, 30],
        ),
        "parts": Panel(
            xlabel="change of the Gini",
            xlim=(-0.06, 0.2),
            ylim=(-0.6, 5.6),
            yticks={5: "homogenisation", 4: "screening", 3: "education", 2: "firms' pay",
                    1: "owners", 0: "together"},
        ),
    },
    controls={
        "Omega": Slider(
            "The richest tenth of owners holds Ω", 0.5, 0.96, 0.9, nodes=5, breaks=(0.85,)
        ),
        "xi": Slider("Rent sharing ξ", 0, 0.75, 0.2, nodes=_XI_NODES),
        "ratio": Slider("Proprietary over commodity AI, η₁/η₀", 0.1, 20, 1, scale="log", nodes=6),
    },
    compute=_regimes,
    formulas={"border": sp.exp(sp.Symbol("log_border")), "grid": 0.75 * sp.Symbol("u")},
    marks=[
        Area("map", "grid", "line", 40, colour="vermilion", opacity=0.14),
        Area("map", "grid", 0.08, "line", colour="blue", opacity=0.14),
        Line("map", "grid", "line", colour="ink", name="border"),
        Points("map", "xi", "ratio", colour="purple", size=11, name="the economy"),
        Label("map", "concentrating", 0.03, 25.0),
        Label("map", "levelling", 0.5, 0.15),
        *(
            Area("parts", f"{name}_bar", row - 0.31, row + 0.31, opacity=1, name=name,
                 colour="vermilion" if name in ("owners", "firms") else "blue")
            for name, row in _ROWS.items()
        ),
        Area("parts", "total_bar", -0.31, 0.31, colour="ink", opacity=1, name="together"),
        Rule("parts", x=0.0, dash=0, width=1.0, name="no change"),
    ],
    sentence=[
        Clause("AI levels: it lowers the Gini of income by {fall:.3f}.", unless="rise"),
        Clause("AI concentrates: it raises the Gini of income by {rise:.3f}.", when="rise"),
        "Within tasks it takes {within:.3f} off,",
        Clause("firms' pay adds {firms:.3f},", when="firms"),
        Clause("firms' pay takes off {firms_off:.3f},", unless="firms"),
        Clause("owners add {owners:.3f}.", when="owners"),
        Clause("owners take off {owners_off:.3f}.", unless="owners"),
        Clause("Here the sign changes at η₁/η₀ = {border:.2g}.", unless="far"),
        Clause("Here AI levels until η₁/η₀ is above a thousand.", when="far"),
    ],
    columns={
        "rent-sharing elasticity": "grid",
        "eta1 over eta0 at which the Gini stays": "line",
    },
    caption=(
        "A stylised reconstruction of the mechanism, not the paper's figure. Below the line AI "
        "lowers the Gini of income, above it raises it. Try: keep the point where it is and move "
        "only ownership; then find the rent sharing at which η₁/η₀ = 5 levels."
    ),
    presets={
        "Levelling": {"Omega": 0.9, "xi": 0.2, "ratio": 0.25},
        "Concentrating": {"Omega": 0.9, "xi": 0.2, "ratio": 5},
        "The same, rents shared": {"Omega": 0.9, "xi": 0.65, "ratio": 5},
        "The same, owned more widely": {"Omega": 0.8, "xi": 0.2, "ratio": 2},
    },
    play="Omega",
    goal=Goal(
        "AI is strongly proprietary. Leave η₁/η₀ where it is and find who must own it, or what "
        "must be shared, for incomes to be no less equal than before.",
        of="rise",
        low=-0.002,
        high=0.002,
        reached="Here the Gini of income stays: owners add {owners:.3f}, tasks take {within:.3f}.",
    ),
    size=(6.8, 3.6),
)  # fmt: skip
