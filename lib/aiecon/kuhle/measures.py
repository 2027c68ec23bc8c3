"""Several readings of the dispersion of income in 1975 and 2024: lognormal, they would agree."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from aiecon.kuhle.calibration import (
    dispersion_from_bottom_share,
    dispersion_from_gini,
    dispersion_from_mean,
    dispersion_from_top_share,
)
from aiecon.kuhle.data import households, incomes, two_years
from aiecon.kuhle.inputs import ROUNDING, at_least, same
from aiecon.validation import finite, require

__all__ = ["dispersion_measures", "grouped_gini", "jump_of_1993"]


def grouped_gini(shares: ArrayLike) -> float:
    """The Gini coefficient of equal groups, poorest first, without inequality inside them.

    >>> round(grouped_gini([0.2] * 5), 12), round(grouped_gini([0, 0, 0, 0, 1]), 12)
    (0.0, 0.8)
    """
    s = finite("shares", shares)
    require("shares", s.size, s.ndim == 1 and s.size > 0, "a list of shares")
    s = at_least("shares", s, np.zeros_like(s), "shares ≥ 0", absolute=ROUNDING)
    require("shares", s.sum(), abs(s.sum() - 1) < 1e-9, "shares that add up to one")
    rises = (np.diff(s) >= 0) | same(s[1:], s[:-1])
    require("shares", s, np.all(rises), "the poorest group first")
    edges = np.concatenate([[0.0], np.cumsum(s)])
    return float(1 - (edges[1:] + edges[:-1]).sum() / s.size)


def jump_of_1993() -> float:
    """By how much σ = √(2 ln(mean/median)) rose from 1992 to 1993, the year of new interviews.

    >>> round(jump_of_1993(), 4)
    0.0624
    """
    data = households()
    pair = np.isin(data.year, (1992, 1993))
    sigma = dispersion_from_mean(data.median[pair], data.mean[pair])
    return float(sigma[1] - sigma[0])


def dispersion_measures() -> dict[str, tuple[float, float]]:
    """Name → dispersion of log income in 1975 and in 2024, by different statistics.

    The first is the calibration's. The second takes the jump of 1993 for measurement and adds it to
    1975. The others use the shares of the fifths (Table H-3).

    >>> [round(x, 3) for x in dispersion_measures()["mean over median"]]
    [0.557, 0.858]
    """
    return dict(_measures())  # the reader's own: what is kept stays as it is


@cache
def _measures() -> dict[str, tuple[float, float]]:
    data = households()
    years = np.isin(data.year, (1975, 2024))
    share, fifths = data.fifth_shares[years], data.fifths[years]
    old, new = (float(e.dispersion) for e in two_years())
    median = np.array([incomes(1975).median, incomes(2024).median])
    found = {
        "mean over median, 1993 mended": np.array([old + jump_of_1993(), new]),
        "mean of the fifths over median": dispersion_from_mean(median, fifths.mean(axis=1)),
        "mean over mean of the middle fifth": dispersion_from_mean(
            fifths[:, 2], fifths.mean(axis=1)
        ),
        "share of the top fifth": dispersion_from_top_share(share[:, 4]),
        "share of the bottom fifth": dispersion_from_bottom_share(share[:, 0]),
        "Gini coefficient of the fifths": dispersion_from_gini([grouped_gini(s) for s in share]),
    }
    pairs = {name: (float(s[0]), float(s[1])) for name, s in found.items()}
    return {"mean over median": (old, new), **pairs}
