"""The checks of the chapter on factor prices: solutions pass, the usual mistakes do not."""

from __future__ import annotations

import numpy as np

from aiecon import korinek_suh as ks
from tests.checking import Case, of, wrong

WORDS = "The elasticity at a given share of automated tasks, by tasks automated at a known date."


def _peak_at_half():
    ratios = [((2 - s) / s) ** (s / (1 - s)) for s in (0.1, 0.5, 0.9)]
    return ratios, [(2 - s) ** (1 / (1 - s)) for s in (0.1, 0.5, 0.9)], "b"


def _falls():
    peaks = [ks.wage_peak(10.0, ks.Parameters(A=1, sigma=s)) for s in (0.2, 0.1, 0.05, 0.01)]
    return [float(p.fall) for p in peaks], [float(10 / 11 - p.Phi) for p in peaks], 10 / 11


def _thresholds():
    """By the largest u that is allowed at each share."""
    kappa, found = np.geomspace(1e-6, 1e4, 5000), []
    for s in (0.5, 0.6, 0.7, 0.8, 0.9):
        h = (1 - s) / s
        m = h * (1 + kappa) ** 2 / kappa
        u = 2 / (2 + m + np.sqrt(m * (m + 4)))
        found.append(float(np.min(kappa * u ** (-1 / h))))
    return found, "a"


def _bounds():
    return [[s / Phi for Phi in (0.5, 0.6, 0.8, 0.95)] for s in (0.33, 0.40)], WORDS


RATIOS, WAGES = [1.387, 3, 6.09], [2.04, 2.25, 2.59]
FALLS, RANGES = [0.853, 0.878, 0.892, 0.905], [0.0891, 0.0466, 0.0248, 0.00595]
PEAK = 0.349

test_answers = of(
    {
        "ks.fp.1": Case(
            right=lambda: (2.56, 4.0, 0.2, "a"),
            wrong={
                "the square forgotten": wrong(1.6, 4, 0.2, "a", says="costs"),
                "a straight frontier": wrong(1.84, 4, 0.2, "a", says="costs"),
                "no power in the slope": wrong(2.56, 16, 0.2, "a", says="slope"),
                "labour's share": wrong(2.56, 4, 0.8, "a", says="RK over"),
                "the other answer": wrong(2.56, 4, 0.2, "b", says="larger"),
            },
        ),
        "ks.fp.2": Case(
            right=lambda: (lambda R, Phi, A: A * (A / R) ** (Phi / (1 - Phi)), "ab"),
            wrong={
                "the exponent": wrong(lambda R, P, A: A * (A / R) ** P, "ab", says="weighted"),
                "A left out": wrong(lambda R, P, A: (1 / R) ** (P / (1 - P)), "ab", says="R = A"),
                "turned over": wrong(
                    lambda R, P, A: A * (A / R) ** ((1 - P) / P), "ab", says="weighted"
                ),
                "a line": wrong(
                    lambda R, P, A: A * (A / R) ** (P / (1 - P)), "ad", says="elasticity"
                ),
            },
        ),
        "ks.fp.3": Case(
            right=_peak_at_half,
            also=((RATIOS, WAGES, "b"),),
            wrong={
                "the border": wrong([1, 1, 1], WAGES, "b", says="not at one half"),
                "turned over": wrong([1 / x for x in RATIOS], WAGES, "b", says="not at one half"),
                "at A of Table 2": wrong(RATIOS, [1.02, 1.125, 1.295], "b", says="A = 1"),
                "the fall for the wage": wrong(RATIOS, [0.51, 0.556, 0.614], "b", says="A = 1"),
                "the machines": wrong(RATIOS, WAGES, "a", says="limits output"),
            },
        ),
        "ks.fp.4": Case(
            right=_falls,
            also=((FALLS, RANGES, 0.909),),
            wrong={
                "of the peak's place": wrong(
                    FALLS, [0.82, 0.863, 0.884, 0.903], 0.909, says="shrinks"
                ),
                "to the right end": wrong(
                    FALLS, [x + 1 / 11 for x in RANGES], 0.909, says="the border"
                ),
                "K for K + L": wrong(FALLS, RANGES, 0.9, says="larger than"),
                "everything": wrong(FALLS, RANGES, 1.0, says="all of output"),
                "of output": wrong([0.61, 0.72, 0.79, 0.87], RANGES, 0.909, says="the peak wage"),
            },
        ),
        "ks.fp.5": Case(
            right=lambda: (2.0, -1 / 3, "b"),
            also=((2, -0.333, "b"),),
            wrong={
                "kappa": wrong(4.0, -0.333, "b", says="already"),
                "from the start": wrong(1.0, -0.333, "b", says="is it scarce"),
                "the factor a forgotten": wrong(2.0, -1.333, "b", says="more than"),
                "capital's share": wrong(2.0, 1 / 3, "b", says="effective unit"),
                "owners": wrong(2.0, -0.333, "c", says="who gains"),
            },
        ),
        "ks.fp.6": Case(
            right=_thresholds,
            also=(([1, 3.15, 8.08, 27, 256], "a"),),
            wrong={
                "one for all": wrong([1, 1, 1, 1, 1], "a", says="still declines"),
                "one square too many": wrong([1, 9.9, 65, 729, 65536], "a", says="smaller"),
                "the wrong order": wrong([256, 27, 8.08, 3.15, 1], "a", says="smaller"),
                "Table 2 too": wrong([1, 3.15, 8.08, 27, 256], "ac", says="threshold"),
            },
        ),
        "ks.fp.7": Case(
            right=lambda: (
                lambda s: 1 / s,
                lambda s: 1 / s,
                float(ks.wage_peak(10.0, ks.Parameters(A=1, sigma=2)).Phi),
            ),
            also=((lambda s: 1 / s, lambda s: 1 / s, PEAK),),
            wrong={
                "its complement": wrong(
                    lambda s: 1 - 1 / s, lambda s: 1 / s, PEAK, says="your bound"
                ),
                "sigma": wrong(lambda s: s, lambda s: 1 / s, PEAK, says="between 0 and 1"),
                "the whole gain": wrong(lambda s: 1 / s, lambda s: 1.0, PEAK, says="another part"),
                "the bound for the peak": wrong(
                    lambda s: 1 / s, lambda s: 1 / s, 0.5, says="already"
                ),
                "a peak too early": wrong(
                    lambda s: 1 / s, lambda s: 1 / s, 0.2, says="still rises"
                ),
            },
        ),
        "ks.fp.8": Case(
            right=_bounds,
            wrong={
                "the product": wrong(
                    [[s * x for x in (0.5, 0.6, 0.8, 0.95)] for s in (0.33, 0.4)],
                    WORDS, says="lowers",
                ),
                "labour's share": wrong(
                    [[(1 - s) * x for x in (0.5, 0.6, 0.8, 0.95)] for s in (0.33, 0.4)],
                    WORDS, says="s_K",
                ),
                "the share itself": wrong([[0.33] * 4, [0.4] * 4], WORDS, says="lowers"),
                "no words": wrong(_bounds()[0], "measure it", says="10 words"),
            },
        ),
    }
)  # fmt: skip
