"""The dual: unit cost, factor price frontier and the highest wage (section 2.4, Lemma 2)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.ces import exp_or_infinity, log_power_mean
from aiecon.korinek_suh.statics.production import share_of_tasks, with_tasks
from aiecon.validation import FloatArray, finite, require

__all__ = ["capital_intensity", "factor_price_frontier", "maximal_wage", "unit_cost"]


def _log(x: FloatArray) -> FloatArray:
    """log(x) for x ≥ 0, −∞ at zero."""
    return np.where(x > 0, np.log(np.where(x > 0, x, 1.0)), -np.inf)


@np.errstate(over="ignore")  # what exceeds the largest number is infinite
def unit_cost(
    wage: ArrayLike, rental_rate: ArrayLike, Phi: ArrayLike, params: Parameters | None = None
) -> Any:
    """The lowest cost of one unit of output at given factor prices, the dual of (4) and (5):

        C(w, R) = A⁻¹ [Φ min(w, R)^(1−σ) + (1−Φ) w^(1−σ)]^(1/(1−σ)).

    An automated task takes the cheaper factor. In equilibrium C = 1. Where R ≤ w this is the
    paper's cost function for region 1; where w ≤ R it is w/A = min(w, R)/A, its region 2.

    wage, rental_rate ≥ 0 and Φ are broadcast. Raises ValueError for values outside.
    Source: Korinek & Suh (2024), proof of Lemma 2.

    >>> float(unit_cost(wage=1.0, rental_rate=1.0, Phi=0.3, params=Parameters(A=2.0)))
    0.5
    """
    params = given(params)
    w, R = finite("wage", wage), finite("rental_rate", rental_rate)
    require("wage", w, w >= 0, "wage ≥ 0")
    require("rental_rate", R, R >= 0, "rental_rate ≥ 0")
    w, R, Phi_, rest = with_tasks(Phi, wage=w, rental_rate=R)
    cheaper = np.minimum(w, R)
    both = (Phi_ > 0) & (rest > 0) & (w > 0)
    Phi_1, rest_1, w_1 = (np.where(both, x, 0.5) for x in (Phi_, rest, w))
    log_ratio = _log(np.where(both, cheaper, 0.5)) - np.log(w_1)
    mean = w_1 * np.exp(log_power_mean(Phi_1, rest_1, log_ratio, 1 - params.sigma))
    return (np.where(both, mean, np.where(Phi_ > 0, cheaper, w)) / params.A)[()]


def factor_price_frontier(R: ArrayLike, Phi: ArrayLike, params: Parameters | None = None) -> Any:
    """The wage that goes with a rental rate, whatever the capital stock is: Lemma 2, (9),

        w = [(A^(1−σ) − Φ R^(1−σ)) / (1−Φ)]^(1/(1−σ)),   0 ≤ R ≤ A,

    A (R/A)^(−Φ/(1−Φ)) at σ = 1. It falls from w* at R = 0 (:func:`maximal_wage`; infinite for
    σ ≥ 1) to w = A at R = A; its slope is −K/L (:func:`capital_intensity`). At Φ = 1 it is the
    single point w = R = A.

    Raises ValueError for R outside [0, A], for R < A at Φ = 1, and for R < A Φ^(1/(σ−1)) where
    σ > 1: capital alone then produces at that cost, and no wage is high enough.
    Source: Korinek & Suh (2024), Lemma 2.

    >>> factor_price_frontier([0.0, 0.5], Phi=0.5, params=Parameters(A=0.5, sigma=0.5))
    array([2. , 0.5])
    """
    return _frontier(R, Phi, given(params))[0][()]


@np.errstate(over="ignore")  # what exceeds the largest number is infinite
def capital_intensity(R: ArrayLike, Phi: ArrayLike, params: Parameters | None = None) -> Any:
    """The capital–labour ratio at which the rental rate is R, K/L = Φ/(1−Φ) (w/R)^σ.

    w is the wage on the frontier; minus this ratio is the frontier's slope (Shephard's lemma). At
    R = A it is κ = Φ/(1−Φ), the largest of the ratios in [0, κ] that all give R = A; at R = 0 it
    is infinite. With R = ρ+δ it is the upper bound (16) of Proposition 5, per unit of labour.

    Arguments and errors as in :func:`factor_price_frontier`.
    Source: (6), (7) and (16) of Korinek & Suh (2024).

    >>> float(capital_intensity(0.5, Phi=0.75, params=Parameters(A=0.5)))
    3.0
    """
    params = given(params)
    _, log_ratio, Phi_, rest = _frontier(R, Phi, params)
    mixed = (Phi_ > 0) & (rest > 0)
    odds = np.where(mixed, Phi_, 1.0) / np.where(mixed, rest, 1.0)
    ratio = odds * exp_or_infinity(params.sigma * np.where(mixed, log_ratio, 0.0))
    nothing = np.where(np.isinf(log_ratio), np.inf, 0.0)  # Φ = 0: capital earns nothing if K > 0
    return np.where(mixed, ratio, np.where(Phi_ > 0, np.inf, nothing))[()]


@np.errstate(over="ignore")  # what exceeds the largest number is infinite
def _frontier(
    R: ArrayLike, Phi: ArrayLike, params: Parameters
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """The wage, log(w/R), Φ and 1 − Φ."""
    A, sigma = params.A, params.sigma
    R_ = finite("R", R)
    require("R", R_, (R_ >= 0) & (R_ <= A), f"0 ≤ R ≤ A = {A}")
    R_, Phi_, rest = with_tasks(Phi, R=R_)
    require("R", R_, (rest > 0) | (R_ == A), f"R = A = {A} at Phi = 1")
    discount = -_log(R_ / A)  # log(A/R) ≥ 0
    mixed = (Phi_ > 0) & (rest > 0)
    Phi_1, rest_1, discount_1 = (np.where(mixed, x, 0.5) for x in (Phi_, rest, discount))
    if sigma == 1:
        log_wage = Phi_1 / rest_1 * discount_1
    else:
        # log{1 + Φ [1 − (R/A)^(1−σ)]/(1−Φ)}/(1−σ)
        z, highest = (sigma - 1) * discount_1, -np.log(Phi_1)
        bounded = ~mixed | (z <= highest * (1 + 1e-15))
        dear = -Phi_1 / rest_1 * np.expm1(np.minimum(z, highest))
        require("R", R_, bounded, "R ≥ A·Phi^(1/(sigma−1))", "Only there sigma > 1 has a wage.")
        above = dear > -1
        log_sum = np.log1p(np.where(above, dear, 0.0))
        log_wage = np.where(above, log_sum / (1 - sigma), np.inf)
    log_wage = np.where(mixed, log_wage, 0.0)
    return A * exp_or_infinity(log_wage), log_wage + discount, Phi_, rest


@np.errstate(over="ignore")  # what exceeds the largest number is infinite
def maximal_wage(Phi: ArrayLike, params: Parameters | None = None) -> Any:
    """The wage as K/L → ∞ and R → 0, (10): w* = A (1−Φ)^(1/(σ−1)).

    No wage at this Φ exceeds it. At Φ = 1 the frontier is a single point and the result is A, the
    collapse after w* → ∞. For σ ≥ 1 there is no highest wage: ∞ where 0 < Φ < 1.

    Raises ValueError for Φ outside [0, 1]. Source: Korinek & Suh (2024), Lemma 2.

    >>> maximal_wage([0.0, 0.5, 1.0], Parameters(A=1.0, sigma=0.5))
    array([1., 4., 1.])
    """
    params = given(params)
    Phi_, rest = share_of_tasks(Phi)
    mixed = (Phi_ > 0) & (rest > 0)
    if params.sigma >= 1:
        return np.where(mixed, np.inf, params.A)[()]
    log_rest = np.log1p(-np.where(mixed, Phi_, 0.0))
    return (params.A * exp_or_infinity(log_rest / (params.sigma - 1)))[()]
