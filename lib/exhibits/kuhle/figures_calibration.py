"""The figures of the chapter on the calibration; all drawings are ours.

>>> len(values().axes)
2
"""

from __future__ import annotations

import numpy as np

from aiecon.kuhle.calibration import annuity, value_of_skill
from aiecon.kuhle.data import DEFLATORS, households, two_years
from aiecon.kuhle.extrapolation import Forecast, extrapolate
from aiecon.kuhle.lognormal import density, lorenz
from aiecon.kuhle.welfare import certainty_equivalent, indifference_gamma
from aiecon.validation import FloatArray
from exhibits.plotting import (
    COLOURS,
    DASHES,
    PALETTE,
    BookFigure,
    label_line,
    panels,
    share_axis,
    style,
)

__all__ = ["distributions", "fifths", "gamma_star", "series", "values"]

YEARS = ((1975, "blue", DASHES[0]), (2024, "vermilion", DASHES[1]))
NAMES = {
    "pce": "PCE index",
    "c-cpi-u": "C-CPI-U chain",
    "cpi-u-rs": "CPI-U-RS, then CPI-U",
    "cpi-u": "CPI-U",
}


@style()
def distributions(gamma: float = 4.0) -> BookFigure:
    """The calibrated densities of both years with median, mean and certainty equivalent."""
    fig, ax = panels(size=(5.4, 3.6))
    x = np.geomspace(4e3, 9e5, 300)
    for (_, colour, dash), e in zip(YEARS, two_years(), strict=True):
        ax.plot(x / 1e3, density(e, x), color=PALETTE[colour], linestyle=dash)
        marks = (("o", e.median), ("s", e.mean), ("^", certainty_equivalent(e, gamma)))
        for marker, value in marks:
            at = float(density(e, value))
            ax.plot([value / 1e3], [at], marker, color=PALETTE[colour], markersize=7)
    label_line(ax, 35, 0.52, "1975", "blue", ha="right")
    label_line(ax, 235, 0.24, "2024", "vermilion")
    for marker, name in (
        ("^", f"certainty equivalent, γ = {gamma:g}"),
        ("o", "median"),
        ("s", "mean"),
    ):
        ax.plot([], [], marker, color=PALETTE["ink"], label=name)
    ax.legend(loc="upper left", fontsize=9)
    ax.set_xscale("log")
    ax.set_xticks([5, 10, 20, 50, 100, 200, 500], ["5", "10", "20", "50", "100", "200", "500"])
    ax.minorticks_off()
    ax.set(
        ylim=(0, 0.98),
        xlabel="household income, thousand dollars of 2024",
        ylabel="density of log income",
    )
    return fig


