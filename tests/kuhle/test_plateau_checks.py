"""The checks of the chapter on the plateau: solutions pass, the usual mistakes do not."""

from __future__ import annotations

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
    }
)
