"""Checks of input that this package shares, and comparisons up to rounding."""

from __future__ import annotations

from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.validation import FloatArray, finite, number, require

__all__ = ["ROUNDING", "at_least", "frozen", "instance", "number", "same", "share", "whole"]

#: Relative differences below this are what rounding leaves of an equality.
ROUNDING = 1e-12


def whole(name: str, value: Any, least: int) -> int:
    """A whole number from ``least`` to 10⁸, of Python or NumPy.

    >>> whole("firms", np.int64(10), 2)
    10
    """
    is_whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not is_whole or not least <= value <= 10**8:
        allowed = f"a whole number ≥ {least} and at most 10⁸"
        raise ValueError(f"{name} = {value!r} is not allowed: {allowed} is required.")
    return int(value)


def instance(name: str, value: Any, kind: type, hint: str = "") -> None:
    """Raises a ValueError unless ``value`` is of this class."""
    if not isinstance(value, kind):
        message = f"{name} = {value!r} is not allowed: {kind.__name__} is required."
        raise ValueError(f"{message} {hint}".rstrip())


def frozen(*arrays: FloatArray) -> tuple[FloatArray, ...]:
    """The arrays, read-only: what is kept for all who ask must stay as it is."""
    for array in arrays:
        array.setflags(write=False)
    return arrays


def same(x: ArrayLike, y: ArrayLike, absolute: float = 0.0) -> Any:
    """Where x and y are equal up to rounding: |x − y| ≤ 10⁻¹² max(|x|, |y|) + ``absolute``.

    >>> same([0.1 + 0.2, 0.3001], 0.3)
    array([ True, False])
    """
    a, b = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    return (np.abs(a - b) <= ROUNDING * np.maximum(np.abs(a), np.abs(b)) + absolute)[()]


def share(name: str, value: ArrayLike) -> FloatArray:
    """Numbers from zero to one, which rounding may have carried over an end; else a ValueError.

    >>> float(share("p", 1 + 2**-52))
    1.0
    """
    p = finite(name, value)
    within = (p >= -ROUNDING) & (p <= 1 + ROUNDING)
    require(name, p, within, f"0 ≤ {name} ≤ 1")
    return np.clip(p, 0.0, 1.0)


def at_least(
    name: str,
    value: ArrayLike,
    bound: ArrayLike,
    allowed: str,
    hint: str = "",
    absolute: float = 0.0,
) -> Any:
    """``value``, raised to the bound where it falls short by rounding only; else a ValueError.

    >>> float(at_least("share", 0.3, 0.1 + 0.2, "share ≥ top"))
    0.30000000000000004
    """
    x, low = np.asarray(value, dtype=float), np.asarray(bound, dtype=float)
    require(name, x, (x >= low) | same(x, low, absolute), allowed, hint)
    return np.maximum(x, low)[()]
