"""What must be true of the answers to the exercises on indeterminacy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiecon import wang_wong as ww
from exhibits.answers import Array, Choice, Number, Several, Text, answer, expect, same

_P = ww.Parameters()
_TWO = replace(_P, theta=0.95)


@answer("ww.ind.7", Number("s₀", above=0, unit="years"), Number("θ", share=True))
def worth(s_0, theta):
    """A match is worth this much without AI, and from this share on as much as AI."""
    held = (_P.r + _P.sigma + _P.alpha * (1 - _P.theta)) * s_0
    expect(
        abs(held / (1 - _P.b) - 1) < 0.01,
        f"R times your s₀ is {held:.3f} a year; it must be what work pays more than home",
    )
    alone = replace(_P, theta=theta).s_0
    expect(
        abs(alone / _P.pi_A - 1) < 0.03,
        f"With this share a match is worth {alone:.3f} years; it should be just as much as AI",
    )


@answer("ww.ind.1", Number("the first cost", share=True), Number("the second cost", share=True))
def costs(up_to, from_):
    """At the first cost AI is worth a match without growth, at the second one with growth."""
    growth = _P.epsilon * (_P.mu * _P.H_0 - _P.delta)
    expect(
        from_ < up_to,
        "A match with growth is worth more, so AI must be better to be preferred: there is a cost "
        "at which both exist",
    )
    for phi, grows, which in ((up_to, 0.0, "first"), (from_, growth, "second")):
        match = (1 - _P.b) / ((1 - _P.b) / _P.s_0 - grows)
        pi = replace(_P, phi=phi).pi_A
        expect(
            abs(pi - match) < 0.002,
            f"At the {which} cost AI is worth {pi:.3f} years, and a match is not worth the same",
        )


@answer(
    "ww.ind.2",
    Number("ρA", above=0),
    Number("employment", share=True),
    Number("the surplus", above=0, unit="years"),
)
def without(product, H, s):
    """Exposure times AI stays where it was, and the labour market without AI remains."""
    rest = ww.steady_states(_P).some_ai
    taken = _P.mu * product
    expect(
        abs(taken / (_P.rho * _P.mu * rest.capability) - 1) < 0.01,
        f"AI would come to a match at the rate {taken:.3g} a year; employment stands still at "
        "another, which exposure does not change",
    )
    moves = _P.alpha * (1 - H) - _P.sigma * H
    expect(abs(moves) < 0.01, f"Employment would change by {moves:.2g} a year without AI")
    expect(
        abs(s / _P.s_0 - 1) < 0.01,
        "This is not what a match is worth where AI neither takes places nor lets output grow",
    )


@answer("ww.ind.3", Array("the numbers of dates", shape=(4,), least=0))
def dates(counts):
    """So many stopping dates leave a path an equilibrium, at each of the four shares."""
    expect(counts == counts.round(), "Numbers of dates are whole numbers")
    for theta, n in zip((0.925, 0.929, 0.92926, 0.93), counts, strict=True):
        expect(
            len(ww.switching_dates(replace(_P, theta=theta))) == n,
            f"At θ = {theta} employment passes H* another number of times: look at the trough",
        )


@answer("ww.ind.4", Number("the tax"), Choice("abc"))
def tax(tau, letter):
    """This tax makes AI worth no more than a match without growth; and the letter is right."""
    expect(tau > 0, "A tax on displacement is positive")
    gap = _TWO.pi_A - tau - _TWO.s_0
    expect(gap < 0.005, f"AI would still be worth {gap:.2g} years more than a match without growth")
    expect(gap > -0.005, "A smaller tax does it as well: which is the smallest?")
    feedback = {
        "a": "Does the existence of some-AI depend on how much AI there is?",
        "c": "While the tax is in force no path with displacement is consistent",
    }
    expect(same(letter, "d45838e96a95"), feedback.get(letter, "Read the three once more"))


@answer("ww.ind.5", Several("abcd"), Array("the economy", shape=(7,)))
def hopf(letters, economy):
    """Only a Hopf bifurcation joins these counts, and at your economy one takes place."""
    expect(
        same(letters, "0e569d77d343"),
        "At a fold one real root passes zero, and the determinant changes its sign with it",
    )
    names = ("theta", "xi", "epsilon", "sigma", "alpha", "b", "mu")
    there = ww.Parameters(**dict(zip(names, economy.tolist(), strict=True)))
    expect(ww.steady_states(there).some_ai.exists, "No some-AI steady state exists there")
    roots = ww.eigenvalues(there)
    pair = roots[np.abs(roots.imag) > 1e-6]
    expect(len(pair) == 2, "There all three roots are real: nothing turns")
    expect(
        np.abs(pair.real) < 0.02,
        f"The real part of the pair is {pair[0].real:.2f} there: it is not at zero",
    )


@answer("ww.ind.6", Number("x", share=True), Text("what a theory needs"))
def doubt(x, _):
    """A firm with this belief is indifferent between its worker and AI."""
    lost = float(ww.benchmark_path(_TWO, "some-AI").surplus(0.0))
    kept = float(ww.steady_states(_TWO, "benchmark").unbounded_ai.surplus)
    worth = x * lost + (1 - x) * kept
    expect(
        abs(worth / _TWO.pi_A - 1) < 0.01,
        f"With this belief a match is worth {worth:.2f} years, AI {_TWO.pi_A:.2f}",
    )
    return [
        "what firms know that others do not, and how long it stays private",
        "how the belief changes as employment moves",
        "what could make all change their minds at once",
    ]
