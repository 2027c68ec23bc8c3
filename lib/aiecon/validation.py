"""Input checks that every model shares: messages name the argument, the value, what is allowed."""

from __future__ import annotations

from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["broadcast", "finite", "require"]

FloatArray = NDArray[np.float64]


def require(
    name: str, value: ArrayLike, condition: ArrayLike, allowed: str, hint: str = ""
) -> None:
    """Raises a ValueError unless ``condition`` holds everywhere.

    The message names the argument, the value (for an array the first offending entry and its
    index), what is allowed and, with ``hint``, what to try.

    >>> require("K", 4.6, 4.6 >= 0, "K ≥ 0")
    >>> require("K", np.array([1.0, -2.0]), np.array([True, False]), "K ≥ 0")
    Traceback (most recent call last):
    ...
    ValueError: K[1] = -2.0 is not allowed: K ≥ 0 is required.
    """
    if condition is True or condition is np.True_:  # the common case, in a tenth of the time
        return
    holds = np.asarray(condition)
    if bool(np.all(holds)):
        return
    values = np.asarray(value)
    if values.ndim == 0 or holds.shape != values.shape:
        where, shown = name, values.reshape(-1)[0] if values.size == 1 else values
    else:
        index = tuple(int(i) for i in np.argwhere(~holds)[0])
        where, shown = f"{name}[{', '.join(map(str, index))}]", values[index]
    message = f"{where} = {shown} is not allowed: {allowed} is required."
    raise ValueError(f"{message} {hint}".rstrip())


def finite(name: str, value: Any) -> FloatArray:
    """The value as an array of finite floats, or a ValueError (text, complex, NaN, infinity).

    >>> finite("K", 3)
    array(3.)
    >>> finite("K", "three")
    Traceback (most recent call last):
    ...
    ValueError: K = 'three' is not allowed: a real number or an array of real numbers is required.
    """
    if type(value) is float and isfinite(value):
        return np.asarray(value)
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise TypeError
        array = array.astype(np.float64)
    except (TypeError, ValueError):
        raise ValueError(
            f"{name} = {value!r} is not allowed: "
            "a real number or an array of real numbers is required."
        ) from None
    require(name, array, np.isfinite(array), f"a finite {name}")
    return array


def broadcast(**arrays: FloatArray) -> list[FloatArray]:
    """The arrays, in order, with one common shape, or a ValueError that lists the shapes.

    >>> [x.shape for x in broadcast(K=np.ones((2, 1)), Phi=np.zeros(3))]
    [(2, 3), (2, 3)]
    >>> broadcast(K=np.ones(2), Phi=np.zeros(3))
    Traceback (most recent call last):
    ...
    ValueError: shapes do not broadcast: K (2,), Phi (3,); make them equal or add axes of length 1.
    """
    try:
        return list(np.broadcast_arrays(*arrays.values()))
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise ValueError(
            f"shapes do not broadcast: {shapes}; make them equal or add axes of length 1."
        ) from None
