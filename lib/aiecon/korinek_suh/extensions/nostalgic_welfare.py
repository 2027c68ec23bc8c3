"""What each constant rate of automation does for output, wages and welfare (section 4.3).

Welfare is that of ``welfare``: constant consumption that is worth a path.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq, minimize_scalar

from aiecon.korinek_suh.dynamics.automation_paths import Bounded
from aiecon.korinek_suh.dynamics.many_transitions import Transitions
from aiecon.korinek_suh.dynamics.transition import Transition
from aiecon.korinek_suh.dynamics.welfare import equivalent, worth
from aiecon.korinek_suh.extensions.nostalgic_jobs import HeldBack, solve_policies, solve_policy
from aiecon.korinek_suh.parameters import Parameters, instance
from aiecon.validation import FloatArray, finite, require

__all__ = [
    "PolicyFrontier",
    "best_rate_for_workers",
    "compensating_share",
    "hand_to_mouth",
    "policy_frontier",
    "worth_to_people",
]


def hand_to_mouth(path: Transition) -> float:
    """The constant wage worth as much as the path's wages to a worker who consumes them.

    She has no capital and no access to credit or savings, the household's discount rate and its
    risk aversion.

    >>> from aiecon import korinek_suh as ks
    >>> round(hand_to_mouth(ks.solve_transition(ks.Bounded(horizon=20))), 3)
    0.767
    """
    return equivalent(path, lambda t: path.log_wage(t))  # which first checks the path


def compensating_share(path: Transition, target: float) -> float:
    """The share τ of consumption that, paid to a worker for ever, is worth a constant ``target``.

    She then has w(t) + τ C(t)/L a year to consume, and neither saves nor borrows. The smallest
    τ ≥ 0; ValueError if even τ = 1 does not suffice, or unless ``target`` is a single number.

    >>> from aiecon import korinek_suh as ks
    >>> path = ks.solve_transition(ks.Bounded(horizon=20))
    >>> compensating_share(path, target=0.5)
    0.0
    """

    def log_income(t: FloatArray, share: float) -> FloatArray:
        wage, consumption = path.log_wage(t), path.log_consumption(t)
        transfer = np.log(share) + consumption - np.log(path.params.L)
        return np.asarray(np.logaddexp(wage, transfer))

    def gap(share: float) -> float:
        return equivalent(path, partial(log_income, share=share)) - target

    goal = finite("target", target)
    require("target", goal, goal.ndim == 0, "a single number")
    if hand_to_mouth(path) >= target:
        return 0.0
    most = gap(1.0) + target
    require("target", target, most >= target, f"target ≤ {most:.6g}", "Even all is not enough.")
    return float(brentq(gap, 1e-12, 1.0, xtol=1e-12))


@dataclass(frozen=True)
class PolicyFrontier:
    """What each constant rate of automation does: arrays (rates,) and (rates, dates)."""

    rates: FloatArray  # λg, per year
    dates: FloatArray  # years
    log_output: FloatArray  # log Y at the dates
    log_wage: FloatArray  # log w at the dates
    hand_to_mouth: FloatArray  # what the wages are worth to a worker who does not save
    saver: FloatArray  # to a worker who starts without capital, and saves
    household: FloatArray  # what the path is worth to the representative household


def policy_frontier(
    rates: ArrayLike,
    dates: ArrayLike,
    technology: Bounded | None = None,
    K0: float = 4.6,
    params: Parameters | None = None,
) -> PolicyFrontier:
    """Output, wages and welfare under Ψ = min{Φ, Pareto path} for every rate of the Pareto path.

    ``rates`` ≥ 0 per year and ``dates`` ≥ 0 in years, one-dimensional; ValueError otherwise.
    Source: Korinek & Suh (2024), section 4.3 (Figure 11 is the rate λg*).

    >>> frontier = policy_frontier([0.05, 0.09], [40.0])
    >>> np.exp(frontier.log_wage[:, 0]).round(1)
    array([11.4, 24.6])
    """
    rates, dates = np.atleast_1d(finite("rates", rates)), np.atleast_1d(finite("dates", dates))
    for name, values in (("rates", rates), ("dates", dates)):
        require(name, values, values.ndim == 1 and values.size > 0, "a row of one number or more")
        require(name, values, values >= 0, f"{name} ≥ 0")
    policies = HeldBack(Bounded() if technology is None else technology, rates)
    paths = solve_policies(policies, K0, params)
    people = worth_to_people(paths)
    return PolicyFrontier(rates, dates, paths.log_output(dates), paths.log_wage(dates), *people)


def worth_to_people(paths: Transitions) -> tuple[Any, Any, Any]:
    """What n policies are worth to the three of :class:`PolicyFrontier`, (n,), in one economy.

    By the definition of wealth ∫ exp(−ρt) C^(1−η) dt = C(0)^−η (K₀ + H), so that consumption tells
    H, which the saver owns.
    """
    policies = instance("paths", paths.automation, HeldBack, "paths of policies")
    rho, eta, L = (float(np.ravel(x)[0]) for x in attrgetter("rho", "eta", "L")(paths.params))
    known = [np.ravel(T) for T in (*policies.kinks, policies.technology.horizon)]
    kinks = np.column_stack([paths.changes, *np.broadcast_arrays(*known, paths.residual)[:-1]])
    alone = worth(lambda t: paths.log_wage(t) + np.log(L), rho, eta, kinks)
    whole = worth(paths.log_consumption, rho, eta, kinks)
    capital, consumption = paths.capital(0.0)[:, 0], paths.consumption(0.0)[:, 0]
    wealth = consumption**eta * whole ** (1.0 - eta) / rho
    return alone, whole * (1.0 - capital / wealth), whole


def best_rate_for_workers(
    technology: Bounded | None = None,
    K0: float = 4.6,
    params: Parameters | None = None,
    *,
    within: tuple[float, float] = (0.03, 0.16),
) -> float:
    """The constant rate of automation that a worker without capital and savings would choose.

    It maximises the discounted utility of wages, and not their growth in the long run. The best
    rate is sought ``within`` an interval, to four digits: two rates ≥ 0, the lower one first;
    ValueError otherwise.

    >>> round(best_rate_for_workers(), 3)
    0.067
    """

    ends = finite("within", within)
    ordered = ends.shape == (2,) and bool(0 <= ends[0] < ends[1])
    require("within", repr(within), ordered, "two rates with 0 ≤ lower < upper")
    path = Bounded() if technology is None else technology

    def loss(rate: float) -> float:
        policy = HeldBack(path, float(rate))
        return -hand_to_mouth(solve_policy(policy, K0, params))

    return float(minimize_scalar(loss, bounds=tuple(ends), options={"xatol": 1e-5}).x)
