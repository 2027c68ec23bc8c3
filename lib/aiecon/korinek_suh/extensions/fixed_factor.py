"""A factor in fixed supply (section 4.1): production with M, Lemmas 8 and 9, the steady state.

Output is Y = A X^α M^(1−α), where X is the composite of tasks of section 2, made from capital and
labour with unit productivity. Everything about X comes from the production functions of Lemma 1;
what is added is the factor Y/X by which each of its marginal products is multiplied.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import expit

from aiecon.korinek_suh.parameters import Parameters, given, instance
from aiecon.korinek_suh.statics.automation import automation_effects
from aiecon.korinek_suh.statics.ces import exp_or_infinity
from aiecon.korinek_suh.statics.marginal_products import StaticLogs, static_logs
from aiecon.korinek_suh.statics.production import capital_stock, with_tasks
from aiecon.validation import finite, number, require

__all__ = [
    "FixedFactor",
    "FixedFactorEquilibrium",
    "FixedFactorSteadyState",
    "FixedFactorWagePeak",
    "fixed_factor_automation_effect",
    "fixed_factor_equilibrium",
    "fixed_factor_steady_state",
    "fixed_factor_wage_peak",
    "least_fixed_factor",
]


@dataclass(frozen=True)
class FixedFactor:
    """The factor M and its weight: Y = A X^α M^(1−α), (19).

    ``alpha`` in (0, 1], 0.9 in the paper's Figure 9; ``M`` > 0, which is not in the text. At
    α = 1 the economy is that of section 2. Arrays, for the functions that say so, are many
    economies at once. ValueError for other values, naming them.

    >>> FixedFactor().alpha
    0.9
    """

    alpha: Any = 0.9  # α, the share of the composite of tasks in income
    M: Any = 1.0  # land, minerals, matter: its quantity, in a unit of its own

    def __post_init__(self) -> None:
        for name in ("alpha", "M"):
            value = finite(name, getattr(self, name))
            object.__setattr__(self, name, value if value.ndim else float(value))
        require("alpha", self.alpha, (self.alpha > 0) & (self.alpha <= 1), "0 < alpha ≤ 1")
        require("M", self.M, self.M > 0, "M > 0")


def given_factor(factor: FixedFactor | None, *, many: bool = False) -> FixedFactor:
    """The fixed factor that a caller gave, α = 0.9 and M = 1 for None; a ValueError for others.

    Unless ``many`` are asked for, both fields must be single numbers.
    """
    factor = FixedFactor() if factor is None else factor
    instance("factor", factor, FixedFactor, "a FixedFactor record")
    for name, value in vars(factor).items():
        require(name, value, many or np.ndim(value) == 0, "a single number", "Loop over arrays.")
    return factor


@dataclass(frozen=True)
class FixedFactorEquilibrium:
    """Output, three prices and three shares, each with the common shape of K and Φ."""

    output: Any  # Y, per year
    wage: Any  # w, output per unit of labour
    rental_rate: Any  # R, output per unit of capital
    factor_return: Any  # Q, output per unit of M
    region: Any  # 1: labour is scarce, w > R; 2: w = R
    labor_share: Any  # w L/Y
    capital_share: Any  # R K/Y
    factor_share: Any  # Q M/Y = 1 − α


def log_per_composite(log_X: Any, factor: FixedFactor, params: Parameters) -> Any:
    """log(Y/X), which falls in X, given the composite per unit of labour; (19) with its A and M."""
    return np.log(params.A) + (1.0 - factor.alpha) * (np.log(factor.M / params.L) - log_X)


def with_fixed_factor(composite: StaticLogs, factor: FixedFactor, params: Parameters) -> StaticLogs:
    """The static equilibrium in logarithms, given that of the composite (A = 1), (20) to (22)."""
    level, share = log_per_composite(composite.output, factor, params), factor.alpha
    return StaticLogs(
        level + composite.output,
        np.log(share) + level + composite.wage,
        np.log(share) + level + composite.rental,
        share * composite.capital_share,
        share * composite.labor_share,
        composite.region,
    )


def fixed_factor_equilibrium(
    K: ArrayLike,
    Phi: ArrayLike,
    factor: FixedFactor | None = None,
    params: Parameters | None = None,
) -> FixedFactorEquilibrium:
    """The static equilibrium with three factors: Lemma 8, (20) to (22).

    With X the composite of Lemma 1 at unit productivity and X_K, X_L its marginal products,

        Y = A X^α M^(1−α),   w = α (Y/X) X_L,   R = α (Y/X) X_K,   Q = (1−α) Y/M.

    In region 2 (K/L ≤ Φ/(1−Φ), whatever M is): X = K + L and w = R = αA (K+L)^(α−1) M^(1−α).

    Parameters
    ----------
    K : capital stock > 0, a number or an array
    Phi : share of automated tasks in [0, 1], broadcast against K
    factor : α and M; α = .9, M = 1 if not given
    params : A, sigma and L are used; Table 2 if not given

    Returns a :class:`FixedFactorEquilibrium` whose fields have the common shape of K and Φ. Raises
    ValueError for K ≤ 0, Φ outside [0, 1], NaN, or shapes that do not broadcast.

    Source: Korinek & Suh (2024), Lemma 8.

    >>> today = fixed_factor_equilibrium(K=4.6, Phi=0.608, factor=FixedFactor(alpha=0.9, M=1.0))
    >>> shares = today.labor_share, today.capital_share, today.factor_share
    >>> [round(float(share), 3) for share in shares]
    [0.591, 0.309, 0.1]
    """
    factor, params = given_factor(factor), given(params)
    K_, _, rest = with_tasks(Phi, K=capital_stock(K))
    require("K", K_, K_ > 0, "K > 0")
    with np.errstate(divide="ignore"):  # at Φ = 1: −∞, which static_logs understands
        log_rest = np.log(rest)
    composite = static_logs(np.log(K_ / params.L), log_rest, 1.0, params.sigma)
    logs = with_fixed_factor(composite, factor, params)
    output = np.exp(logs.output) * params.L
    return FixedFactorEquilibrium(
        output[()],
        exp_or_infinity(logs.wage)[()],
        np.exp(logs.rental)[()],
        ((1.0 - factor.alpha) * output / factor.M)[()],
        logs.region[()],
        logs.labor_share[()],
        logs.capital_share[()],
        np.full(np.shape(output), 1.0 - factor.alpha)[()],
    )


def fixed_factor_automation_effect(
    K: ArrayLike,
    Phi: ArrayLike,
    factor: FixedFactor | None = None,
    params: Parameters | None = None,
) -> Any:
    """d log w/dΦ at given capital, (23) with the composite X where the paper prints Y/A:

        (σα/(σ−1) − 1) (1/σ) (k^((σ−1)/σ) − ℓ^((σ−1)/σ)) X^((1−σ)/σ) − 1/(σ(1−Φ)).

    That is the effect of Lemma 4 with the productivity effect multiplied by 1 − σ(1−α). Independent
    of M and A. Zero in region 2. Arguments as for :func:`~aiecon.korinek_suh.automation_effects`.

    Source: Korinek & Suh (2024), Lemma 9, (23).

    >>> round(float(fixed_factor_automation_effect(K=4.6, Phi=0.608)), 6)
    -0.883107
    """
    factor = given_factor(factor)
    p = given(params)
    effects = automation_effects(K, Phi, p)
    damping = 1.0 - p.sigma * (1.0 - factor.alpha)
    return (damping * effects.productivity + effects.displacement)[()]


@dataclass(frozen=True)
class FixedFactorWagePeak:
    """The highest wage at given capital, and the wages at both ends of automation."""

    Phi: float  # the share of automated tasks at the peak, Φ*
    wage: float  # there
    at_start: float  # the wage at Φ = 0, αA L^(α−1) M^(1−α)
    at_border: float  # the wage at Φ̂ and beyond, (22)


def fixed_factor_wage_peak(
    K: float, factor: FixedFactor | None = None, params: Parameters | None = None
) -> FixedFactorWagePeak:
    """Where automation at given capital raises the wage most: Lemma 9.

    The wage rises as long as s_K < θΦ, with s_K the share of capital in the composite and
    θ = σα/(1 − σ + σα), which is σ at α = 1 and lower below. With u = (κ/(K/L))^((1−σ)/σ) the peak
    solves u (1 − θΦ) = θ (1 − Φ).

    ``K`` > 0 a number; ValueError otherwise and at σ ≥ 1.

    Source: Korinek & Suh (2024), Lemma 9.

    >>> peak = fixed_factor_wage_peak(K=4.6)
    >>> round(peak.Phi, 4), peak.wage > peak.at_start > peak.at_border
    (0.5644, True)
    """
    factor, p = given_factor(factor), given(params)
    K_ = capital_stock(K)
    require("K", K_, (K_.ndim == 0) and bool(K_ > 0), "a single K > 0")
    require("sigma", p.sigma, p.sigma < 1, "sigma < 1")
    theta = p.sigma * factor.alpha / (1.0 - p.sigma + p.sigma * factor.alpha)
    log_ratio, power = np.log(float(K_)) - np.log(p.L), (1.0 - p.sigma) / p.sigma

    def excess(log_odds: float) -> float:
        """log of the left-hand side over the right-hand side, at κ = exp(log_odds): it rises."""
        kappa = np.exp(log_odds)
        return float(
            power * (log_odds - log_ratio) + np.log1p((1.0 - theta) * kappa) - np.log(theta)
        )

    low = log_ratio - 1.0
    while excess(low) > 0:
        low -= 2.0 * (log_ratio - low)
    log_odds = brentq(excess, low, log_ratio, xtol=1e-13)
    Phi = expit(log_odds)
    wages = fixed_factor_equilibrium(float(K_), [Phi, 0.0, 1.0], factor, p).wage
    return FixedFactorWagePeak(float(Phi), *(float(w) for w in wages))


def least_fixed_factor(alpha: float = 0.9, params: Parameters | None = None) -> float:
    """The M above which there is capital in the long run: αA (M/L)^(1−α) = ρ + δ.

    With less of it, capital does not earn ρ + δ in region 2 however little of it there is, and is
    run down to nothing. Proposition 10 assumes more. ValueError for α outside (0, 1).

    >>> round(least_fixed_factor(), 9)
    8.495e-06
    """
    p, share = given(params), number("alpha", alpha)
    return float(p.L * np.exp(_log_least(share, p)))


def _log_least(alpha: Any, p: Parameters) -> Any:
    """log of the least M/L."""
    inside = (alpha >= 1e-300) & (np.asarray(alpha) < 1)  # 1/alpha must be representable
    require("alpha", alpha, inside, "0 < alpha < 1", "At 1 the quantity M does not matter.")
    required = p.rho + p.delta
    require("rho + delta", required, required > 0, "rho + delta > 0")
    return np.log(required / (alpha * p.A)) / (1.0 - alpha)


@dataclass(frozen=True)
class FixedFactorSteadyState:
    """Where F_K = ρ + δ: capital, prices and shares."""

    log_capital: float  # log K*
    region: int
    output: float  # Y*, per year
    wage: float
    rental_rate: float  # ρ + δ
    labor_share: float
    capital_share: float
    consumption_rate: float  # C*/K*

    @property
    def capital(self) -> float:
        """K*, ∞ where it exceeds the largest floating-point number."""
        return float(exp_or_infinity(np.asarray(self.log_capital)))


def fixed_factor_steady_state(
    factor: FixedFactor | None = None, params: Parameters | None = None, Phi: float = 1.0
) -> FixedFactorSteadyState:
    """The steady state at a share Φ of automated tasks; at Φ = 1 that of Proposition 10.

    In region 2 αA (K*+L)^(α−1) M^(1−α) = ρ + δ gives

        K* = L [exp((log(αA/(ρ+δ)) + (1−α) log(M/L))/(1−α)) − 1],

    with w = R = ρ + δ and a labour share of αL/(K*+L). If tasks are left and Φ < K*/(K*+L), the
    steady state is in region 1 instead, at the capital at which F_K(K, L, M; Φ) = ρ + δ.

    ``Phi`` in (0, 1]. ValueError for other values, for α = 1, and if M does not exceed
    :func:`least_fixed_factor`.

    Source: Korinek & Suh (2024), Proposition 10.

    >>> end = fixed_factor_steady_state(FixedFactor(alpha=0.9, M=1e-4))
    >>> round(end.capital, 3), round(end.wage, 6), round(end.labor_share, 4)
    (10.772, 0.14, 0.0765)
    """
    factor, p, share = given_factor(factor), given(params), number("Phi", Phi)
    require("Phi", share, 0 < share <= 1, "a single 0 < Phi ≤ 1")
    k = float(resting_capital(factor, p, share))
    logs = _static_logs(k, share, factor, p)
    return FixedFactorSteadyState(
        k + float(np.log(p.L)),
        int(logs.region),
        float(exp_or_infinity(logs.output)) * p.L,
        float(np.exp(logs.wage)),
        float(np.exp(logs.rental)),
        float(logs.labor_share),
        float(logs.capital_share),
        float(np.exp(logs.output - k)) - p.delta,
    )


def resting_capital(factor: FixedFactor, p: Parameters, Phi: float = 1.0) -> Any:
    """log(K*/L); the fields of factor and parameters may be arrays at Φ = 1."""
    log_total = np.log(factor.M / p.L) - _log_least(factor.alpha, p)  # of (K*+L)/L
    hint = "Otherwise capital is run down to nothing; take a larger M."
    least = f"M > {np.max(p.L * np.exp(_log_least(factor.alpha, p))):.6g}"
    require("M", factor.M, log_total > 0, least, hint)
    k = log_total + np.log(-np.expm1(-log_total))
    border = np.inf if Phi == 1 else float(np.log(Phi) - np.log1p(-Phi))
    if Phi == 1 or k <= border:
        return k

    def excess(k: float) -> float:  # R falls in K, and is below ρ + δ at K*
        return float(_static_logs(k, Phi, factor, p).rental) - float(np.log(p.rho + p.delta))

    return brentq(excess, border, k, xtol=1e-14)


def _static_logs(k: float, Phi: float, factor: FixedFactor, p: Parameters) -> StaticLogs:
    log_rest = np.array(-np.inf if Phi == 1 else np.log1p(-Phi))
    return with_fixed_factor(static_logs(np.array(k), log_rest, 1.0, p.sigma), factor, p)
