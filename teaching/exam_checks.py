"""What must be true of the answers to the exam. Students do not get this file."""

from __future__ import annotations

import numpy as np

from aiecon import korinek_suh as ks
from aiecon import kuhle
from exhibits.answers import Choice, Expression, Number, Text, answer, expect, same

_SIGMA = 0.5


@answer("exam.1", Choice("abcd"))
def capital_without_end(letter):
    """The labour share goes to one."""
    expect(letter != "a", "Machines do much of the work, but what does the market pay for it?")
    expect(letter != "b", "So it is at an elasticity of one, not below")
    expect(letter != "d", "Prices change with quantities")
    expect(same(letter, "37c6d0280b38"), "Not this one")


@answer("exam.2", Number("output", above=0), Number("the wage", above=0))
def wage_by_hand(output, wage):
    """Output and wage are those of three units of capital with 60% of tasks automated."""
    expect(output < 4, "Output cannot be more than with perfect substitutes, K + L")
    found = ks.equilibrium(K=3.0, Phi=0.6, params=ks.Parameters(A=1.0, sigma=_SIGMA))
    expect(abs(output / found.output - 1) < 0.005, "Output is not that of region 1")
    expect(wage < output, "One worker cannot earn more than all output")
    expect(abs(wage / found.wage - 1) < 0.005, "The wage is not the derivative of output in L")


@answer("exam.3", Number("a", above=0))
def as_well_off(a):
    """At this technology she is as well off as without any."""
    change = float(
        kuhle.log_certainty_equivalent(kuhle.Economy(a, 1.0, 20.0, 15.0), 3.0)
        - kuhle.log_certainty_equivalent(kuhle.Economy(1e-12, 1.0, 20.0, 15.0), 3.0)
    )
    way = "better" if change > 0 else "worse"
    expect(abs(change) < 0.01, f"At your technology she is {way} off than without any")


@answer("exam.4", Expression("the labour share", of="Phi, k, sigma"))
def share_as_formula(share):
    """The formula gives the library's labour share at six economies."""
    for Phi, k, sigma in ((0.3, 2.0, 0.5), (0.6, 3.0, 0.5), (0.5, 9.0, 0.8), (0.2, 1.0, 1.5)):
        ours = ks.equilibrium(K=k, Phi=Phi, params=ks.Parameters(A=1.0, sigma=sigma)).labor_share
        theirs = share(Phi, k, sigma)
        expect(0 <= theirs <= 1, f"At Φ = {Phi}, k = {k:g}, σ = {sigma} it is {theirs:.3g}")
        expect(
            abs(theirs - ours) < 1e-6, f"At Φ = {Phi}, k = {k:g}, σ = {sigma} it is not the share"
        )


@answer("exam.5", Number("the gain", share=True), Text("your reasons", words=15))
def half_a_per_cent(gain, text):
    """The gain is Hulten's."""
    expect(gain < 0.2 * 0.15, "Not all of the tasks can be done profitably")
    expect(same(gain, "8a15af4a35c2", 2, "the gain"), "The gain is not share times savings")
    return [
        "what is profitable and what is possible",
        "the average task and the best one",
        "which of the two changes the result more",
        "why who reports a saving is no random sample",
    ]


@answer("exam.6", Number("one turn", above=0), Number("the half-life", above=0))
def a_spiral(turn, half_life):
    """After a turn the path points the same way, and after the half-life it is half as far."""
    values, vectors = np.linalg.eig(np.array([[-0.02, -0.3], [0.1, -0.04]]))

    def moved(t):
        return (vectors * np.exp(values * t)) @ np.linalg.inv(vectors)

    there = moved(turn).real @ [1.0, 0.0]
    angle = np.degrees(np.arctan2(there[1], there[0]))
    expect(turn > 5, "In so short a time the path hardly moves: in years, not in turns a year")
    expect(abs(angle) < 2, f"After your turn the path points {abs(angle):.0f} degrees elsewhere")
    expect(turn < 60, "That is more than one turn")
    left = np.exp(values[0].real * half_life)
    expect(abs(left - 0.5) < 0.01, f"After your half-life {left:.0%} of the distance are left")
