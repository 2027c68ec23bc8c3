"""Where the points of each element lie in time.

An arc that ends is covered by ξ ∈ [0, 1] evenly, t = start + length·ξ. A tail has elements in
τ = r (t − start) from 0 to ∞, each even in exp(−τ), so that what decays at the rate r is linear
there and what decays faster is a higher power. Either way time is linear in the dates of the arcs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.problem import Structure

__all__ = ["Clock"]


class Clock:
    """Time at P points y ∈ [0, 1] of each of E elements, as a function of the D dates."""

    def __init__(
        self, structure: Structure, elements: Sequence[Sequence[float]], y: FloatArray
    ) -> None:
        """``elements`` lists for each arc the ends of its elements, in ξ or of a tail in τ."""
        parts = [
            (arc, left, right)
            for arc, ends in enumerate(elements)
            for left, right in pairwise(ends)
        ]
        self.shape = (len(parts), len(y))
        self.arc = np.array([arc for arc, _, _ in parts], dtype=np.intp)  # (E,) of each element
        self.left, ends = np.array([part[1:] for part in parts]).reshape(-1, 2).T
        self.width = ends - self.left  # ∞ for the last element of a tail
        dates = structure.size if structure.tail else structure.size + 1
        maps = np.zeros((dates, 2, *self.shape))
        self.maps = maps.reshape(dates, 2 * len(parts) * len(y))
        self.time_map, self.rate_map = maps[:, 0], maps[:, 1]  # ∂t and ∂(dt/dy) by each date
        self.lags = np.zeros((2, *self.shape))  # r·t since the start of a tail, and its slope
        self.edge = np.empty(self.shape)  # in the coordinate of the ends of elements, ξ or τ
        self.has_tail = structure.tail
        for e, (arc, left, right) in enumerate(parts):
            if structure.tail and arc == structure.size - 1:
                gone = -np.expm1(left - right)  # of what is there at the start of the element
                remaining = (1.0 - y) + y * np.exp(left - right)
                self.time_map[arc, e] = 1.0
                with np.errstate(divide="ignore"):  # y = 1 may be infinity
                    lag = np.log(remaining) if gone > 0.5 else np.log1p(-gone * y)  # the exact one
                    self.edge[e] = self.lags[0, e] = left - lag
                    self.lags[1, e] = gone / remaining
            else:
                xi = self.edge[e] = left + (right - left) * y
                self.time_map[arc, e], self.time_map[arc + 1, e] = 1.0 - xi, xi
                self.rate_map[arc, e], self.rate_map[arc + 1, e] = left - right, right - left

    def times(self, dates: FloatArray, tail_rate: FloatArray) -> tuple[FloatArray, FloatArray]:
        """t and dt/dy, (B, E, P), for dates (B, D) and rates (B,)."""
        both = (dates @ self.maps).reshape(len(dates), 2, *self.shape)
        if self.has_tail:
            both += self.lags / tail_rate[:, None, None, None]
        return both[:, 0], both[:, 1]
