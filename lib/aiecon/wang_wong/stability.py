"""Jacobians, eigenvalues and determinacy of the three models at their steady states."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aiecon.validation import FloatArray, finite, require
from aiecon.wang_wong.common import (
    Model,
    checked_model,
    displacement_rate,
    job_finding,
    matching_exponent,
)
from aiecon.wang_wong.parameters import Parameters
from aiecon.wang_wong.steady_states import SteadyState, steady_states

__all__ = ["eigenvalues", "is_spiral", "jacobian", "stable_roots", "unbounded_eigenvalues"]

ComplexArray = NDArray[np.complex128]


def jacobian(
    capability: Any,
    employment: Any,
    surplus: Any,
    params: Parameters,
    model: Model = "full",
    adoption: Any = 1.0,
) -> FloatArray:
    """Derivatives of d(ln A, H, ln s)/dt with respect to (ln A, H, ln s); 2 × 2 if ``"simple"``.

    With a = ρμA·I, α = α(s) and η = ξ/(1 − ξ) in the full model, η = 0 in the benchmark::

        [ 0              μ              0                            ]
        [ −aH            −(α + σ + a)   αη(1 − H)                    ]
        [ a(1 − π_A/s)   −εμ            αη(1 − θ) + (1 − b + aπ_A)/s ]

    The matrix stands in the last two axes, the broadcast shape of all arguments before them.
    ``surplus`` is not used in the simple model. ValueError for A < 0, s ≤ 0 or H outside [0, 1].

    >>> p = Parameters()
    >>> jacobian(1.0, 0.95, None, p, "simple").round(3).tolist()
    [[0.0, 0.632], [-0.371, -2.491]]
    """
    simple = checked_model(model) == "simple"
    A, H = finite("capability", capability), finite("employment", employment)
    require("capability", A, A >= 0, "capability ≥ 0")
    require("employment", H, (H >= 0) & (H <= 1), "0 ≤ employment ≤ 1")
    s = np.asarray(1.0) if simple else finite("surplus", surplus)
    require("surplus", s, s > 0, "surplus > 0")
    a = displacement_rate(A, params) * adoption
    alpha = job_finding(s, params) if model == "full" else params.alpha
    pull = alpha * matching_exponent(params) if model == "full" else 0.0
    rows = [
        [0.0, params.mu, 0.0],
        [-a * H, -(alpha + params.sigma + a), pull * (1 - H)],
        [
            a * (1 - params.pi_A / s),
            -params.epsilon * params.mu,
            pull * (1 - params.theta) + (1 - params.b + a * params.pi_A) / s,
        ],
    ]
    size = 2 if simple else 3
    entries = [entry for row in rows[:size] for entry in row[:size]]
    spread = np.broadcast_arrays(*entries, np.zeros(params.shape), H)[: size * size]
    matrix = np.stack([np.asarray(entry, dtype=float) for entry in spread], axis=-1)
    return matrix.reshape(*matrix.shape[:-1], size, size)


def eigenvalues(params: Parameters, model: Model = "full", branch: int = 0) -> ComplexArray:
    """Eigenvalues at a some-AI steady state, per year, in the last axis, by increasing real part.

    Three for the variables (ln A, H, ln s), two for (ln A, H) in the simple model; NaN where the
    steady state does not exist, or AI there exceeds the floating-point numbers (ξ near one).
    ``branch`` counts the steady states of :attr:`SteadyStates.some_ai_all` by increasing surplus.

    Raises ValueError for a branch that there cannot be.

    >>> eigenvalues(Parameters(), "simple").real.round(3).tolist()
    [-2.618, -0.111]
    """
    state = _branch(params, model, branch)
    exists = np.asarray(state.exists) & np.isfinite(state.capability)
    A, H, s = (
        np.where(exists, x, 0.5) for x in (state.capability, state.employment, state.surplus)
    )
    return _sorted(jacobian(A, H, s, params, model), exists)


def unbounded_eigenvalues(
    params: Parameters, model: Model = "full", branch: int = 0
) -> ComplexArray:
    """Eigenvalues at an unbounded-AI steady state for (H, ln s), per year; NaN where it is not.

    A grows for ever there and, with I = 0, moves neither H nor s.

    >>> roots = unbounded_eigenvalues(Parameters(theta=0.95), "benchmark")
    >>> (roots.real > 0).tolist()
    [False, True]
    """
    if checked_model(model) == "simple":
        raise ValueError("model = 'simple' is not allowed: it has no unbounded-AI steady state.")
    every = steady_states(params, model).unbounded_ai_all
    if not 0 <= branch < len(every.exists):
        allowed = f"0 ≤ branch < {len(every.exists)}"
        raise ValueError(f"branch = {branch} is not allowed: {allowed} is required.")
    state = every.branch(branch)
    exists = np.asarray(state.exists)
    H, s = np.where(exists, state.employment, 0.5), np.where(exists, state.surplus, 0.5)
    matrix = jacobian(0.0, H, s, params, model, adoption=0.0)[..., 1:, 1:]
    return _sorted(matrix, exists)


def is_spiral(params: Parameters, model: Model = "full", branch: int = 0) -> Any:
    """Whether paths turn around the some-AI steady state: it exists and has a complex pair.

    In the simple model this is the paper's condition μα < 4δ²(1 − δ(α + σ)/(μα)).

    >>> is_spiral(Parameters(alpha=0.2, mu=1.5), "simple"), is_spiral(Parameters(), "simple")
    (True, False)
    """
    roots = eigenvalues(params, model, branch)
    if model == "simple":  # the discriminant is exact where two real roots nearly meet
        found = np.asarray(steady_states(params, model).some_ai.exists)
        product = np.where(found, params.mu * params.alpha, 1.0)
        inside = 4 * params.delta**2 * (1 - params.delta * (params.alpha + params.sigma) / product)
        turns = found & (product < inside)
    else:
        turns = np.any(roots.imag != 0, axis=-1) & ~np.isnan(roots[..., 0])
    return turns if np.ndim(turns) else bool(turns)


def stable_roots(params: Parameters, model: Model = "full", branch: int = 0) -> Any:
    """The number of eigenvalues with a negative real part; −1 where there is no steady state.

    A and H are given at the start, s is not: two stable roots make one path to the steady state
    (a saddle), three a continuum (local indeterminacy), fewer none from most starts.

    >>> stable_roots(Parameters()), stable_roots(Parameters(), "benchmark")
    (2, 2)
    """
    roots = eigenvalues(params, model, branch)
    count = np.where(np.isnan(roots[..., 0]), -1, np.count_nonzero(roots.real < 0, axis=-1))
    return count if count.ndim else int(count)


def _branch(params: Parameters, model: Model, branch: int) -> SteadyState:
    every = steady_states(params, model).some_ai_all
    if not 0 <= branch < len(every.exists):
        raise ValueError(
            f"branch = {branch} is not allowed: 0 ≤ branch < {len(every.exists)} is required."
        )
    return every.branch(branch)


def _sorted(matrix: FloatArray, exists: Any) -> ComplexArray:
    exists = exists & np.isfinite(matrix).all(axis=(-2, -1))
    roots = np.linalg.eigvals(np.where(exists[..., None, None], matrix, 0.0)).astype(complex)
    order = np.lexsort((roots.imag, roots.real), axis=-1)
    roots = np.take_along_axis(roots, order, axis=-1)
    return np.where(np.asarray(exists)[..., None], roots, complex(np.nan, np.nan))
