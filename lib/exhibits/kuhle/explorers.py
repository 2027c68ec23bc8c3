"""The explorers of the part: incomes and certainty equivalents, education, and γ*.

>>> incomes.description(gamma=1.0)[:42]
'Median $83,730, mean $121,000, Gini 0.456.'
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from aiecon.kuhle.data import incomes as incomes_of
from aiecon.kuhle.data import pivotal_economy, two_years
from aiecon.kuhle.education import Cost
from aiecon.kuhle.inputs import frozen
from aiecon.kuhle.lognormal import Economy, density
from aiecon.kuhle.measures import dispersion_measures
from aiecon.kuhle.rents import (
    Race,
    expected_income,
    investing_share,
    private_education,
    social_education,
    surplus,
)
from aiecon.kuhle.welfare import certainty_equivalent, indifference_gamma, plateau
from aiecon.validation import FloatArray
from exhibits.explorer import Choice, Explorer, Reference, Slider, reference_line
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line

__all__ = ["education", "incomes", "indifference"]


# Two distributions of income ----------------------------------------------------------------------

_LEVELS = np.geomspace(2e3, 2e6, 80)
_OLD, _NEW = two_years()
#: Exactly 2024 and 1975, and the γ that is indifferent between them.
_TECHNOLOGY = float(_NEW.technology / _OLD.technology)
_MEAN = float(pivotal_economy(_OLD.technology).skill_mean)
_GAMMA = float(indifference_gamma(_OLD, _NEW))


@cache
def _economy(technology: float, mean: float, sd: float) -> Economy:
    """Technology in multiples of 1975, skill in points above the pivot; B as in 1975 and 2024."""
    scale = pivotal_economy(_OLD.technology).scale
    return Economy(technology * _OLD.technology, scale, mean, sd)


@cache
def _density(technology: float, mean: float, sd: float) -> FloatArray:
    return frozen(density(_economy(technology, mean, sd), _LEVELS))[0]


def draw_incomes(
    figure: BookFigure,
    technology: float,
    gamma: float,
    mean: float,
    sd: float,
    reference: Reference,
) -> None:
    """The density of log income with median, mean and certainty equivalent; 1975 behind it."""
    ax = figure.subplots()
    paper = dict(reference.parameters)
    reference_line(ax, _LEVELS / 1e3, _density(paper["technology"], paper["mean"], paper["sd"]))
    economy = _economy(technology, mean, sd)
    ax.plot(_LEVELS / 1e3, _density(technology, mean, sd), color=PALETTE["blue"])
    marks = (
        (certainty_equivalent(economy, gamma), "vermilion", DASHES[0], "certainty equivalent"),
        (economy.median, "ink", DASHES[1], "median"),
        (economy.mean, "green", DASHES[3], "mean"),
    )
    for value, colour, dash, name in marks:
        ax.plot([value / 1e3] * 2, [0, 1.2], color=PALETTE[colour], linestyle=dash, label=name)
    ax.set_xscale("log")
    ticks = [2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000]
    ax.set_xticks(ticks, [f"{t:,}" for t in ticks])
    ax.minorticks_off()
    ax.set(
        xlim=(2, 2000),
        ylim=(0, 1.7),
        xlabel="household income, thousand dollars of 2024",
        ylabel="density of log income",
    )
    ax.legend(loc="upper left")


def describe_incomes(technology: float, gamma: float, mean: float, sd: float) -> str:
    """What the distribution is worth, against 1975, and what more technology would do."""
    economy, old = _economy(technology, mean, sd), _OLD
    ce, before = (float(certainty_equivalent(e, gamma)) for e in (economy, old))
    worth = (
        f"Median ${economy.median:,.0f}, mean ${economy.mean:,.0f}, Gini {economy.gini:.3f}. "
        f"With γ = {gamma:.3g} this is worth a sure ${ce:,.0f}, against ${before:,.0f} in 1975."
    )
    peak = float(plateau(gamma, mean, sd))
    if np.isinf(peak):
        return f"{worth} With γ ≤ 1 more technology always raises that: there is no plateau."
    side = (
        "below, so more technology raises"
        if economy.technology < peak
        else "beyond, so more technology lowers"
    )
    return (
        f"{worth} The plateau is at {100 * peak:.2f}% per point; technology, at "
        f"{100 * economy.technology:.2f}%, is {side} the certainty equivalent."
    )


def incomes_data(technology: float, gamma: float, mean: float, sd: float) -> dict[str, Any]:
    """The two densities, point by point."""
    return {
        "income (dollars of 2024)": _LEVELS,
        "density of log income": _density(technology, mean, sd),
        "density of log income, 1975": density(_OLD, _LEVELS),
    }


#: Two distributions of income, 1975 and one the reader sets.
incomes = Explorer(
    name="kuhle-incomes",
    title="Two distributions of income",
    alt=(
        "Density of log household income on a logarithmic axis from 2,000 to 2 million dollars: a "
        "bell-shaped curve with three vertical lines, at the certainty equivalent, the median and "
        "the mean, over a grey curve for 1975."
    ),
    draw=draw_incomes,
    controls={
        "gamma": Slider(
            "Relative risk aversion γ", [0, 1, 2, _GAMMA, 4], default=_GAMMA, format="{:.2f}"
        ),
        "technology": Slider(
            "Technology a, 1975 = 1",
            [0.6, 0.8, 1, 1.25, _TECHNOLOGY, 1.8, 2.1],
            default=_TECHNOLOGY,
            format="{:.2f}",
        ),
        "mean": Slider(
            "Mean skill μ, points above the pivot",
            [12, _MEAN, 24],
            default=_MEAN,
            format="{:.2f}",
        ),
        "sd": Slider("Standard deviation of skill ς, points", [11, 15, 19], default=15),
    },
    describe=describe_incomes,
    data=incomes_data,
    caption=(
        "Blue: the distribution that you set; grey: 1975. Skill is measured from the pivot, an IQ "
        "of 82.3, whose income is the same in 1975 and in 2024: with that origin technology alone "
        "leads from one year to the other. Try: set γ = 4 and lower a until the certainty "
        "equivalent stops rising."
    ),
    presets={
        "1975": {"technology": 1.0},
        "2024": {"technology": _TECHNOLOGY},
        "Beyond the plateau": {"technology": 2.1, "gamma": 4},
        "Log utility: no plateau": {"technology": 2.1, "gamma": 1},
    },
    reference="1975",
)


# Private against social education -----------------------------------------------------------------

_POINTS = np.linspace(0, 25, 60)
_LEVEL = 0.4  # price of the first point over its expected benefit a·E[w]


def _race(year: int, chi: float, curvature: float) -> Race:
    """Spending is limited to a year's median income; curvature in multiples of a."""
    economy = two_years()[0 if year == 1975 else 1]
    a = float(economy.technology)
    cost = Cost(_LEVEL * a * float(economy.mean), curvature * a)
    return Race(economy, cost, chi, limit=float(economy.median))


