"""The transition with heterogeneous skills under optimal saving (section 4.4).

The household insures its members, so saving is that of the baseline with F(K + ΥL, (1−Υ)L; Φ): in
the equations of ``optimal_growth`` output and the return on capital are
those of region 1 at

    k̃ = log[(K + ΥL)/((1−Υ)L)] instead of k = log(K/L),       Y/K = (Y/K̃)(1 + ΥL/K).

In the long run, with 1 − Φ falling at λg and 1 − Υ at μ ≤ λg (:func:`skill_long_run`): balanced
growth at γ = λg/(1−σ) − μ if that is below G, growth at G with a vanishing share of the skilled if
not, region 2 if λg > G + μ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, automation_path
from aiecon.korinek_suh.dynamics.long_run import region_2_growth
from aiecon.korinek_suh.dynamics.optimal_growth import OptimalGrowth
from aiecon.korinek_suh.dynamics.technology import EDGE, Technology, destination, endings
from aiecon.korinek_suh.dynamics.transition import Transition, initial_capital
from aiecon.korinek_suh.extensions.skills import hazards_in_order
from aiecon.korinek_suh.extensions.skills_inequality import WageDistribution
from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.marginal_products import (
    Products,
    StaticLogs,
    region_1,
    region_2,
    static_logs,
)
from aiecon.numerics import SolverError, solve
from aiecon.validation import FloatArray, broadcast, finite, require

__all__ = ["SkillLongRun", "SkillTransition", "skill_long_run", "solve_skill_transition"]


@dataclass(frozen=True)
class SkillLongRun:
    """Limits as t → ∞; numbers, or arrays of the common shape of the two rates."""

    case: Any  # 1: region 2; 2: region 1, the skilled's share vanishes; 3: balanced growth
    skilled_wage_growth: Any  # per year
    output_growth: Any  # per year; of capital too
    skilled_share: Any  # of the skilled in output
    displaced_wage: Any  # R, which is also the rental rate


def skill_long_run(
    rate: ArrayLike, skill_rate: ArrayLike, params: Parameters | None = None
) -> SkillLongRun:
    """Proposition 7 with skills, under optimal saving: 1 − Φ falls at λg, 1 − Υ at μ ≤ λg.

    With G = (A − ρ − δ)/η:

    1. λg > G + μ: region 2, everybody earns A;
    2. (1−σ)(G + μ) < λg ≤ G + μ: output grows at G, skilled wages at (G + μ − λg)/σ, their share of
       output tends to zero, R → A;
    3. λg ≤ (1−σ)(G + μ): output grows at γ = λg/(1−σ) − μ, skilled wages at λg/(1−σ), the share of
       the skilled tends to 1 − (R/A)^(1−σ), and the displaced earn R = ρ + δ + ηγ.

    ``rate`` λg > 0 and ``skill_rate`` μ in [0, λg], broadcast. Raises ValueError for other values,
    A ≤ ρ + δ or σ ≥ 1. At μ = 0 the limits are those of ``long_run``.

    >>> end = skill_long_run(rate=0.01, skill_rate=[0.0, 0.005, 0.01])
    >>> end.skilled_wage_growth, end.output_growth
    (array([0.02, 0.02, 0.02]), array([0.02 , 0.015, 0.01 ]))
    >>> end.displaced_wage, end.skilled_share.round(4)
    (array([0.18, 0.17, 0.16]), array([0.4   , 0.4169, 0.4343]))
    """
    p = given(params)
    rate, mu = broadcast(rate=finite("rate", rate), skill_rate=finite("skill_rate", skill_rate))
    require("rate", rate, rate > 0, "rate > 0", "At 0 the economy has a steady state.")
    require("skill_rate", mu, (mu >= 0) & (mu <= rate), "0 ≤ skill_rate ≤ rate")
    floor = p.rho + p.delta
    require("A", p.A, floor < p.A, f"A > rho + delta = {floor:.6g}")
    require("sigma", p.sigma, p.sigma < 1, "sigma < 1")
    G = region_2_growth(p)
    case = np.where(rate > G + mu, 1, np.where(rate > (1 - p.sigma) * (G + mu), 2, 3))
    fast = rate / (1 - p.sigma)
    growth = np.where(case == 3, fast - mu, G)
    wages = np.where(case == 1, 0.0, np.where(case == 2, (G + mu - rate) / p.sigma, fast))
    R = np.where(case == 3, floor + p.eta * growth, p.A)
    share = np.where(case == 3, 1.0 - (R / p.A) ** (1 - p.sigma), 0.0)
    return SkillLongRun(*(x[()] for x in (case, wages, growth, share, R)))


class SkilledTechnology(Technology):
    """What capital, the displaced beside it and the skilled produce."""

    def __init__(self, tasks: AutomationPath, skills: AutomationPath, params: Parameters) -> None:
        super().__init__(tasks, params.A, params.sigma)
        self.skills = skills
        dates = {float(np.ravel(date)[0]) for path in (tasks, skills) for date in path.kinks}
        if np.isinf(tasks.long_run_rate):  # once no task is left skills do not matter
            dates = {date for date in dates if date <= float(np.ravel(tasks.kinks[-1])[0])}
        self.kinks = tuple(sorted(dates))

    def _effective(
        self, k: FloatArray, t: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
        """k̃, its slopes in k and t, Υ L/K and its slope in t; where workers are left."""
        log_able, hazard = self.skills.progress(t)
        gone = log_able == -np.inf
        log_able, hazard = np.where(gone, -1.0, log_able), np.where(gone, 0.0, hazard)
        displaced, leaving = -np.expm1(log_able), np.exp(log_able) * hazard
        ratio, leaving = displaced * np.exp(-k), leaving * np.exp(-k)
        weight = 1.0 / (1.0 + ratio)
        return k + np.log1p(ratio) - log_able, weight, leaving * weight + hazard, ratio, leaving

    def products(self, k: FloatArray, t: FloatArray, region: int) -> Products:
        if region == 2:
            return region_2(k, self.A)
        log_rest, hazard = self.path.progress(t)
        k_e, by_k, by_t, ratio, leaving = self._effective(k, t)
        p = region_1(k_e, log_rest, hazard, self.A, self.sigma, self.far)
        return Products(
            p.average * (1.0 + ratio),
            p.average_k * by_k * (1.0 + ratio) - p.average * ratio,
            (p.average_t + p.average_k * by_t) * (1.0 + ratio) + p.average * leaving,
            p.rental,
            p.rental_k * by_k,
            p.rental_t + p.rental_k * by_t,
        )

    def border(self, k: FloatArray, t: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """k̃ − log(Φ/(1−Φ))."""
        k_e, by_k, by_t, _, _ = self._effective(k, t)
        b, _, b_t = super().border(k_e, t)
        return b, by_k, by_t + b_t

    def logs(self, k: Any, t: Any) -> StaticLogs:
        log_rest = np.asarray(self.path.log_unautomated(t))
        log_able = np.asarray(self.skills.log_unautomated(t))
        gone = (log_able == -np.inf) | (log_rest == -np.inf)
        log_able = np.where(gone, 0.0, log_able)
        k_e = np.logaddexp(k, np.log(np.maximum(-np.expm1(log_able), 1e-300))) - log_able
        now = static_logs(k_e, log_rest, self.A, self.sigma)
        return now._replace(output=now.output + log_able)


@dataclass(frozen=True, eq=False)
class SkillTransition(Transition):
    """A :class:`~aiecon.korinek_suh.Transition` with two kinds of workers.

    ``wage`` is that of the skilled, ``rental_rate`` also what a displaced worker earns;
    ``labor_share`` counts both.
    """

    skills: AutomationPath

    def displaced(self, t: ArrayLike) -> Any:
        """Υ, the share of workers that are displaced."""
        return self.skills.share(t)

    def skilled(self, t: ArrayLike) -> Any:
        """1 − Υ, accurate where it is tiny."""
        return self.skills.unautomated(t)

    def displaced_wage(self, t: ArrayLike) -> Any:
        """R, what a displaced worker earns per year and unit of labour."""
        return self.rental_rate(t)

    def wages(self, t: ArrayLike, spread: float = 0.0, devalued: bool = False) -> WageDistribution:
        """The distribution of wages at t, given that of efficiency units."""
        groups = self.displaced(t), self.wage(t), self.displaced_wage(t)
        return WageDistribution(*groups, spread, devalued)

    def skilled_share(self, t: ArrayLike) -> Any:
        """The share of output that goes to the skilled."""
        full = np.asarray(self.automation.log_unautomated(t)) == -np.inf
        share = np.asarray(self._logs(t).labor_share)
        return np.where(full, share * self.skilled(t), share)[()]

    def labor_share(self, t: ArrayLike) -> Any:
        """Of both kinds of labour in output: one less RK/Y."""
        return 1.0 - self.capital_share(t)

    def capital_share(self, t: ArrayLike) -> Any:
        """R K/Y."""
        logs = self._logs(t)
        return np.exp(logs.rental + self.log_capital(t) - np.log(self.params.L) - logs.output)[()]


def solve_skill_transition(
    tasks: AutomationPath,
    skills: AutomationPath,
    K0: float = 4.6,
    params: Parameters | None = None,
    tol: float = 1e-8,
) -> SkillTransition:
    """The optimal path while tasks are automated along ``tasks`` and workers displaced along
    ``skills`` (both an :class:`~aiecon.korinek_suh.AutomationPath`; Υ is the share of the second).

    K̇ = F(K + ΥL, (1−Υ)L; Φ) − δK − C and Ċ/C = (F_K − ρ − δ)/η: the household of (14) with perfect
    insurance among its members, so that who earns what does not matter for saving.

    Raises ValueError where workers are displaced faster than tasks are automated (then the skilled
    are no substitutes for one another, see ``skills.staffing_slack``),
    where the path does not settle (A ≤ ρ + δ; λg within 1e-9 of (1−σ)(G+μ); λg = 0), and where
    tasks and workers run out together in proportion, so that the last worker is scarce until the
    end. :class:`~aiecon.numerics.SolverError` if the solver fails.

    Source: Korinek & Suh (2024), section 4.4 with section 3.2.

    >>> from aiecon import korinek_suh as ks
    >>> tasks = ks.BusinessAsUsual(rate=0.02)
    >>> same = solve_skill_transition(tasks, ks.BusinessAsUsual(rate=0.0, initial=0.0))
    >>> float(same.wage(50.0).round(6)) == float(ks.solve_transition(tasks).wage(50.0).round(6))
    True
    """
    automation_path("tasks", tasks)
    automation_path("skills", skills)
    p = given(params)
    capital = initial_capital(K0)
    require("A", p.A, p.rho + p.delta < p.A, f"A > rho + delta = {p.rho + p.delta:.6g}")
    require("sigma", p.sigma, p.sigma < 1, "sigma < 1")
    rate, mu = float(tasks.long_run_rate), float(skills.long_run_rate)
    require("rate", rate, rate > 0, "a rate of automation above zero in the long run")
    hint = "Then the most complex tasks find too few workers; slow the second path down."
    allowed = "a hazard of skills that is nowhere above that of tasks, and Upsilon(0) ≤ Phi(0)"
    require("skills", mu, hazards_in_order(tasks, skills), allowed, hint)
    if np.isinf(rate):
        last = float(np.ravel(tasks.kinks[-1])[0]) * (1.0 - np.array([1e-3, 1e-9]))
        gaps = skills.log_unautomated(last) - tasks.log_unautomated(last)
        hint = "Take a smaller nu, or skills that outlast the tasks."
        require("skills", mu, gaps[1] - gaps[0] > 0.1, "more workers than tasks at the end", hint)
        mu = 0.0
    else:
        edge = (1.0 - p.sigma) * (p.growth + mu)
        allowed = f"a rate other than (1 − sigma)(G + skill rate) = {edge:.9g}"
        require("rate", rate, abs(rate - edge) > EDGE * p.growth, allowed)
    growth = min(rate / (1.0 - p.sigma) - mu, p.growth)
    least = (1.0 - p.eta) * growth + 0.0  # a zero without sign
    allowed = f"rho > (1 − eta) × long-run growth = {least:.6g}"
    require("rho", p.rho, p.rho > (1.0 - p.eta) * growth, allowed, "Otherwise utility is infinite.")
    initial = np.array([np.log(capital / p.L)])
    technology = SkilledTechnology(tasks, skills, p)
    for region in endings(rate - mu, p.growth):
        end = destination(tasks, p, region, lost=float(skills.long_run_rate))
        try:
            found = solve(OptimalGrowth(technology, initial, p, end), tol)
            return SkillTransition(tasks, capital, p, found, skills)
        except SolverError as error:
            failure = error
    raise failure
