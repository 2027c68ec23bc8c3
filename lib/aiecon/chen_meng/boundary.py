"""The boundary between the regimes: where ΔGini = 0."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from aiecon.chen_meng.economy import commodity_pay, economy, firm_factor
from aiecon.chen_meng.firms import rents
from aiecon.chen_meng.inequality import fast_gini, ownership
from aiecon.chen_meng.parameters import Parameters, instance, one_number
from aiecon.chen_meng.population import people
from aiecon.chen_meng.schooling import schooling
from aiecon.validation import FloatArray, broadcast, finite, require

__all__ = ["boundary_ratio", "delta_gini", "delta_gini_map", "with_ratio"]

#: Where the boundary is looked for, ln η₁/η₀: first between the innermost two, then further out.
_BELOW = np.log([1e-3, 1e-10, 1e-100])
_ABOVE = np.log([1e4, 1e20, 1e100, 1e200])


def with_ratio(params: Parameters, ratio: float) -> Parameters:
    """The same economy with another η₁/η₀. ValueError for a ratio that is no number ≥ 0."""
    ratio = one_number("ratio", ratio, 0, 1e250, "0 ≤ η₁/η₀ ≤ 1e250")
    return replace(params, eta1=ratio * instance("params", params, Parameters).eta0)


def delta_gini(params: Parameters, n: int = 20_000, seed: int = 2026) -> float:
    """ΔGini alone, the change of the Gini of income. ValueError as :func:`economy`.

    >>> round(delta_gini(Parameters(eta1=0.0)), 3)
    -0.037
    """
    return economy(params, n, seed).delta_gini


def delta_gini_map(
    xi: ArrayLike, ratio: ArrayLike, params: Parameters | None = None, n: int = 4000
) -> FloatArray:
    """ΔGini over ξ and η₁/η₀ (broadcast), the other parameters held.

    Neither moves screened pay, which is computed once. ValueError for ξ outside [0, 1], a ratio
    below zero, and shapes that do not broadcast.
    """
    params = instance("params", params, Parameters, Parameters)
    xi, ratio = broadcast(xi=finite("xi", xi), ratio=finite("ratio", ratio))
    require("xi", xi, (xi >= 0) & (xi <= 1), "0 ≤ ξ ≤ 1")
    require("ratio", ratio, ratio >= 0, "η₁/η₀ ≥ 0")
    crowd = people(n)
    pay = commodity_pay(params, schooling(params), crowd)
    before = fast_gini(commodity_pay(params, schooling(params, 1.0), crowd))
    owned = ownership(params.Omega, n)[crowd.owner]
    out = np.empty(xi.shape)
    for i in np.ndindex(xi.shape):
        one = with_ratio(replace(params, xi=float(xi[i])), float(ratio[i]))
        out[i] = fast_gini(pay * firm_factor(one, crowd) + rents(one) * owned) - before
    return out


def boundary_ratio(xi: ArrayLike, params: Parameters | None = None, n: int = 10_000) -> FloatArray:
    """The η₁/η₀ at which ΔGini = 0, for each ξ; infinite where AI levels at all to 1e200.

    Below it AI levels, above it AI concentrates. ValueError for ξ outside [0, 1], and if AI
    concentrates at every ratio (it has no weight in production, or no skill to homogenise).

    >>> boundary_ratio([0.0, 0.2, 1.0]).round(2).tolist()
    [0.95, 1.42, inf]
    """
    params = instance("params", params, Parameters, Parameters)
    xi = finite("xi", xi)
    require("xi", xi, (xi >= 0) & (xi <= 1), "0 ≤ ξ ≤ 1")
    crowd = people(n)
    pay = commodity_pay(params, schooling(params), crowd)
    before = fast_gini(commodity_pay(params, schooling(params, 1.0), crowd))
    owned = ownership(params.Omega, n)[crowd.owner]
    require(
        "lam",
        params.lam,
        fast_gini(pay) < before,
        "a weight aλ of AI that homogenises",
        "Raise a or lam.",
    )

    def at(log_ratio: float, one: Parameters) -> float:
        one = with_ratio(one, float(np.exp(log_ratio)))
        return fast_gini(pay * firm_factor(one, crowd) + rents(one) * owned) - before

    out = np.full(xi.shape, np.inf)
    for i in np.ndindex(xi.shape):
        one = replace(params, xi=float(xi[i]), eta0=1.0, eta1=0.0)  # only the ratio matters
        low = next((x for x in _BELOW if at(x, one) < 0), None)
        high = next((x for x in _ABOVE if at(x, one) >= 0), None)
        if low is None:
            out[i] = 0.0
        elif high is not None:
            out[i] = np.exp(brentq(at, low, high, args=(one,), xtol=1e-4))
    return out
