"""The checks of the chapter on nostalgic jobs: solutions pass, the usual mistakes do not."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics.welfare import welfare
from tests.checking import Case, of, wrong

WORDS = (
    "Whether a commitment over centuries is credible, what other countries do, which tasks are "
    "held back, and whether workers could be given capital instead."
)


def _dates():
    paths = [ks.wage_maximising_policy(ks.Bounded(horizon=T)) for T in (5, 10, 15, 30, 60)]
    return [float(path.parting) for path in paths], "c"


def _return(A, sigma):
    return A * sigma ** (1 / (1 - sigma))


def _wage_of_the_day():
    return _return, float(brentq(lambda x: _return(0.5, x) - 0.14, 0.1, 0.9)), "b"


def _lapses():
    law = ks.solve_policy(ks.wage_maximising_policy())
    repeal = ks.HeldBack(ks.Bounded(horizon=20), 0.09, until=40.0, later=np.log(2))
    path = ks.solve_transition(repeal)
    gain = welfare(path).household / welfare(law).household - 1
    return path.region_changes[0].date, float(gain), "a"


def _five():
    fast = ks.Bounded(horizon=5)
    free = welfare(ks.solve_transition(fast))
    held = welfare(ks.solve_policy(ks.wage_maximising_policy(fast)))
    factors = held.hand_to_mouth / free.hand_to_mouth, held.worker / free.worker
    return (*map(float, factors), float(ks.best_rate_for_workers(fast)), "b")


def _limit(A, rho, delta, eta):
    return eta / (A - rho - delta + eta * delta)


test_answers = of(
    {
        "ks.nostalgic.1": Case(
            right=_dates,
            also=(([0, 0, 7.04, 27.47, 59.72], "c"),),
            wrong={
                "never from the start": wrong([1, 2, 7, 27, 59], "c", says="from the start"),
                "technology's pace": wrong(
                    [0, 0, 3.89, 18.89, 48.89], "c", says="T = 15 technology is still slower"
                ),
                "the other root": wrong([0, 0, 0, 0, 0], "c", says="T = 15 the limit does not"),
                "the date of AGI": wrong([5, 10, 15, 30, 60], "c", says="automated by then"),
                "half of the way": wrong(_dates()[0], "b", says="Divide"),
            },
        ),
        "ks.nostalgic.2": Case(
            right=_wage_of_the_day,
            also=((_return, 0.604, "b"),),
            wrong={
                "R tends to A": wrong(lambda A, s: A, 0.604, "b", says="does not tend to 0.5"),
                "the share, not its power": wrong(
                    lambda A, s: A * s, 0.28, "b", says="does not tend"
                ),
                "the calibration": wrong(_return, 0.5, "b", says="earns 0.125"),
                "as fast as can be": wrong(_return, 0.604, "a", says="Compare R"),
            },
        ),
        "ks.nostalgic.3": Case(
            right=_lapses,
            also=((43.9, 0.00012, "a"),),
            wrong={
                "on the day of the repeal": wrong(40.2, 1.2e-4, "a", says="still scarce"),
                "a rate of one half": wrong(45.5, 1.2e-4, "a", says="before your date"),
                "in per cent": wrong(43.9, 0.012, "a", says="per cent"),
                "against AGI": wrong(43.9, -0.013, "a", says="a gain"),
                "the law is the same": wrong(43.9, 1.2e-4, "c", says="Compare capital"),
            },
        ),
        "ks.nostalgic.4": Case(
            right=_five,
            also=((5.21, 1.11, 0.0812, "b"),),
            wrong={
                "levels": wrong(2.798, 3.07, 0.0812, "b", says="does not save"),
                "the household": wrong(5.21, 0.74, 0.0812, "b", says="who saves"),
                "fastest growth": wrong(5.21, 1.105, 0.09, "b", says="A lower rate"),
                "the baseline's choice": wrong(5.21, 1.105, 0.067, "b", says="A higher rate"),
                "she needs it more": wrong(*_five()[:3], "a", says="which policy"),
            },
        ),
        "ks.nostalgic.5": Case(
            right=lambda: (_limit,),
            wrong={
                "optimal saving": wrong(lambda A, rho, delta, eta: eta / A / 2, says="optimal"),
                "G for G + δ": wrong(
                    lambda A, rho, delta, eta: eta / (A - rho - delta), says="With Table 2"
                ),
                "upside down": wrong(
                    lambda A, rho, delta, eta: 1 / _limit(A, rho, delta, eta), says="a time"
                ),
                "Table 2 only": wrong(
                    lambda A, rho, delta, eta: eta / (A + 0.06 * A / 0.5), says="other parameters"
                ),
            },
        ),
        "ks.nostalgic.6": Case(
            right=lambda: (0.09 / 0.7, 0.09 / 0.7, "a", WORDS),
            also=((0.129, 0.129, "a", WORDS),),
            wrong={
                "the branches exchanged": wrong(0.3, 0.3, "a", WORDS, says="below the best"),
                "as believed": wrong(0.18, 0.18, "a", WORDS, says="below the best"),
                "too fast at 0.3": wrong(0.129, 0.129, "b", WORDS, says="where the rate is below"),
                "in per cent": wrong(12.9, 12.9, "a", WORDS, says="divide by 100"),
            },
        ),
        "ks.nostalgic.7": Case(
            right=lambda: (0.06, 0.15, 0.075, 0.1),
            wrong={
                "σ for 1 − σ": wrong(0.09, 0.15, 0.075, 0.1, says="a little more slowly"),
                "half of G on both sides": wrong(0.06, 0.15, 0.075, 0.075, says="above"),
                "the rate itself": wrong(0.06, 0.06, 0.03, 0.09, says="at λg*"),
                "too slow": wrong(0.03, 0.15, 0.075, 0.1, says="a little faster"),
            },
        ),
    }
)
