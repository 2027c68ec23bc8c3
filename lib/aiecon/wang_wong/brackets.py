"""All zeros of a function whose turning points are known, for whole arrays of parameters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aiecon.validation import FloatArray

__all__ = ["sorted_points", "zeros_between"]

#: Halvings of a bracket: enough for any bracket of floating-point numbers used here.
_HALVINGS = 64


def sorted_points(low: FloatArray, high: FloatArray, *between: FloatArray) -> FloatArray:
    """Breakpoints in increasing order, along a new first axis; NaN and what lies outside go to an
    end, where they bracket nothing.

    >>> sorted_points(np.array(0.0), np.array(2.0), np.array(np.nan), np.array(1.0)).tolist()
    [0.0, 1.0, 2.0, 2.0]
    """
    inner = [np.clip(np.where(np.isnan(x), high, x), low, high) for x in between]
    return np.sort(np.stack(np.broadcast_arrays(low, *inner, high)), axis=0)


def zeros_between(
    function: Callable[..., Any], points: FloatArray, arguments: Sequence[NDArray[Any]]
) -> FloatArray:
    """Zeros of ``function(x, *arguments)`` between neighbouring points, by bisection.

    ``points`` has the breakpoints along its first axis, n of them; the other axes are those of
    the ``arguments``. If the function is monotone between neighbouring points, the result holds
    every zero: n − 1 along the first axis, NaN where the function does not change its sign.

    >>> cubic = lambda x, c: x**3 - 3 * x - c  # turns at −1 and at 1
    >>> points = np.array([[-3.0], [-1.0], [1.0], [3.0]])
    >>> zeros_between(cubic, points, [np.array([0.0])]).round(6).ravel().tolist()
    [-1.732051, 0.0, 1.732051]
    """
    shape = (points.shape[0] - 1, *points.shape[1:])
    values = function(points, *(np.broadcast_to(a, points.shape[1:]) for a in arguments))
    crosses = (values[:-1] < 0) != (values[1:] < 0)
    low, high = points[:-1][crosses], points[1:][crosses]
    rises = values[:-1][crosses] < 0
    chosen = [np.broadcast_to(a, shape)[crosses] for a in arguments]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        beyond = (function(middle, *chosen) < 0) != rises
        low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
    zeros = np.full(shape, np.nan)
    zeros[crosses] = (low + high) / 2
    return zeros
