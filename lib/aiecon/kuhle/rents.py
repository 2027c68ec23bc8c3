"""Rents: a share χ of the return to skill is competitive advantage, so that education is a race.

Income is w_i = M₀ e^{a[(s_i − μ) − χ(s̄ − μ)]}, s̄ the mean skill of the population: with χ = 0 skill
is productivity, with χ = 1 only the lead over the others pays. Median income without education is
M₀ whatever χ. The form is ours: the summary speaks of a share of income driven by competitive
advantage and prints no equation.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.kuhle.education import Cost, maximiser
from aiecon.kuhle.lognormal import Economy
from aiecon.validation import FloatArray, finite, require

__all__ = [
    "Race",
    "best_reply",
    "corrective_income_tax",
    "corrective_spending_tax",
    "expected_income",
    "investing_share",
    "population_path",
    "private_education",
    "social_education",
    "surplus",
    "wedge",
]


@dataclass(frozen=True)
class Race:
    """An economy of numbers, a cost of education, the share of rents χ and a borrowing limit.

    Raises ValueError for χ outside [0, 1], a negative limit, or an economy of arrays.

    >>> Race(Economy(0.05, 300.0), Cost(2000.0, 0.1), chi=0.5).chi
    0.5
    """

    economy: Economy
    cost: Cost
    chi: float = 0.0  # χ, share of the return that is competitive advantage
    limit: float = np.inf  # the most that can be spent, money

    def __post_init__(self) -> None:
        for field in fields(Economy):
            value = getattr(self.economy, field.name)
            require(field.name, value, np.ndim(value) == 0, "an economy of numbers", "Loop.")
        chi = finite("chi", self.chi)
        require("chi", chi, chi.ndim == 0 and 0 <= chi <= 1, "a number with 0 ≤ chi ≤ 1")
        object.__setattr__(self, "chi", float(chi))
        require("limit", self.limit, self.limit >= 0, "limit ≥ 0")

    @property
    def highest(self) -> float:
        """ē, the points that the limit buys."""
        return float(self.cost.points(self.limit))


def expected_income(race: Race, own: ArrayLike, others: ArrayLike) -> Any:
    """W(e, ē) = W₀ e^{a(e − χē)}: own education e, mean education ē of the others.

    >>> race = Race(Economy(0.05, 300.0), Cost(2000.0, 0.1), chi=1.0)
    >>> float(expected_income(race, 5.0, 5.0) / race.economy.mean)  # a race all run on the spot
    1.0
    """
    a, W0 = race.economy.technology, race.economy.mean
    return (W0 * np.exp(a * (finite("own", own) - race.chi * finite("others", others))))[()]


def best_reply(race: Race, others: float) -> float:
    """The education that is best against a mean education ``others`` ≥ 0.

    Interior where η > a: e = [ln(aW₀/κ) − aχē]/(η − a). It falls in ē: the others' education
    lowers the level of one's income and with it the marginal return.

    >>> race = Race(Economy(0.05, 300.0), Cost(2000.0, 0.1), chi=1.0)
    >>> round(best_reply(race, 0.0), 3), round(best_reply(race, 4.0), 3)
    (7.768, 3.768)
    """
    o = float(finite("others", others))
    require("others", o, o >= 0, "others ≥ 0")
    benefit = float(expected_income(race, 0.0, o))
    return maximiser(float(race.economy.technology), benefit, race.cost, race.highest)[0]


def private_education(race: Race) -> float:
    """The symmetric equilibrium, e = ln(aW₀/κ)/(η − a(1−χ)), cut off at zero and at the limit.

    Needs η > a, each person's second-order condition; otherwise each best reply is a corner, and
    :func:`investing_share` is the equilibrium. Raises ValueError then.

    >>> round(private_education(Race(Economy(0.05, 300.0), Cost(2000.0, 0.1), chi=0.5)), 4)
    5.1786
    """
    a, cost = float(race.economy.technology), race.cost
    hint = "With a smaller one best replies are corners: see investing_share."
    require("curvature", cost.curvature, cost.curvature > a, "curvature > technology", hint)
    gain = float(np.log(a * race.economy.mean / cost.level))
    return min(max(gain / (cost.curvature - a * (1 - race.chi)), 0.0), race.highest)


def social_education(race: Race) -> float:
    """What a planner chooses for all, maximising W₀ e^{a(1−χ)e} − C(e): a(1−χ)W = C′(e).

    Interior where η > a(1−χ), e = ln(a(1−χ)W₀/κ)/(η − a(1−χ)); zero at χ = 1; else a corner.

    >>> round(social_education(Race(Economy(0.05, 300.0), Cost(2000.0, 0.1), chi=0.5)), 4)
    0.0
    """
    rate = float(race.economy.technology) * (1 - race.chi)
    return maximiser(rate, float(race.economy.mean), race.cost, race.highest)[0]


def wedge(race: Race) -> float:
    """Points of education too many, private less social; −ln(1−χ)/(η − a(1−χ)) where both are
    interior.

    >>> economy, cost = Economy(0.05, 300.0), Cost(500.0, 0.1)
    >>> bool(abs(wedge(Race(economy, cost, chi=0.5)) + np.log(0.5) / (0.1 - 0.025)) < 1e-12)
    True
    """
    return private_education(race) - social_education(race)


def surplus(race: Race, education: ArrayLike) -> Any:
    """W₀ e^{a(1−χ)e} − C(e): expected income less cost when all choose e.

    >>> race = Race(Economy(0.05, 300.0), Cost(500.0, 0.1), chi=1.0)
    >>> float(surplus(race, 0.0) / race.economy.mean)
    1.0
    """
    return expected_income(race, education, education) - race.cost.spending(education)


def corrective_spending_tax(chi: ArrayLike) -> Any:
    """The tax per unit of spending on education that makes private and social optimum agree.

    aW = (1+t)C′ and a(1−χ)W = C′ give t = χ/(1−χ), whatever the cost; ∞ at χ = 1. The revenue goes
    back lump sum.

    >>> corrective_spending_tax([0.0, 0.5, 1.0])
    array([ 0.,  1., inf])
    """
    x = finite("chi", chi)
    require("chi", x, (x >= 0) & (x <= 1), "0 ≤ chi ≤ 1")
    return np.where(x < 1, x / np.where(x < 1, 1 - x, 1.0), np.inf)[()]


def corrective_income_tax(chi: ArrayLike) -> Any:
    """The proportional tax on income, given back lump sum, that does the same: its rate is χ.

    (1−t)aW = C′ and a(1−χ)W = C′ give t = χ.

    >>> float(corrective_income_tax(0.3))
    0.3
    """
    x = finite("chi", chi)
    require("chi", x, (x >= 0) & (x <= 1), "0 ≤ chi ≤ 1")
    return x[()]


def investing_share(race: Race) -> float:
    """Where best replies are corners (η ≤ a): the share of the population at the limit.

    Against a share p at the limit ē, spending C̄ raises expected income by W₀e^{−aχpē}(e^{aē} − 1).
    If that exceeds C̄ at p = 1 all invest, if it falls short at p = 0 nobody does; otherwise
    identical people split, and

        p = ln(W₀(e^{aē} − 1)/C̄)/(aχē).

    Raises ValueError without a finite limit or where η > a.

    >>> race = Race(Economy(0.05, 300.0), Cost(4000.0), chi=1.0, limit=80_000.0)
    >>> round(investing_share(race), 4)
    0.2366
    """
    a, cost = float(race.economy.technology), race.cost
    hint = "With a larger one the best reply is interior: see private_education."
    require("curvature", cost.curvature, cost.curvature <= a, "curvature ≤ technology", hint)
    require("limit", race.limit, 0 < race.limit < np.inf, "a finite limit > 0")
    x = a * race.highest
    require("limit", race.limit, x <= 700, "an expected income below e^700")
    advantage = float(np.log(race.economy.mean * np.expm1(x) / race.limit))  # at p = 0
    if advantage <= 0:
        return 0.0
    return 1.0 if advantage >= x * race.chi else advantage / (x * race.chi)


def population_path(
    race: Race,
    relative_cost: ArrayLike = 1.0,
    periods: int = 50,
    revising: float = 0.5,
    start: float = 0.0,
    rng: np.random.Generator | None = None,
) -> FloatArray:
    """A population game: each period a share of the people plays a best reply to the last mean.

    Person i has the cost κ_i = κ·relative_cost_i. With ``rng`` each person revises with
    probability ``revising``, independently; without it everybody moves by that fraction towards
    the best reply (the expected motion, with many people of each kind). η > a is needed.

    The mean moves by the factor 1 − r(1 + aχ/(η−a)) a period away from its rest point, as long as
    nobody is at a corner: with r = 1 it oscillates, and explodes where η < a(1+χ).

    Returns education, shape (periods + 1, people). The rest point without corners is
    ē = mean ln(aW₀/κ_i)/(η − a(1−χ)).

    >>> race = Race(Economy(0.05, 300.0), Cost(2000.0, 0.1), chi=0.5)
    >>> path = population_path(race, periods=40)
    >>> bool(abs(path[-1, 0] - private_education(race)) < 1e-9)
    True
    """
    k = np.atleast_1d(finite("relative_cost", relative_cost))
    require("relative_cost", k, k > 0, "relative_cost > 0")
    require("periods", periods, isinstance(periods, int) and periods >= 0, "a whole number ≥ 0")
    require("revising", revising, 0 < revising <= 1, "0 < revising ≤ 1")
    require("start", start, np.isfinite(start) and start >= 0, "start ≥ 0")
    a, eta = float(race.economy.technology), race.cost.curvature
    require("curvature", eta, eta > a, "curvature > technology", "Else see investing_share.")
    alone = np.log(a * race.economy.mean / (race.cost.level * k)) / (eta - a)
    slope = a * race.chi / (eta - a)
    path = np.empty((periods + 1, k.size))
    path[0] = min(start, race.highest)
    for t in range(periods):
        reply = np.clip(alone - slope * path[t].mean(), 0.0, race.highest)
        moves = np.full(k.size, revising) if rng is None else rng.random(k.size) < revising
        path[t + 1] = path[t] + moves * (reply - path[t])
    return path
