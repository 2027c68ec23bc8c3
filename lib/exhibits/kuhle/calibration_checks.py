"""What must be true of the answers to the exercises on the calibration."""

from __future__ import annotations

import numpy as np

from aiecon import kuhle
from exhibits.answers import Array, Choice, Number, Text, answer, expect, same

YEARS = 49  # from 1975 to 2024


def _from_1975_to_2019():
    """The two years of Table H-5 in dollars of 2019."""
    return kuhle.calibrate(51_124, 59_698), kuhle.calibrate(68_703, 98_088)


@answer("ku.cal.1", Number("the rise of a"), Number("γ*"))
def the_same_with_2019(rise, gamma):
    """Technology by the ratio of mean to median, and the γ at which both years are equally good."""
    then, later = _from_1975_to_2019()
    expect(rise < 5, "The rise is asked as a share: 0.5 is half as much again")
    expect(rise > 0, "The mean moved away from the median: a rose")
    ratio = float(later.technology / then.technology)
    expect(abs(rise - ratio) > 0.01, "This is a of 2019 over a of 1975: how much did it rise?")
    expect(
        abs(1 + rise - ratio) < 0.006,
        "a is proportional to the square root of the log of mean over median",
    )
    better = float(
        kuhle.certainty_equivalent(later, gamma) / kuhle.certainty_equivalent(then, gamma)
    )
    expect(
        abs(better - 1) < 0.004,
        f"At your γ a draw of 2019 is worth {better:.3g} times one of 1975, and not as much",
    )


@answer("ku.cal.2", Array("the rise of a", shape=(2,)), Array("γ*", shape=(2,)))
def sampling_error(rise, gamma):
    """Both intervals hold the estimates, and are as wide as the margins make them."""
    then, later = _from_1975_to_2019()
    expect(rise < 5, "The rise is asked as a share: 0.5 is half as much again")
    for name, ends in (("the rise of a", rise), ("γ*", gamma)):
        expect(ends[0] < ends[1], f"{name}: an interval has a lower end and an upper end above it")
    estimates = (
        float(later.technology / then.technology - 1),
        float(kuhle.indifference_gamma(then, later)),
    )
    inside = [e[0] < x < e[1] for e, x in zip((rise, gamma), estimates, strict=True)]
    expect(inside, "An interval does not hold the estimate itself")
    widths = np.array([np.ptp(rise), np.ptp(gamma)])
    right = np.array([0.110, 0.406])  # of 90%, by the delta method
    expect(
        widths < 1.25 * right, "Too wide: are the margins, 1.645 standard errors, taken for one?"
    )
    expect(widths > 0.75 * right, "Too narrow: 90% leaves 5% of the draws on either side")


@answer("ku.cal.3", Number("to 2.5", above=0), Number("to the CPI-U", above=0))
def how_wrong(to_25, to_cpi):
    """Compounded over 49 years these differences make the two factors."""
    chain, plain = 58_667 / 11_800, 68_802 / 11_800
    new = kuhle.two_years()[1]
    needed = float(kuhle.indifference_scale(kuhle.calibrate(11_800, 13_779), new, 2.5))
    simple = 100 * (plain / chain - 1) / YEARS
    expect(abs(to_cpi / simple - 1) > 0.02, "Divided by 49? Yearly differences compound")
    for given, factor, name in ((to_25, needed, "2.5"), (to_cpi, plain, "the CPI-U")):
        over = factor / chain
        expect(given < 5, "Percentage points a year are asked, not over all 49 years")
        expect(
            abs(100 * given / (100 * (over ** (1 / YEARS) - 1)) - 1) > 0.02,
            f"For {name} this is a share a year, not percentage points",
        )
        made = (1 + given / 100) ** YEARS
        expect(
            abs(made / over - 1) < 0.002,
            f"Over 49 years your difference makes {made:.3f}; for {name} another factor is needed",
        )


