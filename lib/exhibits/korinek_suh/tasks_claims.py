"""Sections 1 to 2.3 of the paper: distributions of tasks, Lemma 1, Figures 1 and 3."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from scipy.special import betainc

from aiecon import korinek_suh as ks
from exhibits.korinek_suh.claims import (
    ECONOMIES,
    EQUILIBRIUM,
    PACKAGE,
    PAPER,
    border_off,
    border_share,
    each,
    labor_off,
    mean_off,
    on_region_1,
    output_high,
    printed_output,
    printed_rental,
    printed_wage,
    rental_high,
    sigma_off,
    turn,
    unit,
    wage_high,
)
from exhibits.ledger import ByConstruction, Course, Exact, OfTheBook, Planted, Sign, scale, shift

PARETO, BOUNDED = f"{PACKAGE}.statics.tasks:ParetoTasks", f"{PACKAGE}.statics.tasks:BoundedTasks"
SURVIVAL = f"{PACKAGE}.statics.tasks:TaskDistribution.survival"
INPUTS = f"{PACKAGE}.statics.tasks:task_inputs"
THRESHOLD = f"{PACKAGE}.statics.production:scarcity_threshold"
ROOT = "the planner's border is the root of a difference quotient"

claim = partial(PAPER.claim, chapter="korinek_suh/tasks")
in_figure = partial(claim, page=4, anchor="fig-ks-tasks-distributions")
lemma = partial(
    claim, source="Lemma 1", page=10, anchor="lem-ks-tasks-scarcity", function=EQUILIBRIUM
)

_K = np.array([0.1, 0.5, 1.0, 3.0, 10.0])
_PHI = np.array([0.1, 0.3, 0.5, 0.7, 0.9])


# The distributions --------------------------------------------------------------------------------


@in_figure(
    Sign(">0", "always some tasks left"),
    source="Section 1, Figure 1 (left)",
    function=PARETO,
    planted=(
        Planted(
            SURVIVAL,
            lambda s: np.where(s < 1e-3, 0.0, s),
            "the last thousandth of tasks dropped",
        ),
    ),
    finding=ByConstruction("Section 3.1 defines the case so: a Pareto tail ends nowhere."),
    show=".1e",
)
def fig1_unbounded() -> Any:
    """With unbounded complexity some tasks always remain that cannot be automated."""
    up_to_the_largest_number = np.exp(np.linspace(0.1, 690, 50))
    return ks.ParetoTasks(decay=0.5).survival(up_to_the_largest_number)


@in_figure(
    Exact("no task left", 0),
    source="Section 1, Figure 1 (right)",
    function=BOUNDED,
    planted=(Planted(SURVIVAL, shift(1e-3), "a thousandth never ends"),),
    finding=ByConstruction("Section 3.1 defines the case so: Φ is one from I_max on."),
)
def fig1_bounded() -> Any:
    """With bounded complexity the frontier passes the most complex task."""
    passed = np.exp([2.0, 2.5, 10.0])
    worlds = [ks.BoundedTasks(log_max=2.0, beta=beta) for beta in (0.5, 1.0, 3.0)]
    return np.array([tasks.survival(passed) for tasks in worlds])


@in_figure(
    Exact("Beta(1, β)", betainc(1, 2.5, np.linspace(0.05, 0.95, 10))),
    source="Section 3.1, footnote 5",
    page=17,
    function=BOUNDED,
    planted=(Planted(f"{BOUNDED}.beta", scale(1.05), "β 5% too high"),),
    show=".3f",
    note="The variable that is beta distributed is log i/log I_max.",
)
def fig1_beta_distribution() -> Any:
    """The bounded distribution is a beta distribution with first parameter one."""
    return ks.BoundedTasks(log_max=3.0, beta=2.5).cdf(np.exp(3.0 * np.linspace(0.05, 0.95, 10)))


# The border: the library's, and that of a planner who knows no price or region --------------------


def _planner_gain(K: np.ndarray, Phi: np.ndarray, sigma: float) -> np.ndarray:
    """∂log Y/∂x at x = 0 from (1): what labour adds that moves into automated tasks, for L = 1."""
    e, logs = (sigma - 1) / sigma, []
    for x in (1e-6, -1e-6):
        k, ell = (K + x) / Phi, (1 - x) / (1 - Phi)
        logs.append(
            np.logaddexp(np.log(Phi) + e * np.log(k), np.log(1 - Phi) + e * np.log(ell)) / e
        )
    return logs[0] - logs[1]


def _borders(sigmas: tuple[float, ...]) -> np.ndarray:
    """Φ at the border for each K, found in both ways."""

    def planner(sigma: float) -> np.ndarray:
        return turn(lambda Phi: _planner_gain(_K, Phi, sigma) > 0, 1e-6, 1 - 1e-6)

    return np.array([[border_share(_K, s), planner(s)] for s in sigmas])


@lemma(
    Exact("(K/L)/(1 + K/L)", _K / (1 + _K), tolerance=1e-8, because=ROOT),
    source="Lemma 1, (3)",
    planted=(border_off, labor_off),
    show=".4f",
    note="K/L from 0.1 to 10: where the region of the equilibrium changes, and where a planner "
    "who knows only (1) begins to employ labour in automated tasks.",
)
def lemma1_threshold() -> Any:
    """Labour stops being scarce at Φ = (K/L)/(1 + K/L)."""
    return _borders((0.2, 0.5, 0.8))


@lemma(
    Course("rises"),
    function=THRESHOLD,
    planted=(Planted(THRESHOLD, lambda share: 1 - share, "L/(K+L) for K/(K+L)"),),
)
def lemma1_threshold_rises() -> Any:
    """That threshold rises in K/L."""
    return ks.scarcity_threshold(np.geomspace(1e-3, 1e3, 61))


@lemma(
    Exact("Φ/(1−Φ)", _PHI / (1 - _PHI), tolerance=1e-8, because=ROOT),
    source="Lemma 1, (8)",
    planted=(border_off, labor_off),
    show=".4f",
    note="Φ from 0.1 to 0.9, found in the same two ways.",
)
def lemma1_capital_threshold() -> Any:
    """At given Φ labour is scarce if and only if K/L exceeds κ = Φ/(1−Φ)."""
    ours = turn(lambda q: ks.equilibrium(np.exp(q), _PHI, unit(0.5)).region == 1, -10, 10)
    planner = turn(lambda q: _planner_gain(np.exp(q), _PHI, 0.5) < 0, -10, 10)
    return np.exp([ours, planner])


@lemma(
    Exact("no dependence", 1, tolerance=1e-8, because=ROOT),
    source="Section 2.3",
    page=12,
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


# On either side of it -----------------------------------------------------------------------------


def _region_1(K: float, s: float) -> tuple[np.ndarray, ks.Equilibrium]:
    """Φ inside region 1, both ends left out, and the equilibria."""
    Phi = on_region_1(K)[1:-1]
    return Phi, ks.equilibrium(K, Phi, unit(s))


def _against_printed(field: str, formula: Callable[..., Any]) -> np.ndarray:
    """Our result over the printed one, in region 1."""
    found = [(K, s, *_region_1(K, s)) for K, s in ECONOMIES]
    return np.array([getattr(now, field) / formula(K, Phi, s) for K, s, Phi, now in found])


def _region_2(*fields: str) -> np.ndarray:
    """Fields of the equilibrium from the border to full automation, A = 0.7."""
    beyond = np.linspace(1e-12, 1, 9)
    borders = [(K, K / (K + 1), unit(s, A=0.7)) for K, s in ECONOMIES]
    found = [ks.equilibrium(K, at + (1 - at) * beyond, p) for K, at, p in borders]
    return np.array([[getattr(now, field) for field in fields] for now in found])


@lemma(
    Exact("(4)", 1),
    source="Lemma 1, (4)",
    planted=(output_high, mean_off, sigma_off),
    show=".10f",
    note="Ours over the printed formula; ours is computed in logarithms of k/ℓ.",
)
def lemma1_region_1_output() -> Any:
    """Output in region 1 is the CES function (4)."""
    return _against_printed("output", printed_output)


@lemma(
    Exact("(6) and (7)", 1),
    source="Lemma 1, (6) and (7)",
    page=11,
    planted=(wage_high, rental_high, sigma_off),
    show=".10f",
    note="Ours over the printed formulas.",
)
def lemma1_region_1_prices() -> Any:
    """Wage and rental rate in region 1 are the marginal products (6) and (7)."""
    return np.stack(
        [_against_printed("rental_rate", printed_rental), _against_printed("wage", printed_wage)]
    )


@lemma(
    Sign(">0", "w > R"),
    planted=(Planted(EQUILIBRIUM, scale(0.9, "wage"), "the wage 10% too low"),),
    note="w − R on 23 points of region 1 for twelve economies.",
)
def lemma1_wage_premium() -> Any:
    """In region 1 labour earns more than capital."""
    found = [_region_1(K, s)[1] for K, s in ECONOMIES]
    return np.array([now.wage - now.rental_rate for now in found])


@lemma(Exact("w = R = A", 0.7), planted=(wage_high, rental_high), show=".10f", note="With A = 0.7.")
def lemma1_region_2_prices() -> Any:
    """In region 2 both factors earn A."""
    return _region_2("wage", "rental_rate")


@lemma(
    Exact("A(K+L)", 1),
    source="Lemma 1, (5)",
    planted=(output_high, labor_off),
    show=".10f",
    note="Ours over A(K+L).",
)
def lemma1_region_2_output() -> Any:
    """In region 2 output is A(K+L)."""
    return _region_2("output")[:, 0] / [[0.7 * (K + 1)] for K, _ in ECONOMIES]


@lemma(
    Exact("no jump", 1, tolerance=1e-6, because="ours are two points 2·10⁻⁹ apart"),
    source="Lemma 1, a corollary",
    planted=(Planted(f"{PACKAGE}.statics.ces:log_power_mean", shift(0.05), "the CES mean 5% off"),),
    finding=OfTheBook("The paper does not speak of it; it follows from (3) to (7)."),
    show=".8f",
    note="Just before the border over just after it.",
)
@each
def lemma1_continuity(K: float, s: float) -> list[Any]:
    """Output, wage and rental rate do not jump at the border of the regions."""
    e = ks.equilibrium(K, K / (K + 1) + np.array([-1e-9, 1e-9]), unit(s))
    return [x[0] / x[1] for x in (e.output, e.wage, e.rental_rate)]


@lemma(
    Exact("first best", 1),
    source="Section 2.2",
    page=9,
    planted=(output_high, Planted(EQUILIBRIUM, scale(0.95, "output"), "output 5% too low")),
    show=".10f",
    note="The best of 2,001 allocations of labour, over our output, in 36 economies.",
)
def lemma1_first_best() -> Any:
    """The equilibrium allocation is the first best."""
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


@lemma(
    Exact("K + L", 4.0),
    source="Lemma 1, proof",
    page=11,
    anchor="rem-ks-tasks-sum",
    function=INPUTS,
    planted=(Planted(INPUTS, scale(1.05, "automated"), "k 5% too high"), labor_off),
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
    function=INPUTS,
    planted=(
        Planted(
            INPUTS,
            lambda i: replace(i, automated=i.unautomated, unautomated=i.automated),
            "the two kinds of tasks exchanged",
        ),
    ),
    note="ℓ and −k up to the border.",
)
def fig3_task_inputs() -> Any:
    """Automation spreads capital over more tasks and concentrates labour on fewer."""
    found = [ks.task_inputs(K, on_region_1(K)[1:], unit(0.5)) for K, _ in ECONOMIES[::3]]
    return np.concatenate([[inputs.unautomated, -inputs.automated] for inputs in found])
