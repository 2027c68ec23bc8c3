"""Y = A K^α, and the steady state of K̇ = sY − δK."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np


@dataclass(frozen=True)
class Parameters:
    A: float = 2.0
    alpha: float = 0.5
    delta: float = 0.1

    def __post_init__(self) -> None:
        object.__setattr__(self, "A", float(self.A))  # stores what it reads, as the library does
        if not 0 < self.alpha < 1:
            raise ValueError(f"alpha = {self.alpha}: must lie strictly between 0 and 1")


@dataclass(frozen=True, slots=True)
class Slotted:
    share: float = 0.25


@dataclass(frozen=True)
class Steady:
    capital: float
    share: float

    @property
    def capital_per_share(self) -> float:
        return self.capital / self.share

    @cached_property
    def twice(self) -> float:
        return 2 * self.capital

    def times(self, factor: float) -> float:
        return self.capital * factor


BASELINE = Parameters()


def output(K, params=BASELINE):
    return params.A * np.asarray(K, dtype=float) ** params.alpha


@cache
def steady_state(s: float) -> Steady:
    """sAK^α = δK."""
    p = BASELINE
    K = (s * p.A / p.delta) ** (1 / (1 - p.alpha))
    return Steady(K, float(output(K)) / K * K / output(K) * p.alpha)


def data_available() -> bool:
    return False
