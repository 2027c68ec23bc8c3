"""Random parameter draws of the T = 20 scenario: paths a second, each solved or reported.

The draws are wide: every parameter of Table 2 but L, and Φ₀. Some start in region 2, for some the
theory has no path (utility infinite, A ≤ ρ + δ); these are to be refused. Ours takes all draws in one
call. The peers solve one after the other, with the same formulation, and are given the order of
regimes that holds for most; SciPy takes the first few hundred draws only. Each is checked against
references computed to thirty digits for a few draws.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from aiecon.benchmarks import OURS
from benchmarks.problems import FloatArray, Takeover
from benchmarks.references import solve_takeover

SEED, COUNT = 20, 10_000
CHECKED = 6  # draws with a reference

RANGES = {
    "rho": (0.01, 0.08),
    "eta": (0.8, 4.0),
    "delta": (0.03, 0.15),
    "sigma": (0.2, 0.9),
    "A": (0.3, 0.8),
    "rest": (0.25, 0.7),  # 1 − Φ₀
    "K0": (1.5, 12.0),
}


def drawn(count: int = COUNT) -> dict[str, FloatArray]:
    """The parameters, each (count,)."""
    rng = np.random.default_rng(SEED)
    return {name: rng.uniform(low, high, COUNT)[:count] for name, (low, high) in RANGES.items()}


def takeovers(draws: dict[str, FloatArray]) -> Iterator[Takeover]:
    for values in zip(*draws.values(), strict=True):
        yield Takeover(**dict(zip(draws, map(float, values), strict=True)))
