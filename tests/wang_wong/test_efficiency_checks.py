"""The checks of the chapter on efficiency: solutions pass, the usual mistakes do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from aiecon import wang_wong as ww
from tests.checking import Case, of, wrong

P = ww.Parameters()
WORDS = "A notion of efficiency must say what the planner may forbid, or what bounds growth."


def _hosios():
    def output(share):
        def excess(alpha):
            worth = (1 - P.b) / (1e-6 + P.sigma + alpha * (1 - share))
            return ww.vacancy_cost(alpha, P) - share * alpha * worth

        alpha = brentq(excess, 1e-3, 50.0)
        jobs = alpha / (alpha + P.sigma)
        return -float(jobs + (P.b - ww.vacancy_cost(alpha, P)) * (1 - jobs))

    best = minimize_scalar(output, bounds=(0.2, 0.9), method="bounded")
    return float(best.x), -float(best.fun)


def _rates():
    plan, h = ww.solve_plan(P), 1e-3
    omega = plan.match_value(5.0)
    moves = np.log(plan.match_value(5 + h) / plan.match_value(5 - h)) / (2 * h)
    state = plan.capability(5.0), plan.employment(5.0), omega, plan.job_finding(5.0)
    return float(moves), float(ww.surplus_growth(*state, P))


def _patient():
    rates = [ww.Parameters(r=np.log(1 + r)) for r in (0.03, 0.05, 0.08)]
    rests = [ww.planned_rest(q) for q in rates]
    return (
        [float(q.mu * rest.psi) for q, rest in zip(rates, rests, strict=True)],
        [float(rest.A / q.A_0) for q, rest in zip(rates, rests, strict=True)],
    )


def _best():
    one, years = replace(P, epsilon=np.array([P.epsilon])), np.linspace(0, 200, 801)

    def always(T):
        return ww.solve_transitions(one, transfer=np.array([T]))

    best = brentq(lambda T: always(T).surplus(years).max() - P.pi_A, 16, 16.87, xtol=1e-3)
    gain = ww.welfare_gain(always(best), ww.solve_transitions(one))[0]
    return best, float(gain / ww.welfare_gain(ww.solve_plan(P), ww.solve_transition(P)))


def _obsolete():
    end = ww.long_run(P)
    H, R = end.employment, P.rho * P.mu * end.capability
    alpha = (P.sigma + R) * H / (1 - H)
    x = H + (P.b - ww.vacancy_cost(alpha, P)) * (1 - H) + R * H * P.pi_A
    d = P.mu * (P.epsilon * x + R * H * (P.pi_A - end.surplus)) / 0.266 - P.r
    return float(d), float(12 * np.log(2) / d)


test_answers = of(
    {
        "ww.eff.7": Case(
            right=lambda: (float(P.theta * P.s_0 * P.alpha), float(P.theta * P.s_0 / P.xi)),
            also=((0.306, 0.285),),
            wrong={
                "workers' share": wrong(0.262, 0.285, says="what firms expect"),
                "the whole surplus": wrong(0.568, 0.285, says="what firms expect"),
                "average cost": wrong(0.306, 0.153, says="no straight line"),
                "ξ forgotten twice": wrong(0.306, 0.0824, says="no straight line"),
            },
        ),
        "ww.eff.8": Case(
            right=lambda: (
                float(P.epsilon * (P.mu * P.H_0 - P.delta)),
                float(P.epsilon * (P.mu - P.delta)),
            ),
            also=((0.148, 0.182),),
            wrong={
                "growth of AI": wrong(0.138, 0.170, says="work without AI"),
                "the paper's rate": wrong(0.049, 0.182, says="work without AI"),
                "exchanged": wrong(0.182, 0.148, says="work without AI"),
                "once more": wrong(0.148, 0.148, says="than all"),
                "without forgetting": wrong(0.148, 0.676, says="everybody at work"),
                "in per cent": wrong(14.8, 18.2, says="divide by 100"),
            },
        ),
        "ww.eff.1": Case(
            right=_hosios,
            also=((0.538, 0.969),),
            wrong={
                "workers' share": wrong(0.462, 0.969, says="a little more"),
                "all to firms": wrong(0.9, 0.969, says="a little less"),
                "half": wrong(0.5, 0.969, says="a little more"),
                "employment for output": wrong(0.538, 0.95, says="net output is not"),
            },
        ),
        "ww.eff.2": Case(
            right=_rates,
            also=((-0.0463, 19.5),),
            wrong={
                "not divided by ω": wrong(-0.176, 19.5, says="divided by ω"),
                "a gain": wrong(0.0463, 19.5, says="loses value"),
                "with the transfer": wrong(-0.0463, -0.0463, says="which is not μψ"),
                "the sign of T": wrong(-0.0463, -19.6, says="which is not μψ"),
            },
        ),
        "ww.eff.3": Case(
            right=_patient,
            also=(([35.7, 30.8, 25.2], [15.0, 14.1, 13.0]),),
            wrong={
                "upside down": wrong([25.2, 30.8, 35.7], [15.0, 14.1, 13.0], says="comes later"),
                "ψ for T": wrong([56.5, 48.8, 39.9], [15.0, 14.1, 13.0], says="capitalised"),
                "AI, not over its start": wrong(
                    [35.7, 30.8, 25.2], [23.7, 22.3, 20.6], says="not that of the resting plan"
                ),
                "the market's AI": wrong(
                    [35.7, 30.8, 25.2], [4.21, 4.21, 4.21], says="not that of the resting plan"
                ),
            },
        ),
        "ww.eff.4": Case(
            right=_best,
            also=((16.5, 0.81), (16.6, 0.81)),
            wrong={
                "the end of adoption": wrong(16.87, 0.8, says="wait before"),
                "beyond it": wrong(20, 0.8, says="even late"),
                "a modest one": wrong(8, 0.5, says="gains more"),
                "all of the gain": wrong(16.5, 1.0, says="another share"),
                "in per cent": wrong(16.5, 80, says="divide by 100"),
            },
        ),
        "ww.eff.5": Case(
            right=_obsolete,
            also=((14.2, 0.586),),
            wrong={
                "without r": wrong(14.6, 0.57, says="not 0.266"),
                "without displacement": wrong(9.34, 0.89, says="not 0.266"),
                "T for ψ": wrong(22.5, 0.37, says="not 0.266"),
                "the mean life": wrong(14.2, 0.845, says="not half"),
                "in years": wrong(14.2, 0.0488, says="not half"),
            },
        ),
        "ww.eff.6": Case(
            right=lambda: ("c", 10.0, WORDS),
            wrong={
                "never": wrong("a", 10.0, WORDS, says="open to it"),
                "from some share on": wrong("b", 10.0, WORDS, says="too small"),
                "nothing changes": wrong("c", 1.0, WORDS, says="another rate"),
                "the wrong way": wrong("c", 0.1, WORDS, says="another rate"),
            },
        ),
    }
)
