"""Claims on efficiency: Hosios, the transfer, the four externalities, the size of the gains."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from aiecon import wang_wong as ww
from exhibits.ledger import Exact, NotIdentified, Shape, Sign, scale
from exhibits.wang_wong.claims import PACKAGE, PAPER, mistaken, wrong

claim = partial(PAPER.claim, chapter="wang_wong/efficiency", source="Summary: welfare")


def _output_gains(transfer: float) -> tuple[float, float]:
    """Output of workers with a constant transfer over that without: five years, and for ever."""
    paid, free = ww.solve_transition(transfer=transfer), ww.solve_transition()
    five, ever = (ww.welfare_gain(paid, free, h, of=ww.market_output) for h in (5.0, np.inf))
    return five, ever


@lru_cache(maxsize=1)
def _transfer_for_the_short_run() -> float:
    low, high = 1.0, 12.0
    if (_output_gains(low)[0] < 0.266) == (_output_gains(high)[0] < 0.266):
        return high  # as where an error is planted
    return float(brentq(lambda T: _output_gains(T)[0] - 0.266, low, high, xtol=1e-9))


def _both(x: np.ndarray) -> bool:
    return abs(x[0] - 0.266) < 5e-4 and x[1] > 0.5


@claim(
    Sign(">0", "inefficient: a match is worth more"),
    anchor="prop-ww-eff-transfer",
    function=f"{PACKAGE}.efficiency:planned_rest",
    planted=(wrong("efficiency:Channels.learning", lambda x: 0 * x, "learning not counted"),),
)
def eff_hosios() -> Any:
    """Equilibrium is inefficient although the Hosios condition holds (the planner's value of a
    match less the market's surplus, in the long run).
    """
    return np.array([round(ww.planned_rest().omega - ww.long_run().surplus, 12)])


@claim(
    Exact("one", 1.0, tolerance=1e-6, because="a search for a maximum"),
    anchor="prop-ww-eff-transfer",
    function=f"{PACKAGE}.free_entry:vacancy_cost",
    planted=(mistaken("theta", 1.02, "θ 2% above ξ"),),
)
def eff_hosios_without_ai() -> Any:
    """Without AI the Hosios condition is enough (the job-finding rate that is best by direct
    search, over the market's).
    """
    # Without AI: the job-finding rate with the most welfare from H₀ on, over the market's, θ =
    # ξ. W(α) = ∫ e^{−rt}[H + (b − c(α))(1 − H)] dt with H = H* + (H₀ − H*)e^{−(α+σ)t},
    # directly maximised: no co-state is used.
    p = ww.Parameters()

    def loss(alpha: float) -> float:
        idle = p.b - float(ww.vacancy_cost(alpha, p))
        rest = alpha / (alpha + p.sigma)
        flow = idle + (1 - idle) * rest
        return -(flow / p.r + (1 - idle) * (p.H_0 - rest) / (p.r + alpha + p.sigma))

    bounds = (0.2 * p.alpha, 5 * p.alpha)
    found = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-9})
    return float(found.x / p.alpha)


@claim(
    Exact("one", 1.0, tolerance=1e-6, because="a difference quotient over 0.002 year"),
    anchor="prop-ww-eff-transfer",
    function=f"{PACKAGE}.efficiency:Plan.transfer",
    planted=(wrong("efficiency:Plan.transfer", scale(0.99), "a transfer 1% too low"),),
    note="Wherever a plan exists the transfer implements its adoption too: with s = ω firms "
    "adopt if and only if π_A > ω, which is the planner's own condition. The plan shown here "
    "imposes I = 1 although ω > π_A; that, not the transfer, is inconsistent.",
)
def eff_transfer() -> Any:
    """With θ = ξ, the transfer T = μAω_A per output makes the market's surplus follow the
    planner's value of a match (the transfer that this takes over T, seven dates).
    """
    # The transfer with which a market with θ = ξ has d ln ω/dt of the plan, over the plan's T.
    p, plan = ww.Parameters(), ww.solve_plan()
    t, h = np.array([0.5, 1.0, 3.0, 5.0, 10.0, 25.0, 60.0]), 1e-3
    omega = np.log(plan.match_value(t + h)) - np.log(plan.match_value(t - h))
    s, alpha = plan.match_value(t), plan.job_finding(t)
    A, H = plan.capability(t), plan.employment(t)
    needed = (ww.surplus_growth(A, H, s, alpha, p) - omega / (2 * h)) * s
    return np.asarray(needed / plan.transfer(t))


@claim(
    Sign(">0", "all four at work"),
    anchor="fig-ww-eff-parts",
    function=f"{PACKAGE}.efficiency:value_of_ai",
    planted=(wrong("efficiency:Plan.match_value", scale(0.1), "matches worth a tenth"),),
)
def eff_externalities() -> Any:
    """Four externalities: displacement destroys matches, AI raises the productivity of those
    employed, employment teaches AI, matches are worth more (each at the start).
    """
    # At the start, per output of a match: what displacement destroys net of π_A, what it
    # brings that workers are more productive, what a match teaches AI, and by how much its
    # value exceeds the market's surplus.
    plan, market = ww.solve_plan(), ww.solve_transition()
    value = ww.value_of_ai(plan, 0.0)
    return np.array(
        [
            -float(value.gained + value.lost),
            float(value.workers),
            float(plan.transfer(0.0)),
            float(plan.match_value(0.0) - market.surplus(0.0)),
        ]
    )


@claim(
    Shape("26.6%, and more than 50%", _both, lambda x: f"{x[0]:.1%}, {x[1]:.0%}"),
    anchor="ww-eff-gains",
    function=f"{PACKAGE}.transition:solve_transition",
    planted=(wrong("efficiency:market_output", lambda x: x**0.5, "the root of output"),),
    finding=NotIdentified(
        "Neither the measure nor the horizon is in the summary or the abstracts, nor whether "
        "adoption is imposed on the planner",
        required=_transfer_for_the_short_run,
        otherwise=lambda: np.array(
            [ww.welfare_gain(ww.solve_plan(), ww.solve_transition(), h) for h in (5.0, np.inf)]
        ),
        says="a constant transfer of {:.1f} times output, and output of workers over five "
        "years and for ever, say",
    ),
    note="No reading that we tried gives both numbers for the planner's own policy: see the "
    "table in the chapter.",
)
def eff_short_subsidy() -> Any:
    """26.6% in the short run and more than 50% in the long run: the constrained-optimal subsidy
    in the summary, the welfare gain of the optimal policy in both abstracts.
    """
    return np.array(_output_gains(_transfer_for_the_short_run()))
