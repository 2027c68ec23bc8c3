"""Compute as specific capital (section 4.5): a bout of automation before its machines are built.

A mass Δ of tasks becomes automatable at once. Capital K is tied to the tasks Φ₋ automated before;
the new ones take compute K_I, of which there is none at first, or labour. Labour goes where least
of it or of a machine is at work: it fills tasks like water, up to a level z. With x₁, x₂, z the
inputs per task,

    Y = A [Φ₋ x₁^e + Δ x₂^e + (1−Φ) z^e]^(1/e), e = (σ−1)/σ; price of an input: A (Y/(A x))^(1/σ)

which are the three production functions of the paper's appendix A.2, and a fourth that it leaves
out: where capital is not plentiful enough, all tasks end up with the same input.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.ces import log_mean
from aiecon.korinek_suh.statics.production import capital_stock
from aiecon.validation import FloatArray, broadcast, finite, require

__all__ = ["SpecificEquilibrium", "Thresholds", "compute_thresholds", "specific_capital"]

ROUNDING = 1e-15


@dataclass(frozen=True)
class SpecificEquilibrium:
    """Output, prices and shares, each with the common shape of the arguments."""

    output: Any  # Y, per year
    wage: Any  # w
    rental_rate: Any  # R, of traditional capital
    compute_rental: Any  # R_I, of compute
    region: Any  # 1: labour helps compute, 2: all three apart, 3: compute is as other capital,
    # 4: labour helps out everywhere, w = R = R_I = A
    labor_share: Any
    capital_share: Any  # of traditional capital
    compute_share: Any


@dataclass(frozen=True)
class Thresholds:
    """Proposition 13: compute per task at which its role changes."""

    first: Any  # k₁ = L/(1−Φ): from here on labour leaves the new tasks
    second: Any  # k₂ = K/Φ₋: from here on compute earns what other capital earns
    in_order: Any  # whether k₁ < k₂, without which the proposition does not hold


@np.errstate(over="ignore")  # what exceeds the largest number is infinite
def compute_thresholds(
    K: ArrayLike, Phi: ArrayLike, Delta: ArrayLike, params: Parameters | None = None
) -> Thresholds:
    """k₁ = L/(1−Φ₋−Δ) and k₂ = K/Φ₋, units of compute per new task: Proposition 13.

    They are in the order k₁ < k₂ that the paper takes for granted if K/L > Φ₋/(1−Φ₋−Δ): the bout
    must not be too large. ``Phi`` is Φ₋ in (0, 1), the share automated before, ``Delta`` in
    (0, 1−Φ₋] (k₁ = ∞ at its end), K > 0; broadcast. ValueError for other values.

    Source: Korinek & Suh (2024), Proposition 13 and appendix A.2.

    >>> found = compute_thresholds(K=4.6, Phi=0.608, Delta=[0.1, 0.3])
    >>> found.first.round(4), found.second.round(4), found.in_order
    (array([ 3.4247, 10.8696]), array([7.5658, 7.5658]), array([ True, False]))
    """
    p = given(params)
    K_, Phi_, _, rest = _endowment(K, Phi, Delta)
    require("K", K_, K_ > 0, "K > 0")
    some = rest > 0
    first = np.where(some, p.L / np.where(some, rest, 1.0), np.inf)
    second = K_ / Phi_
    return Thresholds(first[()], second[()], (first < second)[()])


def _endowment(
    K: ArrayLike, Phi: ArrayLike, Delta: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """K, Φ₋, Δ and 1 − Φ₋ − Δ, checked."""
    Phi, Delta = finite("Phi", Phi), finite("Delta", Delta)
    K_, Phi_, Delta_ = broadcast(K=capital_stock(K), Phi=Phi, Delta=Delta)
    require("Phi", Phi_, (Phi_ > 0) & (Phi_ < 1), "0 < Phi < 1")
    rest = 1.0 - Phi_ - Delta_
    rest = np.where(np.abs(rest) < ROUNDING, 0.0, rest)
    require("Delta", Delta_, (Delta_ > 0) & (rest >= 0), "0 < Delta ≤ 1 − Phi")
    return K_, Phi_, Delta_, rest


@np.errstate(over="ignore")  # what exceeds the largest number is infinite
def specific_capital(
    K: ArrayLike,
    compute: ArrayLike,
    Phi: ArrayLike,
    Delta: ArrayLike,
    params: Parameters | None = None,
) -> SpecificEquilibrium:
    """The static equilibrium with traditional capital K and compute K_I (appendix A.2).

    1. K_I/Δ < k₁: labour works beside compute, Y = A[K^e Φ₋^(1/σ) + (K_I+L)^e (1−Φ₋)^(1/σ)]^(1/e),
       w = R_I;
    2. k₁ ≤ K_I/Δ < k₂: a CES function of K, K_I and L;
    3. K_I/Δ ≥ k₂: compute helps out in other automated tasks and earns what capital earns,
       Y = A[(K+K_I)^e Φ^(1/σ) + L^e (1−Φ)^(1/σ)]^(1/e), R_I = R;
    4. labour is so plentiful that it helps out in every task: Y = A(K+K_I+L), all prices A.

    Parameters
    ----------
    K : traditional capital > 0
    compute : K_I ≥ 0
    Phi : Φ₋ in (0, 1), the share of tasks automated before the bout
    Delta : Δ in (0, 1−Φ₋]
    params : A, sigma and L are used; Table 2 if not given

    All broadcast. ValueError for other values.

    Source: Korinek & Suh (2024), section 4.5 and appendix A.2.

    >>> now = specific_capital(K=4.6, compute=[0.0, 0.5, 0.8], Phi=0.608, Delta=0.1)
    >>> now.region
    array([1, 2, 3])
    >>> now.wage.round(3), now.compute_rental.round(3), now.rental_rate.round(3)
    (array([1.403, 1.237, 1.344]), array([1.403, 0.58 , 0.271]), array([0.159, 0.254, 0.271]))
    """
    p = given(params)
    K_, Phi_, Delta_, rest = _endowment(K, Phi, Delta)
    K_I = finite("compute", compute)
    require("compute", K_I, K_I >= 0, "compute ≥ 0")
    K_, Phi_, Delta_, K_I = broadcast(K=K_, Phi=Phi_, Delta=Delta_, compute=K_I)
    rest = np.broadcast_to(rest, K_.shape)
    require("K", K_, K_ > 0, "K > 0")
    pooled = K_I * Phi_ > K_ * Delta_  # compute helps out in other automated tasks
    together = (K_ + K_I) / (Phi_ + Delta_)
    x1 = np.where(pooled, together, K_ / Phi_)
    x2 = np.where(pooled, together, K_I / Delta_)
    some = rest > 0
    alone = np.where(some, p.L / np.where(some, rest, 1.0), np.inf)
    beside = (p.L + K_I) / (1.0 - Phi_)
    leaves = alone <= x2  # labour leaves the new tasks
    everywhere = ~leaves & ((beside > x1) | pooled)
    z = np.where(leaves, alone, np.where(everywhere, K_ + K_I + p.L, beside))
    x1, x2 = np.maximum(x1, z), np.maximum(x2, z)
    region = np.where(everywhere, 4, np.where(pooled, 3, np.where(leaves, 2, 1)))
    log_Y = log_mean(np.stack([Phi_, Delta_, rest]), np.log(np.stack([x1, x2, z])), p.sigma)
    w, R, R_I = (p.A * np.exp((log_Y - np.log(x)) / p.sigma) for x in (z, x1, x2))
    Y = p.A * np.exp(log_Y)
    shares = (w * p.L / Y, R * K_ / Y, R_I * K_I / Y)
    return SpecificEquilibrium(*(x[()] for x in (Y, w, R, R_I, region, *shares)))
