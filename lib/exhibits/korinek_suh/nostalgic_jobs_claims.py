"""Section 4.3 of the paper: nostalgic jobs, Proposition 12, Figure 11."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.extensions.nostalgic_jobs import (
    HeldBack,
    solve_policy,
    wage_maximising_policy,
    wage_maximising_rate,
)
from exhibits.korinek_suh.claims import PACKAGE, PAPER
from exhibits.ledger import (
    ByConstruction,
    Course,
    Differs,
    Exact,
    Kind,
    NotIdentified,
    Planted,
    Range,
    Shape,
    Sign,
    scale,
)

CHAPTER, MODULE = "korinek_suh/nostalgic_jobs", f"{PACKAGE}.extensions.nostalgic_jobs"
BEST, POLICY, SOLVE = (
    f"{MODULE}:{name}"
    for name in ("wage_maximising_rate", "wage_maximising_policy", "solve_policy")
)
TRANSITION, PARAMETERS = f"{PACKAGE}.dynamics.transition", f"{PACKAGE}.parameters:Parameters"
SAVING = f"{PACKAGE}.dynamics.constant_saving:constant_saving"

claim = partial(PAPER.claim, chapter=CHAPTER, page=32)
in_prop = partial(claim, source="Proposition 12", anchor="prp-ks-nostalgic-12", function=SAVING)
in_figure = partial(
    claim, source="Section 4.3, Figure 11", anchor="fig-ks-nostalgic-paths", function=SOLVE
)

G, S = 0.18, 0.56  # with Table 2, written out: (A − ρ − δ)/η, and s∞ of Proposition 7
_SLOW, _FAST = (0.02, 0.04, 0.06), (0.12, 0.14, 0.16)  # rates below and above λg*


@cache
def _free() -> ks.Transition:
    return ks.solve_transition(ks.Bounded(horizon=20.0))


@cache
def _held() -> ks.Transition:
    return solve_policy(wage_maximising_policy())


@cache
def _for_long() -> ks.Transition:
    """The policy for 1,500 years instead of 600."""
    return ks.solve_transition(replace(wage_maximising_policy(), until=1500.0, later=0.05))


@cache
def _long_run_growth(rate: float) -> float:
    """Growth of wages between two late dates if s∞ is saved, as in Proposition 7."""
    path = ks.constant_saving(ks.BusinessAsUsual(rate), S)
    return float(np.diff(path.log_wage(np.array([100.0, 200.0]) / rate))[0]) * rate / 100.0


def _tent() -> tuple[float, float, float]:
    """Long-run wage growth is two straight lines in λg: where they meet, twice, and where one ends.

    Paths at the corner itself settle too slowly to be measured.
    """
    low, high = (np.polyfit(r, [_long_run_growth(x) for x in r], 1) for r in (_SLOW, _FAST))
    corner = (high[1] - low[1]) / (low[0] - high[0])
    return float(corner), float(np.polyval(low, corner)), float(-high[1] / high[0])


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


_rate_off = Planted(BEST, scale(1.05), "the rate 5% too high")
_half = Planted(BEST, scale(0.5), "half the rate")
_fast = Planted(
    SOLVE,
    instead=lambda policy, *rest: ks.solve_transition(policy.technology, *rest),
    says="nothing held back",
)


def _measured(printed: str, value: float) -> Exact:
    because = "growth is measured between two late dates of solved paths"
    return Exact(printed, value, tolerance=1e-6, because=because)


@in_prop(
    _measured("(1−σ)(A−ρ−δ)/η", 0.5 * G),
    planted=(Planted(f"{PARAMETERS}.sigma", scale(1.05), "σ 5% too high"),),
    show=".4f",
    note="Where long-run growth, measured on paths at three lower and three higher rates, "
    "stops rising; Table 2, saving as in Proposition 7.",
)
def prop12_rate() -> Any:
    """Of all constant rates of automation λg = (1−σ)(A−ρ−δ)/η makes wages grow fastest in the
    long run.
    """
    return _tent()[0]


@in_prop(
    _measured("(A−ρ−δ)/η", G),
    planted=(Planted(f"{TRANSITION}:Path.log_wage", scale(1.05), "log w 5% too high"),),
    show=".4f",
    note="At the corner of the same lines. As fast as output grows under full automation.",
)
def prop12_growth() -> Any:
    """At that rate wages grow at (A−ρ−δ)/η."""
    return _tent()[1]


@in_prop(
    Course("rises", "falls", text="rises, then falls"),
    source="Proposition 12, proof",
    planted=(
        Planted(
            f"{TRANSITION}:Path.log_wage",
            instead=lambda path, t: path.log_output(t),
            says="output for wages",
        ),
    ),
    note="Rates from 0.02 to 0.17, measured on paths.",
)
def prop12_tent() -> Any:
    """Long-run wage growth rises in the rate of automation up to λg* and falls from there on."""
    return np.array([_long_run_growth(rate) for rate in (*_SLOW, 0.08, 0.1, *_FAST, 0.17)])


@in_prop(
    _measured("(A−ρ−δ)/η", G),
    source="Proposition 12, proof",
    planted=(Planted(f"{PARAMETERS}.A", scale(1.05), "A 5% too high"),),
    show=".4f",
    note="Where the line of the higher rates ends.",
)
def prop12_zero() -> Any:
    """Wage growth reaches zero at λg = (A−ρ−δ)/η."""
    return _tent()[2]


@in_prop(
    Exact("(A−ρ−δ)/η", G, tolerance=0.002, because="growth approaches it like 1/t: 0.0017 is left"),
    function=POLICY,
    planted=(_rate_off,),
    show=".4f",
    note="With optimal saving, in year 1,200. Growth falls short by 1/((1−σ)t), so that "
    "wages fall behind exp(Gt) without bound, and labour's share tends to zero.",
)
def prop12_optimal_saving() -> Any:
    """Wages grow at (A−ρ−δ)/η along the path, too."""
    return _growth(_for_long(), np.array([1200.0]))[0]


@claim(
    Sign("≤0", "Ψ ≤ Φ"),
    source="Section 4.3, before and in Proposition 12",
    page=31,
    anchor="rem-ks-nostalgic-constraint",
    function=BEST,
    planted=(_half,),
    finding=Differs(
        kind=Kind.MISPRINT,
        quotation="choosing an optimal path Ψ(I) ≤ Ψ(I)",
        assumptions="A path Ψ that satisfies the printed line, as every path does: the Pareto "
        "path of Proposition 12 through Φ₀, in the economy of Figure 11.",
        readings=(
            "As printed, twice: every path satisfies it, that of this row too.",
            "Ψ(I) ≤ Φ(I), as a page earlier: surely meant, and what the paper computes, for "
            "whose planner the natural pace binds until period 14.",
        ),
        because="The second Ψ should be a Φ. Nothing else depends on it.",
        instead=Sign(">0", "Ψ > Φ as well"),
        proof=f"{CHAPTER}#rem-ks-nostalgic-constraint",
    ),
    note="Ψ − Φ in years 1 to 14.",
)
def prop12_constraint() -> Any:
    """The planner's constraint, printed as Ψ(I) ≤ Ψ(I), admits only what technology can do."""
    # Ψ − Φ for the Pareto path alone, before the two paths meet.
    pareto = ks.BusinessAsUsual(rate=wage_maximising_rate())
    t = np.linspace(1.0, 14.0, 14)
    return ks.Bounded(horizon=20.0).unautomated(t) - pareto.unautomated(t)


