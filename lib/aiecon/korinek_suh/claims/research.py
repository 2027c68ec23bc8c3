"""Section 4.2: automated research, Proposition 11 and Figure 10."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh import research, research_transition
from aiecon.korinek_suh.claims import common
from aiecon.korinek_suh.claims.common import EQUILIBRIUM, PACKAGE, wage_low
from aiecon.korinek_suh.research import Ideas
from aiecon.korinek_suh.research_transition import FIGURE_10, Research
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

CHAPTER = "korinek_suh/research"
TIME = f"{PACKAGE}.research:blow_up_time"
EXCESS = f"{PACKAGE}.research:blow_up_excess"
PATH = f"{PACKAGE}.research:GrowthPath"
GROWTH = f"{PACKAGE}.research:growth_path"
TRANSITION = f"{PACKAGE}.research_transition:solve_research_transition"
OPTIMAL = f"{PACKAGE}.research_transition:ResearchPath"

claim = partial(common.claim, chapter=CHAPTER, page=29)

#: Φ, Γ, θ with Γ/[(1−Φ)(1−θ)] above and not above one, θ < 1.
ABOVE = ((0.6, 0.3, 0.5), (0.9, 0.1, 0.5), (0.5, 0.9, 0.0), (0.95, 0.2, -1.0))
BELOW = ((0.6, 0.1, 0.5), (0.5, 0.25, 0.5), (0.5, 0.4, 0.0), (0.2, 0.9, -1.0))


def _dates(cases: tuple[tuple[float, float, float], ...]) -> np.ndarray:
    return np.array([research.blow_up_time(Ideas(*case)) for case in cases])


@lru_cache(maxsize=8)
def _explosion(case: tuple[float, float, float]) -> research.GrowthPath:
    return research.growth_path(Ideas(*case), horizon=1e4)


def _approach() -> np.ndarray:
    """log w at a millionth, a ten-millionth, … of the way before the singularity."""
    rows = []
    for case in ABOVE[:2]:
        path = _explosion(case)
        t = path.blow_up * (1.0 - 10.0 ** -np.arange(1, 9))
        rows.append(path.log_wage(np.minimum(t, path.last_date)))
    return np.array(rows)


def _growth_rates() -> np.ndarray:
    """Ȧ/A and Ẏ/Y over the second half of the way."""
    rows = []
    for case in ABOVE[:2]:
        path = _explosion(case)
        t = path.blow_up * np.linspace(0.5, 0.99, 25)
        rows += [path.growth_of_ideas(t), path.growth_of_output(t)]
    return np.array(rows)


def _ratio_decides() -> np.ndarray:
    """The printed ratio less one, with its sign turned where growth does not explode; θ > 1."""
    rows = []
    for Phi, Gamma, theta in ((0.6, 0.3, 1.5), (0.2, 0.1, 1.2), (0.9, 0.9, 1.1)):
        explodes = 1.0 if research.blow_up_time(Ideas(Phi, Gamma, theta)) < np.inf else -1.0
        rows.append(explodes * (Gamma / ((1 - Phi) * (1 - theta)) - 1.0))
    return np.array(rows)


def _wage_over_A() -> np.ndarray:
    """w/A − 1 with σ = 1, both regions."""
    K, Phi = np.geomspace(0.1, 100, 13)[:, None], np.linspace(0.05, 0.95, 13)
    return ks.equilibrium(K, Phi, ks.Parameters(sigma=1.0, A=2.0)).wage / 2.0 - 1.0


def _output_while_automation_proceeds() -> np.ndarray:
    """Output with the exact technology of σ = 1 as Φ rises, K/L from .5 to 50."""
    K, Phi = np.array([0.5, 2.0, 50.0])[:, None], np.linspace(0.05, 1.0, 25)
    return ks.equilibrium(K, Phi, ks.Parameters(sigma=1.0)).output


@lru_cache(maxsize=8)
def _optimal(initial: float, ideas: Research = FIGURE_10) -> research_transition.ResearchPath:
    path = ks.Bounded(horizon=5.0, initial=initial)
    return research_transition.solve_research_transition(path, ideas, tol=1e-5)


def _bends(initial: float) -> np.ndarray:
    """Second differences of log w up to t = 10."""
    return np.diff(_optimal(initial).log_wage(np.linspace(0.0, 10.0, 41)), 2)


def _both_paths(field: str, t: np.ndarray) -> np.ndarray:
    return np.array([getattr(_optimal(initial), field)(t) for initial in (0.9, 0.608)])


YEARS = np.linspace(0.0, 10.0, 21)
PLAIN = Research(zeta=0.1)

never = Planted(TIME, instead=lambda *_, **__: float("inf"), says="no singularity ever")
always = Planted(TIME, instead=lambda *_, **__: 50.0, says="a singularity always")

CLAIMS: tuple[Claim, ...] = (
    claim(
        id="ks.prop11.sufficient",
        source="Proposition 11",
        statement="Output is infinite in finite time once Γ/[(1−Φ)(1−θ)] > 1.",
        reported=Range(0.0, 1e6, "finite", because="any date", spec=".0f"),
        compute=lambda: _dates(ABOVE),
        function=TIME,
        anchor="prp-ks-research-11",
        planted=(never,),
        show=".0f",
        note="The date in years, four systems above the threshold, s = .25, c = .9, ζ = .1 (ours).",
    ),
    claim(
        id="ks.prop11.necessary",
        source="Proposition 11 (implied by “once”)",
        statement="Up to the threshold there is no singularity.",
        reported=Exact("never", 0.0),
        compute=lambda: 1.0 / _dates(BELOW),
        function=TIME,
        anchor="prp-ks-research-11",
        planted=(always,),
        note="One over the date, four systems. The paper claims sufficiency only.",
    ),
    claim(
        id="ks.prop11.ratio",
        source="Proposition 11",
        statement="The ratio Γ/[(1−Φ)(1−θ)] decides whatever θ is.",
        reported=Sign(">0", "above one where growth explodes"),
        compute=_ratio_decides,
        function=TIME,
        anchor="prp-ks-research-11",
        planted=(never,),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="For θ > 1 the ratio is negative and yet growth explodes, by ideas alone. "
            "Γ > (1−Φ)(1−θ) is right for all θ, Φ = 1 included, where the ratio is 0/0.",
            instead=Sign("<0"),
            proof=f"{CHAPTER}#prp-ks-research-11",
        ),
        show=".1f",
        note="The ratio less one, θ = 1.1, 1.2, 1.5; growth explodes in all three.",
    ),
    claim(
        id="ks.prop11.super-exponential",
        source="Proposition 11",
        statement="Growth of technology and output is super-exponential.",
        reported=Course("rises", text="growth rates rise"),
        compute=_growth_rates,
        function=GROWTH,
        anchor="fig-ks-research-kinds",
        planted=(
            Planted(f"{PATH}.growth_of_ideas", lambda g: 1.0 / g, "growth of ideas inverted"),
        ),
        note="Growth rates of A and Y over the second half of the way to the singularity.",
    ),
    claim(
        id="ks.prop11.wage",
        source="Proposition 11",
        statement="The marginal product of labour in output diverges with output.",
        reported=Course("rises", text="diverges", flat=0.01),
        compute=_approach,
        function=GROWTH,
        anchor="prp-ks-research-11",
        planted=(
            Planted(f"{PATH}.log_wage", lambda x: 1.0 - np.exp(-x), "a wage that is bounded"),
        ),
        note="log w at .9, .99, .999, … of the way: each step adds more than one per cent.",
    ),
    claim(
        id="ks.prop11.lower-bound",
        source="Proposition 11, proof",
        statement="Technology at the threshold's automation is a lower bound of what comes after.",
        reported=Course("rises", weak=True, text="output does not fall in Φ"),
        compute=_output_while_automation_proceeds,
        function=EQUILIBRIUM,
        anchor="rem-ks-research-exact",
        planted=(
            Planted(EQUILIBRIUM, lambda e: replace(e, output=1 / e.output), "output inverted"),
        ),
        note=(
            "True of Lemma 1's technology at σ = 1. Of AK^Φ itself, without its factor, only where "
            "there is more capital than labour."
        ),
    ),
    claim(
        id="ks.prop11.wage-above-a",
        source="Proposition 11, proof",
        page=30,
        statement="w ≥ A in both regions.",
        reported=Sign("≥0", "w ≥ A"),
        compute=_wage_over_A,
        function=EQUILIBRIUM,
        anchor="rem-ks-research-exact",
        planted=(wage_low,),
        show=".2g",
        note="w/A − 1 at σ = 1.",
    ),
    claim(
        id="ks.research.any-finite",
        source="Section 4.2",
        page=30,
        statement="With Φ high enough the other two parameters can take any finite levels.",
        reported=Sign(">0", "any"),
        compute=lambda: research.blow_up_excess(1 - 1e-4, np.array([0.01, 0.1, 1.0]), -5.0),
        function=EXCESS,
        anchor="fig-ks-research-surface",
        planted=(Planted(EXCESS, lambda x: x - 0.5, "the threshold .5 too high"),),
        show=".3f",
        note="Γ − (1−Φ)(1−θ) at Φ = .9999, θ = −5. Γ must be positive: at Γ = 0 nothing explodes.",
    ),
    claim(
        id="ks.fig10.convex",
        source="Figure 10 and text",
        page=30,
        statement="Wages are convex on a log scale: their growth rate rises throughout.",
        reported=Sign(">0", "convex"),
        compute=lambda: _bends(0.9),
        function=TRANSITION,
        anchor="fig-ks-research-10",
        planted=(Planted(f"{OPTIMAL}.log_wage", scale(-1.0), "the sign of log w"),),
        finding=NotIdentified(
            "No parameter of the figure is printed",
            required=lambda: 0.9 * 4.6 / (1 + 0.9 * 4.6),
            otherwise=lambda: _bends(0.608),
            says="labour is not scarce at the start, Φ₀ ≥ {:.2f} with our other parameters",
        ),
        show=".1e",
        note="Second differences of log w to t = 10. From Table 2's Φ₀ wages first collapse.",
    ),
    claim(
        id="ks.fig10.date",
        source="Figure 10 and text",
        page=30,
        statement="The singularity occurs shortly after t = 10.",
        reported=Range(10.0, 11.0, "shortly after 10", because="within a year", spec=".2f"),
        compute=lambda: _optimal(0.9).blow_up,
        function=TRANSITION,
        anchor="fig-ks-research-10",
        planted=(Planted(f"{OPTIMAL}.blow_up", scale(1.2), "the date a fifth too late"),),
        finding=NotIdentified(
            "The productivity of research is not printed",
            required=lambda: FIGURE_10.zeta,
            otherwise=lambda: _optimal(0.9, PLAIN).blow_up,
            says="ζ = {:.2f}, with Γ = .7, θ = .8, c = .9 and Φ₀ = .9 of ours",
        ),
    ),
    claim(
        id="ks.fig10.labor-share",
        source="Figure 10, text",
        page=30,
        statement="The labour share of output declines.",
        reported=Course("falls"),
        compute=lambda: _both_paths("labor_share", YEARS),
        function=TRANSITION,
        anchor="fig-ks-research-shares",
        planted=(Planted(f"{OPTIMAL}.labor_share", lambda s: 1.0 - s, "capital's share"),),
        note="Both of our paths, Φ₀ = .9 and .608. It needs Φ → 1 first: see the chapter.",
    ),
    claim(
        id="ks.fig10.output-explodes",
        source="Figure 10 and text",
        page=30,
        statement="The growth rate of output rises towards the singularity.",
        reported=Course("rises"),
        compute=lambda: np.diff(_both_paths("log_output", np.linspace(4.0, 10.0, 21)), axis=1),
        function=TRANSITION,
        anchor="fig-ks-research-10",
        planted=(Planted(f"{OPTIMAL}.log_output", scale(-1.0), "the sign of log Y"),),
        note="From year 4, both paths.",
    ),
    claim(
        id="ks.research.workers-benefit",
        source="Section 4.2",
        page=30,
        statement="Even if wages collapse to A, workers gain once research is automated enough.",
        reported=Sign(">0", "wages end higher"),
        compute=lambda: np.diff(_optimal(0.608).log_wage(np.array([0.0, 10.0]))),
        function=TRANSITION,
        anchor="fig-ks-research-10",
        planted=(Planted(f"{OPTIMAL}.log_wage", scale(-1.0), "the sign of log w"),),
        show=".2f",
        note="log w in year 10 less today's, on the path on which labour is scarce at first.",
    ),
    claim(
        id="ks.research.all-factors",
        source="Section 1",
        page=5,
        statement="Automated research lifts the returns of all factors.",
        reported=Course("rises"),
        compute=lambda: np.array(
            [_optimal(0.9).log_wage(YEARS), np.log(_optimal(0.9).rental_rate(YEARS))]
        ),
        function=TRANSITION,
        anchor="fig-ks-research-shares",
        planted=(Planted(f"{OPTIMAL}.rental_rate", lambda r: 1.0 / r, "the return inverted"),),
        note="log w and log r, Φ₀ = .9.",
    ),
)
