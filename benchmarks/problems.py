"""The two problems of the comparison as a user of any solver would write them down.

In logarithms, k = log K and q = log(C/K), both are

    k̇ = y(t, k) − δ − e^q,        q̇ = (R(t, k) − ρ − δ)/η − k̇,

with y = Y/K and R the rental rate. This file does not use the book's library: the peers get the
same formulas, constants and exact Jacobians as our solver, written separately.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Ramsey:
    """Cobb–Douglas: Y = K^α, K₀ = K*/2; the path ends in the steady state."""

    alpha: float = 1 / 3
    rho: float = 0.04
    delta: float = 0.1
    eta: float = 2.0
    share: float = 0.5  # K₀/K*
    until: float = 100.0  # errors are measured on [0, until]
    goal: float = 1e-10  # the error to reach …
    seconds: float = 0.4e-3  # … and the time in which our solver is to reach it

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise ValueError(f"share = {self.share} is not allowed: 0 < share < 1 is required.")

    @property
    def k_star(self) -> float:
        return math.log(self.alpha / (self.rho + self.delta)) / (1 - self.alpha)

    @property
    def q_star(self) -> float:
        return math.log((self.rho + self.delta) / self.alpha - self.delta)

    @property
    def k0(self) -> float:
        return self.k_star + math.log(self.share)

    def linear(self) -> FloatArray:
        """The Jacobian of (k̇, q̇) at the steady state."""
        R = self.rho + self.delta
        y, c = R / self.alpha, math.exp(self.q_star)
        a = (self.alpha - 1) * y
        return np.array([[a, -c], [(self.alpha / self.eta - 1) * a, c]])

    def stable(self) -> tuple[float, float]:
        """The rate μ > 0 of convergence and the slope dq/dk of the linear stable manifold."""
        (a, b), (c, d) = self.linear().tolist()
        mu = (math.sqrt((a + d) ** 2 - 4 * (a * d - b * c)) - a - d) / 2
        return mu, -(mu + a) / b

    def field(self, x: FloatArray) -> FloatArray:
        """(2, n)"""
        y = np.exp((self.alpha - 1) * x[0])
        growth = y - self.delta - np.exp(x[1])
        return np.array([growth, (self.alpha * y - self.rho - self.delta) / self.eta - growth])

    def jacobian(self, x: FloatArray) -> FloatArray:
        """(2, 2, n)"""
        c = np.exp(x[1])
        y_k = (self.alpha - 1) * np.exp((self.alpha - 1) * x[0])
        return np.array([[y_k, -c], [(self.alpha / self.eta - 1) * y_k, c]])


@dataclass(frozen=True)
class Takeover:
    """Korinek & Suh's baseline: tasks run out at T = 20; region 2 for ever from some date before.

    Region 1 while K u > Φ, with u = (1 − Φ₀)(1 − t/T) and L = 1. In region 2 consumption is
    C = m (K + W) and K + W grows at the rate G.
    """

    T: float = 20.0
    rho: float = 0.04
    delta: float = 0.1
    eta: float = 2.0
    sigma: float = 0.5
    A: float = 0.5
    rest: float = 0.392  # 1 − Φ₀
    K0: float = 4.6
    until: float = 40.0
    goal: float = 1e-11
    seconds: float = 1e-3

    @property
    def k0(self) -> float:
        return np.log(self.K0)

    @property
    def G(self) -> float:
        return (self.A - self.rho - self.delta) / self.eta

    @property
    def m(self) -> float:
        return self.A - self.delta - self.G

    @property
    def W(self) -> float:
        return self.A / (self.A - self.delta)

    def unautomated(self, t: Any) -> Any:
        return self.rest * (1 - t / self.T)

    def consumption_ratio(self, k: Any) -> Any:
        """q = log(C/K) in region 2."""
        return np.log(self.m * (1 + self.W * np.exp(-k)))

    def region_1(self, t: Any, k: Any) -> tuple[Any, Any, Any, Any, Any, Any]:
        """y, R and their derivatives by k and t."""
        s, e = self.sigma, (self.sigma - 1) / self.sigma
        u, slope = self.unautomated(t), self.rest / self.T
        P, U = (1 - u) ** (1 / s), np.maximum(u, 0.0) ** (1 / s) * np.exp(-e * k)
        z = P + U
        y, R = self.A * z ** (1 / e), self.A * z ** (1 / (s - 1)) * P
        z_k = -e * U
        z_t = slope / s * (P / (1 - u) - np.maximum(u, 0.0) ** (1 / s - 1) * np.exp(-e * k))
        R_t = R * (z_t / ((s - 1) * z) + slope / (s * (1 - u)))
        return y, R, y * z_k / (e * z), R * z_k / ((s - 1) * z), y * z_t / (e * z), R_t

    def region_2(self, k: Any) -> tuple[Any, Any, Any, Any]:
        """y, R and their derivatives by k."""
        rest = self.A * np.exp(-k)
        return self.A + rest, self.A + 0 * k, -rest, 0 * k

    def in_region_1(self, t: Any, k: Any) -> Any:
        u = self.unautomated(t)
        return np.exp(k) * u > 1 - u

    def after(self, t: FloatArray, date: float, K: float) -> FloatArray:
        """K and C (2, n) at t ≥ date in region 2, given K(date)."""
        wealth = (K + self.W) * np.exp(self.G * (t - date))
        return np.array([wealth - self.W, self.m * wealth])


RAMSEY, TAKEOVER = Ramsey(), Takeover()
