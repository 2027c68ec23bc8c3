"""What Korinek & Suh (2024) print, and the computations that check it, one module per part."""

from exhibits.korinek_suh.claims import (
    automation,
    compute,
    earnings,
    factor_prices,
    fixed_factor,
    nostalgic_jobs,
    race,
    race_bounds,
    race_long_run,
    research,
    scenarios,
    skills,
    tasks,
)
from exhibits.ledger import Claim

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (
    *tasks.CLAIMS,
    *factor_prices.CLAIMS,
    *automation.CLAIMS,
    *earnings.CLAIMS,
    *fixed_factor.CLAIMS,
    *nostalgic_jobs.CLAIMS,
    *race.CLAIMS,
    *race_bounds.CLAIMS,
    *race_long_run.CLAIMS,
    *scenarios.CLAIMS,
    *skills.CLAIMS,
    *compute.CLAIMS,
    *research.CLAIMS,
)
