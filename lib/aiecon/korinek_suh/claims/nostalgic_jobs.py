"""Section 4.3 of the paper: nostalgic jobs, Proposition 12, Figure 11."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.claims import common
from aiecon.korinek_suh.claims.common import PACKAGE
from aiecon.korinek_suh.nostalgic_jobs import (
    HeldBack,
    solve_policy,
    wage_maximising_policy,
    wage_maximising_rate,
)
from aiecon.ledger import (
    Claim,
    Course,
    Differs,
    Exact,
    Kind,
    NotIdentified,
    Planted,
    Range,
    Sign,
    scale,
)

CHAPTER = "korinek_suh/nostalgic_jobs"
MODULE = f"{PACKAGE}.nostalgic_jobs"
BEST, POLICY, SOLVE = (
    f"{MODULE}:wage_maximising_rate",
    f"{MODULE}:wage_maximising_policy",
    f"{MODULE}:solve_policy",
)
LONG_RUN = f"{PACKAGE}.long_run:long_run"
PROP, FIGURE = "prp-ks-nostalgic-12", "fig-ks-nostalgic-paths"

claim = partial(common.claim, chapter=CHAPTER, page=32)
in_prop = partial(claim, source="Proposition 12", anchor=PROP, function=LONG_RUN)
in_figure = partial(claim, source="Section 4.3, Figure 11", anchor=FIGURE, function=SOLVE)

G = 0.18  # (A − ρ − δ)/η with Table 2, written out
_RATES = np.linspace(0.0005, 0.25, 500)


@cache
def _free() -> ks.Transition:
    return ks.solve_transition(ks.Bounded(horizon=20.0))


@cache
def _held() -> ks.Transition:
    return solve_policy(wage_maximising_policy())


@cache
def _for_long() -> ks.Transition:
    """The policy for 1,500 years instead of 600."""
    policy = replace(wage_maximising_policy(), until=1500.0, later=0.05)
    return ks.solve_transition(policy)


def _growth(path: ks.Transition, t: np.ndarray) -> np.ndarray:
    """Growth of wages, per year, by differences over a year."""
    return path.log_wage(t + 0.5) - path.log_wage(t - 0.5)


def _loss(t: np.ndarray) -> np.ndarray:
    """The share of the AGI scenario's output that is forgone."""
    return -np.expm1(_held().log_output(t) - _free().log_output(t))


def _year_of_loss(share: float) -> float:
    """The first of many dates at which so much output is forgone, within 500 years."""
    t = np.linspace(0.0, 500.0, 5001)
    return float(t[np.argmax(_loss(t) >= share)])


def _feasible() -> np.ndarray:
    """Φ − Ψ along both AGI scenarios."""
    gaps = []
    for T in (20.0, 5.0):
        technology = ks.Bounded(horizon=T)
        policy = wage_maximising_policy(technology)
        t = np.linspace(0.0, 1.5 * T, 61)
        gaps.append(policy.unautomated(t) - technology.unautomated(t))
    return np.array(gaps)


def _beyond_technology() -> np.ndarray:
    """Ψ − Φ for the Pareto path alone, before the two paths meet."""
    pareto = ks.BusinessAsUsual(rate=wage_maximising_rate())
    t = np.linspace(1.0, 14.0, 14)
    return ks.Bounded(horizon=20.0).unautomated(t) - pareto.unautomated(t)


def _both_scenarios() -> np.ndarray:
    """Growth of wages 400 years on, if automation is held back in either AGI scenario."""
    paths = [solve_policy(wage_maximising_policy(ks.Bounded(horizon=T))) for T in (20.0, 5.0)]
    return np.array([_growth(path, np.array([400.0]))[0] for path in paths])


_rate_off = Planted(BEST, scale(1.05), "the rate 5% too high")
_fast = Planted(
    SOLVE,
    instead=lambda policy, *rest: ks.solve_transition(policy.technology, *rest),
    says="nothing held back",
)

