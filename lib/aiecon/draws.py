"""Draws of parameters: made, and read from whatever holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from aiecon.validation import a_generator, finite, require, whole

__all__ = ["columns_of", "items_of", "latin_hypercube"]


def latin_hypercube(
    count: int, share: float, rng: np.random.Generator, **centres: float
) -> dict[str, np.ndarray]:
    """``count`` draws within ``share`` of each centre: in each parameter evenly spread, in all at
    once as ``rng`` shuffles them (McKay, Beckman & Conover 1979). ValueError for a ``count`` that
    is no whole number ≥ 1, a ``share`` outside [0, 1], a centre that is no finite number.

    >>> draws = latin_hypercube(4, 0.1, np.random.default_rng(0), rho=0.04)
    >>> sorted(draws["rho"].round(4).tolist())
    [0.037, 0.039, 0.041, 0.043]
    """
    count, spread = whole("count", count), finite("share", share)
    require("share", spread, spread.ndim == 0 and 0 <= spread <= 1, "one number, 0 ≤ share ≤ 1")
    a_generator(rng)
    grid = 1 + float(spread) * (2 * (np.arange(count) + 0.5) / count - 1)
    for name, centre in centres.items():
        require(name, finite(name, centre), np.ndim(centre) == 0, "one number")
    return {name: float(centre) * rng.permutation(grid) for name, centre in centres.items()}


def columns_of(draws: Any) -> dict[str, np.ndarray] | None:
    """Draws that have names as arrays of one length; None for a sequence."""
    if isinstance(draws, Mapping):
        names = list(draws)
    elif isinstance(draws, np.ndarray) and draws.dtype.names:
        names = list(draws.dtype.names)
    elif hasattr(draws, "columns"):
        names = list(draws.columns)
    else:
        return None
    found = {}
    for name in names:
        if not isinstance(name, str) or name in found:
            raise ValueError(
                f"draws: {name!r} is not allowed: each column needs a name of its own."
            )
        try:
            found[name] = np.asarray(_unmasked(draws[name]))
        except ValueError as error:
            raise ValueError(f"draws: {name} is no array: {error}") from None
    lengths = {len(v) if v.ndim else -1 for v in found.values()}
    if len(lengths) != 1 or -1 in lengths:
        told = ", ".join(f"{name}: {v.shape}" for name, v in found.items())
        raise ValueError(f"draws = {{{told}}}: arrays of one length are required.")
    return found


def items_of(draws: Any, batched: bool) -> Any:
    try:
        if isinstance(draws, str | bytes | bytearray | set | frozenset):
            raise TypeError
        items = list(_unmasked(draws))
    except TypeError:
        raise ValueError(
            f"draws = {draws!r} is not allowed: a sequence (a list, an array), or names to arrays "
            "of one length, is required."
        ) from None
    return np.asarray(items) if batched else items


def _unmasked(values: Any) -> Any:
    if np.ma.is_masked(values):
        raise ValueError("masked entries are not allowed: fill them or leave those draws out.")
    return values.data if isinstance(values, np.ma.MaskedArray) else values
