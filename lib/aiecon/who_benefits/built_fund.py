"""A public fund that starts with nothing, is fed by a tax on capital's income, and saves.

Owners pay τ(R−δ)K_o. Nothing of it is spent: it goes into a fund that holds capital K_f, pays no
tax and pays workers the part of its capital that owners consume of theirs, C_o/K_o,

    K̇_o = (1−τ)(R−δ)K_o − C_o,                    Ċ_o/C_o = [(1−τ)(R−δ) − ρ]/η,
    K̇_f = (R−δ)K_f + τ(R−δ)K_o − P,               P = C_o K_f/K_o,          C_w = wL + P.

With φ = K_f/K, K = K_o + K_f, and C = C_o + P = C_o/(1−φ), the sum of the budgets is that of an
economy without taxes, and

    φ̇/(1−φ) = τ(R−δ),       so that  1 − φ = exp(−τ∫(R−δ)),
    Ċ/C = [κ(R−δ) − ρ]/η,    κ = 1 + τ(η−1).

So capital follows the path of untaxed owners with ρ/κ and η/κ: with log utility that of no tax at
all, with η > 1 a higher one. These results are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath
from aiecon.korinek_suh.dynamics.welfare import worth
from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.validation import FloatArray, number, require
from aiecon.who_benefits.people import FOUR, Person, certainty_equivalent
from aiecon.who_benefits.transition import TwoAgents, solve_two_agents

__all__ = ["BuiltFund", "equivalent_saved_tax", "solve_built_fund"]


@dataclass(frozen=True, eq=False)
class BuiltFund:
    """The economy with its fund; methods take times in years, amounts are goods (per year)."""

    tax: float  # τ on the net income of what owners hold, for ever
    params: Parameters
    economy: TwoAgents  # the untaxed owners of ρ/κ and η/κ whose capital is all capital here

    def _log_private(self, t: ArrayLike) -> FloatArray:
        """log(1 − φ) = −τ∫₀ᵗ(R − δ); just after today it must not be positive by rounding."""
        return np.minimum(self.tax * np.asarray(self.economy.log_discount_factor(t)), 0.0)

    def log_flows(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        """log of what workers consume, wL + P, and of what owners do, C_o."""
        private, spent = self._log_private(t), np.asarray(self.economy.log_spending(t))
        with np.errstate(divide="ignore"):
            paid = np.log(-np.expm1(private)) + spent
        earned = self.economy.log_wage(t) + np.log(self.params.L)
        return np.logaddexp(earned, paid), private + spent

    def share(self, t: ArrayLike) -> Any:
        """φ(t), the fund's part of all capital."""
        return (0.0 - np.expm1(self._log_private(t)))[()]

    def capital(self, t: ArrayLike) -> Any:
        """K, the owners' and the fund's."""
        return self.economy.capital(t)

    def output(self, t: ArrayLike) -> Any:
        """Y per year."""
        return self.economy.output(t)

    def wage(self, t: ArrayLike) -> Any:
        """w per year."""
        return self.economy.wage(t)

    def rental_rate(self, t: ArrayLike) -> Any:
        """R per year."""
        return self.economy.rental_rate(t)

    def payout(self, t: ArrayLike) -> Any:
        """P = φC per year, to all workers."""
        return self.share(t) * self.economy.owner_consumption(t)

    def owner_consumption(self, t: ArrayLike) -> Any:
        """C_o = (1−φ)C per year."""
        return (np.exp(self._log_private(t)) * self.economy.owner_consumption(t))[()]

    def worker_consumption(self, t: ArrayLike) -> Any:
        """C_w = wL + P per year."""
        return self.wage(t) * self.params.L + self.payout(t)

    def certainty_equivalent(self, person: Person) -> float:
        """Constant consumption that is worth the path to a person, goods a year.

        She consumes ℓwL + xP + a C_o, as in :mod:`~aiecon.who_benefits.people`.
        """

        def flow(t: FloatArray) -> FloatArray:
            private, spent = self._log_private(t), self.economy.log_spending(t)
            with np.errstate(divide="ignore"):
                labor, capital, public = np.log((person.labor, person.capital, person.transfer))
                fund = np.log(-np.expm1(private))
            earned = labor + self.economy.log_wage(t) + np.log(self.params.L)
            held = np.logaddexp(capital + private, public + fund) + spent
            return np.asarray(np.logaddexp(earned, held))

        p = self.params
        return worth(flow, p.rho, p.eta, self.economy.kinks)

    def four_people(self, people: Mapping[str, Person] = FOUR) -> dict[str, float]:
        """:meth:`certainty_equivalent` for each of some people."""
        return {name: self.certainty_equivalent(person) for name, person in people.items()}


def solve_built_fund(
    path: AutomationPath,
    capital_tax: float,
    K0: float = 4.6,
    params: Parameters | None = None,
    *,
    near: BuiltFund | None = None,
) -> BuiltFund:
    """Owners and workers, and a fund that is built from a tax on what owners earn.

    ``capital_tax`` τ in [0, 1), for ever; the equations are those of this module's docstring. The
    fund owns nothing today and everything in the end. ``near``: that of a neighbouring rate, as a
    start. Raises ValueError for other rates, for one at
    which owners would run their capital down, τ ≥ 1 − ρ/(A−δ), and what
    :func:`~aiecon.who_benefits.solve_two_agents` raises.

    >>> from aiecon import korinek_suh as ks
    >>> fund = solve_built_fund(ks.Bounded(horizon=20.0), 0.1)
    >>> fund.share([0.0, 10.0, 30.0]).round(2)
    array([0.  , 0.17, 0.61])
    """
    p, tax = given(params), number("capital_tax", capital_tax)
    require("capital_tax", tax, 0 <= tax < 1, "0 ≤ capital_tax < 1")
    if p.rho + p.delta < p.A:
        highest = 1.0 - p.rho / (p.A - p.delta)
        hint = "Above that rate owners run their capital down."
        require("capital_tax", tax, tax < highest, f"capital_tax < {highest:.6g}", hint)
    kappa = 1.0 + tax * (p.eta - 1.0)
    other = replace(p, rho=p.rho / kappa, eta=p.eta / kappa)
    start = None if near is None else near.economy
    return BuiltFund(tax, p, solve_two_agents(path, K0=K0, params=other, near=start))


def equivalent_saved_tax(
    path: AutomationPath,
    capital_tax: float,
    K0: float = 4.6,
    params: Parameters | None = None,
) -> float:
    """The tax that, saved in a fund, is worth as much to a worker as τ paid out at once.

    NaN if none is.

    >>> from aiecon import korinek_suh as ks
    >>> round(equivalent_saved_tax(ks.Bounded(horizon=20.0), 0.3), 3)
    0.079
    """
    p, worker = given(params), FOUR["worker"]
    target = certainty_equivalent(solve_two_agents(path, capital_tax, K0, p), worker)
    most = min(0.99, 0.99 * (1.0 - p.rho / (p.A - p.delta)))
    near = None

    def gap(tax: float) -> float:
        nonlocal near
        near = solve_built_fund(path, tax, K0, p, near=near)
        return float(np.log(near.certainty_equivalent(worker) / target))

    if gap(0.0) >= 0:
        return 0.0
    return float(brentq(gap, 0.0, most, xtol=1e-9)) if gap(most) > 0 else float("nan")
