"""Explorers of the full model: a calibration and its paths; a transfer and what it gains.

>>> calibration.description()[:34]
'Employment falls by 11.6 points in'
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from aiecon.wang_wong import (
    Parameters,
    Transition,
    highest_transfer,
    long_run,
    solve_transition,
    welfare_gain,
)
from exhibits.explorer import Explorer, Reference, Slider, reference_line
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line

__all__ = ["calibration", "subsidy"]

_T = np.concatenate([np.linspace(0, 1.5, 16), np.linspace(1.75, 20, 40)])
_DELTA, _THETA = Parameters().delta, Parameters().theta


@cache
def _path(mu: float, delta: float, epsilon: float, theta: float) -> Transition:
    return solve_transition(Parameters(mu=mu, delta=delta, epsilon=epsilon, theta=theta), tol=1e-6)


@cache
def _curves(mu: float, delta: float, epsilon: float, theta: float) -> tuple[Any, Any]:
    path = _path(mu, delta, epsilon, theta)
    return path.employment(_T), path.productivity(_T)


def draw_calibration(
    figure: BookFigure,
    mu: float,
    delta: float,
    epsilon: float,
    theta: float,
    reference: Reference,
) -> None:
    """Employment and output per worker over twenty years, the reference point behind them."""
    left, right = figure.subplots(1, 2)
    H, y = _curves(mu, delta, epsilon, theta)
    paper = _curves(**dict(reference.parameters))
    reference_line(left, _T, paper[0])
    reference_line(right, _T, paper[1])
    left.plot(_T, H, color=PALETTE["blue"])
    left.axhline(delta / mu, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    left.set(xlim=(0, 20), ylim=(0.45, 1.0), xlabel="years with AI", ylabel="employment H")
    right.plot(_T, y, color=PALETTE["blue"])
    right.set_yscale("log")
    right.set_yticks([0.5, 1, 2, 4, 8], ["0.5", "1", "2", "4", "8"])
    right.minorticks_off()
    right.set(xlim=(0, 20), ylim=(0.5, 9), xlabel="years with AI", ylabel="output per worker y")


def describe_calibration(mu: float, delta: float, epsilon: float, theta: float) -> str:
    """Five and ten years, and where it ends, in words."""
    path = _path(mu, delta, epsilon, theta)
    rest = long_run(path.params)
    lost = 100 * (path.params.H_0 - path.employment(5.0))
    y5, y10 = (100 * (path.productivity(t) - 1) for t in (5.0, 10.0))
    end = (rest.capability / path.params.A_0) ** epsilon
    moves = "falls" if lost >= 0 else "rises"
    return (
        f"Employment {moves} by {abs(lost):.1f} points in five years and ends at "
        f"{rest.employment:.3f}. Output per worker changes by {y5:+.0f}% in five years, "
        f"{y10:+.0f}% in ten, and is multiplied by {end:.1f} in the long run. In the end jobs "
        f"are found at {_finding(path):.1f} times the rate without AI."
    )


def _finding(path: Transition) -> float:
    return float(path.job_finding(400.0) / path.params.alpha)


def calibration_data(mu: float, delta: float, epsilon: float, theta: float) -> dict[str, Any]:
    """The curves, point by point."""
    H, y = _curves(mu, delta, epsilon, theta)
    path = _path(mu, delta, epsilon, theta)
    return {
        "years with AI": _T,
        "employment": H,
        "output per worker": y,
        "capability": path.capability(_T),
        "surplus": path.surplus(_T),
    }


#: Employment and productivity for other learning, error, productivity and bargaining parameters.
calibration = Explorer(
    name="wang-wong-calibration",
    title="A calibration and its paths",
    alt=(
        "Two panels over twenty years with AI. Left: employment falls steeply in the first year, "
        "then slowly towards a dotted line at δ/μ. Right: output per worker on a logarithmic axis, "
        "rising. Grey curves show the reference point."
    ),
    draw=draw_calibration,
    controls={
        "mu": Slider("Learning rate μ", [0.58, 0.632, 0.7, 0.8], default=0.632, format="{:.3f}"),
        "delta": Slider("Error rate δ", [0.4, _DELTA, 0.53], default=_DELTA, format="{:.3f}"),
        "epsilon": Slider(
            "Elasticity of productivity ε", [0.6, 1.069, 1.6], default=1.069, format="{:.3f}"
        ),
        "theta": Slider("Firms' share θ", [0.45, _THETA, 0.85], default=_THETA, format="{:.3f}"),
    },
    describe=describe_calibration,
    data=calibration_data,
    caption=(
        "Grey: the reference point. σ, b, ξ and α₀ stay where they are. Try: raise μ and see "
        "employment end lower, because a faster learner needs fewer teachers; then raise δ."
    ),
    presets={
        "Reference point": {"mu": 0.632, "delta": _DELTA, "epsilon": 1.069, "theta": _THETA},
        "Fast learner": {"mu": 0.8, "delta": _DELTA, "epsilon": 1.069, "theta": _THETA},
        "Forgetful AI": {"mu": 0.632, "delta": 0.53, "epsilon": 1.069, "theta": _THETA},
        "Strong firms": {"mu": 0.632, "delta": _DELTA, "epsilon": 1.069, "theta": 0.85},
    },
    reference="Reference point",
    size=(6.8, 3.4),
)


# A transfer ---------------------------------------------------------------------------------------


@cache
def _paid(transfer: float, epsilon: float) -> Transition:
    return solve_transition(Parameters(epsilon=epsilon), transfer=transfer, tol=1e-7)


def draw_subsidy(figure: BookFigure, transfer: float, epsilon: float, reference: Reference) -> None:
    """Employment and the surplus over twenty years with a constant transfer, and without."""
    left, right = figure.subplots(1, 2)
    path = _paid(transfer, epsilon)
    before = _paid(dict(reference.parameters)["transfer"], epsilon)
    reference_line(left, _T, before.employment(_T))
    reference_line(right, _T, before.surplus(_T))
    left.plot(_T, path.employment(_T), color=PALETTE["blue"])
    left.set(xlim=(0, 20), ylim=(0.7, 1.0), xlabel="years with AI", ylabel="employment H")
    right.plot(_T, path.surplus(_T), color=PALETTE["blue"])
    right.axhline(path.params.pi_A, color=PALETTE["vermilion"], linewidth=1, linestyle=DASHES[2])
    label_line(right, 15, path.params.pi_A, "π_A", "vermilion", fontsize=9)
    right.set(xlim=(0, 20), ylim=(0, 2.3), xlabel="years with AI", ylabel="surplus s")


def describe_subsidy(transfer: float, epsilon: float) -> str:
    """Employment, capability and welfare with the transfer."""
    path, before = _paid(transfer, epsilon), _paid(0.0, epsilon)
    rest, highest = long_run(path.params, transfer=transfer), highest_transfer(path.params)
    end = rest.capability / path.params.A_0
    if transfer == 0:
        return (
            f"Without a transfer employment is {before.employment(5.0):.3f} after five years and "
            f"AI ends at {end:.2f} times its start. Transfers above {highest:.1f} would end "
            "adoption."
        )
    short, forever = (welfare_gain(path, before, h) for h in (5.0, np.inf))
    return (
        f"A transfer of {transfer:g} times output keeps employment at {path.employment(5.0):.3f} "
        f"after five years ({before.employment(5.0):.3f} without) and lets AI end at {end:.2f} "
        f"times its start. Employment ends at {rest.employment:.3f} all the same. "
        f"Welfare: {short:+.1%} over five years, {forever:+.0%} for ever."
    )


def subsidy_data(transfer: float, epsilon: float) -> dict[str, Any]:
    """The curves, point by point."""
    path = _paid(transfer, epsilon)
    return {
        "years with AI": _T,
        "employment": path.employment(_T),
        "capability": path.capability(_T),
        "surplus": path.surplus(_T),
    }


#: What a constant transfer to every match does.
subsidy = Explorer(
    name="wang-wong-subsidy",
    title="A transfer to every match",
    alt=(
        "Two panels over twenty years with AI. Left: employment with the transfer above the grey "
        "curve without it, both falling to the same level. Right: the surplus rising towards a "
        "horizontal line at π_A."
    ),
    draw=draw_subsidy,
    controls={
        "transfer": Slider(
            "Transfer T over output", [0, 0.1, 0.266, 0.5, 1, 2, 4, 8, 16], default=0.5
        ),
        "epsilon": Slider(
            "Elasticity of productivity ε", [0.6, 1.069, 1.4], default=1.069, format="{:.3f}"
        ),
    },
    describe=describe_subsidy,
    data=subsidy_data,
    caption=(
        "Grey: without a transfer. The transfer is paid to every match for ever and financed by a "
        "lump-sum tax. Try: raise T and watch the surplus approach π_A, above which firms no "
        "longer adopt AI."
    ),
    presets={
        "No transfer": {"transfer": 0, "epsilon": 1.069},
        "26.6% of output": {"transfer": 0.266, "epsilon": 1.069},
        "Half of output": {"transfer": 0.5, "epsilon": 1.069},
        "Near the end of adoption": {"transfer": 16, "epsilon": 1.069},
    },
    reference="No transfer",
    size=(6.8, 3.4),
)
