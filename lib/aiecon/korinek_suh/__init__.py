"""Korinek & Suh (2024), Scenarios for the Transition to AGI: one module per part of the paper."""

from aiecon.korinek_suh.dynamics.automation_paths import (
    AutomationPath,
    Bounded,
    BusinessAsUsual,
    Mixed,
)
from aiecon.korinek_suh.dynamics.constant_saving import SavingPath, constant_saving
from aiecon.korinek_suh.dynamics.long_run import (
    LongRun,
    balancing_saving_rate,
    long_run,
    long_run_saving_rate,
    region_2_growth,
)
from aiecon.korinek_suh.dynamics.many_transitions import Transitions, solve_transitions
from aiecon.korinek_suh.dynamics.transition import RegionChange, Transition, solve_transition
from aiecon.korinek_suh.extensions.fixed_factor import (
    FixedFactor,
    FixedFactorEquilibrium,
    FixedFactorSteadyState,
    FixedFactorWagePeak,
    fixed_factor_automation_effect,
    fixed_factor_equilibrium,
    fixed_factor_steady_state,
    fixed_factor_wage_peak,
    least_fixed_factor,
)
from aiecon.korinek_suh.extensions.fixed_factor_search import (
    Calibration,
    DatedPaths,
    calibrate_dates,
    largest_fixed_factor,
    paths_entering_at,
)
from aiecon.korinek_suh.extensions.fixed_factor_transition import (
    FixedFactorTransition,
    solve_fixed_factor_transition,
)
from aiecon.korinek_suh.extensions.nostalgic_jobs import (
    HeldBack,
    solve_policy,
    wage_maximising_policy,
    wage_maximising_rate,
)
from aiecon.korinek_suh.extensions.nostalgic_welfare import (
    PolicyFrontier,
    best_rate_for_workers,
    compensating_share,
    hand_to_mouth,
    policy_frontier,
)
from aiecon.korinek_suh.parameters import Parameters
from aiecon.korinek_suh.statics.automation import (
    AccumulationEffects,
    AutomationEffects,
    WagePeak,
    accumulation_effects,
    automation_effects,
    wage_peak,
    wage_peak_threshold,
)
from aiecon.korinek_suh.statics.bounds import Bounds, capital_upper_bound, transition_bounds
from aiecon.korinek_suh.statics.factor_prices import (
    capital_intensity,
    factor_price_frontier,
    maximal_wage,
    unit_cost,
)
from aiecon.korinek_suh.statics.production import (
    Equilibrium,
    capital_threshold,
    equilibrium,
    scarcity_threshold,
)
from aiecon.korinek_suh.statics.tasks import (
    BoundedTasks,
    MixedTasks,
    ParetoTasks,
    TaskInputs,
    task_inputs,
)

__all__ = [
    "AccumulationEffects",
    "AutomationEffects",
    "AutomationPath",
    "Bounded",
    "BoundedTasks",
    "Bounds",
    "BusinessAsUsual",
    "Calibration",
    "DatedPaths",
    "Equilibrium",
    "FixedFactor",
    "FixedFactorEquilibrium",
    "FixedFactorSteadyState",
    "FixedFactorTransition",
    "FixedFactorWagePeak",
    "HeldBack",
    "LongRun",
    "Mixed",
    "MixedTasks",
    "Parameters",
    "ParetoTasks",
    "PolicyFrontier",
    "RegionChange",
    "SavingPath",
    "TaskInputs",
    "Transition",
    "Transitions",
    "WagePeak",
    "accumulation_effects",
    "automation_effects",
    "balancing_saving_rate",
    "best_rate_for_workers",
    "calibrate_dates",
    "capital_intensity",
    "capital_threshold",
    "capital_upper_bound",
    "compensating_share",
    "constant_saving",
    "equilibrium",
    "factor_price_frontier",
    "fixed_factor_automation_effect",
    "fixed_factor_equilibrium",
    "fixed_factor_steady_state",
    "fixed_factor_wage_peak",
    "hand_to_mouth",
    "largest_fixed_factor",
    "least_fixed_factor",
    "long_run",
    "long_run_saving_rate",
    "maximal_wage",
    "paths_entering_at",
    "policy_frontier",
    "region_2_growth",
    "scarcity_threshold",
    "solve_fixed_factor_transition",
    "solve_policy",
    "solve_transition",
    "solve_transitions",
    "task_inputs",
    "transition_bounds",
    "unit_cost",
    "wage_maximising_policy",
    "wage_maximising_rate",
    "wage_peak",
    "wage_peak_threshold",
]
