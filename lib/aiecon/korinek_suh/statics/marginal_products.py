"""Average and marginal product of capital with their derivatives, for equations of motion.

The dynamics need two functions of the static equilibrium thousands of times, with derivatives, and
the others along paths on which capital grows beyond what a floating-point number can hold. With
k = log(K/L), θ = (1−σ)/σ, q = k + log((1−Φ)/Φ) and

    D = log(Φ + (1−Φ) exp(θ q)),    S_L = (1−Φ) exp(θ q − D) the labour share,

equations (4) and (6) of region 1 are

    log(R/A) = −D/(1−σ),    log(Y/(AK)) = −log Φ − D/θ,

and region 2 has R = A, Y/(AK) = 1 + exp(−k). All arguments broadcast.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, exprel

from aiecon.korinek_suh.statics.ces import log1p_ratio, log_power_mean
from aiecon.validation import FloatArray

__all__ = ["Products", "StaticLogs", "far_from_one", "region_1", "region_2", "static_logs"]

SMALLEST = -690.0  # log of a share of tasks that is still used as a number
NEAR_ONE = 0.01  # |1 − σ| below which D/(1−σ) is computed from its own series


class Products(NamedTuple):
    """Y/K and R, per year, and their derivatives by k = log(K/L) and by time at given k."""

    average: FloatArray  # Y/K
    average_k: FloatArray
    average_t: FloatArray | float
    rental: FloatArray  # R
    rental_k: FloatArray | float
    rental_t: FloatArray | float

    def where(self, condition: NDArray[np.bool_], others: Products) -> Products:
        """These where a condition holds, the others elsewhere."""
        return Products(*(np.where(condition, *pair) for pair in zip(self, others, strict=True)))


def far_from_one(sigma: Any) -> bool:
    """Whether D/(1−σ) can be computed as it stands for every σ."""
    return bool(np.abs(1.0 - np.asarray(sigma)).min() > NEAR_ONE)


def region_1(
    k: FloatArray,
    log_rest: FloatArray,
    hazard: FloatArray,
    A: Any,
    sigma: Any,
    far: bool | None = None,
    shares: tuple[FloatArray, FloatArray] | None = None,
) -> Products:
    """Region 1, given log(1−Φ) and the hazard −d log(1−Φ)/dt.

    The formulas are also used a little outside the region, while the border is being sought.
    ``far`` is :func:`far_from_one` of σ, ``shares`` are Φ and log Φ, if they are known.
    """
    if far_from_one(sigma) if far is None else far:
        share = -np.expm1(log_rest) if shares is None else shares[0]
        log_share = np.log(share) if shares is None else shares[1]
        return _region_1(k, log_rest, hazard, A, sigma, share, log_share)
    return _near_one(k, log_rest, hazard, A, sigma)


def _region_1(
    k: FloatArray,
    log_rest: FloatArray,
    hazard: FloatArray,
    A: Any,
    sigma: Any,
    share: FloatArray,
    log_share: FloatArray,
) -> Products:
    """With M = log(Φ^(1/σ) + (1−Φ)^(1/σ) exp(θk)) = D + θ log Φ, which is finite at Φ = 0 too."""
    theta = (1.0 - sigma) / sigma
    log_labor = log_rest / sigma + theta * k
    log_capital = log_share / sigma
    M = np.maximum(log_capital, log_labor)  # as logaddexp, in a third of its time
    M = M + np.log1p(np.exp(-np.abs(log_capital - log_labor)))
    labor = np.exp(log_labor - M)
    per_task = np.exp(theta * log_share - M)  # the capital share over Φ
    gain = hazard * np.exp(log_rest) * per_task  # the capital share times d log Φ/dt
    average = A * np.exp(M * (-1.0 / theta))
    rental = average * (share * per_task)
    rise = (labor * hazard - gain) * (1.0 / (1.0 - sigma))  # d log(Y/K)/dt
    return Products(
        average,
        -average * labor,
        average * rise,
        rental,
        rental * labor * (-1.0 / sigma),
        (average * gain + rental * rise) / sigma,
    )


def _near_one(
    k: FloatArray, log_rest: FloatArray, hazard: FloatArray, A: Any, sigma: Any
) -> Products:
    """D/(1−σ) and D/θ from their own series; Φ > 0."""
    log_share = np.log(-np.expm1(log_rest))
    share_growth = hazard * np.exp(log_rest - log_share)  # d log Φ/dt
    log_odds_growth = hazard + share_growth  # d log(Φ/(1−Φ))/dt
    q = k + (log_rest - log_share)
    scaled = (1.0 - sigma) / sigma * q
    rise = q * exprel(scaled) / sigma  # (exp(θq) − 1)/(1−σ)
    excess = np.exp(log_rest) * rise  # (exp(D) − 1)/(1−σ)
    log_rental = -excess * log1p_ratio((1.0 - sigma) * excess)  # log(R/A)
    D = -(1.0 - sigma) * log_rental
    labor = np.exp(log_rest + scaled - D)
    log_average = -log_share - sigma * -log_rental  # log(Y/(AK))
    # of D/(1−σ): S_K dlogΦ − S_L (hazard + θ dlog odds), and θ + 1 = 1/σ
    time_ratio = -hazard * excess * np.exp(-D) - labor * log_odds_growth / sigma
    rental = A * np.exp(log_rental)
    average = A * np.exp(log_average)
    return Products(
        average,
        -average * labor,
        -average * (share_growth + sigma * time_ratio),
        rental,
        rental * labor * (-1.0 / sigma),
        -rental * time_ratio,
    )


def region_2(k: FloatArray, A: Any) -> Products:
    """Region 2: output is A(K + L), whatever Φ is."""
    rest = A * np.exp(-k)
    return Products(A + rest, -rest, 0.0, A + 0.0 * k, 0.0, 0.0)


class StaticLogs(NamedTuple):
    """The static equilibrium in logarithms: nothing overflows, however large capital is."""

    output: FloatArray  # log(Y/L)
    wage: FloatArray  # log w
    rental: FloatArray  # log R, −∞ at Φ = 0
    capital_share: FloatArray  # R K/Y, itself
    labor_share: FloatArray  # w L/Y, itself
    region: NDArray[np.intp]


def static_logs(k: FloatArray, log_rest: FloatArray, A: Any, sigma: Any) -> StaticLogs:
    """Lemma 1, (4) to (7), given k = log(K/L) and log(1−Φ), with the limits of `equilibrium`."""
    with np.errstate(divide="ignore"):  # Φ = 0: −∞
        log_share = np.log(-np.expm1(log_rest))
    full, none = log_rest == -np.inf, log_share == -np.inf
    u, share = (np.where(full | none, np.log(0.5), x) for x in (log_rest, log_share))
    q = k + u - share
    scarce = none | (~full & (q > 0))
    ces = scarce & ~none
    q = np.where(ces, q, 1.0)
    e = (sigma - 1.0) / sigma
    mean = _log_mean(share, u, q, e)  # log(Y/(Aℓ))
    mean_k = _log_mean(u, share, -q, e)  # log(Y/(Ak))
    log_odds = share - u + e * q  # of capital against labour

    def by_region(tasks: FloatArray, no_automation: Any, plenty: Any) -> FloatArray:
        return np.where(ces, tasks, np.where(none, no_automation, plenty))

    log_A = np.log(A)
    return StaticLogs(
        log_A + by_region(mean - u, 0.0, np.logaddexp(k, 0.0)),
        log_A + by_region(mean / sigma, 0.0, 0.0),
        log_A + by_region(mean_k / sigma, -np.inf, 0.0),
        by_region(expit(log_odds), 0.0, expit(k)),
        by_region(expit(-log_odds), 1.0, expit(-k)),
        np.where(scarce, 1, 2),
    )


def _log_mean(log_weight: FloatArray, log_rest: FloatArray, q: FloatArray, e: Any) -> FloatArray:
    """`log_power_mean` given the logarithms of the weights, of which one may be below any float."""
    tiny = np.minimum(log_weight, log_rest) < SMALLEST
    weight, rest = (np.exp(np.where(tiny, np.log(0.5), x)) for x in (log_weight, log_rest))
    mean = log_power_mean(weight, rest, q, e)
    if not tiny.any():
        return mean
    geometric = np.asarray(e) == 0
    sums = np.logaddexp(log_weight + e * q, log_rest) / np.where(geometric, 1.0, e)
    return np.where(tiny, np.where(geometric, np.exp(log_weight) * q, sums), mean)
