"""Firms: AI productivity A = η₀ + η₁k, k Pareto from one with the tail ζ, and who gets the rents.

Everything is relative to commodity AI: A/η₀ = 1 + rk, r = η₁/η₀.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import hyp2f1

from aiecon.chen_meng.parameters import RANGES, Parameters
from aiecon.validation import FloatArray, broadcast, finite, instance, number, require

__all__ = ["labour_share", "log_productivity_variance", "mean_power", "rents"]

_NODES, _WEIGHTS = np.polynomial.laguerre.laggauss(80)


def mean_power(ratio: ArrayLike, zeta: float, power: ArrayLike) -> FloatArray:
    """E[(1 + rk)^x] over firms, in closed form; infinite for x ≥ ζ.

    ζ/(ζ−x) · (1+r)^x · ₂F₁(−x, 1; ζ−x+1; 1/(1+r)), and one at r = 0 or x = 0. ``ratio`` and
    ``power`` broadcast. ValueError for a ratio or power < 0 and for ζ outside (1, 10⁶].

    >>> float(mean_power(2.0, 3.0, 1.0))  # 1 + 2·E[k], E[k] = ζ/(ζ−1)
    4.0
    """
    return 1 + excess_power(ratio, zeta, power)


def excess_power(ratio: ArrayLike, zeta: float, power: ArrayLike) -> FloatArray:
    """:func:`mean_power` less one, in terms that are all positive: small rents keep their digits.

    By parts (1+r)^x − 1 + x r/(ζ−x) · (1+r)^{x−1} · ₂F₁(1−x, 1; ζ−x+1; 1/(1+r)); from ζ = 20 on,
    where assets hardly differ, and for x ≤ 1 a Gauss–Laguerre sum over ζ ln k.
    """
    r, x = finite("ratio", ratio), finite("power", power)
    require("ratio", r, r >= 0, "η₁/η₀ ≥ 0")
    require("power", x, x >= 0, "a power ≥ 0")
    zeta = number("zeta", zeta, *RANGES["zeta"])
    r, x = broadcast(ratio=r, power=x)
    some = (r > 0) & (x > 0) & (x < zeta)
    b, ln_r = np.where(some, x, 0.0), np.log(np.where(some, r, 1.0))
    one = np.exp(b * np.log1p(r))
    if zeta < 20 or (b > 1).any():
        tail = b * one * (r / (1 + r)) / (zeta - b) * hyp2f1(1 - b, 1, zeta - b + 1, 1 / (1 + r))
        value = np.expm1(b * np.log1p(r)) + tail
    else:
        value = np.expm1(b[..., None] * np.logaddexp(0, ln_r[..., None] + _NODES / zeta)) @ _WEIGHTS
    return np.where(some, value, np.where((r > 0) & (x >= zeta), np.inf, 0.0))


def rents(params: Parameters) -> float:
    """Owners' income for each unit of commodity pay: E[(A/η₀)^{aλ}] − E[(A/η₀)^{aλξ}].

    Zero with commodity AI only (η₁ = 0) and if workers get all (ξ = 1).

    >>> rents(Parameters(eta1=0.0)), rents(Parameters(xi=1.0))
    (0.0, 0.0)
    >>> round(rents(Parameters()), 4)
    0.0975
    """
    w = instance("params", params, Parameters).weight
    more, paid = excess_power(params.ratio, params.zeta, np.array([w, w * params.xi]))
    return float(more - paid)


def labour_share(params: Parameters) -> float:
    """Wages over revenue, E[(A/η₀)^{aλξ}]/E[(A/η₀)^{aλ}].

    >>> round(labour_share(Parameters()), 3)
    0.913
    """
    w = instance("params", params, Parameters).weight
    whole, paid = mean_power(params.ratio, params.zeta, np.array([w, w * params.xi]))
    return float(paid / whole)


def log_productivity_variance(ratio: ArrayLike, zeta: float) -> FloatArray:
    """Var ln A over firms; rises in r from zero to 1/ζ².

    With e = ζ ln k exponential, E[ln(1 + rk)^m] is a Gauss–Laguerre sum. ValueError for a ratio < 0
    and for ζ ≤ 1.

    >>> float(log_productivity_variance(1e9, 2.0)).__round__(6), 1 / 2.0**2
    (0.25, 0.25)
    """
    r = finite("ratio", ratio)
    require("ratio", r, r >= 0, "η₁/η₀ ≥ 0")
    zeta = number("zeta", zeta, *RANGES["zeta"])
    ln = np.logaddexp(0, np.log(np.where(r > 0, r, 1.0))[..., None] + _NODES / zeta)
    mean = ln @ _WEIGHTS
    return np.where(r > 0, (ln - mean[..., None]) ** 2 @ _WEIGHTS, 0.0)
