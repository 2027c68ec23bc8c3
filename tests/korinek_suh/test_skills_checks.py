"""The checks of the chapter on skills: solutions pass, the usual mistakes do not."""

from __future__ import annotations

import numpy as np
from scipy.optimize import isotonic_regression

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.extensions.skills import (
    ProportionalSkills,
    displacement_date,
    skill_equilibrium,
    skill_scarcity_threshold,
)
from aiecon.korinek_suh.extensions.skills_transition import solve_skill_transition
from exhibits.korinek_suh.skills import transition_of
from tests.checking import Case, of, wrong

WORDS = (
    "Those who are passed soonest gain most from a year. A market sells later dates; each learner "
    "lowers the wage of those ahead, so that private and social gains differ."
)


def _adding_up():
    now = skill_equilibrium(4.6, np.array([0.65, 0.85]), 0.2)
    excess = 0.2 * (0.5 - now.displaced_wage) / now.output
    return (*map(float, excess), float(skill_scarcity_threshold(4.6, 0.2)))


def _last():
    fast = ks.BusinessAsUsual(rate=0.25)
    path = solve_skill_transition(fast, ProportionalSkills(fast, nu=1.0))
    return (lambda sigma: 1 / sigma), float(path.output(60.0) / path.output(0.0))


def _bins():
    cuts = np.array([0, 8, 16, 24, 40, 60, 90, 140])
    skills = ks.Mixed(weight=0.5, horizon=20, rate=0.01, initial=0)
    tasks = -np.diff([*ks.BusinessAsUsual(rate=0.02).unautomated(cuts), 0])
    return tasks, -np.diff([*skills.unautomated(cuts), 0])


def _allocation():
    tasks, people = _bins()
    best = isotonic_regression(people / tasks, weights=tasks, increasing=False).x
    lost = 1 - tasks.sum() ** 2 / (tasks / best).sum() / people.sum()
    return best.tolist(), float(lost)


def _own_bin():
    tasks, people = _bins()
    return (people / tasks).tolist()


def _equal():
    tasks, people = _bins()
    return [people.sum() / tasks.sum()] * 8


def _year():
    path, t = transition_of("unbounded", 0.5), np.linspace(0, 400, 8001)
    price = np.exp(path.log_discount_factor(t))
    gap = price * (path.wage(t) - path.displaced_wage(t))
    alone = np.trapezoid(price * path.displaced_wage(t), t)
    until = t <= displacement_date(path.skills, 0.5)
    value = alone + np.trapezoid(gap[until], t[until])
    return float(gap[0]), float(np.interp(50, t, gap)), float(value), WORDS


test_answers = of(
    {
        "ks.skills.1": Case(
            right=_adding_up,
            also=((0.033, 0.0006, 0.857),),
            wrong={
                "the border of equals": wrong(0.033, 0.0006, 0.8214, says="still scarce"),
                "nothing at 0.85": wrong(0.033, 0.0, 0.857, says="At Φ = 0.85"),
                "in goods": wrong(0.0685, 0.0017, 0.857, says="At Φ = 0.65"),
                "in per cent": wrong(3.3, 0.06, 0.857, says="divide by 100"),
            },
        ),
        "ks.skills.2": Case(
            right=lambda: (0.4, "b"),
            wrong={
                "as many as tasks": wrong(0.7, "b", says="fewer"),
                "the surplus of tasks": wrong(0.2, "b", says="more"),
                "from the first on": wrong(0.4, "a", says="w − R"),
                "scarce labour is worth more": wrong(0.4, "c", says="w − R"),
            },
        ),
        "ks.skills.3": Case(
            right=_last,
            wrong={
                "one": wrong(lambda sigma: 1, _last()[1], says="At σ = 0.3"),
                "σ": wrong(lambda sigma: sigma, _last()[1], says="At σ = 0.3"),
                "the factor of the wage": wrong(_last()[0], 1.757e8, says="that factor"),
                "growth a year": wrong(_last()[0], 1.18, says="that factor"),
            },
        ),
        "ks.skills.4": Case(
            right=_allocation,
            also=((np.round(_allocation()[0], 3), round(_allocation()[1], 3)),),
            wrong={
                "everyone in the own bin": wrong(_own_bin(), 0.05, says="has more labour"),
                "equality": wrong(_equal(), 0.0, says="not so many"),
                "from complex to simple": wrong(_allocation()[0][::-1], 0.05, says="All workers"),
                "not all work": wrong(
                    [0.5 * x for x in _allocation()[0]], 0.05, says="All workers"
                ),
                "the sign of the loss": wrong(_allocation()[0], -0.05, says="share between"),
            },
        ),
        "ks.skills.5": Case(
            right=_year,
            also=((1.24, 0.125, 29.8, WORDS),),
            wrong={
                "without R": wrong(1.4, 0.13, 29.8, WORDS, says="w − R"),
                "not discounted": wrong(1.243, 3.96, 29.8, WORDS, says="counts for less"),
                "only as a skilled worker": wrong(1.243, 0.125, 27.1, WORDS, says="The median"),
                "half discounted": wrong(1.243, 0.5, 29.8, WORDS, says="discounted"),
            },
        ),
        "ks.skills.6": Case(
            right=lambda: (0.6, 0.4, 0.6 / 1.095, 0.6 / 1.095 - 0.01),
            also=((0.6, 0.4, 0.548, 0.538),),
            wrong={
                "the share for the Gini": wrong(0.6, 0.6, 0.548, 0.548, says="first Gini"),
                "shares of a wage": wrong(3 / 3.5, 0.4, 0.548, 0.538, says="first share"),
                "as before": wrong(0.6, 0.4, 0.6, 0.59, says="second share"),
                "in per cent": wrong(60, 40, 54.8, 53.8, says="divide by 100"),
            },
        ),
    }
)
