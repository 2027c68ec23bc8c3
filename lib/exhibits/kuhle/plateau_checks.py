"""What must be true of the answers to the exercises on the plateau."""

from __future__ import annotations

from aiecon import kuhle
from exhibits.answers import Number, answer, expect


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
