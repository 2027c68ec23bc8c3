"""Claims on the full model: the long run, the first ten years, computers, the labour share."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial

import numpy as np

from aiecon.ledger import (
    Claim,
    Differs,
    Kind,
    NotIdentified,
    Number,
    Planted,
    Range,
    Sign,
    scale,
    shift,
)
from aiecon.wang_wong.claims.common import EDITION
from aiecon.wang_wong.computers import growth_for_unemployment, unemployment_with_growth
from aiecon.wang_wong.free_entry import long_run, wage_share
from aiecon.wang_wong.identification import (
    A_AI,
    MOMENTS,
    S_AI,
    exposure_table,
    family,
    misfit,
    moments,
)
from aiecon.wang_wong.parameters import Parameters, job_finding_rate
from aiecon.wang_wong.steady_states import steady_states
from aiecon.wang_wong.transition import solve_transition

__all__ = ["CLAIMS"]

PACKAGE = "aiecon.wang_wong"
CHAPTER = "wang_wong/free_entry"
claim = partial(Claim, edition=EDITION, chapter=CHAPTER)
steady = partial(claim, source="Summary: long run of the calibrated model")
path = partial(claim, source="Summary: transition", anchor="fig-ww-entry-path")

DATES = np.array([0.5, 1.0, 2.0, 5.0, 10.0, 20.0])
_slower = Planted(
    f"{PACKAGE}.parameters:Parameters.mu", scale(0.97), "a learning rate μ 3% too low"
)
_longer = Planted(f"{PACKAGE}.parameters:Parameters.delta", scale(1.02), "an error rate 2% high")
_wrong_power = Planted(
    f"{PACKAGE}.free_entry:_alpha",
    instead=lambda s, p: p.alpha * (s / p.s_0) ** p.xi,
    says="the exponent ξ for ξ/(1−ξ)",
)
MISSING = "σ, θ, b and ξ are not in the summary"

#: θ at σ = .05 with which each reported number comes out, b and ξ by the family.
MEMBERS = dict(
    zip(MOMENTS, (0.5535, 0.5456, 0.5455, 0.5484, 0.5483, 0.5483), strict=True),
)


def _member(theta: float, sigma: float = 0.05) -> Parameters:
    b, xi = family(sigma, theta)
    alpha = float(job_finding_rate(sigma))
    return Parameters(sigma=sigma, alpha=alpha, theta=theta, b=float(b), xi=float(xi))


@lru_cache(maxsize=64)
def _moments(p: Parameters) -> np.ndarray:
    """The six numbers of :data:`MOMENTS` from one path."""
    transition = solve_transition(p)
    five, ten = transition.log_capability(5.0), transition.log_capability(10.0)
    return np.array(
        [
            p.H_0 - transition.employment(5.0),
            np.expm1(five),
            np.expm1(p.epsilon * five),
            np.expm1(ten),
            np.expm1(p.epsilon * ten),
            p.epsilon * ten / 10,
        ]
    )


def _moment(id: str, name: str, printed: str, statement: str) -> Claim:
    i = list(MOMENTS).index(name)
    return path(
        id=id,
        statement=statement,
        reported=Number(printed),
        compute=lambda: _moments(_member(MEMBERS[name]))[i] * (-1 if i == 0 else 1),
        function=f"{PACKAGE}.transition:solve_transition",
        planted=(
            _slower,
            Planted(f"{PACKAGE}.parameters:Parameters.rho", scale(1.1), "an exposure 10% high"),
        ),
        finding=NotIdentified(
            MISSING,
            required=lambda: MEMBERS[name],
            otherwise=lambda: _moments(Parameters())[i] * (-1 if i == 0 else 1),
            says="θ = {:.4f} at σ = .05, with b and ξ from the long run",
        ),
        note="One such θ for each σ up to .12; no economy of the family meets all six numbers "
        "within their rounding (ww.entry.jointly).",
    )


def _jointly() -> float:
    """The smallest misfit at ρ = .618, in units of the last place, computed anew at its place."""
    table = exposure_table()
    i = int(np.argmin(np.abs(table["rho"] - 0.618)))
    at = {name: table[name][[i]] for name in ("sigma", "theta", "b", "xi", "mu", "epsilon", "phi")}
    best = Parameters(alpha=job_finding_rate(at["sigma"]), **at)
    return float(misfit(moments(best), relative=False)[0])


def _full_against_benchmark() -> np.ndarray:
    """Employment and log capability with free entry, less those with α fixed (ξ = 0)."""
    full, fixed = solve_transition(), solve_transition(Parameters(xi=0.0))
    return np.stack(
        [
            full.employment(DATES) - fixed.employment(DATES),
            full.log_capability(DATES) - fixed.log_capability(DATES),
        ]
    )


def _elasticities() -> np.ndarray:
    """ln v over ln A from the arrival of AI to year five, and the mean of the local elasticity."""
    transition = solve_transition()
    t = np.linspace(0.0, 5.0, 2001)
    log_v, log_A = np.log(transition.vacancies(t)), transition.log_capability(t)
    local = np.gradient(log_v, t) / np.gradient(log_A, t)
    return np.array([(log_v[-1] - log_v[0]) / log_A[-1], float(np.trapezoid(local, t)) / 5.0])


def _labour_shares() -> np.ndarray:
    """Wage share with unbounded AI less that with some AI: α fixed, θ low, growth high enough."""
    found = []
    for theta, epsilon in ((0.05, 6.85), (0.1, 6.5), (0.2, 5.82)):
        p = Parameters(theta=theta, epsilon=epsilon, xi=0.0)
        states = steady_states(p, "benchmark")
        some, unbounded = states.some_ai, states.unbounded_ai
        found.append(
            wage_share(unbounded.surplus, 1.0, 0.0, p)
            - wage_share(some.surplus, some.capability, 1.0, p)
        )
    return np.array(found)


CLAIMS = (
    steady(
        id="ww.entry.surplus",
        statement="Surplus per output in the steady state with some AI.",
        reported=Number(".8735"),
        compute=lambda: long_run(_member(0.551)).s,
        function=f"{PACKAGE}.free_entry:long_run",
        anchor="ww-entry-family",
        planted=(_wrong_power,),
        finding=NotIdentified(
            MISSING,
            required=lambda: family(0.05, 0.551),
            otherwise=lambda: long_run().s,
            says=lambda pair: f"b = {pair[0]:.4f} and ξ = {pair[1]:.4f} at σ = .05, θ = .551",
        ),
        show=".4f",
        note="With A∞ it fixes b and ξ for each σ and θ. The reference point, rounded to three "
        "digits, has .8740.",
    ),
    steady(
        id="ww.entry.capability",
        statement="AI capability gained in the long run.",
        reported=Number("321%"),
        compute=lambda: long_run(_member(0.551)).A - 1,
        function=f"{PACKAGE}.free_entry:long_run",
        anchor="ww-entry-family",
        planted=(_wrong_power,),
        finding=NotIdentified(
            MISSING,
            required=lambda: family(0.05, 0.551),
            otherwise=lambda: long_run(Parameters(b=0.8, xi=0.5)).A - 1,
            says=lambda pair: f"b = {pair[0]:.4f} and ξ = {pair[1]:.4f} at σ = .05, θ = .551",
        ),
    ),
    steady(
        id="ww.entry.employment",
        statement="Employment in the long run.",
        reported=Number(".732"),
        compute=lambda: long_run().H,
        function=f"{PACKAGE}.free_entry:long_run",
        anchor="ww-entry-tension",
        planted=(_slower, _longer),
        show=".4f",
        note="δ/μ, whatever the labour market. Within one unit of the last place, but not within "
        "half a unit: see the next row.",
    ),
    steady(
        id="ww.entry.employment-rounded",
        statement="Employment in the long run, δ/μ, rounds to the printed number.",
        reported=Number(".732", tolerance=5e-4, because="rounding: half a unit"),
        compute=lambda: long_run().H,
        function=f"{PACKAGE}.free_entry:long_run",
        anchor="ww-entry-tension",
        planted=(
            Planted(f"{PACKAGE}.parameters:Parameters.mu", scale(0.9993), "μ = .6316 for .632"),
        ),
        finding=Differs(
            kind=Kind.UNEXPLAINED,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="ln 2/1.5 over .632 is .7312. An unrounded μ between .6309 and .6317 would give .732; "
            "μ = .6316, still printed as .632, is among them.",
            instead=Range(0.7305, 0.7315, "δ/μ rounds to .731"),
            proof="todo/todo#todo",
        ),
        show=".4f",
    ),
    steady(
        id="ww.entry.employment-loss",
        statement="Employment lost in the long run, as a share of employment before AI.",
        reported=Number("−23%"),
        compute=lambda: long_run().H / Parameters().H_0 - 1,
        function=f"{PACKAGE}.free_entry:long_run",
        anchor="ww-entry-tension",
        planted=(_longer, _slower),
        show=".1%",
    ),
    steady(
        id="ww.entry.productivity",
        statement="Labour productivity gained in the long run, (1 + 321%) to the power ε.",
        reported=Number("366%"),
        compute=lambda: A_AI ** Parameters().epsilon - 1,
        function=f"{PACKAGE}.parameters:Parameters",
        anchor="ww-entry-tension",
        planted=(Planted(f"{PACKAGE}.parameters:Parameters.epsilon", scale(1.01), "ε 1% high"),),
        finding=Differs(
            kind=Kind.UNEXPLAINED,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="4.21 to the power 1.069 is 4.649. Only with both numbers at the upper edge of their "
            "rounding (4.215 and 1.0695) does it reach 4.658, which rounds to 366%.",
            instead=Range(3.643, 3.655, "364.9%"),
            proof="todo/todo#todo",
        ),
        show=".1%",
    ),
    _moment(
        "ww.entry.employment-5",
        "employment lost in 5 years",
        "−11.5 pp",
        "Employment after five years, in percentage points of the labour force.",
    ),
    _moment(
        "ww.entry.capability-5",
        "capability gained in 5 years",
        "45.5%",
        "AI capability gained in five years.",
    ),
    _moment(
        "ww.entry.productivity-5",
        "productivity gained in 5 years",
        "49.3%",
        "Output per worker gained in five years.",
    ),
    _moment(
        "ww.entry.capability-10",
        "capability gained in 10 years",
        "94.0%",
        "AI capability gained in ten years.",
    ),
    _moment(
        "ww.entry.productivity-10",
        "productivity gained in 10 years",
        "103%",
        "Output per worker gained in ten years.",
    ),
    _moment(
        "ww.entry.growth",
        "yearly productivity growth",
        "7.08%",
        "Growth of labour productivity a year over ten years (log change).",
    ),
    path(
        id="ww.entry.jointly",
        statement="The six numbers of the first ten years hold together: the smallest possible "
        "largest deviation, in units of the last printed place, with σ, θ, b, ξ free.",
        reported=Range(0.0, 0.5, "all within rounding", because="half a unit of the last place"),
        compute=_jointly,
        function=f"{PACKAGE}.identification:exposure_table",
        planted=(
            Planted(f"{PACKAGE}.identification:misfit", scale(0.1), "deviations a tenth as large"),
        ),
        finding=Differs(
            kind=Kind.UNEXPLAINED,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="Capability at five years comes out too high when it is right, or nearly so, at ten. "
            "The numbers do hold together if replacement is 1.0/.618 to 1.2/.618 times as fast as "
            "ρμA with A(0) = 1: a scale of the replacement rate that the summary does not show.",
            instead=Range(4.2, 4.5, "4.3 units at best"),
            proof="todo/todo#todo",
        ),
        note="Every printed input was left free within its rounding; the search is stored "
        "(wang_wong_exposure.csv) and its best point computed anew.",
    ),
    path(
        id="ww.entry.half",
        statement="Share of the long-run loss of employment that falls into the first five years.",
        reported=Range(0.45, 0.56, "about half", because="read as 45 to 56%"),
        compute=lambda: float(_moments(Parameters())[0] / (Parameters().H_0 - float(long_run().H))),
        function=f"{PACKAGE}.transition:solve_transition",
        planted=(
            Planted(f"{PACKAGE}.parameters:Parameters.rho", scale(1.5), "exposure one half more"),
        ),
        show=".1%",
    ),
    path(
        id="ww.entry.double",
        statement="The gain in output per worker over ten years, over that of five years.",
        reported=Range(1.9, 2.2, "about double", because="read as 1.9 to 2.2"),
        compute=lambda: _moments(Parameters())[4] / _moments(Parameters())[2],
        function=f"{PACKAGE}.transition:solve_transition",
        planted=(Planted(f"{PACKAGE}.parameters:Parameters.mu", scale(1.1), "μ 10% too high"),),
        show=".2f",
    ),
    path(
        id="ww.entry.benchmark",
        statement="With free entry employment falls more slowly and AI grows faster than with a "
        "fixed job-finding rate (differences after half a year to twenty years).",
        reported=Sign(">0", "slower, faster"),
        compute=_full_against_benchmark,
        function=f"{PACKAGE}.transition:solve_transition",
        planted=(
            Planted(f"{PACKAGE}.parameters:Parameters.xi", lambda x: 0 * x, "no vacancies posted"),
        ),
        note="The benchmark is the same economy with ξ = 0, not recalibrated.",
    ),
    claim(
        id="ww.entry.vacancies",
        source="Summary: untargeted moments",
        statement="AI elasticity of vacancies, on average over the first five years (ours: from "
        "the arrival of AI to year five, and the mean of the local elasticity).",
        reported=Number(".16"),
        compute=_elasticities,
        function=f"{PACKAGE}.free_entry:vacancies",
        anchor="ww-entry-vacancies",
        planted=(
            Planted(f"{PACKAGE}.free_entry:vacancies", lambda v: v**0.05, "v to the power 1/20"),
        ),
        finding=Differs(
            kind=Kind.UNEXPLAINED,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="The definition is not in the summary. With ξ near .55 a surplus that rises by a tenth "
            "raises vacancies per job seeker by 24%, and job seekers treble.",
            instead=Range(2.0, 5.0, "2 to 5"),
            proof="todo/todo#todo",
        ),
        show=".2f",
    ),
    claim(
        id="ww.entry.computers",
        source="Summary: computers",
        statement="Change of unemployment when productivity grows by itself, as with computers.",
        reported=Number("−.16 pp"),
        compute=lambda: unemployment_with_growth(growth_for_unemployment(0.05 - 0.0016)) - 0.05,
        function=f"{PACKAGE}.computers:unemployment_with_growth",
        anchor="ww-entry-computers",
        planted=(
            Planted(
                f"{PACKAGE}.computers:unemployment_with_growth",
                shift(0.0005),
                "unemployment .05 points too high",
            ),
        ),
        finding=NotIdentified(
            "The growth that computers brought is not in the summary",
            required=lambda: 100 * growth_for_unemployment(0.05 - 0.0016),
            otherwise=lambda: unemployment_with_growth(0.02) - 0.05,
            says="productivity grows by {:.1f}% a year more than without computers",
        ),
    ),
    claim(
        id="ww.entry.ai-instead",
        source="Summary: computers",
        statement="Employment lost in the long run with AI, in the comparable experiment.",
        reported=Range(0.17, 0.20, "nearly 20%", because="read as 17 to 20%"),
        compute=lambda: 1 - long_run().H / Parameters().H_0,
        function=f"{PACKAGE}.free_entry:long_run",
        anchor="ww-entry-computers",
        planted=(Planted(f"{PACKAGE}.parameters:Parameters.mu", scale(0.96), "μ 4% too low"),),
        finding=Differs(
            kind=Kind.UNEXPLAINED,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="The long-run loss is 1 − δ/(μH₀) in every labour market. Nearly 20% needs another μ "
            "or δ (μ about .6); what the comparable experiment changes is not in the summary.",
            instead=Range(0.225, 0.235, "23%"),
            proof="todo/todo#todo",
        ),
        show=".1%",
    ),
    claim(
        id="ww.entry.labour-share",
        source="Summary: labour share",
        statement="With little bargaining power of firms, the labour share is lower with unbounded "
        "than with some AI (θ = .05, .1, .2; the wage over a match's output).",
        reported=Sign("<0", "lower"),
        compute=_labour_shares,
        function=f"{PACKAGE}.free_entry:wage_share",
        anchor="ww-entry-share",
        planted=(
            Planted(
                f"{PACKAGE}.free_entry:wage_share",
                instead=lambda s, A, I, p: p.b + (1 - p.theta) * (1 - p.b + p.theta * p.alpha * s),
                says="a wage without a share in π_A",
            ),
        ),
        note="With α fixed and ε near 6, so that both steady states exist at a low θ. In the "
        "calibrated full model both exist only from θ = .948 on, and there the order is reversed.",
    ),
    claim(
        id="ww.entry.unbounded-employment",
        source="Summary: labour share",
        statement="Employment is higher with unbounded than with some AI (θ = .95 to .99).",
        reported=Sign(">0", "higher"),
        compute=lambda: long_run(_high_theta(), "unbounded-AI").H - long_run(_high_theta()).H,
        function=f"{PACKAGE}.free_entry:long_run",
        anchor="ww-entry-share",
        planted=(
            Planted(
                f"{PACKAGE}.free_entry:long_run",
                lambda rest: replace(rest, H=0.75 + 0 * rest.H),
                "the same employment everywhere",
            ),
        ),
    ),
)


def _high_theta() -> Parameters:
    return Parameters(theta=np.array([0.95, 0.97, 0.99]))


assert S_AI == 0.8735  # the surplus that the family takes as given is the printed one
