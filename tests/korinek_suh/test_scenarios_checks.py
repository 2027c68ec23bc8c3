"""The checks of the chapter on the scenarios: solutions pass, the usual mistakes do not."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics import scenarios, welfare
from tests.checking import Case, of, wrong

WORDS = "The path of capital if owners alone save, and what a transfer does to their saving."


def _half_a_year():
    path = scenarios.solved("b")
    needed = 20 / (0.392 * 0.5) - 1
    return needed, needed / float(path.capital(path.region_changes[0].date))


def _two_per_cent():
    def average(rate):
        path = ks.solve_transition(ks.BusinessAsUsual(rate))
        return (path.log_output(25.0) - path.log_output(0.0)) / 25

    rate = brentq(lambda x: average(x) - 0.02, 0.005, 0.03, xtol=1e-7)
    share = ks.solve_transition(ks.BusinessAsUsual(rate)).labor_share(25.0)
    return rate, float(share), float(ks.long_run(rate).labor_share_optimal)


def _betas():
    def entry(beta):
        return ks.solve_transition(ks.Bounded(5.0, beta)).region_changes[0].date

    return [brentq(lambda x, d=d: entry(x) - d, 0.9, 2.0) for d in (3.5, 3.0)], "b"


def _tail():
    rates = (0.01, 0.05, 0.1, 0.15, 0.2)
    paths = [ks.solve_transition(ks.Mixed(scenarios.WEIGHT, 5.0, rate)) for rate in rates]
    dates = [float(scenarios.return_date(path)) for path in paths[:4]]
    return dates, [float(welfare.human_wealth(path)) for path in paths], "b"


def _bills():
    usual, bills = scenarios.solved("a"), []
    for path in map(scenarios.solved, "bc"):

        def log_missing(t, path=path):
            return np.log(np.maximum(usual.wage(t) - path.wage(t), 1e-300))

        bills.append(float(welfare.present_value(path, log_missing)))
    return bills, WORDS


DATES, VALUES = [8.98, 11.6, 18.5, 48.9], [4.35, 4.02, 3.90, 3.83, 3.78]


def _log(K):
    return np.log(1 + K)


test_answers = of(
    {
        "ks.scen.1": Case(
            right=lambda: (float(-np.log(scenarios.solved("a").labor_share(0.0))), _log, "b"),
            also=((0.42, _log, "b"),),
            wrong={
                "the difference of levels": wrong(0.734, _log, "b", says="logarithmic"),
                "base ten": wrong(0.183, _log, "b", says="logarithmic"),
                "capital alone": wrong(0.42, np.log, "b", says="labour's share"),
                "more automation": wrong(0.42, _log, "c", says="still moves"),
            },
        ),
        "ks.scen.2": Case(
            right=_half_a_year,
            also=((101, 2.82),),
            wrong={
                "the one forgotten": wrong(102.04, 2.73, says="half a year"),
                "what is left of the rest": wrong(39.0, 1.05, says="half a year"),
                "a whole year": wrong(50.0, 1.35, says="half a year"),
                "the capital of today": wrong(101, 22.0, says="another date"),
            },
        ),
        "ks.scen.3": Case(
            right=_two_per_cent,
            also=((0.0127, 0.572, 0.382), (0.01275, 0.572, 0.382)),
            wrong={
                "of the long run": wrong(0.01, 0.594, 0.4, says="1.60%"),
                "two per cent of tasks": wrong(0.02, 0.53, 0.31, says="not by 2%"),
                "constant saving": wrong(0.0127, 0.572, 0.552, says="optimal"),
                "it settles": wrong(0.0127, 0.572, 0.572, says="falling"),
            },
        ),
        "ks.scen.4": Case(
            right=_betas,
            also=(([1.04, 1.31], "b"),),
            wrong={
                "of the paper": wrong([1.0, 1.0], "b", says="not in year 3.5"),
                "the wrong order": wrong([1.31, 1.04], "b", says="not in year 3.5"),
                "below one": wrong([0.96, 0.76], "b", says="not in year 3.5"),
                "less saving": wrong([1.04, 1.31], "a", says="half-way"),
            },
        ),
        "ks.scen.5": Case(
            right=_tail,
            also=((DATES, VALUES, "b"),),
            wrong={
                "counted from T": wrong([x - 5 for x in DATES], VALUES, "b", says="Region 2"),
                "sooner": wrong(DATES[::-1], VALUES, "b", says="later"),
                "too early": wrong([6.0, 7.0, 8.0, 9.0], VALUES, "b", says="scarce yet"),
                "not discounted": wrong(DATES, [900, 600, 400, 200, 100], "b", says="interest"),
                "the bout": wrong(DATES, VALUES, "a", says="At which rates"),
            },
        ),
        "ks.scen.6": Case(
            right=lambda: ([_edge(20.0), _edge(5.0)], "b"),
            also=(([4.5, 2.84], "b"),),
            wrong={
                "the other order": wrong([2.84, 4.5], "b", says="still gains"),
                "of Table 2": wrong([2.0, 2.0], "b", says="still gains"),
                "too patient": wrong([6.0, 6.0], "b", says="already"),
                "her interest": wrong([4.5, 2.84], "a", says="which part"),
            },
        ),
        "ks.scen.7": Case(
            right=_bills,
            also=(([0.134, 1.75], WORDS),),
            wrong={
                "as a share of K₀": wrong([0.029, 0.38], WORDS, says="discount at"),
                "the wrong order": wrong([1.75, 0.134], WORDS, says="misses more"),
                "with the years of gain": wrong([0.05, 1.75], WORDS, says="only years"),
                "no words": wrong([0.134, 1.75], "the path of K", says="10 words"),
            },
        ),
    }
)


def _edge(T):
    def gain(eta):
        p = ks.Parameters(eta=eta)
        paths = (ks.Bounded(T), ks.BusinessAsUsual(0.01))
        new, old = (welfare.welfare(ks.solve_transition(x, params=p)) for x in paths)
        return new.gain_over(old)["worker"]

    return brentq(gain, 2, 6, xtol=1e-4)
