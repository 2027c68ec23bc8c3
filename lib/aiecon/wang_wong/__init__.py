"""Wang & Wong (2025), Artificial Intelligence and Technological Unemployment.

The paper was available only as a detailed summary; the system of equations is the reconstruction
that follows from it, and every derivation is ours. ``simple`` is the model with a fixed
job-finding rate and adoption, ``benchmark`` adds adoption decided by the surplus, and the full
model adds free entry; ``steady_states`` and ``stability`` treat all three.
"""

from aiecon.wang_wong.benchmark import (
    REGIMES,
    BenchmarkPath,
    adoption_margin,
    benchmark_path,
    condition_28,
    regime,
    renegotiated_surplus,
    social_threshold,
    switching_dates,
)
from aiecon.wang_wong.common import (
    error_rate,
    exposure,
)
from aiecon.wang_wong.computers import (
    growth_for_unemployment,
    surplus_with_growth,
    unemployment_with_growth,
)
from aiecon.wang_wong.continuum import (
    FullPath,
    indeterminate_range,
    path_from,
)
from aiecon.wang_wong.expectations import Expectations, revise_expectations
from aiecon.wang_wong.free_entry import (
    LongRun,
    highest_transfer,
    long_run,
    vacancies,
    vacancy_cost,
    wage_share,
)
from aiecon.wang_wong.identification import (
    MOMENTS,
    VARIANTS,
    Fits,
    best_fits,
    family,
    hosios,
    identified_set,
    misfit,
    moments,
    other_facts,
    profile,
    sensitivities,
)
from aiecon.wang_wong.lotka_volterra import (
    Orbit,
    conserved,
    lotka_volterra,
)
from aiecon.wang_wong.parameters import (
    Parameters,
    job_finding_rate,
)
from aiecon.wang_wong.planner import (
    Channels,
    Plan,
    PlannedRest,
    growth_when_spared,
    planned_rest,
    solve_plan,
)
from aiecon.wang_wong.simple import (
    Cycle,
    SimplePath,
    cycle,
    distance,
    distance_loss,
    employment_nullcline,
    most_persistent,
    region,
    simple_path,
    spiral_range,
)
from aiecon.wang_wong.stability import (
    eigenvalues,
    is_spiral,
    jacobian,
    stable_roots,
    unbounded_eigenvalues,
)
from aiecon.wang_wong.steady_states import (
    SteadyState,
    SteadyStates,
    some_ai_gap,
    steady_states,
)
from aiecon.wang_wong.transition import (
    Transition,
    Transitions,
    solve_transition,
    solve_transitions,
)
from aiecon.wang_wong.welfare import (
    ValueOfAI,
    consumption,
    market_output,
    value_of_ai,
    welfare,
    welfare_gain,
)

__all__ = [
    "MOMENTS",
    "REGIMES",
    "VARIANTS",
    "BenchmarkPath",
    "Channels",
    "Cycle",
    "Expectations",
    "Fits",
    "FullPath",
    "LongRun",
    "Orbit",
    "Parameters",
    "Plan",
    "PlannedRest",
    "SimplePath",
    "SteadyState",
    "SteadyStates",
    "Transition",
    "Transitions",
    "ValueOfAI",
    "adoption_margin",
    "benchmark_path",
    "best_fits",
    "condition_28",
    "conserved",
    "consumption",
    "cycle",
    "distance",
    "distance_loss",
    "eigenvalues",
    "employment_nullcline",
    "error_rate",
    "exposure",
    "family",
    "growth_for_unemployment",
    "growth_when_spared",
    "highest_transfer",
    "hosios",
    "identified_set",
    "indeterminate_range",
    "is_spiral",
    "jacobian",
    "job_finding_rate",
    "long_run",
    "lotka_volterra",
    "market_output",
    "misfit",
    "moments",
    "most_persistent",
    "other_facts",
    "path_from",
    "planned_rest",
    "profile",
    "regime",
    "region",
    "renegotiated_surplus",
    "revise_expectations",
    "sensitivities",
    "simple_path",
    "social_threshold",
    "solve_plan",
    "solve_transition",
    "solve_transitions",
    "some_ai_gap",
    "spiral_range",
    "stable_roots",
    "steady_states",
    "surplus_with_growth",
    "switching_dates",
    "unbounded_eigenvalues",
    "unemployment_with_growth",
    "vacancies",
    "vacancy_cost",
    "value_of_ai",
    "wage_share",
    "welfare",
    "welfare_gain",
]
