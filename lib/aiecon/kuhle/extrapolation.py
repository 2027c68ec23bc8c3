"""How far a trend can be carried on, with an interval that owns up to what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from aiecon.validation import FloatArray, finite, number, require

__all__ = ["Forecast", "backtest", "extrapolate"]


@dataclass(frozen=True, eq=False)
class Forecast:
    """A random walk with drift carried on: centre and interval for each year asked for."""

    year: FloatArray
    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    drift: float  # per year
    drift_se: float
    volatility: float  # standard deviation of a year's change about the drift
    steps: int  # changes used


def extrapolate(
    year: ArrayLike,
    value: ArrayLike,
    until: ArrayLike,
    level: float = 0.8,
    without: Sequence[int] = (),
) -> Forecast:
    """Forecasts of a random walk with drift, y_{t+1} = y_t + d + sε.

    With n changes Δ_j over h_j years, d̂ = ΣΔ_j/Σh_j and ŝ² = Σ(Δ_j − d̂h_j)²/h_j/(n − 1). H years
    ahead the interval is y_T + d̂H ± t_{n−1} ŝ √(H + H²/Σh_j): the shocks to come, and the drift not
    known. Both are needed; the second grows faster.

    Parameters
    ----------
    year, value : the series, years increasing, gaps allowed
    until : years after the last
    level : coverage of the interval, 0 < level < 1
    without : years whose change from the year before is left out (breaks of measurement)

    Raises ValueError for years that do not increase, fewer than three changes, or ``until`` not
    after the last year.

    >>> f = extrapolate(range(6), [0.0, 1.0, 2.5, 3.0, 4.2, 5.0], until=[10])
    >>> float(f.centre[0]), round(float(f.upper[0] - f.lower[0]), 2)
    (10.0, 3.69)
    """
    x, y = _series(year, value)
    ahead, omitted = (
        np.atleast_1d(finite(n, v)) for n, v in (("until", until), ("without", without))
    )
    require("until", ahead, ahead > x[-1], "years after the last of the series")
    level = number("level", level)
    require("level", level, 0 < level < 1, "0 < level < 1")
    require("without", omitted, np.isin(omitted, x[1:]), "years of the series after its first")
    kept = ~np.isin(x[1:], omitted)
    h, change = np.diff(x)[kept], np.diff(y)[kept]
    n = int(h.size)
    enough = f"at least three changes left, not {n},"
    require("year", x, n >= 3, enough, "Leave fewer out or take more years.")
    drift = change.sum() / h.sum()
    volatility = np.sqrt(((change - drift * h) ** 2 / h).sum() / (n - 1))
    H = ahead - x[-1]
    with np.errstate(over="ignore"):
        centre = y[-1] + drift * H
        half = stdtrit(n - 1, (1 + level) / 2) * volatility * np.sqrt(H + H**2 / h.sum())
    require("until", ahead, np.isfinite(centre) & np.isfinite(half), "a forecast that is a number")
    drift_se = volatility / np.sqrt(h.sum())
    return Forecast(
        ahead, centre, centre - half, centre + half, float(drift), float(drift_se),
        float(volatility), n,
    )  # fmt: skip


def _series(year: ArrayLike, value: ArrayLike) -> tuple[FloatArray, FloatArray]:
    x, y = finite("year", year), finite("value", value)
    require("value", y, x.ndim == 1 and y.shape == x.shape, "one value for each year")
    require("year", x.size, x.size > 1, "at least two years")
    require("year", x, np.all(np.diff(x) > 0), "increasing years")
    return x, y


def backtest(
    year: ArrayLike,
    value: ArrayLike,
    origins: Sequence[int],
    target: int,
    level: float = 0.8,
    without: Sequence[int] = (),
) -> FloatArray:
    """Forecasts of ``target`` made with the data up to each origin: lower, centre, upper, outcome.

    Several origins and one target are one outcome: how often the interval held it is one test, not
    as many as there are origins. ``without`` as in :func:`extrapolate`, where already known.

    Shape (origins, 4). Raises ValueError for a year that the series does not have and for an origin
    that is not before the target.

    >>> backtest(range(8), [0.0, 1, 2, 3, 5, 5, 6, 7], [4, 5], 7)[:, 3]
    array([7., 7.])
    """
    x, y = _series(year, value)
    rows = []
    aim = number("target", target)
    require("target", aim, aim in x, "a year of the series")
    starts = np.atleast_1d(finite("origins", origins))
    require("origins", starts.shape, starts.ndim == 1, "a list of years")
    for origin in starts:
        require("origins", origin, origin in x, "a year of the series")
        require("origins", origin, origin < aim, "an origin before the target")
        known = x <= origin
        past = [broken for broken in np.atleast_1d(finite("without", without)) if broken <= origin]
        f = extrapolate(x[known], y[known], [aim], level, past)
        rows.append([f.lower[0], f.centre[0], f.upper[0], y[x == aim][0]])
    return np.array(rows).reshape(-1, 4)
