"""Section 4.5 and appendix A.2: compute as specific capital."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import numpy as np
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.extensions import compute, compute_transition
from exhibits.korinek_suh.claims import PACKAGE, PAPER
from exhibits.ledger import (
    ByConstruction,
    Course,
    Differs,
    Exact,
    Kind,
    NotIdentified,
    Planted,
    Shape,
    Sign,
    scale,
)

CHAPTER, MODULES = "korinek_suh/compute", f"{PACKAGE}.extensions"
STATIC = f"{MODULES}.compute:specific_capital"
THRESHOLDS = f"{MODULES}.compute:compute_thresholds"
TRANSITION = f"{MODULES}.compute_transition:solve_compute_transition"
PATH = f"{MODULES}.compute_transition:ComputeTransition"

#: K, Φ₋, Δ, σ: economies in which k₁ < k₂.
ECONOMIES = (
    (4.6, 0.608, 0.1, 0.5),
    (4.6, 0.608, 0.2, 0.5),
    (2.0, 0.3, 0.3, 0.2),
    (9.0, 0.7, 0.1, 0.8),
)
_INSIDE = np.linspace(0.02, 0.98, 25)

claim = partial(PAPER.claim, chapter=CHAPTER, page=36, function=STATIC, anchor="prp-ks-compute-13")
in_order = partial(claim, note="Four economies in which k₁ < k₂.")
printed = partial(claim, source="Appendix A.2", show=".10f")
over_time = partial(claim, function=TRANSITION, anchor="fig-ks-compute-time")


def _stage(stage: int) -> Iterator[tuple[Any, np.ndarray, compute.SpecificEquilibrium]]:
    """The economies, compute along a stage of its accumulation, and the equilibria."""
    for K, Phi, Delta, sigma in ECONOMIES:
        p = ks.Parameters(sigma=sigma)
        found = compute.compute_thresholds(K, Phi, Delta, p)
        ends = (0.0, found.first, found.second, 4 * found.second)
        k = ends[stage - 1] + _INSIDE * (ends[stage] - ends[stage - 1])
        now = compute.specific_capital(K, k * Delta, Phi, Delta, p)
        yield (K, Phi, Delta, sigma), k * Delta, now


def _course(stage: int, field: str) -> np.ndarray:
    return np.array([getattr(now, field) for *_, now in _stage(stage)])


def _gap(stage: int, a: str, b: str) -> np.ndarray:
    return _course(stage, a) - _course(stage, b)


def _over(stage: int, bracket: Callable[..., Any]) -> np.ndarray:
    """Output over a printed function A[…]^(1/e), given K, K_I, Φ₋, Δ, σ and e."""
    rows = []
    for (K, Phi, Delta, sigma), K_I, now in _stage(stage):
        e = (sigma - 1) / sigma
        mean = bracket(K, K_I, Phi, Delta, sigma, e) ** (1 / e)
        rows.append(now.output / (ks.Parameters().A * mean))
    return np.array(rows)


@lru_cache(maxsize=16)
def _bout(Delta: float, **other: Any) -> compute_transition.ComputeTransition:
    p = ks.Parameters(**other)
    return compute_transition.solve_compute_transition(Delta, params=p, tol=1e-6)


def _slow_saver() -> float:
    """The η from which the adjustment takes five years, with δ = 0.03 and Δ = 0.2."""
    return float(
        brentq(lambda eta: _bout(0.2, delta=0.03, eta=eta).second_date - 5.0, 2.0, 40.0, xtol=1e-3)
    )


def _inverted(field: str, says: str) -> Planted:
    return Planted(STATIC, lambda e: replace(e, **{field: 1 / getattr(e, field)}), says)


wage_off, rental_off = (
    _inverted("wage", "the wage inverted"),
    _inverted("rental_rate", "R inverted"),
)
output_off = Planted(STATIC, scale(1.01, "output"), "output 1% too high")
compute_off = Planted(STATIC, scale(1.01, "compute_rental"), "R_I 1% too high")


@claim(
    Sign(">0", "comparatively low"),
    source="Section 4.5, Figure 12",
    anchor="fig-ks-compute-12",
    planted=(Planted(STATIC, lambda e: replace(e, wage=e.rental_rate / 2), "a wage below R"),),
    show=".2f",
    note="w − R at K_I = 0, where compute would earn w; four economies.",
)
def compute_start() -> Any:
    """Before there is compute R is low compared with what a unit of it would earn."""
    start = [
        compute.specific_capital(K, 0.0, Phi, Delta, ks.Parameters(sigma=sigma))
        for K, Phi, Delta, sigma in ECONOMIES
    ]
    return np.array([now.wage - now.rental_rate for now in start])


@in_order(
    Exact("R_I = w", 0.0),
    source="Section 4.5, Figure 12",
    planted=(compute_off,),
)
def compute_substitutes() -> Any:
    """Below k₁ compute and labour earn the same."""
    return _gap(1, "compute_rental", "wage")


@in_order(Course("falls"), source="Proposition 13 (i)", planted=(wage_off,))
def compute_wage_falls() -> Any:
    """Below k₁ the wage falls as compute is accumulated."""
    return _course(1, "wage")


@in_order(Course("rises"), source="Proposition 13 (i)", planted=(rental_off,))
def compute_rental_rises() -> Any:
    """Below k₁ the return on traditional capital rises."""
    return _course(1, "rental_rate")


@claim(
    Sign(">0", "R_I > R"),
    source="Section 4.5",
    planted=(
        Planted(
            STATIC,
            lambda e: replace(e, compute_rental=e.rental_rate, rental_rate=e.compute_rental),
            "the returns exchanged",
        ),
    ),
    show=".2g",
)
def compute_all_into_compute() -> Any:
    """Up to k₂ all investment goes into compute: it earns more."""
    return np.array([_gap(stage, "compute_rental", "rental_rate") for stage in (1, 2)])


@in_order(Course("rises"), source="Proposition 13 (ii)", planted=(wage_off,))
def compute_wage_rises() -> Any:
    """Between k₁ and k₂ the wage rises."""
    return _course(2, "wage")


@in_order(Course("rises"), source="Proposition 13 (ii)", planted=(rental_off,))
def compute_rental_rises_still() -> Any:
    """Between k₁ and k₂ the return on traditional capital rises too."""
    return _course(2, "rental_rate")


@in_order(
    Course("falls"),
    source="Section 4.5, Figure 12",
    planted=(_inverted("compute_rental", "R_I inverted"),),
)
def compute_premium_falls() -> Any:
    """Between k₁ and k₂ the return on compute, and only that, falls."""
    return _course(2, "compute_rental")


@in_order(
    Exact("R_I = R", 0.0),
    source="Proposition 13 (iii)",
    planted=(compute_off,),
)
def compute_equal_returns() -> Any:
    """Above k₂ compute earns what other capital earns: it is built alongside."""
    return _gap(3, "compute_rental", "rental_rate")


@in_order(Course("rises"), source="Proposition 13 (iii)", planted=(wage_off,))
def compute_wage_rises_for_good() -> Any:
    """Above k₂ the wage rises with capital."""
    return _course(3, "wage")


@in_order(Course("falls"), source="Section 4.5, Figure 12", planted=(rental_off,))
def compute_return_falls() -> Any:
    """Above k₂ the return on capital falls."""
    return _course(3, "rental_rate")


@claim(
    Sign(">0", "k₂ > k₁"),
    source="Proposition 13",
    anchor="rem-ks-compute-order",
    function=THRESHOLDS,
    planted=(Planted(THRESHOLDS, scale(0.1, "first"), "k₁ a tenth of what it is"),),
    finding=Differs(
        kind=Kind.MISSING_CONDITION,
        quotation="threshold values k1 and k2 > k1",
        assumptions="K/L > Φ₋/(1−Φ₋), so that labour is scarce before the bout; K and L held "
        "constant, as in the paper.",
        readings=(
            "The thresholds of the appendix, L/(1−Φ) and K/Φ₋: they change places, as here.",
            "Any thresholds with the properties (i) to (iii): after a large bout there is no "
            "range in which wage and rental rate both rise, so that none serve.",
            "A small bout: true, and the text bounds Δ nowhere.",
        ),
        because="It needs K/L > Φ₋/(1−Φ₋−Δ). A larger bout leaves so much labour in the new "
        "tasks that all inputs are level before labour has left: w = R = A.",
        instead=Sign("<0", "k₂ < k₁"),
        proof=f"{CHAPTER}#rem-ks-compute-order",
    ),
    show=".2f",
    note="k₂ − k₁ in Table 2's economy, where labour is scarce, at Δ = 0.27, 0.30, 0.35.",
)
def compute_order() -> Any:
    """The thresholds lie in the order k₂ > k₁."""
    found = compute.compute_thresholds(4.6, 0.608, np.array([0.27, 0.3, 0.35]))
    return np.asarray(found.second - found.first)


@printed(
    Exact("the printed function", 1.0),
    page=45,
    planted=(output_off,),
    note="Our output over the printed one.",
)
def compute_output_low() -> Any:
    """Below k₁ output is a CES function of K and K_I + L with Φ(I₋)."""
    return _over(
        1,
        lambda K, K_I, Phi, Delta, sigma, e: (
            K**e * Phi ** (1 / sigma) + (K_I + 1) ** e * (1 - Phi) ** (1 / sigma)
        ),
    )


@printed(
    Exact("the printed function", 1.0),
    page=44,
    planted=(output_off,),
    note="Our output over the printed one.",
)
def compute_output_middle() -> Any:
    """Between the thresholds it is a CES function of K, K_I and L."""
    return _over(
        2,
        lambda K, K_I, Phi, Delta, sigma, e: (
            K**e * Phi ** (1 / sigma)
            + K_I**e * Delta ** (1 / sigma)
            + (1 - Phi - Delta) ** (1 / sigma)
        ),
    )


@printed(
    Exact("the printed function", 1.0),
    page=45,
    planted=(output_off,),
    note="Our output over that of the baseline model.",
)
def compute_output_high() -> Any:
    """Above k₂ it is that of the baseline with K + K_I and Φ(I)."""
    rows = []
    for (K, Phi, Delta, sigma), K_I, now in _stage(3):
        base = ks.equilibrium(K + K_I, Phi + Delta, ks.Parameters(sigma=sigma))
        rows.append(now.output / base.output)
    return np.array(rows)


@printed(
    Exact("one", 1.0),
    source="Appendix A.2 (implied)",
    page=44,
    anchor="lem-ks-compute-filling",
    planted=(Planted(STATIC, scale(1.01, "compute_share"), "compute's share 1% too high"),),
    finding=ByConstruction("Euler's theorem: constant returns to the three factors."),
)
def compute_exhausted() -> Any:
    """The three factors' incomes exhaust output."""
    names = ("labor_share", "capital_share", "compute_share")
    return np.concatenate([sum(_course(stage, name) for name in names) for stage in (1, 2, 3)])


