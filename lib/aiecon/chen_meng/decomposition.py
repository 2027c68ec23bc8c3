"""What each block does to the Gini, alone and together: a Shapley decomposition of ΔGini.

Five blocks are switched on in every order; a block's part is the mean of what it adds, and the
parts add up to ΔGini exactly, because the last coalition is the economy after AI and the first is
the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np

from aiecon.chen_meng.economy import People, commodity_pay, firm_factor, people
from aiecon.chen_meng.firms import rents
from aiecon.chen_meng.inequality import fast_gini, ownership
from aiecon.chen_meng.parameters import Parameters, items, unknown
from aiecon.chen_meng.schooling import (
    Schooling,
    schooling,
    screening_weight,
    skill_variance,
    study_threshold,
)
from aiecon.validation import instance

__all__ = ["BLOCKS", "Decomposition", "coalition_gini", "decompose"]

#: The blocks in the order of the chapter.
BLOCKS = ("homogenisation", "screening", "education", "firms", "owners")


@dataclass(frozen=True)
class Decomposition:
    """The parts of ΔGini."""

    alone: dict[str, float]  # what the block does if it is the only one
    shapley: dict[str, float]  # its part; the parts add up to total
    sequential: dict[str, float]  # switched on in the order of BLOCKS; these add up too
    total: float  # ΔGini

    @property
    def within_task(self) -> float:
        """Homogenisation, screening and education."""
        return sum(self.shapley[block] for block in BLOCKS[:3])

    @property
    def between_firm(self) -> float:
        """Rents that firms share with their workers."""
        return self.shapley["firms"]

    @property
    def capital(self) -> float:
        """Rents that go to owners."""
        return self.shapley["owners"]


def _blocks(on: Iterable[str]) -> frozenset[str]:
    some = items(on)
    if some is None or not all(isinstance(block, str) and block in BLOCKS for block in some):
        raise unknown("on", on, f"a set of some of {', '.join(BLOCKS)}")
    return frozenset(some)


def switched(params: Parameters, on: Iterable[str]) -> Schooling:
    """Education and screening with only some of the first three blocks switched on.

    Without *screening* employers keep the old weight on the signal; without *education* people
    keep the old choice; with both, it is an equilibrium. ValueError for a block that is none.
    """
    on = _blocks(on)
    instance("params", params, Parameters)
    old = schooling(params, 1.0)
    m = 1 - params.weight if "homogenisation" in on else 1.0
    if {"screening", "education"} <= on:
        return schooling(params, m)
    t, beta = old.threshold, old.weight
    if "education" in on:
        t = float(study_threshold(beta * m * params.psi, params))
    variance = float(skill_variance(t, params))
    if "screening" in on:
        beta = float(screening_weight(m**2 * variance, params.tau))
    return Schooling(m, beta, t, variance, beta * m * params.psi, np.nan)


def coalition_gini(params: Parameters, on: Iterable[str], crowd: People) -> float:
    """The Gini of income with a set of blocks switched on. ValueError for a block that is none.

    >>> round(coalition_gini(Parameters(), {"homogenisation", "owners"}, people(1000)), 3)
    0.311
    """
    on = _blocks(on)
    income = commodity_pay(params, switched(params, on), crowd)
    if "firms" in on:
        income = income * firm_factor(params, crowd)
    if "owners" in on:
        income = income + rents(params) * ownership(params.Omega, crowd.n)[crowd.owner]
    return fast_gini(income)


def decompose(params: Parameters | None = None, n: int = 10_000, seed: int = 2026) -> Decomposition:
    """The Shapley decomposition of ΔGini into the five blocks (32 economies).

    >>> parts = decompose(Parameters())
    >>> abs(sum(parts.shapley.values()) - parts.total) < 1e-15
    True
    >>> round(parts.within_task, 3), round(parts.capital, 3)
    (-0.035, 0.027)
    """
    params = instance("params", params, Parameters, Parameters)
    crowd = people(n, seed)
    value = _values(params, crowd)
    count = len(BLOCKS)
    shapley = {}
    for block in BLOCKS:
        part = 0.0
        for others in _subsets([other for other in BLOCKS if other != block]):
            weight = factorial(len(others)) * factorial(count - 1 - len(others)) / factorial(count)
            part += weight * (value[others | {block}] - value[others])
        shapley[block] = part
    steps = [value[frozenset(BLOCKS[:i])] for i in range(count + 1)]
    return Decomposition(
        alone={block: value[frozenset((block,))] - steps[0] for block in BLOCKS},
        shapley=shapley,
        sequential=dict(zip(BLOCKS, np.diff(steps).tolist(), strict=True)),
        total=steps[-1] - steps[0],
    )


def _subsets(blocks: Sequence[str]) -> list[frozenset[str]]:
    """Every set of some of these blocks, small ones first."""
    sizes = range(len(blocks) + 1)
    return [frozenset(some) for size in sizes for some in combinations(blocks, size)]


def _values(params: Parameters, crowd: People) -> dict[frozenset[str], float]:
    """The Gini of each of the 32 coalitions; pay is computed once for each of eight schools."""
    schools = frozenset(BLOCKS[:3])
    pay = {on: commodity_pay(params, switched(params, on), crowd) for on in _subsets(BLOCKS[:3])}
    factor = firm_factor(params, crowd)
    capital = rents(params) * ownership(params.Omega, crowd.n)[crowd.owner]
    value = {}
    for on in _subsets(BLOCKS):
        income = pay[on & schools] * factor if "firms" in on else pay[on & schools]
        value[on] = fast_gini(income + capital if "owners" in on else income)
    return value
