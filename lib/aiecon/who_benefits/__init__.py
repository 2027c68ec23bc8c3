"""Who benefits? The models of the book side by side, and instruments with balanced budgets."""

from aiecon.who_benefits.instruments import (
    Laffer,
    Outcome,
    Surprise,
    chosen_rate,
    equivalent_consumption_tax,
    harvest_rate,
    instrument_table,
    laffer,
    later,
    slowed,
    surprise,
)
from aiecon.who_benefits.people import (
    DFA_2019,
    DFA_2025_ASSETS,
    FOUR,
    Ownership,
    Person,
    certainty_equivalent,
    four_people,
    gains,
    gini,
    present_value,
    wealth,
)
from aiecon.who_benefits.taxed_growth import TaxSchedule
from aiecon.who_benefits.transition import (
    Representative,
    TaxedPath,
    TwoAgents,
    solve_representative,
    solve_two_agents,
)

__all__ = [
    "DFA_2019",
    "DFA_2025_ASSETS",
    "FOUR",
    "Ownership",
    "Person",
    "Representative",
    "TaxSchedule",
    "TaxedPath",
    "TwoAgents",
    "certainty_equivalent",
    "four_people",
    "gains",
    "gini",
    "present_value",
    "solve_representative",
    "solve_two_agents",
    "wealth",
]
