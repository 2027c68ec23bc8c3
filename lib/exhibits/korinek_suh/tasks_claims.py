"""Sections 1 to 2.3 of the paper: distributions of tasks, Lemma 1, Figures 1 and 3."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from scipy import stats

from aiecon import korinek_suh as ks
from exhibits.korinek_suh.claims import (
    ECONOMIES,
    EQUILIBRIUM,
    PACKAGE,
    PAPER,
    TASKS,
    border_off,
    border_share,
    labor_off,
    mean_off,
    on_region_1,
    output_high,
    printed_output,
    printed_rental,
    printed_wage,
    rental_high,
    sigma_off,
    unit,
    wage_high,
)
from exhibits.ledger import ByConstruction, Course, Exact, OfTheBook, Planted, Sign, scale, shift

claim = partial(PAPER.claim, chapter=TASKS, function=EQUILIBRIUM)

_K = np.array([0.1, 0.5, 1.0, 3.0, 10.0])

_PHI = np.array([0.1, 0.3, 0.5, 0.7, 0.9])

_LEMMA = "lem-ks-tasks-scarcity"


def _turn(beyond: Callable[[np.ndarray], np.ndarray], low: float, high: float) -> np.ndarray:
    """Where ``beyond`` becomes true, for each of the five economies, by bisection."""
    below, above = np.full(5, low), np.full(5, high)
    for _ in range(60):
        middle = (below + above) / 2
        there = beyond(middle)
        below, above = np.where(there, below, middle), np.where(there, middle, above)
    return (below + above) / 2


def _planner_gain(K: np.ndarray, Phi: np.ndarray, sigma: float) -> np.ndarray:
    """∂log Y/∂x at x = 0 from (1): what labour adds that moves into automated tasks, for L = 1."""
    e, logs = (sigma - 1) / sigma, []
    for x in (1e-6, -1e-6):
        k, ell = (K + x) / Phi, (1 - x) / (1 - Phi)
        logs.append(
            np.logaddexp(np.log(Phi) + e * np.log(k), np.log(1 - Phi) + e * np.log(ell)) / e
        )
    return logs[0] - logs[1]


_ROOT = "the planner's border is the root of a difference quotient"


def _borders(sigmas: tuple[float, ...]) -> np.ndarray:
    """Φ at the border for each K: the library's, and a planner's who knows no price or region."""

    def planner(sigma: float) -> np.ndarray:
        return _turn(lambda Phi: _planner_gain(_K, Phi, sigma) > 0, 1e-6, 1 - 1e-6)

    return np.array([[border_share(_K, s), planner(s)] for s in sigmas])


def _inside(K: float) -> np.ndarray:
    """Inside region 1, both ends left out."""
    return on_region_1(K)[1:-1]


def _against_printed(field: str, formula) -> np.ndarray:
    """Our result over the printed one, in region 1."""
    return np.array(
        [
            getattr(ks.equilibrium(K, _inside(K), unit(s)), field) / formula(K, _inside(K), s)
            for K, s in ECONOMIES
        ]
    )


def _beyond(K: float) -> np.ndarray:
    """Region 2, from the border to full automation."""
    border = K / (K + 1)
    return border + (1 - border) * np.linspace(1e-12, 1, 9)


def _region_2(*fields: str) -> np.ndarray:
    found = [ks.equilibrium(K, _beyond(K), unit(s, A=0.7)) for K, s in ECONOMIES]
    return np.array([[getattr(e, field) for field in fields] for e in found])


_INDEX = np.exp(np.linspace(0.1, 690, 50))  # up to the largest numbers there are

_swapped = Planted(
    f"{PACKAGE}.statics.tasks:task_inputs",
    lambda i: replace(i, automated=i.unautomated, unautomated=i.automated),
    "the two kinds of tasks exchanged",
)


@claim(
    Sign(">0", "always some tasks left"),
    source="Section 1, Figure 1 (left)",
    page=4,
    anchor="fig-ks-tasks-distributions",
    function=f"{PACKAGE}.statics.tasks:ParetoTasks",
    planted=(
        Planted(
            f"{PACKAGE}.statics.tasks:ParetoTasks._survival",
            lambda s: np.where(s < 1e-3, 0.0, s),
            "the last thousandth of tasks dropped",
        ),
    ),
    finding=ByConstruction("Section 3.1 defines the case so: a Pareto tail ends nowhere."),
    show=".1e",
)
def fig1_unbounded() -> Any:
    """With unbounded complexity some tasks always remain that cannot be automated."""
    return ks.ParetoTasks(decay=0.5).survival(_INDEX)


@claim(
    Exact("no task left", 0),
    source="Section 1, Figure 1 (right)",
    page=4,
    anchor="fig-ks-tasks-distributions",
    function=f"{PACKAGE}.statics.tasks:BoundedTasks",
    planted=(
        Planted(
            f"{PACKAGE}.statics.tasks:BoundedTasks._survival",
            shift(1e-3),
            "a thousandth never ends",
        ),
    ),
    finding=ByConstruction("Section 3.1 defines the case so: Φ is one from I_max on."),
)
def fig1_bounded() -> Any:
    """With bounded complexity the frontier passes the most complex task."""
    return np.array(
        [
            ks.BoundedTasks(log_max=2.0, beta=beta).survival(np.exp([2.0, 2.5, 10.0]))
            for beta in (0.5, 1.0, 3.0)
        ]
    )


@claim(
    Exact("Beta(1, β)", stats.beta(1, 2.5).cdf(np.linspace(0.05, 0.95, 10))),
    source="Section 3.1, footnote 5",
    page=17,
    anchor="fig-ks-tasks-distributions",
    function=f"{PACKAGE}.statics.tasks:BoundedTasks",
    planted=(Planted(f"{PACKAGE}.statics.tasks:BoundedTasks.beta", scale(1.05), "β 5% too high"),),
    show=".3f",
    note="The variable that is beta distributed is log i/log I_max.",
)
def fig1_beta_distribution() -> Any:
    """The bounded distribution is a beta distribution with first parameter one."""
    return ks.BoundedTasks(log_max=3.0, beta=2.5).cdf(np.exp(3.0 * np.linspace(0.05, 0.95, 10)))


@claim(
    Exact("(K/L)/(1 + K/L)", _K / (1 + _K), tolerance=1e-8, because=_ROOT),
    source="Lemma 1, (3)",
    page=10,
    anchor=_LEMMA,
    planted=(border_off, labor_off),
    show=".4f",
    note="K/L from 0.1 to 10: where the region of the equilibrium changes, and where a planner "
    "who knows only (1) begins to employ labour in automated tasks.",
)
def lemma1_threshold() -> Any:
    """Labour stops being scarce at Φ = (K/L)/(1 + K/L)."""
    return _borders((0.2, 0.5, 0.8))


@claim(
    Course("rises"),
    source="Lemma 1",
    page=10,
    anchor=_LEMMA,
    function=f"{PACKAGE}.statics.production:scarcity_threshold",
    planted=(
        Planted(
            f"{PACKAGE}.statics.production:scarcity_threshold",
            lambda share: 1 - share,
            "L/(K+L) for K/(K+L)",
        ),
    ),
)
def lemma1_threshold_rises() -> Any:
    """That threshold rises in K/L."""
    return ks.scarcity_threshold(np.geomspace(1e-3, 1e3, 61))


@claim(
    Exact("Φ/(1−Φ)", _PHI / (1 - _PHI), tolerance=1e-8, because=_ROOT),
    source="Lemma 1, (8)",
    page=10,
    anchor=_LEMMA,
    planted=(border_off, labor_off),
    show=".4f",
    note="Φ from 0.1 to 0.9, found in the same two ways.",
)
def lemma1_capital_threshold() -> Any:
    """At given Φ labour is scarce if and only if K/L exceeds κ = Φ/(1−Φ)."""
    # K/L at the border for each Φ, found in both ways.
    ours = _turn(lambda q: ks.equilibrium(np.exp(q), _PHI, unit(0.5)).region == 1, -10, 10)
    planner = _turn(lambda q: _planner_gain(np.exp(q), _PHI, 0.5) < 0, -10, 10)
    return np.exp([ours, planner])


@claim(
    Exact("no dependence", 1, tolerance=1e-8, because=_ROOT),
    source="Section 2.3",
    page=12,
    anchor=_LEMMA,
    planted=(
        Planted(
            EQUILIBRIUM,
            lambda e: replace(e, region=np.where(e.wage > 1.2 * e.rental_rate, 1, 2)),
            "region 1 only where w > 1.2 R",
        ),
    ),
    show=".8f",
    note="The border at σ = 0.01, 0.2 and 0.9 over that at 0.5, for K from 0.1 to 10, L = 1: "
    "the library's, and a planner's.",
)
def lemma1_threshold_without_sigma() -> Any:
    """The threshold does not depend on σ, however small σ is."""
    return _borders((0.01, 0.2, 0.9)) / _borders((0.5,))


@claim(
    Exact("(4)", 1),
    source="Lemma 1, (4)",
    page=10,
    anchor=_LEMMA,
    planted=(output_high, mean_off, sigma_off),
    show=".10f",
    note="Ours over the printed formula; ours is computed in logarithms of k/ℓ.",
)
def lemma1_region_1_output() -> Any:
    """Output in region 1 is the CES function (4)."""
    return _against_printed("output", printed_output)


@claim(
    Exact("(6) and (7)", 1),
    source="Lemma 1, (6) and (7)",
    page=11,
    anchor=_LEMMA,
    planted=(wage_high, rental_high, sigma_off),
    show=".10f",
    note="Ours over the printed formulas.",
)
def lemma1_region_1_prices() -> Any:
    """Wage and rental rate in region 1 are the marginal products (6) and (7)."""
    return np.stack(
        [_against_printed("rental_rate", printed_rental), _against_printed("wage", printed_wage)]
    )


@claim(
    Sign(">0", "w > R"),
    source="Lemma 1",
    page=10,
    anchor=_LEMMA,
    planted=(Planted(EQUILIBRIUM, scale(0.9, "wage"), "the wage 10% too low"),),
    note="w − R on 23 points of region 1 for twelve economies.",
)
def lemma1_wage_premium() -> Any:
    """In region 1 labour earns more than capital."""
    found = [ks.equilibrium(K, _inside(K), unit(s)) for K, s in ECONOMIES]
    return np.array([e.wage - e.rental_rate for e in found])


@claim(
    Exact("w = R = A", 0.7),
    source="Lemma 1",
    page=10,
    anchor=_LEMMA,
    planted=(wage_high, rental_high),
    show=".10f",
    note="With A = 0.7.",
)
def lemma1_region_2_prices() -> Any:
    """In region 2 both factors earn A."""
    return _region_2("wage", "rental_rate")


@claim(
    Exact("A(K+L)", 1),
    source="Lemma 1, (5)",
    page=10,
    anchor=_LEMMA,
    planted=(output_high, labor_off),
    show=".10f",
    note="Ours over A(K+L).",
)
def lemma1_region_2_output() -> Any:
    """In region 2 output is A(K+L)."""
    return _region_2("output")[:, 0] / [[0.7 * (K + 1)] for K, _ in ECONOMIES]


@claim(
    Exact("no jump", 1, tolerance=1e-6, because="ours are two points 2·10⁻⁹ apart"),
    source="Lemma 1, a corollary",
    page=10,
    anchor=_LEMMA,
    planted=(Planted(f"{PACKAGE}.statics.ces:log_power_mean", shift(0.05), "the CES mean 5% off"),),
    finding=OfTheBook("The paper does not speak of it; it follows from (3) to (7)."),
    show=".8f",
    note="Just before the border over just after it.",
)
def lemma1_continuity() -> Any:
    """Output, wage and rental rate do not jump at the border of the regions."""
    # Output and prices just before the border over those just after it.
    gaps = []
    for K, s in ECONOMIES:
        at = K / (K + 1) + np.array([-1e-9, 1e-9])
        e = ks.equilibrium(K, at, unit(s))
        gaps.append([x[0] / x[1] for x in (e.output, e.wage, e.rental_rate)])
    return np.array(gaps)


@claim(
    Exact("first best", 1),
    source="Section 2.2",
    page=9,
    anchor=_LEMMA,
    planted=(output_high, Planted(EQUILIBRIUM, scale(0.95, "output"), "output 5% too low")),
    show=".10f",
    note="The best of 2,001 allocations of labour, over our output, in 36 economies.",
)
def lemma1_first_best() -> Any:
    """The equilibrium allocation is the first best."""
    # The best of all allocations of labour to automated tasks, over our output.
    moved = np.linspace(0, 1, 2001)[:-1]
    ratios = []
    for K, s in ECONOMIES:
        e = (s - 1) / s
        for Phi in (0.2, 0.6, 0.95):
            exact = max(0.0, 1 - (1 - Phi) * (K + 1))  # equal inputs, if labour suffices
            m = np.append(moved, exact)
            mean = Phi * ((K + m) / Phi) ** e + (1 - Phi) * ((1 - m) / (1 - Phi)) ** e
            ratios.append((mean ** (1 / e)).max() / ks.equilibrium(K, Phi, unit(s)).output)
    return np.array(ratios)


@claim(
    Exact("K + L", 4.0),
    source="Lemma 1, proof",
    page=11,
    anchor="rem-ks-tasks-sum",
    function=f"{PACKAGE}.statics.tasks:task_inputs",
    planted=(
        Planted(f"{PACKAGE}.statics.tasks:task_inputs", scale(1.05, "automated"), "k 5% too high"),
        labor_off,
    ),
    note="K = 3, L = 1, Φ = 0.8, 0.9, 1. Read as an allocation with one factor in each task: "
    "capital alone in a mass K/(K+L) ≤ Φ of tasks, labour in the others.",
)
def lemma1_total_per_task() -> Any:
    """In region 2 k(i) = ℓ(i) = K+L: each task is done K+L times."""
    inputs = ks.task_inputs(3.0, np.array([0.8, 0.9, 1.0]), unit(0.5))
    return np.stack([inputs.automated, inputs.unautomated])


@claim(
    Course("rises", text="ℓ rises, k falls"),
    source="Section 2.3, Figure 3",
    page=12,
    anchor="fig-ks-tasks-inputs",
    function=f"{PACKAGE}.statics.tasks:task_inputs",
    planted=(_swapped,),
    note="ℓ and −k up to the border.",
)
def fig3_task_inputs() -> Any:
    """Automation spreads capital over more tasks and concentrates labour on fewer."""
    # ℓ, and −k, while automation advances.
    rows = []
    for K, _ in ECONOMIES[::3]:
        inputs = ks.task_inputs(K, on_region_1(K)[1:], unit(0.5))
        rows += [inputs.unautomated, -inputs.automated]
    return np.array(rows)
