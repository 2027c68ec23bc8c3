"""Korinek & Suh (2024), Scenarios for the Transition to AGI: one module per part of the paper."""

from aiecon.korinek_suh.parameters import Parameters
from aiecon.korinek_suh.production import (
    Equilibrium,
    capital_threshold,
    equilibrium,
    scarcity_threshold,
)

__all__ = [
    "Equilibrium",
    "Parameters",
    "capital_threshold",
    "equilibrium",
    "scarcity_threshold",
]
