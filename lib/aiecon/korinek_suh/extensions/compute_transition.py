"""The transition after an unexpected bout of automation, with all saving going into compute.

At date 0 a mass Δ of tasks becomes automatable. Capital in place cannot be moved to them: it
depreciates, K = K₀ exp(−δt), while everything that is saved becomes compute, until both earn the
same; from then on they grow in proportion and the economy is the baseline with Φ = Φ₋ + Δ. Total
capital N = K + K_I obeys Ṅ = Y − δN − C throughout, and the marginal unit saved earns R_I first and
R = R_I then, so with R_I for R this is the system of ``optimal_growth`` in
log N and log(C/N). Its three stages meet at

    N = K + Δ k₁ (labour leaves the new tasks)   and   N = K Φ/Φ₋ (returns are equal).

The solver knows two regimes: 2 is the stage between these, 1 is before and after.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from aiecon.korinek_suh.dynamics.automation_paths import BusinessAsUsual
from aiecon.korinek_suh.dynamics.bounds import capital_upper_bound
from aiecon.korinek_suh.dynamics.optimal_growth import OptimalGrowth
from aiecon.korinek_suh.dynamics.technology import Technology, destination
from aiecon.korinek_suh.dynamics.transition import Transition, initial_capital, solve_transition
from aiecon.korinek_suh.extensions.compute import compute_thresholds, specific_capital
from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.ces import log_mean
from aiecon.korinek_suh.statics.marginal_products import Products, StaticLogs, region_1
from aiecon.numerics import solve
from aiecon.numerics.initial_value import follow
from aiecon.validation import FloatArray, finite, require

__all__ = [
    "BackwardBout",
    "ComputeTransition",
    "backward_from_equal_returns",
    "solve_compute_transition",
]


_X, _W = np.polynomial.legendre.leggauss(20)


class ComputeTechnology(Technology):
    """What capital in place, compute and labour produce; capital and compute per unit of labour."""

    def __init__(self, K0: float, before: float, Delta: float, params: Parameters) -> None:
        path = BusinessAsUsual(rate=0.0, initial=before + Delta)
        super().__init__(path, params.A, params.sigma)
        self.in_place, self.delta = K0 / params.L, params.delta
        self.before, self.Delta, self.rest = before, Delta, 1.0 - before - Delta

    def log_traditional(self, t: FloatArray) -> FloatArray:
        """log K/L while nothing is invested in it."""
        return np.log(self.in_place) - self.delta * t

    def thresholds(self, t: FloatArray) -> tuple[FloatArray, ...]:
        """log N at which compute per task is k₁ and k₂, and their slopes in time."""
        log_K, delta = self.log_traditional(t), self.delta
        K = np.exp(log_K)
        first = K + self.Delta / self.rest
        second = log_K + np.log1p(self.Delta / self.before)
        return np.log(first), second, -delta * K / first, -delta + 0.0 * t

    def products(self, k: FloatArray, t: FloatArray, region: int) -> Products:
        if region == 2:
            return self._while_compute_is_scarce(k, t, beside_labor=False)
        low, high, _, _ = self.thresholds(np.where(np.isinf(t), 0.0, t))
        early = (k < 0.5 * (low + high)) & np.isfinite(t)
        rest = np.full_like(k, np.log(self.rest))
        late = region_1(k, rest, 0.0 * k, self.A, self.sigma, self.far)
        if not early.any():
            return late
        first = self._while_compute_is_scarce(k, np.where(early, t, 0.0), beside_labor=True)
        return first.where(early, late)

    def _while_compute_is_scarce(
        self, k: FloatArray, t: FloatArray, beside_labor: bool
    ) -> Products:
        """Y/N and R_I; ``beside_labor``: labour works in the new tasks too, R_I = w."""
        log_K, N, delta, sigma = self.log_traditional(t), np.exp(k), self.delta, self.sigma
        K = np.exp(log_K)
        K_I = np.maximum(N - K, 1e-9 * N if not beside_labor else -0.5)
        moving, mass = (K_I + 1.0, 1.0 - self.before) if beside_labor else (K_I, self.Delta)
        tasks = np.array([self.before, mass, 0.0 if beside_labor else self.rest])
        tasks = tasks.reshape(3, *[1] * K.ndim)
        beside = [np.log(moving / mass), np.full_like(K, -np.log(self.rest))]
        log_inputs = np.stack([log_K - np.log(self.before), *beside])
        log_mean_input = log_mean(tasks, log_inputs, sigma)
        Y = self.A * np.exp(log_mean_input)
        e = (sigma - 1.0) / sigma
        share_K, share, _ = tasks * np.exp(e * (log_inputs - log_mean_input))
        rental, grows = share * Y / moving, delta * K / moving
        by_time = -delta * share_K + share * grows  # dlog Y/dt at given N
        return Products(
            Y / N,
            rental - Y / N,
            Y / N * by_time,
            rental,
            -rental * (1.0 - share) * (N / moving) / sigma,
            rental * (by_time - grows) / sigma,
        )

    def products_where_it_is(
        self, k: FloatArray, t: FloatArray
    ) -> tuple[Products, NDArray[np.bool_]]:
        """No stage is linear in capital."""
        return super().products_where_it_is(k, t)[0], np.zeros(k.shape, dtype=bool)

    def border(self, k: FloatArray, t: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Negative between the thresholds."""
        low, high, low_t, high_t = self.thresholds(np.where(np.isinf(t), 1e6, t))
        above_low, above_high = k - low, k - high
        by_t = -low_t * above_high - high_t * above_low
        return above_low * above_high, above_low + above_high, by_t


