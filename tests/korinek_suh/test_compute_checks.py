"""The checks of the chapter on compute: solutions pass, the usual mistakes do not."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.extensions.compute import specific_capital
from exhibits.korinek_suh.compute import movable, path_of
from tests.checking import Case, of, wrong

WORDS = (
    "Compute is dearer than output as long as the limit binds: its price is what its returns are "
    "worth. People save less, or put more into old capital, since the best use is closed."
)


def _points():
    first = 1 / 0.192
    level = (1 + 0.1 * first) / 0.392
    return 0.2 * first, 0.2 * 4.6 / 0.608, 0.2 * (level - first / 2)


def _fall(Delta):
    more = ks.Parameters(L=0.392 / (0.392 - Delta))
    return 1 - float(ks.equilibrium(4.6, 0.608, more).wage / ks.equilibrium(4.6, 0.608).wage)


def _how_far():
    return _fall(0.1), float(brentq(lambda D: _fall(D) - 0.5, 0.01, 0.25)), "a"


def _losses():
    def worth(path, cuts):
        nodes, weights = np.polynomial.legendre.leggauss(60)
        total = -np.exp(-10) / 0.04 / float(path.consumption(250.0))
        for a, b in pairwise(cuts):
            t = (a + b) / 2 + (b - a) / 2 * nodes
            total -= (b - a) / 2 * weights @ np.exp(-0.04 * t - path.log_consumption(t))
        return total

    losses = []
    for Delta in (0.05, 0.1, 0.2, 0.25):
        path = path_of(Delta)
        cuts = [0, path.first_date, path.second_date, 10, 50, 250]
        losses.append(float(1 - worth(movable(Delta), cuts) / worth(path, cuts)))
    return (losses,)


def _theta():
    K = ks.capital_upper_bound(0.608)

    def short(theta):
        def motion(_, x):
            return theta * specific_capital(K, x[0], 0.608, 0.1).output - 0.1 * x

        return solve_ivp(motion, (0, 5), [0.0], rtol=1e-9).y[0, -1] - 0.1 / 0.292

    return float(brentq(short, 0.01, 0.2)), WORDS


INPUTS = 4.6 / 0.608 * 0.392

test_answers = of(
    {
        "ks.compute.1": Case(
            right=_points,
            also=((1.042, 1.513, 0.255),),
            wrong={
                "per task": wrong(5.208, 7.566, 0.255, says="k₁ it is passed already"),
                "Δ of the chapter": wrong(0.342, 0.757, 0.255, says="k₁ it is not passed"),
                "a level without compute": wrong(1.0417, 1.5132, -0.01, says="0 or more"),
                "the whole level": wrong(1.0417, 1.5132, 0.776, says="water level"),
            },
        ),
        "ks.compute.2": Case(
            right=_how_far,
            also=((0.2, 0.214, "a"),),
            wrong={
                "the level": wrong(1 - _fall(0.1), 0.2, "a", says="by that"),
                "a labour force of 1 + Δ": wrong(0.09, 0.2, "a", says="by that"),
                "the largest bout": wrong(_fall(0.1), 0.1, "a", says="not half"),
                "compute earns less": wrong(*_how_far()[:2], "b", says="stage 2"),
            },
        ),
        "ks.compute.3": Case(
            right=lambda: (0.392 * 4.6 / 0.608 - 1, 0.908 / 0.092 - 4.6, "b"),
            also=((1.966, 5.27, "b"),),
            wrong={
                "per task": wrong(6.55, 17.6, "b", says="not always A"),
                "the thresholds": wrong(2.27, 3.26, "b", says="before your range, too"),
                "exchanged": wrong(5.27, 1.966, "b", says="before it begins"),
                "labour in excess": wrong(1.966, 5.27, "a", says="Is labour scarce"),
            },
        ),
        "ks.compute.4": Case(
            right=_losses,
            also=(([0.0012, 0.0048, 0.02, 0.03],),),
            wrong={
                "upside down": wrong([-x for x in _losses()[0]], says="which ratio"),
                "in per cent": wrong([100 * x for x in _losses()[0]], says="large part"),
                "half as much again": wrong([1.5 * x for x in _losses()[0]], says="the two paths"),
                "from large to small": wrong(_losses()[0][::-1], says="A larger bout"),
            },
        ),
        "ks.compute.5": Case(
            right=_theta,
            also=((0.035, WORDS),),
            wrong={
                "no depreciation": wrong(0.0275, WORDS, says="less compute"),
                "k₁ for Δk₁": wrong(0.33, WORDS, says="more compute"),
                "in per cent": wrong(3.4, WORDS, says="divide by 100"),
                "a tenth": wrong(0.1, WORDS, says="more compute"),
            },
        ),
        "ks.compute.6": Case(
            right=lambda: (INPUTS**2, INPUTS**4),
            also=((8.8, 77.4),),
            wrong={
                "σ for 1/σ": wrong(INPUTS**0.5, INPUTS**0.25, says="more"),
                "without the new tasks": wrong((4.6 / 0.608 * 0.292) ** 2, 77.4, says="more"),
                "the same for both": wrong(8.8, 8.8, says="For σ = 0.25"),
                "of inputs": wrong(INPUTS, INPUTS, says="For σ = 0.5 it earns more"),
            },
        ),
    }
)
