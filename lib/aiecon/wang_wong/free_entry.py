"""The full model: free entry of vacancies ties the job-finding rate to the surplus.

With Cobb–Douglas matching of elasticity ξ with respect to vacancies, a vacancy's cost κ per unit of
output and the firm's share θ of the surplus, free entry κ = f θ s gives

    α(s) = α₀ (s/s₀)^{ξ/(1−ξ)},    κ v/(1 − H) = θ s α(s),

with α₀ and s₀ at the steady state without AI. ξ = 0 is the benchmark model. The summary of the
paper gives κ = f Π/y; the closed forms and the wage are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from aiecon.validation import finite, require
from aiecon.wang_wong.common import displacement_rate, job_finding, matching_exponent
from aiecon.wang_wong.parameters import Parameters

__all__ = [
    "Destination",
    "LongRun",
    "highest_transfer",
    "long_run",
    "vacancies",
    "vacancy_cost",
    "wage_share",
]

Destination = Literal["some-AI", "unbounded-AI", "no-AI"]
HALVINGS = 200


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


@dataclass(frozen=True)
class LongRun:
    """A steady state of the full model: NaN where it does not exist.

    ``growth`` is that of A (zero with some AI); ``A`` is infinite in the unbounded equilibrium.
    """

    A: Any
    H: Any
    s: Any
    growth: Any
    exists: Any


def long_run(
    params: Parameters | None = None,
    destination: Destination = "some-AI",
    transfer: ArrayLike = 0.0,
) -> LongRun:
    """Where the economy can rest: with some AI, with unbounded AI, or without.

    some-AI : H = δ/μ and ρμA = α(s)(1−H)/H − σ, with s < π_A the root of
        (r + σ + α(1−θ)) s − (1−b+T) − ρμA (π_A − s) = 0.
        It exists if δ/μ < α(s)/(α(s)+σ) at that root.
    unbounded-AI : I = 0, H = α(s)/(α(s)+σ), (r + σ + α(1−θ) − ε(μH−δ)) s = 1−b+T; exists if
        μH > δ and s ≥ π_A.
    no-AI : s₀ and H₀, whatever the transfer is.

    ``transfer`` T is paid per unit of output to each match. Everything broadcasts. Several roots
    are possible only if ξ > ½ (see :func:`steady_states` for all of them).

    >>> rest = long_run()
    >>> [round(float(x), 4) for x in (rest.A / Parameters().A_0, rest.H, rest.s)]
    [4.2101, 0.7312, 0.8734]
    >>> bool(long_run(Parameters(theta=0.955), "unbounded-AI").exists)
    True
    """
    params = params or Parameters()
    T = finite("transfer", transfer)
    require("transfer", T, 1 - params.b + T > 0, "1 − b + transfer > 0")
    if destination == "some-AI":
        return _some_ai(params, T)
    if destination == "unbounded-AI":
        return _unbounded(params, T)
    require("destination", destination, destination == "no-AI", "some-AI, unbounded-AI or no-AI")
    zero = 0.0 * (params.s_0 + params.H_0)
    return LongRun(zero, params.H_0 + zero, params.s_0 + zero, zero, zero == 0)


def _some_ai(p: Parameters, T: Any) -> LongRun:
    shape = np.broadcast_shapes(p.shape, np.shape(T))
    mu, delta = (np.broadcast_to(x, shape).astype(float) for x in (p.mu, p.delta))
    possible = delta < mu
    H = np.where(possible, delta, 0.5) / np.where(possible, mu, 1.0)
    leaving = (1 - H) / H

    def excess(s: Any) -> Any:
        alpha = _alpha(s, p)
        value = (p.r + p.sigma + alpha * (1 - p.theta)) * s - (1 - p.b + T)
        return value - (alpha * leaving - p.sigma) * (p.pi_A - s)

    top = np.broadcast_to(p.pi_A, shape).astype(float)
    bottom = np.minimum(p.s_0, 0.5 * top) * np.ones(shape)
    for _ in range(60):
        bottom = np.where(excess(bottom) > 0, 0.5 * bottom, bottom)
    s = _bisected(excess, np.where(excess(bottom) > 0, top, bottom), top)
    displaced = _alpha(s, p) * leaving - p.sigma
    exists = possible & (excess(top) > 0) & (displaced > 0) & (p.rho * p.mu > 0)
    pace = np.where(exists, p.rho * p.mu, 1.0)
    A = np.where(exists, displaced / pace, np.nan)
    H, s = (np.where(exists, x, np.nan) for x in (H, s))
    return LongRun(A[()], H[()], s[()], np.where(exists, 0.0, np.nan)[()], exists[()])


def _unbounded(p: Parameters, T: Any) -> LongRun:
    def H_of(s: Any) -> Any:
        alpha = _alpha(s, p)
        return alpha / (alpha + p.sigma)

    def excess(s: Any) -> Any:
        rate = p.r + p.sigma + _alpha(s, p) * (1 - p.theta) - p.epsilon * (p.mu * H_of(s) - p.delta)
        return rate * s - (1 - p.b + T)

    shape = np.broadcast_shapes(p.shape, np.shape(T))
    bottom = np.broadcast_to(p.s_0, shape) * 1e-3
    top = np.broadcast_to(p.s_0, shape).astype(float)
    for _ in range(40):
        top = np.where(excess(top) < 0, 2 * top, top)
    found = excess(top) >= 0
    s = _bisected(excess, bottom, np.where(found, top, bottom))
    H = H_of(s)
    growth = p.mu * H - p.delta
    exists = found & (growth > 0) & (s >= p.pi_A)
    A, H, s, growth = (np.where(exists, x, np.nan) for x in (np.inf, H, s, growth))
    return LongRun(A[()], H[()], s[()], growth[()], exists[()])


def _alpha(s: Any, p: Parameters) -> Any:
    """α(s), kept within the floating-point numbers where s is far away or ξ near one."""
    return p.alpha * np.exp(np.clip(matching_exponent(p) * np.log(s / p.s_0), -300.0, 300.0))


def _bisected(f: Any, low: Any, high: Any) -> Any:
    """Where f changes from negative to positive between low and high, to the last digit."""
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if np.all((middle == low) | (middle == high)):
            break
        below = f(middle) < 0
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return 0.5 * (low + high)


def highest_transfer(params: Parameters | None = None) -> Any:
    """T̄ = (r + σ + α(π_A)(1−θ)) π_A − (1−b), above which no steady state with some AI exists.

    With a constant transfer T̄ to every match the surplus is π_A: firms no longer gain from putting
    AI in a worker's place.

    >>> round(float(highest_transfer()), 3)
    16.875
    """
    p = params or Parameters()
    alpha = job_finding(p.pi_A, p)
    return (p.r + p.sigma + alpha * (1 - p.theta)) * p.pi_A - (1 - p.b)
