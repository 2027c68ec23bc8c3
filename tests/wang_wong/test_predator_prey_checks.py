"""The checks of the chapter on predator and prey: solutions pass, the usual mistakes do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import sympy as sp

from aiecon import wang_wong as ww
from tests.checking import Case, of, wrong

P = ww.Parameters()


def _doubled():
    rest = ww.steady_states(P, "simple").some_ai
    factors = []
    for q in (replace(P, rho=2 * P.rho), replace(P, mu=2 * P.mu)):
        end = ww.steady_states(q, "simple").some_ai
        factors += [
            float(end.employment / rest.employment),
            float(end.capability / rest.capability),
        ]
    return (*factors, "b")


def _stale():
    two = replace(P, delta=ww.error_rate(2 / 12))
    low, high = (float(x) for x in ww.spiral_range(two))
    months = float(12 * np.log(2) / (P.alpha + P.sigma))
    return months, low, high, float(2 * two.delta / (low + high))


A, H, alpha, sigma, rho, mu, delta = sp.symbols("A H alpha sigma rho mu delta")
CHANGE = alpha * (1 - H) - (sigma + rho * mu * A) * H
DULAC = sp.diff(CHANGE / A, H)


def _orders():
    economy = ww.Parameters(alpha=0.2, mu=1.5, sigma=0.05, A_0=1.0)
    bands, drifts = [], []
    for h in (0.25, 0.125):
        bands.append(np.ptp(ww.lotka_volterra(economy, 1.0, 0.6, 400.0, h, "midpoint").conserved))
        orbit = ww.lotka_volterra(economy, 1.0, 0.6, 400.0, h, "runge-kutta")
        drifts.append(-np.polyfit(orbit.time, orbit.conserved, 1)[0])
    return float(bands[0] / bands[1]), float(drifts[0] / drifts[1])


def _shaken():
    roots = ww.eigenvalues(P, "simple")
    det, tr = np.prod(roots).real, np.sum(roots).real
    words = "AI use must lag employment by a quarter of a turn in long series of both."
    return float(2 * np.pi / np.sqrt(det)), float(abs(tr) / np.sqrt(det)), words


WORDS = _shaken()[2]

test_answers = of(
    {
        "ww.prey.1": Case(
            right=_doubled,
            also=((1, 0.5, 0.5, 2.67, "b"),),
            wrong={
                "exposure costs jobs": wrong(0.5, 0.5, 0.5, 2.67, "b", says="stand still"),
                "exposure leaves AI": wrong(1, 1, 0.5, 2.67, "b", says="exposure times AI"),
                "learning leaves employment": wrong(1, 0.5, 1, 2.67, "b", says="what it forgets"),
                "the factor in front": wrong(1, 0.5, 0.5, 0.5, "b", says="more look for jobs"),
                "AI doubles": wrong(1, 0.5, 0.5, 2, "b", says="at this capability"),
                "both change them": wrong(1, 0.5, 0.5, 2.67, "a", says="Jacobian"),
            },
        ),
        "ww.prey.7": Case(
            right=lambda: (float(np.log(2) / (P.mu * P.H_0)),),
            also=((1.15,), (1.155,)),
            wrong={
                "everybody works": wrong(1.097, says="labour force"),
                "the calibrated one": wrong(1.5, says="0.731"),
                "without ln 2": wrong(1.67, says="at the border"),
                "in months": wrong(13.9, says="at the border"),
            },
        ),
        "ww.prey.2": Case(
            right=_stale,
            also=((3.96, 5.14, 29.5, 0.24), (4.0, 5.1, 29.5, 0.24)),
            wrong={
                "in years": wrong(0.33, 5.14, 29.5, 0.24, says="not where the window"),
                "without ln 2": wrong(5.7, 5.14, 29.5, 0.24, says="not where the window"),
                "without separations": wrong(4.17, 5.14, 29.5, 0.24, says="not where the window"),
                "upside down": wrong(3.96, 29.5, 5.14, 0.24, says="comes first"),
                "the middle twice": wrong(3.96, 5.14, 17.3, 0.24, says="higher learning rate"),
                "employment at the edge": wrong(3.96, 5.14, 29.5, 0.81, says="middle"),
            },
        ),
        "ww.prey.3": Case(
            right=lambda: (DULAC, "b"),
            also=((-(alpha + sigma) / A - rho * mu, "b"),),
            wrong={
                "without B": wrong(mu * H - delta + sp.diff(CHANGE, H), "b", says="divergence"),
                "A is forgotten": wrong(-(alpha + sigma + rho * mu * A), "b", says="another"),
                "the sign": wrong(-DULAC, "b", says="not negative"),
                "it vanishes": wrong(DULAC, "a", says="nowhere"),
                "two states": wrong(DULAC, "c", says="all there is"),
            },
        ),
        "ww.prey.4": Case(
            right=_orders,
            also=((4.0, 32.0), (4.05, 31.5)),
            wrong={
                "as the order says": wrong(4.0, 16.0, says="do not infer"),
                "both alike": wrong(4.0, 4.0, says="gains more"),
                "a first order": wrong(2.0, 32.0, says="band"),
            },
        ),
        "ww.prey.5": Case(
            right=lambda: (
                float(P.delta - P.mu * P.H_0),
                float(P.delta),
                float((P.delta - 0.2) / P.mu),
            ),
            also=((-0.138, 0.462, 0.415),),
            wrong={
                "AI can only learn": wrong(0.0, 0.462, 0.415, says="lower end"),
                "everybody works": wrong(-0.170, 0.462, 0.415, says="neither more nor fewer"),
                "any help": wrong(-0.138, 0.6, 0.415, says="nobody at work"),
                "it adds to forgetting": wrong(-0.138, 0.462, 0.999, says="stand still"),
            },
        ),
        "ww.prey.6": Case(
            right=_shaken,
            also=((11.7, 5.1, WORDS),),
            wrong={
                "the frequency": wrong(0.539, 5.06, WORDS, says="another period"),
                "without 2π": wrong(1.86, 5.06, WORDS, says="another period"),
                "the trace alone": wrong(11.66, 2.73, WORDS, says="half"),
            },
        ),
    }
)
