"""Skill with heavier tails than the normal (an extension of ours): does the plateau survive?

Skill is s = ν + ςZ + E/α − E'/β with Z standard normal and E, E' standard exponential. Income
w = B e^{as} is then double Pareto-lognormal (Reed & Jorgensen 2004): its upper tail falls with the
power α/a, its lower tail rises with the power β/a. Technology itself fattens the tails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import erfcx, log_ndtr, ndtr

from aiecon.kuhle.welfare import risk_aversion
from aiecon.validation import (
    ROUNDING,
    FloatArray,
    a_generator,
    broadcast,
    finite,
    nonnegative,
    number,
    positive,
    require,
    whole,
)

__all__ = ["Skill"]


@dataclass(frozen=True)
class Skill:
    """Skill with a normal body and exponential tails; with both rates ∞ it is normal.

    Raises ValueError for ς ≤ 0, a rate ≤ 0, or mean skill ≤ 0.

    >>> skill = Skill(location=20.0, spread=15.0, upper=0.1)
    >>> float(skill.mean), float(skill.variance)
    (30.0, 325.0)
    """

    location: float  # ν, points
    spread: float  # ς, points: standard deviation of the normal part
    upper: float = np.inf  # α, per point: rate of the upper tail of skill
    lower: float = np.inf  # β, per point: rate of the lower tail of skill

    def __post_init__(self) -> None:
        for name in ("location", "spread"):
            object.__setattr__(self, name, number(name, getattr(self, name)))
        positive("spread", self.spread)
        for name in ("upper", "lower"):
            rate = number(name, getattr(self, name), infinite=True)
            require(name, rate, rate > 1e-150, f"{name} > 0 (∞ for no such tail)")
            object.__setattr__(self, name, rate)
        require("spread", self.spread, 1e-150 < self.spread < 1e150, "a variance that is a number")
        size = abs(self.location) + 1 / self.upper + 1 / self.lower
        allowed = "a mean skill > 0 (location + 1/upper − 1/lower)"
        require("location", self.location, self.mean > ROUNDING * size, allowed)

    @property
    def mean(self) -> float:
        """ν + 1/α − 1/β."""
        return self.location + 1 / self.upper - 1 / self.lower

    @property
    def variance(self) -> float:
        """ς² + 1/α² + 1/β²."""
        return self.spread**2 + 1 / self.upper**2 + 1 / self.lower**2

    def cumulant(self, t: ArrayLike) -> Any:
        """K(t) = ln E[e^{ts}] = νt + ς²t²/2 − ln(1 − t/α) − ln(1 + t/β), ∞ outside −β < t < α.

        >>> float(Skill(20.0, 15.0, upper=0.1).cumulant(0.1))
        inf
        """
        t = finite("t", t)
        exists = (t < self.upper) & (t > -self.lower)
        u = np.where(exists, t, 0.0)
        tails = np.log1p(-u / self.upper) + np.log1p(u / self.lower)
        with np.errstate(over="ignore", invalid="ignore"):
            value = self.location * u + (self.spread * u) ** 2 / 2 - tails
        require("t", t, np.isfinite(value), "a t with K(t) a number")
        return np.where(exists, value, np.inf)[()]

    def tilted_mean(self, t: ArrayLike) -> Any:
        """K'(t): mean skill when each person counts e^{ts}. For −β < t < α; ValueError outside.

        >>> float(Skill(20.0, 15.0).tilted_mean(-0.1))
        -2.5
        """
        t = finite("t", t)
        require("t", t, (t < self.upper) & (t > -self.lower), "−lower < t < upper")
        tails = (1 / (self.upper - t) if np.isfinite(self.upper) else 0.0) - (
            1 / (self.lower + t) if np.isfinite(self.lower) else 0.0
        )
        return (self.location + self.spread**2 * t + tails)[()]

    def log_mean_income(self, technology: ArrayLike) -> Any:
        """ln E[w] − ln B = K(a): ∞ from a = α on, where the tail index of income is one."""
        return self.cumulant(nonnegative("technology", technology))

    def log_certainty_equivalent(self, technology: ArrayLike, gamma: ArrayLike) -> Any:
        """ln CE − ln B = K((1−γ)a)/(1−γ), and a·E[s] at γ = 1.

        −∞ where γ > 1 and (γ−1)a ≥ β; ∞ where γ < 1 and (1−γ)a ≥ α. Arguments broadcast.

        >>> float(Skill(20.0, 15.0).log_certainty_equivalent(0.05, 3.0))
        0.4375
        """
        a, g = broadcast(
            technology=nonnegative("technology", technology), gamma=risk_aversion(gamma)
        )
        lam = 1 - g
        scaled = np.where(lam == 0, 1.0, lam)
        with np.errstate(over="ignore"):
            t, linear = lam * a, a * self.mean
        return np.where(lam == 0, linear, self.cumulant(t) / scaled)[()]

    def plateau(self, gamma: float) -> float:
        """The technology at which expected utility peaks: a* = x*/(γ−1) with K'(−x*) = 0, else ∞.

        x* does not depend on γ. Without a lower tail it solves a quadratic equation,

            x* = [ν − ας² + √((ν + ας²)² + 4ς²)]/(2ς²),

        with α = ∞ it is μ/ς², and with a lower tail it lies below β and is found by bisection.

        >>> Skill(9.0, 3.0).plateau(2.0), Skill(9.0, 3.0, upper=0.5).plateau(0.5)
        (1.0, inf)
        """
        g = float(risk_aversion(number("gamma", gamma)))
        return np.inf if g <= 1 else self._turning_point() / (g - 1)

    def _turning_point(self) -> float:
        highest = self._without_lower_tail()
        if np.isinf(self.lower):
            return highest
        # The lower tail only lowers K', so the root lies below that without it, and below β.
        end = min(highest, float(np.nextafter(self.lower, 0.0)))
        return float(brentq(lambda x: self.tilted_mean(-x), 0.0, end, xtol=1e-300, maxiter=2000))

    def _without_lower_tail(self) -> float:
        nu, var, alpha = self.location, self.spread**2, self.upper
        if np.isinf(alpha):
            return nu / var
        b = nu - alpha * var
        root = np.hypot(nu + alpha * var, 2 * self.spread)
        # (b + root)/(2ς²), written without cancellation where b < 0
        return (b + root) / (2 * var) if b >= 0 else 2 * (alpha * nu + 1) / (root - b)

    def tail_index(self, technology: ArrayLike) -> Any:
        """The Pareto exponent of the upper tail of income, α/a (∞ without such a tail)."""
        a = positive("technology", technology)
        with np.errstate(over="ignore"):
            return (self.upper / a)[()]

    def survival(self, s: ArrayLike) -> Any:
        """P(skill > s), in closed form (the normal-Laplace distribution of Reed & Jorgensen).

        >>> float(Skill(20.0, 15.0).survival(20.0))
        0.5
        """
        with np.errstate(over="ignore"):
            z = np.clip((finite("s", s) - self.location) / self.spread, -1e150, 1e150)
        above, below = ndtr(-z), np.zeros_like(z)
        p, q = self.upper * self.spread, self.lower * self.spread
        weight = 1 / (1 + self.upper / self.lower) if np.isfinite(self.upper) else 0.0
        if np.isfinite(self.upper):
            above = above + weight * _tail(p, -z)
        if np.isfinite(self.lower):
            below = (1 - weight) * _tail(q, z)
        return (above - below)[()]

    def draw(self, size: int, rng: np.random.Generator) -> FloatArray:
        """Independent draws of skill."""
        size, rng = whole("size", size, most=10**8, least=0), a_generator(rng)
        s = self.location + self.spread * rng.standard_normal(size)
        return s + rng.exponential(size=size) / self.upper - rng.exponential(size=size) / self.lower


def _tail(rate: float, z: FloatArray) -> FloatArray:
    """e^{rate²/2 + rate z} N(−rate − z), the chance that the exponential carries a draw over.

    Equal to φ(z)√(π/2) erfcx((rate + z)/√2), whose factors stay in range where rate is large; where
    rate + z < 0 the first form has no cancellation.
    """
    x = rate + z
    with np.errstate(over="ignore"):
        body = np.exp(-(z**2) / 2) * erfcx(np.maximum(x, 0.0) / np.sqrt(2)) / 2
        low = np.minimum(z, -rate)
        tail = np.exp(rate * (rate / 2 + low) + log_ndtr(-rate - low))
    return np.where(x >= 0, body, tail)
