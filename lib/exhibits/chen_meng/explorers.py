"""The explorers of the part: the map of the regimes, and what moments can and cannot tell.

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
from aiecon.chen_meng.moments import moments, ridge, standard_errors, targets_with, values
from aiecon.chen_meng.parameters import Parameters, read_only
from aiecon.validation import FloatArray
from exhibits.chen_meng.figures_moments import fitted
from exhibits.chen_meng.figures_regimes import bars
from exhibits.explorer import Choice, Explorer, Slider
from exhibits.plotting import PALETTE, BookFigure

__all__ = ["flat_direction", "regimes"]

_XI = np.linspace(0, 0.8, 17)
_PEOPLE = 3000


@cache
def _border(Omega: float) -> FloatArray:
    border = boundary_ratio(_XI, Parameters(Omega=Omega), n=_PEOPLE)
    read_only(border)
    return border


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


# What five moments leave open --------------------------------------------------------------------

_RATIOS = (0.3, 0.5, 0.7, 0.9, 1.2, 1.5, 2.2, 3.0, 5.0, 8.0)
_ALONG = "moves along the flat direction"
_HELD = "stays at its estimate"


@cache
def _sharing(way: str, ratio: float) -> float:
    """ξ at this η₁/η₀: the value with the same m₄, or the estimate with m₆ = +0.01."""
    centre = fitted(0.01).params
    return float(ridge(ratio, centre, n=_PEOPLE)[0]) if way == _ALONG else centre.xi


@cache
def _moments(way: str, ratio: float) -> FloatArray:
    centre = replace(fitted(0.01).params, xi=_sharing(way, ratio))
    found = moments(with_ratio(centre, ratio))
    read_only(found)
    return found


def _misfit(way: str, ratio: float, delta: float) -> FloatArray:
    """Model less target in standard errors of the target."""
    targets = targets_with(delta)
    return (_moments(way, ratio) - values(targets)) / standard_errors(targets)


def draw_flat_direction(figure: BookFigure, way: str, delta: float, ratio: float) -> None:
    """Left how well the six targets are met, right the change of the Gini along the way."""
    left, right = figure.subplots(1, 2, width_ratios=(1, 1.1))
    misfit = np.clip(_misfit(way, ratio, delta), -4, 4)
    left.fill_betweenx([-1, 6], -1.96, 1.96, color=PALETTE["faint"], alpha=0.45, linewidth=0)
    left.plot([0, 0], [-1, 6], color=PALETTE["muted"], linewidth=1)
    left.plot(misfit[:5], np.arange(5), "o", color=PALETTE["ink"], markersize=8)
    left.plot(misfit[5:], [5], "s", color=PALETTE["purple"], markersize=9)
    left.set_yticks(range(6), ["m₁", "m₂", "m₃", "m₄", "m₅", "m₆"])
    left.set_xticks([-4, -2, 0, 2, 4], ["≤ −4", "−2", "0", "2", "≥ 4"])
    left.set(xlim=(-4.4, 4.4), ylim=(5.6, -0.6), xlabel="misfit, standard errors")
    place = np.log10(_RATIOS)
    right.plot(place, [_moments(way, r)[5] for r in _RATIOS], color=PALETTE["ink"])
    right.plot([-1, 1], [0, 0], color=PALETTE["muted"], linewidth=1)
    right.plot([-1, 1], [delta, delta], color=PALETTE["purple"], linestyle=(0, (4, 3)))
    now = _moments(way, ratio)[5]
    right.plot([np.log10(ratio)], [now], "o", color=PALETTE["purple"], markersize=10)
    right.set_xticks(np.log10([0.3, 1, 3]), ["0.3", "1", "3"])
    right.set(xlim=(-0.6, 0.98), ylim=(-0.04, 0.06), xlabel="η₁/η₀", ylabel="ΔGini")


def describe_flat_direction(way: str, delta: float, ratio: float) -> str:
    """Which targets are met, and what the Gini does."""
    misfit = _misfit(way, ratio, delta)
    missed = [f"m{'₁₂₃₄₅₆'[j]}" for j in range(6) if abs(misfit[j]) > 1.96]
    if not missed:
        said = "All six targets are met"
    else:
        joined = " and ".join(missed)
        said = f"{joined} {'is' if len(missed) == 1 else 'are'} missed by more than 1.96"
        said += " standard errors"
    return (
        f"η₁/η₀ = {ratio:g} with ξ = {_sharing(way, ratio):.3f}: ΔGini = "
        f"{_signed(_moments(way, ratio)[5])}. {said}; the criterion is {np.sum(misfit**2):.1f}."
    )


def flat_direction_data(way: str, delta: float, ratio: float) -> dict[str, Any]:
    """Rent sharing, change of the Gini and criterion at each η₁/η₀."""
    return {
        "eta1 over eta0": np.array(_RATIOS),
        "rent-sharing elasticity": np.array([_sharing(way, r) for r in _RATIOS]),
        "change of the Gini": np.array([_moments(way, r)[5] for r in _RATIOS]),
        "criterion": np.array([np.sum(_misfit(way, r, delta) ** 2) for r in _RATIOS]),
    }


#: What the first five moments cannot tell, and the sixth can.
flat_direction = Explorer(
    name="cm-flat-direction",
    title="Which moments see the sign?",
    alt=(
        "Left: for each of six moments a dot at its misfit from −4 to 4 standard errors, a grey "
        "band from −1.96 to 1.96. Right: the change of the Gini against proprietary over commodity "
        "AI, a rising curve that crosses zero, with a dot at the chosen economy and a dashed line "
        "at the target of the sixth moment."
    ),
    draw=draw_flat_direction,
    controls={
        "way": Choice("Rent sharing ξ", {_ALONG: _ALONG, _HELD: _HELD}, default=_ALONG),
        "delta": Choice(
            "Target m₆, the change of the Gini",
            {"0.01 up": 0.01, "0.01 down": -0.01},
            default="0.01 up",
        ),
        "ratio": Slider("Proprietary over commodity AI, η₁/η₀", list(_RATIOS), default=2.2),
    },
    describe=describe_flat_direction,
    data=flat_direction_data,
    caption=(
        "A stylised reconstruction of the mechanism. Try: move η₁/η₀ along the flat direction and "
        "watch which dots stay where they are; then hold ξ and see the fourth move as well."
    ),
    presets={
        "Concentrating": {"way": _ALONG, "delta": "0.01 up", "ratio": 2.2},
        "Levelling": {"way": _ALONG, "delta": "0.01 down", "ratio": 0.9},
        "The wrong sign": {"way": _ALONG, "delta": "0.01 down", "ratio": 5.0},
        "ξ held": {"way": _HELD, "delta": "0.01 up", "ratio": 5.0},
    },
    size=(6.8, 3.4),
)
