"""Explorers: a phase portrait whose starting point the reader moves, and roots of the full model.

>>> phase_portrait.description(economy="Slow job finding")[:43]
'A and H circle the point where both rest (A'
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from aiecon.validation import FloatArray
from aiecon.wang_wong import (
    Parameters,
    cycle,
    eigenvalues,
    employment_nullcline,
    lotka_volterra,
    simple_path,
    steady_states,
)
from exhibits.explorer import Choice, Explorer, Slider
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line

__all__ = ["full_roots", "phase_portrait"]

#: Name of the economy, its parameters, and whether the labour market damps the cycle.
_ECONOMIES: dict[str, tuple[Parameters, bool]] = {
    "Calibration": (Parameters(), True),
    "Slow job finding": (Parameters(alpha=0.2, mu=1.5, sigma=0.05, A_0=1.0), True),
    "Very slow job finding": (Parameters(alpha=0.06, mu=1.5, sigma=0.05, A_0=1.0), True),
    "No damping": (Parameters(alpha=0.2, mu=1.5, sigma=0.05, A_0=1.0), False),
}
_YEARS = 30.0
_A_0 = Parameters().A_0
_TIMES = np.linspace(0.0, _YEARS, 121)


@cache
def _points(economy: str, A: float, H: float) -> tuple[FloatArray, FloatArray]:
    """A and H every quarter of a year; the undamped path by the midpoint rule in small steps."""
    params, damped = _ECONOMIES[economy]
    if damped:
        path = simple_path(params, A, H, _YEARS, tol=1e-8)
        return path.capability(_TIMES), path.employment(_TIMES)
    orbit = lotka_volterra(params, A, H, _YEARS, 0.05)
    return orbit.capability[::5], orbit.employment[::5]


def draw_portrait(figure: BookFigure, economy: str, A: float, H: float) -> None:
    """Nullclines, the path from the chosen start with a dot every five years, the steady state."""
    ax = figure.subplots()
    params, damped = _ECONOMIES[economy]
    grid = np.linspace(0.0, 2.5, 60)
    rest = steady_states(params, "simple").some_ai
    ax.plot([0, 2.5], [rest.employment] * 2, color=PALETTE["green"], linestyle=DASHES[3])
    if damped:
        still = grid, employment_nullcline(grid, params)
    else:
        still = np.full(60, rest.capability), np.linspace(0, 1.2, 60)
    ax.plot(*still, color=PALETTE["vermilion"], linestyle=DASHES[1])
    A_t, H_t = _points(economy, A, H)
    ax.plot(A_t, H_t, color=PALETTE["blue"], linewidth=1.6)
    ax.plot(A_t[::20], H_t[::20], "o", color=PALETTE["blue"], markersize=3.5)
    ax.plot([A], [H], "s", color=PALETTE["ink"], markersize=8)
    ax.plot([rest.capability], [rest.employment], "o", color=PALETTE["ink"], markersize=7)
    label_line(ax, 2.5, rest.employment, "Ȧ = 0", "green", ha="right")
    x, y = (2.2, float(employment_nullcline(2.2, params))) if damped else (rest.capability, 1.05)
    label_line(ax, x, y, "Ḣ = 0", "vermilion")
    ax.set(xlim=(0, 2.5), ylim=(0, 1.2), xlabel="AI capability A", ylabel="employment H")


def describe_portrait(economy: str, A: float, H: float) -> str:
    """What the path does, in words."""
    params, damped = _ECONOMIES[economy]
    rest = steady_states(params, "simple").some_ai
    _, H_t = _points(economy, A, H)
    low = int(np.argmin(H_t))
    range_ = (
        f"Employment falls to {H_t[low]:.0%} after {_TIMES[low]:.3g} years"
        if low
        else f"Employment never falls below its start, {H:.0%}"
    )
    where = f"(A = {rest.capability:.2f}, H = {rest.employment:.0%})"
    if not damped:
        return (
            f"A and H circle the point where both rest {where} for ever. Employment swings "
            f"between {H_t.min():.0%} and {H_t.max():.0%}. Hirings do not depend on how many are "
            "out of work, so nothing keeps employment below one."
        )
    found = cycle(params)
    if np.isfinite(found.period):
        return (
            f"A and H circle the point where both rest {where}, once in {found.period:.1f} years, "
            f"and halve their distance every {found.half_life:.1f} years. {range_}."
        )
    return (
        f"A and H go to the point where both rest {where} without circling, the last part slowly: "
        f"the distance halves every {found.half_life:.1f} years. {range_}."
    )


def portrait_data(economy: str, A: float, H: float) -> dict[str, Any]:
    """The path, every quarter of a year."""
    A_t, H_t = _points(economy, A, H)
    return {"years": _TIMES, "capability A": A_t, "employment H": H_t}


#: The plane of AI and employment, with a starting point to move.
phase_portrait = Explorer(
    name="ww-phase-portrait",
    title="Predator and prey",
    alt=(
        "Employment H against AI capability A: a horizontal line where AI stands still, a falling "
        "curve where employment stands still, and a path from a square, the chosen start, with a "
        "dot every five years, towards or around the point where line and curve cross."
    ),
    draw=draw_portrait,
    controls={
        "economy": Choice("Economy", {name: name for name in _ECONOMIES}, default="Calibration"),
        "H": Slider("Employment at the start H(0)", [0.2, 0.4, 0.6, 0.8, 0.95], default=0.95),
        "A": Slider(
            "AI at the start A(0)",
            [0.1, 0.25, 0.5, 0.75, 1.0, _A_0, 2.0],
            default=_A_0,
            format="{:.2f}",
        ),
    },
    describe=describe_portrait,
    data=portrait_data,
    caption=(
        "Square: where you start; small dots: every five years, thirty in all; large dot: both "
        "rest. Above the green line AI grows, above the red curve employment falls. Try: start "
        "where everybody works and AI knows little; then take away the damping."
    ),
    presets={
        "The calibration, from today": {"economy": "Calibration", "A": _A_0, "H": 0.95},
        "A spiral": {"economy": "Slow job finding", "A": 1.0, "H": 0.8},
        "Long swings": {"economy": "Very slow job finding", "A": 0.25, "H": 0.6},
        "Lotka and Volterra": {"economy": "No damping", "A": 0.75, "H": 0.6},
    },
)


# Roots of the full model --------------------------------------------------------------------------

#: Labour markets: next to the reference one, and one in which the reported pattern can be found.
_MARKETS: dict[str, Parameters] = {
    "σ = .10, α₀ = 1.9, b = .722": Parameters(sigma=0.1, alpha=1.9, b=0.7219),
    "Slow, few jobs: σ = .05, α₀ = .118, b = .9": Parameters(sigma=0.05, alpha=0.118, b=0.9),
}
_NEIGHBOUR, _FEW = _MARKETS


@cache
def _roots(market: str, theta: float, xi: float, epsilon: float) -> tuple[complex, ...]:
    """The three roots, or none where there is no some-AI steady state."""
    found = eigenvalues(replace(_MARKETS[market], theta=theta, xi=xi, epsilon=epsilon))
    return () if np.isnan(found[0]) else tuple(complex(x) for x in found)


def draw_roots(figure: BookFigure, market: str, theta: float, xi: float, epsilon: float) -> None:
    """The roots in the complex plane; the stable half is on the left."""
    ax = figure.subplots()
    found = _roots(market, theta, xi, epsilon)
    ax.plot([0, 0], [-2.2, 2.2], color=PALETTE["muted"], linewidth=1)
    ax.plot([-20, 20], [0, 0], color=PALETTE["muted"], linewidth=1)
    for stable, marker, colour in ((True, "o", "blue"), (False, "D", "vermilion")):
        shown = [x for x in found if (x.real < 0) == stable]
        ax.plot(
            [x.real for x in shown],
            [x.imag for x in shown],
            marker,
            color=PALETTE[colour],
            markersize=9,
        )
    ax.set_xscale("symlog", linthresh=0.01)
    ticks = [-10, -1, -0.1, -0.01, 0, 0.01, 0.1, 1, 10]
    ax.set_xticks(ticks, ["−10", "−1", "−.1", "", "0", "", ".1", "1", "10"])
    ax.minorticks_off()
    ax.set(
        xlim=(-20, 20),
        ylim=(-2.2, 2.2),
        xlabel="real part, 1/year",
        ylabel="imaginary part, 1/year",
    )


def describe_roots(market: str, theta: float, xi: float, epsilon: float) -> str:
    """How many roots are stable, and what follows."""
    found = _roots(market, theta, xi, epsilon)
    if not found:
        return "There is no some-AI steady state: no roots."
    stable = sum(x.real < 0 for x in found)
    turning = max(x.imag for x in found)
    way = (
        f"paths turn once in {2 * np.pi / turning:.1f} years"
        if turning > 0
        else "paths do not turn"
    )
    verdict = {
        3: "Three stable roots: a continuum of paths leads to the some-AI steady state",
        2: "Two stable roots, as many as there are given states: one path leads to the some-AI "
        "steady state",
    }.get(stable, f"Stable roots: {stable}; from most starts no path leads there")
    largest = f"{max(x.real for x in found):+.4f}".replace("-", "−")
    return f"{verdict}; {way}. The largest real part is {largest} a year."


def roots_data(market: str, theta: float, xi: float, epsilon: float) -> dict[str, Any]:
    """The roots."""
    found = _roots(market, theta, xi, epsilon)
    return {
        "real part (1/year)": np.array([x.real for x in found]),
        "imaginary part (1/year)": np.array([x.imag for x in found]),
    }


#: The roots of the full model at its some-AI steady state.
full_roots = Explorer(
    name="ww-roots",
    title="One path, or a continuum?",
    alt=(
        "The plane of complex numbers with the roots of the full model at its some-AI steady "
        "state: discs on the left, where the real part is negative and the root is stable, a "
        "diamond on the right where it is not; the real axis is logarithmic away from zero."
    ),
    draw=draw_roots,
    controls={
        "market": Choice(
            "Labour market",
            {name: name for name in _MARKETS},
            default=_NEIGHBOUR,
        ),
        "xi": Slider(
            "Elasticity of matches ξ", [0.3, 0.538, 0.765, 0.85], default=0.538, format="{:.3f}"
        ),
        "epsilon": Slider("Productivity of AI ε", [1.069, 3, 6], default=1.069),
        "theta": Slider(
            "Firm's share θ", [0.541, 0.7, 0.85, 0.95, 0.98, 1], default=0.541, format="{:.3f}"
        ),
    },
    describe=describe_roots,
    data=roots_data,
    caption=(
        "Discs: stable roots; diamonds: unstable ones. A and H are given at the start, so two "
        "stable roots select one path. Try: go to the reported point and move every slider, in "
        "search of a third disc; then change the labour market."
    ),
    presets={
        "The calibration": {"theta": 0.541, "xi": 0.538, "epsilon": 1.069},
        "The reported point": {"theta": 1, "xi": 0.765, "epsilon": 6},
        "A continuum": {
            "market": _FEW,
            "theta": 1,
            "xi": 0.765,
            "epsilon": 6,
        },
    },
)
