"""The checks of the chapter on the plateau: solutions pass, the usual mistakes do not."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from aiecon import kuhle
from tests.checking import Case, of, wrong


def _doubling():
    now = kuhle.pivotal_economy(kuhle.two_years()[1].technology)
    return (float(kuhle.indifference_gamma(now, kuhle.pivotal_economy(2 * now.technology))),)


def _top_shares():
    share = kuhle.top_share(_with(kuhle.dispersion_from_gini(0.48)), 0.01)
    sigma = kuhle.dispersion_from_top_share(0.20, 0.01)
    return float(share), float(sigma), float(_with(sigma).gini)


def _with(sigma):
    return kuhle.Economy(sigma / 15, 1.0, 0.0, 15.0)


def _uniform():
    skill = np.linspace(-10, 30, 40_001)
    x = float(brentq(lambda x: (np.exp(-x * skill) * skill).sum(), 1e-6, 2))
    return x, x / 2, x / 4


def _floors():
    mean, z = 100 - float(kuhle.pivot_skill(*kuhle.two_years())), np.linspace(-9, 9, 36_001)
    weight = np.exp(-(z**2) / 2) / np.exp(-(z**2) / 2).sum()
    income = np.exp(0.12 * (mean + 15 * z))
    return [float((weight @ np.maximum(income, f) ** -3.0) ** (-1 / 3)) for f in (0.5, 0.9)]


def _effort(gamma=3.0, share=1 / 3):
    return [float(1 - np.sqrt(share / gamma) / e.dispersion) for e in kuhle.two_years()]


REASONS = "The rank at which log growth is zero stands still; the fifths are a coarse measure. " * 3
low, high = _floors()
new = kuhle.two_years()[1]
worth = float(np.exp(-(new.dispersion**2)))

test_answers = of(
    {
        "ku.plateau.1": Case(
            right=_doubling,
            also=((1.92,), (1.917,)),
            wrong={
                "the vertex at a": wrong(2.376, says="multiplies it by 0.602"),
                "the vertex at 2a": wrong(1.688, says="multiplies it by 1.29"),
                "without the one": wrong(0.917, says="above"),
                "log utility": wrong(1, says="always welcome"),
            },
        ),
        "ku.plateau.2": Case(
            right=_top_shares,
            also=((0.0783, 1.485, 0.706),),
            wrong={
                "in per cent": wrong(7.83, 1.485, 0.706, says="divide by 100"),
                "the bottom hundredth": wrong(0.0006, 1.485, 0.706, says="more than a hundredth"),
                "the dispersion of the Gini": wrong(0.0783, 0.91, 0.706, says="not 20%"),
                "the Gini of the data": wrong(0.0783, 1.485, 0.48, says="your dispersion"),
                "everything to one": wrong(1.0, 1.485, 0.706, says="0 < share < 1"),
            },
        ),
        "ku.plateau.3": Case(
            right=_uniform,
            also=((0.0898, 0.0449, 0.0225), (0.09, 0.045, 0.0225)),
            wrong={
                "the normal formula": wrong(0.075, 0.0375, 0.01875, says="not zero"),
                "not divided by γ − 1": wrong(0.0898, 0.0898, 0.0225, says="same for everybody"),
                "divided by γ": wrong(0.0898, 0.0299, 0.018, says="not your product"),
                "exchanged": wrong(0.0898, 0.0225, 0.0449, says="the earlier"),
            },
        ),
        "ku.plateau.4": Case(
            right=lambda: ("b", low, high),
            also=(("b", round(low, 2), round(high, 2)),),
            wrong={
                "a floor under the certainty equivalent": wrong("b", 0.5, 0.9, says="more than it"),
                "no plateau at all": wrong("a", low, high, says="small steps"),
                "the high floor": wrong("c", low, high, says="more to lose"),
                "exchanged": wrong("b", high, low, says="worth more"),
                "the highest point": wrong("b", 1.27, high, says="under the incomes"),
            },
        ),
        "ku.plateau.5": Case(
            right=lambda: tuple(_effort()),
            also=((0.401, 0.612), (0.4, 0.61)),
            wrong={
                "hours ignored": wrong(0.9, 0.95, says="less progressive"),
                "ε for ε/(1+ε)": wrong(*_effort(share=0.5), says="more progressive"),
                "γ = 2": wrong(*_effort(2.0), says="more progressive"),
                "exchanged": wrong(*_effort()[::-1], says="the higher"),
            },
        ),
        "ku.plateau.6": Case(
            right=lambda: (-2.2421843, REASONS),
            wrong={
                "an IQ": wrong(66.4, REASONS, says="standard deviations"),
                "no words": wrong(-2.24, "By a regression.", says="30 words"),
                "a rank in per cent": wrong(12.0, REASONS, says="standard deviations"),
            },
        ),
        "ku.plateau.7": Case(
            right=lambda: (float(new.median / new.mean), 1 - worth),
            also=((0.692, 0.521),),
            wrong={
                "without the half": wrong(worth, 1 - worth, says="worth the median"),
                "what is left": wrong(0.692, worth, says="what is left"),
                "the same premium": wrong(0.692, 0.308, says="twice"),
                "in per cent": wrong(69.2, 52.1, says="divide by 100"),
            },
        ),
    }
)
