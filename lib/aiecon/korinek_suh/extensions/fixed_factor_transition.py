"""The transition with a fixed factor under optimal saving, to the steady state of Proposition 10.

The equations are those of :mod:`~aiecon.korinek_suh.dynamics.optimal_growth`,

    k̇ = Y/K − δ − C/K,        q̇ = (R − ρ − δ)/η − (Y/K − δ − C/K),

with k = log(K/L), q = log(C/K), and Y/K and R those of the composite multiplied by Y/X and αY/X.
Where tasks run out or are automated at a constant rate the path ends in region 2 and is closed at
the steady state K*, where C/K = Y/K − δ; without any automation it may end in region 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from aiecon.cached import latest
from aiecon.korinek_suh.dynamics.automation_paths import (
    AutomationPath,
    BusinessAsUsual,
    automation_path,
)
from aiecon.korinek_suh.dynamics.many_transitions import columns
from aiecon.korinek_suh.dynamics.optimal_growth import OptimalGrowth
from aiecon.korinek_suh.dynamics.technology import Destination, Technology
from aiecon.korinek_suh.dynamics.transition import (
    Path,
    Transition,
    initial_capital,
    solve_transition,
)
from aiecon.korinek_suh.extensions.fixed_factor import (
    FixedFactor,
    given_factor,
    log_per_composite,
    resting_capital,
    with_fixed_factor,
)
from aiecon.korinek_suh.parameters import Parameters, given, some_of
from aiecon.korinek_suh.statics.marginal_products import Products, StaticLogs, region_1, region_2
from aiecon.numerics import ManyPaths, SolverError, solve, solve_many
from aiecon.validation import FloatArray, require

__all__ = [
    "FixedFactorTransition",
    "FixedFactorTransitions",
    "solve_fixed_factor_transition",
    "solve_fixed_factor_transitions",
]

FARTHEST = 5e3  # log(K*/L)
FAR = 3.0  # a date this many times the tail's time scale is given an arc of its own


class FixedFactorTechnology(Technology):
    """What capital, labour and the fixed factor produce, α < 1.

    The composite of tasks has unit productivity: A enters with M, in Y/X.
    """

    def __init__(self, path: AutomationPath, factor: FixedFactor, params: Parameters) -> None:
        super().__init__(path, 1.0, params.sigma)
        self.factor, self.params = factor, params

    def take(self, draws: NDArray[np.intp]) -> Self:
        other = super().take(draws)
        other.factor, other.params = some_of(self.factor, draws), some_of(self.params, draws)
        return other

    def logs(self, k: Any, t: Any) -> StaticLogs:
        return with_fixed_factor(super().logs(k, t), self.factor, self.params)

    def _with_factor(self, x: Products, k: FloatArray) -> Products:
        """Y/K and R from those of the composite: multiplied by Y/X and by α Y/X."""
        alpha = self.factor.alpha  # Y/X falls with X as X^(α−1)
        scale = np.exp(log_per_composite(np.log(x.average) + k, self.factor, self.params))
        by_k = (alpha - 1.0) * (x.average_k / x.average + 1.0)  # d log(Y/X)/dk
        by_t = (alpha - 1.0) * x.average_t / x.average
        return Products(
            scale * x.average,
            scale * (x.average_k + by_k * x.average),
            scale * (x.average_t + by_t * x.average),
            alpha * scale * x.rental,
            alpha * scale * (x.rental_k + by_k * x.rental),
            alpha * scale * (x.rental_t + by_t * x.rental),
        )

    def products(self, k: FloatArray, t: FloatArray, region: int) -> Products:
        return self._with_factor(super().products(k, t, region), k)

    def destination(self) -> Destination:
        """The steady state, and how fast capital approaches it: the stable root there."""
        p, share = self.params, float(np.min(self.path.long_run_share))
        k = np.asarray(resting_capital(self.factor, p, share))
        region = 2 if share == 1 or k <= np.log(share / (1.0 - share)) else 1
        if region == 2:
            composite = region_2(k, 1.0)
        else:
            composite = region_1(k, np.log1p(-np.array(share)), 0.0 * k, 1.0, self.sigma)
        slopes = self._with_factor(composite, k)
        consumption = slopes.average - p.delta
        trace = slopes.average_k + consumption
        determinant = consumption * slopes.rental_k / p.eta
        stable = 0.5 * (np.sqrt(trace**2 - 4.0 * determinant) - trace)
        return Destination(region, True, 0.0, consumption, np.ravel(stable), np.ravel(k))


def latest_entry(path: AutomationPath, log_ratio: float) -> float:
    """The date after the path's kinks at which Φ passes Φ̂ at the highest K/L, ∞ if there is none.

    Capital never exceeds the larger of K₀ and K*, so from that date on labour is not scarce.
    """
    target = -float(np.logaddexp(0.0, log_ratio))  # log(1 − Φ̂)

    def left(t: float) -> float:
        return float(path.log_unautomated(t)) - target

    early = float(path.kinks[-1]) if path.kinks else 0.0
    rate = float(path.long_run_rate)
    if rate == 0 or np.isinf(rate) or left(early) <= 0:
        return np.inf
    late = early + 1.0
    while left(late) > 0:
        late *= 2.0
    return float(brentq(left, early, late, xtol=1e-9 * late))


@dataclass(frozen=True, eq=False)
class FixedFactorTransition(Transition):
    """An optimal path with a fixed factor: all that a Transition has, and what M earns."""

    factor: FixedFactor

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
    technology = FixedFactorTechnology(path, factor, params)
    end, start = technology.destination(), float(np.log(capital / params.L))
    goal = float(end.log_capital[0])
    if goal > FARTHEST:
        raise SolverError(
            f"No path was sought: at alpha = {factor.alpha:.9g} log(K*/L) = {goal:.5g}, so "
            "far off that it is never reached. Try alpha ≤ 0.999, or alpha = 1, where M does not "
            "matter, or a smaller M."
        )
    latest = latest_entry(path, max(start, goal))
    if np.isfinite(latest) and latest * end.tail_rate[0] > FAR:
        technology.kinks = (*technology.kinks, latest)
    problem = OptimalGrowth(technology, np.array([start]), params, end)
    found = solve(problem, tol, nodes=nodes, near=None if near is None else near.solution)
    return FixedFactorTransition(path, capital, params, found, factor)


@dataclass(frozen=True, eq=False)
class FixedFactorTransitions(Path):
    """Optimal paths of n economies: functions of dates (T,), or (n, T) of each economy's own."""

    technology: FixedFactorTechnology
    paths: ManyPaths

    @property
    def _log_L(self) -> Any:  # type: ignore[override]
        return np.ravel(np.log(self.technology.params.L))[:, None]

    @latest
    def _x(self, t: ArrayLike) -> FloatArray:
        return self.paths(np.asarray(t))

    def _logs(self, t: ArrayLike) -> StaticLogs:
        return self.logs(t)

    def logs(self, t: ArrayLike) -> StaticLogs:
        """The static equilibrium at t in logarithms, at once."""
        logs = self.technology.logs(self._x(t)[0][:, None], np.atleast_2d(t)[:, None])
        return StaticLogs._make(x[:, 0] for x in logs)