@dataclass(frozen=True, eq=False)
class ComputeTransition(Transition):
    """The optimal path after the bout; ``capital`` is K + K_I, ``rental_rate`` that of K."""

    before: float = field(kw_only=True)  # Φ₋
    Delta: float = field(kw_only=True)

    @property
    def first_date(self) -> float:
        """Years until labour leaves the new tasks, K_I/Δ = k₁."""
        return self.region_changes[0].date

    @property
    def second_date(self) -> float:
        """Years until compute earns what other capital earns, K_I/Δ = k₂."""
        return self.region_changes[1].date

    def _stocks(self, t: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """K and K_I: K is left to depreciate at first, then a constant part of all capital."""
        t, total = finite("t", t), self.capital(t)
        alone = self.K0 * np.exp(-self.params.delta * np.minimum(t, self.second_date))
        together = total * (self.before / (self.before + self.Delta))
        K = np.where(t < self.second_date, alone, together)
        return K, np.maximum(total - K, 0.0)

    def traditional(self, t: ArrayLike) -> Any:
        """K."""
        return self._stocks(t)[0][()]

    def compute(self, t: ArrayLike) -> Any:
        """K_I."""
        return self._stocks(t)[1][()]

    def _static(self, t: ArrayLike) -> Any:
        return specific_capital(*self._stocks(t), self.before, self.Delta, self.params)

    def compute_rental(self, t: ArrayLike) -> Any:
        """R_I, what a unit of compute and the marginal unit of saving earns."""
        return self._static(t).compute_rental

    def _logs(self, t: ArrayLike) -> StaticLogs:
        now = self._static(t)
        output, wage, rental = (
            np.asarray(np.log(x)) for x in (now.output / self.params.L, now.wage, now.rental_rate)
        )
        shares = np.asarray(now.capital_share), np.asarray(now.labor_share)
        return StaticLogs(output, wage, rental, *shares, np.asarray(now.region))

    def consumption_growth(self, t: ArrayLike) -> Any:
        """Ċ/C = (R_I − ρ − δ)/η, per year."""
        return (self.compute_rental(t) - self.params.rho - self.params.delta) / self.params.eta

    @property
    def recovery_date(self) -> float:
        """Years until the wage is again what it was before the bout."""
        start = self.log_wage(0.0)
        behind = 1.001 * self.first_date
        return float(brentq(lambda t: self.log_wage(t) - start, behind, 500.0))

    def price_of_capital(self, t: ArrayLike) -> Any:
        """q, the value of a unit of traditional capital in units of compute, one from k₂ on.

        Both must yield the same, (R + q̇)/q = R_I, so before that date q is what the unit earns
        until returns are equal, discounted at R_I. Below one: capital in the wrong place.
        """
        t, end = finite("t", t), self.second_date
        start = np.minimum(t, end)[..., None]
        value = self._left(end)
        cuts: tuple[Any, ...] = start, np.maximum(start, self.first_date), end
        for a, b in pairwise(cuts):
            s = a + 0.5 * (b - a) * (1.0 + _X)
            earned = self.rental_rate(s) * self._left(s)
            value = value + 0.5 * ((b - a) * earned) @ _W
        return np.where(t < end, value / self._left(start[..., 0]), 1.0)[()]

    def _left(self, t: ArrayLike) -> Any:
        """exp(−∫R_I), by (14)."""
        return np.exp(self.log_discount_factor(t) - self.params.delta * np.asarray(t))


def solve_compute_transition(
    Delta: float,
    before: float = 0.608,
    K0: float | None = None,
    params: Parameters | None = None,
    tol: float = 1e-8,
) -> ComputeTransition:
    """The optimal path after a bout Δ at date 0 that nobody foresaw; no automation afterwards.

    ``before`` is Φ₋ in (0, 1); ``K0`` the capital in place, the steady state at Φ₋ if not given.
    The paper describes the stages of this path and does not compute it.

    Raises ValueError if k₁ < k₂ does not hold when the stages meet (the bout is too large, or K0
    too small), if capital would be eaten up instead of accumulated, and as
    :func:`~aiecon.korinek_suh.solve_transition`; :class:`~aiecon.numerics.SolverError` if the
    solver fails.

    Source: Korinek & Suh (2024), section 4.5.

    >>> bout = solve_compute_transition(Delta=0.1)
    >>> round(bout.first_date, 4), round(bout.second_date, 4)
    (0.3661, 0.8099)
    """
    p = given(params)
    require("A", p.A, p.rho + p.delta < p.A, f"A > rho + delta = {p.rho + p.delta:.6g}")
    for name, value in (("Delta", Delta), ("before", before)):
        require(name, value, finite(name, value).ndim == 0, "a single number")
    capital = initial_capital(capital_upper_bound(before, p) if K0 is None else K0)
    found = compute_thresholds(capital, before, Delta, p)
    most = 1.0 - before * (1.0 + p.L / capital)
    hint = "A larger bout makes labour plentiful in every task."
    require("Delta", float(Delta), bool(found.in_order), f"Delta < {most:.6g}", hint)
    share = (before + Delta) * ((p.rho + p.delta) / p.A) ** (1.0 - p.sigma)
    require("sigma", p.sigma, share < 1, "a steady state with some labour income")
    technology = ComputeTechnology(capital, float(before), float(Delta), p)
    goal = destination(technology.path, p, region=1)
    problem = OptimalGrowth(technology, np.array([np.log(capital / p.L)]), p, goal)
    solution = solve(problem, tol)
    hint = "A smaller bout is over within days; its dates tend to zero in proportion to Delta."
    require("Delta", float(Delta), len(solution.switches) == 2, "Delta ≥ 0.001", hint)
    path = ComputeTransition(
        technology.path, capital, p, solution, before=float(before), Delta=float(Delta)
    )
    end = path.second_date
    late = compute_thresholds(path.traditional(end), before, Delta, p)
    hint = "Capital in place depreciates too far before the returns meet; take a smaller Delta."
    require("Delta", float(Delta), bool(late.in_order), "k1 < k2 until returns are equal", hint)
    t = np.concatenate([np.linspace(0, end, 60), end + np.geomspace(1e-2, 200, 40)])
    saved = path.output(t) - path.consumption(t)
    require("K0", capital, bool((saved >= 0).all()), "gross saving that is never negative")
    return path


class BackwardBout(NamedTuple):
    """What :func:`backward_from_equal_returns` finds."""

    second_date: float
    consumption: float  # at date 0
    first_date: float


def backward_from_equal_returns(
    Delta: float, before: float = 0.608, K0: float | None = None, params: Parameters | None = None
) -> BackwardBout:
    """The same path by a second method: backwards from the date at which returns are equal.

    For each candidate of that date capital in place is known, hence all capital, and consumption
    is that of the economy without specific capital. A Runge–Kutta method takes both back to date 0
    by the static equilibrium of ``compute.specific_capital``; the date is
    right if all capital then is K0.

    >>> found = backward_from_equal_returns(Delta=0.1)
    >>> round(found.second_date, 4)
    0.8099
    """
    p = given(params)
    capital = float(capital_upper_bound(before, p)) if K0 is None else K0
    after = BusinessAsUsual(rate=0.0, initial=before + Delta)
    labor_leaves = float(compute_thresholds(capital, before, Delta, p).first)

    def motion(t: float, x: FloatArray) -> list[float]:
        K = capital * np.exp(-p.delta * t)
        now = specific_capital(K, max(x[0] - K, 0.0), before, Delta, p)
        growth = (now.compute_rental - p.rho - p.delta) / p.eta
        return [float(now.output) - p.delta * x[0] - x[1], float(growth) * x[1]]

    def leaves(t: float, x: FloatArray) -> float:
        return float(x[0] - capital * np.exp(-p.delta * t) - Delta * labor_leaves)

    near: Transition | None = None  # the path tried before

    def back(date: float) -> Any:
        N = capital * np.exp(-p.delta * date) * (1.0 + Delta / before)
        nonlocal near
        near = solve_transition(after, N, p, near=near)
        C = float(near.consumption(0.0))
        return follow(motion, date, 0.0, [N, C], 1e-11, leaves)

    def missed(date: float) -> float:
        return float(back(date).y[0, -1] - capital)

    latest = 1.5 * float(np.log1p(Delta / before)) / p.delta
    date = float(brentq(missed, 1e-4 * latest, latest, xtol=1e-11, rtol=1e-12))
    found = back(date)
    return BackwardBout(date, float(found.y[1, -1]), float(found.t_events[0][0]))
