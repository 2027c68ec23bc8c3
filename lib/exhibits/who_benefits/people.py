"""What the explorers of this part share: the scenarios, and what a path is worth by wealth."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from aiecon.korinek_suh.dynamics.scenarios import SCENARIOS
from aiecon.korinek_suh.dynamics.welfare import panels, worth
from aiecon.validation import FloatArray
from aiecon.who_benefits.built_fund import BuiltFund
from aiecon.who_benefits.people import FOUR, log_consumption_of
from aiecon.who_benefits.transition import TwoAgents

__all__ = ["PATHS", "entry", "log_flows", "worths"]

#: The paths of automation of the four scenarios, by their titles.
PATHS = {scenario.title: scenario.automation for scenario in SCENARIOS.values()}


Path = TwoAgents | BuiltFund


def log_flows(path: Path, t: FloatArray) -> tuple[FloatArray, FloatArray]:
    """log of what the average worker consumes, and of what all owners do."""
    if isinstance(path, BuiltFund):
        return path.log_flows(t)
    wages, spent = path.log_wage(t) + np.log(path.params.L), path.log_spending(t)
    if path.consumption_tax:  # of which θ/(1+θ) of what owners spend goes to workers
        theta = path.consumption_tax
        taken, kept = np.log(theta / (1.0 + theta)), np.log1p(theta)
        return np.logaddexp(wages, taken + spent), spent - kept
    if path.tax.rates != (0.0,):
        return log_consumption_of(path, FOUR["worker"])(t), spent
    return wages, spent


def worths(path: Path) -> Callable[..., FloatArray]:
    """What the path is worth to people with so many times the average capital, a function.

    Constant consumption as in :func:`~aiecon.who_benefits.certainty_equivalent`, for many people.
    """
    p, economy = path.params, path.economy if isinstance(path, BuiltFund) else path
    kinks = np.asarray(economy.kinks, dtype=np.float64)
    dates, _ = panels(kinks)
    earned, spent = log_flows(path, dates.ravel())

    def of(capital: ArrayLike, labor: float = 1.0) -> FloatArray:
        with np.errstate(divide="ignore"):
            held, works = np.log(np.atleast_1d(capital))[:, None], np.log(labor)
        flows = np.logaddexp(works + earned, held + spent)
        each = np.broadcast_to(kinks, (len(held), kinks.size))
        return np.asarray(worth(lambda t: flows, p.rho, p.eta, each))

    return of


def entry(path: TwoAgents, number: int) -> float:
    """The date of the path's first (0) or second (1) change of region, NaN if there is none."""
    changes = path.region_changes
    return changes[number].date if number < len(changes) else np.nan
