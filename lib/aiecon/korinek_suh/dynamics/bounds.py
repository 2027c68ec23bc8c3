"""Proposition 5 (section 3.2): bounds between which capital, output and wages are said to lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, automation_path
from aiecon.korinek_suh.dynamics.technology import Technology
from aiecon.korinek_suh.dynamics.transition import initial_capital
from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.ces import exp_or_infinity
from aiecon.korinek_suh.statics.production import share_of_tasks
from aiecon.validation import FloatArray, finite, require

__all__ = ["Bounds", "capital_upper_bound", "transition_bounds"]


def capital_upper_bound(Phi: ArrayLike, params: Parameters | None = None) -> Any:
    """The capital at which F_K = ρ + δ, (16), beyond which consumption would fall.

        K⁺ = A^σ L (1−Φ)^(1/(σ−1)) Φ (R^(σ−1) − A^(σ−1) Φ)^(σ/(1−σ)),   R = ρ + δ

    (σ ≠ 1), ∞ where F_K > ρ + δ however large capital is, above all at Φ = 1. Zero at Φ = 0.
    ``Phi`` in [0, 1], a number or an array. Raises
    ValueError for other values and unless 0 < ρ + δ < A.

    Source: Korinek & Suh (2024), Proposition 5.

    >>> capital_upper_bound([0.0, 0.608, 0.9, 1.0]).round(3)
    array([ 0.   ,  5.072, 89.084,    inf])
    """
    return _upper(*share_of_tasks(Phi), given(params))[()]


def _upper(Phi: FloatArray, rest: FloatArray, p: Parameters) -> FloatArray:
    R = p.rho + p.delta
    require("A", p.A, 0 < R < p.A, f"A > rho + delta = {R:.6g} > 0")
    inner = (Phi > 0) & (rest > 0)
    Phi_, rest_ = np.where(inner, Phi, 0.5), np.where(inner, rest, 0.5)
    # On the frontier (R/A)^(σ−1) = Φ + (1−Φ) exp(θ q) with θ = (1−σ)/σ, q = log(k/ℓ)
    log_ratio = np.log(p.A) - np.log(R)
    if p.sigma == 1:
        q, exists = log_ratio / rest_, np.ones_like(rest_, dtype=bool)
    else:
        with np.errstate(over="ignore"):
            excess = np.expm1((1 - p.sigma) * log_ratio) / rest_
        exists = excess > -1  # for σ > 1 the return may never fall to R
        q = np.log1p(np.where(exists, excess, 0.0)) * p.sigma / (1 - p.sigma)
    K = exp_or_infinity(q + np.log(Phi_) - np.log(rest_) + np.log(p.L))
    return np.where(inner & exists, K, np.where(Phi > 0, np.inf, 0.0))


@dataclass(frozen=True)
class Bounds:
    """The bounds of Proposition 5 at given dates, each with the shape of the dates."""

    capital_lower: Any
    capital_upper: Any
    output_lower: Any
    output_upper: Any
    wage_lower: Any
    wage_upper: Any
    lower_holds: bool  # whether F_K(K₀) ≥ ρ + δ at t = 0, the paper's condition for the lower ones


def transition_bounds(
    path: AutomationPath, t: ArrayLike, K0: float = 4.6, params: Parameters | None = None
) -> Bounds:
    """Proposition 5 along an automation path: K₀ ≤ K(t) ≤ K⁺(t), and likewise output and wages.

    Lower: capital stays at K₀. Upper: F_K = ρ + δ, :func:`capital_upper_bound`, infinite once every
    task is automated; the upper bound on wages is on the factor price frontier at R = ρ + δ and
    drops to A there. The lower bounds presuppose that past accumulation was not excessive,
    F_K(K₀, L; Φ(0)) ≥ ρ + δ (``lower_holds``).

    The paper states the bounds for every concave utility function. They hold in its four
    scenarios, but not in general: at η = 3 (T = 20) the household consumes ahead of future growth
    and K falls below K₀; at η = 1 it builds up capital beyond K⁺ before a sudden rise of the return
    (β = .2).

    ``t`` ≥ 0, a number or an array. Raises ValueError for other values and unless 0 < ρ + δ < A.

    Source: Korinek & Suh (2024), Proposition 5.

    >>> from aiecon import korinek_suh as ks
    >>> bounds = transition_bounds(ks.Bounded(horizon=20), [0.0, 10.0, 20.0])
    >>> bounds.wage_lower.round(3), bounds.wage_upper.round(3), bounds.lower_holds
    (array([1.403, 0.6  , 0.5  ]), array([1.497, 4.297, 0.5  ]), True)
    """
    automation_path("path", path)
    p, t = given(params), finite("t", t)
    require("t", t, t >= 0, "t ≥ 0")
    technology, log_L = Technology(path, p.A, p.sigma), np.log(p.L)
    start, required = np.log(initial_capital(K0) / p.L), np.log(p.rho + p.delta)
    upper = _upper(np.asarray(path.share(t)), np.asarray(path.unautomated(t)), p)
    proper = np.isfinite(upper) & (upper > 0)  # elsewhere capital does not matter, or is infinite
    low = technology.logs(np.broadcast_to(start, t.shape), t)
    high = technology.logs(np.log(np.where(proper, upper, p.L)) - log_L, t)
    full = path.log_unautomated(t) == -np.inf
    return Bounds(
        np.full(t.shape, float(np.exp(start + log_L)))[()],
        upper[()],
        np.exp(low.output + log_L)[()],
        np.where(np.isinf(upper), np.inf, exp_or_infinity(high.output + log_L))[()],
        np.exp(low.wage)[()],
        np.where(full, p.A, exp_or_infinity(high.wage))[()],
        bool(technology.logs(start, 0.0).rental >= required),
    )