@in_figure(
    Range(14.0, 15.0, "up until period 14", because="some time in the year after it"),
    function=POLICY,
    planted=(_rate_off,),
    show=".2f",
    note="Where 1 − t/20 = exp(−0.09 t).",
)
def fig11_parting() -> Any:
    """The planner's path leaves technology's path after period 14."""
    return wage_maximising_policy().parting


@in_figure(
    Shape("roughly coincide", lambda x: bool((np.abs(x - 1) < 0.05).all())),
    planted=(Planted(BEST, scale(0.7), "a rate 30% too low"),),
    show=".3f",
    note="Held back over AGI; the wage differs by 4% in year 14. Five per cent is our bound.",
)
def fig11_coincide() -> Any:
    """Until then output and wages in the two scenarios roughly coincide."""
    t, names = np.linspace(0.0, 14.0, 29), ("log_output", "log_wage")
    return np.exp([getattr(_held(), name)(t) - getattr(_free(), name)(t) for name in names])


@in_figure(
    Sign(">0", "more capital under AGI"),
    planted=(_fast,),
    show=".2g",
    note="log K under AGI less log K under the policy, years 1 to 14: up to 2.6%.",
)
def fig11_anticipation() -> Any:
    """The small gap opens because the AGI scenario triggers capital accumulation in advance of
    full automation.
    """
    t = np.linspace(1.0, 14.0, 14)
    return _free().log_capital(t) - _held().log_capital(t)


@in_figure(
    Course("falls", text="falls rapidly"),
    function=f"{TRANSITION}:solve_transition",
    planted=(Planted(f"{TRANSITION}:Path.labor_share", lambda s: 1 - s, "capital's share"),),
    note="From 22% to 2% in six years; how fast is rapid is not tested. Two thirds of the "
    "initial 66% are lost before that.",
)
def fig11_labor_share() -> Any:
    """From then on the AGI scenario implies a rapid decline of the labour share."""
    return _free().labor_share(np.linspace(14.0, 20.0, 25))


@in_figure(
    Sign(">0", "wages grow"),
    planted=(_fast,),
    note="Per year, in years 15 to 500. Just before, in years 13 and 14, they fall under the "
    "policy as well.",
)
def fig11_wages_grow() -> Any:
    """From then on wages under the policy grow without end."""
    return _growth(_held(), np.linspace(15.2, 500.0, 200))


@in_figure(
    Course("falls", "stays", text="collapse"),
    function=f"{TRANSITION}:solve_transition",
    planted=(Planted(f"{TRANSITION}:Path.wage", np.maximum.accumulate, "no fall"),),
    note="From the highest wage, 1.82 in year 13, to A = 0.5, from year 18.6 on.",
)
def fig11_wages_collapse() -> Any:
    """Wages in the AGI scenario collapse."""
    return _free().wage(np.linspace(13.3, 40.0, 55))


