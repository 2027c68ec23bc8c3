"""Production with two regions: scarcity of labour, output, factor prices, shares (section 2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.ces import exp_or_infinity, log_input_ratio, log_power_mean
from aiecon.validation import FloatArray, broadcast, finite, require

__all__ = [
    "Equilibrium",
    "capital_threshold",
    "equilibrium",
    "scarcity_threshold",
]


def share_of_tasks(Phi: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Φ and 1 − Φ as checked arrays."""
    Phi = finite("Phi", Phi)
    require("Phi", Phi, (Phi >= 0) & (Phi <= 1), "0 ≤ Phi ≤ 1")
    return Phi, 1.0 - Phi


def with_tasks(Phi: ArrayLike, **others: FloatArray) -> list[FloatArray]:
    """The others, Φ and 1 − Φ with a common shape."""
    arrays = broadcast(**others, Phi=share_of_tasks(Phi)[0])
    return [*arrays, 1.0 - arrays[-1]]


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


def equilibrium(K: ArrayLike, Phi: ArrayLike, params: Parameters | None = None) -> Equilibrium:
    """The static equilibrium for capital K and the share Φ of automated tasks: Lemma 1, (4) to (7).

    Region 1 (labour is scarce, K/L > Φ/(1−Φ)):

        Y = A [K^((σ−1)/σ) Φ^(1/σ) + L^((σ−1)/σ) (1−Φ)^(1/σ)]^(σ/(σ−1)),
        w = A^((σ−1)/σ) (Y/L)^(1/σ) (1−Φ)^(1/σ) > R = A^((σ−1)/σ) (Y/K)^(1/σ) Φ^(1/σ);

    region 2 (ties included): Y = A(K+L), w = R = A. At Φ = 0 < K: Y = A·L, w = A, R = 0. At σ = 1
    region 1 is Cobb–Douglas, Y = A (K/Φ)^Φ (L/(1−Φ))^(1−Φ). At K = Φ = 0 the tie puts the economy
    into region 2; there is no capital then that could earn the R = A returned.

    Parameters
    ----------
    K : capital stock ≥ 0, a number or an array
    Phi : share of automated tasks in [0, 1], broadcast against K
    params : A, sigma and L are used, and may be arrays that broadcast too; Table 2 if not given

    Returns an :class:`Equilibrium` whose fields have the common shape of K and Φ (numbers for
    numbers). Raises ValueError for K < 0, Φ outside [0, 1], NaN, or shapes that do not broadcast.

    Source: Korinek & Suh (2024), Lemma 1.

    >>> today = equilibrium(K=10.0, Phi=0.5, params=Parameters(A=1.0, sigma=0.5))
    >>> int(today.region), round(float(today.output), 4), round(float(today.labor_share), 4)
    (1, 3.6364, 0.9091)
    >>> equilibrium(K=1.0, Phi=[0.0, 0.5, 1.0], params=Parameters(A=1.0)).output
    array([1., 2., 2.])
    """
    p = given(params, many=True)
    K_, Phi_, rest = with_tasks(Phi, K=capital_stock(K))
    return Equilibrium(*(x[()] for x in prices(K_, Phi_, rest, p.L, p.A, p.sigma)))


@np.errstate(over="ignore")  # what exceeds the largest number is infinite
def prices(
    K: FloatArray, Phi: FloatArray, rest: FloatArray, L: ArrayLike, A: ArrayLike, sigma: ArrayLike
) -> tuple[Any, ...]:
    """The fields of :class:`Equilibrium` for checked arrays, broadcast over the parameters too."""
    L, A, sigma = (np.asarray(x, dtype=np.float64) for x in (L, A, sigma))
    K, Phi, rest, L, A, sigma = broadcast(K=K, Phi=Phi, rest=rest, L=L, A=A, sigma=sigma)
    q = log_input_ratio(K, L, Phi, rest)
    scarce, idle = q > 0, q == np.inf  # idle: Φ = 0, no task takes capital
    inside = scarce & ~idle  # region 1 with some automation: the CES formulas
    Phi, rest, q = (np.where(inside, x, 0.5) for x in (Phi, rest, q))
    e = (sigma - 1) / sigma
    log_mean = log_power_mean(Phi, rest, q, e)  # log(Y/(Aℓ))
    log_mean_k = log_power_mean(rest, Phi, -q, e)  # log(Y/(Ak))
    # the mean is k exp(log_mean_k) = ℓ exp(log_mean): a large exponent would cost digits
    from_k = (log_mean > -log_mean_k) & (Phi >= K * 1e-300)
    per_task = np.where(from_k, K, L) / np.where(from_k, Phi, rest)
    mean = per_task * exp_or_infinity(np.where(from_k, log_mean_k, log_mean))
    # (Y/(Aℓ))^(−e) (1−Φ) and (Y/(Ak))^(−e) Φ; the smaller is exact, the larger what is left
    # (power of the mean) times (share of tasks), in two steps where the power alone overflows
    labor, capital = _times_exp(rest, -e * log_mean), _times_exp(Phi, -e * log_mean_k)

    def by_region(tasks: FloatArray, no_automation: Any, plenty: Any) -> FloatArray:
        return np.where(inside, tasks, np.where(idle, no_automation, plenty))

    return (
        A * by_region(mean, L, K + L),
        A * by_region(exp_or_infinity(log_mean / sigma), 1.0, 1.0),
        A * by_region(exp_or_infinity(log_mean_k / sigma), 0.0, 1.0),
        np.where(scarce, 1, 2),
        by_region(np.where(labor < capital, labor, 1 - capital), 1.0, part(L, K)),
        by_region(np.where(labor < capital, 1 - labor, capital), 0.0, part(K, L)),
    )


def _times_exp(x: FloatArray, power: FloatArray) -> FloatArray:
    """x exp(power), in two steps where the second factor alone would overflow."""
    first = np.minimum(power, 700.0)
    return x * np.exp(first) * np.exp(np.minimum(power - first, 700.0))


def scarcity_threshold(K: ArrayLike, L: ArrayLike = 1.0) -> Any:
    """The share of automated tasks at which labour stops being scarce, (3): Φ̂ = (K/L)/(1 + K/L).

    Computed as K/(K+L). It does not depend on σ. K ≥ 0, L > 0, broadcast; ValueError otherwise.
    Source: Korinek & Suh (2024), Lemma 1.

    >>> scarcity_threshold([0.0, 1.0, 4.0], 1.0)
    array([0. , 0.5, 0.8])
    """
    L = finite("L", L)
    require("L", L, L > 0, "L > 0")
    return part(*broadcast(K=capital_stock(K), L=L))[()]


def part(a: FloatArray, b: FloatArray) -> FloatArray:
    """a/(a+b) for a ≥ 0 and b ≥ 0 that are not both zero; the sum cannot overflow."""
    larger = np.maximum(a, b)
    return (a / larger) / (a / larger + b / larger)


def capital_threshold(Phi: ArrayLike) -> Any:
    """The capital–labour ratio up to which labour is not scarce, (8): κ = Φ/(1−Φ), ∞ at Φ = 1.

    Region 1 holds where K/L > κ. The inverse of :func:`scarcity_threshold` in K/L.
    Source: Korinek & Suh (2024), Lemma 1.

    >>> capital_threshold([0.0, 0.5, 0.8, 1.0]).round(12)
    array([ 0.,  1.,  4., inf])
    """
    Phi_, rest = share_of_tasks(Phi)
    return np.where(rest > 0, Phi_ / np.where(rest > 0, rest, 1.0), np.inf)[()]
