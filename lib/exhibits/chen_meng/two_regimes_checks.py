"""What must be true of the answers to the exercises on the two regimes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiecon import chen_meng as cm
from exhibits.answers import Array, Number, Text, answer, expect

_BASE = cm.Parameters()


@answer("cm.regimes.1", Number("ξ", share=True), Number("the share of revenue", share=True))
def sharing(xi, share):
    """With this sharing AI leaves the Gini where it was, and workers get this share."""
    strong = replace(cm.with_ratio(_BASE, 5.0), xi=xi)
    change = cm.delta_gini(strong, n=10_000)
    expect(
        abs(change) < 0.001,
        f"With this ξ AI {'raises' if change > 0 else 'lowers'} the Gini by {abs(change):.4f}: you "
        "are not on the border",
    )
    expect(abs(share - cm.labour_share(strong)) < 0.005, "With this ξ workers get another share")


@answer(
    "cm.regimes.2",
    Number("the weight at τ = 0.1", share=True),
    Number("the weight at τ = 0.8", share=True),
)
def halved(clear, noisy):
    """Both weights halve the Gini of pay."""
    for weight, noise in ((clear, 0.1), (noisy, 0.8)):
        plain = cm.Parameters(psi=0.0, tau=noise)
        whole, left = (float(cm.lognormal_gini(cm.pay_dispersion(w, plain))) for w in (0.0, weight))
        expect(
            abs(left / whole - 0.5) < 0.01,
            f"At τ = {noise} this weight leaves {left / whole:.0%} of the Gini of pay, not half",
        )


@answer(
    "cm.regimes.3",
    Array("the border in r", shape=(3,), above=0),
    Array("the border in r E[k]", shape=(3,), above=0),
)
def tails(smallest, mean):
    """On these borders AI leaves the Gini where it was, and mean assets go with them."""
    tail = np.array([3.0, 1.5, 1.2])
    for zeta, r in zip(tail, smallest, strict=True):
        change = cm.delta_gini(cm.with_ratio(cm.Parameters(zeta=zeta), r), n=10_000)
        expect(
            abs(change) < 0.0006,
            f"With ζ = {zeta:g} and your r AI changes the Gini by {change:+.4f}: no border",
        )
    expect(
        np.abs(mean / smallest * (1 - 1 / tail) - 1) < 0.02,
        "The second row over the first is not the mean of a Pareto distribution from 1",
    )


@answer("cm.regimes.4", Array("the changes of the Gini", shape=(3,)))
def open_models(changes):
    """So the Gini changes now, with the open and with the closed model."""
    now = cm.with_ratio(_BASE, 2.0)
    expect(
        abs(changes[2] - changes[0]) < 2e-4,
        "The closed model leaves the ratio of the two kinds of AI, and so all shares of income",
    )
    expect(changes[1] < changes[0], "The open model makes AI more of a commodity")
    opened = replace(now, eta0=2 * now.eta0)
    for change, economy, which in ((changes[0], now, "now"), (changes[1], opened, "opened")):
        expect(
            abs(change - cm.delta_gini(economy)) < 5e-4,
            f"Of the three, '{which}' is another number: is it the change from before AI?",
        )


@answer(
    "cm.regimes.5",
    Array("the shares", shape=(3,), least=0, most=1),
    Number("the unstable one", least=1, most=3),
    Number("the weight", share=True),
)
def traps(shares, unstable, weight):
    """Expectations come true at these three shares, one of which is left at any disturbance."""
    trap = cm.Parameters(varsigma=0.3, psi=1.2, kappa=0.9, theta=0.5, chi=0.1, tau=0.35)
    expect(np.diff(shares) > 0, "Begin with the lowest share")
    found = cm.all_schooling(trap, 1.0)
    near = [abs(one.share - share) for one, share in zip(found, shares, strict=True)]
    expect(
        np.array(near) < [5e-4, 5e-4, 5e-3],
        "In one of the three the weight that employers then give is not the one people expect",
    )

    def reply(expected):
        threshold = cm.study_threshold(expected * trap.psi, trap)
        return float(cm.screening_weight(cm.skill_variance(threshold, trap), trap.tau))

    expect(unstable == round(unstable), "Say which one: 1, 2 or 3")
    here = found[round(unstable) - 1].weight
    slope = (reply(here + 1e-6) - reply(here - 1e-6)) / 2e-6
    expect(
        slope > 1,
        f"There the map's slope is {slope:.2g}: a small disturbance dies out",
    )
    before, after = (cm.schooling(trap, 1 - weight + off).share for off in (0.005, -0.005))
    expect(before > 0.1, "Well before this weight schooling has already collapsed")
    expect(after < 0.1, "Well after this weight many still study")


@answer("cm.regimes.6", Array("the changes of the Gini", shape=(3,)))
def able_owners(changes):
    """The Gini changes by so much when rents go to those with high pay."""
    economy = cm.economy(_BASE)
    expect(
        abs(changes[0] - (economy.gini - economy.gini_before)) < 0.002,
        "Without correlation it must be the change of the Gini of the chapter",
    )
    expect(np.diff(changes) > 0, "Rents that go to those with high pay widen incomes more")
    sorted_, n = np.argsort(economy.pay), economy.pay.size
    held = np.empty(n)
    held[sorted_] = cm.ownership(_BASE.Omega, n)
    most = cm.gini(economy.pay + economy.rents * held) - economy.gini_before
    expect(changes < most, "Even if rents went by the rank of pay the Gini would change by less")
    score = np.random.default_rng(8).standard_normal((2, n))
    rank = np.argsort(np.argsort(economy.pay))
    score[0] = np.sort(score[0])[rank]
    for corr, change in zip((0.3, 0.6), changes[1:], strict=True):
        mixed = corr * score[0] + np.sqrt(1 - corr**2) * score[1]
        held = cm.ownership(_BASE.Omega, n)[np.argsort(np.argsort(mixed))]
        ours = cm.gini(economy.pay + economy.rents * held) - economy.gini_before
        expect(
            abs(change - ours) < 0.002,
            f"With a correlation of {corr} of the scores another draw gives another change",
        )


@answer("cm.regimes.7", Number("q", share=True), Text("what the model needs"))
def fund(q, _):
    """With this fund the Gini stays where it was before AI."""
    e = cm.economy(cm.with_ratio(_BASE, 5.0))
    private = e.income - e.pay
    change = cm.gini(e.pay + (1 - q) * private + q * e.rents) - e.gini_before
    expect(
        abs(change) < 0.001,
        f"With this share the Gini is {abs(change):.4f} {'above' if change > 0 else 'below'} where "
        "it was",
    )
    return [
        "who would answer to a tax, and whether to a fund in the same way",
        "what the fund pays for what it owns",
        "where assets can go",
    ]
