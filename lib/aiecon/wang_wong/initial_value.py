"""Numbers that are checked, and the integrator that follows paths from a given start."""

from __future__ import annotations

from typing import Any

import numpy as np

from aiecon.numerics.initial_value import follow
from aiecon.validation import finite, require

__all__ = ["checked", "follow"]


def checked(name: str, value: Any, low: float = 0.0, high: float = np.inf) -> float:
    """The value as a number with low < value < high (value ≤ high where high is finite).

    >>> checked("horizon", 10)
    10.0
    >>> checked("horizon", float("inf"))
    Traceback (most recent call last):
    ...
    ValueError: horizon = inf is not allowed: a finite horizon is required.
    """
    x = finite(name, value)
    require(name, value, x.ndim == 0, "one number")
    allowed = f"{name} > {low:g}" if np.isinf(high) else f"{low:g} < {name} ≤ {high:g}"
    require(name, value, (x > low) & (x <= high), allowed)
    return float(x)
