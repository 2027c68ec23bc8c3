"""Who benefits? The models of the book side by side, and instruments with balanced budgets."""

from aiecon.who_benefits.taxed_growth import TaxSchedule
from aiecon.who_benefits.transition import (
    Representative,
    TaxedPath,
    TwoAgents,
    solve_representative,
    solve_two_agents,
)

__all__ = [
    "Representative",
    "TaxSchedule",
    "TaxedPath",
    "TwoAgents",
    "solve_representative",
    "solve_two_agents",
]
