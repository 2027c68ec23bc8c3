"""The opportunity cost of time away from the market."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.kuhle.calibration import annuity
from aiecon.kuhle.inputs import at_least
from aiecon.kuhle.lognormal import Economy, quantile
from aiecon.validation import broadcast, finite, require

__all__ = ["TimeCost", "opportunity_cost"]


@dataclass(frozen=True)
class TimeCost:
    """Present values, money: income forgone while away, and income lost later."""

    forgone: Any
    lost_later: Any

    @property
    def total(self) -> Any:
        """Both together."""
        return self.forgone + self.lost_later


def opportunity_cost(
    economy: Economy,
    p: ArrayLike,
    years_away: ArrayLike,
    skill_lost: ArrayLike,
    horizon: ArrayLike = 40,
    rate: ArrayLike = 0.02,
) -> TimeCost:
    """What t years away cost a person at rank p who comes back with δ points of skill less.

        w_p A(r, t)  +  w_p (1 − e^{−aδ}) [A(r, T) − A(r, t)],

    A the annuity, T the horizon. The first part grows with income, the second also with
    technology. ``skill_lost`` may be the points that training in these years would have added.
    Raises ValueError for t < 0, δ < 0 or T < t.

    >>> cost = opportunity_cost(Economy(0.05, 300.0), 0.5, 1.0, 0.0, rate=0.0)
    >>> float(cost.total / Economy(0.05, 300.0).median)
    1.0
    """
    t, T = finite("years_away", years_away), finite("horizon", horizon)
    delta, r = finite("skill_lost", skill_lost), finite("rate", rate)
    w = np.asarray(quantile(economy, p))
    broadcast(economy_and_p=w, years_away=t, skill_lost=delta, horizon=T, rate=r)
    require("years_away", t, t >= 0, "years_away ≥ 0")
    require("skill_lost", delta, delta >= 0, "skill_lost ≥ 0")
    T, t = broadcast(horizon=T, years_away=t)
    T = at_least("horizon", T, t, "horizon ≥ years_away")
    away = annuity(r, t)
    rest = annuity(r, T) - away
    with np.errstate(over="ignore"):
        lost = -np.expm1(-economy.technology * delta)
    return TimeCost((w * away)[()], (w * lost * rest)[()])
