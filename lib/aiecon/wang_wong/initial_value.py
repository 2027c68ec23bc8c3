"""Paths followed forwards from a given start, where nothing is to be hit in the end.

So in the simple model, which has no surplus, and in the full one from a surplus that is chosen:
many such paths settle where it is locally indeterminate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from aiecon.numerics.initial_value import follow
from aiecon.validation import FloatArray, finite, require
from aiecon.wang_wong.equations import dynamics
from aiecon.wang_wong.parameters import Parameters

__all__ = ["ForwardPath", "path_from", "simple_path"]


def checked(name: str, value: Any, low: float = 0.0, high: float = np.inf) -> float:
    """The value as a number with low < value < high (value ≤ high where high is finite).

    >>> checked("horizon", 10)
    10.0
    >>> checked("horizon", float("inf"))
    Traceback (most recent call last):
    ...
    ValueError: horizon = inf is not allowed: a finite horizon is required.
    """
    x = finite(name, value)
    require(name, value, x.ndim == 0, "one number")
    allowed = f"{name} > {low:g}" if np.isinf(high) else f"{low:g} < {name} ≤ {high:g}"
    require(name, value, (x > low) & (x <= high), allowed)
    return float(x)


@dataclass(frozen=True, eq=False)
class ForwardPath:
    """A path from a given start: functions of time in years, 0 ≤ t ≤ ``horizon``."""

    params: Parameters
    horizon: float
    _solution: Any

    def _at(self, t: Any) -> FloatArray:
        time = finite("t", t)
        inside = (time >= 0) & (time <= self.horizon)
        require("t", time, inside, f"0 ≤ t ≤ {self.horizon:g}", "Ask for a longer horizon.")
        return np.asarray(self._solution(time.ravel())).reshape(-1, *time.shape)

    def capability(self, t: Any) -> Any:
        """A(t)."""
        return np.exp(self._at(t)[0])[()]

    def employment(self, t: Any) -> Any:
        """H(t)."""
        return self._at(t)[1][()]

    def surplus(self, t: Any) -> Any:
        """s(t), per unit of output; not in the simple model."""
        return np.exp(self._at(t)[2])[()]

    @property
    def consistent(self) -> bool:
        """Whether firms adopt all the way, 0 < H < 1 and s < π_A: an equilibrium, if it settles."""
        t = np.linspace(0.0, self.horizon, 241)
        H, s = self.employment(t), self.surplus(t)
        return bool(np.all((H > 0) & (H < 1) & (s < self.params.pi_A)))


def simple_path(
    params: Parameters,
    capability: float | None = None,
    employment: float | None = None,
    horizon: float = 100.0,
    tol: float = 1e-10,
) -> ForwardPath:
    """The path of the simple model from A(0), H(0), which are A₀ and H₀ unless given.

    ``tol`` bounds the error of a step (:func:`~aiecon.numerics.initial_value.follow`). Raises
    ValueError for a start outside A > 0, 0 < H ≤ 1 or a horizon that is not a positive number, and
    RuntimeError if the path cannot be followed.

    >>> path = simple_path(Parameters(), horizon=300.0)
    >>> bool(abs(path.employment(300.0) - Parameters().delta / Parameters().mu) < 1e-6)
    True
    """
    require("params", "arrays", params.shape == (), "numbers")
    A = checked("capability", params.A_0 if capability is None else capability)
    H = checked("employment", params.H_0 if employment is None else employment, high=1.0)
    end = checked("horizon", horizon)

    def slope(t: float, state: Any) -> Any:
        return dynamics(state, params, "simple")

    return ForwardPath(params, end, follow(slope, 0.0, end, [np.log(A), H], tol).sol)


def path_from(
    params: Parameters,
    capability: float,
    employment: float,
    surplus: float,
    horizon: float = 60.0,
    tol: float = 1e-10,
) -> ForwardPath:
    """The full model followed forwards from A(0), H(0) and a chosen s(0), with I = 1.

    A and H are given at the start, s is not: where the some-AI steady state has three stable
    roots, a whole range of s(0) leads to it. At a saddle all but one s(0) runs away; the path then
    ends before ``horizon``, where s reaches 2π_A or s₀/20.

    Raises ValueError for a start outside A > 0, 0 < H < 1, s > 0.

    >>> p = Parameters(theta=1.0, xi=0.765, epsilon=6.0, sigma=0.05, alpha=0.118, b=0.9)
    >>> ends = [path_from(p, 0.06, 0.72, s).employment(60.0) for s in (1.0, 1.4)]
    >>> [round(float(H), 2) for H in ends]  # δ/μ = .73
    [0.73, 0.73]
    """
    A, H = checked("capability", capability), checked("employment", employment, high=1.0)
    require("employment", H, H < 1, "0 < employment < 1")
    start, end = [np.log(A), H, np.log(checked("surplus", surplus))], checked("horizon", horizon)

    def slope(t: float, state: Any) -> Any:
        return dynamics(state, params)

    def away(t: float, state: Any) -> float:
        return float(min(np.log(2 * params.pi_A) - state[2], state[2] - np.log(params.s_0 / 20)))

    away.terminal = True  # type: ignore[attr-defined]
    solution = follow(slope, 0.0, end, start, tol, away)
    return ForwardPath(params, float(solution.t[-1]), solution.sol)
