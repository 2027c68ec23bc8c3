"""Where the points of each element lie in time.

An arc that ends is covered by ξ ∈ [0, 1] evenly, t = start + length·ξ. A tail is compactified,
t = start − log(1 − ξ)/r, so that what decays at the rate r is linear in ξ and what decays faster is
a higher power of 1 − ξ. Either way time is linear in the dates of the arcs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.problem import Structure

__all__ = ["Clock", "compactification_rate"]

HIGH_POWER = 6


class Clock:
    """Time at P points y ∈ [0, 1] of each of E elements, as a function of the D dates."""

    def __init__(
        self, structure: Structure, elements: Sequence[Sequence[float]], y: FloatArray
    ) -> None:
        """``elements`` lists for each arc the ends of its elements in ξ, from 0 to 1."""
        parts = [
            (arc, left, right)
            for arc, ends in enumerate(elements)
            for left, right in pairwise(ends)
        ]
        self.shape = (len(parts), len(y))
        self.arc = np.array([arc for arc, _, _ in parts], dtype=np.intp)  # (E,) of each element
        self.left = np.array([left for _, left, _ in parts])
        self.width = np.array([right - left for _, left, right in parts])
        dates = structure.size if structure.tail else structure.size + 1
        maps = np.zeros((dates, 2, *self.shape))
        self.maps = maps.reshape(dates, 2 * len(parts) * len(y))
        self.time_map, self.rate_map = maps[:, 0], maps[:, 1]  # ∂t and ∂(dt/dy) by each date
        self.lags = np.zeros((2, *self.shape))  # r·t since the start of a tail, and its slope
        self.has_tail = structure.tail
        for e, (arc, left, right) in enumerate(parts):
            if structure.tail and arc == structure.size - 1:
                remaining = (1.0 - right) + (right - left) * (1.0 - y)
                self.time_map[arc, e] = 1.0
                with np.errstate(divide="ignore"):  # ξ = 1 is infinity
                    self.lags[0, e] = -np.log(remaining)
                    self.lags[1, e] = (right - left) / remaining
            else:
                xi = left + (right - left) * y
                self.time_map[arc, e], self.time_map[arc + 1, e] = 1.0 - xi, xi
                self.rate_map[arc, e], self.rate_map[arc + 1, e] = left - right, right - left

    def times(self, dates: FloatArray, tail_rate: FloatArray) -> tuple[FloatArray, FloatArray]:
        """t and dt/dy, (B, E, P), for dates (B, D) and rates (B,)."""
        both = (dates @ self.maps).reshape(len(dates), 2, *self.shape)
        if self.has_tail:
            both += self.lags / tail_rate[:, None, None, None]
        return both[:, 0], both[:, 1]


def compactification_rate(*decay_rates: float) -> float:
    """The rate r of a tail on which everything decays at one of the rates given, or faster.

    With s = exp(−r t) a decay at the rate μ is the power s^(μ/r). An integer power is a polynomial;
    another power p is smooth enough if it is high: the error with N nodes falls as N^(−2p−1). A
    single rate is taken as it is; several are all made whole powers or at least sixth powers, by
    the largest r that does so.

    >>> compactification_rate(0.2), compactification_rate(0.01, 0.2)
    (0.2, 0.01)
    >>> compactification_rate(0.1, 0.15)
    0.05
    """
    slowest = min(decay_rates)
    for divisor in range(1, HIGH_POWER):
        powers = [divisor * rate / slowest for rate in decay_rates]
        if all(p >= HIGH_POWER or abs(p - round(p)) < 1e-12 for p in powers):
            return slowest / divisor
    return slowest / HIGH_POWER
