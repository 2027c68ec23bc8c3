"""The checks of the chapter on automated research: solutions pass, the usual mistakes do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import brentq, minimize_scalar

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.extensions.research import Ideas, blow_up_time
from aiecon.korinek_suh.extensions.research_transition import (
    FIGURE_10,
    solve_research_transition,
)
from tests.checking import Case, of, wrong

WORDS = (
    "A market without patents puts no capital into research; one with patents leaves out what "
    "later ideas gain. A planner equates the worth of capital in both uses at every date."
)


def _closed_form():
    one = Ideas(Phi=0.5, Gamma=0.5, theta=0.5, zeta=0.1)
    B = one.alpha / one.beta * 0.5**1.5 / 1.5  # p = 1
    date = 0.5**0.5 / (one.beta * 0.25 * B**0.5)
    return float(B), float(date), float(2 / (0.25 * date))


def _worn():
    """The date with depreciation, in calendar time of the clock log A."""
    one = Ideas(Gamma=0.6)

    def motion(a, x):
        log_A = np.log(0.5) + a
        years = np.exp((1 - one.theta) * log_A - one.Gamma * x[0]) / one.beta
        return [(one.alpha * np.exp(log_A + (one.Phi - 1) * x[0]) - 0.1) * years, years]

    run = solve_ivp(motion, (0, 60), [np.log(4.6), 0], method="LSODA", rtol=1e-9)
    return float(run.y[1, -1]), "a"


def _splits():
    found = [
        minimize_scalar(
            lambda c, Gamma=Gamma: blow_up_time(Ideas(Gamma=Gamma, split=float(c))),
            bounds=(0.05, 0.95),
            method="bounded",
        ).x
        for Gamma in (0.3, 0.6, 0.9)
    ]
    return [float(c) for c in found], WORDS


def _zeta():
    def late(zeta):
        tasks = ks.Bounded(5.0, initial=0.9)
        return solve_research_transition(tasks, replace(FIGURE_10, zeta=zeta)).blow_up - 15

    return (float(brentq(late, 0.05, 0.21, xtol=1e-5)),)


test_answers = of(
    {
        "ks.research.1": Case(
            right=lambda: ("bde", [0.0, 0.01]),
            also=(("E, D, B", (0, 0.01)),),
            wrong={
                "the threshold explodes": wrong("abde", [0.01], says="(a) does not explode"),
                "hard ideas never do": wrong("bd", [0, 0.01, 0], says="One more"),
                "what is there, not what lacks": wrong(
                    "bde", [0.5, 0.05], says="not on the thresh"
                ),
                "one gap only": wrong("bde", [0.01], says="you give 1 gaps"),
                "in per cent": wrong("bde", [0, 5.0], says="1 or less"),
            },
        ),
        "ks.research.2": Case(
            right=_closed_form,
            also=((1.77, 67.3, 0.119),),
            wrong={
                "the chapter's K₀": wrong(4.6, 30.0, 0.2, says="apart"),
                "m for m − 1": wrong(_closed_form()[0], _closed_form()[1] / 5, 0.2, says="between"),
                "growth at the start": wrong(
                    *_closed_form()[:2], _closed_form()[2] / 2, says="Half way"
                ),
            },
        ),
        "ks.research.3": Case(
            right=_worn,
            also=((53.3, "a"),),
            wrong={
                "without depreciation": wrong(39.6, "a", says="bring it forward"),
                "per unit of the clock": wrong(44.0, "a", says="not on this date"),
                "it raises the threshold": wrong(_worn()[0], "b", says="Compare the kinds"),
                "it ends them all": wrong(_worn()[0], "c", says="Compare the kinds"),
            },
        ),
        "ks.research.4": Case(
            right=lambda: (lambda Phi, theta: 1 - theta, 1.0),
            wrong={
                "unit elasticity": wrong(
                    lambda Phi, theta: (1 - Phi) * (1 - theta), 1.0, says="unit elasticity"
                ),
                "the last tasks only": wrong(lambda Phi, theta: 1 - Phi, 1.0, says="At θ = 0.2"),
                "labour's share vanishes": wrong(
                    lambda Phi, theta: 1 - theta, 0.0, says="ever more capital"
                ),
            },
        ),
        "ks.research.5": Case(
            right=_splits,
            wrong={
                "in research": wrong([1 - c for c in _splits()[0]], WORDS, says="larger c"),
                "nine tenths": wrong([0.9, 0.9, 0.9], WORDS, says="a smaller c"),
                "one half for all": wrong([0.5, 0.5, 0.5], WORDS, says="brings it sooner"),
                "two splits": wrong([0.7, 0.6], WORDS, says="array of 3"),
            },
        ),
        "ks.research.6": Case(
            right=lambda: (20.0, 20 * np.sqrt(2), 1.0),
            also=((20, 28.3, 1),),
            wrong={
                "A₀ dropped": wrong(10.0, 20.0, 1.0, says="still finite"),
                "one half for one third": wrong(20.0, 14.14, 1.0, says="θ = 1.5"),
                "linear growth": wrong(20.0, 28.28, 0.0, says="above, too"),
                "two": wrong(20.0, 28.28, 2.0, says="still a singularity"),
            },
        ),
        "ks.research.7": Case(
            right=_zeta,
            also=((0.087,),),
            wrong={
                "in proportion": wrong(0.21 * 10.48 / 15, says="it comes in year"),
                "as in the figure": wrong(0.21, says="in year 10.48"),
                "upside down": wrong(0.21 * 15 / 10.48, says="it comes in year"),
                "in per cent": wrong(8.5, says="within a year"),
            },
        ),
    }
)
