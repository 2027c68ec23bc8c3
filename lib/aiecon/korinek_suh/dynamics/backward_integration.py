"""Optimal paths by integrating backwards: a second method that shares no code with the first.

From the long run the equations of motion are integrated backwards in time, where they are stable;
the one unknown is how much capital there is at the end, found so that the path starts at K0
(Brunner & Strulik 2002). An adaptive Runge–Kutta method, the formulas (4) to (7) as printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath
from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.numerics import SolverError
from aiecon.numerics.initial_value import follow
from aiecon.validation import finite, require

__all__ = ["BackwardPath", "integrate_backwards"]

_TOLERANCE = 1e-11  # of the Runge–Kutta steps, relative and absolute


@dataclass(frozen=True)
class BackwardPath:
    """A path on [0, ``end``]."""

    end: float
    solution: Any  # of (log K, log C), a function of t

    def _x(self, t: ArrayLike) -> Any:
        t = finite("t", t)
        require("t", t, (t >= 0) & (t <= self.end), f"0 ≤ t ≤ {self.end:g}")
        return self.solution(t.ravel()).reshape(2, *t.shape)

    def log_capital(self, t: ArrayLike) -> Any:
        """log K."""
        return self._x(t)[0]

    def log_consumption(self, t: ArrayLike) -> Any:
        """log C."""
        return self._x(t)[1]


def integrate_backwards(
    path: AutomationPath,
    end: float,
    K0: float = 4.6,
    params: Parameters | None = None,
) -> BackwardPath:
    """The optimal path on [0, end].

    If every task is automated at ``end`` it is closed there by C = m (K + A L/(A−δ)), exactly;
    otherwise by balanced growth at λg/(1−σ), R = ρ + δ + ηλg/(1−σ), C/K = Y/K − δ − growth, whose
    error dies out on the way back: take ``end`` far beyond the dates of interest (but not too far:
    the start becomes ever more sensitive to the end). ``end`` > 0 must be no kink of the path
    unless it is the last. Raises SolverError if no amount of capital at the end leads to K0.

    >>> from aiecon import korinek_suh as ks
    >>> agi = integrate_backwards(ks.Bounded(horizon=20.0), end=20.0)
    >>> round(float(np.exp(agi.log_consumption(0.0))), 8)
    1.60117261
    """
    p = given(params)
    end = float(finite("end", end))
    require("end", end, end > 0, "end > 0")
    G = (p.A - p.rho - p.delta) / p.eta
    m = p.A - p.delta - G
    full = float(path.unautomated(end)) == 0.0
    growth = 0.0 if full else float(path.long_run_rate) / (1.0 - p.sigma)
    hint = "Beyond (1 − sigma) G the long run is not balanced."
    require("path", growth, growth < G, f"lambda g/(1 − sigma) < G = {G:.6g}", hint)

    def last(k: float) -> list[float]:
        if full:
            return [k, log(m * (exp(k) + p.A * p.L / (p.A - p.delta)))]
        R = p.rho + p.delta + p.eta * growth
        return [k, k + log(R * (p.A / R) ** (1.0 - p.sigma) - p.delta - growth)]

    def motion(t: float, x: Any) -> list[float]:
        return _motion(t, x, path, p)

    astray = _astray(log(K0) - 3.0), _astray(log(K0) + 50.0)

    def back(k: float, tol: float = _TOLERANCE) -> tuple[float, Any]:
        """log(K/K0) at the start (or where it went astray) and the path."""
        found = follow(motion, end, 0.0, last(k), tol, astray, path.kinks)
        return float(found.y[0, -1]) - log(K0), found.sol

    k = log(K0) + (0.7 * G if full else growth) * end
    too_much = back(k, 1e-4)[0] > 0
    step = -0.5 if too_much else 0.5
    for _ in range(100):
        k += step
        if (back(k, 1e-4)[0] > 0) != too_much:
            best = brentq(lambda k: back(k)[0], k - step, k, xtol=1e-13, rtol=1e-14)
            gap, found = back(float(best))
            if abs(gap) < 1e-6:
                return BackwardPath(end, found)
            break
    raise SolverError(f"no capital at {end:g} was found that leads to K0 = {K0:g}: try another end")


def _motion(t: float, x: Any, path: AutomationPath, p: Parameters) -> list[float]:
    """(13) and (14) in logarithms, with (4) to (7)."""
    # a path with the wrong end soon leaves every bound: it is stopped by its events
    K, c_over_k = exp(min(max(x[0], -60.0), 80.0)), exp(min(x[1] - x[0], 20.0))
    u = exp(float(path.progress(np.asarray(t))[0]))
    if u * (K + p.L) <= p.L:  # region 2: K/L ≤ Φ/(1−Φ)
        average, R = p.A * (1.0 + p.L / K), p.A
    else:
        e = (p.sigma - 1.0) / p.sigma
        inner = K**e * (1.0 - u) ** (1.0 / p.sigma) + p.L**e * u ** (1.0 / p.sigma)
        Y = p.A * inner ** (1.0 / e)
        average, R = Y / K, p.A**e * (Y * (1.0 - u) / K) ** (1.0 / p.sigma)
    return [average - p.delta - c_over_k, (R - p.rho - p.delta) / p.eta]


def _astray(level: float) -> Any:
    def event(t: float, x: Any) -> float:
        return float(x[0]) - level

    event.terminal = True  # type: ignore[attr-defined]
    return event
