"""Input checks that every model shares: messages name the argument, the value, what is allowed."""

from __future__ import annotations

import operator
from collections.abc import Callable
from math import inf, isfinite
from numbers import Real
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "ROUNDING",
    "a_generator",
    "at_least",
    "broadcast",
    "filled",
    "finite",
    "instance",
    "nonnegative",
    "number",
    "positive",
    "require",
    "same",
    "share",
    "whole",
]

FloatArray = NDArray[np.float64]
T = TypeVar("T")

#: Relative differences below this are what rounding leaves of an equality.
ROUNDING = 1e-12


def require(
    name: str, value: ArrayLike, condition: ArrayLike, allowed: str, hint: str = ""
) -> None:
    """Raises a ValueError unless ``condition`` holds everywhere.

    The message names the argument, the value (for an array the first offending entry and its
    index, then the indices of others), what is allowed and, with ``hint``, what to try.

    >>> require("K", 4.6, 4.6 >= 0, "K ≥ 0")
    >>> require("K", np.array([1.0, -2.0]), np.array([True, False]), "K ≥ 0")
    Traceback (most recent call last):
    ...
    ValueError: K[1] = -2.0 is not allowed: K ≥ 0 is required.
    >>> require("K", -np.ones(9), np.zeros(9, dtype=bool), "K ≥ 0")
    Traceback (most recent call last):
    ...
    ValueError: K[0] = -1.0 is not allowed: K ≥ 0 is required. So it is at [1], [2], [3], … (8).
    """
    if condition is True or condition is np.True_:  # the common case, in a tenth of the time
        return
    holds = np.asarray(condition)
    if bool(np.all(holds)):
        return
    values = np.asarray(value)
    if values.ndim == 0 or holds.shape != values.shape:
        where, shown, others = name, values.reshape(-1)[0] if values.size == 1 else values, ""
    else:
        first, *more = ([*map(int, index)] for index in np.argwhere(~holds))
        where, shown = f"{name}{first}", values[tuple(first)]
        listed = ", ".join(map(str, more[:3])) + f", … ({len(more)})" * (len(more) > 3)
        others = f" So it is at {listed}." if more else ""
    message = f"{where} = {shown} is not allowed: {allowed} is required.{others}"
    raise ValueError(f"{message} {hint}".rstrip())


def finite(name: str, value: Any) -> FloatArray:
    """The value as an array of finite floats, or a ValueError (text, complex, NaN, infinity).

    Whatever Python counts as real is taken, fractions and integers of any length too. A masked
    entry is missing, as NaN is, and refused like it.

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
        given = filled(value)
        array = np.asarray(given)
        if array.dtype.kind not in "biuf" and not (
            array.dtype.kind == "O" and all(isinstance(x, Real) for x in array.flat)
        ):
            raise TypeError
        with np.errstate(over="ignore"):  # a number too large for a float is infinite, see below
            array = array.astype(np.float64)
    except OverflowError:
        raise ValueError(
            f"{name} = {value!r} is not allowed: a number within the range of floats is required."
        ) from None
    except (TypeError, ValueError):
        raise ValueError(
            f"{name} = {value!r} is not allowed: "
            "a real number or an array of real numbers is required."
        ) from None
    require(name, array, np.isfinite(array), f"a finite {name}")
    return array


def filled(value: Any) -> Any:
    """The value, with NaN in the place of what a mask hides, at any depth of lists.

    >>> filled([np.ma.array([1.0, 2.0], mask=[False, True])])
    [array([ 1., nan])]
    """
    if isinstance(value, np.ma.MaskedArray):
        if not np.ma.is_masked(value):
            return value.data
        return np.where(np.ma.getmaskarray(value), np.nan, value.data)
    if isinstance(value, list | tuple):
        return [filled(x) for x in value]
    return value


def positive(name: str, value: Any, hint: str = "") -> FloatArray:
    """The value as an array of finite floats above zero, or a ValueError."""
    x = finite(name, value)
    require(name, x, x > 0, f"{name} > 0", hint)
    return x


def nonnegative(name: str, value: Any, hint: str = "") -> FloatArray:
    """The value as an array of finite floats from zero on, or a ValueError."""
    x = finite(name, value)
    require(name, x, x >= 0, f"{name} ≥ 0", hint)
    return x


def number(
    name: str,
    value: Any,
    low: float = -inf,
    high: float = inf,
    allowed: str = "",
    *,
    infinite: bool = False,
) -> float:
    """A single real number from ``low`` to ``high``, ∞ only where ``infinite``; else a ValueError.

    >>> number("limit", np.inf, infinite=True)
    inf
    >>> number("limit", [1.0, 2.0])
    Traceback (most recent call last):
    ...
    ValueError: limit = [1.0, 2.0] is not allowed: a single number is required. Loop over arrays.
    """
    if infinite and np.ndim(value) == 0 and value == np.inf:
        return np.inf
    array = finite(name, value)
    if array.ndim:
        raise ValueError(
            f"{name} = {value!r} is not allowed: a single number is required. Loop over arrays."
        )
    require(name, array, low <= array <= high, allowed)
    return float(array)


def instance(
    name: str, value: Any, kind: type[T], make: Callable[[], T] | None = None, hint: str = ""
) -> T:
    """The value if it is of that kind (None: what ``make`` makes), else a ValueError.

    >>> instance("rng", 7, np.random.Generator)
    Traceback (most recent call last):
    ...
    ValueError: rng = 7 is not allowed: an object of the class Generator is required.
    """
    if value is None and make is not None:
        return make()
    if not isinstance(value, kind):
        message = f"{name} = {value!r} is not allowed: an object of the class {kind.__name__} is"
        raise ValueError(f"{message} required. {hint}".rstrip())
    return value


def whole(name: str, value: Any, least: int = 1, what: str = "", most: int | None = None) -> int:
    """The value as an int from ``least`` to ``most`` (a number of ``what``), or a ValueError.

    >>> whole("chunk", np.int64(3))
    3
    >>> whole("chunk", 1.5)
    Traceback (most recent call last):
    ...
    ValueError: chunk = 1.5 is not allowed: a whole number ≥ 1 is required.
    >>> whole("n", 10.5, 10, "people")
    Traceback (most recent call last):
    ...
    ValueError: n = 10.5 is not allowed: a whole number of people ≥ 10 is required.
    """
    try:
        number = least - 1 if isinstance(value, bool | np.bool_) else operator.index(value)
    except TypeError:
        number = least - 1
    if number < least or (most is not None and number > most):
        limit = "" if most is None else f" and at most {most:,}"
        raise ValueError(
            f"{name} = {value!r} is not allowed: "
            f"a whole number{what and f' of {what}'} ≥ {least}{limit} is required."
        )
    return number


def a_generator(rng: Any) -> np.random.Generator:
    """The generator of random numbers, or a ValueError that says how to make one."""
    hint = "Make one with np.random.default_rng(seed)."
    return instance("rng", rng, np.random.Generator, hint=hint)


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
    require(name, p, (p >= -ROUNDING) & (p <= 1 + ROUNDING), f"0 ≤ {name} ≤ 1")
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
