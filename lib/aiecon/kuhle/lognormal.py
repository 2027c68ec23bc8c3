"""Incomes that are exponential in skill: the lognormal distribution and how technology moves it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erf, ndtr, ndtri

from aiecon.validation import (
    FloatArray,
    broadcast,
    finite,
    instance,
    nonnegative,
    positive,
    require,
    share,
)

__all__ = ["Economy", "density", "generalised_lorenz", "income", "lorenz", "quantile"]
__all__ += ["share_below", "top_share"]

#: Incomes above e^700 would leave the floating-point numbers.
_LARGEST_LOG = 700.0


@dataclass(frozen=True, eq=False)
class Economy:
    """Income w = B e^{a s} of a person with skill s ~ N(μ, ς²).

    The log of income is normal with mean ln B + aμ and standard deviation aς, the *dispersion*.
    Each field is a number or an array; arrays must broadcast against each other, and all results
    then have their common shape. The paper's source is a summary; this is the model it describes.

    Raises ValueError for a < 0, B ≤ 0, ς ≤ 0, what is not finite, or a mean income above e^700.

    >>> economy = Economy(technology=0.05, scale=300.0, skill_mean=100.0, skill_sd=15.0)
    >>> round(float(economy.median)), round(float(economy.mean)), round(float(economy.gini), 3)
    (44524, 58985, 0.404)
    """

    technology: Any  # a, log points of income per point of skill, ≥ 0
    scale: Any  # B, income at skill zero, money a year
    skill_mean: Any = 100.0  # μ, points of skill
    skill_sd: Any = 15.0  # ς, points of skill

    def __post_init__(self) -> None:
        given = {
            field.name: finite(field.name, getattr(self, field.name)) for field in fields(self)
        }
        broadcast(**given)
        for name, value in given.items():
            object.__setattr__(self, name, value[()])
        nonnegative("technology", self.technology)
        positive("scale", self.scale)
        positive("skill_sd", self.skill_sd)
        with np.errstate(over="ignore", invalid="ignore"):
            largest = np.abs(self.log_median) + self.dispersion**2 / 2
        require(
            "technology",
            self.technology,
            np.all(largest <= _LARGEST_LOG),
            "an income between e^-700 and e^700",
            "Measure skill from an origin nearer to its mean, or choose a smaller scale.",
        )

    @property
    def log_median(self) -> Any:
        """ln M = ln B + aμ."""
        return np.log(self.scale) + self.technology * self.skill_mean

    @property
    def dispersion(self) -> Any:
        """σ = aς, the standard deviation of log income."""
        return self.technology * self.skill_sd

    @property
    def median(self) -> Any:
        """M = B e^{aμ}."""
        return np.exp(self.log_median)

    @property
    def mean(self) -> Any:
        """E[w] = M e^{a²ς²/2}: exponential in μ and in ς²."""
        return np.exp(self.log_median + self.dispersion**2 / 2)

    @property
    def gini(self) -> Any:
        """G = 2N(aς/√2) − 1, which is the error function of aς/2."""
        return erf(self.dispersion / 2)


def an_economy(name: str, economy: Economy, single: bool = False) -> None:
    """Raises a ValueError unless ``economy`` is one, ``single``: one of numbers, not arrays."""
    hint = "Make one with Economy(technology, scale) or calibrate()."
    instance(name, economy, Economy, hint=hint)
    if single:
        for field in fields(Economy):
            value = getattr(economy, field.name)
            require(field.name, value, np.ndim(value) == 0, "an economy of numbers", "Loop.")


def _fits(economy: Economy, statistic: str, **arrays: FloatArray) -> Any:
    """The economy's statistic, after a check that the arrays broadcast against it."""
    an_economy("economy", economy)
    value = getattr(economy, statistic)
    broadcast(economy=np.asarray(value), **arrays)
    return value


def _money(name: str, given: FloatArray, exponent: Any) -> Any:
    """e^exponent, an income; ValueError where it would leave the floating-point numbers."""
    require(name, given, np.all(exponent <= _LARGEST_LOG), "an income below e^700")
    return np.exp(exponent)[()]


def income(economy: Economy, skill: ArrayLike) -> Any:
    """w = B e^{as} at a given skill.

    >>> int(income(Economy(0.05, 300.0), 100.0))
    44523
    """
    s = finite("skill", skill)
    _fits(economy, "log_median", skill=s)
    with np.errstate(over="ignore"):
        return _money("skill", s, np.log(economy.scale) + economy.technology * s)


def quantile(economy: Economy, p: ArrayLike) -> Any:
    """The income at rank p of the distribution, w_p = M e^{σ N⁻¹(p)}, for 0 < p < 1.

    >>> float(quantile(Economy(0.05, 300.0), 0.5) / Economy(0.05, 300.0).median)
    1.0
    """
    rank = finite("p", p)
    require("p", rank, (rank > 0) & (rank < 1), "0 < p < 1")
    log_median = _fits(economy, "log_median", p=rank)
    return _money("p", rank, log_median + economy.dispersion * ndtri(rank))


def _standardised(economy: Economy, level: FloatArray) -> Any:
    log_median = _fits(economy, "log_median", level=level)
    positive("technology", economy.technology)
    with np.errstate(over="ignore"):
        return (np.log(level) - log_median) / economy.dispersion


def share_below(economy: Economy, level: ArrayLike) -> Any:
    """The share of incomes below a level x > 0, N(ln(x/M)/σ).

    >>> economy = Economy(0.05, 300.0)
    >>> [round(float(share_below(economy, x)), 4) for x in (economy.median, economy.mean)]
    [0.5, 0.6462]
    """
    return ndtr(_standardised(economy, positive("level", level)))[()]


def density(economy: Economy, level: ArrayLike) -> Any:
    """The density of log income at the level x > 0, φ(ln(x/M)/σ)/σ.

    >>> round(float(density(Economy(0.05, 300.0), Economy(0.05, 300.0).median)), 4)
    0.5319
    """
    z = _standardised(economy, positive("level", level))
    with np.errstate(over="ignore"):
        return (np.exp(-(z**2) / 2) / (np.sqrt(2 * np.pi) * economy.dispersion))[()]


def lorenz(economy: Economy, p: ArrayLike) -> Any:
    """The share of all income that the poorest share p receives, L(p) = N(N⁻¹(p) − σ).

    >>> lorenz(Economy(0.05, 300.0), [0.0, 0.5, 1.0]).round(4)
    array([0.    , 0.2266, 1.    ])
    """
    rank = share("p", p)
    return ndtr(ndtri(rank) - _fits(economy, "dispersion", p=rank))[()]


def generalised_lorenz(economy: Economy, p: ArrayLike) -> Any:
    """Mean income times L(p): what the poorest share p receives, per head of everybody.

    One distribution is at least as good as another for every risk averse person (second-order
    stochastic dominance) if and only if its curve nowhere lies below the other's.

    >>> economy = Economy(0.05, 300.0)
    >>> float(generalised_lorenz(economy, 1.0) / economy.mean)
    1.0
    """
    part = lorenz(economy, p)
    return (_fits(economy, "mean", p=np.asarray(part)) * part)[()]


def top_share(economy: Economy, p: ArrayLike) -> Any:
    """The share of all income that the richest share p receives, N(N⁻¹(p) + σ) = 1 − L(1 − p).

    >>> round(float(top_share(Economy(0.05, 300.0), 0.01)), 4)
    0.0575
    """
    rank = share("p", p)
    return ndtr(ndtri(rank) + _fits(economy, "dispersion", p=rank))[()]
