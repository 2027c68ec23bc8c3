"""What automation and accumulation do to output and factor prices (section 2.4, Lemmas 3 and 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize.elementwise import find_root
from scipy.special import expit, log_expit, wrightomega

from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.ces import (
    exp_or_infinity,
    log_input_ratio,
    log_power_mean,
    mean_slope,
    over,
    times,
)
from aiecon.korinek_suh.statics.production import (
    capital_stock,
    equilibrium,
    share_of_tasks,
    with_tasks,
)
from aiecon.validation import FloatArray, require

__all__ = [
    "AccumulationEffects",
    "AutomationEffects",
    "WagePeak",
    "accumulation_effects",
    "automation_effects",
    "wage_peak",
    "wage_peak_threshold",
]

Side = Literal["left", "right"]


@dataclass(frozen=True)
class AutomationEffects:
    """Derivatives with respect to Φ at given K and L, with the common shape of K and Φ."""

    output: Any  # ∂Y/∂Φ
    wage: Any  # ∂w/∂Φ
    rental_rate: Any  # ∂R/∂Φ
    log_wage: Any  # ∂log w/∂Φ = productivity + displacement
    productivity: Any  # first term of (11), ≥ 0
    displacement: Any  # second term of (11), ≤ 0


@dataclass(frozen=True)
class AccumulationEffects:
    """Derivatives with respect to K at given Φ and L, with the common shape of K and Φ."""

    output: Any  # F_K = R
    wage: Any  # F_LK ≥ 0
    rental_rate: Any  # F_KK ≤ 0


def _scarce(
    K: FloatArray, L: float, Phi: FloatArray, rest: FloatArray, region_1: bool, given: bool
) -> tuple[FloatArray, Any]:
    """log(k/ℓ) ≥ 0, and where region 1 holds; the border belongs to region 1 if ``region_1``.

    The border is as wide as rounding makes it: of K(1−Φ) and ΦL, and of Φ unless 1−Φ was given.
    """
    q = log_input_ratio(K, L, Phi, rest)
    eps = float(np.finfo(np.float64).eps)
    width = 8 * eps + (0.0 if given else eps * Phi / np.maximum(rest, eps / 2))
    return np.maximum(q, 0.0), (q >= -width if region_1 else q > width)


def _check_side(side: str) -> None:
    known = isinstance(side, str) and side in ("left", "right")
    require("side", side if isinstance(side, str) else repr(side), known, "'left' or 'right'")


def automation_effects(
    K: ArrayLike,
    Phi: ArrayLike,
    params: Parameters | None = None,
    *,
    side: Side = "right",
    unautomated: ArrayLike | None = None,
) -> AutomationEffects:
    """Derivatives of output, wage and rental rate with respect to Φ: Lemmas 3 and 4, (11).

    In region 1, with k = K/Φ and ℓ = L/(1−Φ),

        ∂Y/∂Φ = A^((σ−1)/σ) Y^(1/σ) (k^((σ−1)/σ) − ℓ^((σ−1)/σ)) / (σ−1),
        ∂log w/∂Φ = (∂log Y/∂Φ − 1/(1−Φ)) / σ,    ∂log R/∂Φ = (∂log Y/∂Φ + 1/Φ) / σ;

    in region 2 all are zero. On the border they differ: ``side="left"`` is the derivative from
    smaller Φ (region 1), ``"right"`` the one from larger Φ; a point within rounding of the border
    counts as on it. Limits at Φ = 0 < K (from the right): ∂log w/∂Φ = 1/(1−σ) and ∂R/∂Φ = 0 if
    σ < 1; ∂log w/∂Φ = ∞ if σ ≥ 1.

    K, Φ, params, unautomated as in :func:`~aiecon.korinek_suh.equilibrium`; ValueError likewise.
    Source: Korinek & Suh (2024), Lemmas 3 and 4.

    >>> effects = automation_effects(K=1.0, Phi=[0.0, 0.5], params=Parameters(sigma=0.5))
    >>> effects.log_wage
    array([2., 0.])
    >>> float(automation_effects(1.0, 0.5, Parameters(sigma=0.5), side="left").log_wage)
    -4.0
    """
    _check_side(side)
    params = given(params)
    K_, Phi_, rest = with_tasks(Phi, unautomated, K=capital_stock(K))
    q, scarce = _scarce(K_, params.L, Phi_, rest, side == "left", unautomated is not None)
    return _automation(K_, Phi_, rest, q, scarce, params)


@np.errstate(over="ignore")  # what exceeds the largest number is infinite
def _automation(
    K_: FloatArray,
    Phi_: FloatArray,
    rest: FloatArray,
    q: FloatArray,
    scarce: NDArray[np.bool_],
    params: Parameters,
) -> AutomationEffects:
    """The formulas for arrays of one shape, with q = log(k/ℓ) ≥ 0 and where region 1 holds."""
    A, L, sigma = params.A, params.L, params.sigma
    none = scarce & (Phi_ == 0)  # where limits are taken
    inside = scarce & ~none
    q_, Phi_1, rest_1 = (np.where(inside, x, 0.5) for x in (q, Phi_, rest))
    e = (sigma - 1) / sigma

    # at Φ = 0 the slope has the limit 1/(1−σ): exp(−|e|q) = 0, and ∞ from σ = 1 on
    slope_0 = 1 / (1 - sigma) if sigma < 1 else np.inf
    log_output = np.where(inside, mean_slope(Phi_1, rest_1, q_, e) / sigma, slope_0)  # ∂log Y/∂Φ
    log_output = np.where(scarce, log_output, 0.0)
    lost = np.where(inside, 1 / rest_1, np.where(none, 1.0, 0.0))
    log_wage = np.where(none, slope_0, (log_output - lost) / sigma)
    log_rental = log_power_mean(rest_1, Phi_1, -q_, e) / sigma - np.log(Phi_1)  # log(R/(AΦ))
    gained = exp_or_infinity(log_rental) * (np.where(inside, Phi_1 * log_output, 0.0) + 1)
    # R falls with Φ^(1/σ) towards Φ = 0
    rental_0 = 0.0 if sigma < 1 else (L / np.where(none, K_, 1.0) if sigma == 1 else np.inf)
    rental = np.where(inside, A * gained / sigma, np.where(none, A * rental_0, 0.0))
    now = equilibrium(K_, Phi_, params, unautomated=rest)
    return AutomationEffects(
        output=_signed(now.output, log_output)[()],
        wage=_signed(now.wage, log_wage)[()],
        rental_rate=rental[()],
        log_wage=log_wage[()],
        productivity=(log_output / sigma)[()],
        displacement=(-lost / sigma)[()],
    )


def _signed(level: FloatArray, rate: FloatArray) -> FloatArray:
    """The derivative of a level that changes at this rate: none of zero, and none at rate zero."""
    moves = (rate != 0) & (level != 0)
    return np.where(moves, np.where(moves, level, 0.0) * np.where(moves, rate, 0.0), 0.0)


def accumulation_effects(
    K: ArrayLike,
    Phi: ArrayLike,
    params: Parameters | None = None,
    *,
    side: Side = "left",
    unautomated: ArrayLike | None = None,
) -> AccumulationEffects:
    """Derivatives of output, wage and rental rate with respect to K.

    ∂Y/∂K = R, and in region 1 ∂R/∂K = −s_L R/(σK), ∂w/∂K = s_K w/(σK) with the shares s_L, s_K of
    labour and capital; in region 2 both are zero. On the border ``side="left"`` is the derivative
    from smaller K (region 2), ``"right"`` the one from larger K (region 1).

    K, Φ, params, unautomated as in :func:`~aiecon.korinek_suh.equilibrium`; ValueError likewise.
    Source: (6) and (7) of Korinek & Suh (2024), differentiated.

    >>> effects = accumulation_effects(K=2.0, Phi=0.5, params=Parameters(A=1.0, sigma=0.5))
    >>> round(float(effects.rental_rate), 4), round(float(effects.wage), 4)
    (-0.2963, 0.5926)
    """
    _check_side(side)
    params = given(params)
    K_, Phi_, rest = with_tasks(Phi, unautomated, K=capital_stock(K))
    _, scarce = _scarce(K_, params.L, Phi_, rest, side == "right", unautomated is not None)
    now = equilibrium(K_, Phi_, params, unautomated=rest)
    capital = np.where(K_ > 0, K_, 1.0)

    def along(level: FloatArray, share: FloatArray) -> FloatArray:
        """share × level/(σK), in an order in which a zero stays zero."""
        with np.errstate(over="ignore"):
            return np.where(scarce, _signed(level, share / params.sigma / capital), 0.0)

    return AccumulationEffects(
        output=now.rental_rate,
        wage=along(now.wage, now.capital_share)[()],
        rental_rate=along(now.rental_rate, -now.labor_share)[()],
    )


def wage_peak_threshold(
    Phi: ArrayLike,
    params: Parameters | None = None,
    *,
    unautomated: ArrayLike | None = None,
) -> Any:
    """The capital–labour ratio above which automation raises the wage, κ*(Φ) of Lemma 4.

    With x = Φ/(1−Φ) and h = (1−σ)/σ, the derivative (11) vanishes at

        κ*(Φ) = x [1 + h/(1−Φ)]^(1/h) = x [(1 + (1−σ)x)/σ]^(σ/(1−σ)),

    x exp(1/(1−Φ)) at σ = 1. It exceeds κ = x, so the wage falls before region 2 is reached. For
    σ > 1 it is infinite from Φ = 1/σ on: there no capital stock lets the wage rise any further.

    0 at Φ = 0, ∞ at Φ = 1. Raises ValueError for Φ outside [0, 1].
    Source: derived from (11) of Korinek & Suh (2024), who assert its existence.

    >>> round(float(wage_peak_threshold(0.5, Parameters(sigma=0.5))), 12)
    3.0
    """
    params = given(params)
    Phi_, rest = share_of_tasks(Phi, unautomated)
    h = (1 - params.sigma) / params.sigma
    inside = (Phi_ > 0) & (rest + h > 0) & (rest > 0)
    Phi_1, rest_1 = np.where(inside, Phi_, 0.5), np.where(inside, rest, 1.0)
    log_rest, shifted = np.log(rest_1), np.where(inside, rest + h, 1.0)
    log_ratio = np.log(Phi_1) - log_rest + _log_markup(rest_1, log_rest, np.log(shifted), h)
    return np.where(inside, exp_or_infinity(log_ratio), np.where(Phi_ > 0, np.inf, 0.0))[()]


@dataclass(frozen=True)
class WagePeak:
    """The peak of the wage over automation at a given K, with the shape of K."""

    Phi: Any  # Φ(I*), the share of automated tasks at the peak
    unautomated: Any  # 1 − Φ(I*)
    wage: Any  # the wage there
    fall: Any  # 1 − A/wage: the share lost between the peak and region 2
    residual: Any  # log κ*(Φ) − log(K/L), what the root leaves


def wage_peak(K: ArrayLike, params: Parameters | None = None) -> WagePeak:
    """The share of automated tasks at which the wage is highest, Φ(I*) of Lemma 4.

    It solves κ*(Φ) = K/L (:func:`wage_peak_threshold`) in logarithms, inside a bracket; the root is
    unique and lies in region 1. At K = 0 the wage is A everywhere; the limit Φ = 0 is returned.

    Raises ValueError for K < 0 or NaN. Source: Korinek & Suh (2024), Lemma 4.

    >>> peak = wage_peak(K=1.0, params=Parameters(A=1.0, sigma=0.5))
    >>> round(float(peak.Phi), 4), round(float(peak.wage), 4), abs(float(peak.residual)) < 1e-14
    (0.2929, 1.4571, True)
    """
    params = given(params)
    K_ = capital_stock(K)
    target = np.log(np.where(K_ > 0, K_, 1.0)) - np.log(params.L)
    Phi, rest, gain, residual = _solve_peak(np.where(K_ > 0, target, 0.0), params.sigma)
    gain = np.where(K_ > 0, gain, 0.0)
    return WagePeak(
        Phi=np.where(K_ > 0, Phi, 0.0)[()],
        unautomated=np.where(K_ > 0, rest, 1.0)[()],
        wage=times(params.A, exp_or_infinity(gain))[()],
        fall=-np.expm1(-gain)[()],
        residual=np.where(K_ > 0, residual, 0.0)[()],
    )


def _log_markup(
    rest: FloatArray, log_rest: FloatArray, log_shifted: FloatArray, h: float
) -> FloatArray:
    """log(κ*/κ) = log[1 + h/(1−Φ)]/h for rest = 1−Φ and the logs of 1−Φ and 1−Φ+h."""
    if h == 0:
        return exp_or_infinity(-log_rest)
    if h > 0:
        return over(np.logaddexp(0.0, np.log(h) - log_rest), h)
    close = h / rest > -0.5
    return np.where(close, np.log1p(np.where(close, h / rest, 0.0)), log_shifted - log_rest) / h


def _solve_peak(target: FloatArray, sigma: float) -> tuple[FloatArray, ...]:
    """Φ and 1−Φ with log κ*(Φ) = target, log(w/A) and the residual, by Chandrupatla's method.

    The unknown v makes every Φ that can be a peak reachable without cancellation: the log odds of
    Φ for σ ≤ 1, those of σΦ for σ > 1, where the peak lies below Φ = 1/σ.
    """
    h = (1 - sigma) / sigma

    def excess(v: FloatArray, target: FloatArray) -> FloatArray:
        if h >= 0:
            log_rest, log_shifted = log_expit(-v), np.zeros_like(v)  # the latter is not needed
            log_odds = v
        else:
            log_rest, log_shifted = np.log(expit(-v) / sigma - h), log_expit(-v) - np.log(sigma)
            log_odds = log_expit(v) - np.log(sigma) - log_rest
        return log_odds + _log_markup(np.exp(log_rest), log_rest, log_shifted, h) - target

    # σ = 1 is solved by Φ/(1−Φ) = W(κ/e), Wright's ω of log κ − 1; for σ < 1 the peak lies between
    # that and the border Φ/(1−Φ) = κ, for σ > 1 anywhere below 1/σ
    geometric = np.where(
        target < -600, target - 1, np.log(wrightomega(np.maximum(target, -600.0) - 1))
    )
    if h >= 0:
        ends = geometric - 1e-9, np.where(h > 0, target, geometric + 1e-9)
    else:
        ends = np.minimum(target - 2.0, -700.0), np.maximum(target + 40.0, 700.0)
    root = find_root(excess, ends, args=(target,))
    if not np.all(root.success):  # pragma: no cover - a bracket that holds the root cannot fail
        raise RuntimeError(f"the wage peak was not found for log(K/L) = {target}, sigma = {sigma}.")
    v, gap = root.x, 1 - sigma
    # w/A = [1 + (1−σ) Φ/(1−Φ)]^(1/(1−σ)) at the peak
    if h > 0:
        return expit(v), expit(-v), np.logaddexp(0.0, np.log(gap) + v) / gap, root.f_x
    if h == 0:
        return expit(v), expit(-v), exp_or_infinity(v), root.f_x
    Phi, rest = expit(v) / sigma, expit(-v) / sigma - h
    close = gap * Phi / rest > -0.5
    log_sum = np.log1p(np.where(close, gap * Phi / rest, 0.0))
    return Phi, rest, np.where(close, log_sum, log_expit(-v) - np.log(rest)) / gap, root.f_x
