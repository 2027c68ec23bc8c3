"""Abscissas that move smoothly when a date moves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from .controls import FloatArray

_BEFORE = 1e-9  # the end of a piece, relative to the span, before its kink


def between_kinks(
    start: ArrayLike, kinks: Sequence[ArrayLike], end: ArrayLike, points: int = 24
) -> FloatArray:
    """Abscissas from ``start`` to ``end`` for n settings, piece by piece between kinks: (n, m).

    ``kinks`` are dates, each a number or an array (n,); one that does not come (NaN or inf) or lies
    outside has a piece of length zero, so that nothing jumps when it comes into view. A piece has
    ``points`` equally spaced abscissas, of which the last stands just before the kink: at a jump
    the curve then has both ends. m is ``points`` times one more than there are kinks.

    >>> between_kinks(0, [[2.0, 12.0]], 10, points=3).round(2)
    array([[ 0.,  1.,  2.,  2.,  6., 10.],
           [ 0.,  5., 10., 10., 10., 10.]])
    """
    given = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(d, dtype=float)) for d in (start, *kinks, end))
    )
    start, *inner, end = given
    dates = [np.clip(np.where(np.isnan(kink), end, kink), start, end) for kink in inner]
    ends = np.stack([start, *np.sort(dates, axis=0), end], axis=1)
    left, right = ends[:, :-1, None], ends[:, 1:, None]
    right = np.where(
        right < end[:, None, None], right - _BEFORE * (end - start)[:, None, None], right
    )
    right = np.maximum(left, right)
    out = left + (right - left) * np.linspace(0, 1, points)
    return out.reshape(len(ends), -1)
