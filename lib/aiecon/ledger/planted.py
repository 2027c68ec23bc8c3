"""Errors planted in the library, to see that a check can fail.

A check that nobody has seen fail has unknown power. Each claim therefore names errors (a wage 5%
too high, a wrong exponent, a parameter off by 5%) under which its verdict must change.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["Planted", "scale", "shift"]


@dataclass(frozen=True)
class Planted:
    """An error in the library.

    ``target`` names a function (``"aiecon.korinek_suh.prices:wage"``), a method or property, or
    a field of a dataclass (``"aiecon.korinek_suh.parameters:Parameters.sigma"``). Either
    ``change`` takes what it returns (or holds) and gives something wrong back, or ``instead`` is
    a function that takes its place. ``says`` describes the error: ``"the wage 5% too high"``.
    """

    target: str
    change: Callable[[Any], Any] | None = None
    says: str = ""
    instead: Callable[..., Any] | None = None

    def __post_init__(self) -> None:
        module, colon, name = self.target.partition(":")
        if not (module and colon and name):
            raise ValueError(f"target = {self.target!r}: expected 'package.module:name'")
        if (self.change is None) == (self.instead is None):
            raise ValueError(f"{self.target}: give either change or instead")
        if not self.says:
            raise ValueError(f"{self.target}: says = '': describe the error in a few words")


def scale(factor: float, *fields: str) -> Callable[[Any], Any]:
    """Multiplies a result, or the named fields of a result that is a dataclass.

    >>> scale(1.05)(2.0)
    2.1
    """
    return _on_fields(lambda x: x * factor, fields)


def shift(amount: float, *fields: str) -> Callable[[Any], Any]:
    """Adds to a result, or to the named fields of a result that is a dataclass."""
    return _on_fields(lambda x: x + amount, fields)


def _on_fields(change: Callable[[Any], Any], fields: tuple[str, ...]) -> Callable[[Any], Any]:
    def changed(result: Any) -> Any:
        if not fields:
            return change(result)
        return dataclasses.replace(result, **{f: change(getattr(result, f)) for f in fields})

    return changed
