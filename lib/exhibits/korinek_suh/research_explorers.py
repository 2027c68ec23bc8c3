"""The explorer of the chapter on research.

>>> explosion.description(Phi=0.6, Gamma=0.6, theta=0.5).split(":")[0]
'Growth explodes'
"""

from __future__ import annotations

from typing import Any

import numpy as np

from aiecon.cached import cached
from aiecon.korinek_suh.extensions.research import Ideas, blow_up_excess, growth_type
from aiecon.validation import FloatArray
from exhibits.explorer import Explorer, Reference, Slider, reference_line
from exhibits.korinek_suh.research_figures import draw_surface, kind_of_growth
from exhibits.plotting import PALETTE, BookFigure, share_axis

__all__ = ["explosion"]

_LAST = 100.0


@cached(256)
def _growth(Phi: float, Gamma: float, theta: float) -> tuple[FloatArray, FloatArray]:
    """Dates, dense towards the end, and the growth rate of output, cut at five."""
    path = kind_of_growth(Ideas(Phi, Gamma, theta), _LAST)
    end = min(_LAST, path.last_date)
    t = end * (1 - (1 - np.linspace(0, 1, 61)) ** 3)
    return t, np.minimum(path.growth_of_output(t), 5.0)


def draw_explosion(
    figure: BookFigure, theta: float, Phi: float, Gamma: float, reference: Reference
) -> None:
    """Left the threshold and where the economy is, right the growth rate of output."""
    left, right = figure.subplots(1, 2)
    draw_surface(left, theta)
    left.plot([Phi], [Gamma], "o", color=PALETTE["ink"], markersize=9, clip_on=False)
    share_axis(left, "x", "output tasks automated Φ")
    share_axis(left, "y", "ideas tasks automated Γ")
    left.set_title("Explodes above the line")
    reference_line(right, *_growth(**reference.parameters))
    right.plot(*_growth(Phi, Gamma, theta), color=PALETTE["vermilion"])
    right.set_yscale("log")
    right.set_yticks([0.01, 0.05, 0.2, 1, 5], ["1%", "5%", "20%", "100%", "500%"])
    right.minorticks_off()
    right.set(xlim=(0, _LAST), ylim=(0.008, 5), xlabel="years", title="Growth of output")


def describe_explosion(theta: float, Phi: float, Gamma: float) -> str:
    """The excess over the threshold, the kind of growth and the date, if there is one."""
    ideas = Ideas(Phi, Gamma, theta)
    excess = float(blow_up_excess(Phi, Gamma, theta))
    kind, path = growth_type(ideas), kind_of_growth(ideas, _LAST)
    distance = f"Γ − (1−Φ)(1−θ) = {excess:+.2f}".replace("-0.00", "0.00").replace("+0.00", "0")
    if kind == "type II":
        return (
            f"Growth explodes: {distance}. Output is infinite in year {path.blow_up:,.1f}; at "
            f"first it grows by {path.growth_of_output(0.0):.1%} a year."
        )
    late = path.growth_of_output(_LAST)
    first = path.growth_of_output(0.0)
    now = f"Output grows by {first:.1%} a year at first, {late:.1%} after a century."
    says = {
        "type I": "Growth accelerates without end but at no date is anything infinite (type I)",
        "exponential": "On the threshold growth settles at a constant rate",
        "growth dies out": "Growth dies out",
    }
    return f"{says[kind]}: {distance}. {now}"


def explosion_data(theta: float, Phi: float, Gamma: float) -> dict[str, Any]:
    """The growth rate and the levels, date by date."""
    path = kind_of_growth(Ideas(Phi, Gamma, theta), _LAST)
    t, growth = _growth(Phi, Gamma, theta)
    return {
        "year": t,
        "growth of output (at most 5)": growth,
        "log A": path.log_productivity(t),
        "log K": path.log_capital(t),
        "log Y": path.log_output(t),
    }


#: Where growth explodes, and how it grows.
explosion = Explorer(
    name="ks-research-explosion",
    title="Does growth explode?",
    alt=(
        "Left: the square of automated shares of output and ideas tasks with a falling line, the "
        "threshold, and a dot for the economy. Right: the growth rate of output over 100 years on "
        "a log scale, over a grey line for the start."
    ),
    draw=draw_explosion,
    controls={
        "theta": Slider("Ideas build on ideas θ", [-1, 0, 0.5, 0.8], default=0.5),
        "Phi": Slider("Output tasks automated Φ", [0.2, 0.5, 0.6, 0.8, 1], default=0.6),
        "Gamma": Slider("Ideas tasks automated Γ", [0, 0.1, 0.25, 0.6, 1], default=0.6),
    },
    describe=describe_explosion,
    data=explosion_data,
    caption=(
        "Saving 25%, nine tenths of capital in output, ζ = 0.1; ours. Grey: the start. Try: Φ = 1, "
        "Γ = 0, where growth accelerates without a singularity, then the smallest Γ above it."
    ),
    presets={
        "Start": {"theta": 0.5, "Phi": 0.6, "Gamma": 0.6},
        "On the threshold": {"theta": 0.5, "Phi": 0.5, "Gamma": 0.25},
        "Type I": {"theta": 0.5, "Phi": 1, "Gamma": 0},
        "Ordinary growth": {"theta": 0, "Phi": 0.5, "Gamma": 0.1},
    },
    reference="Start",
    size=(6.8, 3.6),
)
