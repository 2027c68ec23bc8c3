"""What the claims of section 3.2 share: Table 2 written out, errors to plant, paths solved once."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import numpy as np

from aiecon import korinek_suh as ks
from exhibits.korinek_suh.claims import common
from exhibits.korinek_suh.claims.common import PACKAGE
from exhibits.ledger import Exact, Planted, scale, shift

RACE = "korinek_suh/race"
SOLVE = f"{PACKAGE}.dynamics.transition:solve_transition"
CONSTANT = f"{PACKAGE}.dynamics.constant_saving:constant_saving"
LONG_RUN_SAVING = f"{PACKAGE}.dynamics.long_run:long_run_saving_rate"
PATH = f"{PACKAGE}.dynamics.transition:Path"
PARAMETERS = f"{PACKAGE}.parameters:Parameters"

claim = partial(common.claim, chapter=RACE, function=SOLVE)

# Table 2 and what follows from it, written out ----------------------------------------------------

RHO, ETA, DELTA, SIGMA, A, K0, PHI0 = 0.04, 2.0, 0.1, 0.5, 0.5, 4.6, 0.608
G = (A - RHO - DELTA) / ETA  # 0.18
S = (A - RHO - DELTA + ETA * DELTA) / (A * ETA)  # 0.56

_BY_PATH = "derivatives are central differences of the path"
_TASKS_LEFT = np.array([100.0, 200.0])  # λg t, between which long-run growth is measured

# Errors that several claims plant -----------------------------------------------------------------

eta_off = Planted(f"{PARAMETERS}.eta", scale(1.05), "η 5% too high")
rho_off = Planted(f"{PARAMETERS}.rho", scale(1.05), "ρ 5% too high")
delta_off = Planted(f"{PARAMETERS}.delta", scale(1.05), "δ 5% too high")
A_off = Planted(f"{PARAMETERS}.A", scale(1.05), "A 5% too high")
rate_off = Planted(
    f"{PACKAGE}.dynamics.automation_paths:BusinessAsUsual.rate", scale(1.05), "λg 5% too high"
)
capital_low = Planted(f"{PATH}.log_capital", shift(-0.05), "capital 5% too low")
capital_high = Planted(f"{PATH}.log_capital", shift(0.1), "capital a tenth too high")
share_off = Planted(f"{PATH}.labor_share", shift(0.01), "the labour share 1 pp too high")
wage_bent = Planted(f"{PATH}.log_wage", scale(1.05), "log of the wage 5% too high")


# Paths, each solved once --------------------------------------------------------------------------


@cache
def optimal(rate: float) -> Any:
    """Optimal saving along a Pareto path."""
    return ks.solve_transition(ks.BusinessAsUsual(rate))


@cache
def constant(rate: float) -> Any:
    """Saving at s∞ along a Pareto path."""
    return ks.constant_saving(ks.BusinessAsUsual(rate), S)


@cache
def other_preferences(horizon: float, beta: float, eta: float) -> Any:
    """A bounded path with other preferences."""
    return ks.solve_transition(ks.Bounded(horizon, beta), params=ks.Parameters(eta=eta))


def far(path: Any) -> np.ndarray:
    """Two late dates: a share exp(−100), then exp(−200) of the tasks is left."""
    return _TASKS_LEFT / path.automation.rate


def growth_rate(log_level: Any, t: np.ndarray) -> float:
    """The average growth rate between two dates."""
    return float(np.diff(log_level(t))[0] / np.diff(t)[0])


def wage_growth(paths: Any) -> np.ndarray:
    """In the long run, for each path."""
    return np.array([growth_rate(path.log_wage, far(path)) for path in paths])


def late(quantity: str, paths: Any) -> np.ndarray:
    """In the long run, for each path."""
    return np.array([getattr(path, quantity)(far(path)[0]) for path in paths])


def slope(f: Any, t: np.ndarray, h: float = 1e-3) -> np.ndarray:
    return (f(t + h) - f(t - h)) / (2 * h)


def by_differences(printed: str, value: Any) -> Exact:
    """A statement checked on a solved path with difference quotients."""
    return Exact(printed, value, tolerance=1e-6, because=_BY_PATH)


def on_path(printed: str, value: Any) -> Exact:
    """A statement checked on a solved path."""
    because = "the path is solved to an estimated error of 10⁻⁸"
    return Exact(printed, value, tolerance=1e-7, because=because)
