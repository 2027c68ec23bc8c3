"""The incomes behind the calibration, read from CSV files that carry their sources."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.kuhle.calibration import calibrate
from aiecon.kuhle.inputs import frozen
from aiecon.kuhle.lognormal import Economy, income
from aiecon.kuhle.welfare import pivot_skill
from aiecon.validation import FloatArray

__all__ = [
    "DEFLATORS",
    "Households",
    "Incomes",
    "households",
    "incomes",
    "macro",
    "pivotal_economy",
    "two_years",
]

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


@cache
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
    return Households(*frozen(*columns))


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
