"""Nostalgic jobs, or limits on automation (section 4.3): Ψ ≤ Φ, Proposition 12, Figure 11.

Society may keep for people what machines could do. Technology allows a share Φ(t) of tasks to be
automated, society allows Ψ(t) ≤ Φ(t), and the economy is that of section 3 with Ψ for Φ. The
policies here automate at a constant rate, as in Proposition 12, wherever technology allows it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
from scipy.special import lambertw

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, Bounded
from aiecon.korinek_suh.dynamics.long_run import region_2_growth
from aiecon.korinek_suh.dynamics.many_transitions import Transitions, solve_transitions
from aiecon.korinek_suh.dynamics.transition import Transition, solve_transition
from aiecon.korinek_suh.parameters import Parameters, given, instance
from aiecon.validation import FloatArray, finite, require

__all__ = [
    "HeldBack",
    "solve_policies",
    "solve_policy",
    "wage_maximising_policy",
    "wage_maximising_rate",
]

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

    ``technology`` a single :class:`Bounded` path; ``rate`` ≥ 0 per year (0: no further
    automation); 0 ≤ ``since`` < T ≤ ``until``; ``later`` ≥ 0; numbers, or arrays for many policies.
    ValueError otherwise.

    Source: Korinek & Suh (2024), section 4.3.

    >>> path = HeldBack(Bounded(horizon=20), rate=0.09)
    >>> round(path.parting, 4)
    14.6486
    >>> path.unautomated([0.0, 10.0, 20.0]).round(4)
    array([0.392 , 0.196 , 0.0648])
    """

    technology: Bounded = field(default_factory=Bounded)
    rate: Any = 0.09  # λg of the policy, per year
    since: Any = 0.0  # when society starts to hold back
    until: Any = np.inf  # when it changes the rate
    later: Any = 0.0  # the rate from then on, per year
    smooth: ClassVar[bool] = True

    def __post_init__(self) -> None:
        path = instance("technology", self.technology, Bounded, "a Bounded path")
        single = all(np.ndim(value) == 0 for value in vars(path).values())
        require("technology", repr(path), single, "a single path")
        for name in ("rate", "since", "later", "until"):
            value = getattr(self, name)
            never = name == "until" and isinstance(value, float | np.ndarray) and value == np.inf
            value = finite(name, np.where(never, 0.0, value) if np.any(never) else value)
            value = np.where(never, np.inf, value)
            require(name, value, value >= 0, f"{name} ≥ 0")
            object.__setattr__(self, name, value if value.ndim else float(value))
        T = path.horizon
        hint = "Once every task is automated there is nothing to hold back."
        require("since", self.since, self.since < T, f"since < T = {T:.6g}", hint)
        require("until", self.until, self.until >= T, f"until ≥ T = {T:.6g}")

    @property
    def initial(self) -> Any:  # type: ignore[override]
        """Φ₀."""
        return self.technology.initial

    @property
    def parting(self) -> Any:
        """The date from which society automates less than technology allows.

        With a = λg (T − since)/β the paths meet again where 1 − x = exp(−a x), x the part of
        T − since that has passed: x = 1 + W(−a exp(−a))/a with Lambert's W if a > 1; else x = 0.
        """
        left = self.technology.horizon - self.since
        a = self.rate * left / self.technology.beta
        passed = 1.0 + lambertw(-a * np.exp(-a)).real / np.maximum(a, 1.0)
        date = np.where(a <= 1.0, self.since, self.since + left * passed)
        return date if date.ndim else float(date)

    def progress(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        t, parting = np.asarray(t, dtype=np.float64), self.parting
        held = t >= parting
        log_rest, hazard = self.technology.progress(np.where(held, parting, t))
        late, until = np.where(held, t, parting), np.where(self._changes, self.until, 0.0)
        log_kept = self.technology.log_unautomated(self.since)
        log_kept = log_kept - _times(self.rate, np.minimum(late, self.until) - self.since)
        repealed = np.where(self._changes, np.maximum(late - until, 0.0), 0.0)
        log_kept = log_kept - _times(self.later, repealed)
        rate = np.where(t < self.until, self.rate, self.long_run_rate)
        return np.where(held, log_kept, log_rest), np.where(held, rate, hazard)

    @property
    def _changes(self) -> Any:
        return np.isfinite(self.until)

    @property
    def kinks(self) -> tuple[Any, ...]:
        parting = np.where(np.asarray(self.parting) > 0, self.parting, np.inf)[()]
        return tuple(dates for dates in (parting, self.until) if np.isfinite(dates).any())

    @property
    def long_run_rate(self) -> Any:
        return np.where(self._changes, self.later, self.rate)[()]

    @property
    def long_run_share(self) -> Any:
        last = self.share(np.where(self._changes, self.until, self.parting))
        return np.where(self.long_run_rate > 0, 1.0, last)[()]


def _times(rate: Any, years: FloatArray) -> FloatArray:
    """rate × years, where no automation for ever is none."""
    some = np.asarray(rate) > 0
    return np.where(some, rate, 1.0) * np.where(some, years, 0.0)


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
    ours = _off_the_edge(policy, p)
    hint = "Many are solved by solve_policies."
    require("policy", repr(policy), np.ndim(ours.share(0.0)) == 0, "a single policy", hint)
    return solve_transition(ours, K0, p, tol)


def solve_policies(
    policies: HeldBack, K0: float = 4.6, params: Parameters | None = None, tol: float = 1e-8
) -> Transitions:
    """The same for n policies at once, whose fields are numbers or arrays (n,).

    >>> paths = solve_policies(HeldBack(rate=[0.05, 0.09]))
    >>> paths.wage(30.0).round(3)
    array([[5.553],
           [7.82 ]])
    """
    p = given(params)
    return solve_transitions(_off_the_edge(policies, p), K0, p, tol)


def _off_the_edge(policy: HeldBack, p: Parameters) -> HeldBack:
    """The policy, changed in the far future if its rate is the wage-maximising one."""
    instance("policy", policy, HeldBack, "a HeldBack policy")
    edge = (1.0 - p.sigma) * region_2_growth(p)
    on = np.isinf(policy.until) & (np.abs(policy.rate - edge) <= NEAR_EDGE * edge)
    if not np.any(on):
        return policy
    later = np.where(on, 0.5 * np.asarray(policy.rate), policy.later)
    return replace(policy, until=np.where(on, FAR, policy.until)[()], later=later[()])
