"""The checks of the chapter on tasks: solutions pass, the usual mistakes do not."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from tests.checking import Case, of, wrong

PLAIN = ks.Parameters(A=1.0, sigma=0.5)
WORDS = "How many tasks appear by weight, whether they are new atoms, and how long they last."


def _table_2():
    now = ks.equilibrium(4.6, 0.608)
    found = now.output, now.wage, now.rental_rate, now.labor_share, ks.scarcity_threshold(4.6)
    return (1, *map(float, found))


def _moore():
    slow, fast = 0.02 / np.log(2), 0.005 / np.log(2)
    return tuple(map(float, (slow, fast, 2 ** (1 / slow), 2 ** (1 / fast))))


TABLE = [[2, 2, 0], [12**0.5, 12**0.5 / 2, 12**0.5 / 6], [4, 1, 1]]


def _dates():
    S = 0.392 * 5.6
    return float(100 * np.log(S)), 20 * (1 - 1 / S), 5 * (1 - 1 / S)


def _scarce_capital(labor=0.7):
    """Prices where labour does a mass of tasks, the right one or another."""

    def output(K):
        return 1 / (0.3**2 / K + labor**2)

    return lambda K: (labor * output(K)) ** 2, lambda K: (0.3 * output(K) / K) ** 2


def _better():
    """The border by quadrature, the wage from unit cost."""

    def a(i):
        return 2 * np.exp(-2 * i)

    def gamma(j):
        return np.mean(a((np.arange(4000) + 0.5) / 4000 * j) ** -0.5) * j

    j = brentq(lambda j: gamma(j) / (1 - j) * a(j) ** -0.5 - 1, 0.01, 0.99)
    return float(j), float((gamma(j) * a(j) ** 0.5 + 1 - j) ** -2)


def _adoption():
    def net(share):
        return ks.automation_effects(3.0, share, PLAIN, side="left").output - 0.3

    share = brentq(net, 0.01, 0.75)
    return float(share), float(ks.equilibrium(3.0, share, PLAIN).wage), "b"


test_answers = of(
    {
        "ks.tasks.1": Case(
            right=_table_2,
            also=((1, 2.14, 1.40, 0.159, 0.657, 0.821),),
            wrong={
                "A is one": wrong(1, 4.27, 2.81, 0.319, 0.657, 0.821, says="A one half"),
                "K for k": wrong(1, 2.14, 1.40, 0.432, 0.657, 0.821, says="capital per task"),
                "the other region": wrong(2, 2.8, 0.5, 0.5, 0.18, 0.821, says="both factors"),
                "capital's share": wrong(1, 2.14, 1.40, 0.159, 0.343, 0.821, says="your wage"),
                "kappa for the border": wrong(1, 2.14, 1.40, 0.159, 0.657, 1.55, says="share"),
                "today for the border": wrong(1, 2.14, 1.40, 0.159, 0.657, 0.608, says="border"),
            },
        ),
        "ks.tasks.2": Case(
            right=_moore,
            also=((0.0289, 0.00721, 2.7e10, 5.4e41),),
            wrong={
                "growth of 2 log 2": wrong(0.0072, 0.0289, 2.7e10, 5.4e41, says="one per cent"),
                "log to base 2": wrong(0.02, 0.005, 1e15, 1e60, says="one per cent"),
                "e for 2": wrong(0.0289, 0.00721, 1.1e15, 1.7e60, says="not half"),
                "a factor of two": wrong(0.0289, 0.00721, 2.0, 2.0, says="not half"),
            },
        ),
        "ks.tasks.3": Case(
            right=lambda: (TABLE, "b"),
            also=(([[2, 2, 0], [3.46, 1.73, 0.577], [4, 1, 1]], "B"),),
            wrong={
                "factors, not inputs": wrong([[1, 1, 0], *TABLE[1:]], "b", says="per task"),
                "capital is paid": wrong([[2, 0.5, 0.5], *TABLE[1:]], "b", says="plentiful"),
                "K to the one half": wrong(
                    [TABLE[0], [1.73, 0.87, 0.289], TABLE[2]], "b", says="geometric"
                ),
                "no sum": wrong([TABLE[0], TABLE[1], [4, 4, 1]], "b", says="use up"),
                "the others": wrong(TABLE, "ac", says="Raise K"),
            },
        ),
        "ks.tasks.4": Case(
            right=_dates,
            also=((78.6, 10.9, 2.7),),
            wrong={
                "from nothing": wrong(172.3, 16.4, 4.11, says="left"),
                "the end": wrong(78.6, 20.0, 5.0, says="before the last task"),
                "half of the rest": wrong(69.3, 10.0, 2.5, says="left"),
                "the end in doubt": wrong(78.6, 19.9, 4.9, says="left"),
            },
        ),
        "ks.tasks.5": Case(
            right=_scarce_capital,
            wrong={
                "exchanged": wrong(*reversed(_scarce_capital()), says="earns more"),
                "the ratio alone": wrong(
                    lambda K: 1.0, lambda K: (0.3 / (0.7 * K)) ** 2, says="adds to output"
                ),
                "labour in too few tasks": wrong(*_scarce_capital(0.4), says="which tasks"),
                "no scarcity": wrong(lambda K: 1.0, lambda K: 1.0, says="earns more"),
            },
        ),
        "ks.tasks.6": Case(
            right=_better,
            also=((0.488, 1.24),),
            wrong={
                "constant a": wrong(0.5, 1.24, says="firms want"),
                "as good as people": wrong(0.347, 1.24, says="firms want"),
                "the wage is A": wrong(0.488, 1.0, says="worst at"),
                "the ratio for the wage": wrong(0.488, 1.33, says="costs"),
            },
        ),
        "ks.tasks.7": Case(
            right=_adoption,
            also=((0.743, 1.06, "b"),),
            wrong={
                "no cost": wrong(0.75, 1.0, "b", says="adds nothing"),
                "beyond the border": wrong(0.757, 1.0, "b", says="adds nothing"),
                "sigma forgotten": wrong(0.736, 1.06, "b", says="it costs"),
                "the wage of region 2": wrong(0.743, 1.0, "b", says="your share"),
                "not fragile": wrong(0.743, 1.06, "a", says="two questions"),
            },
        ),
        "ks.tasks.8": Case(
            right=lambda: (1.2**-2, 0.01 / 5.6, WORDS),
            also=((0.694, 0.00179, WORDS),),
            wrong={
                "more output": wrong(1.44, 0.00179, WORDS, says="burden"),
                "the input alone": wrong(0.833, 0.00179, WORDS, says="more terms"),
                "in per cent": wrong(0.694, 0.179, WORDS, says="rate a year"),
                "what is left today": wrong(0.694, 0.00392, WORDS, says="tends to"),
                "no words": wrong(0.694, 0.00179, "atoms", says="10 words"),
            },
        ),
    }
)
