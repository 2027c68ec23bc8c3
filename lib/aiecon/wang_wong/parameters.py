"""The parameters of Wang & Wong (2025), with the calibration that the book uses.

The summary we have reports the AI side (μ, δ, ρ, ε, φ) and unemployment without AI, not the level
of AI at the start, A₀, nor the labour market (σ, θ, b, ξ). Everything that it reports is relative
to the start, where only the product ρμA₀ enters. Our defaults are a reference point by a rule:
A₀ = 1/μ, so that workers first meet AI at the rate ρ; s and A∞ as printed; Hosios (θ = ξ); and the
σ at which the reported transition is met best. The chapter on free entry maps the whole set.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from aiecon.validation import broadcast, finite, require

__all__ = ["Parameters", "error_rate", "exposure", "job_finding_rate"]


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


def job_finding_rate(sigma: Any, unemployment: Any = 0.05) -> Any:
    """α = σ(1 − u)/u, the job-finding rate that keeps unemployment at u without AI.

    ``sigma`` (per year) and ``unemployment`` (a share) broadcast. With u = 5%, α = 19σ.

    >>> round(float(job_finding_rate(0.05)), 4)
    0.95
    """
    separation, u = finite("sigma", sigma), finite("unemployment", unemployment)
    require("sigma", separation, separation > 0, "sigma > 0")
    require("unemployment", u, (u > 0) & (u < 1), "0 < unemployment < 1")
    return (separation * (1 - u) / u)[()]


@dataclass(frozen=True)
class Parameters:
    """AI, production and the labour market. Rates are per year.

    The first five fields and u₀ = 5% (through α = 19σ) are reported; r follows from an interest of
    5% a year; A₀, σ, θ, b, ξ are our reference point. Each field is a number or an array; arrays
    must broadcast against each other, and then every result has their common shape (that is how a
    map is drawn). A record of numbers can be hashed and compared, one with arrays cannot.

    α is the job-finding rate: constant in the simple and the benchmark model; in the full model
    the rate at the no-AI steady state, α₀, from which free entry moves it.

    Raises ValueError for a value outside the admissible set, naming it.

    >>> p = Parameters()
    >>> round(p.pi_A, 3), round(p.H_0, 2), round(p.alpha / p.sigma, 6)
    (1.949, 0.95, 19.0)
    >>> Parameters(mu=-1)
    Traceback (most recent call last):
    ...
    ValueError: mu = -1.0 is not allowed: mu ≥ 0 is required.
    """

    mu: Any = 0.632  # μ, AI's learning rate per employed worker
    delta: Any = float(np.log(2) / 1.5)  # δ, AI's error (decay) rate: a half-life of 1.5 years
    rho: Any = 0.618  # ρ, exposure: the share of AI's learning that turns into displacement
    epsilon: Any = 1.069  # ε, elasticity of labour productivity y = (A/A₀)^ε with respect to AI
    phi: Any = 0.0043  # φ, cost of an AI replacement per unit of output
    r: Any = float(np.log(1.05))  # r, interest rate
    A_0: Any = 1 / 0.632  # A₀ = 1/μ, AI's capability when it arrives: workers meet it at the rate ρ
    alpha: Any = 1.995  # α, job-finding rate without AI: 19σ, so that unemployment is 5%
    sigma: Any = 0.105  # σ, separation rate (reference point)
    theta: Any = 0.5381  # θ, the firm's share of the surplus (reference point)
    b: Any = 0.6938  # b, home production per unit of output (reference point)
    xi: Any = 0.5381  # ξ, elasticity of matches with respect to vacancies (reference point)

    def __post_init__(self) -> None:
        given = {
            field.name: finite(field.name, getattr(self, field.name)) for field in fields(self)
        }
        broadcast(**given)
        for name, value in given.items():
            object.__setattr__(self, name, float(value) if value.ndim == 0 else value)
        for name in ("mu", "rho", "epsilon"):
            require(name, given[name], given[name] >= 0, f"{name} ≥ 0")
        for name in ("delta", "r", "A_0", "alpha", "sigma"):
            require(name, given[name], given[name] > 0, f"{name} > 0")
        for name in ("phi", "theta"):
            require(name, given[name], (given[name] >= 0) & (given[name] <= 1), f"0 ≤ {name} ≤ 1")
        for name in ("b", "xi"):
            require(name, given[name], (given[name] >= 0) & (given[name] < 1), f"0 ≤ {name} < 1")

    @property
    def shape(self) -> tuple[int, ...]:
        """The common shape of the fields, () for numbers."""
        return np.broadcast_shapes(*(np.shape(getattr(self, f.name)) for f in fields(self)))

    def __getitem__(self, which: Any) -> Parameters:
        """Those of several economies that stand at ``which``: an index, a slice or a mask.

        >>> Parameters(theta=np.array([0.4, 0.5, 0.6]))[1].theta
        0.5
        """
        every = (np.broadcast_to(getattr(self, f.name), self.shape)[which] for f in fields(self))
        return Parameters(*every)

    @property
    def beside(self) -> Parameters:
        """The economies as a column, so that they broadcast with a row of dates."""
        return self[..., None] if self.shape else self

    @property
    def pi_A(self) -> Any:
        """π_A = (1 − φ)/(r + δ), the present value of an AI replacement per unit of output."""
        return (1 - self.phi) / (self.r + self.delta)

    @property
    def H_0(self) -> Any:
        """H₀ = α/(α + σ), employment without AI (the labour force is 1)."""
        return self.alpha / (self.alpha + self.sigma)

    @property
    def s_0(self) -> Any:
        """s₀ = (1 − b)/(r + σ + α(1 − θ)), the surplus per unit of output without AI."""
        return (1 - self.b) / (self.r + self.sigma + self.alpha * (1 - self.theta))
