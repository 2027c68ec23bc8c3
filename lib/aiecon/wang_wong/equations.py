"""The system of motion, once as the paper would write it and once as the solvers need it.

The three models are one: the full model has free entry, the benchmark model is the case ξ = 0, in
which job finding is fixed, and the simple model is the benchmark with I = 1 and without a surplus.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np

from aiecon.validation import FloatArray, finite, require
from aiecon.wang_wong.parameters import Parameters

__all__ = ["Model", "capability_growth", "displacement_rate", "dynamics", "employment_change"]
__all__ += ["jacobian", "job_finding", "motion", "surplus_growth"]

Model = Literal["simple", "benchmark", "full"]


def motion(A: Any, H: Any, s: Any, I: Any, p: Parameters) -> tuple[Any, Any, Any]:
    """Ȧ, Ḣ and ṡ, a year, at adoption I = 0 or 1."""
    alpha = p.alpha * (s / p.s_0) ** (p.xi / (1 - p.xi))  # job finding
    a = p.rho * p.mu * A * I  # displacement
    R = p.r + p.sigma + alpha * (1 - p.theta)  # discounting of a match
    g = p.epsilon * (p.mu * H - p.delta)  # growth of its output
    A_dot = (p.mu * H - p.delta) * A
    H_dot = alpha * (1 - H) - (p.sigma + a) * H
    s_dot = (R + a - g) * s - (1 - p.b) - a * p.pi_A
    return A_dot, H_dot, s_dot


# The same in ln A, H and ln s ---------------------------------------------------------------------


def checked_model(model: str) -> str:
    """The name of a model, or a ValueError that lists the three."""
    require("model", repr(model), model in get_args(Model), "simple, benchmark or full")
    return model


def matching_exponent(params: Parameters, model: Model = "full") -> Any:
    """η = ξ/(1 − ξ): by how many per cent job finding rises with a surplus larger by one."""
    return params.xi / (1 - params.xi) if model == "full" else 0.0


def job_finding(surplus: Any, params: Parameters, model: Model = "full") -> Any:
    """α(s) = α₀ (s/s₀)^η with η = ξ/(1 − ξ), the job-finding rate under free entry.

    κ = fθs with Cobb–Douglas matching; α₀ and s₀ are those of the no-AI steady state. Written for
    real or complex ``surplus`` > 0, which broadcasts with the parameters. Fixed at α₀ unless
    ``model`` is ``"full"``.

    >>> round(float(job_finding(Parameters().s_0, Parameters())), 6)
    1.995
    """
    if model != "full":
        return params.alpha
    with np.errstate(over="ignore"):  # ξ near one: ∞, which callers see
        return params.alpha * np.power(surplus / params.s_0, matching_exponent(params))


def displacement_rate(capability: Any, params: Parameters) -> Any:
    """ρμA, the rate at which AI can take a worker's place, per year."""
    return params.rho * params.mu * capability


def capability_growth(employment: Any, params: Parameters) -> Any:
    """Ȧ/A = μH − δ, per year: AI learns from those who work, and decays."""
    return params.mu * employment - params.delta


def employment_change(
    capability: Any, employment: Any, alpha: Any, params: Parameters, adoption: Any = 1.0
) -> Any:
    """Ḣ = α(1 − H) − (σ + ρμA·I)H, per year."""
    leave = params.sigma + displacement_rate(capability, params) * adoption
    return alpha * (1 - employment) - leave * employment


def surplus_growth(
    capability: Any,
    employment: Any,
    surplus: Any,
    alpha: Any,
    params: Parameters,
    adoption: Any = 1.0,
    transfer: Any = 0.0,
) -> Any:
    """ṡ/s = r + σ + α(1 − θ) + ρμA·I − ε(μH − δ) − (1 − b + T + ρμA·I·π_A)/s, per year.

    s is the joint surplus of a match per unit of output; an adopter exchanges it for π_A at the
    rate ρμA. ε(μH − δ) is the growth of output per worker, T a transfer to every match.
    """
    at_risk = displacement_rate(capability, params) * adoption
    discount = params.r + params.sigma + alpha * (1 - params.theta) + at_risk
    growth = params.epsilon * capability_growth(employment, params)
    return discount - growth - (1 - params.b + transfer + at_risk * params.pi_A) / surplus


