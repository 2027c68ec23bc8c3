"""What automation and accumulation do to output and factor prices (section 2.4, Lemmas 3 and 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize.elementwise import find_root
from scipy.special import expit, log_expit, wrightomega

from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.ces import (
    exp_or_infinity,
    log1p_ratio,
    log_input_ratio,
    log_power_mean,
    mean_slope,
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
    K: FloatArray, L: float, Phi: FloatArray, rest: FloatArray, region_1: str, side: Any
) -> tuple[FloatArray, Any]:
    """log(k/ℓ) ≥ 0, and where region 1 holds; the border is in it if ``side`` is ``region_1``.

    The border is as wide as rounding makes it: of K(1−Φ) and ΦL, and of Φ.
    """
    known = isinstance(side, str) and side in ("left", "right")
    require("side", side if isinstance(side, str) else repr(side), known, "'left' or 'right'")
    q, eps = log_input_ratio(K, L, Phi, rest), float(np.finfo(np.float64).eps)
    width = 8 * eps + eps * Phi / np.maximum(rest, eps / 2)
    return np.maximum(q, 0.0), (q >= -width if side == region_1 else q > width)


@np.errstate(over="ignore")  # what exceeds the largest number is infinite
def automation_effects(
    K: ArrayLike, Phi: ArrayLike, params: Parameters | None = None, *, side: Side = "right"
) -> AutomationEffects:
    """Derivatives of output, wage and rental rate with respect to Φ: Lemmas 3 and 4, (11).

    In region 1, with k = K/Φ and ℓ = L/(1−Φ),

        ∂Y/∂Φ = A^((σ−1)/σ) Y^(1/σ) (k^((σ−1)/σ) − ℓ^((σ−1)/σ)) / (σ−1),
        ∂log w/∂Φ = (∂log Y/∂Φ − 1/(1−Φ)) / σ,    ∂log R/∂Φ = (∂log Y/∂Φ + 1/Φ) / σ;

    in region 2 all are zero. On the border they differ: ``side="left"`` is the derivative from
    smaller Φ (region 1), ``"right"`` the one from larger Φ; a point within rounding of the border
    counts as on it. Limits at Φ = 0 < K (from the right): ∂log w/∂Φ = 1/(1−σ) and ∂R/∂Φ = 0 if
    σ < 1; ∂log w/∂Φ = ∞ if σ ≥ 1.

    K, Φ and params as in :func:`~aiecon.korinek_suh.equilibrium`; ValueError likewise.
    Source: Korinek & Suh (2024), Lemmas 3 and 4.

    >>> effects = automation_effects(K=1.0, Phi=[0.0, 0.5], params=Parameters(sigma=0.5))
    >>> effects.log_wage
    array([2., 0.])
    >>> float(automation_effects(1.0, 0.5, Parameters(sigma=0.5), side="left").log_wage)
    -4.0
    """
    params = given(params)
    K_, Phi_, rest = with_tasks(Phi, K=capital_stock(K))
    A, L, sigma = params.A, params.L, params.sigma
    q, scarce = _scarce(K_, L, Phi_, rest, "left", side)
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
    now = equilibrium(K_, Phi_, params)
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
    K: ArrayLike, Phi: ArrayLike, params: Parameters | None = None, *, side: Side = "left"
) -> AccumulationEffects:
    """Derivatives of output, wage and rental rate with respect to K.

    ∂Y/∂K = R, and in region 1 ∂R/∂K = −s_L R/(σK), ∂w/∂K = s_K w/(σK) with the shares s_L, s_K of
    labour and capital; in region 2 both are zero. On the border ``side="left"`` is the derivative
    from smaller K (region 2), ``"right"`` the one from larger K (region 1).

    K, Φ and params as in :func:`~aiecon.korinek_suh.equilibrium`; ValueError likewise.
    Source: (6) and (7) of Korinek & Suh (2024), differentiated.

    >>> effects = accumulation_effects(K=2.0, Phi=0.5, params=Parameters(A=1.0, sigma=0.5))
    >>> round(float(effects.rental_rate), 4), round(float(effects.wage), 4)
    (-0.2963, 0.5926)
    """
    params = given(params)
    K_, Phi_, rest = with_tasks(Phi, K=capital_stock(K))
    _, scarce = _scarce(K_, params.L, Phi_, rest, "right", side)
    now = equilibrium(K_, Phi_, params)
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


def wage_peak_threshold(Phi: ArrayLike, params: Parameters | None = None) -> Any:
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
    Phi_, rest = share_of_tasks(Phi)
    h = (1 - params.sigma) / params.sigma
    inside = (Phi_ > 0) & (rest + h > 0) & (rest > 0)
    share, left, shifted = (np.log(np.where(inside, x, 1.0)) for x in (Phi_, rest, rest + h))
    log_ratio = share - left + _log_markup(left, shifted, h)
    return np.where(inside, exp_or_infinity(log_ratio), np.where(Phi_ > 0, np.inf, 0.0))[()]


@dataclass(frozen=True)
class WagePeak:
    """The peak of the wage over automation at a given K, with the shape of K."""

    Phi: Any  # Φ(I*), the share of automated tasks at the peak
    unautomated: Any  # 1 − Φ(I*)
    wage: Any  # the wage there
    fall: Any  # 1 − A/wage: the share lost between the peak and region 2
    residual: Any  # log κ*(Φ) − log(K/L), what the root leaves


@np.errstate(over="ignore")  # what exceeds the largest number is infinite
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
        wage=(params.A * exp_or_infinity(gain))[()],
        fall=-np.expm1(-gain)[()],
        residual=np.where(K_ > 0, residual, 0.0)[()],
    )


def _log1p_over(x: FloatArray, c: float, direct: FloatArray) -> FloatArray:
    """log(1 + c x)/c for x ≥ 0, x at c = 0; ``direct`` is log(1 + c x) where c x is not small."""
    near = x <= (0.5 / abs(c) if c else np.inf)
    some = np.where(near, np.minimum(x, 1e300), 0.0)
    return np.where(near, x * log1p_ratio(c * some), direct / (c or 1.0))


def _log_markup(log_rest: FloatArray, log_shifted: FloatArray, h: float) -> FloatArray:
    """log(κ*/κ) = log[1 + h/(1−Φ)]/h, given the logs of 1−Φ and 1−Φ+h."""
    return _log1p_over(exp_or_infinity(-log_rest), h, log_shifted - log_rest)


def _solve_peak(target: FloatArray, sigma: float) -> tuple[FloatArray, ...]:
    """Φ and 1−Φ with log κ*(Φ) = target, log(w/A) and the residual, by Chandrupatla's method.

    The unknown v makes every Φ that can be a peak reachable without cancellation: the log odds of
    Φ for σ ≤ 1, those of σΦ for σ > 1, where the peak lies below Φ = 1/σ.
    """
    h = (1 - sigma) / sigma

    def logs(v: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """log Φ/(1−Φ), log(1−Φ) and log(1−Φ+h)."""
        if h >= 0:
            return v, log_expit(-v), np.log(expit(-v) + h) if h > 0 else log_expit(-v)
        log_rest = np.log(expit(-v) / sigma - h)
        return log_expit(v) - np.log(sigma) - log_rest, log_rest, log_expit(-v) - np.log(sigma)

    def excess(v: FloatArray, target: FloatArray) -> FloatArray:
        log_odds, log_rest, log_shifted = logs(v)
        return log_odds + _log_markup(log_rest, log_shifted, h) - target

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
    v, (log_odds, log_rest, log_shifted) = root.x, logs(root.x)
    Phi, rest = (expit(v), expit(-v)) if h >= 0 else (expit(v) / sigma, expit(-v) / sigma - h)
    # w/A = [1 + (1−σ) Φ/(1−Φ)]^(1/(1−σ)) at the peak; the bracket is σ (1−Φ+h)/(1−Φ)
    bracket = np.log(sigma) + log_shifted - log_rest
    return Phi, rest, _log1p_over(exp_or_infinity(log_odds), 1 - sigma, bracket), root.f_x
