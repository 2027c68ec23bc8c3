"""Acemoglu (2024), *The Simple Macroeconomics of AI*: Hulten's arithmetic."""

from aiecon.acemoglu.equations import (
    Parameters,
    cost_of_bad_tasks,
    cost_saving,
    gdp,
    impacted,
    tfp,
    tfp_with_hard_tasks,
)

__all__ = [
    "Parameters",
    "cost_of_bad_tasks",
    "cost_saving",
    "gdp",
    "impacted",
    "tfp",
    "tfp_with_hard_tasks",
]
