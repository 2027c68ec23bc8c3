"""What each block does to the Gini, alone and together: a Shapley decomposition of ΔGini.

Five blocks are switched on in every order; a block's part is the mean of what it adds, and the
parts add up to ΔGini exactly, because the last coalition is the economy after AI and the first is
the one before.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    none, everything = value[frozenset()], value[frozenset(BLOCKS)]
    count = len(BLOCKS)
    shapley = {}
    for block in BLOCKS:
        rest = [other for other in BLOCKS if other != block]
        part = 0.0
        for size in range(count):
            share = factorial(size) * factorial(count - 1 - size) / factorial(count)
            for others in combinations(rest, size):
                part += share * (value[frozenset((*others, block))] - value[frozenset(others)])
        shapley[block] = part
    steps = [value[frozenset(BLOCKS[:i])] for i in range(count + 1)]
    return Decomposition(
        alone={block: value[frozenset((block,))] - none for block in BLOCKS},
        shapley=shapley,
        sequential=dict(zip(BLOCKS, np.diff(steps).tolist(), strict=True)),
        total=everything - none,
    )


def _values(params: Parameters, crowd: People) -> dict[frozenset[str], float]:
    """The Gini of each of the 32 coalitions; pay is computed once for each of eight schools."""
    factor = firm_factor(params, crowd)
    capital = rents(params) * ownership(params.Omega, crowd.n)[crowd.owner]
    value = {}
    for size in range(4):
        for inner in combinations(BLOCKS[:3], size):
            pay = commodity_pay(params, switched(params, frozenset(inner)), crowd)
            for outer, income in (
                ((), pay),
                (("firms",), pay * factor),
                (("owners",), pay + capital),
                (("firms", "owners"), pay * factor + capital),
            ):
                value[frozenset((*inner, *outer))] = fast_gini(income)
    return value
