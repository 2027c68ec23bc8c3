"""Figure 9: which (M, K₀, λg) put its two dates where the paper has them.

The paper's text gives α = .9, the traditional scenario (λg = .01) and two dates, about 10 years for
the highest wage and 25 for the entry into region 2, but no M, and K₀ in Table 2 only. For given λg
and M the path can be found *backwards* from the entry: there K/L = Φ/(1−Φ) is known, and
consumption follows from the stable manifold of the steady state, along which the equations of
region 2 do not depend on time. From the entry the equations are integrated back to t = 0 (as in
Brunner & Strulik 2002), through region 1 and, where the path came from there, region 2. So each
(λg, M) gives one K₀ with the entry on the date; the date of the highest wage is left to fit.

The formulas are those printed in the paper, the method is Runge's of fourth order for many pairs
at once: nothing is shared with ``fixed_factor_transition``, which it checks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import root

from aiecon.korinek_suh.extensions.fixed_factor import least_fixed_factor
from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.numerics import SolverError
from aiecon.validation import FloatArray, finite, number, require

__all__ = [
    "Calibration",
    "DatedPaths",
    "calibrate_dates",
    "largest_fixed_factor",
    "paths_entering_at",
]

START = 1e-4  # distance of log K from the steady state at which its manifold is a straight line
STEPS_2, STEPS_1 = 160, 125  # in region 2 and in region 1
LEAST = 1e-2  # K/L below which a path is not followed back


@dataclass(frozen=True)
class DatedPaths:
    """Paths that enter region 2 on a given date, one for each λg and M, of their common shape.

    A path is ``valid`` if labour is scarce from t = 0 to that date; the others start in region 2.
    NaN where K/L falls below ``LEAST`` on the way back.
    """

    K0: FloatArray  # capital at t = 0
    C0: FloatArray  # consumption at t = 0, per year
    peak: FloatArray  # date of the highest wage, years
    rise: FloatArray  # of log wages from t = 0 to then
    fall: FloatArray  # of log wages from then to the entry
    valid: FloatArray  # bool


Slope = Callable[[FloatArray, FloatArray], FloatArray]


def _runge_kutta(slope: Slope, s: FloatArray, x: FloatArray, h: FloatArray) -> FloatArray:
    """x(s + h) for ẋ = slope(s, x), one step."""
    a = slope(s, x)
    b = slope(s + h / 2, x + h / 2 * a)
    c = slope(s + h / 2, x + h / 2 * b)
    return np.asarray(x + h / 6 * (a + 2 * b + 2 * c + slope(s + h, x + h * c)))


def paths_entering_at(
    entry: float,
    rate: ArrayLike,
    M: ArrayLike,
    alpha: float = 0.9,
    initial: float = 0.608,
    params: Parameters | None = None,
) -> DatedPaths:
    """The optimal paths that enter region 2 at the date ``entry``, for many λg and M at once.

    Tasks are automated at the rate λg from the share ``initial`` on, 1 − Φ = (1 − Φ₀) exp(−λg t).

    Parameters
    ----------
    entry : years > 0
    rate, M : λg ≥ 0 per year and the fixed factor, broadcast
    alpha : share of the composite of tasks, in (0, 1)
    initial : Φ₀ in (0, 1)
    params : Table 2 if not given

    Returns :class:`DatedPaths`. Raises ValueError for other values, and where M is so small that no
    capital is left in the long run.

    Source: Korinek & Suh (2024), section 4.1, Figure 9.

    >>> found = paths_entering_at(25.0, rate=[0.01, 0.1], M=[3e-5, 0.01])
    >>> found.K0.round(2), found.peak.round(1)
    (array([ 2.92, 39.56]), array([0. , 4.3]))
    """
    p = given(params)
    rate, M = np.broadcast_arrays(finite("rate", rate), finite("M", M))
    require("entry", entry, number("entry", entry) > 0, "entry > 0")
    require("rate", rate, rate >= 0, "rate ≥ 0")
    require("M", M, M > 0, "M > 0")
    for name, part in (("alpha", alpha), ("initial", initial)):
        require(name, part, 0 < number(name, part) < 1, f"0 < {name} < 1")
    scale = p.A * (M / p.L) ** (1 - alpha)
    need = p.rho + p.delta
    total = (alpha * scale / need) ** (1 / (1 - alpha))  # (K* + L)/L
    require("M", M, total > 1, "a steady state with capital", "Take a larger M.")

    # region 2, along log K: from the steady state to the entry
    def net(k: FloatArray) -> FloatArray:
        return np.asarray(scale * (1 + np.exp(k)) ** alpha * np.exp(-k) - p.delta)

    def premium(k: FloatArray) -> FloatArray:
        R = alpha * scale * (1 + np.exp(k)) ** (alpha - 1)
        return np.asarray((R - need) / p.eta)

    k_star = np.log(total - 1)
    c_star = net(k_star)
    share = np.exp(k_star) / total
    by_k = (c_star + p.delta) * (alpha * share - 1)  # of net; by log C/K it is −c*
    R_k = need * (alpha - 1) * share / p.eta
    slow = 0.5 * (by_k + c_star - np.sqrt((by_k + c_star) ** 2 - 4 * c_star * R_k))
    tangent = (by_k - slow) / c_star  # d log(C/K)/d log K on the stable manifold

    left = (1 - initial) * np.exp(-rate * entry)
    k_entry = np.log1p(-left) - np.log(left)

    def manifold(k: FloatArray, q: FloatArray) -> FloatArray:
        growth = net(k) - np.exp(q)
        return np.asarray((premium(k) - growth) / growth)

    side = np.where(k_entry > k_star, START, -START)
    k, q = k_star + side, np.log(c_star) + side * tangent
    h = (k_entry - k) / STEPS_2
    for _ in range(STEPS_2):
        q = _runge_kutta(manifold, k, q, h)
        k = k + h

    # back in time, with log w at each date
    e = (p.sigma - 1) / p.sigma

    def scarce_at(t: FloatArray, k: FloatArray) -> NDArray[np.bool_]:
        rest = (1 - initial) * np.exp(-rate * t)
        return np.asarray(k > np.log1p(-rest) - np.log(rest))

    def composite(t: FloatArray, k: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        rest = (1 - initial) * np.exp(-rate * t)
        scarce, K = scarce_at(t, k), np.exp(k)
        capital = np.where(scarce, K**e * (1 - rest) ** (1 / p.sigma), K)
        labor = np.where(scarce, rest ** (1 / p.sigma), 1.0)
        total = capital + labor
        return capital, labor, np.asarray(np.where(scarce, total ** (1 / e), total))

    def motion(t: FloatArray, x: FloatArray) -> FloatArray:
        capital, labor, X = composite(t, x[0])
        average = scale * X**alpha * np.exp(-x[0])
        R = alpha * average * capital / (capital + labor)
        growth = average - p.delta - np.exp(x[1])
        return np.stack([growth, (R - need) / p.eta - growth])

    def log_wage(t: FloatArray, k: FloatArray) -> FloatArray:
        capital, labor, X = composite(t, k)
        return np.asarray(np.log(alpha * scale * labor / (capital + labor)) + alpha * np.log(X))

    x, t = np.stack([k_entry, q]), np.full(rate.shape, float(entry))
    step = np.full(rate.shape, -entry / STEPS_1)
    dates, wages = [t], [log_wage(t, x[0])]
    scarce, followed = np.ones(rate.shape, dtype=bool), np.ones(rate.shape, dtype=bool)
    with np.errstate(all="ignore"):  # of paths that are not followed any more
        for _ in range(STEPS_1):
            x = _runge_kutta(motion, t, x, np.where(followed, step, 0.0))
            t = np.maximum(t + step, 0.0)
            scarce &= scarce_at(t, x[0])
            followed &= x[0] > np.log(LEAST)
            dates.append(t)
            wages.append(log_wage(t, x[0]))
        peak, top = _highest(np.array(dates)[::-1], np.array(wages)[::-1])
    k, q = np.where(followed, x, 0.0)
    found = (np.exp(k) * p.L, np.exp(k + q) * p.L, peak, top - wages[-1], top - wages[0])
    K0, C0, peak, rise, fall = (np.where(followed, value, np.nan) for value in found)
    return DatedPaths(K0, C0, peak, rise, fall, scarce)


def _highest(t: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Where along the first axis y is highest, by the parabola through the three best points."""
    best = np.clip(np.argmax(y, axis=0), 1, len(t) - 2)[None]
    a, b, c = (np.take_along_axis(y, best + i, 0)[0] for i in (-1, 0, 1))
    inside = (b >= a) & (b >= c)
    bend = np.where(inside, a - 2 * b + c, -1.0)
    shift = np.where(inside & (bend < 0), 0.5 * (a - c) / np.where(bend < 0, bend, -1.0), 0.0)
    step = t[1] - t[0]
    middle = np.take_along_axis(t, best, 0)[0] + shift * step
    top = b - 0.25 * (a - c) * shift
    at_end = np.where(a > c, t[0], t[-1])
    return np.where(inside, middle, at_end), np.where(inside, top, np.maximum(a, c))


