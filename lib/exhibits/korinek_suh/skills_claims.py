"""Section 4.4: workers who differ in skill."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.extensions import skills, skills_inequality, skills_transition
from exhibits.korinek_suh.claims import PACKAGE, PAPER
from exhibits.ledger import (
    ByConstruction,
    Course,
    Differs,
    Exact,
    Kind,
    Planted,
    Shape,
    Sign,
    scale,
    shift,
)

CHAPTER, MODULES = "korinek_suh/skills", f"{PACKAGE}.extensions"
EQUILIBRIUM = f"{MODULES}.skills:skill_equilibrium"
SLACK = f"{MODULES}.skills:staffing_slack"
PATH, ANY_PATH = (
    f"{MODULES}.skills_transition:SkillTransition",
    f"{PACKAGE}.dynamics.transition:Path",
)
WAGES = f"{MODULES}.skills_inequality:WageDistribution"

claim = partial(PAPER.claim, chapter=CHAPTER, page=34, source="Section 4.4")
static = partial(claim, function=EQUILIBRIUM, anchor="prp-ks-skills-prices", page=33)
over_time = partial(claim, function=f"{MODULES}.skills_transition:solve_skill_transition")
in_the_end = partial(over_time, anchor="prp-ks-skills-long-run")

TAIL = ks.BusinessAsUsual(rate=0.01)  # the paper's unbounded tasks
NUS = (0.25, 0.5, 0.75)


@lru_cache(maxsize=32)
def _path(tasks: ks.AutomationPath, nu: float) -> skills_transition.SkillTransition:
    proportional = skills.ProportionalSkills(tasks, nu)
    return skills_transition.solve_skill_transition(tasks, proportional, tol=1e-7)


def _scarce() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """K, Φ and Υ ≤ Φ in region 1."""
    K, Phi, part = np.meshgrid([2.0, 4.6, 20.0], [0.2, 0.5, 0.65], [0.1, 0.5, 0.9], indexing="ij")
    return K, Phi, part * Phi


@static(
    Exact("F_L", 1, tolerance=1e-6, because="a difference quotient, error of second order"),
    planted=(Planted(EQUILIBRIUM, scale(1.05, "skilled_wage"), "their wage 5% too high"),),
    show=".7f",
    note="The wage over a difference quotient of output; 27 economies in region 1.",
)
def skills_skilled_wage() -> Any:
    """Workers whom machines cannot replace earn F_L(K + Υ, 1 − Υ; I)."""
    # The skilled wage over a difference quotient of output in the number of the skilled.
    K, Phi, displaced = (x.ravel() for x in _scarce())
    h = 1e-5
    more, less = (
        ks.equilibrium(K + displaced, Phi, ks.Parameters(L=1.0 - displaced + step)).output
        for step in (h, -h)
    )
    return skills.skill_equilibrium(K, Phi, displaced).skilled_wage / ((more - less) / (2 * h))


@static(
    Exact("A", 0.0),
    planted=(
        Planted(
            EQUILIBRIUM,
            lambda e: replace(e, displaced_wage=0.5 + 0 * e.displaced_wage),
            "A for the displaced",
        ),
    ),
    finding=Differs(
        kind=Kind.FALSE,
        quotation="perfectly substitutable by machines and earn wage",
        assumptions="Φ ≥ Υ, competitive prices, region 1, in which the passage pays the others "
        "F_L.",
        readings=(
            "A as the return on capital, whatever that is: the sentence prints A, and the "
            "return is F_K, below A in region 1.",
            "Region 2, or the limit in which the return tends to A: there it is right, but the "
            "passage is about any level of I.",
            "A for them, F_L for the others and the rest for capital: a machine that does the "
            "same work would be cheaper than they are, and nobody would hire them.",
        ),
        because="They stand beside machines and earn what these do, F_K, below A while skilled "
        "labour is scarce. At A incomes would exceed output by Υ(A − F_K).",
        instead=Sign("<0", "less than A"),
        proof=f"{CHAPTER}#prp-ks-skills-prices",
    ),
    show=".3f",
    note="Their wage less A in region 1, 27 economies. In region 2 it is A.",
)
def skills_displaced_wage() -> Any:
    """Workers whom machines can replace earn A."""
    return skills.skill_equilibrium(*_scarce()).displaced_wage - ks.Parameters().A


@claim(
    Sign("≥0", "enough workers for every task"),
    source="Section 4.4, footnote 7",
    page=33,
    anchor="rem-ks-skills-footnote",
    function=SLACK,
    planted=(Planted(SLACK, lambda s: np.maximum(s, 0.0), "too few workers overlooked"),),
    finding=Differs(
        kind=Kind.MISSING_CONDITION,
        quotation="that we can treat unautomated workers as perfect substitutes",
        assumptions="Φ ≥ Υ at every level, region 1.",
        readings=(
            "At I = 0: Φ ≥ Υ is then exactly the condition, and the slack is zero. The "
            "footnote says any level of automation.",
            "“Given that the remaining workers are sufficiently skilled”, as the text above "
            "has it: the condition itself, and with it the result; what fails is that Φ ≥ Υ "
            "implies it.",
            "Levels at which there are such workers at all: there are at every level here, "
            "only too few beyond the bulge.",
        ),
        because="It needs that, beyond I, (1−Υ)/(1−Φ) never falls below its value at I: skills "
        "may not run out faster than tasks. If that holds at all I, Φ ≥ Υ follows; it does not "
        "follow from Φ ≥ Υ.",
        instead=Shape("at I = 0, and not after", lambda x: bool(x[0] >= 0 and (x[1:] < 0).all())),
        proof=f"{CHAPTER}#prp-ks-skills-staffing",
    ),
    show=".2f",
    note="Slack from I = 0 on, years 0 to 19, for skills with a bulge at low levels.",
)
def skills_substitutes() -> Any:
    """Φ ≥ Υ implies that, for any I, enough skilled workers are left at all unautomated levels
    for all who are left to be perfect substitutes.
    """
    # Slack of staffing from I = 0 on, with Υ ≤ Φ at every date but a bulge at low skills.
    tasks = ks.BusinessAsUsual(rate=0.045, initial=0.0)
    lower = ks.Mixed(weight=0.5, horizon=20.0, rate=0.01, initial=0.0)
    t = np.linspace(0.0, 60.0, 61)
    assert (lower.share(t) <= tasks.share(t)).all()  # the assumption of the paper
    return skills.staffing_slack(tasks, lower, t)[:20]


@over_time(
    Course("falls"),
    anchor="fig-ks-skills-superstars",
    planted=(Planted(f"{PATH}.skilled", lambda s: 1.0 - s, "the displaced for the skilled"),),
    note="λg = 0.01, ν = 0.25, 0.5, 0.75; in region 1, see the next row.",
)
def skills_fewer() -> Any:
    """The share of workers who earn more than capital declines over time."""
    t = np.linspace(0.0, 800.0, 41)
    paths = [_path(TAIL, nu) for nu in NUS]
    return np.array([np.where(p.wage(t) > p.displaced_wage(t), p.skilled(t), 0.0) for p in paths])


@in_the_end(
    Exact("1 − lim Υ", 0.2),
    planted=(Planted(f"{PATH}.skilled", scale(0.9), "a tenth of the skilled overlooked"),),
    finding=Differs(
        kind=Kind.MISSING_CONDITION,
        quotation="will earn higher returns than capital",
        assumptions="Φ < 1 at every finite date, lim Υ = 0.8, optimal saving, λg = 0.3 in the "
        "second economy.",
        readings=(
            "“Only workers who can …” as a necessary condition: true; but the share is said to "
            "tend to 1 − lim Υ, and only those who do earn more make it up.",
            "“Gainfully employed” as doing tasks that machines cannot do: then the share is "
            "right in region 2 too, but the sentence explains the words by higher returns.",
            "Region 1 throughout, as the baseline has it for slow automation: true, and not "
            "said; the one condition that is said is Φ < 1.",
        ),
        because="It needs labour to stay scarce. Where tasks run out faster than capital and "
        "displacement make up for it, λg > G + μ, everybody earns A in the end.",
        instead=Exact("1 − lim Υ in region 1, zero in region 2", np.array([0.2, 0.0])),
        proof=f"{CHAPTER}#prp-ks-skills-long-run",
    ),
    show=".1f",
    note="Year 10,000 with lim Υ = 0.8, λg = 0.01 and λg = 0.3.",
)
def skills_limit() -> Any:
    """The share of workers who earn more than capital tends to one less the limit of Υ, if
    automation is never complete.
    """
    # The share who earn more than capital in year 10,000, if a fifth can do tasks of any
    # complexity; with λg = 0.01 and with λg = 0.3, more than G + μ.
    lasting = ks.Mixed(weight=0.8, horizon=600.0, rate=0.0, initial=0.0)
    found, last = [], 1e4
    for rate in (0.01, 0.3):
        tasks = ks.BusinessAsUsual(rate=rate)
        path = skills_transition.solve_skill_transition(tasks, lasting, tol=1e-7)
        better = path.log_wage(last) > np.log(path.rental_rate(last))
        found.append(path.skilled(last) if better else 0.0)
    return np.array(found)


@over_time(
    Exact("w = R = A", 0.5),
    anchor="fig-ks-skills-superstars",
    planted=(Planted(f"{ANY_PATH}.wage", scale(1.05), "the wage 5% too high"),),
    finding=ByConstruction(
        "With Φ ≥ Υ all tasks are automated once Υ = 1, and Lemma 4 (ii) gives w = R = A."
    ),
    note="T = 20, ν = 0.5, from year 20 on.",
)
def skills_bounded() -> Any:
    """If Υ reaches one, labour loses its scarcity as in the AGI scenarios."""
    p = _path(ks.Bounded(horizon=20.0), 0.5)
    t = np.array([20.0, 25.0, 100.0])
    return np.array([p.wage(t), p.displaced_wage(t)])


@in_the_end(
    Course("rises"),
    planted=(Planted(f"{ANY_PATH}.log_wage", scale(-1), "the sign of log w"),),
    note="log w at λg = 0.01; it grows at λg/(1−σ) = 2% a year in the long run, for ever.",
)
def skills_superstars() -> Any:
    """If Υ tends to one, incomes at the top may rise without bound."""
    return np.array([_path(TAIL, nu).log_wage(np.geomspace(1, 3e3, 25)) for nu in NUS])


@in_the_end(
    Exact("A", 0.5),
    planted=(Planted(f"{ANY_PATH}.rental_rate", lambda R: 0.5 + 0 * R, "A for R"),),
    finding=Differs(
        kind=Kind.MISSING_CONDITION,
        quotation="collapse to the level that equates the return on capital",
        assumptions="Υ and Φ tend to one, optimal saving, Table 2.",
        readings=(
            "The return on capital, without the A: right, and what the last rows of the "
            "chapter's proposition say.",
            "As in Lemma 6, by which R → A if Φ → 1: that lemma needs "
            "λg ≥ (1−σ)(A−ρ−δ)/η, with skills λg ≥ (1−σ)(G + μ).",
            "“May be”, with which the sentence begins: that hedges whether inequality grows, "
            "not what they are paid.",
        ),
        because="Along slow paths the return tends to ρ + δ + ηγ with γ = λg/(1−σ) − μ, about "
        "a third of A in business as usual. It tends to A only where λg ≥ (1−σ)(G + μ).",
        instead=Exact(
            "ρ + δ + ηγ where λg < (1−σ)(G + μ), else A",
            np.append(0.14 + 2 * (0.02 - 0.01 * np.array(NUS)), 0.5),
            tolerance=1e-7,
            because="the solver's tolerance",
        ),
        proof=f"{CHAPTER}#prp-ks-skills-long-run",
    ),
    show=".3f",
    note="Year 4,000: λg = 0.01 and μ = νλg, ν = 0.25, 0.5, 0.75; then λg = 0.15, ν = 0.5.",
)
def skills_collapse() -> Any:
    """If Υ tends to one, the wages of almost all workers collapse to the return on capital, A."""
    # Their wage in year 4,000 with λg = 0.01 and three ν, then with λg = 0.15, ν = 0.5.
    paths = [*(_path(TAIL, nu) for nu in NUS), _path(ks.BusinessAsUsual(rate=0.15), 0.5)]
    return np.array([path.displaced_wage(4e3) for path in paths])


@over_time(
    Course("rises"),
    id="ks.skills.inequality",
    anchor="fig-ks-skills-inequality",
    planted=(Planted(f"{WAGES}.gini", lambda g: 1.0 - g, "the Gini coefficient inverted"),),
    note="Gini coefficient of wages over 600 years, λg = 0.01; its limit is one.",
)
def inequality_without_bound() -> Any:
    """If Υ tends to one, inequality among workers may grow for ever."""
    t = np.linspace(0.0, 600.0, 61)
    return np.array([_path(TAIL, nu).wages(t).gini for nu in NUS])


@claim(
    Sign(">0", "different"),
    source="Section 4.4, heterogeneity in skill and productivity",
    anchor="fig-ks-skills-fan",
    function=WAGES,
    planted=(Planted(f"{WAGES}.spread", scale(0.0), "all efficiency units alike"),),
    finding=ByConstruction("Pay is a wage per efficiency unit times a worker's units."),
    show=".2f",
    note="The wage at percentile 85 over the median, less one; nobody displaced.",
)
def skills_productivity() -> Any:
    """With efficiency units, workers of one occupation earn different wages."""
    alike = skills_inequality.WageDistribution(0.0, 1.4, 0.16, spread=0.6)
    return float(alike.quantile(0.85) / alike.quantile(0.5)) - 1.0


@claim(
    Course("rises"),
    source="Section 4.4, complementary human capital",
    anchor="fig-ks-skills-fan",
    function=EQUILIBRIUM,
    planted=(
        Planted(EQUILIBRIUM, scale(-1.0, "skilled_wage"), "the sign of the wage"),
        Planted(EQUILIBRIUM, shift(5.0, "displaced_wage"), "the displaced earn too much"),
    ),
    finding=ByConstruction(
        "Pay is H times a price per unit, so that the loss rises in H wherever w > R."
    ),
    note="H w less what raw labour earns, H from 0.25 to 4.",
)
def skills_devalued() -> Any:
    """The loss is greater for workers with more human capital."""
    # What workers of rising human capital lose when the index passes them.
    now = skills.skill_equilibrium(K=4.6, Phi=0.65, Upsilon=0.2)
    H = np.linspace(0.25, 4.0, 16)
    return H * now.skilled_wage - np.minimum(H, 1.0) * now.displaced_wage
