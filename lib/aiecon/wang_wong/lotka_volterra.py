"""The undamped limit: predator and prey of Lotka and Volterra, and integrators that keep a cycle.

Where hirings are in proportion to employment, not to the pool of unemployed,

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
from aiecon.wang_wong.steady_states import steady_states

__all__ = ["Method", "Orbit", "conserved", "lotka_volterra"]

MOST_STEPS = 10_000_000  # half a minute
Method = Literal["euler", "runge-kutta", "leapfrog", "midpoint"]


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
