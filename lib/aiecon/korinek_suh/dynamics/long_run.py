"""The race in the long run (section 3.2): Lemma 6, Proposition 7, and the balancing saving rate.

G = (A − ρ − δ)/η is the growth rate of consumption in region 2, (15), and s∞ the saving rate at
which K grows at G when output is A K: s∞ A − δ = G.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.ces import exp_or_infinity, log_input_ratio
from aiecon.korinek_suh.statics.production import capital_stock, equilibrium, with_tasks
from aiecon.validation import finite, require

__all__ = [
    "LongRun",
    "balancing_saving_rate",
    "long_run",
    "long_run_saving_rate",
    "region_2_growth",
]


def region_2_growth(params: Parameters | None = None) -> float:
    """Growth of consumption in region 2, (15): (A − ρ − δ)/η per year, negative if A < ρ + δ.

    Also of output and capital in the long run if labour's share vanishes (Lemma 6; on Pareto paths
    if λg ≥ (1−σ) (A − ρ − δ)/η).
    Source: Korinek & Suh (2024), (15).

    >>> round(region_2_growth(), 12)
    0.18
    """
    return float(given(params).growth)


def long_run_saving_rate(params: Parameters | None = None) -> float:
    """s∞ = (A − ρ − δ + ηδ)/(Aη), the optimal saving rate in the long run if R → A (Lemma 6).

    Source: Korinek & Suh (2024), section 3.2, after (15).

    >>> round(long_run_saving_rate(), 12)
    0.56
    """
    p = given(params)
    return (p.A - p.rho - p.delta + p.eta * p.delta) / (p.A * p.eta)


@dataclass(frozen=True)
class LongRun:
    """Limits as t → ∞ for a Pareto automation path; numbers, or arrays of the shape of the rate."""

    case: Any  # of Proposition 7: 1, 2 or 3
    wage_growth: Any  # per year
    output_growth: Any  # per year; of capital too
    labor_share: Any  # at the constant saving rate s∞
    labor_share_optimal: Any  # with optimal saving
    rental_rate: Any  # R with optimal saving
    saving_rate: Any  # optimal, gross


def long_run(rate: ArrayLike, params: Parameters | None = None) -> LongRun:
    """Proposition 7: wages, growth and shares in the long run if 1 − Φ falls at the rate λg.

    With G = (A − ρ − δ)/η, for an economy that starts in region 1:

    1. λg > G: region 2 is reached in finite time, w = A, the labour share tends to zero;
    2. (1−σ) G < λg ≤ G: wages grow at (G − λg)/σ, slower than output, which grows at G: the labour
       share tends to *zero* (the proposition prints one, the appendix finds zero);
    3. λg ≤ (1−σ) G: wages, output and capital grow at γ = λg/(1−σ), the labour share tends to
       1 − [s∞ A/(γ + δ)]^((σ−1)/σ).

    Growth is the same if saving is optimal instead of constant at s∞, and so are cases 1 and 2 in
    every respect. In case 3 the Euler equation then gives R = ρ + δ + ηγ and a capital share of
    (R/A)^(1−σ), with a saving rate of (γ + δ) times the capital–output ratio.

    ``rate`` is λg > 0 per year, a number or an array. At λg = G the economy is assumed to stay in
    region 1. Raises ValueError for λg ≤ 0, A ≤ ρ + δ or σ ≥ 1.

    Source: Korinek & Suh (2024), Proposition 7 and appendix A.1.

    >>> limits = long_run([0.01, 0.12, 0.2])
    >>> limits.case, limits.wage_growth.round(6)
    (array([3, 2, 1]), array([0.02, 0.12, 0.  ]))
    >>> limits.labor_share.round(4), limits.labor_share_optimal.round(4)
    (array([0.5714, 0.    , 0.    ]), array([0.4, 0. , 0. ]))
    """
    p = given(params)
    rate = finite("rate", rate)
    require("rate", rate, rate > 0, "rate > 0", "At 0 the economy has a steady state.")
    floor = p.rho + p.delta
    require("A", p.A, floor < p.A, f"A > rho + delta = {floor:.6g}")
    require("sigma", p.sigma, p.sigma < 1, "sigma < 1", "With gross substitutes R → A always.")
    G, s = region_2_growth(p), long_run_saving_rate(p)
    case = np.where(rate > G, 1, np.where(rate > (1 - p.sigma) * G, 2, 3))
    growth = np.where(case == 3, rate / (1 - p.sigma), G)
    wages = np.where(case == 1, 0.0, np.where(case == 2, (G - rate) / p.sigma, growth))
    constant = 1 - (s * p.A / (growth + p.delta)) ** ((p.sigma - 1) / p.sigma)
    R = np.where(case == 3, floor + p.eta * growth, p.A)
    capital_share = np.where(case == 3, (R / p.A) ** (1 - p.sigma), 1.0)
    return LongRun(
        case[()],
        wages[()],
        growth[()],
        np.where(case == 3, np.maximum(constant, 0.0), 0.0)[()],  # at γ = G rounding can leave −0
        np.maximum(1.0 - capital_share, 0.0)[()],
        R[()],
        ((growth + p.delta) * capital_share / R)[()],
    )


@np.errstate(over="ignore")  # what exceeds the largest number is infinite
def balancing_saving_rate(
    K: ArrayLike, Phi: ArrayLike, automation: ArrayLike, params: Parameters | None = None
) -> Any:
    """The saving rate at which wages stay as they are while tasks are automated, (17) and (18).

        s̃ = [κ + 1/(1−σ) − σ/(1−σ) (k/ℓ)^((1−σ)/σ)] (K/Y) (Φ̇/Φ),

    net of depreciation (the paper sets δ = 0): wages rise if K̇/Y exceeds it. Negative where the
    productivity effect of automation alone raises wages.

    Parameters
    ----------
    K : capital > 0
    Phi : share of automated tasks in (0, 1)
    automation : Φ̇ per year
    params : A, sigma and L are used

    All broadcast. NaN in region 2, where w = A whatever is saved. Raises ValueError for other
    values and at σ = 1.

    Source: Korinek & Suh (2024), (17) and (18).

    >>> round(float(balancing_saving_rate(K=4.6, Phi=0.608, automation=0.392 / 20)), 6)
    0.040619
    """
    p = given(params)
    require("sigma", p.sigma, p.sigma != 1, "sigma ≠ 1", "Take sigma near 1: the limit is smooth.")
    speed = finite("automation", automation)
    K_, speed, Phi_, rest = with_tasks(Phi, K=capital_stock(K), automation=speed)
    require("K", K_, K_ > 0, "K > 0")
    require("Phi", Phi_, (Phi_ > 0) & (rest > 0), "0 < Phi < 1")
    now, log_ratio = equilibrium(K_, Phi_, p), log_input_ratio(K_, p.L, Phi_, rest)
    productivity = exp_or_infinity((1 - p.sigma) / p.sigma * log_ratio)
    bracket = Phi_ / rest + (1 - p.sigma * productivity) / (1 - p.sigma)
    rate = bracket * (K_ / now.output * (speed / Phi_))
    return np.where(now.region == 1, rate, np.nan)[()]