def _outcome(race: Race) -> tuple[float, float, float | None]:
    """Mean education in equilibrium, the planner's, and the share at the limit if people split."""
    if race.cost.curvature > float(race.economy.technology):
        return private_education(race), social_education(race), None
    share = investing_share(race)
    return share * race.highest, social_education(race), share


def draw_education(figure: BookFigure, year: int, chi: float, curvature: float) -> None:
    """Marginal benefits and cost on the left, surplus when all choose the same on the right."""
    left, right = figure.subplots(1, 2)
    race = _race(year, chi, curvature)
    a, unit = float(race.economy.technology), float(race.economy.mean)
    private, social, _ = _outcome(race)
    benefit = a * expected_income(race, _POINTS, _POINTS)
    price = race.cost.marginal(_POINTS)
    scale = a * unit
    left.plot(
        _POINTS,
        benefit / scale,
        color=PALETTE["blue"],
        linestyle=DASHES[0],
        label="private benefit",
    )
    left.plot(
        _POINTS,
        (1 - chi) * benefit / scale,
        color=PALETTE["green"],
        linestyle=DASHES[1],
        label="social benefit",
    )
    left.plot(_POINTS, price / scale, color=PALETTE["vermilion"], linestyle=DASHES[3], label="cost")
    left.set(ylim=(0, 4.2), ylabel="per point, over a·E[w]")
    left.legend(loc="upper left")
    affordable = np.minimum(_POINTS, race.highest)
    right.plot(affordable, surplus(race, affordable) / unit, color=PALETTE["ink"])
    for e, colour, marker, name in (
        (private, "blue", "o", "private"),
        (social, "green", "s", "social"),
    ):
        y = float(surplus(race, e)) / unit
        right.plot([e], [y], marker, color=PALETTE[colour], markersize=8, label=name)
    right.set(ylim=(0, 3.2), ylabel="surplus over E[w]")
    right.legend(loc="upper left")
    for ax in (left, right):
        ax.axvline(race.highest, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
        ax.set(xlim=(0, 25), xlabel="education e, points")
    label_line(right, race.highest, 0.1, "limit", "muted", ha="right", fontsize=9)


def describe_education(year: int, chi: float, curvature: float) -> str:
    """Both optima, the loss, and the tax that would close the wedge."""
    race = _race(year, chi, curvature)
    private, social, share = _outcome(race)
    if share is None:
        chosen = f"Each person buys {private:.1f} points of skill"
        if np.isclose(private, race.highest):
            chosen += ", all that a year's median income pays for"
    else:
        chosen = (
            f"The cost bends less than income, so each person buys nothing or all that she can; "
            f"{share:.0%} buy {race.highest:.1f} points, {private:.1f} on average"
        )
    lost = 1 - float(surplus(race, private)) / float(surplus(race, social))
    if share is not None:
        W = expected_income(race, np.array([0.0, race.highest]), private)
        got = (1 - share) * W[0] + share * (W[1] - race.limit)
        lost = 1 - float(got) / float(surplus(race, social))
    planner = f"; the best equal education for all is {social:.1f}."
    if private <= social + 1e-9 and lost < 1e-9:
        return f"{chosen}{planner} Nothing is lost."
    told = f"{chosen}{planner} The race costs {lost:.0%} of the surplus"
    if share is not None:
        return f"{told} with that."
    return (
        f"{told} with that; a tax of {chi:.0%} on income, given back in equal sums, would make it "
        "the private choice."
    )


def education_data(year: int, chi: float, curvature: float) -> dict[str, Any]:
    """The curves of both panels, money in dollars of 2024 a year."""
    race = _race(year, chi, curvature)
    a = float(race.economy.technology)
    benefit = a * expected_income(race, _POINTS, _POINTS)
    return {
        "education (points)": _POINTS,
        "private marginal benefit": benefit,
        "social marginal benefit": (1 - chi) * benefit,
        "marginal cost": race.cost.marginal(_POINTS),
        "surplus": surplus(race, _POINTS),
    }


#: Private against social education (χ, curvature of the cost, year).
education = Explorer(
    name="kuhle-education",
    title="Private and social education",
    alt=(
        "Two panels against points of education. Left: rising curves for the private and the "
        "social marginal benefit and the marginal cost of a point. Right: surplus when all choose "
        "the same education, with marks at the private and at the social choice and a vertical "
        "line at the borrowing limit."
    ),
    draw=draw_education,
    controls={
        "year": Choice("Economy", {"1975": 1975, "2024": 2024}, default="2024"),
        "curvature": Slider(
            "Curvature of the cost η, in multiples of a", [0, 0.5, 1.25, 1.5, 2, 3, 4], default=2
        ),
        "chi": Slider(
            "Share of rents χ", np.round(np.linspace(0, 1, 11), 1), default=0.4, format="{:.1f}"
        ),
    },
    describe=describe_education,
    data=education_data,
    caption=(
        "The first point costs 0.4 times what it brings; spending is limited to a year's median "
        "income (dotted). Try: set χ = 0, where both agree, and raise it; then lower the "
        "curvature below one and see the interior optimum turn into a corner."
    ),
    presets={
        "No rents": {"year": "2024", "curvature": 2, "chi": 0.0},
        "Half rents": {"year": "2024", "curvature": 2, "chi": 0.5},
        "All rents: a race on the spot": {"year": "2024", "curvature": 2, "chi": 1.0},
        "Linear cost: a corner": {"year": "2024", "curvature": 0, "chi": 0.4},
    },
    size=(6.8, 3.6),
)


# Who prefers 1975 --------------------------------------------------------------------------------

_GAMMAS = np.linspace(0, 5, 60)
_PRICES = {
    "PCE index": incomes_of(1975, "pce").median / incomes_of(1975).median,
    "C-CPI-U chain": incomes_of(1975, "c-cpi-u").median / incomes_of(1975).median,
    "CPI-U-RS": incomes_of(1975, "cpi-u-rs").median / incomes_of(1975).median,
    "CPI-U": incomes_of(1975, "cpi-u").median / incomes_of(1975).median,
}


def _pair(price: float, measure: tuple[float, float]) -> tuple[Economy, Economy]:
    """Both years as lognormals with their medians and the measured dispersions."""
    medians = (price * incomes_of(1975).median, incomes_of(2024).median)
    old, new = (Economy(s / 15, m, 0.0, 15.0) for s, m in zip(measure, medians, strict=True))
    return old, new


def _ratio(price: float, measure: tuple[float, float]) -> FloatArray:
    old, new = _pair(price, measure)
    return np.asarray(certainty_equivalent(new, _GAMMAS) / certainty_equivalent(old, _GAMMAS))


def draw_indifference(
    figure: BookFigure, price: float, measure: tuple[float, float], reference: Reference
) -> None:
    """Certainty equivalent of 2024 over that of 1975, and where it crosses one."""
    ax = figure.subplots()
    paper = dict(reference.parameters)
    reference_line(ax, _GAMMAS, _ratio(paper["price"], paper["measure"]))
    ax.plot(_GAMMAS, _ratio(price, measure), color=PALETTE["blue"])
    ax.axhline(1, color=PALETTE["muted"], linewidth=1)
    ax.plot([2.5, 2.5], [0.5, 1.9], color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    label_line(ax, 2.5, 1.75, "“about 2.5”", "muted", fontsize=9)
    star = float(indifference_gamma(*_pair(price, measure)))
    ax.plot([star], [1], "o", color=PALETTE["vermilion"], markersize=9)
    ax.set(
        xlim=(0, 5),
        ylim=(0.5, 1.9),
        xlabel="relative risk aversion γ",
        ylabel="certainty equivalent, 2024 / 1975",
    )


def describe_indifference(price: float, measure: tuple[float, float]) -> str:
    """γ* in words, with the growth of the median and of technology."""
    old, new = _pair(price, measure)
    star = float(indifference_gamma(old, new))
    return (
        f"Dispersion rises from {measure[0]:.3f} to {measure[1]:.3f}, technology by "
        f"{measure[1] / measure[0] - 1:.0%}; the median by {new.median / old.median - 1:.0%}. "
        f"Whoever is more risk averse than γ* = {star:.2f} prefers 1975."
    )


def indifference_data(price: float, measure: tuple[float, float]) -> dict[str, Any]:
    """The curve, point by point."""
    return {"gamma": _GAMMAS, "CE 2024 over CE 1975": _ratio(price, measure)}


#: γ* by deflator and by measure of dispersion.
indifference = Explorer(
    name="kuhle-indifference",
    title="Who prefers 1975?",
    alt=(
        "Certainty equivalent of 2024 over that of 1975 against relative risk aversion from 0 to "
        "5: a falling curve with a dot where it crosses one, over a grey curve for the "
        "calibration with the C-CPI-U chain; a dotted line at 2.5."
    ),
    draw=draw_indifference,
    controls={
        "measure": Choice(
            "Dispersion from",
            dispersion_measures(),
            default="mean over median",
        ),
        "price": Slider(
            "Dollars of 2024 for one of 1975",
            sorted([4.8, 5.15, 5.5, 6.0, *_PRICES.values()]),
            default=_PRICES["C-CPI-U chain"],
            format="{:.2f}",
        ),
    },
    describe=describe_indifference,
    data=indifference_data,
    caption=(
        "Blue: your choice; grey: mean over median with the C-CPI-U chain. Try: find a price "
        "factor at which γ* is 2.5; then change the measure of dispersion and see it move further "
        "than any deflator moves it."
    ),
    presets={
        "PCE index": {"measure": "mean over median", "price": _PRICES["PCE index"]},
        "C-CPI-U chain": {"measure": "mean over median", "price": _PRICES["C-CPI-U chain"]},
        "CPI-U-RS": {"measure": "mean over median", "price": _PRICES["CPI-U-RS"]},
        "CPI-U": {"measure": "mean over median", "price": _PRICES["CPI-U"]},
        "Without the jump of 1993": {
            "measure": "mean over median, 1993 mended",
            "price": _PRICES["C-CPI-U chain"],
        },
    },
    reference="C-CPI-U chain",
    size=(6.8, 3.7),
)
