"""Results that are computed once are shared by all who ask: nobody may change them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache, wraps
from types import MappingProxyType
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import ArrayLike

from aiecon.validation import FloatArray, finite

__all__ = ["cached", "cached_once", "latest", "read_only"]

F = TypeVar("F", bound=Callable[..., Any])


def cached(maxsize: int | None = None) -> Callable[[F], F]:
    """``functools.lru_cache`` whose results are :func:`read_only`.

    >>> @cached()
    ... def squares(n):
    ...     return np.arange(n) ** 2
    >>> squares(3)[0] = 7
    Traceback (most recent call last):
    ...
    ValueError: assignment destination is read-only
    """

    def decorate(function: F) -> F:
        @wraps(function)
        def once(*arguments: Any, **named: Any) -> Any:
            return read_only(function(*arguments, **named))

        return cast(F, lru_cache(maxsize)(once))

    return decorate


class cached_once(cached_property):
    """``functools.cached_property`` whose value is :func:`read_only`.

    >>> class Squares:
    ...     @cached_once
    ...     def values(self):
    ...         return np.arange(3) ** 2
    >>> Squares().values.flags.writeable
    False
    """

    def __init__(self, function: Callable[[Any], Any]) -> None:
        super().__init__(wraps(function)(lambda self: read_only(function(self))))


def latest(states: F) -> F:
    """A method of times that keeps its latest result: several curves are asked for at the same.

    >>> class Path:
    ...     @latest
    ...     def states(self, t):
    ...         print("computed")
    ...         return np.exp(-t)
    >>> path = Path()
    >>> path.states([0.0, 1.0]) is path.states((0, 1))
    computed
    True
    """

    place = f"_latest{states.__name__}"

    @wraps(states)
    def at(self: Any, t: ArrayLike) -> FloatArray:
        t = finite("t", t)
        dates = t.shape, t.tobytes()
        before, x = vars(self).get(place, (None, None))
        if dates != before:
            x = read_only(states(self, t))
            vars(self)[place] = dates, x
        return x

    return cast(F, at)


def read_only(thing: Any) -> Any:
    """The same thing with every array in it read-only, dictionaries as views, lists as tuples.

    Followed through containers and through the attributes of this library's objects.

    >>> found = read_only({"x": [np.ones(2)]})
    >>> found
    mappingproxy({'x': (array([1., 1.]),)})
    >>> found["x"][0].flags.writeable
    False
    """
    _freeze(held := [thing], set())
    return held[0]


def _freeze(holder: Any, seen: set[int]) -> None:
    """Freezes what a list or an object's dictionary holds, in its place."""
    for key, value in list(enumerate(holder) if isinstance(holder, list) else holder.items()):
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
            if value.dtype.hasobject:
                _freeze(list(value.flat), seen)
        elif isinstance(value, Mapping | list | tuple):
            holder[key] = _frozen(value, seen)
        elif _is_ours(value) and id(value) not in seen:
            seen.add(id(value))
            _freeze(getattr(value, "__dict__", {}), seen)


def _is_ours(value: Any) -> bool:
    return type(value).__module__.startswith(("aiecon", "exhibits")) and not isinstance(value, type)


def _frozen(value: Any, seen: set[int]) -> Any:
    if isinstance(value, MappingProxyType):
        return value
    if isinstance(value, Mapping):
        inner = dict(value)
        _freeze(inner, seen)
        return MappingProxyType(inner)
    items = list(value)
    _freeze(items, seen)
    return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
