"""Section 4.2: automated research, Proposition 11 and Figure 10."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import numpy as np
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.extensions import research, research_transition
from aiecon.korinek_suh.extensions.research import Ideas
from aiecon.korinek_suh.extensions.research_transition import FIGURE_10, Research
from exhibits.korinek_suh.claims import EQUILIBRIUM, PACKAGE, PAPER, wage_low
from exhibits.korinek_suh.race_claims import K0
from exhibits.ledger import (
    Course,
    Differs,
    Exact,
    Kind,
    NotIdentified,
    OfTheBook,
    Planted,
    Range,
    Shape,
    Sign,
    scale,
)

CHAPTER = "korinek_suh/research"
TIME = f"{PACKAGE}.extensions.research:blow_up_time"
EXCESS = f"{PACKAGE}.extensions.research:blow_up_excess"
PATH = f"{PACKAGE}.extensions.research:GrowthPath"
GROWTH = f"{PACKAGE}.extensions.research:growth_path"
TRANSITION = f"{PACKAGE}.extensions.research_transition:solve_research_transition"
OPTIMAL = f"{PACKAGE}.extensions.research_transition:ResearchPath"

claim = partial(PAPER.claim, chapter=CHAPTER, page=29)

#: Φ, Γ, θ with Γ/[(1−Φ)(1−θ)] above and not above one, θ < 1.
ABOVE = ((0.6, 0.3, 0.5), (0.9, 0.1, 0.5), (0.5, 0.9, 0.0), (0.95, 0.2, -1.0))
BEYOND = ((0.6, 0.3, 1.5), (0.2, 0.0, 1.2), (0.9, 0.9, 1.1), (0.0, 0.0, 2.5))  # θ > 1
BELOW = ((0.6, 0.1, 0.5), (0.5, 0.25, 0.5), (0.5, 0.4, 0.0), (0.2, 0.9, -1.0))


def _dates(cases: tuple[tuple[float, float, float], ...]) -> np.ndarray:
    return np.array([research.blow_up_time(Ideas(*case)) for case in cases])


@lru_cache(maxsize=8)
def _explosion(case: tuple[float, float, float]) -> research.GrowthPath:
    return research.growth_path(Ideas(*case), horizon=1e4)


@lru_cache(maxsize=8)
def _optimal(initial: float, ideas: Research = FIGURE_10) -> research_transition.ResearchPath:
    path = ks.Bounded(horizon=5.0, initial=initial)
    return research_transition.solve_research_transition(path, ideas, tol=1e-5)


def _bends(initial: float) -> np.ndarray:
    """Second differences of log w up to t = 10."""
    return np.diff(_optimal(initial).log_wage(np.linspace(0.0, 10.0, 41)), 2)


def _both_paths(field: str, t: np.ndarray) -> np.ndarray:
    return np.array([getattr(_optimal(initial), field)(t) for initial in (0.9, 0.608)])


def _share_without_scarcity() -> float:
    """The Φ₀ from which labour is not scarce at the start, at Table 2's capital used in output."""
    return float(ks.scarcity_threshold(FIGURE_10.split * K0))


def _productivities() -> tuple[float, float]:
    """The ζ with which the singularity of the path from Φ₀ = 0.9 comes in years 11 and 10."""

    def missed(zeta: float, date: float) -> float:
        return _optimal(0.9, Research(zeta=zeta)).blow_up - date

    low, high = (float(brentq(missed, 0.15, 0.3, args=(date,), xtol=1e-4)) for date in (11.0, 10.0))
    return low, high


YEARS = np.linspace(0.0, 10.0, 21)
PLAIN = Research(zeta=0.1)

never = Planted(TIME, instead=lambda *_, **__: float("inf"), says="no singularity ever")
always = Planted(TIME, instead=lambda *_, **__: 50.0, says="a singularity always")


@claim(
    Sign(">0", "in finite time"),
    source="Proposition 11",
    anchor="prp-ks-research-11",
    function=TIME,
    planted=(never,),
    show=".3f",
    note="One over the date in years, four systems above the threshold with θ < 1, which the "
    "ratio presumes; s = 0.25, c = 0.9, ζ = 0.1 (ours).",
)
def prop11_sufficient() -> Any:
    """Output is infinite in finite time once Γ/[(1−Φ)(1−θ)] > 1."""
    return 1.0 / _dates(ABOVE)


@claim(
    Exact("never", 0.0),
    source="Beside Proposition 11",
    anchor="prp-ks-research-11",
    function=TIME,
    planted=(always,),
    finding=OfTheBook("The converse: the paper claims that the condition suffices."),
    note="One over the date, four systems.",
)
def prop11_necessary() -> Any:
    """Up to the threshold there is no singularity."""
    return 1.0 / _dates(BELOW)


