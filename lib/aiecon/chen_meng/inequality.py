"""The Gini coefficient, of a sample and in closed form, and the distribution of ownership."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erf, ndtr, ndtri

from aiecon.cached import cached
from aiecon.validation import FloatArray, finite, number, require, whole

__all__ = ["gini", "lognormal_gini", "ownership", "ownership_gini", "ownership_sd", "top_share"]


def gini(incomes: ArrayLike) -> float:
    """Gini coefficient of a sample: mean absolute difference over twice the mean.

    G = 2 Σ i·y₍ᵢ₎ / (n Σ y) − (n + 1)/n over the sorted incomes. ValueError for negative incomes
    or if all are zero.

    >>> gini([1.0, 1.0, 1.0]), gini([0.0, 4.0])
    (0.0, 0.5)
    """
    y = finite("incomes", incomes)
    require("incomes", y.ndim, y.ndim == 1 and y.size > 0, "one axis")
    y = np.sort(y)
    require("incomes", y[0], y[0] >= 0 and y[-1] > 0, "incomes ≥ 0, not all zero")
    return _of_sorted(y / y[-1])  # relative to the richest: no sum of incomes overflows


@cached(8)
def _ranks(n: int) -> FloatArray:
    return np.arange(1.0, n + 1)


def _of_sorted(y: FloatArray) -> float:
    n = y.size
    if y[0] == y[-1]:
        return 0.0
    return float(2 * (_ranks(n) @ y) / (n * y.sum()) - (n + 1) / n)


def fast_gini(y: FloatArray) -> float:
    """:func:`gini` of incomes that are known to be positive."""
    return _of_sorted(np.sort(y))


def lognormal_gini(dispersion: ArrayLike) -> FloatArray:
    """Gini of a lognormal whose logarithm has this standard deviation s: 2Φ(s/√2) − 1 = erf(s/2).

    >>> float(lognormal_gini(0.0)), round(float(lognormal_gini(0.8)), 4)
    (0.0, 0.4284)
    """
    s = finite("dispersion", dispersion)
    require("dispersion", s, s >= 0, "a standard deviation ≥ 0")
    return np.asarray(erf(s / 2))  # no cancellation at a small s


def ownership_sd(Omega: ArrayLike) -> FloatArray:
    """Dispersion of a lognormal of which the richest tenth holds the share Ω.

    The Lorenz curve is Φ(Φ⁻¹(p) − s), so that s = Φ⁻¹(0.9) + Φ⁻¹(Ω); zero at Ω = 0.1.

    >>> float(ownership_sd(0.1)), round(float(ownership_sd(0.9)), 3)
    (0.0, 2.563)
    """
    Omega = finite("Omega", Omega)
    require("Omega", Omega, (Omega >= 0.1) & (Omega < 1), "0.1 ≤ Ω < 1")
    s = ndtri(0.9) + ndtri(Omega)
    return np.where(Omega == 0.1, 0.0, np.maximum(s, 0.0))


def ownership_gini(Omega: ArrayLike) -> FloatArray:
    """Gini of the ownership of AI, in closed form."""
    return lognormal_gini(ownership_sd(Omega))


def top_share(Omega: float, top: float) -> float:
    """The share of AI that the richest ``top`` of all owners hold.

    >>> round(top_share(0.9, 0.1), 6), round(top_share(0.9, 0.01), 2)
    (0.9, 0.59)
    """
    top = number("top", top, np.nextafter(0, 1), np.nextafter(1, 0), "0 < top < 1")
    return float(ndtr(ndtri(top) + _ownership_sd(Omega)))


def _ownership_sd(Omega: float) -> float:
    Omega = number("Omega", Omega, 0.1, np.nextafter(1, 0), "0.1 ≤ Ω < 1")
    return float(ownership_sd(Omega))


def ownership(Omega: float, n: int) -> FloatArray:
    """What each of n equal groups of owners holds, poorest first; the mean is one, exactly.

    Groups are slices of the Lorenz curve, not single quantiles: no part of the top is lost. The
    array is kept and cannot be written to. ValueError for Ω outside [0.1, 1) and for n < 1.

    >>> ownership(0.9, 10).round(2).tolist()[-2:], float(ownership(0.1, 4).max())
    ([0.57, 9.0], 1.0)
    """
    _ownership_sd(Omega)
    return _ownership(float(Omega), whole("n", n, 1, "groups"))


@cached(16)
def _ownership(Omega: float, n: int) -> FloatArray:
    border = ndtri(np.linspace(0, 1, n + 1)[1:-1]) - _ownership_sd(Omega)
    lorenz = np.concatenate([[0.0], ndtr(border), [1.0]])
    return np.ones(n) if Omega == 0.1 else n * np.diff(lorenz)
