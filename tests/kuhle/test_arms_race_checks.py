"""The checks of the chapter on the arms race: solutions pass, the usual mistakes do not."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from aiecon import kuhle
from tests.checking import Case, of, wrong

OLD, NEW = kuhle.two_years()
A24, SIGMA = float(NEW.technology), float(NEW.dispersion)


def _break_even():
    return tuple(float(np.exp(SIGMA * ndtri(q) - SIGMA**2 / 2)) for q in (0.5, 0.25))


def _limit():
    cost = kuhle.Cost(0.9 * float(OLD.technology * OLD.mean), 0.07)
    below, above = float(OLD.technology), 0.08
    while above - below > 1e-7:
        middle = (below + above) / 2
        economy = kuhle.pivotal_economy(middle)
        kind = kuhle.optimal_education(economy, cost, float(economy.median)).kind
        below, above = (middle, above) if kind == "interior" else (below, middle)
    return (middle,)


def wedge(a, eta, theta):
    return -np.log(1 + theta) / (eta - a * (1 + theta))


def subsidy(theta):
    return theta / (1 + theta)


POINTS = float(-np.log(0.85) / (0.08 - A24))
REASONS = (
    "Within economies the slope is a, across them less; places differ in much else as well. " * 3
)

test_answers = of(
    {
        "ku.race.1": Case(
            right=_break_even,
            also=((0.692, 0.388),),
            wrong={
                "three quarters fall short": wrong(0.692, 0.9, says="less must be spent"),
                "of the median": wrong(0.999, 0.561, says="recover it"),
                "exchanged": wrong(0.388, 0.692, says="less must be spent"),
                "the same twice": wrong(0.692, 0.5, says="recover it"),
            },
        ),
        "ku.race.2": Case(
            right=_limit,
            also=((0.0432,),),
            wrong={
                "at η": wrong(0.07, says="long been no interior"),
                "in per cent": wrong(4.32, says="below 1"),
                "the technology of 2024": wrong(A24, says="binds too"),
                "the technology of 1975": wrong(float(OLD.technology), says="far less"),
                "a little early": wrong(0.04, says="still interior"),
            },
        ),
        "ku.race.3": Case(
            right=lambda: tuple(float(np.e * x.technology) for x in (OLD, NEW)),
            also=((0.101, 0.1555),),
            wrong={
                "without e": wrong(0.037, 0.057, says="a little above your price"),
                "e over a": wrong(0.3, 0.45, says="a little below your price"),
                "exchanged": wrong(0.156, 0.101, says="bends more in 2024"),
                "in dollars": wrong(257.0, 1076.0, says="as a multiple"),
            },
        ),
        "ku.race.4": Case(
            right=lambda: (wedge, subsidy, "a", 0.3),
            wrong={
                "the sign of rents": wrong(
                    lambda a, e, t: -wedge(a, e, t), subsidy, "a", 0.3, says="too little"
                ),
                "the wedge of rents": wrong(
                    lambda a, e, t: np.log(1 - t) / (e - a * (1 - t)),
                    subsidy,
                    "a",
                    0.3,
                    says="1 + θ",
                ),
                "the subsidy θ": wrong(wedge, lambda t: t, "a", 0.3, says="worth to all"),
                "substitutes": wrong(wedge, subsidy, "b", 0.3, says="her return"),
                "another θ": wrong(wedge, subsidy, "a", 0.43, says="χ − θ"),
            },
        ),
        "ku.race.5": Case(
            right=lambda: (float(2 * SIGMA**2 / (2 * A24)),),
            also=((12.9,), (12.87,)),
            wrong={
                "against log utility": wrong(SIGMA**2 / (2 * A24), says="less education"),
                "without the half": wrong(2 * SIGMA**2 / A24, says="more education"),
                "with a minus": wrong(-12.9, says="positive number"),
                "divided by η": wrong(SIGMA**2 / (2 * A24), says="less education"),
            },
        ),
        "ku.race.6": Case(
            right=lambda: (0.395, REASONS),
            wrong={
                "the ratio of slopes": wrong(0.6, REASONS, says="does not find it"),
                "per cent": wrong(40.0, REASONS, says="1 or less"),
                "no words": wrong(0.4, "By regressions.", says="30 words"),
            },
        ),
        "ku.race.7": Case(
            right=lambda: ("c", POINTS),
            also=(("c", 7.13),),
            wrong={
                "linear": wrong("a", POINTS, says="does not bend at all"),
                "convex is enough": wrong("b", POINTS, says="bends less"),
                "with η alone": wrong("c", float(-np.log(0.85) / 0.08), says="worth more"),
                "the inverse price": wrong("c", 2 * POINTS, says="worth less"),
            },
        ),
    }
)
