"""Nostalgic jobs, or limits on automation (section 4.3): Ψ ≤ Φ, Proposition 12, Figure 11.

Society may keep for people what machines could do. Technology allows a share Φ(t) of tasks to be
automated, society allows Ψ(t) ≤ Φ(t), and the economy is that of section 3 with Ψ for Φ. The
policies here automate at a constant rate, as in Proposition 12, wherever technology allows it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from scipy.special import lambertw

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, Bounded
from aiecon.korinek_suh.dynamics.long_run import region_2_growth
from aiecon.korinek_suh.dynamics.transition import Transition, solve_transition
from aiecon.korinek_suh.parameters import Parameters, given, instance
from aiecon.validation import FloatArray, finite, require

__all__ = ["HeldBack", "solve_policy", "wage_maximising_policy", "wage_maximising_rate"]

FAR = 600.0  # years: what a policy does after that changes nothing today
NEAR_EDGE = 1e-4  # relative distance from the wage-maximising rate


@dataclass(frozen=True)
class HeldBack(AutomationPath):
    """Automation held back: Ψ = min{Φ, Pareto path}, and technology's path until ``since``.

    From the date ``since`` on society automates the tasks that are left at the constant rate λg,

        1 − Ψ(t) = max{1 − Φ(t), (1 − Φ(since)) exp(−λg (t − since))},

    so that it is technology's path that binds as long as it is the slower one. They part at
    ``parting``; with ``since`` = 0 this is the paper's min{Φ, Pareto path through Φ₀}. From the
    date ``until`` on, if it is finite, the rate is ``later``.

    ``technology`` a :class:`Bounded` path; ``rate`` ≥ 0 per year (0: no further automation);
    0 ≤ ``since`` < T ≤ ``until``; ``later`` ≥ 0. ValueError otherwise.

    Source: Korinek & Suh (2024), section 4.3.

    >>> path = HeldBack(Bounded(horizon=20), rate=0.09)
    >>> round(path.parting, 4)
    14.6486
    >>> path.unautomated([0.0, 10.0, 20.0]).round(4)
    array([0.392 , 0.196 , 0.0648])
    """

    technology: Bounded = field(default_factory=Bounded)
    rate: float = 0.09  # λg of the policy, per year
    since: float = 0.0  # when society starts to hold back
    until: float = np.inf  # when it changes the rate
    later: float = 0.0  # the rate from then on, per year

    def __post_init__(self) -> None:
        path = instance("technology", self.technology, Bounded, "a Bounded path")
        single = all(np.ndim(value) == 0 for value in vars(path).values())
        require("technology", repr(path), single, "a single path")
        horizon = path.horizon
        never = isinstance(self.until, float) and self.until == np.inf
        for name in ("rate", "since", "later", *(() if never else ("until",))):
            value = finite(name, getattr(self, name))
            require(name, value, (value.ndim == 0) and bool(value >= 0), f"a single {name} ≥ 0")
            object.__setattr__(self, name, float(value))
        hint = "Once every task is automated there is nothing to hold back."
        require("since", self.since, self.since < horizon, f"since < T = {horizon:.6g}", hint)
        require("until", self.until, self.until >= horizon, f"until ≥ T = {horizon:.6g}")

    @property
    def initial(self) -> Any:  # type: ignore[override]
        """Φ₀."""
        return self.technology.initial

    @property
    def parting(self) -> float:
        """The date from which society automates less than technology allows.

        With a = λg (T − since)/β the paths meet again where 1 − x = exp(−a x), x the part of
        T − since that has passed: x = 1 + W(−a exp(−a))/a with Lambert's W if a > 1; else x = 0.
        """
        left = self.technology.horizon - self.since
        a = self.rate * left / self.technology.beta
        if a <= 1.0:
            return self.since
        return float(self.since + left * (1.0 + lambertw(-a * np.exp(-a)).real / a))

    def progress(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        t = np.asarray(t, dtype=np.float64)
        parting = self.parting
        held = t >= parting
        log_rest, hazard = self.technology.progress(np.where(held, parting, t))
        start = self.technology.log_unautomated(self.since)
        late = np.minimum(np.where(held, t, parting), self.until)
        pareto, final = start - _times(self.rate, late - self.since), self.rate
        if np.isfinite(self.until):
            pareto = pareto - _times(self.later, np.maximum(t, self.until) - self.until)
            final = self.later
        rate = np.where(t < self.until, self.rate, final)
        return np.where(held, pareto, log_rest), np.where(held, rate, hazard)

    @property
    def kinks(self) -> tuple[float, ...]:
        dates = (self.parting, self.until)
        return tuple(date for date in dates if 0.0 < date < np.inf)

    @property
    def long_run_rate(self) -> float:
        return self.later if np.isfinite(self.until) else self.rate

    @property
    def long_run_share(self) -> float:
        if self.long_run_rate > 0:
            return 1.0
        last = self.until if np.isfinite(self.until) else self.parting
        return float(self.share(last))


def _times(rate: float, years: FloatArray) -> FloatArray:
    """rate × years, where no automation for ever is none."""
    return rate * years if rate > 0 else np.zeros(np.shape(years))


def wage_maximising_rate(params: Parameters | None = None) -> float:
    """λg* = (1−σ)(A − ρ − δ)/η: among constant rates it makes wages grow fastest (Prop. 12).

    Wages then grow at (A − ρ − δ)/η in the long run. ValueError for A ≤ ρ + δ or σ ≥ 1.
    Source: Korinek & Suh (2024), Proposition 12.

    >>> round(wage_maximising_rate(), 12)
    0.09
    """
    p = given(params)
    floor = p.rho + p.delta
    require("A", p.A, floor < p.A, f"A > rho + delta = {floor:.6g}")
    require("sigma", p.sigma, p.sigma < 1, "sigma < 1", "With gross substitutes R → A always.")
    return (1.0 - p.sigma) * region_2_growth(p)


def wage_maximising_policy(
    technology: Bounded | None = None, params: Parameters | None = None, since: float = 0.0
) -> HeldBack:
    """Ψ of Figure 11: technology's path, but no faster than the Pareto path at the rate λg*.

    >>> round(wage_maximising_policy().rate, 12)
    0.09
    """
    technology = Bounded() if technology is None else technology
    return HeldBack(technology, wage_maximising_rate(params), since)


def solve_policy(
    policy: HeldBack, K0: float = 4.6, params: Parameters | None = None, tol: float = 1e-8
) -> Transition:
    """The optimal path of capital and consumption when automation is held back.

    That is :func:`~aiecon.korinek_suh.solve_transition` on the path Ψ. At the wage-maximising rate
    itself the economy does not settle exponentially (the labour share falls like 1/t), which the
    solver's compactified time cannot follow for ever. There, and within a relative 1e-4 of it, the
    policy is followed for 600 years and then changed to half the rate. What is done that late is
    worth exp(−ρ·600) today, and moves capital at t < 500 by less than ``tol``.
    ``policy`` is a :class:`HeldBack`; ValueError otherwise.

    Source: Korinek & Suh (2024), section 4.3.

    >>> path = solve_policy(wage_maximising_policy())
    >>> path.wage([0.0, 14.0, 30.0]).round(3)
    array([1.403, 1.738, 7.82 ])
    """
    p = given(params)
    instance("policy", policy, HeldBack, "a HeldBack policy")
    edge = (1.0 - p.sigma) * region_2_growth(p)
    if np.isinf(policy.until) and abs(policy.rate - edge) <= NEAR_EDGE * edge:
        policy = replace(policy, until=FAR, later=0.5 * policy.rate)
    return solve_transition(policy, K0, p, tol)
