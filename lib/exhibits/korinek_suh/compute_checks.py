"""What must be true of the answers to the exercises on compute."""

from __future__ import annotations

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.extensions.compute import specific_capital
from exhibits.answers import Array, Choice, Number, Text, answer, expect, same


@answer(
    "ks.compute.1",
    Number("the compute at k₁", above=0),
    Number("the compute at k₂", above=0),
    Number("the labour", least=0),
)
def three_points(first, second, labor):
    """At the thresholds the library's stages change, and so much labour is in the new tasks."""
    for name, compute, below in (("k₁", first, 1), ("k₂", second, 2)):
        stages = specific_capital(4.6, compute * np.array([0.998, 1.002]), 0.608, 0.2).region
        expect(stages[0] <= below, f"A little below your compute at {name} it is passed already")
        expect(stages[1] > below, f"A little above your compute at {name} it is not passed yet")
    level = (1 + first / 2) / 0.392  # in each task that labour does
    expect(labor < 1, "There is one unit of labour in all")
    expect(
        abs(labor + first / 2 - 0.2 * level) < 2e-3,
        "Labour and compute in the new tasks do not stand at the water level",
    )


@answer("ks.compute.2", Number("the fall", share=True), Number("Δ", above=0), Choice("abc"))
def how_far(fall, halved, why):
    """The wage falls by that share, and by half with that Δ."""
    wage = specific_capital(4.6, [0.0, 0.1 / 0.292], 0.608, 0.1).wage
    expect(abs(1 - fall - wage[1] / wage[0]) < 2e-3, "At Δ = 0.1 the wage does not fall by that")
    expect(halved < 0.392, "There are not so many tasks left")
    wage = specific_capital(4.6, [0.0, halved / (0.392 - halved)], 0.608, halved).wage
    left = wage[1] / wage[0]
    expect(abs(left - 0.5) < 3e-3, f"With your Δ {left:.0%} of the wage is left at k₁, not half")
    expect(
        same(why, "64e9b37f587d"), "Which price would rise if only this were so? Look at stage 2"
    )


@answer("ks.compute.3", Number("the start", above=0), Number("the end", above=0), Choice("abc"))
def reversed_order(start, end, condition):
    """Over this range all prices are A, and not beyond."""
    expect(start < end, "The range ends before it begins")
    compute = [0.98 * start, 1.01 * start, 0.5 * (start + end), 0.99 * end, 1.02 * end]
    wage = specific_capital(4.6, compute, 0.608, 0.3).wage
    expect(np.abs(wage[1:4] - 0.5) < 1e-9, "Within your range the wage is not always A")
    expect(wage[0] > 0.5 + 1e-9, "The wage is A before your range, too")
    expect(wage[4] > 0.5 + 1e-9, "The wage is A after your range, too")
    expect(same(condition, "8847e1f09259"), "Is labour scarce before the bout, and after it?")


@answer("ks.compute.4", Array("the losses", shape=(4,)))
def cost_of_specificity(losses):
    """The losses are shares of consumption and grow with the bout."""
    expect(losses > 0, "What cannot be moved cannot be worth more: which ratio is a loss?")
    expect(np.diff(losses) > 0, "A larger bout costs more")
    expect(losses < 0.05, "That is a large part of consumption, for a delay of months")
    for loss, known in zip(
        losses, ("8da04f7ae527", "b31ee4a84445", "c2eabb71115b", "18cdc00fa9c8"), strict=True
    ):
        expect(same(loss, known, 2, "a loss"), "Not all losses are those of the two paths")


@answer("ks.compute.5", Number("θ", share=True), Text())
def limits(theta, _):
    """With this θ compute per new task is k₁ after five years."""
    from scipy.integrate import solve_ivp

    K = ks.capital_upper_bound(0.608)

    def motion(_, compute):
        return theta * specific_capital(K, compute[0], 0.608, 0.1).output - 0.1 * compute

    built = float(solve_ivp(motion, (0, 5), [0.0], rtol=1e-8).y[0, -1])
    way = "more" if built > 0.1 / 0.292 else "less"
    expect(abs(built * 2.92 - 1) < 0.01, f"With your θ there is {way} compute after five years")
    return [
        "what the price of compute is while the limit binds",
        "where saving goes that compute does not take",
        "whether people save more or less than without the limit",
    ]


@answer(
    "ks.compute.6", Number("the ratio for σ = ½", above=1), Number("the ratio for σ = ¼", above=1)
)
def first_unit(half, quarter):
    """The first unit of compute earns so many times what old capital does."""
    for sigma, ratio in ((0.5, half), (0.25, quarter)):
        now = specific_capital(4.6, 0.0, 0.608, 0.1, ks.Parameters(sigma=sigma))
        found = now.compute_rental / now.rental_rate
        way = "more" if found > ratio else "less"
        expect(abs(ratio / found - 1) < 0.01, f"For σ = {sigma:g} it earns {way} than that")