@style()
def gamma_star() -> BookFigure:
    """Certainty equivalent of 2024 over that of 1975, against γ, by deflator."""
    fig, ax = panels()
    gamma = np.linspace(0, 4, 161)
    for deflator, colour, dash in zip(DEFLATORS, COLOURS, DASHES, strict=False):
        old, new = two_years(deflator)
        y = certainty_equivalent(new, gamma) / certainty_equivalent(old, gamma)
        star = float(indifference_gamma(old, new))
        name = f"{NAMES[deflator]}: γ* = {star:.2f}"
        ax.plot(gamma, y, color=PALETTE[colour], linestyle=dash, label=name)
        ax.plot([star], [1], "o", color=PALETTE[colour])
    ax.axhline(1, color=PALETTE["muted"], linewidth=1)
    ax.axvline(2.5, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    label_line(ax, 2.5, 1.62, "“about 2.5”", "muted", offset=(5, 0), fontsize=9)
    ax.set(
        xlim=(0, 4),
        ylim=(0.45, 2.0),
        xlabel="relative risk aversion γ",
        ylabel="certainty equivalent, 2024 / 1975",
    )
    ax.legend(loc="lower left", fontsize=9)
    return fig


def dispersion_series() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Year, √(2 ln(mean/median)), and its standard error by the delta method (independence)."""
    data = households()
    sigma = np.sqrt(2 * np.log(data.ratio))
    relative = np.hypot(data.mean_se / data.mean, data.median_se / data.median)
    return data.year, sigma, relative / sigma


def forecasts(until: int = 2050) -> tuple[Forecast, Forecast]:
    """Carried on from 1975 to 2024: with every change, and without that of 1993."""
    year, sigma, _ = dispersion_series()
    kept, ahead = year >= 1975, np.arange(2025, until + 1)
    whole = extrapolate(year[kept], sigma[kept], ahead)
    return whole, extrapolate(year[kept], sigma[kept], ahead, without=(1993,))


@style()
def series() -> BookFigure:
    """Technology year by year, its breaks, and the extrapolation with its intervals."""
    fig, ax = panels(size=(5.4, 3.7))
    year, sigma, se = dispersion_series()
    a = 100 / 15
    ax.errorbar(
        year,
        a * sigma,
        2 * a * np.nan_to_num(se),
        fmt="o",
        markersize=3,
        color=PALETTE["ink"],
        linewidth=0.8,
    )
    whole, without = forecasts()
    for f, colour, dash, name in (
        (whole, "vermilion", DASHES[1], "every change"),
        (without, "blue", DASHES[0], "without 1993"),
    ):
        x = np.concatenate([[2024], f.year])
        for y, width in ((f.centre, 2.0), (f.lower, 1.0), (f.upper, 1.0)):
            line = np.concatenate([[sigma[-1]], y])
            ax.plot(
                x,
                a * line,
                color=PALETTE[colour],
                linestyle=dash,
                linewidth=width,
                label=name if width == 2 else None,
            )
    for broken in (1993, 2013, 2018):
        ax.axvline(broken - 0.5, color=PALETTE["faint"], linewidth=1, zorder=0)
    label_line(ax, 1992.5, 3.3, "1993: new interviews\nand limits", "muted", fontsize=9)
    ax.set(xlim=(1966, 2051), ylim=(2.9, 7.9), xlabel="year", ylabel="technology a, % per IQ point")
    ax.legend(loc="upper left", title="80% interval", title_fontsize=9, fontsize=9)
    return fig


@style()
def values() -> BookFigure:
    """The value of an IQ point by rank in both years; over forty years at three rates."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.4))
    p = np.linspace(0.02, 0.98, 193)
    for (year, colour, dash), e, x, offset, ha in zip(
        YEARS, two_years(), (0.75, 0.62), ((0, -14), (-4, 5)), ("left", "right"), strict=True
    ):
        left.plot(p, value_of_skill(e, p) / 1e3, color=PALETTE[colour], linestyle=dash)
        y = float(value_of_skill(e, x)) / 1e3
        label_line(left, x, y, str(year), colour, offset=offset, ha=ha)
    left.set(ylabel="an IQ point, $1000 a year", ylim=(0, 20))
    new = two_years()[1]
    for rate, colour, dash in zip(
        (0.0, 0.02, 0.04), ("blue", "vermilion", "green"), DASHES, strict=False
    ):
        y = value_of_skill(new, p) * annuity(rate) / 1e3
        right.plot(p, y, color=PALETTE[colour], linestyle=dash, label=f"{rate:.0%}")
    right.set(ylabel="over 40 years, $1000 (2024)", ylim=(0, 800))
    right.legend(loc="upper left", title="discount rate", title_fontsize=9)
    for ax in (left, right):
        share_axis(ax, "x", "rank in the distribution")
    return fig


@style()
def fifths() -> BookFigure:
    """Measured shares of the fifths of households, and those of the calibrated lognormal."""
    fig, axes = panels(1, 2, size=(6.8, 3.2), sharey=True)
    data, place = households(), np.arange(5)
    for ax, (year, colour, _), e in zip(axes, YEARS, two_years(), strict=True):
        measured = data.fifth_shares[data.year == year][0]
        model = np.diff(lorenz(e, np.linspace(0, 1, 6)))
        ax.bar(
            place,
            measured,
            0.62,
            color="none",
            edgecolor=PALETTE[colour],
            linewidth=1.6,
            label="measured",
        )
        ax.plot(place, model, "D", color=PALETTE["ink"], markersize=6, label="lognormal")
        ax.set(
            xticks=place,
            xticklabels=["1st", "2nd", "3rd", "4th", "5th"],
            title=str(year),
            xlabel="fifth of households",
        )
    axes[0].set(ylabel="share of all income", ylim=(0, 0.62))
    axes[0].legend(loc="upper left")
    return fig
