"""The checks of the chapter on the race: solutions pass, the usual mistakes do not."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics.scenarios import solved
from tests.checking import Case, of, wrong

WORDS = "Whether a path does better than a constant rate, and whether she can save herself."


def _consistent():
    shares = [0.34 / np.sqrt(R / 0.5) for R in (0.14, 0.18)]
    capitals = [
        brentq(lambda K, R=R, s=s: ks.equilibrium(K, s).rental_rate - R, 1, 20)
        for R, s in zip((0.14, 0.18), shares, strict=True)
    ]
    return [float(s) for s in shares], capitals, "d"


def _exceeded():
    path = solved("b")

    def excess(t):
        return ks.balancing_saving_rate(path.capital(t), path.share(t), 0.392 / 20) - 1

    return 2.0, brentq(excess, 15, 18.6)


def _edges():
    def invested(eta, T):
        path = ks.solve_transition(ks.Bounded(horizon=T), params=ks.Parameters(eta=eta))
        return float(path.saving_rate(0.0) * path.output(0.0) - 0.46)

    return [brentq(invested, 2, 4, args=(T,), xtol=1e-4) for T in (5, 10, 20, 40)], "b"


YEARS = [69.3, 7.7, 3.85]
SHARES, CAPITALS = [0.643, 0.567], [6.27, 3.32]
ETAS = [2.92, 2.73, 2.66, 3.01]


def _share(t):
    return 0.392 * np.exp(-0.05 * t)


test_answers = of(
    {
        "ks.race.1": Case(
            right=lambda: ([float(np.log(2) / x) for x in (0.01, 0.09, 0.18)], "b"),
            also=((YEARS, "B"),),
            wrong={
                "one over the rate": wrong([100, 11.1, 5.56], "b", says="are left"),
                "the other order": wrong(YEARS[::-1], "b", says="shorter"),
                "half in a straight line": wrong([50, 5.56, 2.78], "b", says="are left"),
                "doubled": wrong(YEARS, "a", says="depend on η"),
            },
        ),
        "ks.race.2": Case(
            right=lambda: (0.04, 0.36, 0.92, 0.85),
            wrong={
                "as in Table 2": wrong(0.22, 0.18, 0.56, 4.675, says="is η one"),
                "capital alone": wrong(0.04, 0.36, 0.92, 0.80, says="more than capital"),
                "wages over the return": wrong(0.04, 0.36, 0.92, 0.84, says="A − δ"),
                "the saving of growth": wrong(0.04, 0.36, 0.72, 0.85, says="saving rate"),
                "of the gross return": wrong(0.14, 0.36, 0.72, 2.975, says="consumed"),
            },
        ),
        "ks.race.3": Case(
            right=_consistent,
            also=((SHARES, CAPITALS, "d"),),
            wrong={
                "Φ₀ kept": wrong([0.608, 0.608], [5.072, 4.189], "d", says="labour's share"),
                "K₀ kept": wrong(SHARES, [4.6, 4.6], "d", says="capital earns"),
                "labour's share": wrong([0.9, 0.9], CAPITALS, "d", says="capital earns"),
                "before the peak": wrong(SHARES, CAPITALS, "a", says="below σΦ"),
            },
        ),
        "ks.race.4": Case(
            right=_exceeded,
            also=((2, 18.0),),
            wrong={
                "A for 1/A": wrong(0.5, 18.0, says="Near the border"),
                "depreciation": wrong(10.0, 18.0, says="Near the border"),
                "where region 2 begins": wrong(2.0, 18.7, says="region 2"),
                "the wage's peak": wrong(2.0, 13.2, says="would hold"),
            },
        ),
        "ks.race.5": Case(
            right=lambda: (0.68, 1.36, "b"),
            wrong={
                "the rate for growth": wrong(0.44, 0.88, "b", says="λg/(1 − σ)"),
                "no depreciation": wrong(0.48, 0.96, "b", says="λg/(1 − σ)"),
                "half of it": wrong(0.68, 1.02, "b", says="tends to"),
                "both": wrong(0.68, 1.36, "a", says="at most"),
            },
        ),
        "ks.race.6": Case(
            right=_edges,
            also=((ETAS, "b"),),
            wrong={
                "of Table 2": wrong([2, 2, 2, 2], "b", says="still rises"),
                "of a jump": wrong([2.4] * 4, "b", says="still rises"),
                "gross saving": wrong([9.0] * 4, "b", says="already"),
                "wealth alone": wrong(ETAS, "a", says="Two forces"),
            },
        ),
        "ks.race.7": Case(
            right=lambda: (lambda G, rate: G - rate, _share, "b"),
            wrong={
                "of output": wrong(lambda G, rate: G, _share, "b", says="stand still"),
                "case 3": wrong(lambda G, rate: 2 * rate, _share, "b", says="stand still"),
                "σ of Table 2": wrong(
                    lambda G, rate: (G - rate) / 0.5, _share, "b", says="another growth"
                ),
                "all tasks": wrong(
                    lambda G, rate: G - rate, lambda t: np.exp(-0.05 * t), "b", says="left to it"
                ),
                "flatter": wrong(lambda G, rate: G - rate, _share, "a", says="threshold"),
            },
        ),
        "ks.race.8": Case(
            right=lambda: (0.08, WORDS),
            also=((0.082, WORDS), (0.085, WORDS)),
            wrong={
                "business as usual": wrong(0.01, WORDS, says="faster"),
                "where capital only keeps up": wrong(0.18, WORDS, says="slower"),
                "half of the best": wrong(0.04, WORDS, says="faster"),
                "no words": wrong(0.08, "about eight", says="10 words"),
            },
        ),
    }
)
