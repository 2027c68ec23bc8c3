"""Korinek & Suh (2024), Scenarios for the Transition to AGI: one module per part of the paper."""

from aiecon.korinek_suh.automation import (
    AccumulationEffects,
    AutomationEffects,
    WagePeak,
    accumulation_effects,
    automation_effects,
    wage_peak,
    wage_peak_threshold,
)
from aiecon.korinek_suh.factor_prices import (
    capital_intensity,
    factor_price_frontier,
    maximal_wage,
    unit_cost,
)
from aiecon.korinek_suh.parameters import Parameters
from aiecon.korinek_suh.production import (
    Equilibrium,
    capital_threshold,
    equilibrium,
    scarcity_threshold,
)
from aiecon.korinek_suh.tasks import (
    BoundedTasks,
    MixedTasks,
    ParetoTasks,
    TaskInputs,
    task_inputs,
)

__all__ = [
    "AccumulationEffects",
    "AutomationEffects",
    "BoundedTasks",
    "Equilibrium",
    "MixedTasks",
    "Parameters",
    "ParetoTasks",
    "TaskInputs",
    "WagePeak",
    "accumulation_effects",
    "automation_effects",
    "capital_intensity",
    "capital_threshold",
    "equilibrium",
    "factor_price_frontier",
    "maximal_wage",
    "scarcity_threshold",
    "task_inputs",
    "unit_cost",
    "wage_peak",
    "wage_peak_threshold",
]
