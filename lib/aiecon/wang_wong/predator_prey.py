"""The simple model: AI eats jobs, jobs feed AI, and job finding and adoption are fixed.

    Ȧ/A = μH − δ,    Ḣ = α(1 − H) − (σ + ρμA)H.

Its undamped limit is the predator and prey of Lotka and Volterra: where hirings are in proportion
to employment, not to the pool of unemployed,

    Ȧ/A = μH − δ,    Ḣ/H = g − ρμA,

and V = μH − δ ln H + ρμA − g ln A never changes. With g = ρμA∞ the steady state is the one of the
simple model. In (x, y) = (ln A, ln H) this is a Hamiltonian system, ẋ = ∂V/∂y, ẏ = −∂V/∂x.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from aiecon.validation import FloatArray, finite, require
from aiecon.wang_wong.initial_value import checked
from aiecon.wang_wong.parameters import Parameters
from aiecon.wang_wong.steady_states import eigenvalues, is_spiral, steady_states

__all__ = ["Cycle", "Method", "Orbit", "conserved", "cycle", "distance", "distance_loss"]
__all__ += ["employment_nullcline", "lotka_volterra", "most_persistent", "region", "spiral_range"]

MOST_STEPS = 10_000_000  # half a minute
Method = Literal["euler", "runge-kutta", "leapfrog", "midpoint"]


def employment_nullcline(capability: Any, params: Parameters) -> Any:
    """H = α/(α + σ + ρμA), where employment stands still; AI stands still where H = δ/μ.

    >>> round(float(employment_nullcline(0.0, Parameters())), 2)
    0.95
    """
    A = finite("capability", capability)
    require("capability", A, A >= 0, "capability ≥ 0")
    return (params.alpha / (params.alpha + params.sigma + params.rho * params.mu * A))[()]


def spiral_range(params: Parameters) -> tuple[Any, Any]:
    """The learning rates μ between which paths spiral: μα = 2δ²(1 ± √(1 − (α + σ)/δ)).

    NaN for both where α + σ ≥ δ: then workers find jobs too fast for a spiral at any μ.

    >>> low, high = spiral_range(Parameters(alpha=0.2, sigma=0.05))
    >>> round(low, 3), round(high, 3)
    (0.689, 3.582)
    """
    slack = np.asarray(1 - (params.alpha + params.sigma) / params.delta, dtype=float)
    root = np.where(slack > 0, np.sqrt(np.maximum(slack, 0.0)), np.nan)
    low, high = (2 * params.delta**2 / params.alpha * (1 + sign * root) for sign in (-1, 1))
    return (low, high) if np.ndim(low) else (float(low), float(high))


def region(params: Parameters) -> Any:
    """0 where there is no some-AI steady state, 1 where it is a node, 2 where it is a spiral.

    >>> region(Parameters(alpha=0.2, sigma=0.05, mu=np.array([0.5, 0.6, 1.5, 4.0]))).tolist()
    [0, 1, 2, 1]
    """
    exists = steady_states(params, "simple").some_ai.exists
    turns = is_spiral(params, "simple")
    kind = np.where(exists, 1 + np.asarray(turns, dtype=int), 0)
    return kind if kind.ndim else int(kind)


def most_persistent(params: Parameters) -> tuple[Any, Any]:
    """The learning rate at which a turn leaves most of the distance, and the share that it leaves.

    μ = 2δ(α + σ)/α, where AI halves employment, H∞ = H₀/2; exp(−2π√((α + σ)/(δ − α − σ))) is left.
    NaN for both where α + σ ≥ δ.

    >>> mu, left = most_persistent(Parameters(alpha=0.05, sigma=0.05))
    >>> round(mu, 3), round(left, 3)
    (1.848, 0.037)
    """
    slack = np.asarray(params.delta - params.alpha - params.sigma, dtype=float)
    some = slack > 0
    ratio = (params.alpha + params.sigma) / np.where(some, slack, 1.0)
    mu = np.where(some, 2 * params.delta / params.H_0, np.nan)
    left = np.where(some, np.exp(-2 * np.pi * np.sqrt(ratio)), np.nan)
    return (mu, left) if np.ndim(left) else (float(mu), float(left))


@dataclass(frozen=True)
class Cycle:
    """How paths near the some-AI steady state turn and fade."""

    period: Any  # years for one turn, ∞ at a node
    half_life: Any  # years in which the distance halves, by the slower root
    shrinkage: Any  # the distance after one turn over the distance before, 0 at a node


def cycle(params: Parameters) -> Cycle:
    """Period 2π/|Im λ|, half-life ln 2/|Re λ| and shrinkage per turn of the simple model.

    In a spiral Re λ = −αμ/(2δ) and |Im λ|² = αμ − δ(α + σ) − (αμ/(2δ))². NaN where there is no
    some-AI steady state.

    >>> c = cycle(Parameters(alpha=0.1, mu=1.5, sigma=0.05))
    >>> round(c.period, 1), round(c.half_life, 1)
    (27.0, 4.3)
    """
    roots = eigenvalues(params, "simple")
    slow, frequency = roots.real.max(axis=-1), np.abs(roots.imag).max(axis=-1)
    turns = frequency > 0
    period = 2 * np.pi / np.where(turns, frequency, 1.0)
    half_life = np.log(2) / -slow
    shrinkage = np.where(turns, np.exp(np.where(turns, slow * period, 0.0)), 0.0)
    period = np.where(np.isnan(slow), np.nan, np.where(turns, period, np.inf))
    shrinkage = np.where(np.isnan(slow), np.nan, shrinkage)
    values = (period, half_life, shrinkage)
    return Cycle(*(values if np.ndim(slow) else map(float, values)))


def _inside(capability: Any, employment: Any) -> tuple[Any, Any]:
    """A > 0 and 0 < H ≤ 1 as arrays, or a ValueError; of complex steps the real part counts."""
    A, H = (np.asarray(x) for x in (capability, employment))
    real_A, real_H = finite("capability", A.real), finite("employment", H.real)
    require("capability", real_A, real_A > 0, "capability > 0")
    require("employment", real_H, (real_H > 0) & (real_H <= 1), "0 < employment ≤ 1")
    return A, H


def distance(capability: Any, employment: Any, params: Parameters) -> Any:
    """V = μ(H − H∞ − H∞ ln(H/H∞)) + ρμ(A − A∞ − A∞ ln(A/A∞)), zero at the steady state only.

    Lotka and Volterra's conserved quantity; in the simple model it falls along every path (see
    :func:`distance_loss`), so the some-AI steady state attracts every start with A, H > 0.

    >>> p = Parameters(alpha=0.2, mu=1.5, sigma=0.05, A_0=1.0)
    >>> round(float(distance(1.0, 0.9, p)), 3)
    0.584
    """
    state = steady_states(params, "simple").some_ai
    A, H = _inside(capability, employment)
    H, A = H / state.employment, A / state.capability
    jobs = params.mu * state.employment * (H - 1 - np.log(H))
    return jobs + params.rho * params.mu * state.capability * (A - 1 - np.log(A))


def distance_loss(employment: Any, params: Parameters) -> Any:
    """−dV/dt = μα(H − H∞)²/(H·H∞) along a path of the simple model, per year.

    >>> float(distance_loss(0.5, Parameters(mu=4 * Parameters().delta))) > 0
    True
    """
    rest = steady_states(params, "simple").some_ai.employment
    H = _inside(1.0, employment)[1]
    return (params.mu * params.alpha * (H - rest) ** 2 / (H * rest))[()]


# Without damping ----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Orbit:
    """Points on a path: times, A and H, and the quantity V that an exact path keeps."""

    time: FloatArray
    capability: FloatArray
    employment: FloatArray
    conserved: FloatArray


def conserved(capability: Any, employment: Any, params: Parameters) -> Any:
    """V = μH − δ ln H + ρμA − g ln A with g = ρμA∞, constant on paths without damping.

    >>> p = Parameters(alpha=0.2, mu=1.5, sigma=0.05, A_0=1.0)
    >>> round(float(conserved(1.0, 0.9, p)), 4)
    2.3257
    """
    g = _growth(params)
    capability, employment = finite("capability", capability), finite("employment", employment)
    for name, value in (("capability", capability), ("employment", employment)):
        require(name, value, value > 0, f"{name} > 0")
    jobs = params.mu * employment - params.delta * np.log(employment)
    return (jobs + params.rho * params.mu * capability - g * np.log(capability))[()]


def lotka_volterra(
    params: Parameters,
    capability: float,
    employment: float,
    years: float,
    step: float = 0.1,
    method: Method = "midpoint",
) -> Orbit:
    """The undamped path from (A, H), in equal steps of ``step`` years, rounded to fit ``years``.

    ``"euler"`` and ``"runge-kutta"`` (the classical fourth-order one) let V drift; ``"leapfrog"``
    (Störmer and Verlet) and ``"midpoint"`` (the implicit rule, solved by Newton steps to rounding)
    are symplectic: of second order only, but their error in V stays bounded for as long as one
    likes.

    Raises ValueError for an unknown method, a start that is not positive, or parameters without a
    some-AI steady state; RuntimeError where a Newton iteration does not settle.

    >>> p = Parameters(alpha=0.2, mu=1.5, sigma=0.05, A_0=1.0)
    >>> for method in ("runge-kutta", "midpoint"):  # means over the last and the first century
    ...     V = lotka_volterra(p, 1.0, 0.6, 1000.0, 1.0, method).conserved
    ...     print(f"{method}: V moves by {abs(V[-100:].mean() - V[:100].mean()):.3f}")
    runge-kutta: V moves by 0.082
    midpoint: V moves by 0.000
    """
    if method not in get_args(Method):
        allowed = ", ".join(get_args(Method))
        raise ValueError(f"method = {method!r} is not allowed: one of {allowed} is required.")
    capability, employment = checked("capability", capability), checked("employment", employment)
    step, years = checked("step", step), checked("years", years)
    require("years", years, years / step <= MOST_STEPS, f"years/step ≤ {MOST_STEPS:,}")
    g = _growth(params)

    def x_dot(y: float) -> float:
        return float(params.mu * np.exp(y) - params.delta)

    def y_dot(x: float) -> float:
        return float(g - params.rho * params.mu * np.exp(x))

    count = max(1, round(years / step))
    h = years / count
    advance = _STEPS[method]
    points = np.empty((2, count + 1))
    x, y = float(np.log(capability)), float(np.log(employment))
    points[:, 0] = x, y
    for i in range(1, count + 1):
        x, y = advance(x, y, h, x_dot, y_dot)
        points[:, i] = x, y
    A, H = np.exp(points)
    return Orbit(np.linspace(0.0, years, count + 1), A, H, conserved(A, H, params))


def _growth(params: Parameters) -> float:
    state = steady_states(params, "simple").some_ai
    hint = "Lower delta, or raise mu or alpha."
    require("delta", params.delta, state.exists, "delta/mu < alpha/(alpha + sigma)", hint)
    return float(params.rho * params.mu * state.capability)


Slope = Callable[[float], float]


def _euler(x: float, y: float, h: float, x_dot: Slope, y_dot: Slope) -> tuple[float, float]:
    return x + h * x_dot(y), y + h * y_dot(x)


def _runge_kutta(x: float, y: float, h: float, x_dot: Slope, y_dot: Slope) -> tuple[float, float]:
    a, b = x_dot(y), y_dot(x)
    c, d = x_dot(y + h / 2 * b), y_dot(x + h / 2 * a)
    e, f = x_dot(y + h / 2 * d), y_dot(x + h / 2 * c)
    k, m = x_dot(y + h * f), y_dot(x + h * e)
    return x + h / 6 * (a + 2 * c + 2 * e + k), y + h / 6 * (b + 2 * d + 2 * f + m)


def _leapfrog(x: float, y: float, h: float, x_dot: Slope, y_dot: Slope) -> tuple[float, float]:
    half = y + h / 2 * y_dot(x)
    there = x + h * x_dot(half)
    return there, half + h / 2 * y_dot(there)


def _midpoint(x: float, y: float, h: float, x_dot: Slope, y_dot: Slope) -> tuple[float, float]:
    """Both slopes at the middle of the step: v = y + (h/2)ẏ(u), u = x + (h/2)ẋ(v)."""
    u = x + h / 2 * x_dot(y)
    for _ in range(50):
        v = y + h / 2 * y_dot(u)
        gap = u - x - h / 2 * x_dot(v)
        # Either slope is an exponential and a constant: its derivative is what the constant leaves.
        steep, bent = x_dot(v) - x_dot(-np.inf), y_dot(u) - y_dot(-np.inf)
        move = gap / (1 - h**2 / 4 * steep * bent)
        u -= move
        if abs(move) < 1e-14 * (1 + abs(u)):
            return 2 * u - x, 2 * (y + h / 2 * y_dot(u)) - y
    raise RuntimeError("the implicit midpoint rule did not settle; take a smaller step")


_STEPS: dict[str, Callable[..., tuple[float, float]]] = {
    "euler": _euler,
    "runge-kutta": _runge_kutta,
    "leapfrog": _leapfrog,
    "midpoint": _midpoint,
}
