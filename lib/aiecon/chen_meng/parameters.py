"""The parameters of the reconstruction, all choices of ours."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from aiecon.validation import instance, number, require

__all__ = ["Parameters", "with_ratio"]

#: Least and greatest value of each field: what the theory allows, and where log points and
#: elasticities are concerned what squares in floating point (e¹⁰⁰ is no income).
RANGES = {
    "varsigma": (1e-100, 100, "0 < ς ≤ 100 log points (at least 1e-100), dispersion of ability"),
    "kappa": (1e-300, 1e300, "κ > 0 (1e-300 to 1e300), the cost of education"),
    "tau": (1e-100, 100, "0 < τ ≤ 100 log points (at least 1e-100), noise in employers' signal"),
    "eta0": (1e-250, 1e250, "η₀ > 0 (1e-250 to 1e250), productivity of commodity AI"),
    "psi": (0, 100, "0 ≤ ψ ≤ 100 log points, what education adds to human capital"),
    "theta": (0, 100, "0 ≤ θ ≤ 100, how fast the cost of education falls in ability"),
    "chi": (0, 100, "0 ≤ χ ≤ 100 log points, dispersion of tastes for education"),
    "eta1": (0, 1e250, "η₁ ≥ 0 (up to 1e250), productivity of proprietary AI"),
    "zeta": (1 + 1e-6, 1e6, "ζ > 1, so that assets have a mean (1 + 1e-6 to 1e6),"),
}


def unknown(name: str, value: object, allowed: str) -> ValueError:
    """The error for a value that is not even of the right kind."""
    return ValueError(f"{name} = {value!r} is not allowed: {allowed} is required.")


def items(value: Any) -> tuple[Any, ...] | None:
    """What a collection that is not a text holds; None for anything else."""
    try:
        return None if isinstance(value, str | bytes) else tuple(value)
    except TypeError:
        return None


@dataclass(frozen=True)
class Parameters:
    """One economy: people, schools, employers, AI and its owners.

    ValueError names a field outside the range that the theory allows.

    >>> params = Parameters()
    >>> params.ratio, round(params.weight, 3)
    (1.0, 0.1)
    >>> Parameters(xi=1.5)
    Traceback (most recent call last):
    ...
    ValueError: xi = 1.5 is not allowed: 0 ≤ ξ ≤ 1, the rent-sharing elasticity is required.
    """

    varsigma: float = 0.5  # ς, standard deviation of log ability
    psi: float = 0.4  # ψ, log points that education adds to human capital
    kappa: float = 0.33  # κ, cost of education at ability one, log points of income
    theta: float = 1.0  # θ, elasticity of that cost in ability, with a minus sign
    chi: float = 0.4  # χ, standard deviation of log tastes for education
    tau: float = 0.35  # τ, standard deviation of the noise in the employers' signal, log points
    a: float = 0.5  # share of tasks exposed to AI
    lam: float = 0.2  # λ, weight of AI in an exposed task
    eta0: float = 2.3  # η₀, productivity of commodity AI, units of human capital
    eta1: float = 2.3  # η₁, productivity of proprietary AI for each unit of assets
    zeta: float = 1.5  # ζ, Pareto tail of firms' complementary assets (small: concentrated)
    xi: float = 0.2  # ξ, elasticity of the wage with respect to revenue for each worker
    Omega: float = 0.9  # Ω, share of AI's rents that belongs to the richest tenth of owners

    def __post_init__(self) -> None:
        for field in fields(self):
            low, high, allowed = RANGES.get(field.name, (-np.inf, np.inf, ""))
            value = number(field.name, getattr(self, field.name), low, high, allowed)
            object.__setattr__(self, field.name, value)
        require("eta1", self.eta1, self.ratio <= 1e250, "η₁/η₀ ≤ 1e250")
        require("a", self.a, 0 <= self.a <= 1, "0 ≤ a ≤ 1, a share of tasks")
        require("lam", self.lam, 0 <= self.lam < 1, "0 ≤ λ < 1, the weight of AI in a task")
        require("xi", self.xi, 0 <= self.xi <= 1, "0 ≤ ξ ≤ 1, the rent-sharing elasticity")
        require("Omega", self.Omega, 0.1 <= self.Omega < 1, "0.1 ≤ Ω < 1 (0.1: equal ownership)")
        require(
            "theta",
            self.theta,
            self.theta > 0 or self.chi > 0,
            "θ > 0 or χ > 0",
            "If nothing tells people apart, all make the same choice.",
        )
        require("chi", self.chi, self.index_sd > 0, "a χ or θς that does not vanish")

    @property
    def weight(self) -> float:
        """aλ, the weight of AI in a worker's output over all tasks."""
        return self.a * self.lam

    @property
    def ratio(self) -> float:
        """η₁/η₀, proprietary over commodity AI: AI's technology structure."""
        return self.eta1 / self.eta0

    @property
    def index_sd(self) -> float:
        """Standard deviation of θ ln x + χ z, by which people rank themselves for education."""
        return float(np.hypot(self.theta * self.varsigma, self.chi))

    @property
    def sorting(self) -> float:
        """Correlation of ability with that index."""
        return self.theta * self.varsigma / self.index_sd


def with_ratio(params: Parameters, ratio: float) -> Parameters:
    """The same economy with another η₁/η₀. ValueError for a ratio that is no number ≥ 0."""
    ratio = number("ratio", ratio, 0, 1e250, "0 ≤ η₁/η₀ ≤ 1e250")
    return replace(params, eta1=ratio * instance("params", params, Parameters).eta0)