def largest_fixed_factor(
    entry: float, rate: ArrayLike, alpha: float = 0.9, params: Parameters | None = None
) -> FloatArray:
    """The largest M with which a path that starts in region 1 enters region 2 on the date.

    At this M the path starts on the border, at the least K₀. By bisection, for each ``rate``, to
    four digits.

    >>> largest_fixed_factor(25.0, [0.01, 0.1]).round(6)
    array([5.90000e-05, 2.70185e-01])
    """
    rate = finite("rate", rate)
    low = np.full(rate.shape, np.log(least_fixed_factor(alpha, params)) + 1e-3)
    high = low + 40.0
    for _ in range(20):
        middle = 0.5 * (low + high)
        valid = paths_entering_at(entry, rate, np.exp(middle), alpha, params=params).valid
        low, high = np.where(valid, middle, low), np.where(valid, high, middle)
    return np.asarray(np.exp(low))


@dataclass(frozen=True)
class Calibration:
    """Parameters with which the dates are met."""

    rate: float  # λg, per year
    M: float
    K0: float
    peak: float  # years
    rise: float  # of log wages until then


def calibrate_dates(
    K0: float = 4.6,
    peak: float = 10.0,
    entry: float = 25.0,
    guess: tuple[float, float] = (0.37, 1.9e5),
    alpha: float = 0.9,
    params: Parameters | None = None,
) -> Calibration:
    """λg and M with which, from K₀, wages peak after ``peak`` and region 2 begins after ``entry``.

    ``guess`` is where (λg, M) are sought from. Raises ValueError for numbers out of range, and
    :class:`~aiecon.numerics.SolverError` if they are not found.

    Source: Korinek & Suh (2024), Figure 9.

    >>> found = calibrate_dates()
    >>> round(found.rate, 3), round(found.peak, 6), round(found.K0, 6)
    (0.371, 10.0, 4.6)
    """
    for name, value in (("K0", K0), ("peak", peak), ("entry", entry)):
        require(name, value, number(name, value) > 0, f"{name} > 0")
    require("alpha", alpha, 0 < number("alpha", alpha) < 1, "0 < alpha < 1")
    start = finite("guess", guess)
    allowed = "two numbers, λg ≥ 0 and M > 0,"
    require("guess", start, start.shape == (2,) and start[0] >= 0 < start[1], allowed)

    def gaps(x: FloatArray) -> list[float]:
        found = paths_entering_at(entry, x[0], np.exp(x[1]), alpha, params=params)
        return [float(np.log(found.K0 / K0)), float(found.peak - peak)]

    failure = SolverError(f"No (λg, M) was found with K0 = {K0:g}. Try another guess.")
    try:
        with np.errstate(over="ignore"):
            solved = root(gaps, [start[0], np.log(start[1])], tol=1e-10)
            if not np.abs(gaps(solved.x)).max() < 1e-6:
                raise failure
    except ValueError as error:  # the search has left what the theory allows
        raise failure from error
    rate, M = float(solved.x[0]), float(np.exp(solved.x[1]))
    found = paths_entering_at(entry, rate, M, alpha, params=params)
    return Calibration(rate, M, *(float(y) for y in (found.K0, found.peak, found.rise)))
