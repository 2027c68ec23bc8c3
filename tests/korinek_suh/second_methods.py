"""Optimal paths by methods of another family, from the paper's equations written once more.

Nothing here is shared with the solver or with the library's careful functions: the plain equations
in k = log K and q = log(C/K), L = 1. Backward integration (Brunner and Strulik): what is unstable
forwards is stable backwards, so the saddle path is followed from its far end to today by an
explicit Runge-Kutta method of order 8 that is started anew at every change of region.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log
from typing import Any

import numpy as np
from scipy.integrate import solve_bvp, solve_ivp
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon.korinek_suh import equations

PRECISE: dict[str, Any] = {"method": "DOP853", "rtol": 1e-12, "atol": 1e-13}


@dataclass(frozen=True)
class Plain:
    """An economy and its unautomated share u(t)."""

    p: ks.Parameters
    u: Callable[[float], float]

    @classmethod
    def bounded(cls, T: float, p: ks.Parameters, rest: float = 0.392, beta: float = 1.0) -> Plain:
        return cls(p, lambda t: rest * max(1 - t / T, 0.0) ** beta)

    @classmethod
    def pareto(cls, rate: float, p: ks.Parameters, rest: float = 0.392) -> Plain:
        return cls(p, lambda t: rest * exp(-rate * t))

    @classmethod
    def mixed(cls, weight: float, p: ks.Parameters, T=5.0, rate=0.01, rest=0.392) -> Plain:
        return cls(
            p,
            lambda t: rest * (weight * max(1 - t / T, 0.0) + (1 - weight) * exp(-rate * t)),
        )

    def growth(self, t: float, k: float, q: float, region: int) -> tuple[float, float]:
        """k̇ and q̇ by the formulas of a region, (4) to (6), (13), (14)."""
        p = self.p
        if region == 2:
            average, rental = p.A * (1 + exp(-k)), p.A
        else:  # per unit of capital
            economy = 1.0, exp(-k), 1 - self.u(t), p.A, p.sigma
            average, (_, rental) = equations.output(*economy), equations.prices(*economy)
        saving = average - p.delta - exp(q)
        return saving, equations.consumption_growth(rental, p.rho, p.delta, p.eta) - saving

    def scarcity(self, t: float, k: float) -> float:
        """Positive in region 1."""
        u = self.u(t)
        return k + log(u) - log(1 - u) if u > 0 else -1.0

    def rule(self, k: float) -> float:
        """q in region 2 for ever: C = m (K + A/(A − δ))."""
        p = self.p
        m = p.A - p.delta - (p.A - p.delta - p.rho) / p.eta
        return log(m * (1 + p.A / (p.A - p.delta) * exp(-k)))

    def back(
        self, t: float, k: float, q: float, region: int, stops: tuple[float, ...] = (), stay=False
    ) -> Any:
        """(k, q) at date 0 and the dates at which the region changes, latest first.

        ``stay``: in the formulas of one region (where the start is on its border).
        """
        changes: list[float] = []
        for stop in (*sorted(stops, reverse=True), 0.0):
            while t > stop:

                def border(s, x, region=region):
                    return 1.0 if stay else self.scarcity(s, x[0]) * (1 if region == 1 else -1)

                def ruined(s, x):  # this far end belongs to no economy that has much today
                    return x[0] + 5.0

                border.terminal, border.direction = True, -1  # type: ignore[attr-defined]
                ruined.terminal = True  # type: ignore[attr-defined]
                run = solve_ivp(
                    lambda s, x, region=region: self.growth(s, x[0], x[1], region),
                    (t, stop),
                    [k, q],
                    events=(border, ruined),
                    **PRECISE,
                )
                t, (k, q) = float(run.t[-1]), run.y[:, -1]
                if len(run.t_events[1]):
                    return float(k), float(q), changes
                if run.status == 1:
                    changes.append(t)
                    region = 3 - region
        return float(k), float(q), changes


def bounded_by_shooting(
    T: float, p: ks.Parameters, K0: float = 4.6, beta: float = 1.0
) -> tuple[float, float]:
    """C₀ and the date of the change of region, the date being what is shot for."""
    economy = Plain.bounded(T, p, beta=beta)

    def start(date: float) -> tuple[float, float]:
        u = economy.u(date)
        k = log((1 - u) / u)
        return economy.back(date, k, economy.rule(k), 1, stay=True)[:2]

    dates = T * (1 - np.geomspace(1e-6, 0.5, 14))  # until too little capital would be needed
    low = next(d for d in dates if start(d)[0] < log(K0))
    high = dates[list(dates).index(low) - 1]
    date = brentq(lambda d: start(d)[0] - log(K0), low, high, xtol=1e-13, rtol=1e-14)
    k, q = start(date)
    return exp(k + q), date


def unbounded_by_shooting(
    economy: Plain, k_far: float, q_far: float, far: float, kinks=(), width=0.5, K0: float = 4.6
) -> tuple[float, list[float]]:
    """C₀ and the changes of region, from a far date at which C/K is about right.

    An error in q there dies out on the way back; log K there is what is shot for, near ``k_far``.
    One number of it is too coarse to hit K0: C₀ is taken from the line through two starts.
    """

    def missed(k: float) -> float:
        return economy.back(far, k, q_far, 1, kinks)[0] - log(K0)

    k = brentq(missed, k_far - width, k_far + width, xtol=1e-15, rtol=1e-15)
    k0, q0, changes = economy.back(far, k, q_far, 1, kinks)
    k1, q1, _ = economy.back(far, k + 1e-9, q_far, 1, kinks)
    q = q0 + (log(K0) - k0) * (q1 - q0) / (k1 - k0)
    return K0 * exp(q), changes[::-1]


def by_solve_bvp(economy: Plain, far: float, q_far: float, K0: float = 4.6, tol: float = 1e-7):
    """K and C on [0, far] by SciPy's collocation of order four, the kinks inside the mesh."""

    def field(t, x):
        values = [
            economy.growth(s, k, q, 1 if economy.scarcity(s, k) > 0 else 2)
            for s, k, q in zip(t, x[0], x[1], strict=True)
        ]
        return np.array(values).T

    mesh = far * np.expm1(3 * np.linspace(0, 1, 300)) / np.expm1(3)
    guess = np.array([np.log(K0) + 0.02 * mesh, np.full_like(mesh, np.log(0.3))])
    found = solve_bvp(
        field,
        lambda a, b: np.array([a[0] - np.log(K0), b[1] - q_far]),
        mesh,
        guess,
        tol=tol,
        max_nodes=20_000,
    )
    assert found.success, found.message
    return lambda t: np.exp(np.cumsum(found.sol(t), axis=0))
