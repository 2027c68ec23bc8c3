"""Welfare on the transition, its gains in consumption equivalents, and what AI's value consists of.

Utility is linear, so that a gain "in consumption equivalents" is the ratio of two discounted sums
of output net of vacancies, less one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.integrate import cumulative_simpson

from aiecon.validation import FloatArray, finite, require
from aiecon.wang_wong.equations import displacement_rate
from aiecon.wang_wong.free_entry import vacancy_cost
from aiecon.wang_wong.initial_value import checked
from aiecon.wang_wong.planner import Plan
from aiecon.wang_wong.transition import Transition

__all__ = ["ValueOfAI", "consumption", "market_output", "value_of_ai", "welfare", "welfare_gain"]

FOREVER = 700.0  # years: discounted by e^{−34}
NODES = 12


#: A path on which welfare can be computed.
Economy = Transition | Plan


def net_output(path: Economy, t: ArrayLike) -> Any:
    """x = H + (b − c(α))(1−H) + ρμA·I·Hπ_A, in units of y and per head of the labour force."""
    p, H = path.params, path.employment(t)
    displaced = displacement_rate(path.capability(t), p) * path.adoption(t)
    idle = p.b - vacancy_cost(path.job_finding(t), p)
    return H + idle * (1 - H) + displaced * H * p.pi_A


def consumption(path: Economy, t: ArrayLike) -> Any:
    """y·x per year: output, home production and AI's output (at its present value π_A y when it is
    put to work), less the cost of vacancies. Transfers cancel.

    >>> from aiecon import wang_wong as ww
    >>> round(float(ww.consumption(ww.solve_transition(), 0.0)), 3)
    2.061
    """
    return (path.productivity(t) * net_output(path, t))[()]


def _panels(horizon: float) -> tuple[FloatArray, FloatArray]:
    """Gauss–Legendre nodes and weights on [0, horizon], short panels first."""
    ends = np.concatenate([[0.0], np.geomspace(0.02, max(horizon, 0.04), 48)])
    ends = np.unique(np.minimum(ends, horizon))
    y, w = np.polynomial.legendre.leggauss(NODES)
    half, middle = np.diff(ends)[:, None] / 2, (ends[1:] + ends[:-1])[:, None] / 2
    return (middle + half * y).ravel(), (half * w).ravel()


def market_output(path: Economy, t: ArrayLike) -> Any:
    """y·H per year: what workers produce, without home production, AI's output and vacancies."""
    return (path.productivity(t) * path.employment(t))[()]


def welfare(
    path: Economy, horizon: float = np.inf, of: Callable[[Economy, Any], Any] = consumption
) -> float:
    """∫₀ʰ e^{−rt} y x dt, h = ``horizon`` in years (for ever: the integral to 700 years).

    ``of``: another flow than :func:`consumption`, a function of the path and of time.

    ValueError if the horizon is not positive, or for ever where the sum diverges (output growing
    faster than r).

    >>> from aiecon import wang_wong as ww
    >>> round(ww.welfare(ww.solve_transition(), 5.0), 3)
    10.876
    """
    endless = np.ndim(horizon) == 0 and horizon == np.inf
    h = FOREVER if endless else min(checked("horizon", horizon), FOREVER)
    p = path.params
    if endless:
        late = np.array([FOREVER - 1, FOREVER])
        growth = float(np.diff(np.log(path.productivity(late)))[0])
        require("horizon", horizon, growth < p.r, "output that grows more slowly than r")
    t, weight = _panels(h)
    return float(np.sum(weight * np.exp(-p.r * t) * of(path, t)))


def welfare_gain(
    path: Economy,
    against: Economy,
    horizon: float = np.inf,
    of: Callable[[Economy, Any], Any] = consumption,
) -> float:
    """The share by which consumption on ``against`` must rise at every date to be as good.

    ``of`` as in :func:`welfare`.

    >>> from aiecon import wang_wong as ww
    >>> round(ww.welfare_gain(ww.solve_plan(), ww.solve_transition()), 2)
    3.14
    """
    return welfare(path, horizon, of) / welfare(against, horizon, of) - 1


@dataclass(frozen=True)
class ValueOfAI:
    """ψ at dates t in parts that add up: over output per worker."""

    t: FloatArray
    workers: FloatArray  # more productive workers, at work and at home
    vacancies: FloatArray  # dearer vacancies, whose cost is proportional to output (negative)
    machines: FloatArray  # more productive AI that takes a worker's place
    gained: FloatArray  # more replacements: π_A each
    lost: FloatArray  # more replacements: a match ω lost each (negative)

    @property
    def total(self) -> FloatArray:
        return self.workers + self.vacancies + self.machines + self.gained + self.lost


def value_of_ai(plan: Plan, t: ArrayLike) -> ValueOfAI:
    """What the shadow value of AI on a plan consists of: ψ̇ = (r − g)ψ − (five terms), integrated.

    Each part is the present value, ∫ e^{−r(τ−t)} (y(τ)/y(t)) · term dτ, of

        ε[H + b(1 − H)],   −ε c(1 − H),   ε ρμA H π_A,   ρμA H π_A,   −ρμA H ω.

    >>> from aiecon import wang_wong as ww
    >>> plan = ww.solve_plan()
    >>> parts = ww.value_of_ai(plan, [0.0, 10.0])
    >>> bool(np.allclose(parts.total, plan.capability_value([0.0, 10.0]), rtol=1e-6))
    True
    """
    p, times = plan.params, finite("t", t)
    require("t", times, (times >= 0) & (times <= FOREVER), f"0 ≤ t ≤ {FOREVER:g}")
    grid = np.concatenate([np.linspace(0, 60, 6001), np.geomspace(60.05, FOREVER, 3000)])
    H, A = plan.employment(grid), plan.capability(grid)
    displaced = displacement_rate(A, p) * H
    cost = vacancy_cost(plan.job_finding(grid), p) * (1 - H)
    terms = np.stack(
        [
            p.epsilon * (H + p.b * (1 - H)),
            -p.epsilon * cost,
            p.epsilon * displaced * p.pi_A,
            displaced * p.pi_A,
            -displaced * plan.match_value(grid),
        ]
    )
    weight = np.exp(-p.r * grid) * plan.productivity(grid)
    past = cumulative_simpson(weight * terms, x=grid, axis=1, initial=0.0)
    rest = (weight * terms)[:, -1:] / p.r
    values = (past[:, -1:] + rest - past) / weight
    parts = [np.interp(times, grid, row) for row in values]
    return ValueOfAI(np.asarray(times), *(np.asarray(part) for part in parts))
