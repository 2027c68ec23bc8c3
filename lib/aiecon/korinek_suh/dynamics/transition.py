"""The transition under optimal saving (section 3): Figure 8 and whatever else one asks of it."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from aiecon.cached import latest
from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, automation_path
from aiecon.korinek_suh.dynamics.optimal_growth import OptimalGrowth
from aiecon.korinek_suh.dynamics.technology import EDGE, Technology, destination, endings
from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.ces import exp_or_infinity
from aiecon.korinek_suh.statics.marginal_products import NEAR_ONE, StaticLogs
from aiecon.numerics import SaddlePath, SolverError, solve
from aiecon.validation import FloatArray, number, require

__all__ = ["OnePath", "Path", "RegionChange", "Transition", "solve_transition"]

# beyond which the solver is known to fail sometimes
LEAST_SIGMA, LEAST_BETA, LEAST_CAPITAL = 0.01, 0.05, 1e-30


class RegionChange(NamedTuple):
    """When the path enters a region."""

    date: float  # years
    region: int  # 1 or 2: the region that begins


class Path:
    """What paths of capital have in common: prices, output and shares at any time t ≥ 0.

    Every method takes a time or an array of times, in years, and returns a number or an array of
    that shape, or (n, T) for n economies; ValueError for t < 0. Where a level exceeds the largest
    floating-point number it is infinite; its logarithm and all rates and shares stay exact.
    """

    _log_L: Any

    def _x(self, t: ArrayLike) -> Any:
        """log(K/L) and, if somebody chooses it, log(C/K)."""
        raise NotImplementedError

    def _logs(self, t: ArrayLike) -> StaticLogs:
        """The static equilibrium at t."""
        raise NotImplementedError

    def log_capital(self, t: ArrayLike) -> Any:
        """log K."""
        return (self._x(t)[0] + self._log_L)[()]

    def capital(self, t: ArrayLike) -> Any:
        """K."""
        return exp_or_infinity(self.log_capital(t))[()]

    def log_output(self, t: ArrayLike) -> Any:
        """log Y."""
        return (self._logs(t).output + self._log_L)[()]

    def output(self, t: ArrayLike) -> Any:
        """Y per year."""
        return exp_or_infinity(self.log_output(t))[()]

    def log_wage(self, t: ArrayLike) -> Any:
        """log w."""
        return self._logs(t).wage[()]

    def wage(self, t: ArrayLike) -> Any:
        """w, output per year and unit of labour."""
        return exp_or_infinity(self._logs(t).wage)[()]

    def rental_rate(self, t: ArrayLike) -> Any:
        """R, output per year and unit of capital."""
        return np.exp(self._logs(t).rental)[()]

    def labor_share(self, t: ArrayLike) -> Any:
        """w L/Y."""
        return self._logs(t).labor_share[()]

    def capital_share(self, t: ArrayLike) -> Any:
        """R K/Y."""
        return self._logs(t).capital_share[()]

    def region(self, t: ArrayLike) -> Any:
        """1 where labour is scarce, 2 where w = R = A."""
        return self._logs(t).region[()]

    def log_consumption(self, t: ArrayLike) -> Any:
        """log C."""
        k, q = self._x(t)
        return (k + q + self._log_L)[()]

    def consumption(self, t: ArrayLike) -> Any:
        """C per year."""
        return exp_or_infinity(self.log_consumption(t))[()]

    def saving_rate(self, t: ArrayLike) -> Any:
        """s = 1 − C/Y, gross of depreciation; negative where capital is consumed."""
        return -np.expm1(self.log_consumption(t) - self.log_output(t))


@dataclass(frozen=True, eq=False)
class OnePath(Path):
    """The path of one economy, and the facts about its solution."""

    automation: AutomationPath
    K0: float
    params: Parameters
    solution: SaddlePath

    @property
    def _log_L(self) -> Any:  # type: ignore[override]
        return np.log(self.params.L)

    @latest
    def _x(self, t: ArrayLike) -> FloatArray:
        x = np.array(self.solution(t))
        x[0] += float(np.ravel(self._problem.trend)[0]) * np.asarray(t)
        return x

    @property
    def _problem(self) -> Any:
        return self.solution.problem

    def _logs(self, t: ArrayLike) -> StaticLogs:
        k = self.log_capital(t) - self._log_L
        return self._problem.technology.logs(k, t)  # type: ignore[no-any-return]

    def interest_rate(self, t: ArrayLike) -> Any:
        """R − δ, per year."""
        return self.rental_rate(t) - self.params.delta

    def share(self, t: ArrayLike) -> Any:
        """Φ, the share of automated tasks."""
        return self.automation.share(t)

    def unautomated(self, t: ArrayLike) -> Any:
        """1 − Φ, accurate where it is tiny."""
        return self.automation.unautomated(t)

    @property
    def region_changes(self) -> tuple[RegionChange, ...]:
        """The dates at which the economy changes region, in order."""
        return tuple(RegionChange(*change) for change in self.solution.switches)

    @property
    def kinks(self) -> tuple[float, ...]:
        """All dates at which the path is not smooth, in order."""
        return tuple(float(date) for date in self.solution.dates[1:])

    # what the solver says: whether and how it ended; the largest violation of the equations of
    # motion of log K and log(C/K) between the nodes, per year and relative to one plus their size;
    # the largest change of log K and log(C/K) when the grid was refined for the last time
    converged = property(attrgetter("solution.converged"))
    message = property(attrgetter("solution.message"))
    residual = property(attrgetter("solution.residual"))
    error = property(attrgetter("solution.error"))


@dataclass(frozen=True, eq=False)
class Transition(OnePath):
    """An optimal path: :class:`Path` and what the household does."""

    def consumption_growth(self, t: ArrayLike) -> Any:
        """Ċ/C = (R − ρ − δ)/η, (14), per year."""
        return (self.rental_rate(t) - self.params.rho - self.params.delta) / self.params.eta

    def log_discount_factor(self, t: ArrayLike) -> Any:
        """log of the price today of output at t: −∫₀ᵗ (R − δ) = −ρt − η log(C(t)/C(0)), by (14)."""
        growth = self.log_consumption(t) - self.log_consumption(0.0)
        return -self.params.rho * np.asarray(t, dtype=np.float64) - self.params.eta * growth


def solve_transition(
    path: AutomationPath,
    K0: float = 4.6,
    params: Parameters | None = None,
    tol: float = 1e-8,
    *,
    nodes: int | None = None,
    near: Transition | None = None,
    raise_on_failure: bool = True,
) -> Transition:
    """The optimal path of capital and consumption while tasks are automated, from K(0) = K0.

    The household maximises ∫ exp(−ρt) u(C) dt, u with constant relative risk aversion η, subject to
    K̇ = F(K, L; Φ(t)) − δK − C, (12) and (13). Capital may be consumed: gross saving is negative if
    K0 is very high. The solution satisfies (14) and the transversality condition: it is closed by
    C = m (K + A L/(A−δ)) where the economy stays in region 2 for ever, on the stable manifold of
    its balanced growth otherwise. The regions, the order in which the path visits them and the
    dates of the changes are part of the solution.

    Parameters
    ----------
    path : :class:`BusinessAsUsual`, :class:`Bounded`, :class:`Mixed`, or another automation path
    K0 : capital at t = 0, > 0
    params : preferences, technology and labour; Table 2 if not given
    tol : largest estimated error of log K and log(C/K) on [0, ∞), between 1e-13 and 1e-2
    nodes : solve once on a grid of so many nodes per element, without an error estimate
    near : the transition of a neighbouring economy or scenario, as a start: a path in a third of
        the time. Where it does not help the solver starts as it does without
    raise_on_failure : whether a path that did not converge is an error or is returned

    Returns a :class:`Transition`, functions of time and the facts about the solve. Raises
    ValueError where the theory has no such path (A ≤ ρ + δ; utility infinite; λg within 1e-9 of
    the edge (1−σ)(A−ρ−δ)/η, at which convergence is not exponential) and
    :class:`~aiecon.numerics.SolverError` if the solver fails, as it does for bounded paths with β
    below about 0.03 (there most of the tasks that are left go in the last instant before T), for σ
    below about 0.003 (wages turn within an instant) and for K0/L below about 1e-60.

    Source: Korinek & Suh (2024), sections 3.2 and 3.3.

    >>> from aiecon import korinek_suh as ks
    >>> agi = ks.solve_transition(ks.Bounded(horizon=20))
    >>> round(float(agi.consumption(0)), 8), agi.region_changes[0].region
    (1.60117261, 2)
    >>> round(agi.region_changes[0].date, 6)
    18.613064
    >>> agi.labor_share([0.0, 10.0, 20.0]).round(3)
    array([0.657, 0.363, 0.021])
    """
    automation_path("path", path)
    params = given(params)
    capital = initial_capital(K0)
    check_growth(path, params)
    technology = Technology(path, params.A, params.sigma)
    initial = np.array([np.log(capital / params.L)])
    for region in endings(float(path.long_run_rate), params.growth):
        end = destination(path, params, region)
        problem = OptimalGrowth(technology, initial, params, end)
        try:
            start = None if near is None else near.solution
            found = solve(problem, tol, nodes=nodes, near=start, raise_on_failure=raise_on_failure)
            return Transition(path, capital, params, found)
        except SolverError as error:
            failure = error
    beyond = beyond_the_solver(path, capital / params.L, params.sigma)
    raise SolverError(f"{failure}{beyond}") from failure


def beyond_the_solver(path: AutomationPath, capital: float, sigma: float) -> str:
    """Which input is so extreme that it is the likely cause of a failure, and what to take."""
    hints = []
    if sigma < LEAST_SIGMA:
        hints.append(f"sigma = {sigma:g} is next to Leontief; take sigma ≥ {LEAST_SIGMA}")
    beta = float(np.min(getattr(path, "beta", 1.0)))
    if beta < LEAST_BETA:
        hints.append(f"at beta = {beta:g} tasks go in the last instant; take beta ≥ {LEAST_BETA}")
    if not LEAST_CAPITAL < capital < 1.0 / LEAST_CAPITAL:
        hints.append(f"K0/L = {capital:g} is extreme; take one between 1e-30 and 1e30")
    return "".join(f" {hint[0].upper()}{hint[1:]}." for hint in hints)


def initial_capital(K0: float) -> float:
    """K0 as a float; ValueError unless it is a single positive number."""
    capital = number("K0", K0)
    require("K0", capital, capital > 0, "K0 > 0")
    return capital


def check_growth(path: AutomationPath, params: Parameters) -> None:
    """ValueError unless an economy has an optimal path that settles exponentially."""
    e, rate = params, float(path.long_run_rate)
    G, edge = e.growth, (1.0 - e.sigma) * e.growth
    hint = "Otherwise capital is run down to nothing as tasks are automated."
    require("A", e.A, e.rho + e.delta < e.A, f"A > rho + delta = {e.rho + e.delta:.6g}", hint)
    allowed = f"a rate other than (1 − sigma)(A − rho − delta)/eta = {edge:.9g}"
    hint = "There convergence to balanced growth is not exponential; take a rate beside it."
    require("rate", rate, rate == 0 or abs(rate - edge) > EDGE * G, allowed, hint)
    growth = 0.0 if rate == 0 else rate / (1.0 - e.sigma) if rate < edge else G
    least = (1.0 - e.eta) * growth + 0.0  # a zero without sign
    allowed = f"rho > (1 − eta) × long-run growth = {least:.6g}"
    finite_utility = e.rho - (1.0 - e.eta) * growth > EDGE * e.rho
    require("rho", e.rho, finite_utility, allowed, "Otherwise utility is infinite.")
    smooth = path.initial > 0 or e.sigma < 1.0 - NEAR_ONE  # else the path has a corner at t = 0
    require("initial", path.initial, smooth, f"initial > 0 unless sigma < {1.0 - NEAR_ONE:g}")
    if rate == 0 and e.sigma >= 1:
        share = path.long_run_share * ((e.rho + e.delta) / e.A) ** (1.0 - e.sigma)
        require("sigma", e.sigma, share < 1, "a steady state with some labour income")
