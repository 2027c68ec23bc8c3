"""Production with two regions: scarcity of labour, output, factor prices, shares (section 2.3).

Everything is a power mean of the inputs per task, capital k = K/Φ in the automated tasks and labour
ℓ = L/(1−Φ) in the others: with q = log(k/ℓ) and e = (σ−1)/σ, region 1 has

    log(Y/(Aℓ)) = log(Φ exp(e q) + 1 − Φ) / e,

which is smooth through σ = 1 (where it equals Φ q) and never leaves the range of floating-point
numbers. Region 2 is linear.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from aiecon.korinek_suh.parameters import Parameters
from aiecon.validation import FloatArray, broadcast, finite, require

__all__ = [
    "Equilibrium",
    "capital_threshold",
    "equilibrium",
    "scarcity_threshold",
]


def log_power_mean(weight: FloatArray, rest: FloatArray, q: FloatArray, e: ArrayLike) -> FloatArray:
    """log [weight·exp(e q) + rest]^(1/e), for 0 < weight = 1 − rest < 1; weight·q at e = 0.

    The logarithm of a power mean with exponent e of exp(q) and 1. Three forms of the same sum, each
    used where it neither cancels nor overflows. ``rest`` is an argument of its own because 1 − Φ
    may be smaller than the spacing of floating-point numbers at one.
    """
    e = np.asarray(e, dtype=np.float64)
    weight, rest, q, e = np.broadcast_arrays(weight, rest, q, e)
    z = e * q
    high = z > 1
    low = (z < -np.log(2)) & (weight > 0.5)
    log_sum = np.log1p(weight * np.expm1(np.where(high | low, 0.0, z)))
    if low.any():
        log_sum = np.where(low, np.log(rest + weight * np.exp(np.minimum(z, 0.0))), log_sum)
    if high.any():
        z_high = np.maximum(z, 1.0)
        log_sum = np.where(
            high, np.logaddexp(0.0, np.log(weight) + z_high + np.log(-np.expm1(-z_high))), log_sum
        )
    return np.where(e == 0, weight * q, log_sum / np.where(e == 0, 1.0, e))


def log_input_ratio(
    K: FloatArray, L: ArrayLike, Phi: FloatArray, unautomated: FloatArray
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """q = log(k/ℓ) = log[K(1−Φ)/(ΦL)], and whether labour is scarce (region 1: k > ℓ).

    A tie belongs to region 2. At Φ = 0 no capital can be employed, whatever K is: region 1. Where
    the ratio has no meaning (region 2, or Φ = 0) the q returned is 1, to be masked by the caller.
    """
    one = (Phi > 0) & (unautomated > 0) & (K > 0)  # where all the logarithms exist
    K_, Phi_, u_ = (np.where(one, x, 0.5) for x in (K, Phi, unautomated))
    logs = np.log(K_) + np.log(u_) - np.log(Phi_) - np.log(L)
    capital, labor = K_ * u_, Phi_ * L
    plain = (capital > 1e-290) & (labor > 1e-290) & (np.abs(logs) < 600)  # no over- or underflow
    scarce = one & np.where(plain, capital > labor, logs > 0)
    ratio = np.where(plain, capital, 1.0) / np.where(plain, labor, 1.0)
    q = np.where(plain, np.log(ratio), logs)
    return np.where(scarce, q, 1.0), scarce | (Phi == 0)


def share_of_tasks(
    Phi: ArrayLike, unautomated: ArrayLike | None = None
) -> tuple[FloatArray, FloatArray]:
    """Φ and 1 − Φ as checked arrays; ``unautomated`` may give 1 − Φ more precisely."""
    Phi = finite("Phi", Phi)
    require("Phi", Phi, (Phi >= 0) & (Phi <= 1), "0 ≤ Phi ≤ 1")
    if unautomated is None:
        return Phi, 1.0 - Phi
    rest = finite("unautomated", unautomated)
    Phi, rest = broadcast(Phi=Phi, unautomated=rest)
    require(
        "unautomated",
        rest,
        (rest >= 0) & (np.abs((1.0 - Phi) - rest) <= 1e-15),
        "unautomated = 1 − Phi",
    )
    return Phi, rest


def capital_stock(K: ArrayLike) -> FloatArray:
    K = finite("K", K)
    require("K", K, K >= 0, "K ≥ 0")
    return K


@dataclass(frozen=True)
class Equilibrium:
    """Output, factor prices, region and shares, each with the common shape of K and Φ."""

    output: Any  # Y, per year
    wage: Any  # w, output per unit of labour
    rental_rate: Any  # R, output per unit of capital
    region: Any  # 1: labour is scarce, w > R; 2: w = R = A
    labor_share: Any  # w L / Y
    capital_share: Any  # R K / Y

    @property
    def wage_bill(self) -> Any:
        """w L, what labour earns."""
        return self.labor_share * self.output

    @property
    def capital_returns(self) -> Any:
        """R K, what capital earns."""
        return self.capital_share * self.output


def equilibrium(
    K: ArrayLike,
    Phi: ArrayLike,
    params: Parameters | None = None,
    *,
    unautomated: ArrayLike | None = None,
) -> Equilibrium:
    """The static equilibrium for capital K and the share Φ of automated tasks: Lemma 1, (4) to (7).

    Region 1 (labour is scarce, K/L > Φ/(1−Φ)):

        Y = A [K^((σ−1)/σ) Φ^(1/σ) + L^((σ−1)/σ) (1−Φ)^(1/σ)]^(σ/(σ−1)),
        w = A^((σ−1)/σ) (Y/L)^(1/σ) (1−Φ)^(1/σ) > R = A^((σ−1)/σ) (Y/K)^(1/σ) Φ^(1/σ);

    region 2 (ties included): Y = A(K+L), w = R = A. At Φ = 0: Y = A·L, w = A, R = 0. At σ = 1
    region 1 is Cobb–Douglas, Y = A (K/Φ)^Φ (L/(1−Φ))^(1−Φ).

    Parameters
    ----------
    K : capital stock ≥ 0, a number or an array
    Phi : share of automated tasks in [0, 1], broadcast against K
    params : A, sigma and L are used; Table 2 if not given
    unautomated : 1 − Φ, where it is too small to be told from ``1 - Phi``

    Returns an :class:`Equilibrium` whose fields have the common shape of K and Φ (numbers for
    numbers). Raises ValueError for K < 0, Φ outside [0, 1], NaN, or shapes that do not broadcast.

    Source: Korinek & Suh (2024), Lemma 1.

    >>> today = equilibrium(K=10.0, Phi=0.5, params=Parameters(A=1.0, sigma=0.5))
    >>> today.region, round(float(today.output), 4), round(float(today.labor_share), 4)
    (1, 3.6364, 0.9091)
    >>> equilibrium(K=1.0, Phi=[0.0, 0.5, 1.0], params=Parameters(A=1.0)).output
    array([1., 2., 2.])
    """
    params = params or Parameters()
    Phi_, rest = share_of_tasks(Phi, unautomated)
    K_, Phi_, rest = broadcast(K=capital_stock(K), Phi=Phi_, unautomated=rest)
    fields = prices(K_, Phi_, rest, params.L, params.A, params.sigma)
    return Equilibrium(*(x[()] for x in fields))


def prices(
    K: FloatArray,
    Phi: FloatArray,
    rest: FloatArray,
    L: ArrayLike,
    A: ArrayLike,
    sigma: ArrayLike,
) -> tuple[Any, ...]:
    """The fields of :class:`Equilibrium` for checked arrays, broadcast over the parameters too."""
    L, A, sigma = (np.asarray(x, dtype=np.float64) for x in (L, A, sigma))
    K, Phi, rest, L, A, sigma = np.broadcast_arrays(K, Phi, rest, L, A, sigma)
    q, scarce = log_input_ratio(K, L, Phi, rest)
    inside = scarce & (Phi > 0)  # region 1 with some automation: the CES formulas
    weight, complement = np.where(inside, Phi, 0.5), np.where(inside, rest, 0.5)
    e = (sigma - 1) / sigma
    log_wage = log_power_mean(weight, complement, q, e) / sigma  # log(w/A) = log(Y/(Aℓ))/σ
    log_rental = log_power_mean(complement, weight, -q, e) / sigma  # log(R/A) = log(Y/(Ak))/σ
    log_odds = np.log(weight) - np.log(complement) + e * q  # of the capital share
    total = K + L
    ell = L / complement
    output = A * np.where(inside, ell * np.exp(np.where(inside, log_wage * sigma, 0)), total)
    nothing = Phi == 0  # no automated task: capital is idle
    wage = A * np.exp(np.where(inside, log_wage, 0.0))
    rental = np.where(nothing, 0.0, A * np.exp(np.where(inside, log_rental, 0.0)))
    labor_share = np.where(inside, expit(-log_odds), np.where(nothing, 1.0, L / total))
    capital_share = np.where(inside, expit(log_odds), np.where(nothing, 0.0, K / total))
    output = np.where(nothing, A * L, output)
    return output, wage, rental, np.where(scarce, 1, 2), labor_share, capital_share


def scarcity_threshold(K: ArrayLike, L: ArrayLike = 1.0) -> Any:
    """The share of automated tasks at which labour stops being scarce, (3): Φ̂ = (K/L)/(1 + K/L).

    Computed as K/(K+L). It does not depend on σ. K ≥ 0, L > 0, broadcast; ValueError otherwise.
    Source: Korinek & Suh (2024), Lemma 1.

    >>> scarcity_threshold([0.0, 1.0, 4.0], 1.0)
    array([0. , 0.5, 0.8])
    """
    L = finite("L", L)
    require("L", L, L > 0, "L > 0")
    K_, L_ = broadcast(K=capital_stock(K), L=L)
    larger = np.maximum(K_, L_)  # so that the sum cannot overflow
    return ((K_ / larger) / (K_ / larger + L_ / larger))[()]


def capital_threshold(Phi: ArrayLike, *, unautomated: ArrayLike | None = None) -> Any:
    """The capital–labour ratio up to which labour is not scarce, (8): κ = Φ/(1−Φ), ∞ at Φ = 1.

    Region 1 holds where K/L > κ. The inverse of :func:`scarcity_threshold` in K/L.
    Source: Korinek & Suh (2024), Lemma 1.

    >>> capital_threshold([0.0, 0.5, 0.8, 1.0]).round(12)
    array([ 0.,  1.,  4., inf])
    """
    Phi_, rest = share_of_tasks(Phi, unautomated)
    return np.where(rest > 0, Phi_ / np.where(rest > 0, rest, 1.0), np.inf)[()]
