"""The checks of the chapter on a fixed factor: solutions pass, the usual mistakes do not."""

from __future__ import annotations

import numpy as np

from aiecon import korinek_suh as ks
from tests.checking import Case, of, wrong

WORDS = (
    "How the share of land in output moved when land became scarcer relative to all else, with "
    "technology held fixed; and the same for energy and matter."
)


def _agi():
    agi = ks.Bounded(horizon=20)
    free = ks.solve_transition(agi)
    held = ks.solve_fixed_factor_transition(agi, 4.6, ks.FixedFactor(0.9, 1.0))
    ratios = held.output(40.0) / free.output(40.0), held.wage(40.0) / free.wage(40.0)
    return (held.region_changes[0].date, *map(float, ratios))


def _ratio(M):
    return (ks.least_fixed_factor() / M) ** 0.1


def _bound(M):
    return np.log(0.392 * M / ks.least_fixed_factor()) / 0.01


def _half_life(share, part=2.0, depreciation=0.1):
    c = 0.14 / (1 - share) - depreciation
    root = 0.02 - np.sqrt(0.0004 + share * 0.14 * c / 2)
    return np.log(part) / -root


def _complements():
    x = np.geomspace(1, 100, 200_001)
    earned = 0.45 / x**2 / (0.9 / x + 0.1) ** 2
    return float(x[earned > 0.14].max()), (0.45 / 0.14) ** 10, WORDS


def _peak():
    kappa = (-1 + np.sqrt(1 + 4 * 2 / 3 / 3 * 4.6)) * 3 / 4
    return 1 / 3, float(kappa / (1 + kappa)), "c"


def _year_50():
    log_M = np.linspace(np.log(5e-5), np.log(7e-5), 200)
    K0 = ks.paths_entering_at(50.0, 0.01, np.exp(log_M)).K0
    return (float(np.exp(np.interp(4.6, K0[::-1], log_M[::-1]))),)


test_answers = of(
    {
        "ks.fixed.1": Case(
            right=lambda: (0.25, 15.0, 1 / 32, 1.0, 0.25),
            also=((0.25, 15, 0.031, 1, 0.25),),
            wrong={
                "the square forgotten": wrong(0.5, 15, 1 / 32, 1, 0.25, says="first unit"),
                "K* + L": wrong(0.25, 16, 1 / 32, 1, 0.25, says="With your K*"),
                "of the composite": wrong(0.25, 15, 1 / 16, 1, 0.25, says="of output"),
                "capital at Φ = 0": wrong(0.25, 15, 1 / 32, 0.25, 0.25, says="capital is idle"),
                "the wage without machines": wrong(0.25, 15, 1 / 32, 1, 1, says="people earn"),
            },
        ),
        "ks.fixed.2": Case(
            right=lambda: (_ratio, "c"),
            also=((lambda M: 0.3111 * M**-0.1, "c"),),
            wrong={
                "upside down": wrong(lambda M: 1 / _ratio(M), "c", says="is lower in the end"),
                "in M, not in its power": wrong(
                    lambda M: _ratio(M) ** 10, "c", says="at M = 0.001"
                ),
                "given capital": wrong(lambda M: 5.6**-0.1, "c", says="equal"),
                "a share that workers owned": wrong(_ratio, "d", says="own the factor"),
                "machines help": wrong(_ratio, "a", says="compare"),
            },
        ),
        "ks.fixed.3": Case(
            right=_agi,
            also=((17.4, 0.054, 0.54),),
            wrong={
                "without M": wrong(18.61, 0.0538, 0.544, says="has stopped being scarce"),
                "the end of automation": wrong(20.0, 0.0538, 0.544, says="year 20"),
                "upside down": wrong(17.42, 18.6, 0.544, says="which ratio"),
                "in per cent": wrong(17.42, 0.0538, 54.4, says="too large"),
            },
        ),
        "ks.fixed.4": Case(
            right=lambda: (_bound,),
            wrong={
                "Φ₀ forgotten": wrong(lambda M: _bound(M / 0.392), says="not K*/L"),
                "K₀ in place of K*": wrong(lambda M: np.log(0.392 * 5.6) / 0.01, says="passes 4.6"),
                "to base ten": wrong(lambda M: _bound(M) / np.log(10), says="not K*/L"),
            },
        ),
        "ks.fixed.5": Case(
            right=lambda: (_half_life,),
            wrong={
                "without log 2": wrong(lambda s: _half_life(s, np.e), says="does not solve"),
                "the unstable root": wrong(lambda s: -_half_life(s), says="negative"),
                "no depreciation": wrong(lambda s: _half_life(s, 2, 0.0), says="does not solve"),
                "the interest rate alone": wrong(lambda s: np.log(2) / 0.04, says="does not solve"),
            },
        ),
        "ks.fixed.6": Case(
            right=_complements,
            also=((8.93, 118_000, WORDS),),
            wrong={
                "Y/X for the return": wrong(22.1, (0.45 / 0.14) ** 10, WORDS, says="ν = 0.5"),
                "the power forgotten": wrong(8.93, 0.45 / 0.14, WORDS, says="sooner"),
                "0.5 in place of 0.45": wrong(8.93, (0.5 / 0.14) ** 10, WORDS, says="ν = 1"),
                "two words": wrong(8.93, 117_982, "land shares", says="10 words or more"),
            },
        ),
        "ks.fixed.7": Case(
            right=lambda: (2**0.1, 2.0, 1.0),
            also=((1.07, 2, 1),),
            wrong={
                "output doubles": wrong(2.0, 2.0, 1.0, says="a tenth"),
                "the power for work, too": wrong(1.072, 1.072, 1.0, says="ρ + δ"),
                "the wage rises": wrong(1.072, 2.0, 1.072, says="w = R"),
            },
        ),
        "ks.fixed.8": Case(
            right=_peak,
            also=((0.333, 0.485, "c"),),
            wrong={
                "θ = σ": wrong(0.5, _peak()[1], "c", says="s_K is not"),
                "κ for Φ": wrong(1 / 3, 0.9, "c", says="not scarce"),
                "as without M": wrong(1 / 3, 0.577, "c", says="falls"),
                "s_K = θ": wrong(1 / 3, 0.4, "c", says="rises"),
                "M moves it": wrong(*_peak()[:2], "a", says="logarithm"),
            },
        ),
        "ks.fixed.9": Case(
            right=_year_50,
            also=((6.08e-5,),),
            wrong={
                "year 25": wrong(1.666e-5, says="region 2 begins in year"),
                "a factor of ten": wrong(6.08e-4, says="region 2 begins in year"),
                "M = 1": wrong(1.0, says="for centuries"),
                "the least": wrong(8e-6, says="must be above"),
            },
        ),
    }
)
