"""Paths of the full model from a chosen surplus: many of them settle where it is indeterminate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp

from aiecon.validation import FloatArray, require
from aiecon.wang_wong.common import dynamics
from aiecon.wang_wong.parameters import Parameters

__all__ = ["FullPath", "path_from"]


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
    ends where ln A or ln s leave ±30, before ``horizon``.

    Raises ValueError for a start outside A > 0, 0 < H < 1, s > 0.

    >>> p = Parameters(theta=1.0, xi=0.765, epsilon=6.0, alpha=0.118, b=0.9)
    >>> ends = [path_from(p, 0.06, 0.72, s).employment[-1] for s in (1.0, 1.4)]
    >>> [round(float(H), 2) for H in ends]  # δ/μ = .73
    [0.73, 0.73]
    """
    require("capability", capability, capability > 0, "capability > 0")
    require("employment", employment, 0 < employment < 1, "0 < employment < 1")
    require("surplus", surplus, surplus > 0, "surplus > 0")

    def away(t: float, state: Any) -> float:
        return float(30.0 - max(abs(state[0]), abs(state[2])))

    away.terminal = True  # type: ignore[attr-defined]
    solution = solve_ivp(
        lambda t, state: dynamics(state, params, "full"),
        (0.0, horizon),
        [np.log(capability), employment, np.log(surplus)],
        method="LSODA",
        rtol=tol,
        atol=tol,
        dense_output=True,
        events=away,
    )
    if not solution.success:
        raise RuntimeError(f"the path could not be followed: {solution.message}")
    time = np.linspace(0.0, solution.t[-1], points)
    x, H, z = solution.sol(time)
    inside = bool(np.all((H > 0) & (H < 1) & (z < np.log(params.pi_A))))
    return FullPath(time, np.exp(x), H, np.exp(z), inside)