@claim(
    Sign(">0", "in finite time"),
    source="Beside Proposition 11",
    anchor="prp-ks-research-11",
    function=TIME,
    planted=(never,),
    finding=OfTheBook(
        "The condition for all θ: Γ > (1−Φ)(1−θ) or θ > 1. The paper's ratio presumes θ < 1."
    ),
    show=".3f",
    note="One over the date, four systems, θ from 1.1 to 2.5, two of them with Γ = 0.",
)
def prop11_ratio() -> Any:
    """For θ > 1, where the proposition is silent, growth explodes for all Φ and Γ."""
    return 1.0 / _dates(BEYOND)


@claim(
    Course("rises", text="growth rates rise"),
    source="Proposition 11",
    anchor="fig-ks-research-kinds",
    function=GROWTH,
    planted=(Planted(f"{PATH}.growth_of_ideas", lambda g: 1.0 / g, "growth of ideas inverted"),),
    note="Growth rates of A and Y over the second half of the way to the singularity. Before, "
    "they can fall: that of A does for a quarter of the way in one of these systems.",
)
def prop11_super_exponential() -> Any:
    """Growth of technology and output is super-exponential."""
    # Ȧ/A and Ẏ/Y over the second half of the way.
    rows = []
    for case in ABOVE[:2]:
        path = _explosion(case)
        t = path.blow_up * np.linspace(0.5, 0.99, 25)
        rows += [path.growth_of_ideas(t), path.growth_of_output(t)]
    return np.array(rows)


@claim(
    Course("rises", text="diverges", flat=0.01),
    source="Proposition 11",
    anchor="prp-ks-research-11",
    function=GROWTH,
    planted=(Planted(f"{PATH}.log_wage", lambda x: 1.0 - np.exp(-x), "a wage that is bounded"),),
    note="log w at 0.9, 0.99, 0.999, … of the way: each step adds more than one per cent.",
)
def prop11_wage() -> Any:
    """The marginal product of labour in output diverges with output."""
    # log w at a millionth, a ten-millionth, … of the way before the singularity.
    rows = []
    for case in ABOVE[:2]:
        path = _explosion(case)
        t = path.blow_up * (1.0 - 10.0 ** -np.arange(1, 9))
        rows.append(path.log_wage(np.minimum(t, path.last_date)))
    return np.array(rows)


@claim(
    Course("rises", weak=True, text="output does not fall in Φ"),
    source="Proposition 11, proof",
    anchor="rem-ks-research-exact",
    function=EQUILIBRIUM,
    planted=(Planted(EQUILIBRIUM, lambda e: replace(e, output=1 / e.output), "output inverted"),),
    note="True of Lemma 1's technology at σ = 1. Of AK^Φ itself, without its factor, only where "
    "there is more capital than labour.",
)
def prop11_lower_bound() -> Any:
    """Technology at the threshold's automation is a lower bound of what comes after."""
    # Output with the exact technology of σ = 1 as Φ rises, K/L from 0.5 to 50.
    K, Phi = np.array([0.5, 2.0, 50.0])[:, None], np.linspace(0.05, 1.0, 25)
    return ks.equilibrium(K, Phi, ks.Parameters(sigma=1.0)).output


@claim(
    Sign("≥0", "w ≥ A"),
    source="Proposition 11, proof",
    page=30,
    anchor="rem-ks-research-exact",
    function=EQUILIBRIUM,
    planted=(wage_low,),
    show=".2g",
    note="w/A − 1 at σ = 1.",
)
def prop11_wage_above_a() -> Any:
    """w ≥ A in both regions."""
    # w/A − 1 with σ = 1, both regions.
    K, Phi = np.geomspace(0.1, 100, 13)[:, None], np.linspace(0.05, 0.95, 13)
    return ks.equilibrium(K, Phi, ks.Parameters(sigma=1.0, A=2.0)).wage / 2.0 - 1.0


@claim(
    Sign(">0", "any"),
    source="Section 4.2",
    page=30,
    anchor="fig-ks-research-surface",
    function=EXCESS,
    planted=(Planted(EXCESS, lambda x: x - 0.5, "the threshold 0.5 too high"),),
    finding=Differs(
        kind=Kind.MISSING_CONDITION,
        quotation="the remaining two parameters can take on any",
        assumptions="Those of Proposition 11, and θ ≤ 1.",
        readings=(
            "For each Γ and θ a Φ of its own: true for every Γ > 0, and for no Φ at Γ = 0.",
            "Φ = 1 outright: the ratio is 0/0 at Γ = 0; growth then rises for ever and is "
            "finite at every date.",
            "“Sufficient automation in the production of ideas”, the paper's name for Γ, as "
            "excluding zero: that is the condition, but “any” comes after it.",
        ),
        because="It needs Γ > 0. At Γ = 0 machines make no ideas, and the circle is open.",
        instead=Shape("all but Γ = 0", lambda x: bool(x.flat[0] <= 0 and (x.flat[1:] > 0).all())),
        proof=f"{CHAPTER}#prp-ks-research-11",
    ),
    show=".3f",
    note="Γ − (1−Φ)(1−θ) at Φ = 0.9999, θ = −5, Γ = 0, 0.01, 0.1, 1.",
)
def research_any_finite() -> Any:
    """With Φ high enough the other two parameters can take any finite levels."""
    return research.blow_up_excess(1 - 1e-4, np.array([0.0, 0.01, 0.1, 1.0]), -5.0)


