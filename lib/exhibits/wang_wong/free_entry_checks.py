"""What must be true of the answers to the exercises on free entry."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiecon import wang_wong as ww
from exhibits.answers import Number, Text, answer, expect

_P = ww.Parameters()


@answer("ww.entry.7", Number("the factor", above=0), Number("the time", above=0, unit="months"))
def better_match(factor, months):
    """Jobs are found so many times as fast, and last so long until AI takes them."""
    rest = ww.long_run(_P)
    expect(factor > 1, "A match is worth more, so more vacancies are posted")
    hired = factor * _P.alpha * (1 - rest.employment)
    lost = (_P.sigma + _P.rho * _P.mu * rest.capability) * rest.employment
    expect(
        abs(hired / lost - 1) < 0.02,
        f"With this factor {hired:.2f} of the labour force would be hired a year, and employment "
        "would move: which exponent does the surplus have?",
    )
    expect(
        abs(months * _P.rho * _P.mu * rest.capability / 12 - 1) < 0.02,
        f"At this pace AI would take over a place {12 / months:.2f} times a year",
    )


@answer(
    "ww.entry.1",
    Number("employment", share=True),
    Number("AI over its start", above=0),
    Number("the surplus", above=0, unit="years"),
)
def faster(H, A, s):
    """With this much AI, employment and surplus nothing moves."""
    q = replace(_P, mu=0.7)
    growth, jobs, worth = ww.motion(A * q.A_0, H, s, 1, q)
    expect(abs(growth) < 0.005, "AI would not stand still: does it learn what it forgets?")
    expect(
        abs(jobs) < 0.02,
        f"Employment would change by {jobs:+.2g} a year: are hirings and displacements the same?",
    )
    expect(abs(worth) < 0.05, "The surplus would not stand still at this value")


@answer("ww.entry.2", Number("the half-life", above=0, unit="years"), Number("the year", above=0))
def half_life(years, year):
    """The slow root halves distances in this time, and the line is good from this year on."""
    path, rest = ww.solve_transition(_P), _P.delta / _P.mu
    near, late = (path.employment(t) - rest for t in (200.0, 200.0 + years))
    expect(
        abs(late / near - 0.5) < 0.01,
        f"In this time the distance of employment from its rest falls to {late / near:.2f} of what "
        "it was",
    )
    slow = -np.sort(path.roots.real)[1]
    far = path.employment(150.0) - rest
    t = np.maximum(0.0, year + np.array([-1.0, 1.0]))
    off = np.abs(rest + far * np.exp(-slow * (t - 150.0)) - path.employment(t))
    expect(off[1] <= 0.001, "A year later the line is still off by more than a tenth of a point")
    expect(off[0] > 0.001, "A year earlier the line is already good to a tenth of a point")


@answer("ww.entry.5", Number("the rate", above=0, unit="1/year"), Number("the gap", share=True))
def recovery(rate, gap):
    """Employment returns at this rate, and the gap after two years is what it leaves."""
    moves = _P.alpha * (1 - (_P.H_0 - 0.05)) - _P.sigma * (_P.H_0 - 0.05)
    expect(
        abs(rate * 0.05 / moves - 1) < 0.01,
        f"Five points below its rest employment rises by {moves:.4f} a year: your rate says "
        f"{0.05 * rate:.4f}",
    )
    expect(
        abs(np.log(gap / 0.05) / (2 * rate) + 1) < 0.02,
        "The gap after two years does not go with your rate",
    )


@answer("ww.entry.3", Number("s(0)", above=0, unit="years"), Number("the digits", least=1))
def shooting(s_0, digits):
    """From this surplus the path starts, and so many digits would be needed to follow it."""
    start = ww.solve_transition(_P).surplus(0.0)
    expect(
        s_0 < start * (1 + 1e-5),
        "From this s(0) the surplus explodes upwards: the guess is too high",
    )
    expect(
        s_0 > start * (1 - 1e-5), "From this s(0) the surplus falls for ever: the guess is too low"
    )
    left = 10 ** -(digits - 3) * np.exp(50)
    expect(
        0.03 < left < 40,
        "An error in the last of these digits would grow to "
        f"{left * 1e-3:.1g} within five years, and 0.001 is asked",
    )


@answer("ww.entry.4", Number("the first factor", above=0), Number("the second factor", above=0))
def awake(low, high):
    """By these factors job finding jumps on arrival in the two economies."""
    expect(low > high, "Where few jobs end, the labour market has more to speed up")
    members = ww.identified_set()
    for target, factor in ((0.06, low), (0.16, high)):
        off = np.where(np.isclose(members.A_0, 1.7), np.abs(members.sigma - target), 9)
        one = members[int(off.argmin())]
        surplus = one.s_0 * factor ** ((1 - one.xi) / one.xi)
        path = ww.solve_transition(one)
        expect(
            abs(surplus / path.surplus(0.0) - 1) < 0.02,
            f"Near σ = {target} this factor goes with a surplus of {surplus:.3f} years on arrival, "
            "which is not that of the path",
        )


@answer(
    "ww.entry.6",
    Number("the first ratio", above=0),
    Number("the second ratio", above=0),
    Number("employment", share=True),
    Text("what follows"),
)
def scale(first, second, H, _):
    """In both economies AI ends where employment rests; and employment falls as you say."""
    for A, q, which in (
        (first, replace(_P, A_0=1.0, rho=_P.rho / _P.mu), "first"),
        (second, replace(_P, A_0=1.0), "second"),
    ):
        rest = ww.long_run(q)
        taken, wanted = q.rho * q.mu * A, q.rho * q.mu * rest.capability
        expect(
            abs(taken / wanted - 1) < 0.01,
            f"In the {which} case AI would come to a match at the rate {taken:.2f} in the end, and "
            "employment would not rest at δ/μ",
        )
    path = ww.solve_transition(replace(_P, A_0=1.0))
    expect(
        abs(H - path.employment(5.0)) < 0.002,
        "In the second case replacement starts at a lower rate than at the reference point",
    )
    return [
        "which of the two cases is the reference point in other units",
        "what all relative numbers can tell of exposure and level, and what not",
        "a number whose value would decide between the two",
    ]
