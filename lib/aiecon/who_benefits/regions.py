"""Two regions: closed, with mobile capital, with the other's technology.

Closed regions are two economies of Korinek & Suh. By Lemma 1 labour stops being scarce once
Φ ≥ (K/L)/(1 + K/L), earlier where there is less capital per head. Where capital moves freely the
return is the same everywhere, and each region's wage lies on its own frontier (9),

    w_i = [(A^(1−σ) − Φ_i R^(1−σ))/(1−Φ_i)]^(1/(1−σ)),      K_i/L_i = Φ_i/(1−Φ_i) (w_i/R)^σ,

with Σ K_i = K. Labour is scarce as long as K exceeds Σ L_i Φ_i/(1−Φ_i): once one region alone could
employ all capital at R = A, wages are A everywhere, whatever is automated elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiecon.korinek_suh import (
    Parameters,
    RegionChange,
    Transition,
    capital_intensity,
    factor_price_frontier,
    solve_transition,
)
from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, automation_path
from aiecon.korinek_suh.dynamics.economy import Economy
from aiecon.korinek_suh.dynamics.optimal_growth import OptimalGrowth
from aiecon.korinek_suh.dynamics.transition import initial_capital
from aiecon.korinek_suh.parameters import given
from aiecon.korinek_suh.statics.marginal_products import Products, region_1, region_2
from aiecon.numerics import SaddlePath, solve
from aiecon.validation import FloatArray, finite, number, require

__all__ = ["Regions", "World", "open_region", "solve_world", "two_regions"]

MOST_STEPS = 80  # of Newton's method for R


# Closed regions -----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Regions:
    """A rich region and a poor one, each closed; wages per unit of labour."""

    rich: Transition
    poor: Transition

    @property
    def collapse(self) -> dict[str, float]:
        """The date at which labour stops being scarce, ∞ if never."""
        dates = {}
        for name, path in (("rich", self.rich), ("poor", self.poor)):
            entries = [change.date for change in path.region_changes if change.region == 2]
            first = 0.0 if int(path.region(0.0)) == 2 else np.inf
            dates[name] = float(entries[0]) if entries and first else first
        return dates

    def wage_gap(self, t: ArrayLike) -> Any:
        """Rich wage over poor wage, less one."""
        return np.expm1(self.rich.log_wage(t) - self.poor.log_wage(t))

    def output_gap(self, t: ArrayLike) -> Any:
        """Rich output over poor output, per head, less one."""
        heads = np.log(self.rich.params.L) - np.log(self.poor.params.L)
        return np.expm1(self.rich.log_output(t) - self.poor.log_output(t) - heads)


def two_regions(
    rich: AutomationPath,
    poor: AutomationPath | None = None,
    K_rich: float = 4.6,
    K_poor: float = 2.3,
    params: Parameters | None = None,
) -> Regions:
    """Two closed economies; ``poor`` is automated as ``rich`` unless given (technology transfer).

    >>> from aiecon import korinek_suh as ks
    >>> pair = two_regions(ks.Bounded(horizon=20.0))
    >>> {name: round(date, 2) for name, date in pair.collapse.items()}
    {'rich': 18.61, 'poor': 18.52}
    """
    other = rich if poor is None else poor
    return Regions(
        solve_transition(rich, K_rich, params), solve_transition(other, K_poor, params)
    )


def open_region(leader: Transition, path: AutomationPath, t: ArrayLike) -> tuple[Any, Any]:
    """Wage and K/L at dates t in a small region that takes the return of a large one.

    >>> from aiecon import korinek_suh as ks
    >>> wage, capital = open_region(ks.solve_transition(ks.Bounded()), ks.BusinessAsUsual(), 19.0)
    >>> float(wage), float(capital.round(3))  # R = A: its wage collapses with the leader's
    (0.5, 2.085)
    """
    automation_path("path", path)
    R, Phi, rest = leader.rental_rate(t), path.share(t), path.unautomated(t)
    R = np.minimum(R, leader.params.A)
    wage = factor_price_frontier(R, Phi, leader.params, unautomated=rest)
    return wage, capital_intensity(R, Phi, leader.params, unautomated=rest)


# One market for capital ---------------------------------------------------------------------------


class WorldGrowth(OptimalGrowth):
    """Saving of a household that owns the capital of all regions; k = log(K/L) of the world."""

    def __init__(
        self,
        paths: tuple[AutomationPath, ...],
        sizes: tuple[float, ...],
        initial: FloatArray,
        economy: Economy,
        stays: bool,
    ) -> None:
        """``sizes`` are shares of labour; ``paths[0]`` is the path of tasks in the lead."""
        super().__init__(paths[0], initial, economy, stays)
        self.paths, self.sizes = paths, sizes
        last = np.inf if self.rule_from is None else float(self.kinks[self.rule_from, 0])
        dates = {float(np.ravel(date)[0]) for path in paths for date in path.kinks}
        kept = sorted(date for date in dates if date <= last)
        self.kinks = np.array(kept).reshape(len(kept), 1)
        self.close(stays)
        self.samples = 1000

    def simple(self) -> NDArray[np.bool_]:
        return np.zeros(self.initial.shape[1], dtype=bool)

    def progress(self, t: FloatArray) -> list[tuple[FloatArray, FloatArray, FloatArray]]:
        """log(1−Φ), the hazard and Φ of each region, where tasks are left."""
        found = []
        for path in self.paths:
            log_rest, hazard = path.progress(t)
            log_rest = np.where(log_rest == -np.inf, -600.0, log_rest)
            found.append((log_rest, hazard, -np.expm1(log_rest)))
        return found

    def allocation(self, k: FloatArray, t: FloatArray) -> tuple[FloatArray, list[FloatArray]]:
        """log R and the log wages at which all capital is employed; log R ≤ log A.

        log K falls and is concave in log R: Newton's method goes down to the root from the highest
        return that one of the regions would have with capital per head as in the world.
        """
        e = self.economy
        now, s = self.progress(t), 1.0 - e.sigma
        log_A = np.log(e.A)
        alone = [region_1(k, log_rest, 0.0 * t, e.A, e.sigma).rental for log_rest, _, _ in now]
        x = np.minimum(np.log(np.max(np.broadcast_arrays(*alone), axis=0)), log_A)
        for _ in range(MOST_STEPS):
            wages = [_log_wage(x, a, log_A, s) for a in now]
            total, slope, _ = self._capital(x, wages, now)
            move = (total - k) / slope
            x = x - np.maximum(move, -0.5)
            if np.abs(move).max() < 1e-14:
                break
        return x, [_log_wage(x, a, log_A, s) for a in now]

    def _capital(
        self, x: FloatArray, wages: list[FloatArray], now: Any
    ) -> tuple[FloatArray, FloatArray, list[FloatArray]]:
        """log(K/L) at log R = x, its slope in x, and log(K_i/L_i)."""
        sigma = self.economy.sigma
        each = [
            np.log(Phi) - log_rest + sigma * (w - x)
            for w, (log_rest, _, Phi) in zip(wages, now, strict=True)
        ]
        held = [np.log(size) + one for size, one in zip(self.sizes, each, strict=True)]
        total = np.logaddexp.reduce(held)
        # Shephard's lemma: d log w/d log R = −R K/(w L)
        slope = sum(
            -sigma * np.exp(own - total) * (1.0 + np.exp(x + one - w))
            for own, one, w in zip(held, each, wages, strict=True)
        )
        return total, np.asarray(slope), each

    def products(self, k: FloatArray, t: FloatArray, regime: int) -> Products:
        """Y = Σ w_i L_i + R K; what time does at given R is what it does to the wages."""
        if regime == 2:
            return region_2(k, self.A)
        e, now = self.economy, self.progress(t)
        x, wages = self.allocation(k, t)
        total, slope, each = self._capital(x, wages, now)
        R, k_all = np.exp(x), np.exp(total)
        wage_bill, drift, pull = 0.0, 0.0, 0.0
        for size, w, one, (_, hazard, Phi) in zip(self.sizes, wages, each, now, strict=True):
            growth = hazard / (1.0 - e.sigma) * -np.expm1((1.0 - e.sigma) * (x - w))  # of w at R
            wage_bill = wage_bill + size * np.exp(w)
            drift = drift + size * np.exp(w) * growth
            pull = pull + size * np.exp(one - total) * (hazard / Phi + e.sigma * growth)
        average = R + wage_bill / k_all
        return Products(average, R - average, drift / k_all, R, R / slope, -R * pull / slope)

    def _distance(self, k: FloatArray, t: FloatArray) -> FloatArray:
        odds = [
            np.log(size) + np.log(Phi) - log_rest
            for size, (log_rest, _, Phi) in zip(self.sizes, self.progress(t), strict=True)
        ]
        return k - np.logaddexp.reduce(odds)

    def products_where_it_is(
        self, k: FloatArray, t: FloatArray
    ) -> tuple[Products, NDArray[np.bool_]]:
        inside = self._distance(k, t) > 0
        one = self.products(np.where(inside, k, 50.0), np.where(inside, t, 0.0), 1)
        two = region_2(k, self.A)
        return Products(*(np.where(inside, a, b) for a, b in zip(one, two, strict=True))), ~inside

    def border(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        now = self.progress(t)
        odds = [
            np.log(size) + np.log(Phi) - log_rest
            for size, (log_rest, _, Phi) in zip(self.sizes, now, strict=True)
        ]
        total = np.logaddexp.reduce(odds)
        pull = sum(np.exp(own - total) * h / Phi for own, (_, h, Phi) in zip(odds, now, strict=True))
        b_x = np.zeros(x.shape)
        b_x[0] = 1.0
        return self.log_capital(t, x[0]) - total, b_x, self.trend - np.asarray(pull)


def _log_wage(x: FloatArray, now: Any, log_A: Any, s: Any) -> FloatArray:
    """(9) in logarithms, log(w/A) = log{1 + Φ[1 − (R/A)^s]/(1−Φ)}/s with s = 1 − σ."""
    log_rest, _, Phi = now
    dear = -Phi * np.expm1(s * (x - log_A))
    above = dear > 0
    rise = np.logaddexp(0.0, np.log(np.where(above, dear, 1.0)) - log_rest)
    beyond = np.where(above, 0.0, dear * np.exp(-np.maximum(log_rest, -600.0)))  # R > A: a guess
    return np.asarray(log_A + np.where(above, rise, np.log1p(np.maximum(beyond, -0.999999))) / s)


@dataclass(frozen=True, eq=False)
class World:
    """Regions with one market for capital; methods of time, wages and capital by region first."""

    paths: tuple[AutomationPath, ...]
    sizes: tuple[float, ...]
    params: Parameters
    solution: SaddlePath

    def _now(self, t: ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """log(K/L), log(C/K), log R and the log wages (regions, …)."""
        t = finite("t", t)
        problem: WorldGrowth = self.solution.problem  # type: ignore[assignment]
        k, q = self.solution(t)
        k = k + float(np.ravel(problem.trend)[0]) * t
        flat_k, flat_t = (np.atleast_1d(x).reshape(1, 1, -1) for x in (k, t))
        inside = problem._distance(flat_k, flat_t) > 0
        x, wages = problem.allocation(np.where(inside, flat_k, 50.0), flat_t)
        log_A = np.log(self.params.A)
        log_R = np.where(inside, x, log_A).reshape(k.shape)
        logs = [np.where(inside, w, log_A).reshape(k.shape) for w in wages]
        return k, q, log_R, np.stack(logs)

    def rental_rate(self, t: ArrayLike) -> Any:
        """R, the same everywhere."""
        return np.exp(self._now(t)[2])[()]

    def wage(self, t: ArrayLike) -> Any:
        """w_i, (regions, …)."""
        return np.exp(self._now(t)[3])

    def capital(self, t: ArrayLike) -> Any:
        """K of all regions together."""
        return np.exp(self._now(t)[0] + np.log(self.params.L))[()]

    def consumption(self, t: ArrayLike) -> Any:
        """C of all regions together; each household keeps its share of it."""
        k, q, _, _ = self._now(t)
        return np.exp(k + q + np.log(self.params.L))[()]

    def output(self, t: ArrayLike) -> Any:
        """Y of all regions together, wages and returns."""
        k, _, log_R, wages = self._now(t)
        bill = np.tensordot(np.array(self.sizes), np.exp(wages), axes=1)
        return (self.params.L * (bill + np.exp(log_R + k)))[()]

    def capital_in(self, t: ArrayLike) -> Any:
        """K_i of each region, (regions, …); NaN where R = w = A and location does not matter."""
        t = finite("t", t)
        _, _, log_R, wages = self._now(t)
        found = []
        for size, path, w in zip(self.sizes, self.paths, wages, strict=True):
            log_rest = np.asarray(path.log_unautomated(t))
            with np.errstate(divide="ignore"):
                odds = np.log(-np.expm1(log_rest)) - log_rest
            found.append(size * self.params.L * np.exp(odds + self.params.sigma * (w - log_R)))
        idle = (log_R >= np.log(self.params.A)) | (wages[0] <= np.log(self.params.A))
        return np.where(idle, np.nan, np.stack(found))

    @property
    def region_changes(self) -> tuple[RegionChange, ...]:
        """When labour stops being scarce, or is scarce again."""
        return tuple(RegionChange(*change) for change in self.solution.switches)

    @property
    def converged(self) -> bool:
        return self.solution.converged

    @property
    def residual(self) -> float:
        """As :attr:`~aiecon.korinek_suh.Transition.residual`."""
        return self.solution.residual


def solve_world(
    paths: tuple[AutomationPath, ...],
    sizes: tuple[float, ...] = (0.5, 0.5),
    K0: float = 4.6,
    params: Parameters | None = None,
    tol: float = 1e-8,
) -> World:
    """Regions between which capital moves freely, and one household (or many alike in ρ and η).

    ``paths`` of automation and ``sizes``, shares of all labour; K0 is capital of all. Who owns it
    does not matter for prices: each consumes a constant share of the whole. Some path must run out
    of tasks, or all have the same rate in the long run, above zero, σ < 1; ValueError otherwise.

    >>> from aiecon import korinek_suh as ks
    >>> world = solve_world((ks.Bounded(horizon=20.0), ks.BusinessAsUsual()))
    >>> [change.region for change in world.region_changes], world.wage(25.0).tolist()
    ([2], [0.5, 0.5])
    """
    p, shares = given(params), finite("sizes", sizes)
    capital = initial_capital(K0)
    require("paths", len(paths), len(paths) == len(np.atleast_1d(shares)), "a size for each path")
    require("sizes", shares, shares > 0, "sizes > 0")
    require("sizes", shares, bool(abs(shares.sum() - 1) < 1e-9), "shares that add up to one")
    require("sigma", p.sigma, p.sigma < 1, "sigma < 1")
    require("A", p.A, p.rho + p.delta < p.A, f"A > rho + delta = {p.rho + p.delta:.6g}")
    rates = [float(automation_path("paths", path).long_run_rate) for path in paths]
    bounded = max(rates) == np.inf
    alike = bounded or (min(rates) == max(rates) > 0)
    require("paths", str(rates), alike, "one that runs out, or the same long-run rate > 0")
    lead = min(
        range(len(paths)),
        key=lambda i: float(np.ravel(paths[i].kinks[-1])[0]) if rates[i] == np.inf else np.inf,
    )
    order = [lead, *(i for i in range(len(paths)) if i != lead)]
    e = Economy(p.rho, p.eta, p.delta, p.sigma, p.A)
    stays = max(rates) <= e.growth
    initial = np.array([np.log(number("K0", capital) / p.L)])
    problem = WorldGrowth(
        tuple(paths[i] for i in order), tuple(float(shares[i]) for i in order), initial, e, stays
    )
    found = solve(problem, tol)
    world = World(problem.paths, problem.sizes, p, found)
    return _in_order(world, order)


def _in_order(world: World, order: list[int]) -> World:
    """The regions in the order of the caller."""
    back = np.argsort(order)
    problem: WorldGrowth = world.solution.problem  # type: ignore[assignment]
    problem.paths = tuple(world.paths[i] for i in back)
    problem.sizes = tuple(world.sizes[i] for i in back)
    return World(problem.paths, problem.sizes, world.params, world.solution)
