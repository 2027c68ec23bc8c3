"""Free entry of vacancies, the wage, and the counterfactual of computers.

With Cobb–Douglas matching of elasticity ξ with respect to vacancies, a vacancy's cost κ per unit of
output and the firm's share θ of the surplus, free entry κ = f θ s gives

    α(s) = α₀ (s/s₀)^{ξ/(1−ξ)},    κ v/(1 − H) = θ s α(s),

with α₀ and s₀ at the steady state without AI. ξ = 0 is the benchmark model. The summary of the
paper gives κ = f Π/y; the closed forms and the wage are ours.

Computers: productivity grows at a rate g that nobody's employment drives, and no machine takes a
worker's place (ρ = 0, μ = 0). Then s = (1−b)/(r + σ + α(s)(1−θ) − g) and u = σ/(σ + α(s)), the
capitalisation effect of growth in Mortensen and Pissarides. The summary reports −.16 percentage
points and not the growth of the experiment.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.validation import finite, require
from aiecon.wang_wong.equations import displacement_rate, job_finding, matching_exponent
from aiecon.wang_wong.parameters import Parameters
from aiecon.wang_wong.steady_states import zeros

__all__ = ["growth_for_unemployment", "surplus_with_growth", "unemployment_with_growth"]
__all__ += ["vacancies", "vacancy_cost", "wage_share"]


def _positive(name: str, value: ArrayLike) -> Any:
    x = finite(name, value)
    require(name, x, x > 0, f"{name} > 0")
    return x


def vacancies(s: ArrayLike, H: ArrayLike, params: Parameters) -> Any:
    """v/v₀ = (1−H)/(1−H₀) (α s)/(α₀ s₀): vacancies over those without AI.

    (α/α₀)^{1/ξ} = (α s)/(α₀ s₀) by free entry.

    >>> p = Parameters()
    >>> round(float(vacancies(p.s_0, p.H_0, p)), 12)
    1.0
    """
    s, H = _positive("s", s), finite("H", H)
    require("H", H, (H >= 0) & (H <= 1), "0 ≤ H ≤ 1")
    seekers = (1 - H) / (1 - params.H_0)
    return (seekers * job_finding(s, params) * s / (params.alpha * params.s_0))[()]


def vacancy_cost(alpha: ArrayLike, params: Parameters) -> Any:
    """c(α) = κ v/(1−H) = θ s₀ α₀ (α/α₀)^{1/ξ} per job seeker and unit of output.

    A convex cost of making seekers find jobs at the rate α; at ξ = 0 they find them at α₀ and not
    faster, and the cost is zero.
    """
    alpha = _positive("alpha", alpha)
    scale = params.theta * params.s_0 * params.alpha
    return (scale * (alpha / params.alpha) ** (1 / params.xi))[()]


def wage_share(s: ArrayLike, A: ArrayLike, I: ArrayLike, params: Parameters) -> Any:
    """w/y = b + (1−θ)[(1−b) + ρμA·I·π_A + θ α(s) s]: the wage over the output of a match.

    From the firm's part of the surplus, θ s, whose return is 1 − w/y + ρμA·I(π_A − θ s) − σθ s. The
    worker bargains over the joint surplus, which holds the prospect of π_A, so that the wage can
    exceed output. Ours: how the paper divides π_A is not in the summary.
    """
    s, A, I = _positive("s", s), finite("A", A), finite("I", I)
    require("A", A, A >= 0, "A ≥ 0")
    require("I", I, (I == 0) | (I == 1), "0 or 1")
    displaced = displacement_rate(A, params) * I
    flow = (1 - params.b) + displaced * params.pi_A + params.theta * job_finding(s, params) * s
    return (params.b + (1 - params.theta) * flow)[()]


# Computers ----------------------------------------------------------------------------------------


def surplus_with_growth(growth: ArrayLike, params: Parameters | None = None) -> Any:
    """s at exogenous growth g per year: the root of (r + σ + α(s)(1−θ) − g) s = 1−b.

    The left side rises in s wherever it is positive, so there is one root; ValueError for growth
    at or above r + σ where the worker has no share (θ = 1) and there is none.

    >>> p = Parameters()
    >>> bool(np.isclose(surplus_with_growth(0.0, p), p.s_0))
    True
    """
    p, g = params or Parameters(), finite("growth", growth)
    require("growth", g, (1 - p.theta > 0) | (g < p.r + p.sigma), "growth < r + sigma if theta = 1")
    eta = matching_exponent(p)
    terms = [p.b - 1, (p.r + p.sigma - g) * p.s_0, p.alpha * (1 - p.theta) * p.s_0]  # 1, s, αs
    return (p.s_0 * np.exp(zeros(terms, [0, 1, 1 + eta], -200.0, 200.0)[0]))[()]


def unemployment_with_growth(growth: ArrayLike, params: Parameters | None = None) -> Any:
    """u = σ/(σ + α(s)) at exogenous growth g.

    >>> round(float(unemployment_with_growth(0.02)), 4)
    0.0495
    """
    p = params or Parameters()
    return (p.sigma / (p.sigma + job_finding(surplus_with_growth(growth, p), p)))[()]


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
