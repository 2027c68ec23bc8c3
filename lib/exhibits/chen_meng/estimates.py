"""The estimates that the chapter on moments, its figures, its checks and their tests share."""

from __future__ import annotations

from functools import cache

from aiecon import chen_meng as cm

__all__ = ["fitted"]


@cache
def fitted(delta: float) -> cm.Estimate:
    """The estimate with this value of m₆; kept, since it takes a second."""
    return cm.estimate(cm.targets_with(delta))
