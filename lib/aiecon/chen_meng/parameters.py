"""The parameters of the reconstruction, all choices of ours."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from aiecon.validation import finite, require

__all__ = ["Parameters"]

#: Beyond this, shares of tasks and weights of AI leave floating point no room.
_POSITIVE = {
    "varsigma": "ς > 0, the dispersion of ability",
    "kappa": "κ > 0, the cost of education",
    "tau": "τ > 0, the noise in the employers' signal",
    "eta0": "η₀ > 0, productivity of commodity AI",
}
_NOT_NEGATIVE = {
    "psi": "ψ ≥ 0, what education adds to log human capital",
    "theta": "θ ≥ 0, how fast the cost of education falls in ability",
    "chi": "χ ≥ 0, dispersion of tastes for education",
    "eta1": "η₁ ≥ 0, productivity of proprietary AI",
}


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
            value = finite(field.name, getattr(self, field.name))
            require(field.name, value, value.ndim == 0, "one number")
            object.__setattr__(self, field.name, float(value))
        for name, allowed in _POSITIVE.items():
            require(name, getattr(self, name), getattr(self, name) > 0, allowed)
        for name, allowed in _NOT_NEGATIVE.items():
            require(name, getattr(self, name), getattr(self, name) >= 0, allowed)
        require("a", self.a, 0 <= self.a <= 1, "0 ≤ a ≤ 1, a share of tasks")
        require("lam", self.lam, 0 <= self.lam < 1, "0 ≤ λ < 1, the weight of AI in a task")
        require("zeta", self.zeta, self.zeta > 1, "ζ > 1, so that assets have a mean")
        require("xi", self.xi, 0 <= self.xi <= 1, "0 ≤ ξ ≤ 1, the rent-sharing elasticity")
        require("Omega", self.Omega, 0.1 <= self.Omega < 1, "0.1 ≤ Ω < 1 (0.1: equal ownership)")
        require(
            "theta",
            self.theta,
            self.theta > 0 or self.chi > 0,
            "θ > 0 or χ > 0",
            "If nothing tells people apart, all make the same choice.",
        )

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
