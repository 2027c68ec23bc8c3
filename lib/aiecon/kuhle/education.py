"""Education behind the veil: what it costs, what is optimal, and who cannot recover it.

Education adds e points to skill, so that expected income is W(e) = W₀ e^{ae}: exponential, hence
convex, in e. Whether the optimum is a corner or interior depends on the curvature of the cost.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import exprel, lambertw, ndtr

from aiecon.kuhle.lognormal import Economy, an_economy
from aiecon.validation import (
    ROUNDING,
    broadcast,
    instance,
    nonnegative,
    number,
    positive,
    require,
    same,
)

__all__ = ["Cost", "Education", "optimal_education", "overreach_gain", "power_cost_extrema"]
__all__ += ["share_not_recovering"]

Kind = Literal["none", "interior", "borrowing limit"]


@dataclass(frozen=True)
class Cost:
    """The cost of e points of skill, C(e) = κ(e^{ηe} − 1)/η, and κe at η = 0.

    κ is the price of the first point, η = C″/C′ the *curvature*. A concave production of skill
    s = μ + g(x) from spending x is the same thing: here g(x) = ln(1 + ηx/κ)/η.
    Raises ValueError for κ ≤ 0 or η < 0.

    >>> linear, convex = Cost(level=1000.0), Cost(1000.0, curvature=0.1)
    >>> float(linear.spending(3.0)), round(float(convex.points(convex.spending(3.0))), 12)
    (3000.0, 3.0)
    """

    level: float  # κ, money per point
    curvature: float = 0.0  # η, per point

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, number(field.name, getattr(self, field.name)))
        positive("level", self.level)
        nonnegative("curvature", self.curvature)

    def spending(self, points: ArrayLike) -> Any:
        """C(e) for e ≥ 0 points."""
        e = self._points(points)
        return (self.level * e * exprel(self.curvature * e))[()]  # ≤ κe·e^{ηe}

    def marginal(self, points: ArrayLike) -> Any:
        """C′(e) = κe^{ηe}."""
        return (self.level * np.exp(self.curvature * self._points(points)))[()]

    def points(self, spending: ArrayLike) -> Any:
        """The points that a sum buys, g(x) = ln(1 + ηx/κ)/η; ∞ for an unlimited sum."""
        unlimited = np.asarray(spending) == np.inf
        sums = np.where(unlimited, 0.0, spending) if np.any(unlimited) else spending
        x = nonnegative("spending", sums)
        with np.errstate(over="ignore"):
            ratio = x / self.level
        require("spending", x, np.isfinite(ratio), "a number of points")
        ratio = np.where(unlimited, np.inf, ratio)
        if self.curvature == 0:
            return ratio[()]
        return (np.log1p(self.curvature * ratio) / self.curvature)[()]

    def _points(self, points: ArrayLike) -> Any:
        e = nonnegative("points", points)
        with np.errstate(divide="ignore", over="ignore"):
            log_cost = np.log(self.level) + np.log(np.maximum(e, 1.0)) + self.curvature * e
        require("points", e, log_cost <= 700, "a cost below e^700")
        return e


@dataclass(frozen=True)
class Education:
    """The optimum of one person who chooses before knowing her draw of skill."""

    kind: Kind  # a corner (none, borrowing limit) or interior
    points: float  # e, points of skill bought
    spending: float  # C(e), money
    expected_income: float  # W(e)
    median_income: float  # median income after education
    stationary_point: float  # where W′ = C′, inside or outside the limits; nan if nowhere
    curvature: float  # W″ − C″ there: negative at a maximum, positive at a minimum
    share_not_recovering: float  # probability that income falls short of C(e)


def maximiser(rate: float, benefit: float, cost: Cost, highest: float) -> tuple[float, float]:
    """The maximum of benefit·e^{rate·e} − C(e) over 0 ≤ e ≤ highest, and the stationary point.

    With η > rate the difference rises up to the stationary point and falls beyond it; with η < rate
    it falls and then rises, so that an end is best; ties go to no education. η and rate, and the
    two sides of a tie, are equal if they differ by rounding only.
    """
    if rate == 0:
        return 0.0, np.nan
    gain = log_gain(rate, benefit, cost)
    gap = cost.curvature - rate
    if same(cost.curvature, rate):
        stationary = np.nan
        best = highest if gain > 0 else 0.0
    else:
        stationary = gain / gap
        if gap > 0:
            best = min(max(stationary, 0.0), highest)
        else:
            best = highest if _pays(rate, benefit, cost, highest) else 0.0
    hint = "W(e) outruns C(e) without end: give a borrowing limit or a larger curvature."
    require("limit", highest, np.isfinite(best), "a finite limit", hint)
    income_in_range(rate, benefit, best)
    return best, stationary


def log_gain(rate: float, benefit: float, cost: Cost) -> float:
    """ln(rate·benefit/κ), marginal benefit over marginal cost at e = 0; zero up to rounding."""
    gain = float(np.log(rate) + np.log(benefit) - np.log(cost.level))
    return 0.0 if abs(gain) <= ROUNDING else gain


def income_in_range(rate: float, benefit: float, e: float) -> None:
    """Raises a ValueError where benefit·e^{rate·e} would leave the floating-point numbers."""
    require("limit", e, np.log(benefit) + rate * e <= 700, "an expected income below e^700")


def _pays(rate: float, benefit: float, cost: Cost, e: float) -> bool:
    """Is W(e) − C(e) above W(0), by more than rounding?"""
    if not np.isfinite(e):
        return True
    income_in_range(rate, benefit, e)
    gained, spent = benefit * np.expm1(rate * e), cost.spending(e)
    return bool(gained > spent and not same(gained, spent))


def optimal_education(economy: Economy, cost: Cost, limit: float = np.inf) -> Education:
    """The education that maximises E[w] − C(e) subject to C(e) ≤ ``limit``.

    First-order condition aW(e) = C′(e); second-order condition a < η. If η > a the optimum is
    e = ln(aW₀/κ)/(η − a), cut off at zero and at the limit. If η ≤ a, a linear cost included, the
    stationary point is a minimum and the optimum is a corner: nothing, or all one can borrow.

    Income and cost are in the same unit, a year's or a lifetime's. Raises ValueError for a limit
    below zero, and where W outruns C and no limit is given.

    >>> economy = Economy(0.05, 300.0)
    >>> optimal_education(economy, Cost(2000.0), limit=60_000.0).kind
    'borrowing limit'
    >>> optimal_education(economy, Cost(2000.0, 0.1)).kind
    'interior'
    """
    an_economy("economy", economy, single=True)
    instance("cost", cost, Cost)
    number("limit", limit, 0, allowed="limit ≥ 0", infinite=True)
    a, W0, M0 = float(economy.technology), float(economy.mean), float(economy.median)
    highest = float(cost.points(limit))
    e, stationary = maximiser(a, W0, cost, highest)
    kind: Kind = "none" if e == 0 else "interior" if e < highest else "borrowing limit"
    spending, growth = float(cost.spending(e)), float(np.exp(a * e))
    bend = np.nan
    if np.isfinite(stationary) and abs(a * stationary) <= 700:
        bend = a * W0 * float(np.exp(a * stationary)) * (a - cost.curvature)
    share = float(share_not_recovering(spending, M0 * growth, economy.dispersion)) if e > 0 else 0.0
    return Education(kind, e, spending, W0 * growth, M0 * growth, stationary, bend, share)


def share_not_recovering(
    spending: ArrayLike, median_income: ArrayLike, dispersion: ArrayLike
) -> Any:
    """The share whose income falls short of their spending C, N(ln(C/M)/σ).

    More than one half if and only if C exceeds the median income M; N(aς/2) where C is the whole
    expected income. Arguments broadcast; all must be positive.

    >>> round(float(share_not_recovering(np.exp(0.5), 1.0, 1.0)), 4)  # N(1/2)
    0.6915
    """
    C, M = positive("spending", spending), positive("median_income", median_income)
    sigma = positive("dispersion", dispersion)
    broadcast(spending=C, median_income=M, dispersion=sigma)
    with np.errstate(over="ignore"):
        return ndtr((np.log(C) - np.log(M)) / sigma)[()]


def overreach_gain(dispersion: ArrayLike) -> Any:
    """The gain in income from which a corner can be optimal and yet cost more than the median.

    At a corner with limit C, spending all is optimal if W₀(e^{x} − 1) > C and exceeds the median
    income afterwards if C > M₀e^{x}, x = ae. Some C satisfies both if and only if

        e^{x} > 1/(1 − e^{−σ²/2}) = mean/(mean − median).

    >>> round(float(overreach_gain(0.75)), 3)
    4.079
    """
    sigma = positive("dispersion", dispersion)
    with np.errstate(divide="ignore"):  # ∞ where σ² is too small for a number
        return (-1 / np.expm1(-(sigma**2) / 2))[()]


def power_cost_extrema(economy: Economy, level: float, psi: float) -> tuple[float, float]:
    """Stationary points of W(e) − κe^{1+ψ}/(1+ψ): the local maximum and the local minimum.

        e = −(ψ/a) ω(−(a/ψ)(aW₀/κ)^{1/ψ}),

    ω the two real branches of Lambert's function. A convex cost is not enough for an interior
    optimum: e^{ae} outgrows every power, so beyond the minimum, which lies above ψ/a, more
    education pays again. Both are nan where κ is so small that there is no stationary point,
    κ < aW₀(ae/ψ)^ψ (here e is Euler's number).

    >>> low, high = power_cost_extrema(Economy(0.05, 300.0), level=600.0, psi=1.0)
    >>> round(low, 3), round(high, 3)
    (6.962, 43.699)
    """
    an_economy("economy", economy, single=True)
    kappa, power = number("level", level), number("psi", psi)
    a, W0 = float(economy.technology), float(economy.mean)
    positive("level", kappa)
    positive("psi", power, "At psi = 0 the cost is linear.")
    positive("technology", a)
    with np.errstate(over="ignore"):
        log_size = np.log(a) - np.log(power) + (np.log(a) + np.log(W0) - np.log(kappa)) / power
    if same(log_size, -1.0):  # the branches of Lambert's function meet
        return power / a, power / a
    if log_size > -1:
        return np.nan, np.nan
    argument = -np.exp(log_size)
    hint = "The maximum lies at zero and the minimum beyond all numbers."
    require("psi", power, argument < -1e-300, "stationary points that are numbers", hint)
    low, high = (-(power / a) * float(lambertw(argument, k).real) for k in (0, -1))
    return low, high
