"""The transition with a fixed factor under optimal saving, to the steady state of Proposition 10.

The equations are those of :mod:`~aiecon.korinek_suh.dynamics.optimal_growth`,

    k̇ = Y/K − δ − C/K,        q̇ = (R − ρ − δ)/η − (Y/K − δ − C/K),

with k = log(K/L), q = log(C/K), and Y/K and R those of the composite multiplied by Y/X and αY/X.
Where tasks run out or are automated at a constant rate the path ends in region 2 and is closed at
the steady state K*, where C/K = Y/K − δ; without any automation it may end in region 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, automation_path
from aiecon.korinek_suh.dynamics.economy import Economy
from aiecon.korinek_suh.dynamics.first_guess import Interpolated, geometric_times, implicit_path
from aiecon.korinek_suh.dynamics.optimal_growth import OptimalGrowth
from aiecon.korinek_suh.dynamics.technology import Technology
from aiecon.korinek_suh.dynamics.transition import Transition, initial_capital, solve_transition
from aiecon.korinek_suh.extensions.fixed_factor import (
    FixedFactor,
    fixed_factor_steady_state,
    given_factor,
    with_fixed_factor,
)
from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.marginal_products import (
    Products,
    StaticLogs,
    region_1,
    region_2,
    static_logs,
)
from aiecon.numerics import Guess, SolverError, solve
from aiecon.validation import FloatArray, require

__all__ = ["FixedFactorTransition", "solve_fixed_factor_transition"]


FARTHEST = 5e3  # log(K*/L)
FAR = 3.0  # a date this many times the tail's time scale is given an arc of its own


def latest_entry(path: AutomationPath, log_ratio: float) -> float:
    """The date after the path's kinks at which Φ passes Φ̂ at the highest K/L, ∞ if there is none.

    Capital never exceeds the larger of K₀ and K*, so from that date on labour is not scarce.
    """
    target = -np.logaddexp(0.0, log_ratio)  # log(1 − Φ̂)

    def left(t: float) -> float:
        return float(path.log_unautomated(t)) - float(target)

    early = float(path.kinks[-1]) if path.kinks else 0.0
    rate = float(path.long_run_rate)
    if rate == 0 or np.isinf(rate) or left(early) <= 0:
        return np.inf
    late = early + 1.0
    while left(late) > 0:
        late *= 2.0
    return float(brentq(left, early, late, xtol=1e-9 * late))


class FixedFactorGrowth(OptimalGrowth):
    """The :class:`~aiecon.numerics.Problem` of one economy with a fixed factor, α < 1."""

    def __init__(
        self, path: AutomationPath, K0: float, factor: FixedFactor, params: Parameters
    ) -> None:
        p = params
        initial = np.array([np.log(K0 / p.L)])
        # the composite has unit productivity: A enters with M, in Y/X
        Technology.__init__(self, path, initial, 1.0, p.sigma)
        self.economy = Economy(p.rho, p.eta, p.delta, p.sigma, p.A)
        self.alpha = factor.alpha
        self.log_scale = float(np.log(p.A) + (1.0 - factor.alpha) * np.log(factor.M / p.L))
        end = fixed_factor_steady_state(factor, p, float(path.long_run_share))
        self.consumption_rate = end.consumption_rate
        self.goal = end.log_capital - float(np.log(p.L))
        self.ends_at_infinity, self.rule_from, self.last_regime = True, None, end.region
        self.tail_rate = np.array([self._speed(float(path.long_run_share))])
        latest = latest_entry(path, max(float(initial[0]), self.goal))
        if np.isfinite(latest) and latest * float(self.tail_rate[0]) > FAR:
            self.kinks = np.append(self.kinks, [[latest]], axis=0)

    def _speed(self, share: float) -> float:
        """How fast capital approaches the steady state: the stable root of the system there."""
        k = np.array([[[self.goal]]])
        if self.last_regime == 2:
            composite = region_2(k, 1.0)
        else:
            composite = region_1(k, np.full_like(k, np.log1p(-share)), 0.0 * k, 1.0, self.sigma)
        p = self._with_factor(composite, k)
        average_k, rental_k = (float(np.ravel(x)[0]) for x in (p.average_k, p.rental_k))
        trace = average_k + self.consumption_rate
        determinant = self.consumption_rate * rental_k / self.economy.eta
        return float(0.5 * (np.sqrt(trace**2 - 4.0 * determinant) - trace))

    def _with_factor(self, x: Products, k: FloatArray) -> Products:
        """Y/K and R from those of the composite: multiplied by Y/X and by α Y/X."""
        share = 1.0 - self.alpha  # of the fixed factor: Y/X falls with X as X^(−share)
        scale = np.exp(self.log_scale - share * (np.log(x.average) + k))  # Y/X
        by_k = -share * (x.average_k / x.average + 1.0)  # d log(Y/X)/dk
        by_t = -share * x.average_t / x.average
        rental = self.alpha * scale * x.rental
        return Products(
            scale * x.average,
            scale * (x.average_k + by_k * x.average),
            scale * (x.average_t + by_t * x.average),
            rental,
            self.alpha * scale * (x.rental_k + by_k * x.rental),
            self.alpha * scale * (x.rental_t + by_t * x.rental),
        )

    def products(self, k: FloatArray, t: FloatArray, regime: int) -> Products:
        return self._with_factor(super().products(k, t, regime), k)

    def products_where_it_is(
        self, k: FloatArray, t: FloatArray
    ) -> tuple[Products, NDArray[np.bool_]]:
        composite, linear = super().products_where_it_is(k, t)
        return self._with_factor(composite, k), linear

    def guesses(self) -> Iterator[Guess]:
        """Capital grows as fast as consumption would, k̇ = (R − ρ − δ)/η, up to its goal."""
        e = self.economy

        def growth(k: FloatArray, t: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
            p, _ = self.products_where_it_is(k[:, None, None], t[:, None, None])
            rate, slope = (p.rental - e.rho - e.delta) / e.eta, p.rental_k / e.eta
            return np.ravel(rate), np.ravel(slope), np.ravel(p.average) - e.delta

        def highest(k: FloatArray, step: FloatArray) -> FloatArray:
            return np.maximum(k, self.goal)

        times = geometric_times(self, None)
        loss = np.array([(e.rho + e.delta) / e.eta])
        k, rate, net = implicit_path(growth, self.initial[0], times, loss, highest)
        q = np.log(np.maximum(net - rate, 0.2 * self.consumption_rate))
        k[:, -1], q[:, -1] = self.goal, np.log(self.consumption_rate)
        yield Interpolated(times, (k, q)).guess()
        yield from self.neighbours()


@dataclass(frozen=True, eq=False)
class FixedFactorTransition(Transition):
    """An optimal path with a fixed factor: all that a Transition has, and what M earns."""

    factor: FixedFactor

    def _logs(self, t: ArrayLike) -> StaticLogs:
        k = np.asarray(self.log_capital(t) - np.log(self.params.L))
        log_rest = self.automation.log_unautomated(t)
        composite = static_logs(k, log_rest, 1.0, self.params.sigma)
        return with_fixed_factor(composite, self.factor, self.params)

    def factor_return(self, t: ArrayLike) -> Any:
        """Q = (1 − α) Y/M, output per year and unit of M."""
        return (1.0 - self.factor.alpha) * self.output(t) / self.factor.M

    def factor_share(self, t: ArrayLike) -> Any:
        """Q M/Y = 1 − α, with the shape of t."""
        return np.full(np.shape(t), 1.0 - self.factor.alpha)[()]


def solve_fixed_factor_transition(
    path: AutomationPath,
    K0: float = 4.6,
    factor: FixedFactor | None = None,
    params: Parameters | None = None,
    tol: float = 1e-8,
    *,
    nodes: int | None = None,
    near: FixedFactorTransition | None = None,
) -> FixedFactorTransition:
    """The optimal path with output A X^α M^(1−α), from K(0) = K0 to the steady state.

    The problem is that of :func:`~aiecon.korinek_suh.solve_transition` with F(K, L, M; Φ) for
    F(K, L; Φ); the household owns M. If all tasks are automated in the end the path enters region
    2 in finite time and tends to the steady state of
    :func:`~aiecon.korinek_suh.fixed_factor_steady_state`. At α = 1 it is the path without M.

    Parameters
    ----------
    path : an automation path
    K0 : capital at t = 0, > 0
    factor : α and M; α = .9 and M = 1 if not given
    params : preferences, technology and labour; Table 2 if not given
    tol : largest estimated error of log K and log(C/K) on [0, ∞), between 1e-13 and 1e-2
    nodes : solve once on a grid of so many nodes per element, without an error estimate
    near : the transition of a neighbouring economy, as a start

    Returns a :class:`FixedFactorTransition`. Raises ValueError where there is no steady state with
    capital (M too small) and :class:`~aiecon.numerics.SolverError` if the solver fails, as it does
    for α above about .999 but below 1: there K* is beyond e^1000 and as good as never reached.

    Source: Korinek & Suh (2024), section 4.1.

    >>> from aiecon import korinek_suh as ks
    >>> factor = ks.FixedFactor(alpha=0.9, M=1e-4)
    >>> path = ks.solve_fixed_factor_transition(ks.BusinessAsUsual(rate=0.02), 4.6, factor)
    >>> round(path.region_changes[0].date, 4), path.region_changes[0].region
    (33.3082, 2)
    >>> round(float(path.wage(1e4)), 6), round(float(path.labor_share(1e4)), 4)
    (0.14, 0.0765)
    """
    automation_path("path", path)
    factor, params = given_factor(factor), given(params)
    capital = initial_capital(K0)
    if factor.alpha == 1.0:
        plain = solve_transition(path, capital, params, tol, nodes=nodes, near=near)
        return FixedFactorTransition(path, capital, params, plain.solution, factor)
    require("rho", params.rho, params.rho > 0, "rho > 0", "Otherwise utility is infinite.")
    problem = FixedFactorGrowth(path, capital, factor, params)
    if problem.goal > FARTHEST:
        raise SolverError(
            f"No path was sought: at alpha = {factor.alpha:.9g} log(K*/L) = {problem.goal:.5g}, so "
            "far off that it is never reached. Try alpha ≤ 0.999, or alpha = 1, where M does not "
            "matter, or a smaller M."
        )
    found = solve(problem, tol, nodes=nodes, near=None if near is None else near.solution)
    return FixedFactorTransition(path, capital, params, found, factor)