@over_time(
    Shape("very high", lambda ratio: bool((ratio >= 2).all())),
    source="Sections 1 and 4.5",
    planted=(Planted(f"{PATH}.compute_rental", scale(0.1), "R_I a tenth of what it is"),),
    show=".1f",
    note="R_I/R on the day of a bout of a tenth, Table 2. Twice other capital's is our bound.",
)
def compute_high_returns() -> Any:
    """In the short term compute earns very high returns."""
    return _bout(0.1).compute_rental(0.0) / _bout(0.1).rental_rate(0.0)


@over_time(
    Shape(
        "dissipates",
        lambda x: bool(x[0] > 1 and (np.diff(x) < 1e-9).all() and abs(x[-1] - 1) < 1e-9),
    ),
    source="Section 4.5",
    planted=(Planted(f"{PATH}.compute_rental", scale(1.05), "R_I 5% too high"),),
    show=".2f",
    note="R_I/R over three times the years it takes, Δ = 0.1: it falls to one and stays.",
)
def compute_dissipates() -> Any:
    """Accumulation dissipates the excess return in the end."""
    path = _bout(0.1)
    t = np.linspace(0.0, 3.0, 31) * path.second_date * (1 + 1e-9)
    return np.asarray(path.compute_rental(t) / path.rental_rate(t))


@over_time(
    Shape("long", lambda years: bool((years >= 5).all())),
    source="Section 1",
    page=5,
    anchor="fig-ks-compute-dates",
    planted=(Planted(f"{PATH}.second_date", scale(0.2), "the date five times too early"),),
    finding=NotIdentified(
        "The size of the bout and the economy that it meets are not in the text",
        required=_slow_saver,
        otherwise=lambda: _bout(0.2).second_date,
        says="saving hardly reacts and capital lasts, η ≥ {:.1f} with δ = 0.03 and Δ = 0.2",
    ),
    show=".1f",
    note="Years; five is our bound. With Table 2 returns are equal within 1.3 years for every Δ "
    "that the result covers.",
)
def compute_may_last() -> Any:
    """The adjustment of compute may last long."""
    return np.array([_bout(0.2, delta=0.03, eta=eta).second_date for eta in (10.0, 20.0)])
