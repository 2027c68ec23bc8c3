"""What must be true of the answers to the exercises on the plateau."""

from __future__ import annotations

import numpy as np

from aiecon import kuhle
from exhibits.answers import Choice, Number, Text, answer, expect, same


@answer("ku.plateau.1", Number("γ", least=0))
def technology_twice(gamma):
    """Twice the technology of 2024 leaves welfare unchanged at this γ."""
    expect(gamma > 1, "Up to γ = 1 more technology is always welcome: γ lies above")
    now = kuhle.pivotal_economy(kuhle.two_years()[1].technology)
    twice = kuhle.pivotal_economy(2 * now.technology)
    ratio = kuhle.certainty_equivalent(twice, gamma) / kuhle.certainty_equivalent(now, gamma)
    expect(
        abs(ratio - 1) < 0.005,
        "Twice the technology must leave welfare unchanged; at your γ it multiplies it by "
        f"{ratio:.3g}",
    )


@answer(
    "ku.plateau.2",
    Number("the top share", share=True),
    Number("the dispersion σ", above=0),
    Number("the Gini coefficient", share=True),
)
def top_shares(share, sigma, gini):
    """The top share goes with a Gini coefficient of 0.48, the dispersion with a top share of 20%,
    and the Gini coefficient with that dispersion."""
    expect(share > 0.01, "The richest hundredth has more than a hundredth of all income")
    implied = _with(kuhle.dispersion_from_top_share(share, 0.01)).gini
    expect(
        abs(implied - 0.48) < 0.003,
        f"Lognormal incomes with a top share of {share:.1%} have a Gini coefficient of "
        f"{implied:.2f}, not 0.48",
    )
    top = kuhle.top_share(_with(sigma), 0.01)
    expect(
        abs(top - 0.20) < 0.001,
        f"With the dispersion {sigma:.3g} the top hundredth receives {top:.1%}, not 20%",
    )
    expect(
        abs(gini - _with(sigma).gini) < 0.003,
        "The Gini coefficient is not that of your dispersion",
    )


def _with(sigma):
    """Lognormal incomes of this dispersion."""
    return kuhle.Economy(sigma / 15, 1.0, 0.0, 15.0)


@answer(
    "ku.plateau.3",
    Number("the product (γ−1)a*", above=0),
    Number("the plateau for γ = 3", above=0),
    Number("the plateau for γ = 5", above=0),
)
def uniform_skill(product, three, five):
    """At the plateau mean skill is zero if each person counts by marginal utility."""
    expect(five < three, "The more averse to risk, the earlier the plateau")
    for gamma, peak in ((3, three), (5, five)):
        expect(
            abs((gamma - 1) * peak / product - 1) < 0.01,
            f"(γ−1)a* is the same for everybody; with your plateau for γ = {gamma} it is not your "
            "product",
        )
    skill = np.linspace(-10, 30, 4001)
    weight = np.exp(-product * skill)
    mean = float((weight * skill).sum() / weight.sum())
    expect(abs(mean) < 0.06, f"Weighted with your product mean skill is {mean:.2g}, not zero")


@answer(
    "ku.plateau.4",
    Choice("abcd"),
    Number("with the low floor", above=0),
    Number("with the high floor", above=0),
)
def a_safety_net(choice, low, high):
    """A floor near the pivot's income removes the plateau; a low one leaves a dip."""
    expect(low < high, "A higher floor is worth more")
    expect(high > 0.9, "Nobody has less than the floor, so that a draw is worth more than it")
    mean, z = 100 - float(kuhle.pivot_skill(*kuhle.two_years())), np.linspace(-9, 9, 9001)
    density = np.exp(-(z**2) / 2)
    income = np.exp(0.12 * (mean + 15 * z))
    for given, floor in ((low, 0.5), (high, 0.9)):
        moment = float((density * np.maximum(income, floor) ** -3.0).sum() / density.sum())
        expect(
            abs(given * moment ** (1 / 3) - 1) < 0.01,
            f"At 12% and the floor {floor} it is another one: is the floor under the incomes?",
        )
    said = {
        "a": "Follow the curve of the low floor in small steps",
        "c": "Which of the two floors leaves people more to lose?",
        "d": "Near the pivot's income nobody loses much any more",
    }
    expect(same(choice, "a6fb6dfb78a1"), said.get(choice, ""))


@answer("ku.plateau.5", Number("τ of 1975", below=1), Number("τ of 2024", below=1))
def taxes_that_cost_effort(first, second):
    """After tax both years are equally unequal: the tax follows technology."""
    expect(second > first, "More technology is more risk to insure: the tax of 2024 is the higher")
    for tau, economy, year in zip((first, second), kuhle.two_years(), (1975, 2024), strict=True):
        insured = 3 * (1 - tau) * economy.dispersion**2  # per unit of τ, beside what effort costs
        cost = 0.5 / 1.5 / (1 - tau)
        way = "more" if insured > cost else "less"
        expect(
            abs(insured / cost - 1) < 0.02,
            f"In {year} a slightly {way} progressive tax would be better than yours",
        )


@answer("ku.plateau.6", Number("z"), Text("how you measure it", words=30))
def who_stands_still(z, text):
    """A measure to compare."""
    expect(abs(z) < 10, "z is skill in standard deviations from the mean")
    return [
        "what moves, in the model, at a rank when technology alone moves",
        "which data, of which years, in which prices",
        "the number with its direction: below or above all of the data?",
        "what else changed in these years",
        "what it means for the plateau",
    ]


@answer("ku.plateau.7", Number("the ratio", share=True), Number("the premium", share=True))
def behind_the_veil(ratio, premium):
    """Both are powers of the same number: the premium grows with risk aversion."""
    new = kuhle.two_years()[1]
    expect(
        abs(ratio - new.median / new.mean) < 0.004,
        "With log utility a draw is worth the median: what is that over the mean?",
    )
    worth = float(kuhle.certainty_equivalent(new, 2.0) / new.mean)
    expect(abs(premium - worth) > 0.01, "This is what is left, not what is given up")
    expect(abs(premium - (1 - worth)) < 0.004, "With γ = 2 the exponent is twice that of γ = 1")
