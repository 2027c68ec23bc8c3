"""Steady states of the three models: closed forms where there are, otherwise all zeros.

In the full model a some-AI steady state is a zero of

    F(s) = [r + σ + α(s)(1 − θ)]s − (1 − b) − (α(s)(μ/δ − 1) − σ)(π_A − s),

and an unbounded-AI one a zero of

    h(ln s) = r + σ + α(s)(1 − θ) − ε(μα(s)/(α(s) + σ) − δ) − (1 − b)/s.

With α(s) a power of s the derivative of each, times a positive factor, turns at points that are
known in turn; so every zero lies between two known points, and all of them are found.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from aiecon.validation import FloatArray, require
from aiecon.wang_wong.brackets import sorted_points, zeros_between
from aiecon.wang_wong.common import Model, checked_model, job_finding, matching_exponent
from aiecon.wang_wong.parameters import Parameters

__all__ = ["SteadyState", "SteadyStates", "some_ai_gap", "steady_states"]

#: ln s and ln α stay within ± this, so that no product leaves the floating-point numbers.
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
        return SteadyState(*(values[i] for values in self._values))

    @property
    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, field.name) for field in fields(self))


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


def steady_states(params: Parameters, model: Model = "full") -> SteadyStates:
    """All steady states of the ``"simple"``, ``"benchmark"`` or ``"full"`` model.

    Some-AI: H = δ/μ, adoption (I = 1), ρμA = α(μ/δ − 1) − σ, s < π_A. Unbounded-AI: no
    adoption (I = 0), H = α/(α + σ), A growing at μH − δ > 0, s ≥ π_A finite. No-AI: A = 0, the
    labour market of Mortensen and Pissarides. α is constant but in the full model. The simple
    model has I = 1 always: it has no surplus and no unbounded-AI steady state.

    >>> states = steady_states(Parameters())
    >>> round(states.some_ai.employment, 4), bool(states.unbounded_ai.exists)
    (0.7312, False)
    >>> steady_states(Parameters(theta=0.95), "benchmark").unbounded_ai.exists
    True
    """
    checked_model(model)
    shape = params.shape
    alpha, H_0, s_0 = (np.broadcast_to(x, shape) for x in (params.alpha, params.H_0, params.s_0))
    if model == "full":
        some = _some_ai(params, np.exp(_some_ai_logs(params)))
        unbounded = _unbounded_ai(params, np.exp(_unbounded_ai_logs(params)))
    else:
        some = _some_ai_fixed(params, adopts=None if model == "simple" else params.pi_A > s_0)
        unbounded = _unbounded_ai_fixed(params, model)
    bare = np.zeros(shape)
    surplus = np.full(shape, np.nan) if model == "simple" else s_0
    none = _state(np.ones(shape, dtype=bool), bare, H_0, surplus, alpha, bare)
    return SteadyStates(
        _plain(some.branch(0)), _plain(unbounded.branch(0)), _plain(none), some, unbounded
    )


def _state(exists: Any, *values: Any) -> SteadyState:
    """NaN where the steady state does not exist, one shape for all fields."""
    exists, *arrays = np.broadcast_arrays(exists, *values)
    return SteadyState(exists, *(np.where(exists, x, np.nan) for x in arrays))


def _plain(state: SteadyState) -> SteadyState:
    """Python numbers in place of arrays without axes."""
    if np.ndim(state.exists):
        return state
    exists, *values = state._values
    return SteadyState(bool(exists), *(float(value) for value in values))


def _learning_ratio(params: Parameters) -> FloatArray:
    """m = μ/δ; a some-AI steady state needs m > 1."""
    return np.broadcast_to(np.asarray(params.mu / params.delta), params.shape)


# α fixed: closed forms ----------------------------------------------------------------------------


def _some_ai_fixed(params: Parameters, adopts: Any) -> SteadyState:
    m = _learning_ratio(params)
    at_risk = params.alpha * (m - 1) - params.sigma
    possible = (at_risk > 0) & (np.asarray(params.rho) > 0)
    safe = np.where(possible, at_risk, 1.0)
    capability = safe / np.where(possible, params.rho * params.mu, 1.0)
    employment = 1 / np.where(possible, m, 1.0)
    if adopts is None:
        surplus = np.full(params.shape, np.nan)
    else:
        discount = params.r + params.sigma + params.alpha * (1 - params.theta)
        surplus = (1 - params.b + safe * params.pi_A) / (discount + safe)
        possible = possible & adopts
    state = _state(possible, capability, employment, surplus, params.alpha, 0.0)
    return _stacked(state)


def _unbounded_ai_fixed(params: Parameters, model: Model) -> SteadyState:
    growth = params.mu * params.H_0 - params.delta
    discount = params.r + params.sigma + params.alpha * (1 - params.theta) - params.epsilon * growth
    finite = (np.asarray(growth) > 0) & (np.asarray(discount) > 0) & (model != "simple")
    surplus = (1 - params.b) / np.where(finite, discount, 1.0)
    exists = finite & (surplus >= params.pi_A)
    exists = np.broadcast_to(exists, params.shape)
    return _stacked(_state(exists, np.inf, params.H_0, surplus, params.alpha, growth))


def _stacked(state: SteadyState) -> SteadyState:
    """One steady state along a first axis of length one."""
    return SteadyState(*(np.asarray(values)[None] for values in state._values))


# Free entry: all zeros ----------------------------------------------------------------------------


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


def _spread(params: Parameters, *values: Any) -> list[FloatArray]:
    return [np.broadcast_to(np.asarray(x, dtype=float), params.shape) for x in values]


def _alpha(z: Any, eta: Any, alpha_0: Any, z_0: Any) -> Any:
    return alpha_0 * np.exp(np.clip(eta * (z - z_0), -_FAR, _FAR))


def _log_surplus_at(alpha: FloatArray, eta: FloatArray, alpha_0: Any, z_0: Any) -> FloatArray:
    """ln s at which the job-finding rate is ``alpha`` (∓ far away where α does not move)."""
    logs = np.log(alpha / alpha_0)
    near = np.abs(logs) < 2 * _FAR * eta
    steps = np.where(near, logs / np.where(near, eta, 1.0), 2 * _FAR * np.sign(logs))
    return np.asarray(np.clip(z_0 + steps, -_FAR, _FAR))


def _some_ai_logs(params: Parameters) -> FloatArray:
    """ln s of all some-AI steady states, sorted, along a first axis of three; NaN for none."""
    m, eta, z_0, alpha_0, r, sigma, theta, b, pi = _spread(
        params,
        _learning_ratio(params),
        matching_exponent(params),
        np.log(params.s_0),
        params.alpha,
        params.r,
        params.sigma,
        params.theta,
        params.b,
        params.pi_A,
    )
    possible = (m > 1) & (np.broadcast_to(params.rho, params.shape) > 0) & (pi > 0)
    m, pi = np.where(possible, m, 2.0), np.where(pi > 0, pi, 1.0)
    arguments = [m, eta, z_0, alpha_0, r, sigma, theta, b, pi]

    def gap(z: Any, m: Any, eta: Any, z_0: Any, alpha_0: Any, *rest: Any) -> Any:
        r, sigma, theta, b, pi = rest
        s, alpha = np.exp(z), _alpha(z, eta, alpha_0, z_0)
        value = (r + sigma + alpha * (1 - theta)) * s - (1 - b)
        return value - (alpha * (m - 1) - sigma) * (pi - s)

    def slope(z: Any, m: Any, eta: Any, z_0: Any, alpha_0: Any, *rest: Any) -> Any:
        """(dF/d ln s)/α."""
        r, _, theta, _, pi = rest
        s, alpha = np.exp(z), _alpha(z, eta, alpha_0, z_0)
        return r * s / alpha + (m - theta) * (1 + eta) * s - (m - 1) * pi * eta

    high = np.log(pi)
    low = np.minimum(_log_surplus_at(sigma / (m - 1), eta, alpha_0, z_0), high)
    # (dF/d ln s)/α has one turning point, where α = (η − 1)r/((m − θ)(1 + η)), if η > 1.
    bends = eta > 1
    turn = np.where(bends, eta - 1, 1.0) * r / ((m - theta) * (1 + eta))
    bend = np.where(bends, _log_surplus_at(turn, eta, alpha_0, z_0), np.nan)
    turns = zeros_between(slope, sorted_points(low, high, bend), arguments)
    zeros = zeros_between(gap, sorted_points(low, high, *turns), arguments)
    return np.sort(np.where(possible, zeros, np.nan), axis=0)


def _some_ai(params: Parameters, surplus: FloatArray) -> SteadyState:
    exists = ~np.isnan(surplus)
    s = np.where(exists, surplus, params.s_0)
    alpha, m = job_finding(s, params), np.where(exists, _learning_ratio(params), 1.0)
    at_risk = alpha * (m - 1) - params.sigma
    capability = at_risk / np.where(exists, params.rho * params.mu, 1.0)
    return _state(exists, capability, 1 / m, s, alpha, 0.0)


def _unbounded_ai_logs(params: Parameters) -> FloatArray:
    """ln s ≥ ln π_A of all unbounded-AI candidates, sorted, along a first axis; NaN for none."""
    eta, z_0, alpha_0, r, sigma, theta, b, pi, mu, eps, delta = _spread(
        params,
        matching_exponent(params),
        np.log(params.s_0),
        params.alpha,
        params.r,
        params.sigma,
        params.theta,
        params.b,
        params.pi_A,
        params.mu,
        params.epsilon,
        params.delta,
    )
    arguments = [eta, z_0, alpha_0, r, sigma, theta, b, mu, eps, delta]

    def gap(z: Any, eta: Any, z_0: Any, alpha_0: Any, r: Any, sigma: Any, *rest: Any) -> Any:
        theta, b, mu, eps, delta = rest
        alpha = _alpha(z, eta, alpha_0, z_0)
        growth = eps * (mu * alpha / (alpha + sigma) - delta)
        return r + sigma + alpha * (1 - theta) - growth - (1 - b) * np.exp(-z)

    def slope(z: Any, eta: Any, z_0: Any, alpha_0: Any, r: Any, sigma: Any, *rest: Any) -> Any:
        """(dh/d ln s)/α."""
        theta, b, mu, eps, _ = rest
        alpha = _alpha(z, eta, alpha_0, z_0)
        bent = eta * (1 - theta - eps * mu * sigma / (alpha + sigma) ** 2)
        return bent + (1 - b) * np.exp(-z) / alpha

    def bend(z: Any, eta: Any, z_0: Any, alpha_0: Any, r: Any, sigma: Any, *rest: Any) -> Any:
        """d/d ln s of the former, times sα."""
        _, b, mu, eps, _ = rest
        alpha = _alpha(z, eta, alpha_0, z_0)
        share = alpha / (alpha + sigma)
        rise = 2 * eta**2 * eps * mu * sigma * share**2 * np.exp(z) / (alpha + sigma)
        return rise - (1 + eta) * (1 - b)

    low = np.where(pi > 0, np.log(np.where(pi > 0, pi, 1.0)), -_FAR)
    # Where α(1 − θ) exceeds what growth can take away there is no zero beyond.
    bound = (eps * mu + (1 - b) * np.exp(-low)) / np.where(theta < 1, 1 - theta, 1.0)
    bounded = (theta < 1) & (bound > 0)
    last = _log_surplus_at(np.where(bounded, bound, 1.0), eta, alpha_0, z_0)
    high = np.maximum(low, np.where(bounded, last, np.minimum(_FAR, z_0 + _FAR / (1 + eta))))
    # sα²/(α + σ)³ turns where α/(α + σ) = (2η + 1)/(3η), if η > 1.
    turns_back = eta > 1
    top = sigma * (2 * eta + 1) / np.where(turns_back, eta - 1, 1.0)
    peak = np.where(turns_back, _log_surplus_at(top, eta, alpha_0, z_0), np.nan)
    bends = zeros_between(bend, sorted_points(low, high, peak), arguments)
    turns = zeros_between(slope, sorted_points(low, high, *bends), arguments)
    zeros = zeros_between(gap, sorted_points(low, high, *turns), arguments)
    return np.sort(zeros, axis=0)


def _unbounded_ai(params: Parameters, surplus: FloatArray) -> SteadyState:
    found = ~np.isnan(surplus)
    s = np.where(found, surplus, params.s_0)
    alpha = job_finding(s, params)
    employment = alpha / (alpha + params.sigma)
    growth = params.mu * employment - params.delta
    state = _state(found & (growth > 0), np.inf, employment, s, alpha, growth)
    # What exists comes first, in the order of the surplus.
    order = np.argsort(~state.exists, axis=0, kind="stable")
    return SteadyState(*(np.take_along_axis(values, order, 0) for values in state._values))
