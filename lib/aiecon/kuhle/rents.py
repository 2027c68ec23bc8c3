"""Rents: a share χ of the return to skill is competitive advantage, so that education is a race.

Income is w_i = M₀ e^{a[(s_i − μ) − χ(s̄ − μ)]}, s̄ the mean skill of the population: with χ = 0 skill
is productivity, with χ = 1 only the lead over the others pays. Median income without education is
M₀ whatever χ. The form is ours: the summary speaks of a share of income driven by competitive
advantage and prints no equation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize

from aiecon.kuhle.education import Cost, log_gain, maximiser
from aiecon.kuhle.lognormal import Economy, an_economy
from aiecon.validation import (
    ROUNDING,
    FloatArray,
    a_generator,
    broadcast,
    instance,
    nonnegative,
    number,
    positive,
    require,
    same,
    share,
    whole,
)

__all__ = ["Plan", "Race", "best_reply", "corrective_income_tax", "corrective_spending_tax"]
__all__ += ["expected_income", "free_planner", "investing_share", "population_path"]
__all__ += ["private_education", "social_education", "surplus", "wedge"]


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
        an_economy("economy", self.economy, single=True)
        instance("cost", self.cost, Cost)
        object.__setattr__(self, "chi", float(share("chi", number("chi", self.chi))))
        limit = number("limit", self.limit, 0, allowed="limit ≥ 0", infinite=True)
        object.__setattr__(self, "limit", limit)

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
    instance("race", race, Race)
    e, mean = broadcast(own=nonnegative("own", own), others=nonnegative("others", others))
    exponent = np.log(race.economy.mean) + race.economy.technology * (e - race.chi * mean)
    require("own", e, exponent <= 700, "an expected income below e^700")
    return np.exp(exponent)[()]


def best_reply(race: Race, others: float) -> float:
    """The education that is best against a mean education ``others`` ≥ 0.

    Interior where η > a: e = [ln(aW₀/κ) − aχē]/(η − a). It falls in ē: the others' education
    lowers the level of one's income and with it the marginal return.

    >>> race = Race(Economy(0.05, 300.0), Cost(2000.0, 0.1), chi=1.0)
    >>> round(best_reply(race, 0.0), 3), round(best_reply(race, 4.0), 3)
    (7.768, 3.768)
    """
    benefit = float(expected_income(race, 0.0, number("others", others)))
    require("others", others, benefit > 0, "an expected income above e^-700")
    return maximiser(float(race.economy.technology), benefit, race.cost, race.highest)[0]


def private_education(race: Race) -> float:
    """The symmetric equilibrium, e = ln(aW₀/κ)/(η − a(1−χ)), cut off at zero and at the limit.

    Needs η > a, each person's second-order condition; otherwise each best reply is a corner, and
    :func:`investing_share` is the equilibrium. Raises ValueError then.

    >>> round(private_education(Race(Economy(0.05, 300.0), Cost(2000.0, 0.1), chi=0.5)), 4)
    5.1786
    """
    a, cost = _interior(race)
    if a == 0:
        return 0.0
    gain = log_gain(a, float(race.economy.mean), cost)
    return min(max(gain / (cost.curvature - a * (1 - race.chi)), 0.0), race.highest)


def _interior(race: Race) -> tuple[float, Cost]:
    """Technology and cost, after a check that best replies are interior, η > a beyond rounding."""
    instance("race", race, Race)
    a, eta = float(race.economy.technology), race.cost.curvature
    hint = "With a smaller one best replies are corners: see investing_share."
    bends = eta > a and not same(eta, a)
    require("curvature", eta, bends, "curvature > technology", hint)
    return a, race.cost


def social_education(race: Race) -> float:
    """What a planner chooses who gives everybody the same, maximising W₀ e^{a(1−χ)e} − C(e).

    Interior where η > a(1−χ), e = ln(a(1−χ)W₀/κ)/(η − a(1−χ)); zero at χ = 1; else a corner. A
    planner who may treat people differently can do better: :func:`free_planner`.

    >>> round(social_education(Race(Economy(0.05, 300.0), Cost(2000.0, 0.1), chi=0.5)), 4)
    0.0
    """
    instance("race", race, Race)
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


@dataclass(frozen=True)
class Plan:
    """What a planner gives who may treat identical people differently."""

    share: float  # p, of the people who get any education
    points: float  # e, what each of them gets
    surplus: float  # W₀ e^{−aχpe}(1 − p + pe^{ae}) − pC(e)

    @property
    def mean(self) -> float:
        """Mean education, pe."""
        return self.share * self.points


def free_planner(race: Race) -> Plan:
    """The best of all distributions of education, where η > a: some get e, the others nothing.

    Given mean education m, one person's income less cost is convex in her education up to some
    point and concave beyond it. Its concave hull is reached with two kinds of people, one of them
    without education, so that the planner maximises

        W₀ e^{−aχpe}(1 − p + pe^{ae}) − pC(e)  over 0 ≤ p ≤ 1, 0 ≤ e ≤ ē.

    Equal education, p = 1, is a local maximum only if η(1−χ) ≥ a. Mean education is below that of
    the symmetric equilibrium for every χ > 0, if the equilibrium is positive and below the limit.
    Solved from the best point of a grid by a quasi-Newton method with the exact gradient, to about
    seven digits.

    Raises ValueError where η ≤ a.

    >>> economy, cost = Economy(0.05, 300.0), Cost(500.0, 0.1)
    >>> plan = free_planner(Race(economy, cost, chi=1.0))  # equal treatment gives nobody anything
    >>> round(plan.share, 3), round(plan.points, 1), round(float(plan.surplus / economy.mean), 4)
    (0.063, 26.3, 1.0098)
    """
    a, cost = _interior(race)
    W0 = float(race.economy.mean)
    if a == 0 or log_gain(a, W0, cost) <= 0 or race.highest == 0:
        return Plan(0.0, 0.0, W0)
    most = best_reply(race, 0.0)  # nobody gets more than is best for her where nobody else learns

    def value(p: FloatArray, e: FloatArray) -> FloatArray:
        kept = np.exp(-a * race.chi * p * e)
        return np.asarray(kept * (1 + p * np.expm1(a * e)) - p * cost.spending(e) / W0)

    def loss(x: FloatArray) -> tuple[float, FloatArray]:
        p, e = x[0], x[1] * most
        kept, gained = np.exp(-a * race.chi * p * e), np.expm1(a * e)
        whole = 1 + p * gained
        by_p = kept * (gained - a * race.chi * e * whole) - cost.spending(e) / W0
        by_e = p * (kept * a * (1 + gained - race.chi * whole) - cost.marginal(e) / W0)
        return -float(value(p, e)), -np.array([by_p, by_e * most])

    grid = np.linspace(0.0, 1.0, 65)
    heights = value(grid[:, None], grid * most)
    row, column = np.unravel_index(int(np.argmax(heights)), heights.shape)
    start = np.array([grid[row], grid[column]])
    found = minimize(
        loss, start, jac=True, bounds=[(0, 1), (0, 1)], options={"ftol": 1e-16, "gtol": 1e-12}
    )
    equal = social_education(race)
    plans = ((0.0, 0.0), (1.0, equal), (float(found.x[0]), float(found.x[1]) * most))
    p, e = max(plans, key=lambda plan: float(value(np.asarray(plan[0]), np.asarray(plan[1]))))
    return Plan(p, e, W0 * float(value(np.asarray(p), np.asarray(e))))


def corrective_spending_tax(chi: ArrayLike) -> Any:
    """The tax per unit of spending on education that makes private and social optimum agree.

    aW = (1+t)C′ and a(1−χ)W = C′ give t = χ/(1−χ), whatever the cost; ∞ at χ = 1. The revenue goes
    back lump sum.

    >>> corrective_spending_tax([0.0, 0.5, 1.0])
    array([ 0.,  1., inf])
    """
    x = share("chi", chi)
    return np.where(x < 1, x / np.where(x < 1, 1 - x, 1.0), np.inf)[()]


def corrective_income_tax(chi: ArrayLike) -> Any:
    """The proportional tax on income, given back lump sum, that does the same: its rate is χ.

    (1−t)aW = C′ and a(1−χ)W = C′ give t = χ.

    >>> float(corrective_income_tax(0.3))
    0.3
    """
    return share("chi", chi)[()]


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
    instance("race", race, Race)
    a, eta = float(race.economy.technology), race.cost.curvature
    hint = "With a larger one the best reply is interior: see private_education."
    require("curvature", eta, eta <= a or same(eta, a), "curvature ≤ technology", hint)
    require("limit", race.limit, 0 < race.limit < np.inf, "a finite limit > 0")
    x = a * race.highest
    if x == 0:
        return 0.0
    require("limit", race.limit, x <= 700, "an expected income below e^700")
    advantage = float(np.log(race.economy.mean) + np.log(np.expm1(x)) - np.log(race.limit))
    if advantage <= ROUNDING:  # at p = 0
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
    k = np.atleast_1d(positive("relative_cost", relative_cost))
    require("relative_cost", k.shape, k.ndim == 1 and k.size > 0, "a list of numbers")
    steps, part = whole("periods", periods, 0, most=10**8), number("revising", revising)
    require("revising", part, 0 < part <= 1, "0 < revising ≤ 1")
    first = number("start", start, 0, allowed="start ≥ 0")
    rng = None if rng is None else a_generator(rng)
    a, cost = _interior(race)
    with np.errstate(divide="ignore"):  # at a = 0 nobody learns
        log_benefit = np.log(a) + np.log(race.economy.mean)
    alone = (log_benefit - np.log(cost.level) - np.log(k)) / (cost.curvature - a)
    slope = a * race.chi / (cost.curvature - a)
    path = np.empty((steps + 1, k.size))
    path[0] = min(first, race.highest)
    for t in range(steps):
        reply = np.clip(alone - slope * path[t].mean(), 0.0, race.highest)
        moves = np.full(k.size, part) if rng is None else rng.random(k.size) < part
        path[t + 1] = path[t] + moves * (reply - path[t])
    return path
