"""The explorer of the chapter on compute.

>>> bout.description(Delta=0.1).split(",")[0]
'Labour leaves the new tasks after 0.37 years'
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from aiecon.korinek_suh.extensions.compute import compute_thresholds
from aiecon.korinek_suh.extensions.compute_transition import ComputeTransition
from aiecon.korinek_suh.parameters import Parameters
from exhibits.explorer import Explorer, Reference, Slider, reference_line
from exhibits.korinek_suh.compute_figures import (
    CAPITAL,
    COMPUTE,
    LABOR,
    draw_prices,
    recovery_date,
    stage_times,
)
from exhibits.korinek_suh.compute_figures import bout as path_of
from exhibits.plotting import DASHES, PALETTE, BookFigure

__all__ = ["bout"]

_LAST = 6.0  # years shown
_MOST = 18.0  # compute per task shown


def _path(sigma: float, eta: float, Delta: float) -> ComputeTransition:
    return path_of(Delta, Parameters(sigma=sigma, eta=eta))


def _axes(ax: Axes) -> None:
    ax.set_yscale("log")
    ax.set_yticks([0.1, 0.2, 0.5, 1, 2, 5], ["0.1", "0.2", "0.5", "1", "2", "5"])
    ax.minorticks_off()
    ax.set_ylim(0.1, 8)


def draw_bout(
    figure: BookFigure, sigma: float, eta: float, Delta: float, reference: Reference
) -> None:
    """Left Figure 12 at the steady state, right the returns over time."""
    left, right = figure.subplots(1, 2, sharey=True)
    path = _path(sigma, eta, Delta)
    found = compute_thresholds(path.K0, path.before, Delta, path.params)
    first, second = float(found.first), float(found.second)
    k = np.concatenate([
        np.linspace(0, first, 20), np.linspace(first, second, 20)[1:],
        np.linspace(second, _MOST, 20)[1:],
    ])  # fmt: skip
    draw_prices(left, k, path.K0, path.before, Delta, path.params)
    left.plot([first, second], [0.1, 0.1], "^", color=PALETTE["ink"], clip_on=False)
    left.set(xlim=(0, _MOST), xlabel="compute per new task k", ylabel="return", title="Built up")
    then = _path(**reference.parameters)
    reference_line(right, _times(then), then.wage(_times(then)))
    t = _times(path)
    right.plot(t, path.wage(t), color=PALETTE[LABOR], label="wage")
    right.plot(t, path.rental_rate(t), color=PALETTE[CAPITAL], linestyle=DASHES[1], label="capital")
    right.plot(
        t, path.compute_rental(t), color=PALETTE[COMPUTE], linestyle=DASHES[2], label="compute"
    )
    right.plot(
        [path.first_date, path.second_date], [0.1, 0.1], "^", color=PALETTE["ink"], clip_on=False
    )
    right.set(xlim=(0, _LAST), xlabel="years after the bout", title="Over time")
    right.legend(loc="upper right", fontsize=9)
    for ax in (left, right):
        _axes(ax)


def _times(path: ComputeTransition) -> Any:
    return stage_times(path, _LAST, points=20)


def describe_bout(sigma: float, eta: float, Delta: float) -> str:
    """Both dates, the fall of the wage and its return, the price of capital."""
    path = _path(sigma, eta, Delta)
    low = 1 - path.wage(path.first_date) / path.wage(0.0)
    times = path.compute_rental(0.0) / path.rental_rate(0.0)
    return (
        f"Labour leaves the new tasks after {path.first_date:.2f} years, returns are equal after "
        f"{path.second_date:.2f}. By the first date the wage has fallen by {low:.0%}; it is back "
        f"after {recovery_date(path):.1f} years. At first compute earns {times:.0f} times what "
        f"other capital does, and a unit of that is worth {path.price_of_capital(0.0):.2f}."
    )


def bout_data(sigma: float, eta: float, Delta: float) -> dict[str, Any]:
    """The right panel, with stocks."""
    path = _path(sigma, eta, Delta)
    t = _times(path)
    return {
        "years": t,
        "wage": path.wage(t),
        "return on capital": path.rental_rate(t),
        "return on compute": path.compute_rental(t),
        "capital": path.traditional(t),
        "compute": path.compute(t),
        "output": path.output(t),
        "consumption": path.consumption(t),
    }


#: The three stages after a bout: returns against compute, and over time.
bout = Explorer(
    name="ks-compute-bout",
    title="After a bout of automation",
    alt=(
        "Two panels of returns on a log scale: a solid line for the wage, a dashed one for the "
        "return on capital, a dotted one for compute. Left against compute per new task, right "
        "against years after the bout, with a grey line for the wage in the paper's calibration. "
        "Triangles on the axis mark where labour leaves and where returns are equal."
    ),
    draw=draw_bout,
    controls={
        "sigma": Slider("Elasticity of substitution σ", [0.3, 0.5, 0.7], default=0.5),
        "eta": Slider("Risk aversion η", [1.2, 2, 4, 10], default=2),
        "Delta": Slider("Size of the bout Δ", [0.02, 0.05, 0.1, 0.15], default=0.1),
    },
    describe=describe_bout,
    data=bout_data,
    caption=(
        "From the steady state at Φ₋ = 0.608; Table 2 otherwise; grey: its wage at Δ = 0.1. Try: "
        "raise Δ, then lower σ; then raise η and see a household that would rather not save."
    ),
    presets={
        "Table 2": {"sigma": 0.5, "eta": 2, "Delta": 0.1},
        "A large bout": {"sigma": 0.5, "eta": 2, "Delta": 0.15},
        "Tasks that hardly replace one another": {"sigma": 0.3, "eta": 2, "Delta": 0.1},
    },
    reference="Table 2",
    size=(6.8, 3.6),
)
