"""The checks of the chapter on free entry: solutions pass, the usual mistakes do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiecon import wang_wong as ww
from tests.checking import Case, of, wrong

P = ww.Parameters()
WORDS = "At which rate are the first workers replaced when AI arrives, in the paper's own units?"


def _better():
    rest = ww.long_run(P)
    factor = (rest.surplus / P.s_0) ** (P.xi / (1 - P.xi))
    return float(factor), float(12 / (P.rho * P.mu * rest.capability))


def _faster():
    rest = ww.long_run(replace(P, mu=0.7))
    return float(rest.employment), float(rest.capability / P.A_0), float(rest.surplus)


def _half_life():
    path, rest = ww.solve_transition(P), P.delta / P.mu
    slow = -np.sort(path.roots.real)[1]
    t = np.arange(0.0, 80.0, 0.25)
    line = rest + (path.employment(150.0) - rest) * np.exp(-slow * (t - 150.0))
    off = np.abs(line - path.employment(t)) > 0.001
    return float(np.log(2) / slow), float(t[off][-1] + 0.25)


def _jumps():
    members, found = ww.identified_set(), []
    for target in (0.06, 0.16):
        off = np.where(np.isclose(members.A_0, 1.7), np.abs(members.sigma - target), 9)
        one = members[int(off.argmin())]
        found.append(float(ww.solve_transition(one).job_finding(0.0) / one.alpha))
    return tuple(found)


def _scale():
    q = replace(P, A_0=1.0)
    first = ww.long_run(replace(q, rho=P.rho / P.mu)).capability
    H = ww.solve_transition(q).employment(5.0)
    return float(first), float(ww.long_run(q).capability), float(H), WORDS


test_answers = of(
    {
        "ww.entry.7": Case(
            right=_better,
            also=((3.68, 4.6), (3.7, 4.61)),
            wrong={
                "the exponent ξ": wrong(1.83, 4.6, says="which exponent"),
                "the surplus itself": wrong(3.06, 4.6, says="which exponent"),
                "slower": wrong(0.27, 4.6, says="more vacancies"),
                "in years": wrong(3.7, 0.384, says="times a year"),
                "with μ once more": wrong(3.7, 7.3, says="times a year"),
            },
        ),
        "ww.entry.1": Case(
            right=_faster,
            also=((0.660, 6.58, 1.033),),
            wrong={
                "as before": wrong(0.731, 4.21, 0.873, says="what it forgets"),
                "AI stays": wrong(0.660, 4.21, 1.033, says="hirings and displacements"),
                "its start at 1/0.7": wrong(0.660, 7.29, 1.033, says="hirings and displacements"),
                "the surplus stays": wrong(0.660, 6.58, 0.873, says="would change"),
            },
        ),
        "ww.entry.2": Case(
            right=_half_life,
            also=((9.16, 34), (9.2, 34.0)),
            wrong={
                "one over the root": wrong(13.2, 34, says="falls to"),
                "a fast root": wrong(0.07, 34, says="falls to"),
                "from the start": wrong(9.16, 0.25, says="still off"),
                "at the end of the grid": wrong(9.16, 80, says="already good"),
            },
        ),
        "ww.entry.5": Case(
            right=lambda: (
                float(P.alpha + P.sigma),
                float(0.05 * np.exp(-2 * (P.alpha + P.sigma))),
            ),
            also=((2.1, 0.00075),),
            wrong={
                "job finding alone": wrong(1.995, 0.00093, says="five points".capitalize()),
                "separations alone": wrong(0.105, 0.0405, says="your rate says"),
                "after one year": wrong(2.1, 0.0061, says="does not go with"),
                "in points": wrong(2.1, 0.075, says="does not go with"),
            },
        ),
        "ww.entry.3": Case(
            right=lambda: (
                float(ww.solve_transition(P).surplus(0.0)),
                float(3 + 50 / np.log(10)),
            ),
            also=((0.565462, 25), (0.5654622, 24)),
            wrong={
                "the long run": wrong(0.8734, 25, says="too high"),
                "without AI": wrong(0.2848, 25, says="too low"),
                "powers of e": wrong(0.565462, 57, says="within five years"),
                "double precision": wrong(0.565462, 16, says="within five years"),
            },
        ),
        "ww.entry.4": Case(
            right=_jumps,
            also=((4.0, 1.68),),
            wrong={
                "the rates": wrong(4.45, 5.10, says="more to speed up"),
                "exchanged": wrong(1.68, 4.0, says="more to speed up"),
                "vacancies": wrong(13.4, 2.55, says="Near σ = 0.06"),
                "the same in both": wrong(4.0, 3.9, says="Near σ = 0.16"),
            },
        ),
        "ww.entry.6": Case(
            right=_scale,
            also=((4.21, 6.66, 0.860, WORDS),),
            wrong={
                "nothing changes": wrong(4.21, 4.21, 0.834, WORDS, says="second case"),
                "the wrong way": wrong(4.21, 2.66, 0.860, WORDS, says="second case"),
                "the first changes": wrong(6.66, 6.66, 0.860, WORDS, says="first case"),
                "the path stays": wrong(4.21, 6.66, 0.834, WORDS, says="lower rate"),
            },
        ),
    }
)