CLAIMS: tuple[Claim, ...] = (
    in_prop(
        id="ks.prop12.rate",
        statement="Of all constant rates of automation λg = (1−σ)(A−ρ−δ)/η makes wages grow "
        "fastest in the long run.",
        reported=Exact("(1−σ)(A−ρ−δ)/η", 0.5 * G),
        compute=lambda: _RATES[np.argmax(ks.long_run(_RATES).wage_growth)],
        planted=(
            Planted(
                LONG_RUN,
                lambda found: replace(found, wage_growth=found.output_growth - found.case),
                "the growth of something else",
            ),
            Planted(f"{PACKAGE}.parameters:Parameters.sigma", scale(1.05), "σ 5% too high"),
        ),
        show=".4f",
        note="The highest of 500 rates, with Table 2.",
    ),
    in_prop(
        id="ks.prop12.growth",
        statement="At that rate wages grow at (A−ρ−δ)/η.",
        reported=Exact("(A−ρ−δ)/η", G),
        compute=lambda: ks.long_run(wage_maximising_rate()).wage_growth,
        planted=(_rate_off,),
        show=".4f",
        note="As fast as output does under full automation.",
    ),
    in_prop(
        id="ks.prop12.tent",
        source="Proposition 12, proof",
        statement="Long-run wage growth rises in the rate of automation up to λg* and falls from "
        "there on.",
        reported=Course("rises", "falls", text="rises, then falls"),
        compute=lambda: ks.long_run(np.linspace(0.005, G, 36)).wage_growth,
        planted=(
            Planted(
                LONG_RUN,
                lambda found: replace(found, wage_growth=found.output_growth),
                "output for wages",
            ),
        ),
        note="From .005 to G.",
    ),
    in_prop(
        id="ks.prop12.zero",
        source="Proposition 12, proof",
        statement="Wage growth reaches zero at λg = (A−ρ−δ)/η.",
        reported=Exact("zero", 0),
        compute=lambda: ks.long_run(G).wage_growth,
        planted=(
            Planted(LONG_RUN, lambda f: replace(f, wage_growth=f.wage_growth + 0.001), "too high"),
        ),
        show=".1g",
    ),
    in_prop(
        id="ks.prop12.optimal-saving",
        statement="Wages grow at (A−ρ−δ)/η along the path, too.",
        reported=Exact(
            "(A−ρ−δ)/η", G, tolerance=0.002, because="growth approaches it like 1/t: .0017 is left"
        ),
        compute=lambda: _growth(_for_long(), np.array([1200.0]))[0],
        function=POLICY,
        planted=(_rate_off,),
        show=".4f",
        note="With optimal saving, in year 1,200. Growth falls short by 1/((1−σ)t), so that "
        "wages fall behind exp(Gt) without bound, and labour's share tends to zero.",
    ),
    claim(
        id="ks.prop12.constraint",
        source="Section 4.3, before and in Proposition 12",
        page=31,
        anchor="rem-ks-nostalgic-constraint",
        function=BEST,
        statement="The planner's constraint, printed as Ψ(I) ≤ Ψ(I), holds for the wage-maximising "
        "Pareto path in the economy of Figure 11 (read as Ψ ≤ Φ).",
        reported=Sign("≤0", "Ψ ≤ Φ"),
        compute=_beyond_technology,
        planted=(Planted(BEST, scale(0.5), "half the rate"),),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="As printed the constraint says nothing; meant is Ψ ≤ Φ. It fails for the Pareto path "
            "through Φ₀ until year 14.65: hence the minimum of the two paths in Figure 11, whose "
            "growth in the long run is the same.",
            instead=Sign(">0", "Ψ > Φ"),
            proof=f"{CHAPTER}#rem-ks-nostalgic-constraint",
        ),
        note="Ψ − Φ in years 1 to 14.",
    ),
    in_figure(
        id="ks.fig11.parting",
        function=POLICY,
        statement="The planner's path leaves technology's path after period 14.",
        reported=Range(14.0, 15.0, "up until period 14", because="some time in the year after it"),
        compute=lambda: wage_maximising_policy().parting,
        planted=(_rate_off,),
        show=".2f",
        note="Where 1 − t/20 = exp(−.09 t).",
    ),
    in_figure(
        id="ks.fig11.coincide",
        statement="Until then output and wages in the two scenarios roughly coincide.",
        reported=Range(
            0.95, 1.05, "roughly coincide", because="read as within five per cent", spec=".3f"
        ),
        compute=lambda: np.exp(
            [
                _held().log_output(t := np.linspace(0.0, 14.0, 29)) - _free().log_output(t),
                _held().log_wage(t) - _free().log_wage(t),
            ]
        ),
        planted=(Planted(BEST, scale(0.7), "a rate 30% too low"),),
        note="Held back over AGI; the wage differs by 4% in year 14.",
    ),
    in_figure(
        id="ks.fig11.anticipation",
        statement="The small gap opens because the AGI scenario triggers capital accumulation in "
        "advance of full automation.",
        reported=Sign(">0", "more capital under AGI"),
        compute=lambda: (
            _free().log_capital(t := np.linspace(1.0, 14.0, 14)) - _held().log_capital(t)
        ),
        planted=(_fast,),
        show=".2g",
        note="log K under AGI less log K under the policy, years 1 to 14: up to 2.6%.",
    ),
    in_figure(
        id="ks.fig11.labor-share",
        statement="From then on the AGI scenario implies a rapid decline of the labour share.",
        reported=Course("falls", text="falls rapidly"),
        compute=lambda: _free().labor_share(np.linspace(14.0, 20.0, 25)),
        function=f"{PACKAGE}.transition:solve_transition",
        planted=(
            Planted(f"{PACKAGE}.transition:Path.labor_share", lambda s: 1 - s, "capital's share"),
        ),
        note="From 22% to 2% in six years. Two thirds of the initial 66% are lost before that.",
    ),
    in_figure(
        id="ks.fig11.wages-grow",
        statement="From then on wages under the policy grow without end.",
        reported=Sign(">0", "wages grow"),
        compute=lambda: _growth(_held(), np.linspace(15.2, 500.0, 200)),
        planted=(_fast,),
        note="Per year, in years 15 to 500. Just before, in years 13 and 14, they fall under the "
        "policy as well.",
    ),
    in_figure(
        id="ks.fig11.wages-collapse",
        statement="Wages in the AGI scenario collapse.",
        reported=Exact("w = A", 0.5),
        compute=lambda: _free().wage(np.linspace(18.7, 100.0, 20)),
        function=f"{PACKAGE}.transition:solve_transition",
        planted=(Planted(f"{PACKAGE}.parameters:Parameters.A", scale(1.05), "A 5% too high"),),
        note="From year 18.6 on; the highest wage is 1.82, in year 13.",
    ),
    in_figure(
        id="ks.fig11.cost-low-first",
        statement="The output cost of holding back automation is low at first.",
        reported=Range(
            0.0, 0.05, "low at first", because="read as at most five per cent", spec=".1%"
        ),
        compute=lambda: _loss(np.linspace(0.0, 14.64, 30)),
        planted=(Planted(BEST, scale(0.5), "half the rate"),),
        note="Until the paths part.",
    ),
    in_figure(
        id="ks.fig11.cost-grows",
        source="Section 1; section 4.3, Figure 11",
        statement="A growing fraction of output is forgone.",
        reported=Course("rises", text="a growing fraction"),
        compute=lambda: _loss(np.linspace(1.0, 500.0, 500)),
        planted=(_fast,),
    ),
    in_figure(
        id="ks.fig11.cost-limit",
        statement="Eventually almost 100% of the output potential is lost.",
        reported=Range(0.99, 1.0, "almost 100%", because="read as 99% or more", spec=".1%"),
        compute=lambda: -np.expm1(_for_long().log_output(1200.0) - _free().log_output(1200.0)),
        function=POLICY,
        planted=(Planted(BEST, scale(1.05), "the rate 5% too high: three quarters are lost"),),
        note="In year 1,200. What is left of the AGI output falls only like 1/t.",
    ),
    in_figure(
        id="ks.fig11.cost-in-figure",
        statement="The right panel of Figure 11 shows that almost 100% of output is lost.",
        reported=Range(0.9, 1.0, "almost 100%", because="read as 90% or more", spec=".0%"),
        compute=lambda: _loss(np.array([_year_of_loss(0.9)])),
        planted=(_fast,),
        finding=NotIdentified(
            missing="The number of years that the figure shows",
            required=lambda: _year_of_loss(0.9),
            otherwise=lambda: _loss(np.array([40.0])),
            says="it shows {:.0f} years or more",
        ),
        show=".0%",
        note="62% are lost after 40 years, 77% after 60.",
    ),
    in_figure(
        id="ks.fig11.output-growth",
        statement="Higher wages come at the cost of lower output growth.",
        reported=Sign(">0", "output grows more slowly"),
        compute=lambda: np.diff(
            _free().log_output(t := np.linspace(15.0, 500.0, 98)) - _held().log_output(t)
        ),
        planted=(_fast,),
        show=".2g",
        note="Over steps of five years from year 15 on. In the long run growth is the same, G.",
    ),
    in_figure(
        id="ks.fig11.feasible",
        statement="The policy is feasible in both AGI scenarios.",
        reported=Sign("≥0", "Ψ ≤ Φ"),
        compute=_feasible,
        function=POLICY,
        planted=(
            Planted(
                f"{MODULE}:HeldBack.progress",
                instead=lambda policy, t: ks.BusinessAsUsual(policy.rate).progress(t),
                says="the Pareto path alone",
            ),
        ),
        note="Φ − Ψ for T = 20 and T = 5. With T = 5 automation is held back from the start.",
    ),
    in_figure(
        id="ks.fig11.both-scenarios",
        statement="In both AGI scenarios it leads to exponentially growing wages.",
        reported=Exact(
            "(A−ρ−δ)/η", G, tolerance=0.006, because="growth approaches it like 1/t: .005 is left"
        ),
        compute=_both_scenarios,
        planted=(_rate_off,),
        show=".4f",
        note="Growth of wages in year 400, T = 20 and T = 5.",
    ),
    claim(
        id="ks.nostalgic.scarce",
        source="Section 1",
        page=5,
        anchor="fig-ks-nostalgic-growth",
        function=SOLVE,
        statement="Enough nostalgic jobs keep labour scarce, so that wages grow on although every "
        "task could be automated.",
        reported=Sign(">0", "wages grow"),
        compute=lambda: np.array(
            [
                _growth(solve_policy(HeldBack(ks.Bounded(), rate)), np.array([50.0, 200.0]))
                for rate in (0.01, 0.09, 0.16)
            ]
        ),
        planted=(_fast,),
        note="In years 50 and 200 at rates from .01 to .16. At rates of G = .18 or more wages "
        "collapse to A.",
    ),
)