@in_figure(
    Shape("low at first", lambda x: bool((np.abs(x) <= 0.05).all())),
    planted=(_half,),
    show=".1%",
    note="Until the paths part. Five per cent is our bound.",
)
def fig11_cost_low_first() -> Any:
    """The output cost of holding back automation is low at first."""
    return _loss(np.linspace(0.0, 14.64, 30))


@in_figure(
    Course("rises", text="a growing fraction"),
    source="Section 1; section 4.3, Figure 11",
    planted=(_fast,),
)
def fig11_cost_grows() -> Any:
    """A growing fraction of output is forgone."""
    return _loss(np.linspace(1.0, 500.0, 500))


@in_figure(
    Shape("almost 100%, eventually", lambda x: bool((np.diff(x) > 0).all() and x[-1] > 0.99)),
    function=POLICY,
    planted=(Planted(BEST, scale(1.05), "the rate 5% too high: three quarters are lost"),),
    show=".1%",
    note="In years 100, 200, 400, 800 and 1,200; 99% are reached in year 1,028. What is left "
    "of the AGI output falls only like 1/t. The bound of 99% is ours.",
)
def fig11_cost_limit() -> Any:
    """Eventually almost 100% of the output potential is lost."""
    t = np.array([100.0, 200.0, 400.0, 800.0, 1200.0])
    return -np.expm1(_for_long().log_output(t) - _free().log_output(t))


@in_figure(
    Range(0.9, 1.0, "almost 100%", because="read as 90% or more", spec=".0%"),
    planted=(_fast,),
    finding=NotIdentified(
        missing="The number of years on the figure's axis, which we have not seen, is not in "
        "the text",
        required=lambda: _year_of_loss(0.9),
        otherwise=lambda: _loss(np.array([40.0])),
        says="it shows {:.0f} years or more",
    ),
    show=".0%",
    note="62% are lost after 40 years, 77% after 60.",
)
def fig11_cost_in_figure() -> Any:
    """The right panel of Figure 11 shows that almost 100% of output is lost."""
    return _loss(np.array([_year_of_loss(0.9)]))


@in_figure(
    Sign(">0", "output grows more slowly"),
    planted=(_fast,),
    show=".2g",
    note="Over steps of five years from year 15 on. In the long run growth is the same, G.",
)
def fig11_output_growth() -> Any:
    """Higher wages come at the cost of lower output growth."""
    t = np.linspace(15.0, 500.0, 98)
    return np.diff(_free().log_output(t) - _held().log_output(t))


@in_figure(
    Sign("≥0", "Ψ ≤ Φ"),
    function=POLICY,
    planted=(
        Planted(
            f"{MODULE}:HeldBack.progress",
            instead=lambda policy, t: ks.BusinessAsUsual(policy.rate).progress(t),
            says="the Pareto path alone",
        ),
    ),
    finding=ByConstruction(
        "Our policy is the smaller of technology's path and the Pareto path, as the paper "
        "describes it."
    ),
    note="Φ − Ψ for T = 20 and T = 5. With T = 5 automation is held back from the start.",
)
def fig11_feasible() -> Any:
    """The policy is feasible in both AGI scenarios."""
    technologies = [ks.Bounded(horizon=T) for T in (20.0, 5.0)]
    t = np.linspace(0.0, 1.5, 61)
    return np.array(
        [
            wage_maximising_policy(x).unautomated(t * x.horizon) - x.unautomated(t * x.horizon)
            for x in technologies
        ]
    )


@in_figure(
    Shape(
        "exponential growth", lambda x: bool((x > 0.1).all() and np.ptp(x, axis=-1).max() < 0.03)
    ),
    planted=(_fast,),
    show=".3f",
    note="Growth of wages a year in years 100 to 500, T = 20 and T = 5; it tends to G = 0.18. "
    "That it stays above 0.1 and changes by less than 0.03 is our reading of exponential.",
)
def fig11_both_scenarios() -> Any:
    """In both AGI scenarios it leads to exponentially growing wages."""
    paths = [solve_policy(wage_maximising_policy(ks.Bounded(horizon=T))) for T in (20.0, 5.0)]
    return np.array([_growth(path, np.linspace(100.0, 500.0, 17)) for path in paths])


@claim(
    Sign(">0", "wages grow"),
    source="Section 1",
    page=5,
    anchor="fig-ks-nostalgic-growth",
    function=SOLVE,
    planted=(_fast,),
    note="In years 50 and 200 at rates from 0.01 to 0.16. At rates of G = 0.18 or more wages "
    "collapse to A.",
)
def nostalgic_scarce() -> Any:
    """Enough nostalgic jobs keep labour scarce, so that wages grow on although every task could
    be automated.
    """
    paths = [solve_policy(HeldBack(ks.Bounded(), rate)) for rate in (0.01, 0.09, 0.16)]
    return np.array([_growth(path, np.array([50.0, 200.0])) for path in paths])
