"""Claims on efficiency: Hosios, the transfer, the four externalities, the size of the gains."""

from __future__ import annotations

from functools import lru_cache, partial

import numpy as np

from aiecon.ledger import Claim, Differs, Exact, Kind, Number, Planted, Range, Sign, scale
from aiecon.wang_wong.claims.common import EDITION
from aiecon.wang_wong.common import surplus_growth
from aiecon.wang_wong.free_entry import long_run
from aiecon.wang_wong.parameters import Parameters
from aiecon.wang_wong.planner import planned_rest, solve_plan
from aiecon.wang_wong.transition import solve_transition
from aiecon.wang_wong.welfare import value_of_ai, welfare_gain

__all__ = ["CLAIMS"]

PACKAGE = "aiecon.wang_wong"
CHAPTER = "wang_wong/efficiency"
claim = partial(Claim, edition=EDITION, chapter=CHAPTER, source="Summary: welfare")

_transfer_small = Planted(
    f"{PACKAGE}.planner:Plan.transfer", scale(0.01), "the transfer a hundredth of what it is"
)


@lru_cache(maxsize=8)
def _gain(years: float) -> float:
    return welfare_gain(solve_plan(), solve_transition(), years)


def _wedges() -> np.ndarray:
    """Planner's less market's value of a match at θ = ξ, in the long run, without AI and with."""
    return np.array([planned_rest().omega - float(long_run().s)])


def _without_ai() -> float:
    """Planner's value of a match over the market's when μ is too low for AI to live, θ = ξ.

    Without AI the planner's ω solves (r + σ + α(1−ξ))ω = 1−b with α = α₀(ξω/(θs₀))^{ξ/(1−ξ)}.
    """
    p = Parameters()
    omega = p.s_0
    for _ in range(200):
        alpha = p.alpha * (p.xi * omega / (p.theta * p.s_0)) ** (p.xi / (1 - p.xi))
        target = (1 - p.b) / (p.r + p.sigma + alpha * (1 - p.xi))
        omega = omega + 0.3 * (target - omega)
    return float(omega / p.s_0)


def _decentralised() -> np.ndarray:
    """The transfer with which a market with θ = ξ has d ln ω/dt of the plan, over the plan's T."""
    p, plan = Parameters(), solve_plan()
    t, h = np.array([0.5, 1.0, 3.0, 5.0, 10.0, 25.0, 60.0]), 1e-3
    omega = np.log(plan.match_value(t + h)) - np.log(plan.match_value(t - h))
    s, alpha = plan.match_value(t), plan.job_finding(t)
    A, H = plan.capability(t), plan.employment(t)
    needed = (surplus_growth(A, H, s, alpha, p) - omega / (2 * h)) * s
    return np.asarray(needed / plan.transfer(t))


def _externalities() -> np.ndarray:
    """At the start, per output of a match: what is lost by displacement, what productivity brings,
    what a match teaches AI, and by how much its value exceeds the market's surplus."""
    plan, market = solve_plan(), solve_transition()
    value = value_of_ai(plan, 0.0)
    lost = -(value.gained + value.lost)
    return np.array(
        [
            float(lost),
            float(value.workers + value.machines),
            float(plan.transfer(0.0)),
            float(plan.match_value(0.0) - market.surplus(0.0)),
        ]
    )