@answer(
    "ku.cal.4",
    Number("σ of 1975", above=0),
    Number("σ of 2024", above=0),
    Number("γ*"),
)
def fit_the_fifths(first, second, gamma):
    """No other σ is closer to the shares of the fifths, in either year."""
    expect(second > first, "Dispersion rose by every measure")
    data = kuhle.households()
    for sigma, year in ((first, 1975), (second, 2024)):
        share = data.fifth_shares[list(data.year).index(year)]
        off = [_distance(sigma + x, share) for x in (-0.01, 0.0, 0.01)]
        way = "higher" if off[2] < off[1] else "lower"
        expect(off[1] <= min(off), f"In {year} a {way} σ is closer to the five shares")
    old, new = kuhle.two_years()
    growth = np.log(new.median / old.median)
    expect(
        abs(gamma - 1 - 2 * growth / (second**2 - first**2)) < 0.05,
        "γ* is not the one at which your two dispersions and the medians are equally good",
    )


def _distance(sigma, share):
    economy = kuhle.Economy(sigma / 15, 1.0, 0.0, 15.0)
    return float(((np.diff(kuhle.lorenz(economy, np.linspace(0, 1, 6))) - share) ** 2).sum())


@answer("ku.cal.5", Number("the year"), Number("the lowest γ*", above=0))
def every_year(year, lowest):
    """In that year the median was hardly above that of 1975."""
    expect(
        (year >= 1990) & (year <= 2019) & (year == round(year)), "A year from 1990 to 2019 is asked"
    )
    data = kuhle.households()
    base = kuhle.calibrate(51_124, 59_698)
    rows = [i for i, y in enumerate(data.year) if 1990 <= y <= 2019]
    each = kuhle.indifference_gamma(base, kuhle.calibrate(data.median[rows], data.mean[rows]))
    here = float(each[int(year) - 1990])
    expect(here <= each.min() + 1e-9, "In another year it takes less risk aversion to prefer 1975")
    expect(abs(lowest - here) < 0.01, "The year is right, its γ* against 1975 is another one")


@answer(
    "ku.cal.6",
    Number("γ*", above=1),
    Choice("abc"),
    Text("what one would have to know", words=20),
)
def a_veil_over_a_lifetime(gamma, choice, text):
    """An answer to compare."""
    yearly = float(kuhle.indifference_gamma(*kuhle.two_years()))
    expect(
        gamma > yearly,
        "A lifetime is less risky than a year: it takes more aversion to prefer 1975",
    )
    expect(
        abs(gamma - 1 - (yearly - 1) / 0.7) > 0.02,
        "Averaging makes the median richer, and by more where dispersion is larger",
    )
    expect(abs(0.7 * gamma / yearly - 1) < 0.01, "What counts is γ times the permanent share")
    said = {
        "a": "A fixed amount drops out of the difference of the variances",
        "c": "Both medians rise alike, and the difference of the variances stays",
    }
    expect(same(choice, "ff63f6ec7a70"), said.get(choice, ""))
    return ["which data, of which people and years", "how well people can save through bad years"]


@answer(
    "ku.cal.7",
    Number("at the median", above=0, unit="dollars a year"),
    Number("above it", above=0, unit="dollars a year"),
    Number("over 40 years", above=0, unit="dollars"),
)
def what_a_point_is_worth(middle, above, lifetime):
    """A point is worth a share of income, and a working life of it an annuity."""
    new = kuhle.two_years()[1]
    value = float(kuhle.value_of_skill(new, 0.5))
    expect(abs(middle / value - 1) < 0.01, "At the median it is a times the median, with a = σ/15")
    up = above / middle
    expect(
        abs(np.log(up) / new.dispersion - 1) < 0.02,
        f"Income there is not {up:.2f} times the median",
    )
    expect(abs(lifetime / (40 * middle) - 1) > 0.02, "This is without discounting")
    expect(
        abs(lifetime / (middle * kuhle.annuity(0.03, 40)) - 1) < 0.01,
        "The annuity of 40 years at 3% is [1 − 1.03⁻⁴⁰]/0.03",
    )
