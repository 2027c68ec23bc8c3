"""What must be true of the answers to the exercises on skills."""

from __future__ import annotations

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.extensions.skills import skill_equilibrium, skill_scarcity_threshold
from aiecon.korinek_suh.extensions.skills_inequality import WageDistribution
from exhibits.answers import Array, Choice, Expression, Number, Text, answer, expect, same

CUTS = np.array([0.0, 8, 16, 24, 40, 60, 90, 140])  # dates at which the bins are passed


@answer(
    "ks.skills.1",
    Number("the excess at 0.65", share=True),
    Number("the excess at 0.85", share=True),
    Number("the border", share=True),
)
def adding_up(excess_65, excess_85, border):
    """Both are what incomes would exceed output by, and the border is that of both regions."""
    regions = skill_equilibrium(4.6, border + np.array([-1e-3, 1e-3]), 0.2).region
    expect(regions[0] == 1, "Below your border labour is no longer scarce")
    expect(
        regions[1] == 2, "Above your border labour is still scarce: who works with the machines?"
    )
    for Phi, excess in ((0.65, excess_65), (0.85, excess_85)):
        now = skill_equilibrium(4.6, Phi, 0.2)
        incomes = 0.8 * now.skilled_wage + 4.6 * now.rental_rate + 0.2 * 0.5
        expect(
            abs(incomes - (1 + excess) * now.output) < 2e-4 * now.output,
            f"At Φ = {Phi:g} incomes do not exceed output by this share of it",
        )


@answer("ks.skills.2", Number("Υ", share=True), Choice("abc"))
def back_into_scarcity(gone, output):
    """From this Υ on the others are scarce."""
    least = skill_scarcity_threshold(1.0, gone)
    way = "more" if least < 0.7 else "fewer"
    expect(abs(least - 0.7) < 1e-3, f"With your Υ the border is not at Φ: {way} must be displaced")
    expect(same(output, "a27737d6239f"), "What is w − R below your Υ, and beyond?")


@answer(
    "ks.skills.3", Expression("the elasticity", of="sigma"), Number("the factor of output", above=1)
)
def last_who_can(elasticity, factor):
    """With ν = 1 a change of capital moves the wage by this for each per cent of output."""
    for sigma in (0.3, 0.5, 0.8):
        p = ks.Parameters(sigma=sigma)
        low, high = (skill_equilibrium(K, 0.7, 0.3, p) for K in (4.6, 4.7))
        found = np.log(high.skilled_wage / low.skilled_wage) / np.log(high.output / low.output)
        expect(
            abs(elasticity(sigma) - found) < 1e-3,
            f"At σ = {sigma:g} the wage does not rise by {elasticity(sigma):.3g} per cent for each "
            "per cent of output",
        )
    expect(same(factor, "16183935ab91", 2, "the factor"), "Output does not grow by that factor")


@answer(
    "ks.skills.4",
    Array("labour per task", shape=(8,), least=0),
    Number("what is lost", share=True),
)
def too_few_at_the_top(labor, lost):
    """All work, no bin has more labour than is skilled enough, and nobody could move to a task that
    has less."""
    skills = ks.Mixed(weight=0.5, horizon=20, rate=0.01, initial=0.0)
    tasks = -np.diff([*ks.BusinessAsUsual(rate=0.02).unautomated(CUTS), 0.0])
    people = -np.diff([*skills.unautomated(CUTS), 0.0])
    used, able = (np.cumsum(x[::-1])[::-1] for x in (tasks * labor, people))  # from a bin upwards
    expect(abs(used[0] / able[0] - 1) < 0.01, "All workers together do more or less than they are")
    for i in range(1, 8):
        expect(used[i] < 1.01 * able[i], f"From bin {i + 1} up there are not so many who can do it")
        expect(labor[i] < 1.01 * labor[i - 1], f"Bin {i + 1} has more labour a task than bin {i}")
        idle = used[i] < 0.99 * able[i] and labor[i] < 0.99 * labor[i - 1]
        expect(
            not idle, f"Some in bin {i} could do the tasks of bin {i + 1}, which have less labour"
        )
    composite = 1 / (tasks / labor).sum() * tasks.sum()
    equal = people.sum() / tasks.sum()
    expect(abs(1 - composite / equal - lost) < 3e-3, "That is not what your allocation loses")


@answer(
    "ks.skills.5",
    *(
        Number(name, above=0)
        for name in ("a year today", "a year in year 50", "the median's value")
    ),
    Text(),
)
def worth_of_a_year(today, later, median, _):
    """A year is worth the present value of what the skilled earn beyond the displaced."""
    expect(later < today, "A year far away counts for less: the interest rate exceeds wage growth")
    expect(same(today, "a82c0e5d2292", 3, "a year today"), "Today's year is not worth that: w − R")
    expect(
        same(later, "6b1485be2f6f", 2, "a year in year 50"), "Is the year in year 50 discounted?"
    )
    expect(same(median, "66f69b7b519e", 3, "the value"), "The median's wages are not worth that")
    return [
        "who gains most from a year",
        "what is bought and sold on such a market",
        "what each learner does to the wage of others",
    ]


@answer(
    "ks.skills.6",
    *(Number(name, share=True) for name in ("share", "Gini", "the second share", "second Gini")),
)
def two_groups(*given):
    """Shares and Gini coefficients are those of these wages."""
    for which, able, wage, share, gini in (
        ("first", 0.2, 3.0, *given[:2]),
        ("second", 0.01, 60.0, *given[2:]),
    ):
        wages = WageDistribution(1 - able, wage, 0.5)
        expect(abs(share - able * wage / wages.mean) < 2e-3, f"The {which} share is another one")
        expect(abs(gini - float(wages.gini)) < 2e-3, f"The {which} Gini coefficient is another one")