def dynamics(
    state: Any,
    params: Parameters,
    model: Model = "full",
    adoption: Any = 1.0,
    transfer: Any = 0.0,
) -> FloatArray:
    """d(ln A, H, ln s)/dt; in the simple model d(ln A, H)/dt. Per year.

    :func:`motion` for solvers. ``state`` has the variables along its first axis, real or complex (a
    complex step of 1e-30 gives derivatives without rounding). ``adoption`` is I: 1 where AI takes
    the place of workers, 0 where it does not; the simple model has I = 1.

    >>> p = Parameters()
    >>> still = np.array([np.log(0.3), p.delta / p.mu])  # employment at which AI stands still
    >>> float(abs(dynamics(still, p, "simple")[0]))
    0.0
    """
    checked_model(model)
    A, H = np.exp(state[0]), state[1]
    s = None if model == "simple" else np.exp(state[2])
    alpha = job_finding(s, params, model)
    change = [capability_growth(H, params), employment_change(A, H, alpha, params, adoption)]
    if model != "simple":
        change.append(surplus_growth(A, H, s, alpha, params, adoption, transfer))
    return np.stack(np.broadcast_arrays(*change))


def partials(
    capability: Any,
    employment: Any,
    surplus: Any,
    params: Parameters,
    model: Model = "full",
    adoption: Any = 1.0,
    transfer: Any = 0.0,
) -> list[list[Any]]:
    """The rows of :func:`jacobian`, for any numbers."""
    alpha, eta = job_finding(surplus, params, model), matching_exponent(params, model)
    a = displacement_rate(capability, params) * adoption
    income = (1 - params.b + transfer + a * params.pi_A) / surplus
    return [
        [0.0, params.mu, 0.0],
        [-a * employment, -(alpha + params.sigma + a), alpha * eta * (1 - employment)],
        [
            a * (1 - params.pi_A / surplus),
            -params.epsilon * params.mu,
            alpha * eta * (1 - params.theta) + income,
        ],
    ]


def jacobian(
    capability: Any,
    employment: Any,
    surplus: Any,
    params: Parameters,
    model: Model = "full",
    adoption: Any = 1.0,
    transfer: Any = 0.0,
) -> FloatArray:
    """Derivatives of d(ln A, H, ln s)/dt with respect to (ln A, H, ln s); 2 × 2 if ``"simple"``.

    With a = ρμA·I, and η = ξ/(1 − ξ) in the full model, η = 0 in the others::

        [ 0              μ              0                                ]
        [ −aH            −(α + σ + a)   αη(1 − H)                        ]
        [ a(1 − π_A/s)   −εμ            αη(1 − θ) + (1 − b + T + aπ_A)/s ]

    The matrix stands in the last two axes, the broadcast shape of all arguments before them.
    ``surplus`` is not used in the simple model. ValueError for A < 0, s ≤ 0 or H outside [0, 1].

    >>> p = Parameters()
    >>> jacobian(1.0, 0.95, None, p, "simple").round(3).tolist()
    [[0.0, 0.632], [-0.371, -2.491]]
    """
    size = 2 if checked_model(model) == "simple" else 3
    A, H = finite("capability", capability), finite("employment", employment)
    require("capability", A, A >= 0, "capability ≥ 0")
    require("employment", H, (H >= 0) & (H <= 1), "0 ≤ employment ≤ 1")
    s = np.asarray(1.0) if size == 2 else finite("surplus", surplus)
    require("surplus", s, s > 0, "surplus > 0")
    rows = partials(A, H, s, params, model, adoption, transfer)
    entries = [entry for row in rows[:size] for entry in row[:size]]
    spread = np.broadcast_arrays(*entries, np.zeros(params.shape))[: size * size]
    matrix = np.stack([np.asarray(entry, dtype=float) for entry in spread], axis=-1)
    return matrix.reshape(*matrix.shape[:-1], size, size)
