"""The simple model: AI eats jobs, jobs feed AI, and job finding and adoption are fixed.

Ȧ/A = μH − δ,    Ḣ = α(1 − H) − (σ + ρμA)H.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from aiecon.validation import FloatArray, finite, require
from aiecon.wang_wong.common import dynamics, inside
from aiecon.wang_wong.initial_value import checked, follow
from aiecon.wang_wong.parameters import Parameters
from aiecon.wang_wong.stability import eigenvalues, is_spiral
from aiecon.wang_wong.steady_states import steady_states

__all__ = [
    "Cycle",
    "SimplePath",
    "cycle",
    "distance",
    "distance_loss",
    "employment_nullcline",
    "most_persistent",
    "region",
    "simple_path",
    "spiral_range",
]


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


def distance(capability: Any, employment: Any, params: Parameters) -> Any:
    """V = μ(H − H∞ − H∞ ln(H/H∞)) + ρμ(A − A∞ − A∞ ln(A/A∞)), zero at the steady state only.

    Lotka and Volterra's conserved quantity; in the simple model it falls along every path (see
    :func:`distance_loss`), so the some-AI steady state attracts every start with A, H > 0.

    >>> p = Parameters(alpha=0.2, mu=1.5, sigma=0.05, A_0=1.0)
    >>> round(float(distance(1.0, 0.9, p)), 3)
    0.584
    """
    state = steady_states(params, "simple").some_ai
    A, H = inside(capability, employment)
    H, A = H / state.employment, A / state.capability
    jobs = params.mu * state.employment * (H - 1 - np.log(H))
    return jobs + params.rho * params.mu * state.capability * (A - 1 - np.log(A))


def distance_loss(employment: Any, params: Parameters) -> Any:
    """−dV/dt = μα(H − H∞)²/(H·H∞) along a path of the simple model, per year.

    >>> float(distance_loss(0.5, Parameters(mu=4 * Parameters().delta))) > 0
    True
    """
    rest = steady_states(params, "simple").some_ai.employment
    H = inside(1.0, employment)[1]
    return (params.mu * params.alpha * (H - rest) ** 2 / (H * rest))[()]


@dataclass(frozen=True, eq=False)
class SimplePath:
    """A path of the simple model: ``capability(t)`` and ``employment(t)``, 0 ≤ t ≤ horizon."""

    params: Parameters
    horizon: float
    _solution: Any

    def _at(self, t: Any) -> FloatArray:
        time = finite("t", t)
        allowed = f"0 ≤ t ≤ {self.horizon:g}"
        hint = "Ask for a longer horizon."
        require("t", time, (time >= 0) & (time <= self.horizon), allowed, hint)
        return np.asarray(self._solution(time.ravel())).reshape(2, *time.shape)

    def capability(self, t: Any) -> Any:
        """A(t)."""
        return np.exp(self._at(t)[0])[()]

    def employment(self, t: Any) -> Any:
        """H(t)."""
        return self._at(t)[1][()]


def simple_path(
    params: Parameters,
    capability: float | None = None,
    employment: float | None = None,
    horizon: float = 100.0,
    tol: float = 1e-10,
) -> SimplePath:
    """The path of the simple model from A(0), H(0), which are A₀ and H₀ unless given.

    ``tol`` bounds the error of a step (see :func:`aiecon.wang_wong.initial_value.follow`). Raises
    ValueError for a start outside A > 0, 0 < H ≤ 1 or a horizon that is not a positive number, and
    RuntimeError if the path cannot be followed.

    >>> path = simple_path(Parameters(), horizon=300.0)
    >>> bool(abs(path.employment(300.0) - Parameters().delta / Parameters().mu) < 1e-6)
    True
    """
    require("params", "arrays", params.shape == (), "numbers")
    A = checked("capability", params.A_0 if capability is None else capability)
    H = checked("employment", params.H_0 if employment is None else employment, high=1.0)
    end = checked("horizon", horizon)

    def slope(t: float, state: Any) -> Any:
        return dynamics(state, params, "simple")

    return SimplePath(params, end, follow(slope, 0.0, end, [np.log(A), H], tol).sol)
