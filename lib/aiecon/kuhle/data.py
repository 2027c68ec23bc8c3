"""The incomes behind the calibration, read from CSV files that carry their sources.

And several readings of the dispersion of income in 1975 and 2024: were incomes lognormal, they
would agree.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.cached import cached
from aiecon.kuhle.calibration import (
    calibrate,
    dispersion_from_bottom_share,
    dispersion_from_gini,
    dispersion_from_mean,
    dispersion_from_top_share,
)
from aiecon.kuhle.lognormal import Economy, income
from aiecon.kuhle.welfare import pivot_skill
from aiecon.validation import ROUNDING, FloatArray, at_least, finite, require, same

__all__ = ["DEFLATORS", "Households", "Incomes", "dispersion_measures", "grouped_gini"]
__all__ += ["households", "incomes", "jump_of_1993", "macro", "pivotal_economy", "two_years"]

#: The price indices with which 1975 is put into dollars of 2024, the lowest inflation first.
DEFLATORS = ("pce", "c-cpi-u", "cpi-u-rs", "cpi-u")


@dataclass(frozen=True)
class Incomes:
    """Median and mean household income of a year, dollars a year."""

    median: float
    mean: float


@dataclass(frozen=True, eq=False)
class Households:
    """Yearly series; in every array one entry for each year. The arrays are read-only."""

    year: FloatArray
    median: FloatArray  # dollars of 2019
    mean: FloatArray  # dollars of 2019
    median_se: FloatArray  # standard errors, dollars of 2019; nan where none is given
    mean_se: FloatArray
    fifths: FloatArray  # mean income of each fifth in dollars of its own year, shape (years, 5)

    @property
    def ratio(self) -> FloatArray:
        """Mean over median."""
        return self.mean / self.median

    @property
    def fifth_shares(self) -> FloatArray:
        """The share of all income that each fifth receives, shape (years, 5)."""
        return self.fifths / self.fifths.sum(axis=1, keepdims=True)


def _rows(name: str) -> list[dict[str, str]]:
    text = files("aiecon").joinpath("data", name).read_text("utf8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _held(table: dict[Any, Any], **key: Any) -> Any:
    """What a table holds under a key, or a ValueError that says what there is."""
    try:
        return table[tuple(key.values())]
    except (KeyError, TypeError):  # TypeError: a key that cannot be looked up, such as a list
        asked = ", ".join(f"{name} = {value!r}" for name, value in key.items())
        held = "; ".join(" ".join(map(str, k)) for k in table)
        raise ValueError(f"{asked} is not allowed: there are {held}.") from None


@cache
def _incomes() -> dict[tuple[int, str], Incomes]:
    return {
        (int(row["year"]), row["deflator"]): Incomes(float(row["median"]), float(row["mean"]))
        for row in _rows("kuhle_incomes.csv")
    }


def incomes(year: int, deflator: str = "nominal") -> Incomes:
    """Median and mean of 1975 (nominal, or in dollars of 2024 by a deflator) or 2024 (nominal).

    Raises ValueError for what is not in ``data/kuhle_incomes.csv``.

    >>> incomes(1975), incomes(1975, "c-cpi-u").median
    (Incomes(median=11800.0, mean=13779.0), 58667.0)
    """
    return _held(_incomes(), year=year, deflator=deflator)


def two_years(
    deflator: str = "c-cpi-u", skill_mean: float = 100.0, skill_sd: float = 15.0
) -> tuple[Economy, Economy]:
    """The calibrated economies of 1975 and 2024, both in dollars of 2024.

    Raises ValueError for a ``deflator`` that is not one of :data:`DEFLATORS`: without one the
    dollars of 1975 and of 2024 would be compared as if they were the same.

    >>> old, new = two_years()
    >>> round(float(new.technology / old.technology), 3)
    1.541
    """
    if not isinstance(deflator, str) or deflator not in DEFLATORS:
        raise ValueError(
            f"deflator = {deflator!r} is not allowed: one of {', '.join(map(repr, DEFLATORS))} is "
            "required. Nominal incomes of two years are not in the same dollars."
        )
    old, new = incomes(1975, deflator), incomes(2024)
    return (
        calibrate(old.median, old.mean, skill_mean, skill_sd),
        calibrate(new.median, new.mean, skill_mean, skill_sd),
    )


def pivotal_economy(technology: ArrayLike, deflator: str = "c-cpi-u") -> Economy:
    """The economy in which technology alone leads from 1975 to 2024.

    Skill is measured from the pivot s×, whose income is the same in both years. With that origin
    both years have the same B, so that B e^{a(s − s×)} is 1975 at a₁₉₇₅ and 2024 at a₂₀₂₄.

    >>> old, new = two_years()
    >>> round(float(pivotal_economy(new.technology).mean / new.mean), 12)
    1.0
    """
    old, new = two_years(deflator)
    pivot = pivot_skill(old, new)
    return Economy(technology, income(old, pivot), 100.0 - pivot, 15.0)


@cached()
def households() -> Households:
    """US household income, 1967 to 2019 and 2024 (``data/us_household_income.csv``).

    Median and mean are in dollars of 2019 in every year; those of 2024 are brought there by the
    CPI-U, as the Census Bureau's index for these years does (``data/us_macro.csv``).

    >>> data = households()
    >>> int(data.year[0]), int(data.year[-1]), round(float(data.ratio[8]), 4)
    (1967, 2024, 1.1677)
    """
    rows = _rows("us_household_income.csv")
    now, prices = incomes(2024), macro("cpi-u", 2019) / macro("cpi-u", 2024)

    def column(name: str, last: float = np.nan) -> FloatArray:
        return np.array([float(row[name]) if row[name] else last for row in rows])

    columns = (
        column("year"),
        column("median_2019", now.median * prices),
        column("mean_2019", now.mean * prices),
        column("median_2019_moe") / 1.645,  # margins of error are for 90%
        column("mean_2019_moe") / 1.645,
        np.column_stack([column(f"fifth_{i}") for i in range(1, 6)]),
    )
    return Households(*columns)


@cache
def _macro() -> dict[tuple[str, int], float]:
    values: dict[tuple[str, int], list[float]] = {}
    for row in _rows("us_macro.csv"):
        values.setdefault((row["series"], int(row["date"][:4])), []).append(float(row["value"]))
    return {key: sum(found) / len(found) for key, found in values.items()}


def macro(series: str, year: int) -> float:
    """The average over a year of ``"pce"``, ``"cpi-u"`` or ``"gdp-per-head"`` (real).

    Raises ValueError for what is not in ``data/us_macro.csv``.

    >>> round(macro("gdp-per-head", 2024) / macro("gdp-per-head", 1975), 3)
    2.448
    """
    return _held(_macro(), series=series, year=year)


# Dispersion ---------------------------------------------------------------------------------------


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
