"""Chen & Meng (2026), When AI Levels the Playing Field: a stylised reconstruction of the mechanism.

Neither the equations nor the tables of the paper were available. Every function here belongs to a
reconstruction, from the paper's abstract and a press summary, of the mechanism that they describe;
no number is the paper's. People, schools and screening are in ``population`` and ``schooling``,
firms and rents in ``firms``, incomes and their Gini coefficients in ``economy``, ``inequality`` and
``decomposition``, the border between the regimes in ``boundary``; targets and estimation in
``moments`` and ``msm``, simulated data in ``power``, and what takes minutes in ``results``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiecon.chen_meng.boundary import boundary_ratio, delta_gini, delta_gini_map, with_ratio
from aiecon.chen_meng.decomposition import BLOCKS, Decomposition, coalition_gini, decompose
from aiecon.chen_meng.economy import (
    Economy,
    commodity_pay,
    economy,
    educated,
    firm_factor,
    log_human_capital,
)
from aiecon.chen_meng.experiments import hansen_j, regimes
from aiecon.chen_meng.firms import labour_share, log_productivity_variance, mean_power, rents
from aiecon.chen_meng.inequality import (
    gini,
    lognormal_gini,
    ownership,
    ownership_gini,
    ownership_sd,
    top_share,
)
from aiecon.chen_meng.moments import TARGETS, Target, measured_sharing, moments, ridge, targets_with
from aiecon.chen_meng.msm import NAMES, Estimate, Knockout, estimate, jacobian, knockouts
from aiecon.chen_meng.parameters import Parameters
from aiecon.chen_meng.population import People, people
from aiecon.chen_meng.power import (
    Panel,
    Tests,
    firm_accounts,
    log_pay_spread,
    occupation_panel,
    occupation_slope,
    task_panel,
)
from aiecon.chen_meng.schooling import (
    Schooling,
    all_schooling,
    compression_elasticity,
    pay_dispersion,
    schooling,
    screening_weight,
    skill_variance,
    study_threshold,
)


def committed_results() -> Mapping[str, Any]:
    """The committed results of the bootstrap, Sobol indices and power study, checked, read-only.

    >>> sorted(committed_results())
    ['minus', 'plus', 'power', 'simulation_error', 'sobol']
    """
    from aiecon.chen_meng.results import results  # not above: it is run as a command

    return results()


__all__ = [
    "BLOCKS",
    "NAMES",
    "TARGETS",
    "Decomposition",
    "Economy",
    "Estimate",
    "Knockout",
    "Panel",
    "Parameters",
    "People",
    "Schooling",
    "Target",
    "Tests",
    "all_schooling",
    "boundary_ratio",
    "coalition_gini",
    "committed_results",
    "commodity_pay",
    "compression_elasticity",
    "decompose",
    "delta_gini",
    "delta_gini_map",
    "economy",
    "educated",
    "estimate",
    "firm_accounts",
    "firm_factor",
    "gini",
    "hansen_j",
    "jacobian",
    "knockouts",
    "labour_share",
    "log_human_capital",
    "log_pay_spread",
    "log_productivity_variance",
    "lognormal_gini",
    "mean_power",
    "measured_sharing",
    "moments",
    "occupation_panel",
    "occupation_slope",
    "ownership",
    "ownership_gini",
    "ownership_sd",
    "pay_dispersion",
    "people",
    "regimes",
    "rents",
    "ridge",
    "schooling",
    "screening_weight",
    "skill_variance",
    "study_threshold",
    "targets_with",
    "task_panel",
    "top_share",
    "with_ratio",
]
