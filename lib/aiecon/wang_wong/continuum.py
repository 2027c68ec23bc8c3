"""Paths of the full model from a chosen surplus: many of them settle where it is indeterminate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from aiecon.validation import FloatArray, require
from aiecon.wang_wong.common import dynamics
from aiecon.wang_wong.initial_value import checked, follow
from aiecon.wang_wong.parameters import Parameters
from aiecon.wang_wong.stability import stable_roots
from aiecon.wang_wong.steady_states import steady_states

__all__ = ["FullPath", "indeterminate_range", "path_from"]


def indeterminate_range(params: Parameters, points: int = 101) -> tuple[float, float]:
    """The job-finding rates without AI, α₀, between which there are two some-AI steady states and
    the first of them is locally indeterminate, all three roots being stable.

    At the upper end, σδ/(μ − δ), employment without AI is δ/μ and the first one meets A = 0; at
    the lower end the two meet in a fold. NaN for both where there is no such range, or where a
    complex pair is unstable in it. The other parameters, and s₀ with them, are those given.

    >>> p = Parameters(theta=1.0, xi=0.765, epsilon=6.0, sigma=0.05)
    >>> [round(rate, 4) for rate in indeterminate_range(replace(p, b=0.9))]
    [0.1126, 0.136]
    >>> indeterminate_range(p)  # at b = .694 a match is worth too much
    (nan, nan)
    """
    high = params.sigma * params.delta / (params.mu - params.delta)
    shares = np.geomspace(1e-6, 1.0, points)[:-1]  # how far below the upper end, dense near it
    for _ in range(3):
        trial = replace(params, alpha=high * (1 - shares))
        two = np.count_nonzero(steady_states(trial).some_ai_all.exists, axis=0) == 2
        if not two.any():
            return float("nan"), float("nan")
        last = int(np.flatnonzero(two)[-1])
        top = high * (1 - float(shares[last]))
        shares = np.linspace(shares[last], shares[min(last + 1, len(shares) - 1)], points)
    inside = replace(params, alpha=np.linspace(top, high, points)[1:-1])
    if not np.all(stable_roots(inside) == 3):
        return float("nan"), float("nan")
    return top, float(high)


@dataclass(frozen=True, eq=False)
class FullPath:
    """Points on a path of the full model with adoption.

    ``consistent``: 0 < H < 1 and s < π_A at all of them, so that firms do adopt; the path is then
    an equilibrium if it also settles, which the caller sees from the last points.
    """

    time: FloatArray
    capability: FloatArray
    employment: FloatArray
    surplus: FloatArray
    consistent: bool


def path_from(
    params: Parameters,
    capability: float,
    employment: float,
    surplus: float,
    horizon: float = 60.0,
    points: int = 241,
    tol: float = 1e-10,
) -> FullPath:
    """The full model followed forwards from A(0), H(0) and a chosen s(0), with I = 1.

    A and H are given at the start, s is not: where the some-AI steady state has three stable
    roots, a whole range of s(0) leads to it. At a saddle all but one s(0) runs away; the path then
    ends before ``horizon``, where s reaches 2π_A or s₀/20.

    Raises ValueError for a start outside A > 0, 0 < H < 1, s > 0.

    >>> p = Parameters(theta=1.0, xi=0.765, epsilon=6.0, sigma=0.05, alpha=0.118, b=0.9)
    >>> ends = [path_from(p, 0.06, 0.72, s).employment[-1] for s in (1.0, 1.4)]
    >>> [round(float(H), 2) for H in ends]  # δ/μ = .73
    [0.73, 0.73]
    """
    A, H = checked("capability", capability), checked("employment", employment, high=1.0)
    require("employment", H, H < 1, "0 < employment < 1")
    start, end = [np.log(A), H, np.log(checked("surplus", surplus))], checked("horizon", horizon)
    whole = isinstance(points, int | np.integer) and points >= 2
    require("points", points, whole, "a whole number, at least two")

    def slope(t: float, state: Any) -> Any:
        return dynamics(state, params, "full")

    def away(t: float, state: Any) -> float:
        return float(min(np.log(2 * params.pi_A) - state[2], state[2] - np.log(params.s_0 / 20)))

    away.terminal = True  # type: ignore[attr-defined]
    solution = follow(slope, 0.0, end, start, tol, away)
    time = np.linspace(0.0, solution.t[-1], points)
    x, H, z = solution.sol(time)
    inside = bool(np.all((H > 0) & (H < 1) & (z < np.log(params.pi_A))))
    return FullPath(time, np.exp(x), H, np.exp(z), inside)
