"""Steady states of the three models: all of them, from one equation each.

With α = α₀(s/s₀)^η, and T a transfer to every match, ṡ = 0 is at a some-AI steady state (I = 1,
H = δ/μ, ρμA = α(μ/δ − 1) − σ)

    F(s) = [r + σ + α(1 − θ)]s − (1 − b + T) − (α(μ/δ − 1) − σ)(π_A − s) = 0,

and at an unbounded-AI one (I = 0, H = α/(α + σ)), times α + σ,

    [r + σ + α(1 − θ) + εδ](α + σ)s − εμαs − (1 − b + T)(α + σ) = 0.

Both are sums of powers of s/s₀, and all zeros of such a sum can be bracketed (:func:`zeros`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.optimize.elementwise import find_root

from aiecon.validation import FloatArray, finite, require
from aiecon.wang_wong.equations import (
    Model,
    checked_model,
    jacobian,
    job_finding,
    matching_exponent,
)
from aiecon.wang_wong.parameters import Parameters

__all__ = ["Destination", "SteadyState", "SteadyStates", "eigenvalues", "highest_transfer"]
__all__ += ["indeterminate_range", "is_spiral", "long_run", "some_ai_gap", "stable_roots"]
__all__ += ["steady_states"]

Destination = Literal["some-AI", "unbounded-AI", "no-AI"]
ComplexArray = NDArray[np.complex128]

#: |ln s| is at most this, so that s and its products are floating-point numbers.
_FAR = 300.0


@dataclass(frozen=True, eq=False)
class SteadyState:
    """One kind of steady state; each field has the shape of the parameters.

    Where it does not exist, ``exists`` is False and the other fields are NaN.
    """

    exists: Any
    capability: Any  # A; ∞ where AI is unbounded
    employment: Any  # H, share of the labour force
    surplus: Any  # s, joint surplus of a match per unit of output; NaN in the simple model
    job_finding: Any  # α, per year
    growth: Any  # growth rate of capability μH − δ, per year; 0 without AI

    def branch(self, i: int) -> SteadyState:
        """The i-th along the first axis, of several steady states of one kind."""
        return SteadyState(*(getattr(self, field.name)[i] for field in fields(self)))


@dataclass(frozen=True, eq=False)
class SteadyStates:
    """The steady states of one model.

    ``some_ai`` and ``unbounded_ai`` are the ones with the smallest surplus where there are
    several; ``some_ai_all`` and ``unbounded_ai_all`` hold all of them along a first axis, by
    increasing surplus (the paper's models have up to three of a kind).
    """

    some_ai: SteadyState
    unbounded_ai: SteadyState
    no_ai: SteadyState
    some_ai_all: SteadyState
    unbounded_ai_all: SteadyState


def steady_states(params: Parameters, model: Model = "full", transfer: Any = 0.0) -> SteadyStates:
    """All steady states of the ``"simple"``, ``"benchmark"`` or ``"full"`` model.

    Some-AI: H = δ/μ, adoption (I = 1), ρμA = α(μ/δ − 1) − σ, s < π_A. Unbounded-AI: no
    adoption (I = 0), H = α/(α + σ), A growing at μH − δ > 0, s ≥ π_A finite. No-AI: A = 0, the
    labour market of Mortensen and Pissarides. α is constant but in the full model. The simple
    model has I = 1 always: it has no surplus and no unbounded-AI steady state.

    ``transfer``: T, per unit of output and year, to every match where there is AI; it broadcasts.

    >>> states = steady_states(Parameters())
    >>> round(states.some_ai.employment, 4), bool(states.unbounded_ai.exists)
    (0.7312, False)
    >>> steady_states(Parameters(theta=0.95), "benchmark").unbounded_ai.exists
    True
    """
    checked_model(model)
    given = params, model, _checked(transfer, params)
    some, unbounded, none = _some_ai(*given), _unbounded_ai(*given), _no_ai(*given)
    return SteadyStates(_first(some), _first(unbounded), _first(none), some, unbounded)


def _checked(transfer: Any, params: Parameters) -> FloatArray:
    T = finite("transfer", transfer)
    require("transfer", T, 1 - params.b + T > 0, "1 − b + transfer > 0")
    return T


def long_run(
    params: Parameters | None = None, destination: Destination = "some-AI", transfer: Any = 0.0
) -> SteadyState:
    """Where the full model can rest: with some AI, with unbounded AI, or without.

    Of several steady states of a kind the one with the smallest surplus (there can be several only
    if ξ > ½). ``transfer`` T is paid per unit of output to each match; without AI it changes
    nothing.

    >>> rest = long_run()
    >>> [round(x, 4) for x in (rest.capability / Parameters().A_0, rest.employment, rest.surplus)]
    [4.2101, 0.7312, 0.8734]
    >>> long_run(Parameters(theta=0.955), "unbounded-AI").exists
    True
    """
    p = params or Parameters()
    return _first(_all(destination, p, "full", _checked(transfer, p)))


def highest_transfer(params: Parameters | None = None) -> Any:
    """T̄ = (r + σ + α(π_A)(1−θ)) π_A − (1−b), above which no steady state with some AI exists.

    With a constant transfer T̄ to every match the surplus is π_A: firms no longer gain from putting
    AI in a worker's place.

    >>> round(float(highest_transfer()), 3)
    16.875
    """
    p = params or Parameters()
    return some_ai_gap(p.pi_A, p)


def some_ai_gap(surplus: Any, params: Parameters) -> Any:
    """F(s), zero at a some-AI steady state of the full model; its slope has the determinant's sign.

    F(s) = [r + σ + α(s)(1 − θ)]s − (1 − b) − (α(s)(μ/δ − 1) − σ)(π_A − s).

    >>> p = Parameters()
    >>> bool(abs(some_ai_gap(steady_states(p).some_ai.surplus, p)) < 1e-12)
    True
    """
    require("surplus", np.real(surplus), np.real(surplus) > 0, "surplus > 0")
    alpha = job_finding(surplus, params)
    at_risk = alpha * (params.mu / params.delta - 1) - params.sigma
    value = (params.r + params.sigma + alpha * (1 - params.theta)) * surplus - (1 - params.b)
    return value - at_risk * (params.pi_A - surplus)


# All zeros ----------------------------------------------------------------------------------------


def zeros(coefficients: Any, powers: Any, low: Any, high: Any) -> FloatArray:
    """All zeros of Σ cᵢ exp(pᵢ z) with low ≤ z ≤ high, sorted, along a first axis; NaN for none.

    ``coefficients`` and ``powers`` are sequences of n numbers or arrays. The sum over its first
    term, c₀ + Σ cᵢ exp((pᵢ − p₀)z), has a slope with one term less; between neighbouring zeros of
    that slope it is monotone, so that it has at most one zero there: n − 1 at most.

    >>> np.exp(zeros([6.0, -5.0, 1.0], [0, 1, 2], -5.0, 5.0))  # (x − 2)(x − 3) at x = exp(z)
    array([2., 3.])
    """
    n = len(coefficients)
    *terms, low, high = np.broadcast_arrays(*coefficients, *powers, low, high)
    if n == 1:
        return np.empty((0, *np.shape(low)))
    c, p = np.array(terms[:n], dtype=float), np.array(terms[n:], dtype=float)
    turns = zeros([*(c[1:] * (p[1:] - p[0]))], [*(p[1:] - p[0])], low, high)
    points = np.sort(np.stack([low, *np.where(np.isnan(turns), high, turns), high]), axis=0)

    def value(z: Any, *terms: Any) -> Any:
        """The sum over its largest power: the same zeros, and no overflow."""
        parts = list(zip(terms[:n], terms[n:], strict=True))
        largest = np.max([np.where(a == 0, -np.inf, q * z) for a, q in parts], axis=0)
        return sum(a * np.exp(np.minimum(q * z - largest, 0.0)) for a, q in parts)

    at = value(points, *c, *p)
    crossed = (at[:-1] < 0) != (at[1:] < 0)
    found = np.full(crossed.shape, np.nan)
    if crossed.any():
        terms = [np.broadcast_to(x, crossed.shape)[crossed] for x in (*c, *p)]
        bracket = points[:-1][crossed], points[1:][crossed]
        if n == 2:
            found[crossed] = np.clip(np.log(-terms[0] / terms[1]) / (terms[3] - terms[2]), *bracket)
        else:
            found[crossed] = find_root(value, bracket, args=tuple(terms)).x
    return np.sort(found, axis=0)


def _surpluses(p: Parameters, model: Model, transfer: Any, destination: Destination) -> FloatArray:
    """Zeros of F below π_A, or those of the other equation from π_A on; NaN in the simple model.

    In powers of s/π_A, so that F(π_A) has no rounding where firms get all; of s/s₀ if that is less.
    """
    shape = np.broadcast_shapes(p.shape, np.shape(transfer))
    if model == "simple":
        return np.full((1, *shape), np.nan)
    pi, eta, flow = p.pi_A, matching_exponent(p, model), 1 - p.b + transfer
    unit = np.maximum(pi, p.s_0) + np.zeros(shape)
    border = np.log(np.maximum(pi / unit, np.exp(-_FAR)))
    alpha = job_finding(unit, p, model)
    alpha = np.where(alpha < 1e100, alpha, np.nan)  # ξ near one: no zero is found
    if destination == "some-AI":
        m, low, high = p.mu / p.delta, -_FAR, border
        terms = {
            (0, 0): p.sigma * pi - flow,
            (1, 0): p.r * unit,
            (0, 1): -alpha * (m - 1) * pi,
            (1, 1): alpha * (m - p.theta) * unit,
        }
    else:
        rate, low, high = p.r + p.sigma + p.epsilon * p.delta, border, _FAR
        terms = {
            (0, 0): -flow * p.sigma,
            (1, 0): p.sigma * rate * unit,
            (0, 1): -flow * alpha,
            (1, 1): alpha * (rate + p.sigma * (1 - p.theta) - p.epsilon * p.mu) * unit,
            (1, 2): alpha**2 * (1 - p.theta) * unit,
        }
    sums: dict[Any, Any] = {}  # by power; with free entry, whose powers may be arrays, by term
    powers: dict[Any, Any] = {}
    for (of_s, of_alpha), c in terms.items():
        power = of_s + of_alpha * eta
        key = (of_s, of_alpha) if np.ndim(eta) else power
        sums[key], powers[key] = sums.get(key, 0.0) + c, power
    return np.asarray(unit * np.exp(zeros([*sums.values()], [*powers.values()], low, high)))


def _some_ai(p: Parameters, model: Model, transfer: Any) -> SteadyState:
    """All some-AI steady states, along a first axis: where somebody is displaced."""
    surplus = _surpluses(p, model, transfer, "some-AI")
    alpha = job_finding(surplus, p, model)
    at_risk = alpha * (p.mu / p.delta - 1) - p.sigma
    exists = (at_risk > 0) & (np.asarray(p.rho * p.mu) > 0)
    if model != "simple":
        exists = exists & (surplus <= p.pi_A)
    pace, learning = (np.where(exists, x, 1.0) for x in (p.rho * p.mu, p.mu))
    return _state(exists, at_risk / pace, p.delta / learning, surplus, alpha, 0.0)


def _unbounded_ai(p: Parameters, model: Model, transfer: Any) -> SteadyState:
    """All unbounded-AI steady states, along a first axis: where AI grows."""
    surplus = _surpluses(p, model, transfer, "unbounded-AI")
    alpha = job_finding(surplus, p, model)
    employment = 1 / (1 + p.sigma / alpha)
    growth = p.mu * employment - p.delta
    exists = (growth > 0) & (surplus >= p.pi_A)
    return _state(exists, np.inf, employment, surplus, alpha, growth)


def _no_ai(p: Parameters, model: Model, transfer: Any) -> SteadyState:
    there = np.ones((1, *np.broadcast_shapes(p.shape, np.shape(transfer))), dtype=bool)
    s_0 = np.nan if model == "simple" else p.s_0
    return _state(there, 0.0, p.H_0, s_0, p.alpha, 0.0)


def _all(destination: Destination, p: Parameters, model: Model, transfer: Any) -> SteadyState:
    names = get_args(Destination)
    require("destination", destination, destination in names, ", ".join(names))
    kinds = _some_ai, _unbounded_ai, _no_ai
    return kinds[names.index(destination)](p, model, transfer)


def _state(exists: Any, *values: Any) -> SteadyState:
    """NaN where the steady state does not exist, one shape for all fields; what exists first."""
    exists, *arrays = np.broadcast_arrays(exists, *values)
    order = np.argsort(~exists, axis=0, kind="stable")
    kept = (exists, *(np.where(exists, x, np.nan) for x in arrays))
    return SteadyState(*(np.take_along_axis(x, order, 0) for x in kept))


def _first(every: SteadyState) -> SteadyState:
    """The first branch, of Python numbers in place of arrays without axes."""
    state = every.branch(0)
    if np.ndim(state.exists):
        return state
    return SteadyState(*(getattr(state, field.name).item() for field in fields(state)))


# Stability ----------------------------------------------------------------------------------------


def eigenvalues(
    params: Parameters,
    model: Model = "full",
    branch: int = 0,
    destination: Destination = "some-AI",
) -> ComplexArray:
    """Eigenvalues at a steady state with AI, per year, in the last axis, by increasing real part.

    Three for the variables (ln A, H, ln s), two for (ln A, H) in the simple model; NaN where the
    steady state does not exist, or AI there exceeds the floating-point numbers (ξ near one). With
    unbounded AI the one of ln A (less its trend) is zero: its level moves neither H nor s.
    ``branch`` counts the steady states of :attr:`SteadyStates.some_ai_all`, or those of
    ``unbounded_ai_all``, by increasing surplus.

    Raises ValueError for a branch that there cannot be.

    >>> eigenvalues(Parameters(), "simple").real.round(3).tolist()
    [-2.618, -0.111]
    """
    allowed = get_args(Destination)[:2]
    require("destination", destination, destination in allowed, " or ".join(allowed))
    checked_model(model)
    every, adopts = _all(destination, params, model, 0.0), destination == "some-AI"
    require("model", model, adopts or model != "simple", "benchmark or full with unbounded AI")
    count = len(every.exists)
    require("branch", branch, 0 <= branch < count, f"0 ≤ branch < {count}")
    state = every.branch(branch)
    A = state.capability if adopts else np.zeros(params.shape)
    exists = np.asarray(state.exists & np.isfinite(np.where(state.exists, A, 0.0)))
    A, H, s = (np.where(exists, x, 0.5) for x in (A, state.employment, state.surplus))
    matrix = jacobian(A, H, s, params, model, float(adopts))
    exists = exists & np.isfinite(matrix).all(axis=(-2, -1))
    roots = _roots(np.where(exists[..., None, None], matrix, 0.0))
    order = np.lexsort((roots.imag, roots.real), axis=-1)
    roots = np.take_along_axis(roots, order, axis=-1)
    return np.where(exists[..., None], roots, complex(np.nan, np.nan))


def _roots(matrix: FloatArray) -> ComplexArray:
    """Eigenvalues. They are right to rounding in the largest; a small one, which that may exceed
    where AI is abundant, follows from the determinant, the product of all."""
    roots = np.linalg.eigvals(matrix).astype(complex)
    size = np.abs(roots)
    least = size == size.min(axis=-1, keepdims=True)
    lost = least & (size < 1e-6 * size.max(axis=-1, keepdims=True)) & (roots.imag == 0)
    others = np.prod(np.where(least, 1.0, roots), axis=-1, keepdims=True)
    exact = np.linalg.det(matrix)[..., None] / np.where(others == 0, 1.0, others)
    return np.where(lost, exact, roots)


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


def indeterminate_range(params: Parameters, points: int = 101) -> tuple[float, float]:
    """The job-finding rates without AI, α₀, between which there are two some-AI steady states and
    the first of them is locally indeterminate, all three roots being stable.

    At the upper end, σδ/(μ − δ), employment without AI is δ/μ and the first one meets A = 0; at
    the lower end the two meet in a fold. NaN for both where there is no such range, or where a
    complex pair is unstable in it. The other parameters, and s₀ with them, are those given.

    >>> p = Parameters(theta=1.0, xi=0.765, epsilon=6.0, sigma=0.05)
    >>> [round(rate, 4) for rate in indeterminate_range(replace(p, b=0.9))]
    [0.1126, 0.136]
    >>> indeterminate_range(p)  # at b = .694 a match is worth too much
    (nan, nan)
    """
    high = params.sigma * params.delta / (params.mu - params.delta)
    shares = np.geomspace(1e-6, 1.0, points)[:-1]  # how far below the upper end, dense near it
    for _ in range(3):
        trial = replace(params, alpha=high * (1 - shares))
        two = np.count_nonzero(steady_states(trial).some_ai_all.exists, axis=0) == 2
        if not two.any():
            return float("nan"), float("nan")
        last = int(np.flatnonzero(two)[-1])
        top = high * (1 - float(shares[last]))
        shares = np.linspace(shares[last], shares[min(last + 1, len(shares) - 1)], points)
    inside = replace(params, alpha=np.linspace(top, high, points)[1:-1])
    if not np.all(stable_roots(inside) == 3):
        return float("nan"), float("nan")
    return top, float(high)
