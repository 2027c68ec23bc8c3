"""From a median and a mean to technology and scale; what a point of skill is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erfinv, ndtri

from aiecon.kuhle.lognormal import Economy, an_economy, quantile
from aiecon.kuhle.welfare import log_certainty_equivalent
from aiecon.validation import (
    FloatArray,
    at_least,
    broadcast,
    finite,
    nonnegative,
    positive,
    require,
    same,
)

__all__ = ["TimeCost", "annuity", "calibrate", "dispersion_from_bottom_share"]
__all__ += ["dispersion_from_gini", "dispersion_from_mean", "dispersion_from_top_share"]
__all__ += ["indifference_scale", "opportunity_cost", "value_of_skill"]


def dispersion_from_mean(median: ArrayLike, mean: ArrayLike) -> Any:
    """σ = √(2 ln(mean/median)); zero where both are equal up to rounding.

    >>> round(float(dispersion_from_mean(83_730, 121_000)), 4)
    0.8581
    """
    M, m = broadcast(median=positive("median", median), mean=finite("mean", mean))
    m = at_least("mean", m, M, "mean ≥ median", "A lognormal mean is never below the median.")
    with np.errstate(over="ignore"):
        excess = (m - M) / M
    require("mean", m, np.isfinite(excess), "a mean that is a number when divided by the median")
    return np.sqrt(2 * np.log1p(excess))[()]


def calibrate(
    median: ArrayLike,
    mean: ArrayLike,
    skill_mean: ArrayLike = 100.0,
    skill_sd: ArrayLike = 15.0,
) -> Economy:
    """The economy with this median and mean income: a = σ/ς with σ as above, B = M e^{−aμ}.

    Returns an :class:`Economy`: ``.technology`` a, ``.scale`` B, ``.dispersion`` σ. Arrays
    broadcast. a and B depend on the skill scale (on its unit; B also on its zero), σ does not.
    Raises ValueError for a median ≤ 0, a mean below the median, ς ≤ 0.

    >>> now = calibrate(83_730, 121_000)
    >>> round(float(now.technology), 5), round(float(now.scale), 1), round(float(now.dispersion), 4)
    (0.05721, 274.4, 0.8581)
    """
    sd = positive("skill_sd", skill_sd)
    mu, sigma = finite("skill_mean", skill_mean), np.asarray(dispersion_from_mean(median, mean))
    broadcast(median_and_mean=sigma, skill_mean=mu, skill_sd=sd)
    with np.errstate(over="ignore", invalid="ignore"):
        technology = sigma / sd
        scale = finite("median", median) * np.exp(-technology * mu)
    hint = "Measure skill from an origin nearer to its mean."
    require("skill_mean", mu, np.all((scale > 0) & (scale < np.inf)), "a scale B > 0", hint)
    return Economy(technology, scale, mu, sd)


def dispersion_from_gini(gini: ArrayLike) -> Any:
    """σ = √2 N⁻¹((1 + G)/2) = 2 erf⁻¹(G), for 0 ≤ G < 1.

    >>> float(dispersion_from_gini(0.0))
    0.0
    """
    G = finite("gini", gini)
    require("gini", G, (G >= 0) & (G < 1), "0 ≤ gini < 1")
    return (2 * erfinv(G))[()]


def _interior(**shares: ArrayLike) -> list[FloatArray]:
    checked = broadcast(**{name: finite(name, value) for name, value in shares.items()})
    for name, value in zip(shares, checked, strict=True):
        require(name, value, (value > 0) & (value < 1), f"0 < {name} < 1")
    return checked


def dispersion_from_top_share(share: ArrayLike, top: ArrayLike = 0.2) -> Any:
    """σ = N⁻¹(share) − N⁻¹(top): the dispersion with which the top ``top`` gets ``share``.

    Raises ValueError for a share below ``top``: the richest never get less than their number.

    >>> round(float(dispersion_from_top_share(0.5, 0.2)), 4)
    0.8416
    """
    S, p = _interior(share=share, top=top)
    S = at_least("share", S, p, "share ≥ top", "The richest get at least their part of heads.")
    return (ndtri(S) - ndtri(p))[()]


def dispersion_from_bottom_share(share: ArrayLike, bottom: ArrayLike = 0.2) -> Any:
    """σ = N⁻¹(bottom) − N⁻¹(share): the dispersion with which the bottom gets ``share``.

    Raises ValueError for a share above ``bottom``: the poorest never get more than their number.

    >>> round(float(dispersion_from_bottom_share(0.04, 0.2)), 4)
    0.9091
    """
    S, p = _interior(share=share, bottom=bottom)
    hint = "The poorest get at most their part of heads."
    require("share", S, (p >= S) | same(S, p), "share ≤ bottom", hint)
    return (ndtri(p) - ndtri(np.minimum(S, p)))[()]


def indifference_scale(old: Economy, new: Economy, gamma: ArrayLike) -> Any:
    """The factor on old incomes at which a person with γ is indifferent between old and new.

    CE₁/CE₀, for instance the price index at which γ* would be ``gamma``.

    >>> economy = Economy(0.05, 300.0)
    >>> float(indifference_scale(economy, economy, 3.0))
    1.0
    """
    change = log_certainty_equivalent(new, gamma) - log_certainty_equivalent(old, gamma)
    require("gamma", gamma, np.all(np.abs(change) <= 700), "a factor between e^-700 and e^700")
    return np.exp(change)


def value_of_skill(economy: Economy, p: ArrayLike | None = None) -> Any:
    """What one more point of skill adds to yearly income, ∂w/∂s = a·w, at rank p.

    Without ``p`` the expected value, a·E[w].

    >>> now = calibrate(83_730, 121_000)
    >>> round(float(value_of_skill(now, 0.5))), round(float(value_of_skill(now)))
    (4790, 6922)
    """
    an_economy("economy", economy)
    w = economy.mean if p is None else quantile(economy, p)
    return economy.technology * w


def annuity(rate: ArrayLike, years: ArrayLike = 40) -> Any:
    """The present value of one unit at the end of each of ``years`` years, [1 − (1+r)^{−n}]/r.

    ``years`` itself at r = 0, its limit. r > −1, years ≥ 0; arrays broadcast.

    >>> annuity([0.0, 0.02, 0.04]).round(3)
    array([40.   , 27.355, 19.793])
    """
    r, n = broadcast(rate=finite("rate", rate), years=nonnegative("years", years))
    require("rate", r, r > -1, "rate > −1")
    safe = np.where(r == 0, 1.0, r)
    with np.errstate(over="ignore"):
        exponent = -n * np.log1p(safe)
    require("rate", r, exponent <= 700, "a present value below e^700")
    return np.where(r == 0, n, -np.expm1(exponent) / safe)[()]


@dataclass(frozen=True)
class TimeCost:
    """Present values, money: income forgone while away, and income lost later."""

    forgone: Any
    lost_later: Any

    @property
    def total(self) -> Any:
        """Both together."""
        return self.forgone + self.lost_later


def opportunity_cost(
    economy: Economy,
    p: ArrayLike,
    years_away: ArrayLike,
    skill_lost: ArrayLike,
    horizon: ArrayLike = 40,
    rate: ArrayLike = 0.02,
) -> TimeCost:
    """What t years away cost a person at rank p who comes back with δ points of skill less.

        w_p A(r, t)  +  w_p (1 − e^{−aδ}) [A(r, T) − A(r, t)],

    A the annuity, T the horizon. The first part grows with income, the second also with
    technology. ``skill_lost`` may be the points that training in these years would have added.
    Raises ValueError for t < 0, δ < 0 or T < t.

    >>> cost = opportunity_cost(Economy(0.05, 300.0), 0.5, 1.0, 0.0, rate=0.0)
    >>> float(cost.total / Economy(0.05, 300.0).median)
    1.0
    """
    t, T = nonnegative("years_away", years_away), finite("horizon", horizon)
    delta, r = nonnegative("skill_lost", skill_lost), finite("rate", rate)
    w = np.asarray(quantile(economy, p))
    broadcast(economy_and_p=w, years_away=t, skill_lost=delta, horizon=T, rate=r)
    T, t = broadcast(horizon=T, years_away=t)
    T = at_least("horizon", T, t, "horizon ≥ years_away")
    away = annuity(r, t)
    rest = annuity(r, T) - away
    with np.errstate(over="ignore"):
        lost = -np.expm1(-economy.technology * delta)
    return TimeCost((w * away)[()], (w * lost * rest)[()])
