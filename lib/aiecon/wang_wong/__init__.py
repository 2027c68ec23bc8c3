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
from aiecon.wang_wong.continuum import (
    FullPath,
    path_from,
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

__all__ = [
    "REGIMES",
    "BenchmarkPath",
    "Cycle",
    "FullPath",
    "Orbit",
    "Parameters",
    "SimplePath",
    "SteadyState",
    "SteadyStates",
    "adoption_margin",
    "benchmark_path",
    "condition_28",
    "conserved",
    "cycle",
    "distance",
    "distance_loss",
    "eigenvalues",
    "employment_nullcline",
    "error_rate",
    "exposure",
    "is_spiral",
    "jacobian",
    "job_finding_rate",
    "lotka_volterra",
    "most_persistent",
    "path_from",
    "regime",
    "region",
    "renegotiated_surplus",
    "simple_path",
    "social_threshold",
    "some_ai_gap",
    "spiral_range",
    "stable_roots",
    "steady_states",
    "switching_dates",
    "unbounded_eigenvalues",
]
