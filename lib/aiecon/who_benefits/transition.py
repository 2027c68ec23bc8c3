"""The two economies of this chapter along the transition, with taxes and who gets them.

Budgets hold at every date by construction: the transfer is what the taxes yield,

    T = τ (R − δ) K + θ C,        θ: tax on all consumption C, paid out with the rest.

A constant θ does not enter anybody's Euler equation: capital's path is the same without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, automation_path
from aiecon.korinek_suh.dynamics.many_transitions import Transitions, columns, solve_alike
from aiecon.korinek_suh.dynamics.technology import EDGE, endings
from aiecon.korinek_suh.dynamics.transition import (
    OnePath,
    beyond_the_solver,
    check_growth,
    initial_capital,
)
from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.ces import exp_or_infinity
from aiecon.numerics import SaddlePath, SolverError, solve
from aiecon.validation import broadcast, finite, number, require
from aiecon.who_benefits.taxed_growth import Savers, TaxedGrowth, TaxSchedule

__all__ = [
    "Representative",
    "TaxedPath",
    "TwoAgents",
    "solve_representative",
    "solve_two_agents",
    "solve_two_agents_many",
]


@dataclass(frozen=True, eq=False)
class TaxedPath(OnePath):
    """A path with taxes: what :class:`~aiecon.korinek_suh.Transition` has, and who pays and gets.

    Methods take a time or an array of times in years and return goods (or rates) per year.
    """

    tax: TaxSchedule  # τ(t) on (R − δ)K
    consumption_tax: float  # θ on all consumption, constant
    owner_labor: float  # ν: the share of labour and of the transfer that savers have

    def tax_rate(self, t: ArrayLike) -> Any:
        """τ(t), from the right at a date."""
        return self.tax.at(np.asarray(t, dtype=np.float64))[()]

    def after_tax_return(self, t: ArrayLike) -> Any:
        """(1−τ)(R − δ), per year: what savers earn."""
        return (1.0 - self.tax_rate(t)) * self.interest_rate(t)

    def capital_tax_revenue(self, t: ArrayLike) -> Any:
        """τ (R − δ) K per year; negative where R < δ."""
        tax, K = self.tax_rate(t), self.capital(t)
        with np.errstate(invalid="ignore"):
            return np.where(tax == 0, 0.0, tax * self.interest_rate(t) * K)[()]

    def log_spending(self, t: ArrayLike) -> Any:
        """log of what savers spend per year, the tax on consumption included."""
        k, q = self._x(t)
        return (k + q + self._log_L)[()]

    def log_discount_factor(self, t: ArrayLike) -> Any:
        """log of the price today of output at t: −∫₀ᵗ (1−τ)(R − δ), by the Euler equation."""
        growth = self.log_spending(t) - self.log_spending(0.0)
        return -self.params.rho * np.asarray(t, dtype=np.float64) - self.params.eta * growth

    def consumption_growth(self, t: ArrayLike) -> Any:
        """[(1−τ)(R − δ) − ρ]/η, per year: of what savers consume."""
        return (self.after_tax_return(t) - self.params.rho) / self.params.eta

    def log_consumption(self, t: ArrayLike) -> Any:
        """log of everybody's consumption: savers spend C_s, the others (1−ν)(w L + τ(R−δ)K).

        What the tax on consumption takes from this sum it gives back to it.
        """
        if self.owner_labor == 1.0:
            return self.log_spending(t)
        income = self.wage(t) * self.params.L + self.capital_tax_revenue(t)
        with np.errstate(invalid="ignore", divide="ignore"):
            others = np.log((1.0 - self.owner_labor) * income)
            return np.logaddexp(self.log_spending(t), others)[()]

    def transfer(self, t: ArrayLike) -> Any:
        """T = τ(R − δ)K + θC per year, which is paid out as a lump sum at every date."""
        revenue = self.capital_tax_revenue(t)
        if not self.consumption_tax:
            return revenue
        return revenue + self.consumption_tax * self.consumption(t)


@dataclass(frozen=True, eq=False)
class Representative(TaxedPath):
    """One household that owns, works, is taxed and gets the transfer."""


@dataclass(frozen=True, eq=False)
class TwoAgents(TaxedPath):
    """Owners, who save, and workers, who consume what they get.

    ``consumption`` is everybody's. With θ the tax on it and ν the owners' labour (0 unless said),

        owners:  (1+θ) C_o = spending + ν θ C,      workers:  (1+θ) C_w = (1−ν)(w L + T).
    """

    def owner_consumption(self, t: ArrayLike) -> Any:
        """C_o per year, of all owners."""
        spent = exp_or_infinity(self.log_spending(t))
        if not self.consumption_tax:
            return spent[()]
        back = self.owner_labor * self.consumption_tax * self.consumption(t)
        return ((spent + back) / (1.0 + self.consumption_tax))[()]

    def worker_consumption(self, t: ArrayLike) -> Any:
        """C_w per year, of all workers: what wages and transfer buy."""
        income = self.wage(t) * self.params.L + self.transfer(t)
        return ((1.0 - self.owner_labor) * income / (1.0 + self.consumption_tax))[()]


def solve_representative(
    path: AutomationPath,
    capital_tax: float | TaxSchedule = 0.0,
    K0: float = 4.6,
    params: Parameters | None = None,
    tol: float = 1e-8,
    *,
    consumption_tax: float = 0.0,
    near: Representative | None = None,
) -> Representative:
    """The optimal path of the representative household that takes taxes and transfer as given.

    K̇ = F(K, L; Φ) − δK − C and Ċ/C = [(1−τ)(R − δ) − ρ]/η. In region 2 growth is
    [(1−τ)(A − δ) − ρ]/η. At a constant rate the path is that of an untaxed economy with ρ/(1−τ)
    for ρ and η/(1−τ) for η: more impatient, and slower to let consumption rise.

    Parameters
    ----------
    path : an automation path, such as ``ks.BusinessAsUsual()`` or ``ks.Bounded(horizon=20)``
    capital_tax : τ in [0, 1) on (R − δ)K, one rate or a :class:`TaxSchedule`, known from t = 0
    K0 : capital at t = 0, > 0
    params : preferences, technology and labour; Table 2 if not given
    tol, near : as in :func:`~aiecon.korinek_suh.solve_transition`
    consumption_tax : θ ≥ 0, constant; it changes no quantity here, only the transfer

    Raises ValueError for other values and where the rate is so high that capital would be run down
    for ever, τ ≥ 1 − ρ/(A − δ); :class:`~aiecon.numerics.SolverError` if the solver fails.

    >>> from aiecon import korinek_suh as ks
    >>> taxed = solve_representative(ks.Bounded(horizon=20), capital_tax=0.3)
    >>> round(float(taxed.consumption_growth(50.0)), 12)  # (0.7 · 0.4 − 0.04)/2
    0.12
    >>> round(taxed.region_changes[0].date, 4)
    17.2197
    """
    args = path, capital_tax, K0, params, tol, consumption_tax, 1.0, near
    return _solved(Representative, *args)


def solve_two_agents(
    path: AutomationPath,
    capital_tax: float | TaxSchedule = 0.0,
    K0: float = 4.6,
    params: Parameters | None = None,
    tol: float = 1e-8,
    *,
    consumption_tax: float = 0.0,
    owner_labor: float = 0.0,
    near: TwoAgents | None = None,
) -> TwoAgents:
    """Owners, who have the capital and save, beside workers, who consume wage and transfer.

    K̇ = (1−τ)(R − δ)K − C_o and Ċ_o/C_o = [(1−τ)(R − δ) − ρ]/η; C_w = w L + T, T = τ(R − δ)K.
    With ``owner_labor`` ν in [0, 1] owners supply the share ν of labour and get that share of the
    transfer; at ν = 1 they are the representative household. The other arguments and errors are
    those of :func:`solve_representative`; ValueError too if workers would have nothing to consume
    (T < −wL, where so much capital has been piled up that R < δ).

    >>> from aiecon import korinek_suh as ks
    >>> now = solve_two_agents(ks.Bounded(horizon=20), capital_tax=0.3)
    >>> float(now.worker_consumption(0.0).round(3)), float(now.transfer(30.0).round(3))
    (1.485, 6.752)
    """
    share = number("owner_labor", owner_labor)
    require("owner_labor", share, 0 <= share <= 1, "0 ≤ owner_labor ≤ 1")
    args = path, capital_tax, K0, params, tol, consumption_tax, share, near
    found: TwoAgents = _solved(TwoAgents, *args)
    if share < 1 and found.tax.rates[0] > 0 and _costs_capital(found):
        left = found.worker_consumption(0.0)
        hint = "There R < δ: with so much capital its tax is a subsidy that workers pay."
        require("workers' consumption", left, left > 0, "more than nothing", hint)
    return found


def _costs_capital(path: TaxedPath) -> bool:
    """Whether R < δ at t = 0."""
    problem: TaxedGrowth = path.solution.problem  # type: ignore[assignment]
    k, start = problem.initial[0][:, None, None], np.zeros((1, 1, 1))
    net, _ = problem.technology.products_where_it_is(k, start)
    return bool(net.rental[0, 0, 0] < path.params.delta)


def _solved(
    kind: Any,
    path: AutomationPath,
    capital_tax: Any,
    K0: float,
    params: Parameters | None,
    tol: float,
    consumption_tax: float,
    share: float,
    near: TaxedPath | None,
) -> Any:
    automation_path("path", path)
    p, capital = given(params), initial_capital(K0)
    theta = number("consumption_tax", consumption_tax)
    require("consumption_tax", theta, theta >= 0, "consumption_tax ≥ 0")
    tax = TaxSchedule.of(capital_tax)
    single = all(np.ndim(rate) == 0 for rate in tax.rates)
    require("capital_tax", str(tax.rates), single, "a single rate or a TaxSchedule of numbers")
    savers = Savers(**vars(p), kept=1.0 - tax.rates[-1], labor=share)
    check_taxed(path, savers)
    initial = np.array([np.log(capital / p.L)])
    for region in endings(float(path.long_run_rate), savers.growth):
        problem = TaxedGrowth.of(path, initial, savers, region, tax)
        try:
            found: SaddlePath = solve(problem, tol, near=None if near is None else near.solution)
            return kind(path, capital, p, found, tax, theta, share)
        except SolverError as error:
            failure = error
    beyond = beyond_the_solver(path, capital / p.L, p.sigma)
    raise SolverError(f"{failure}{beyond}") from failure


def check_taxed(path: AutomationPath, savers: Savers) -> None:
    """ValueError unless there is a path that settles exponentially under the final rate."""
    p, tax, rate = savers, 1.0 - savers.kept, float(path.long_run_rate)
    if p.rho + p.delta < p.A:
        highest = 1.0 - p.rho / (p.A - p.delta)
        hint = "Above that rate capital is run down to nothing for ever."
        allowed = f"capital_tax < 1 − rho/(A − delta) = {highest:.6g}"
        require("capital_tax", tax, tax < highest, allowed, hint)
    slow = tax > 0 and rate > 0 and abs(rate - (1.0 - p.sigma) * p.growth) <= EDGE * p.growth
    hint = "There convergence to balanced growth is not exponential; take a rate beside it."
    allowed = f"a tax at which (1 − sigma) × growth in region 2 is not the path's rate, {rate:.6g},"
    require("capital_tax", tax, not slow, allowed, hint)
    # the net return of region 2 in the place of A: growth and utility are as without tax
    check_growth(
        path, Parameters(p.rho, p.eta, p.delta, p.sigma, p.delta + p.kept * (p.A - p.delta))
    )


# Many at once -------------------------------------------------------------------------------------


def solve_two_agents_many(
    path: AutomationPath,
    capital_tax: ArrayLike = 0.0,
    K0: ArrayLike = 4.6,
    params: Parameters | None = None,
    tol: float = 1e-8,
    **varied: ArrayLike,
) -> Transitions:
    """:func:`solve_two_agents` for n economies at once.

    The fields of ``path``, K0, the parameters in ``varied`` and the tax are numbers or (n,). The
    result is that of :func:`~aiecon.korinek_suh.solve_transitions`, in which ``consumption`` is
    that of owners; economies without a path are in ``failures``.

    >>> from aiecon import korinek_suh as ks
    >>> many = solve_two_agents_many(ks.Bounded(horizon=[5.0, 20.0]), capital_tax=0.3)
    >>> many.first_change.round(4)
    array([ 2.8038, 15.1009])
    """
    start, rates = broadcast(K0=finite("K0", K0), capital_tax=finite("capital_tax", capital_tax))
    TaxSchedule.of(rates)  # which refuses rates that are none
    automation, initial, p = columns(path, start, params, dict(varied))
    rate = np.broadcast_to(rates, (len(initial),))[:, None, None]
    savers = Savers(**vars(p), kept=1.0 - rate, labor=0.0 * rate)

    def problem(*parts: Any) -> TaxedGrowth:
        return TaxedGrowth.of(*parts)

    return solve_alike(automation, initial, savers, tol, problem, check_taxed)
