"""Expected utility behind the veil: certainty equivalents, the plateau, who prefers which year.

Taxes are an extension of ours: after-tax income is y = λ w^{1−τ}, with λ such that the budget
balances, E[y] = E[w]; τ is the progressivity (Feldstein; Bénabou; Heathcote et al.).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from aiecon.kuhle.lognormal import Economy, an_economy
from aiecon.validation import (
    ROUNDING,
    FloatArray,
    broadcast,
    nonnegative,
    positive,
    require,
    same,
    share,
)

__all__ = ["Dominance", "after_tax", "certainty_equivalent", "crossing_rank", "dominance"]
__all__ += ["expected_utility", "indifference_gamma", "insuring_progressivity"]
__all__ += ["log_certainty_equivalent", "pivot_skill", "plateau", "plateau_after_tax"]
__all__ += ["plateau_gamma"]

_AT_ORIGIN = "With mean skill at or below the origin, welfare peaks at a = 0 for γ > 1."


def risk_aversion(gamma: ArrayLike) -> FloatArray:
    """γ as an array, checked: finite and not negative. One up to rounding (10⁻¹⁴) is one."""
    g = nonnegative("gamma", gamma, "γ = 0 is risk neutral, γ = 1 log utility.")
    return np.where(np.abs(g - 1) <= 1e-14, 1.0, g)


def log_certainty_equivalent(economy: Economy, gamma: ArrayLike) -> Any:
    """ln CE = ln B + aμ + (1 − γ)a²ς²/2, for every γ ≥ 0 (γ = 1 included).

    Where :func:`certainty_equivalent` would be too small for a floating-point number.

    >>> float(log_certainty_equivalent(Economy(0.1, 1.0, 0.0, 10.0), 3.0))
    -1.0
    """
    g = risk_aversion(gamma)
    an_economy("economy", economy)
    broadcast(economy=np.asarray(economy.log_median), gamma=g)
    with np.errstate(over="ignore"):
        log_ce = economy.log_median + (1 - g) * economy.dispersion**2 / 2
    require("gamma", g, np.all(np.isfinite(log_ce)), "a certainty equivalent that is a number")
    return log_ce[()]


def certainty_equivalent(economy: Economy, gamma: ArrayLike) -> Any:
    """The sure income that is as good as a draw from the distribution, CE = M e^{(1−γ)a²ς²/2}.

    γ is the coefficient of relative risk aversion of u(w) = w^{1−γ}/(1−γ), and ln w at γ = 1. The
    mean at γ = 0, the median at γ = 1. γ broadcasts against the economy's fields.

    Raises ValueError unless γ ≥ 0 and finite. Source: Kuhle (2026) by way of its summary; ours.

    >>> economy = Economy(0.05, 300.0)
    >>> (certainty_equivalent(economy, [0.0, 1.0]) / [economy.mean, economy.median]).tolist()
    [1.0, 1.0]
    """
    return np.exp(log_certainty_equivalent(economy, gamma))


def expected_utility(economy: Economy, gamma: ArrayLike, unit: ArrayLike = 1.0) -> Any:
    """E[(x^{1−γ} − 1)/(1 − γ)] with x = w/unit, unit > 0, and E[ln x] at γ = 1, its limit.

    The constant −1/(1−γ) makes utility continuous in γ and changes no preference. Raises
    ValueError where the utility is below −e^700: measure income in a smaller ``unit``.

    >>> economy = Economy(0.05, 300.0)
    >>> u = expected_utility(economy, [1 - 1e-9, 1.0, 1 + 1e-9], unit=economy.median)
    >>> u.round(9).tolist()
    [0.0, 0.0, -0.0]
    """
    money = positive("unit", unit, "A sum of money, such as the median income.")
    log_ce = np.asarray(log_certainty_equivalent(economy, gamma))
    broadcast(economy=log_ce, unit=money)
    x = log_ce - np.log(money)
    lam = 1 - risk_aversion(gamma)
    with np.errstate(over="ignore"):
        within = np.all(lam * x <= 700)
    require("unit", unit, within, "a utility that is a number", "Take it smaller.")
    scaled = np.where(lam == 0, 1.0, lam)
    return np.where(lam == 0, x, np.expm1(lam * x) / scaled)[()]


def plateau(gamma: ArrayLike, skill_mean: ArrayLike, skill_sd: ArrayLike) -> Any:
    """The technology at which expected utility peaks, B being fixed: a* = μ/((γ − 1)ς²).

    For γ ≤ 1 there is no peak and the result is ∞. The result depends on where the skill scale has
    its zero: see :func:`pivot_skill`.

    Parameters
    ----------
    gamma : relative risk aversion γ ≥ 0
    skill_mean : μ > 0, mean skill in points above the origin of the scale
    skill_sd : ς > 0, in points

    Returns a* in log points of income per point of skill; the arguments broadcast.
    Raises ValueError otherwise (for μ ≤ 0 and γ > 1 welfare falls from a = 0 on).

    >>> plateau([0.5, 1.0, 2.0, 3.0], skill_mean=9.0, skill_sd=3.0)
    array([inf, inf, 1. , 0.5])
    """
    g, mu, sd = broadcast(
        gamma=risk_aversion(gamma),
        skill_mean=positive("skill_mean", skill_mean, _AT_ORIGIN),
        skill_sd=positive("skill_sd", skill_sd),
    )
    averse = np.where(g > 1, g - 1, 1.0)
    with np.errstate(over="ignore"):
        peak = mu / averse / sd / sd
    require("skill_sd", sd, (g <= 1) | np.isfinite(peak), "a plateau that is a number")
    return np.where(g > 1, peak, np.inf)[()]


def plateau_gamma(economy: Economy) -> Any:
    """The risk aversion for which the economy stands on its plateau, γ = 1 + μ/(aς²).

    Whoever is more risk averse would have been better off with less technology at the same B.
    Raises ValueError for a = 0 and for μ ≤ 0, where no γ has a plateau at a > 0.

    >>> float(plateau_gamma(Economy(0.5, 1.0, 9.0, 3.0)))
    3.0
    """
    an_economy("economy", economy)
    positive("technology", economy.technology)
    positive("skill_mean", economy.skill_mean, _AT_ORIGIN)
    with np.errstate(over="ignore", divide="ignore"):
        gamma = 1 + economy.skill_mean / economy.dispersion / economy.skill_sd
    require("technology", economy.technology, np.all(np.isfinite(gamma)), "a γ that is a number")
    return gamma


def _spread(old: Economy, new: Economy, hint: str = "") -> None:
    """Raises a ValueError where both dispersions are equal up to rounding.

    What a median and a mean leave of σ² is good to a few units of 2⁻⁵² in absolute terms, hence the
    absolute term: dispersions below 10⁻⁷ are told from each other by nothing that was measured.
    """
    for name, economy in (("old", old), ("new", new)):
        an_economy(name, economy)
    broadcast(old=np.asarray(old.log_median), new=np.asarray(new.log_median))
    differ = ~same(old.dispersion**2, new.dispersion**2, absolute=1e-14)
    allowed = "a dispersion that differs from the old one by more than rounding"
    require("new", new.dispersion, differ, allowed, hint)


def indifference_gamma(old: Economy, new: Economy) -> Any:
    """The risk aversion γ* at which both distributions are equally good.

        γ* = 1 + 2 ln(M₁/M₀)/(σ₁² − σ₀²)

    With the larger dispersion in ``new``, the old distribution is preferred if and only if γ > γ*
    (by everybody if γ* < 0); with the smaller one, the new. Only medians and dispersions count:
    γ* does not depend on the skill scale. Raises ValueError if the dispersions are equal up to
    rounding.

    >>> round(float(indifference_gamma(Economy(0.03, 1.0, 0.0), Economy(0.05, 2.0, 0.0))), 3)
    4.851
    """
    _spread(old, new, "With equal dispersions everybody prefers the larger median.")
    change = (new.dispersion - old.dispersion) * (new.dispersion + old.dispersion)
    return 1 + 2 * (new.log_median - old.log_median) / change


def _crossing(old: Economy, new: Economy) -> Any:
    """Where the quantile functions cross, in standard deviations of log income."""
    _spread(old, new)
    return (old.log_median - new.log_median) / (new.dispersion - old.dispersion)


def crossing_rank(old: Economy, new: Economy) -> Any:
    """The rank at which both distributions pay the same, N(ln(M₀/M₁)/(σ₁ − σ₀)).

    With the larger dispersion in ``new``, ranks below are poorer than their predecessors. There is
    exactly one crossing, so neither distribution dominates the other in the first order.

    >>> round(float(crossing_rank(Economy(0.03, 1.0, 0.0), Economy(0.05, 2.0, 0.0))), 4)
    0.0104
    """
    return ndtr(_crossing(old, new))


def pivot_skill(old: Economy, new: Economy) -> Any:
    """The skill whose income is the same in both economies, s× = ln(B₀/B₁)/(a₁ − a₀).

    Measured from s×, both have the same scale: then the change from one to the other is technology
    alone. Raises ValueError if the technologies are equal or the skill distributions differ, both
    up to rounding.

    >>> float(pivot_skill(Economy(1.0, np.e**2, 5.0), Economy(2.0, 1.0, 5.0)).round(12))
    2.0
    """
    _spread(old, new)
    alike = same(old.skill_mean, new.skill_mean) & same(old.skill_sd, new.skill_sd)
    require("new", new.skill_mean, np.all(alike), "the same distribution of skill in both")
    return (np.log(old.scale) - np.log(new.scale)) / (new.technology - old.technology)


@dataclass(frozen=True)
class Dominance:
    """Does the new distribution dominate the old one, and the old one the new?"""

    new_first: bool  # every quantile at least as high
    new_second: bool  # at least as good for every risk averse person
    old_first: bool
    old_second: bool


def dominance(old: Economy, new: Economy) -> Dominance:
    """Stochastic dominance between two lognormal distributions, both numbers.

    First order: equal dispersions and a median at least as high. Second order: a dispersion not
    larger and a mean not smaller (Levy 1973); with a larger dispersion the lower tail is heavier,
    whatever the mean. Dispersions, medians and means that differ by rounding only are equal.

    >>> dominance(Economy(0.03, 1.0, 0.0), Economy(0.05, 2.0, 0.0))
    Dominance(new_first=False, new_second=False, old_first=False, old_second=False)
    """
    for name, economy in (("old", old), ("new", new)):
        an_economy(name, economy, single=True)
    equal = bool(same(old.dispersion**2, new.dispersion**2, absolute=1e-14))

    def first(one: Economy, other: Economy) -> bool:
        return equal and bool(one.log_median >= other.log_median - ROUNDING)

    def second(one: Economy, other: Economy) -> bool:
        richer = np.log(one.mean) >= np.log(other.mean) - ROUNDING
        return (equal or bool(one.dispersion < other.dispersion)) and bool(richer)

    return Dominance(first(new, old), second(new, old), first(old, new), second(old, new))


# Taxes --------------------------------------------------------------------------------------------


def after_tax(economy: Economy, tau: ArrayLike) -> Economy:
    """The distribution of after-tax income, itself lognormal, with technology (1 − τ)a.

        ln y ~ N(ln M + [1 − (1−τ)²]a²ς²/2, (1−τ)²a²ς²)

    The mean is unchanged. The certainty equivalent is M e^{(1−γ(1−τ)²)a²ς²/2}: the tax turns risk
    aversion γ into γ(1−τ)². Labour supply and skill are taken as given. 0 ≤ τ ≤ 1, an array
    broadcasts. Source: the tax function of Feldstein, Bénabou and Heathcote et al.

    >>> economy = Economy(0.05, 300.0)
    >>> taxed = after_tax(economy, 0.2)
    >>> round(float(taxed.mean / economy.mean), 12), round(float(taxed.dispersion), 12)
    (1.0, 0.6)
    """
    an_economy("economy", economy)
    keep = 1 - share("tau", tau)
    broadcast(economy=np.asarray(economy.log_median), tau=keep)
    technology = keep * economy.technology
    log_median = economy.log_median + (1 - keep**2) * economy.dispersion**2 / 2
    scale = np.exp(log_median - technology * economy.skill_mean)
    return Economy(technology, scale, economy.skill_mean, economy.skill_sd)


def plateau_after_tax(
    gamma: ArrayLike, skill_mean: ArrayLike, skill_sd: ArrayLike, tau: ArrayLike
) -> Any:
    """The plateau with taxes, a* = μ/((γ(1−τ)² − 1)ς²), ∞ where γ(1−τ)² ≤ 1.

    >>> plateau_after_tax(4.0, 9.0, 3.0, [0.0, 0.25, 0.5]).round(4)
    array([0.3333, 0.8   ,    inf])
    """
    g, t = broadcast(gamma=risk_aversion(gamma), tau=share("tau", tau))
    effective = g * (1 - t) ** 2
    # At τ = 1 − 1/√γ it is one up to rounding, and there is no plateau.
    return plateau(np.where(same(effective, 1.0), 1.0, effective), skill_mean, skill_sd)


def insuring_progressivity(gamma: ArrayLike) -> Any:
    """The smallest τ at which no plateau is left, 1 − 1/√γ (zero for γ ≤ 1).

    >>> insuring_progressivity([0.5, 1.0, 4.0])
    array([0. , 0. , 0.5])
    """
    g = risk_aversion(gamma)
    return (1 - 1 / np.sqrt(np.maximum(g, 1.0)))[()]