CLAIMS = (
    claim(
        id="ww.eff.hosios",
        statement="Equilibrium is inefficient although the Hosios condition holds (the planner's "
        "value of a match less the market's surplus, in the long run).",
        reported=Sign(">0", "inefficient: a match is worth more"),
        compute=_wedges,
        function=f"{PACKAGE}.planner:planned_rest",
        anchor="prop-ww-eff-transfer",
        planted=(
            Planted(
                f"{PACKAGE}.planner:Channels.learning", lambda x: 0 * x, "learning not counted"
            ),
        ),
    ),
    claim(
        id="ww.eff.hosios-without-ai",
        statement="Without AI the Hosios condition is enough (the planner's value of a match over "
        "the market's surplus).",
        reported=Exact("one", 1.0),
        compute=_without_ai,
        function=f"{PACKAGE}.parameters:Parameters.s_0",
        anchor="prop-ww-eff-transfer",
        planted=(Planted(f"{PACKAGE}.parameters:Parameters.theta", scale(1.02), "θ 2% above ξ"),),
    ),
    claim(
        id="ww.eff.transfer",
        statement="With θ = ξ, the transfer T = μAω_A per output makes the market's surplus follow "
        "the planner's value of a match (the transfer that this takes over T, seven dates).",
        reported=Exact("one", 1.0, tolerance=1e-6, because="a difference quotient over .002 year"),
        compute=_decentralised,
        function=f"{PACKAGE}.planner:Plan.transfer",
        anchor="prop-ww-eff-transfer",
        planted=(
            Planted(f"{PACKAGE}.planner:Plan.transfer", scale(0.99), "a transfer 1% too low"),
        ),
        note="With adoption imposed. By the rule I = 1 where π_A > s, the transfer would end it.",
    ),
    claim(
        id="ww.eff.externalities",
        statement="Four externalities: displacement destroys matches, capability raises "
        "productivity, employment teaches AI, matches are worth more (each at the start).",
        reported=Sign(">0", "all four at work"),
        compute=_externalities,
        function=f"{PACKAGE}.welfare:value_of_ai",
        anchor="fig-ww-eff-parts",
        planted=(
            Planted(f"{PACKAGE}.planner:Plan.match_value", scale(0.1), "matches worth a tenth"),
        ),
    ),
    claim(
        id="ww.eff.short-subsidy",
        statement="The constrained-optimal subsidy in the short run, as a share of output (first "
        "reading; ours at the start and after five years).",
        reported=Number("26.6%"),
        compute=lambda: solve_plan().transfer(np.array([0.0, 5.0])),
        function=f"{PACKAGE}.planner:Plan.transfer",
        anchor="fig-ww-eff-plan",
        planted=(_transfer_small,),
        finding=Differs(
            kind=Kind.UNEXPLAINED,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="One per cent more AI at the start is worth a year and a half of output per worker to "
            "the planner: it raises all later output, growth is fast and the interest rate is 5%.",
            instead=Range(30.0, 150.0, "30 to 150 times output"),
            proof="todo/todo#todo",
        ),
        show=".0%",
    ),
    claim(
        id="ww.eff.short-gain",
        statement="The welfare gain in the short run (second reading; ours over five years, in "
        "consumption equivalents).",
        reported=Number("26.6%"),
        compute=lambda: _gain(5.0),
        function=f"{PACKAGE}.welfare:welfare_gain",
        anchor="ww-eff-gains",
        planted=(
            Planted(f"{PACKAGE}.welfare:welfare_gain", lambda x: -x, "the gain's sign reversed"),
        ),
        finding=Differs(
            kind=Kind.UNEXPLAINED,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="The plan invests first: vacancies cost more than the economy produces at the start. "
            "No constant transfer gains more than 11% over five years either.",
            instead=Range(-0.65, -0.45, "a loss of a half"),
            proof="todo/todo#todo",
        ),
        show=".1%",
    ),
    claim(
        id="ww.eff.long-subsidy",
        statement="The constrained-optimal subsidy in the long run, as a share of output (first "
        "reading).",
        reported=Range(0.5, np.inf, "more than 50%", because="a lower bound"),
        compute=lambda: Parameters().mu * planned_rest().psi,
        function=f"{PACKAGE}.planner:planned_rest",
        anchor="fig-ww-eff-plan",
        planted=(
            Planted(
                f"{PACKAGE}.planner:planned_rest", scale(0.01, "psi"), "ψ a hundredth of what it is"
            ),
        ),
        show=".0%",
        note="True, and far off: twenty times output.",
    ),
    claim(
        id="ww.eff.long-gain",
        statement="The welfare gain in the long run (second reading; ours for ever, in consumption "
        "equivalents).",
        reported=Range(0.5, np.inf, "more than 50%", because="a lower bound"),
        compute=lambda: _gain(np.inf),
        function=f"{PACKAGE}.welfare:welfare_gain",
        anchor="ww-eff-gains",
        planted=(Planted(f"{PACKAGE}.welfare:welfare_gain", scale(0.1), "a tenth of the gain"),),
        show=".0%",
        note="True, and far off. A constant transfer of one year's output per match would gain "
        "just 50%.",
    ),
)
