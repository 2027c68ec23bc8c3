"""The CES mean of capital and labour per task, in logarithms.

With k = K/Φ, ℓ = L/(1−Φ), q = log(k/ℓ) and e = (σ−1)/σ, region 1 of the model is

    log(Y/(Aℓ)) = log(Φ exp(e q) + 1 − Φ) / e,

smooth through σ = 1 (where it equals Φ q) and within the range of floating-point numbers whatever
K, L, Φ and σ are. These kernels broadcast over all their arguments and do not check them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.validation import FloatArray

__all__ = [
    "exp_or_infinity",
    "log1p_ratio",
    "log_input_ratio",
    "log_mean",
    "log_power_mean",
    "mean_slope",
]


def log_power_mean(weight: FloatArray, rest: FloatArray, q: FloatArray, e: ArrayLike) -> FloatArray:
    """log [weight·exp(e q) + rest]^(1/e), for 0 < weight = 1 − rest < 1; weight·q at e = 0.

    The logarithm of the power mean with exponent e of exp(q) and 1; q may be infinite. Three forms
    of the same sum, each where it neither cancels nor overflows. ``rest`` is an argument of its own
    because 1 − Φ may be smaller than the spacing of floating-point numbers at one.
    """
    weight, rest, q, e = np.broadcast_arrays(weight, rest, q, np.asarray(e, dtype=np.float64))
    geometric = e == 0
    z = np.where(geometric, 0.0, e) * np.where(geometric, 0.0, q)
    high = z > 1
    low = (z < -np.log(2)) & (weight > 0.5)
    log_sum = np.log1p(weight * np.expm1(np.where(high | low, 0.0, z)))
    if low.any():
        log_sum = np.where(low, np.log(rest + weight * np.exp(np.minimum(z, 0.0))), log_sum)
        tiny = z < -690.0  # where exp(z) would lose its digits
        if tiny.any():
            with np.errstate(divide="ignore"):
                in_logs = np.logaddexp(np.log(rest), np.log(weight) + np.where(tiny, z, 0.0))
            log_sum = np.where(low & tiny, in_logs, log_sum)
    if high.any():
        above = np.maximum(z, 1.0)
        log_excess = np.log(weight) + above + np.log(-np.expm1(-above))  # weight·(exp(z) − 1)
        log_sum = np.where(high, np.logaddexp(0.0, log_excess), log_sum)
    return np.where(geometric, weight * q, log_sum / np.where(geometric, 1.0, e))


def log_mean(weight: ArrayLike, log_x: FloatArray, sigma: float) -> Any:
    """log [Σ w x^e]^(1/e) along the first axis, e = (σ−1)/σ; Σ w log x at σ = 1.

    The same for any number of inputs, relative to the one that counts most, so that no power
    overflows. A weight may be zero.
    """
    e = (sigma - 1) / sigma
    most = log_x.max(axis=0) if e > 0 else log_x.min(axis=0)
    if e == 0:
        return most + (weight * (log_x - most)).sum(axis=0)
    return most + np.log((weight * np.exp(e * (log_x - most))).sum(axis=0)) / e


def mean_slope(weight: FloatArray, rest: FloatArray, q: FloatArray, e: ArrayLike) -> FloatArray:
    """[(exp(e q) − 1)/e] / [weight·exp(e q) + rest] for q ≥ 0, finite or not; q at e = 0.

    How the logarithm of the power mean rises as a task moves from the input 1 to the input exp(q).
    Written in exp(−|e| q) ≤ 1, so that nothing overflows and the sum has no cancellation.
    """
    weight, rest, q, e = np.broadcast_arrays(weight, rest, q, np.asarray(e, dtype=np.float64))
    geometric = e == 0
    size = np.where(geometric, 1.0, np.abs(e))
    z = size * q
    small = np.exp(-z)
    mean = np.where(e > 0, weight + rest * small, weight * small + rest)
    return np.where(geometric, q, -np.expm1(-z) / size / np.where(geometric, 1.0, mean))


def log_input_ratio(
    K: FloatArray, L: ArrayLike, Phi: FloatArray, unautomated: FloatArray
) -> FloatArray:
    """q = log(k/ℓ) = log[K(1−Φ)/(ΦL)], positive where labour is scarce (region 1).

    +∞ at Φ = 0, where no task takes capital; −∞ at Φ = 1 and at K = 0 (there even if Φ = 0).
    """
    K, L, Phi, unautomated = np.broadcast_arrays(K, np.asarray(L, float), Phi, unautomated)
    exists = (Phi > 0) & (unautomated > 0) & (K > 0)
    K_, Phi_, rest = (np.where(exists, x, 0.5) for x in (K, Phi, unautomated))
    logs = np.log(K_) + np.log(rest) - np.log(Phi_) - np.log(L)
    capital, labor = K_ * rest, Phi_ * L
    plain = (capital > 1e-305) & (labor > 1e-305) & (np.abs(logs) < 700)  # no over- or underflow
    ratio = np.where(plain, capital, 1.0) / np.where(plain, labor, 1.0)
    q = np.where(plain, np.log(ratio), logs)
    return np.where(exists, q, np.where((K > 0) & (unautomated > 0), np.inf, -np.inf))


def exp_or_infinity(x: FloatArray) -> FloatArray:
    """exp(x), and infinity where that exceeds the largest floating-point number."""
    largest = np.log(np.finfo(np.float64).max)
    return np.where(x > largest, np.inf, np.exp(np.minimum(x, largest)))


def log1p_ratio(x: FloatArray) -> FloatArray:
    """log(1 + x)/x, 1 at x = 0."""
    return np.where(x == 0, 1.0, np.log1p(x) / np.where(x == 0, 1.0, x))
