"""The explorer of the part: the map of the regimes with a movable point and its decomposition.

>>> regimes.description()[:22]
'ΔGini = −0.008: AI lev'
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from aiecon.chen_meng.boundary import boundary_ratio, with_ratio
from aiecon.chen_meng.decomposition import Decomposition, decompose
from aiecon.chen_meng.figures_regimes import bars
from aiecon.chen_meng.parameters import Parameters
from aiecon.explorer import Choice, Explorer, Slider
from aiecon.figures import PALETTE, BookFigure
from aiecon.validation import FloatArray

__all__ = ["regimes"]

_XI = np.linspace(0, 0.8, 17)
_PEOPLE = 3000


@cache
def _border(Omega: float) -> FloatArray:
    return boundary_ratio(_XI, Parameters(Omega=Omega), n=_PEOPLE)


@cache
def _border_at(xi: float, Omega: float) -> float:
    return float(boundary_ratio(xi, Parameters(Omega=Omega), n=_PEOPLE))


@cache
def _parts(xi: float, ratio: float, Omega: float) -> Decomposition:
    return decompose(with_ratio(replace(Parameters(), xi=xi, Omega=Omega), ratio), n=_PEOPLE)


def draw_regimes(figure: BookFigure, Omega: float, xi: float, ratio: float) -> None:
    """The boundary with the point on the left, the parts of ΔGini on the right."""
    left, right = figure.subplots(1, 2, width_ratios=(1, 1.05))
    border = np.log10(np.minimum(_border(Omega), 1e3))  # drawn faster than a logarithmic axis
    left.fill_between(_XI, border, 2, color=PALETTE["vermilion"], alpha=0.14, linewidth=0)
    left.fill_between(_XI, -2, border, color=PALETTE["blue"], alpha=0.14, linewidth=0)
    left.plot(_XI, border, color=PALETTE["ink"])
    left.plot([xi], [np.log10(ratio)], "o", color=PALETTE["purple"], markersize=11)
    left.set_yticks([-1, 0, 1], ["0.1", "1", "10"])
    left.set_xticks([0, 0.4, 0.8], ["0", "0.4", "0.8"])
    left.text(0.03, 1.35, "concentrating", color=PALETTE["ink"])
    left.text(0.45, -0.85, "levelling", color=PALETTE["ink"])
    left.set(xlim=(0, 0.8), ylim=(-1.1, 1.6), xlabel="rent sharing ξ", ylabel="η₁/η₀")
    parts = _parts(xi, ratio, Omega)
    bars(right, parts.shapley, parts.total)
    right.set(xlim=(-0.06, 0.14), xlabel="change of the Gini")
    right.set_xticks([-0.05, 0, 0.1], ["−0.05", "0", "0.1"])


def describe_regimes(Omega: float, xi: float, ratio: float) -> str:
    """The regime, the parts, and how far the border is."""
    parts, border = _parts(xi, ratio, Omega), _border_at(xi, Omega)
    regime = "AI levels" if parts.total < 0 else "AI concentrates"
    text = (
        f"ΔGini = {_signed(parts.total)}: {regime}. Within tasks {_signed(parts.within_task)}, "
        f"between firms {_signed(parts.between_firm)}, capital {_signed(parts.capital)}."
    )
    if np.isinf(border):
        return f"{text} With this rent sharing AI levels whatever η₁/η₀."
    return f"{text} With this rent sharing the sign changes at η₁/η₀ = {border:.2g}."


def _signed(x: float) -> str:
    text = f"{x:+.3f}".replace("-", "−")
    return "0.000" if text[1:] == "0.000" else text


def regimes_data(Omega: float, xi: float, ratio: float) -> dict[str, Any]:
    """The boundary, point by point (infinite where AI levels at any ratio)."""
    return {
        "rent-sharing elasticity": _XI,
        "eta1 over eta0 at which the Gini stays": _border(Omega),
    }


#: The map of the two regimes with a movable point and its decomposition.
regimes = Explorer(
    name="cm-regimes",
    title="Which regime?",
    alt=(
        "Left: a map with rent sharing from 0 to 0.8 across and proprietary over commodity AI from "
        "0.1 to 40 upwards, logarithmic; a rising border parts a lower region, levelling, from an "
        "upper one, concentrating, and a dot marks the chosen economy. Right: bars for what "
        "homogenisation, screening, education, firms' pay and owners add to the Gini, and their "
        "sum."
    ),
    draw=draw_regimes,
    controls={
        "Omega": Choice(
            "Ownership: the richest tenth holds",
            {"80% of AI": 0.8, "90% of AI": 0.9, "95% of AI": 0.95},
            default="90% of AI",
        ),
        "xi": Slider("Rent sharing ξ", [0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8], default=0.2),
        "ratio": Slider(
            "Proprietary over commodity AI, η₁/η₀", [0.1, 0.25, 0.5, 1, 2, 5, 20], default=1
        ),
    },
    describe=describe_regimes,
    data=regimes_data,
    caption=(
        "A stylised reconstruction of the mechanism, not the paper's figure. Below the line AI "
        "lowers the Gini of income, above it raises it. Try: keep the point where it is and move "
        "only ownership; then find the rent sharing at which η₁/η₀ = 5 levels."
    ),
    presets={
        "Levelling": {"Omega": "90% of AI", "xi": 0.2, "ratio": 0.25},
        "Concentrating": {"Omega": "90% of AI", "xi": 0.2, "ratio": 5},
        "The same, rents shared": {"Omega": "90% of AI", "xi": 0.65, "ratio": 5},
        "The same, owned more widely": {"Omega": "80% of AI", "xi": 0.2, "ratio": 2},
    },
    size=(6.8, 3.6),
)