def solve_fixed_factor_transitions(
    path: BusinessAsUsual,
    K0: ArrayLike = 4.6,
    factor: FixedFactor | None = None,
    params: Parameters | None = None,
    tol: float = 1e-8,
) -> FixedFactorTransitions:
    """:func:`solve_fixed_factor_transition` for n economies at once, under business as usual.

    K0 and the fields of ``path``, ``factor`` and ``params`` are numbers or arrays (n,), λg > 0 and
    0 < α < 1. An economy whose path is not found has NaN; ``paths.failures`` says why.

    >>> usual, factors = BusinessAsUsual(rate=0.02), FixedFactor(0.9, [1e-4, 1.0])
    >>> solve_fixed_factor_transitions(usual, factor=factors).wage([0.0, 50.0]).round(3)
    array([[0.435, 0.151],
           [1.092, 2.1  ]])
    """
    factor = given_factor(factor, many=True)
    alpha, M, K = (np.atleast_1d(x) for x in np.broadcast_arrays(factor.alpha, factor.M, K0))
    tasks, initial, params = columns(path, K, params, {})
    alpha, M = (np.broadcast_to(x, initial.shape)[:, None, None] for x in (alpha, M))
    rate = np.ravel(tasks.long_run_rate)
    require("rate", rate, rate > 0, "rate > 0")
    technology = FixedFactorTechnology(tasks, FixedFactor(alpha, M), params)
    end = technology.destination()
    # each path has an arc that ends where Φ passes Φ̂ at the highest K/L
    highest = np.logaddexp(0.0, np.maximum(initial, end.log_capital))
    latest = (np.ravel(np.log1p(-tasks.initial)) + highest) / rate
    technology.kinks = (np.maximum(latest, 1.0)[:, None, None],)
    return FixedFactorTransitions(
        technology, solve_many(OptimalGrowth(technology, initial, params, end), tol)
    )
