"""What the three models share: the law of motion, matching, and the calibration of the AI side."""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np

from aiecon.validation import FloatArray, finite, require
from aiecon.wang_wong.parameters import Parameters

__all__ = [
    "Model",
    "capability_growth",
    "checked_model",
    "displacement_rate",
    "dynamics",
    "employment_change",
    "error_rate",
    "exposure",
    "inside",
    "job_finding",
    "matching_exponent",
    "surplus_growth",
]

Model = Literal["simple", "benchmark", "full"]


def checked_model(model: str) -> str:
    """The name of a model, or a ValueError that lists the three."""
    if model not in get_args(Model):
        raise ValueError(
            f"model = {model!r} is not allowed: simple, benchmark or full is required."
        )
    return model


def inside(capability: Any, employment: Any) -> tuple[Any, Any]:
    """A > 0 and 0 < H ≤ 1 as arrays, or a ValueError; of complex steps the real part is looked at.

    >>> inside(1.0, 1.2)
    Traceback (most recent call last):
    ...
    ValueError: employment = 1.2 is not allowed: 0 < employment ≤ 1 is required.
    """
    A, H = (np.asarray(x) for x in (capability, employment))
    real_A, real_H = finite("capability", A.real), finite("employment", H.real)
    require("capability", real_A, real_A > 0, "capability > 0")
    require("employment", real_H, (real_H > 0) & (real_H <= 1), "0 < employment ≤ 1")
    return A, H


def exposure(suitability: Any = 3.47, lowest: float = 1.0, highest: float = 5.0) -> Any:
    """ρ from an index of suitability for machine learning: its place on its own scale.

    The mean over 964 occupations is 3.47 on a scale from 1 to 5 (Brynjolfsson, Mitchell and Rock
    2018, as the summary reports it).

    >>> float(exposure())
    0.6175
    """
    index = finite("suitability", suitability)
    allowed = f"{lowest:g} ≤ suitability ≤ {highest:g}"
    require("suitability", index, (index >= lowest) & (index <= highest), allowed)
    return ((index - lowest) / (highest - lowest))[()]


def error_rate(half_life: Any = 1.5) -> Any:
    """δ = ln 2 / half-life, per year: what is not relearned loses half its worth in ``half_life``.

    >>> round(float(error_rate()), 4)
    0.4621
    """
    years = finite("half_life", half_life)
    require("half_life", years, years > 0, "half_life > 0")
    return (np.log(2) / years)[()]


def matching_exponent(params: Parameters) -> Any:
    """η = ξ/(1 − ξ): by how many per cent job finding rises with a surplus larger by one."""
    return params.xi / (1 - params.xi)


def job_finding(surplus: Any, params: Parameters) -> Any:
    """α(s) = α₀ (s/s₀)^η with η = ξ/(1 − ξ), the job-finding rate under free entry.

    κ = fθs with Cobb–Douglas matching; α₀ and s₀ are those of the no-AI steady state. Written for
    real or complex ``surplus`` > 0, which broadcasts with the parameters.

    >>> round(float(job_finding(Parameters().s_0, Parameters())), 6)
    1.995
    """
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
) -> Any:
    """ṡ/s = r + σ + α(1 − θ) + ρμA·I − ε(μH − δ) − (1 − b + ρμA·I·π_A)/s, per year.

    s is the joint surplus of a match per unit of output; an adopter exchanges it for π_A at the
    rate ρμA. ε(μH − δ) is the growth of output per worker.
    """
    at_risk = displacement_rate(capability, params) * adoption
    discount = params.r + params.sigma + alpha * (1 - params.theta) + at_risk
    growth = params.epsilon * capability_growth(employment, params)
    return discount - growth - (1 - params.b + at_risk * params.pi_A) / surplus


def dynamics(
    state: Any, params: Parameters, model: Model = "full", adoption: Any = 1.0
) -> FloatArray:
    """d(ln A, H, ln s)/dt; in the simple model d(ln A, H)/dt. Per year.

    ``state`` has the variables along its first axis, real or complex (a complex step of 1e-30
    gives derivatives without rounding). ``adoption`` is I: 1 where AI takes the place of workers,
    0 where it does not; the simple model has I = 1.

    >>> p = Parameters()
    >>> still = np.array([np.log(0.3), p.delta / p.mu])  # employment at which AI stands still
    >>> float(abs(dynamics(still, p, "simple")[0]))
    0.0
    """
    checked_model(model)
    capability, employment = np.exp(state[0]), state[1]
    growth = capability_growth(employment, params)
    if model == "simple":
        change = employment_change(capability, employment, params.alpha, params, adoption)
        return np.stack(np.broadcast_arrays(growth, change))
    surplus = np.exp(state[2])
    alpha = job_finding(surplus, params) if model == "full" else params.alpha
    change = employment_change(capability, employment, alpha, params, adoption)
    gain = surplus_growth(capability, employment, surplus, alpha, params, adoption)
    return np.stack(np.broadcast_arrays(growth, change, gain))
