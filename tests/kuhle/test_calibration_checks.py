"""The checks of the chapter on the calibration: solutions pass, the usual mistakes do not."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar

from aiecon import kuhle
from tests.checking import Case, of, wrong

OLD, NEW = kuhle.two_years()
THEN, LATER = kuhle.calibrate(51_124, 59_698), kuhle.calibrate(68_703, 98_088)
DATA = kuhle.households()
STAR = float(kuhle.indifference_gamma(OLD, NEW))
WORDS = (
    "The same people's incomes over many years, in the seventies and today, with their savings. "
    * 2
)


def _rise():
    rise = float(LATER.technology / THEN.technology - 1)
    return rise, float(kuhle.indifference_gamma(THEN, LATER))


def _intervals(errors=1.645):
    rng, n = np.random.default_rng(90), 20_000

    def draw(value, margin):
        return value + margin / errors * rng.standard_normal(n)

    one = kuhle.calibrate(draw(51_124, 342), draw(59_698, 306))
    two = kuhle.calibrate(draw(68_703, 904), draw(98_088, 1_042))
    ratio = np.quantile(two.technology / one.technology, [0.05, 0.95]) - 1
    return ratio, np.quantile(kuhle.indifference_gamma(one, two), [0.05, 0.95])


def _factors():
    chain, plain = 58_667 / 11_800, 68_802 / 11_800
    needed = float(kuhle.indifference_scale(kuhle.calibrate(11_800, 13_779), NEW, 2.5))
    return needed / chain, plain / chain


def _yearly():
    return tuple(float(100 * (factor ** (1 / 49) - 1)) for factor in _factors())


def _fits():
    edges = np.linspace(0, 1, 6)
    found = []
    for year in (1975, 2024):
        share = DATA.fifth_shares[list(DATA.year).index(year)]

        def distance(sigma, share=share):
            economy = kuhle.Economy(sigma / 15, 1.0, 0.0, 15.0)
            return ((np.diff(kuhle.lorenz(economy, edges)) - share) ** 2).sum()

        found.append(float(minimize_scalar(distance, bounds=(0.1, 2), method="bounded").x))
    growth = np.log(NEW.median / OLD.median)
    return *found, float(1 + 2 * growth / (found[1] ** 2 - found[0] ** 2))


def _lowest():
    rows = [i for i, y in enumerate(DATA.year) if 1990 <= y <= 2019]
    each = kuhle.indifference_gamma(THEN, kuhle.calibrate(DATA.median[rows], DATA.mean[rows]))
    return float(1990 + np.argmin(each)), float(each.min())


VALUE = float(kuhle.value_of_skill(NEW, 0.5))
ABOVE, ANNUITY = float(VALUE * np.exp(NEW.dispersion)), float(kuhle.annuity(0.03, 40))
first, second, fitted = _fits()

test_answers = of(
    {
        "ku.cal.1": Case(
            right=_rise,
            also=((0.515, 2.47),),
            wrong={
                "the ratio": wrong(1.515, 2.47, says="how much did it rise"),
                "of the ratio of ratios": wrong(0.223, 2.47, says="square root"),
                "the growth of the mean": wrong(0.515, 3.47, says="not as much"),
                "per cent": wrong(51.5, 2.47, says="as a share"),
                "without the one": wrong(0.515, 1.47, says="1.22 times"),
            },
        ),
        "ku.cal.2": Case(
            right=_intervals,
            also=(tuple(np.round(x, 2) for x in _intervals()),),
            wrong={
                "margins for errors": wrong(*_intervals(1.0), says="standard errors"),
                "one standard error": wrong(*_intervals(2.7), says="5% of the draws"),
                "the ratio": wrong(
                    1 + _intervals()[0], _intervals()[1], says="the estimate itself"
                ),
                "upper end first": wrong(_intervals()[0][::-1], _intervals()[1], says="above it"),
            },
        ),
        "ku.cal.3": Case(
            right=_yearly,
            also=((0.0735, 0.326),),
            wrong={
                "a share": wrong(0.000735, 0.00326, says="a share a year"),
                "not compounded": wrong(
                    0.0735, float(100 * (_factors()[1] - 1) / 49), says="compound"
                ),
                "over 49 years": wrong(3.66, 17.3, says="another factor"),
                "exchanged": wrong(0.326, 0.0735, says="another factor"),
            },
        ),
        "ku.cal.4": Case(
            right=lambda: (first, second, fitted),
            also=((0.69, 0.90, 3.15), (0.691, 0.898, 3.17)),
            wrong={
                "mean over median": wrong(0.557, 0.858, 2.67, says="a higher σ"),
                "the top share alone": wrong(first, 0.95, 3.0, says="a lower σ"),
                "γ* of mean and median": wrong(first, second, STAR, says="your two dispersions"),
                "exchanged": wrong(second, first, fitted, says="rose by every measure"),
            },
        ),
        "ku.cal.5": Case(
            right=_lowest,
            also=((1993, 1.51),),
            wrong={
                "the highest": wrong(1990, 2.61, says="less risk aversion"),
                "a year later": wrong(1994, 1.51, says="less risk aversion"),
                "out of range": wrong(1983, 1.2, says="from 1990"),
                "of 2024": wrong(1993, 2.35, says="another one"),
            },
        ),
        "ku.cal.6": Case(
            right=lambda: (STAR / 0.7, "b", WORDS),
            also=((3.81, "b", WORDS),),
            wrong={
                "one left out": wrong(1 + (STAR - 1) / 0.7, "b", WORDS, says="median richer"),
                "multiplied": wrong(0.7 * STAR, "b", WORDS, says="less risky"),
                "it falls": wrong(STAR / 0.7, "a", WORDS, says="drops out"),
                "it rises": wrong(STAR / 0.7, "c", WORDS, says="alike"),
            },
        ),
        "ku.cal.7": Case(
            right=lambda: (VALUE, ABOVE, VALUE * ANNUITY),
            also=((4790, 11297, 110_720),),
            wrong={
                "a share of the mean": wrong(6922.0, 11297, 110_720, says="a times the median"),
                "the same everywhere": wrong(VALUE, VALUE, 110_720, says="not 1.00 times"),
                "no discounting": wrong(VALUE, ABOVE, 40 * VALUE, says="without discounting"),
                "for ever": wrong(VALUE, ABOVE, VALUE / 0.03, says="40 years"),
            },
        ),
    }
)
