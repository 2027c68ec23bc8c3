"""The counterfactual of computers: productivity grows by itself, and nobody is replaced.

With output per worker growing at a rate g that nobody's employment drives and no machine that takes
a worker's place (ρ = 0, μ = 0), the surplus of a match is

    s = (1−b)/(r + σ + α(s)(1−θ) − g),

and unemployment is u = σ/(σ + α(s)): the capitalisation effect of growth in Mortensen and
Pissarides. The summary reports −.16 percentage points and not the growth of the experiment.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.validation import finite, require
from aiecon.wang_wong.parameters import Parameters

__all__ = ["growth_for_unemployment", "surplus_with_growth", "unemployment_with_growth"]


def surplus_with_growth(growth: ArrayLike, params: Parameters | None = None) -> Any:
    """s at exogenous growth g per year: the root of (r + σ + α(s)(1−θ) − g) s = 1−b.

    The left side, over s^{…}, rises in s wherever it is positive, so there is one root; ValueError
    for growth at or above r + σ where the worker has no share (θ = 1) and there is none.

    >>> p = Parameters()
    >>> bool(np.isclose(surplus_with_growth(0.0, p), p.s_0))
    True
    """
    p = params or Parameters()
    g = finite("growth", growth)
    share = (1 - p.theta) * p.alpha
    require("growth", g, (share > 0) | (g < p.r + p.sigma), "growth < r + sigma if theta = 1")
    power = p.xi / (1 - p.xi)
    low, high = np.broadcast_arrays(-200.0 + 0 * g + 0 * share, 200.0 + 0 * g + 0 * share)
    for _ in range(80):  # in ln(s/s₀): (r + σ − g) + share·(s/s₀)^power − (1−b)/s rises
        z = 0.5 * (low + high)
        exponent = np.minimum(power * z, 600.0)
        rises = p.r + p.sigma - g + share * np.exp(exponent) - (1 - p.b) / p.s_0 * np.exp(-z)
        low, high = np.where(rises < 0, z, low), np.where(rises < 0, high, z)
    return (p.s_0 * np.exp(0.5 * (low + high)))[()]


def unemployment_with_growth(growth: ArrayLike, params: Parameters | None = None) -> Any:
    """u = σ/(σ + α(s)) at exogenous growth g.

    >>> round(float(unemployment_with_growth(0.02)), 4)
    0.0495
    """
    p = params or Parameters()
    s = surplus_with_growth(growth, p)
    alpha = p.alpha * (s / p.s_0) ** (p.xi / (1 - p.xi))
    return (p.sigma / (p.sigma + alpha))[()]


def growth_for_unemployment(u: ArrayLike, params: Parameters | None = None) -> Any:
    """The growth g at which unemployment is u, in closed form: s from α, then g from s.

    >>> p = Parameters()
    >>> g = growth_for_unemployment(0.05 - 0.0016, p)
    >>> bool(np.isclose(unemployment_with_growth(g, p), 0.0484)), round(float(g), 4)
    (True, 0.0632)
    """
    p = params or Parameters()
    share = finite("u", u)
    require("u", share, (share > 0) & (share < 1), "0 < u < 1")
    require("xi", p.xi, np.asarray(p.xi) > 0, "xi > 0", "With ξ = 0 unemployment does not move.")
    alpha = p.sigma * (1 - share) / share
    s = p.s_0 * (alpha / p.alpha) ** ((1 - p.xi) / p.xi)
    return (p.r + p.sigma + alpha * (1 - p.theta) - (1 - p.b) / s)[()]
