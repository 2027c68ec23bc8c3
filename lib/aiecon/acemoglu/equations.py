"""Hulten's arithmetic for AI: what many small savings add up to (equations (13) to (15))."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from aiecon.validation import require

__all__ = [
    "Parameters",
    "cost_of_bad_tasks",
    "cost_saving",
    "gdp",
    "impacted",
    "tfp",
    "tfp_with_hard_tasks",
]


@dataclass(frozen=True)
class Parameters:
    """The paper's inputs, all of them shares; numbers, or arrays for many economies.

    ValueError names an input that is no share, or with which capital would earn all of GDP.

    >>> Parameters(profitable=0.3).profitable
    0.3
    """

    exposed: Any = 0.20  # of GDP: tasks that AI could do or help with, weighted by the wage bill
    profitable: Any = 0.23  # of these: tasks for which it pays within ten years
    labor_saving: Any = 0.27  # of labour costs, average of two experiments
    labor_share: Any = 0.535  # of the costs of exposed tasks
    capital_share: Any = 0.43  # of GDP, private business
    easy: Any = 0.726  # of the exposed tasks: easy to learn
    hard_saving: Any = 0.07  # of labour costs, in tasks that are hard to learn

    def __post_init__(self) -> None:
        for field in fields(self):
            x = np.asarray(getattr(self, field.name), dtype=float)
            require(field.name, x, (x >= 0) & (x <= 1), f"0 ≤ {field.name} ≤ 1", "it is a share")
        s = np.asarray(self.capital_share, dtype=float)
        require("capital_share", s, s < 1, "capital_share < 1", "GDP has no multiple at one")


def impacted(p: Parameters) -> Any:
    """The share of GDP that AI touches within ten years.

    >>> round(impacted(Parameters()), 3)
    0.046
    """
    return p.exposed * p.profitable


def cost_saving(p: Parameters, labor_saving: Any = None) -> Any:
    """π̄: the share of all costs that is saved in these tasks; that of easy ones unless given.

    >>> round(cost_saving(Parameters()), 3)
    0.144
    """
    return (p.labor_saving if labor_saving is None else labor_saving) * p.labor_share


def tfp(p: Parameters) -> Any:
    """Equation (14), Hulten's theorem: d ln TFP = π̄ × the share of GDP that is touched.

    >>> round(tfp(Parameters()), 4)
    0.0066
    """
    return cost_saving(p) * impacted(p)


def tfp_with_hard_tasks(p: Parameters) -> Any:
    """Equation (15): easy and hard tasks, each with its share and its saving.

    >>> round(tfp_with_hard_tasks(Parameters()), 4)
    0.0053
    """
    easy, hard = cost_saving(p), cost_saving(p, p.hard_saving)
    return impacted(p) * (p.easy * easy + (1 - p.easy) * hard)


def gdp(gain: Any, p: Parameters) -> Any:
    """Equation (13) with capital in proportion to GDP: d ln Y = d ln TFP/(1 − s_K).

    >>> round(gdp(tfp(Parameters()), Parameters()), 4)
    0.0117
    """
    return gain / (1 - p.capital_share)


def cost_of_bad_tasks(revenue: Any, loss: Any) -> Any:
    """Section 3.5: what new tasks cost that earn ``revenue`` and lose others ``loss`` of it.

    Both shares, of GDP and of the revenue.

    >>> round(cost_of_bad_tasks(0.02, 0.36), 4)
    0.0072
    """
    return revenue * loss