@claim(
    Sign(">0", "convex"),
    source="Figure 10 and text",
    page=30,
    anchor="fig-ks-research-10",
    function=TRANSITION,
    planted=(Planted(f"{OPTIMAL}.log_wage", scale(-1.0), "the sign of log w"),),
    finding=NotIdentified(
        "No parameter of the figure is in the text",
        required=_share_without_scarcity,
        otherwise=lambda: _bends(0.608),
        says="labour is not scarce at the start, Φ₀ ≥ {:.2f} with our other parameters",
    ),
    show=".1e",
    note="Second differences of log w to t = 10. From Table 2's Φ₀ wages first collapse.",
)
def fig10_convex() -> Any:
    """Wages are convex on a log scale: their growth rate rises throughout."""
    return _bends(0.9)


@claim(
    Range(10.0, 11.0, "shortly after 10", because="within a year", spec=".2f"),
    source="Figure 10 and text",
    page=30,
    anchor="fig-ks-research-10",
    function=TRANSITION,
    planted=(Planted(f"{OPTIMAL}.blow_up", scale(1.2), "the date a fifth too late"),),
    finding=NotIdentified(
        "No parameter of the figure is in the text",
        required=_productivities,
        otherwise=lambda: _optimal(0.9, PLAIN).blow_up,
        says=lambda zeta: (
            "research is productive enough, ζ between {:.2f} and {:.2f} with Γ = 0.7, θ = 0.8, "
            "c = 0.9 and Φ₀ = 0.9 of ours".format(*zeta)
        ),
    ),
)
def fig10_date() -> Any:
    """The singularity occurs shortly after t = 10."""
    return _optimal(0.9).blow_up


@claim(
    Course("falls"),
    source="Figure 10, text",
    page=30,
    anchor="fig-ks-research-shares",
    function=TRANSITION,
    planted=(Planted(f"{OPTIMAL}.labor_share", lambda s: 1.0 - s, "capital's share"),),
    note="Both of our paths, Φ₀ = 0.9 and 0.608; Φ reaches one before the singularity.",
)
def fig10_labor_share() -> Any:
    """The labour share of output declines."""
    return _both_paths("labor_share", YEARS)


@claim(
    Course("rises"),
    source="Figure 10 and text",
    page=30,
    anchor="fig-ks-research-10",
    function=TRANSITION,
    planted=(Planted(f"{OPTIMAL}.log_output", scale(-1.0), "the sign of log Y"),),
    note="Both paths, from year 1 on; before, it falls on the one with scarce labour.",
)
def fig10_output_explodes() -> Any:
    """The growth rate of output rises towards the singularity."""
    return np.diff(_both_paths("log_output", np.linspace(1.0, 10.0, 37)), axis=1)


@claim(
    Sign(">0", "wages end higher"),
    source="Section 4.2",
    page=30,
    anchor="fig-ks-research-10",
    function=TRANSITION,
    planted=(Planted(f"{OPTIMAL}.log_wage", scale(-1.0), "the sign of log w"),),
    show=".2f",
    note="log w in year 10 less today's, on the path on which labour is scarce at first; "
    "parameters ours.",
)
def research_workers_benefit() -> Any:
    """Even if wages collapse to A, workers gain once research is automated enough."""
    return np.diff(_optimal(0.608).log_wage(np.array([0.0, 10.0])))


@claim(
    Sign(">0", "higher"),
    source="Section 1",
    page=5,
    anchor="fig-ks-research-shares",
    function=TRANSITION,
    planted=(Planted(f"{OPTIMAL}.rental_rate", lambda r: 1.0 / r, "the return inverted"),),
    show=".2f",
    note="log w and log r in year 10 less today's, both of our paths. From Φ₀ = 0.608 wages "
    "fall first.",
)
def research_all_factors() -> Any:
    """Automated research lifts the returns of all factors."""
    # log w and log r in year 10 less today's, both paths.
    ends = np.array([0.0, 10.0])
    paths = [_optimal(initial) for initial in (0.9, 0.608)]
    return np.diff([[p.log_wage(ends), np.log(p.rental_rate(ends))] for p in paths])
