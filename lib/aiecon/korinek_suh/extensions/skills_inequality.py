"""The distribution of wages when some workers are displaced (section 4.4).

Two groups: the skilled earn w for each efficiency unit of labour, the displaced R. Efficiency units
are lognormal with mean one and independent of skill, so each group's wages are lognormal; where
human capital is devalued with the skill, a displaced worker is left with one unit of raw labour and
all the displaced earn R. Closed forms but for quantiles, which are found by bisection.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from aiecon.validation import FloatArray, broadcast, finite, require

__all__ = ["WageDistribution"]

STEPS = 80  # of the bisection for quantiles
LARGEST_SPREAD = 1e3  # beyond it one worker earns everything


@dataclass(frozen=True)
class WageDistribution:
    """Wages of workers of whom the share Υ is displaced; fields broadcast (dates, economies).

    ``spread`` is the standard deviation of log efficiency units, 0 if all workers are alike;
    ``devalued``: whether displaced workers lose theirs. ValueError for other values.

    >>> today = WageDistribution(displaced=0.2, skilled_wage=2.0, displaced_wage=0.5)
    >>> float(today.mean.round(4)), float(today.gini.round(4)), float(today.top_share(0.1).round(4))
    (1.7, 0.1412, 0.1176)
    >>> spread = WageDistribution(0.2, 2.0, 0.5, spread=0.6)
    >>> float(spread.gini.round(4)), float(spread.quantile(0.5).round(4))
    (0.3957, 1.3921)
    """

    displaced: Any  # Υ, the share of workers who are displaced, in [0, 1]
    skilled_wage: Any  # w > 0, of one efficiency unit
    displaced_wage: Any  # R > 0, of one unit
    spread: Any = 0.0  # standard deviation of log efficiency units
    devalued: bool = False  # whether the displaced are left with one unit each

    def __post_init__(self) -> None:
        names = ("displaced", "skilled_wage", "displaced_wage", "spread")
        arrays = broadcast(**{name: finite(name, getattr(self, name)) for name in names})
        for name, value in zip(names, arrays, strict=True):
            object.__setattr__(self, name, value)
        share = self.displaced
        require("displaced", share, (share >= 0) & (share <= 1), "0 ≤ displaced ≤ 1")
        for name in names[1:3]:
            require(name, getattr(self, name), getattr(self, name) > 0, f"{name} > 0")
        inside = (self.spread >= 0) & (self.spread <= LARGEST_SPREAD)
        require("spread", self.spread, inside, f"0 ≤ spread ≤ {LARGEST_SPREAD:g}")
        whether = isinstance(self.devalued, bool | np.bool_)
        require("devalued", repr(self.devalued), whether, "True or False")

    # The two groups: share, mean wage, standard deviation of log wages ----------------------------

    def _groups(self) -> tuple[tuple[FloatArray, FloatArray, FloatArray], ...]:
        low = np.zeros_like(self.spread) if self.devalued else self.spread
        return (
            (self.displaced, self.displaced_wage, low),
            (1.0 - self.displaced, self.skilled_wage, self.spread),
        )

    @property
    def mean(self) -> Any:
        """The mean wage, Υ R + (1−Υ) w."""
        return self.displaced * self.displaced_wage + (1 - self.displaced) * self.skilled_wage

    @property
    def gini(self) -> Any:
        """The Gini coefficient: half the mean difference of two wages, over the mean.

        For lognormals X, Y with means x, y and v² = s_X² + s_Y²,
        E|X − Y| = x [2N((log(x/y) + v²/2)/v) − 1] + y [2N((log(y/x) + v²/2)/v) − 1].
        """
        total: Any = 0.0
        for p, x, s in self._groups():
            for q, y, r in self._groups():
                paid = q * (p * x / self.mean), p * (q * y / self.mean)
                total = total + _mean_difference(np.log(x) - np.log(y), s, r, *paid)
        return total / 2.0

    def below(self, wage: ArrayLike) -> Any:
        """The share of workers who earn at most ``wage`` > 0."""
        wage = finite("wage", wage)
        require("wage", wage, wage > 0, "wage > 0")
        return sum(p * _cdf(np.log(wage), x, s) for p, x, s in self._groups())

    def quantile(self, p: ArrayLike) -> Any:
        """The lowest wage that at least the share p of workers does not exceed, 0 < p < 1."""
        p = _inside(p)
        return np.exp(self._log_quantile(p, 1.0 - p))[()]

    def _log_quantile(self, below: FloatArray, above: FloatArray) -> FloatArray:
        """log of the quantile at ``below`` = 1 − ``above``; each tail is as exact as its share."""
        groups = self._groups()
        z = np.where(below <= 0.5, ndtri(below), -ndtri(above))
        with np.errstate(over="ignore"):
            ends = [np.log(x) - 0.5 * s**2 + s * z for _, x, s in groups]  # of each group alone
        low = np.minimum(*ends) - 1e-12 * (1.0 + np.abs(np.minimum(*ends)))
        high = np.maximum(*ends) + 1e-12 * (1.0 + np.abs(np.maximum(*ends)))
        for _ in range(STEPS):
            middle = 0.5 * (low + high)
            left = sum(q * _cdf(middle, x, s) for q, x, s in groups)
            right = sum(q * _survival(middle, x, s) for q, x, s in groups)
            enough = np.where(below <= 0.5, left >= below, right <= above)
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        return high

    def top_share(self, p: ArrayLike) -> Any:
        """What the best-paid share p of workers earns, as a share of all wages, 0 < p < 1."""
        p = _inside(p)
        cut = self._log_quantile(1.0 - p, p)
        above: Any = 0.0
        earned: Any = 0.0
        for q, x, s in self._groups():
            above = above + q * _survival(cut, x, s)
            earned = earned + q * x / self.mean * _partial_mean(cut, x, s)
        return (earned + (p - above) * self._at_step(cut))[()]

    def lorenz(self, p: ArrayLike) -> Any:
        """The share of all wages that the worst-paid share p of workers earns, 0 < p < 1."""
        p = _inside(p)
        cut = self._log_quantile(p, 1.0 - p)
        less = cut - 2e-14 - 5e-16 * np.abs(cut)  # those who earn just that come last
        below: Any = 0.0
        earned: Any = 0.0
        for q, x, s in self._groups():
            below = below + q * _cdf(less, x, s)
            earned = earned + q * x / self.mean * _partial_mean(less, x, s, upper=False)
        return (earned + (p - below) * self._at_step(cut))[()]

    def _at_step(self, cut: FloatArray) -> FloatArray:
        """exp(cut) over the mean wage where many earn just that; elsewhere nothing is left over."""
        alike = [np.where(s > 0, -np.inf, np.log(x)) for _, x, s in self._groups()]
        return np.exp(np.minimum(cut, np.maximum(*alike)) - np.log(self.mean))


def _inside(p: ArrayLike) -> FloatArray:
    p = finite("p", p)
    require("p", p, (p > 0) & (p < 1), "0 < p < 1")
    return p


def _distance(log_wage: Any, mean: FloatArray, spread: FloatArray) -> FloatArray:
    """(log wage − mean of logs) in standard deviations, given the mean; ±∞ without spread."""
    gap = np.asarray(log_wage) - np.log(mean)
    some = spread > 0
    u = np.where(some, spread, 1.0)
    return np.where(some, gap / u + 0.5 * u, np.where(gap >= -1e-14, np.inf, -np.inf))


def _cdf(log_wage: Any, mean: FloatArray, spread: FloatArray) -> FloatArray:
    """P(X ≤ wage) of a lognormal with this mean; a step where the spread is zero."""
    return np.asarray(ndtr(_distance(log_wage, mean, spread)))


def _survival(log_wage: Any, mean: FloatArray, spread: FloatArray) -> FloatArray:
    """P(X > wage), exact where it is small."""
    return np.asarray(ndtr(-_distance(log_wage, mean, spread)))


def _partial_mean(
    log_wage: Any, mean: FloatArray, spread: FloatArray, upper: bool = True
) -> FloatArray:
    """E[X; X > wage]/E[X] of the same, or E[X; X ≤ wage]/E[X]."""
    z = spread - _distance(log_wage, mean, spread)
    return np.asarray(ndtr(z if upper else -z))


def _mean_difference(
    gap: FloatArray, s: FloatArray, r: FloatArray, x: FloatArray, y: FloatArray
) -> FloatArray:
    """E|X − Y| for lognormals with means x, y, log standard deviations s, r and log(x/y) = gap."""
    v = np.hypot(s, r)
    some = v > 0
    u = np.where(some, v, 1.0)
    spread = x * (2 * ndtr(gap / u + 0.5 * u) - 1) + y * (2 * ndtr(0.5 * u - gap / u) - 1)
    return np.where(some, spread, np.abs(x - y))
