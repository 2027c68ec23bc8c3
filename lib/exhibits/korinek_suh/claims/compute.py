"""Section 4.5 and appendix A.2: compute as specific capital."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import numpy as np
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.extensions import compute, compute_transition
from exhibits.korinek_suh.claims import common
from exhibits.korinek_suh.claims.common import PACKAGE
from exhibits.ledger import (
    ByConstruction,
    Claim,
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

CHAPTER = "korinek_suh/compute"
STATIC = f"{PACKAGE}.extensions.compute:specific_capital"
THRESHOLDS = f"{PACKAGE}.extensions.compute:compute_thresholds"
TRANSITION = f"{PACKAGE}.extensions.compute_transition:solve_compute_transition"
PATH = f"{PACKAGE}.extensions.compute_transition:ComputeTransition"

claim = partial(common.claim, chapter=CHAPTER, page=36, function=STATIC, anchor="prp-ks-compute-13")

#: K, Φ₋, Δ, σ: economies in which k₁ < k₂.
ECONOMIES = (
    (4.6, 0.608, 0.1, 0.5),
    (4.6, 0.608, 0.2, 0.5),
    (2.0, 0.3, 0.3, 0.2),
    (9.0, 0.7, 0.1, 0.8),
)
_INSIDE = np.linspace(0.02, 0.98, 25)


def _stage(stage: int) -> list[compute.SpecificEquilibrium]:
    """The equilibrium along a stage of the accumulation of compute, in each economy."""
    rows = []
    for K, Phi, Delta, sigma in ECONOMIES:
        p = ks.Parameters(sigma=sigma)
        found = compute.compute_thresholds(K, Phi, Delta, p)
        ends = ((0.0, found.first), (found.first, found.second), (found.second, 4 * found.second))
        low, high = ends[stage - 1]
        k = low + _INSIDE * (high - low)
        rows.append(compute.specific_capital(K, k * Delta, Phi, Delta, p))
    return rows


def _course(stage: int, field: str) -> np.ndarray:
    return np.array([getattr(row, field) for row in _stage(stage)])


def _printed_low() -> np.ndarray:
    """Output below k₁ over the printed function of K and K_I + L."""
    rows = []
    for (K, Phi, Delta, sigma), now in zip(ECONOMIES, _stage(1), strict=True):
        e, A = (sigma - 1) / sigma, ks.Parameters().A
        found = compute.compute_thresholds(K, Phi, Delta)
        K_I = _INSIDE * found.first * Delta
        both = K**e * Phi ** (1 / sigma) + (K_I + 1) ** e * (1 - Phi) ** (1 / sigma)
        rows.append(now.output / (A * both ** (1 / e)))
    return np.array(rows)


def _printed_middle() -> np.ndarray:
    """Output between the thresholds over the printed function of three factors."""
    rows = []
    for (K, Phi, Delta, sigma), now in zip(ECONOMIES, _stage(2), strict=True):
        e, A = (sigma - 1) / sigma, ks.Parameters().A
        found = compute.compute_thresholds(K, Phi, Delta)
        K_I = (found.first + _INSIDE * (found.second - found.first)) * Delta
        three = K**e * Phi ** (1 / sigma) + K_I**e * Delta ** (1 / sigma)
        three = three + (1 - Phi - Delta) ** (1 / sigma)
        rows.append(now.output / (A * three ** (1 / e)))
    return np.array(rows)


def _printed_high() -> np.ndarray:
    """Output above k₂ over that of the baseline with K + K_I and Φ."""
    rows = []
    for (K, Phi, Delta, sigma), now in zip(ECONOMIES, _stage(3), strict=True):
        found = compute.compute_thresholds(K, Phi, Delta)
        K_I = (1 + 3 * _INSIDE) * found.second * Delta
        base = ks.equilibrium(K + K_I, Phi + Delta, ks.Parameters(sigma=sigma))
        rows.append(now.output / base.output)
    return np.array(rows)


def _exhausted() -> np.ndarray:
    """w L + R K + R_I K_I over Y in all three stages."""
    return np.array(
        [
            row.labor_share + row.capital_share + row.compute_share
            for s in (1, 2, 3)
            for row in _stage(s)
        ]
    )


def _gap(stage: int, a: str, b: str) -> np.ndarray:
    return _course(stage, a) - _course(stage, b)


def _order() -> np.ndarray:
    """k₂ − k₁ for bouts of rising size in an economy with scarce labour, K/L > κ(Φ₋)."""
    found = compute.compute_thresholds(4.6, 0.608, np.array([0.27, 0.3, 0.35]))
    return np.asarray(found.second - found.first)


@lru_cache(maxsize=16)
def _bout(Delta: float, **other: Any) -> compute_transition.ComputeTransition:
    p = ks.Parameters(**other)
    return compute_transition.solve_compute_transition(Delta, params=p, tol=1e-6)


def _premium() -> np.ndarray:
    """R_I/R from the bout to three times the date at which they meet."""
    path = _bout(0.1)
    t = np.linspace(0.0, 3.0, 31) * path.second_date * (1 + 1e-9)
    return np.asarray(path.compute_rental(t) / path.rental_rate(t))


def _slow_saver() -> float:
    """The η from which the adjustment takes five years, with δ = 0.03 and Δ = 0.2."""
    return float(
        brentq(lambda eta: _bout(0.2, delta=0.03, eta=eta).second_date - 5.0, 2.0, 40.0, xtol=1e-3)
    )


_IN_ORDER = "Four economies in which k₁ < k₂."
wage_off = Planted(STATIC, lambda e: replace(e, wage=1 / e.wage), "the wage inverted")
rental_off = Planted(STATIC, lambda e: replace(e, rental_rate=1 / e.rental_rate), "R inverted")
output_off = Planted(STATIC, scale(1.01, "output"), "output 1% too high")

CLAIMS: tuple[Claim, ...] = (
    claim(
        id="ks.compute.start",
        source="Section 4.5, Figure 12",
        statement="Before there is compute R is low compared with what a unit of it would earn.",
        reported=Sign(">0", "comparatively low"),
        compute=lambda: np.array(
            [
                (now := compute.specific_capital(K, 0.0, Phi, D, ks.Parameters(sigma=s))).wage
                - now.rental_rate
                for K, Phi, D, s in ECONOMIES
            ]
        ),
        anchor="fig-ks-compute-12",
        planted=(Planted(STATIC, lambda e: replace(e, wage=e.rental_rate / 2), "a wage below R"),),
        show=".2f",
        note="w − R at K_I = 0, where compute would earn w; four economies.",
    ),
    claim(
        id="ks.compute.substitutes",
        source="Section 4.5, Figure 12",
        statement="Below k₁ compute and labour earn the same.",
        reported=Exact("R_I = w", 0.0),
        compute=lambda: _gap(1, "compute_rental", "wage"),
        planted=(Planted(STATIC, scale(1.01, "compute_rental"), "R_I 1% too high"),),
        note=_IN_ORDER,
    ),
    claim(
        id="ks.compute.wage-falls",
        source="Proposition 13 (i)",
        statement="Below k₁ the wage falls as compute is accumulated.",
        reported=Course("falls"),
        compute=lambda: _course(1, "wage"),
        planted=(wage_off,),
        note=_IN_ORDER,
    ),
    claim(
        id="ks.compute.rental-rises",
        source="Proposition 13 (i)",
        statement="Below k₁ the return on traditional capital rises.",
        reported=Course("rises"),
        compute=lambda: _course(1, "rental_rate"),
        planted=(rental_off,),
        note=_IN_ORDER,
    ),
    claim(
        id="ks.compute.all-into-compute",
        source="Section 4.5",
        statement="Up to k₂ all investment goes into compute: it earns more.",
        reported=Sign(">0", "R_I > R"),
        compute=lambda: np.array(
            [_gap(1, "compute_rental", "rental_rate"), _gap(2, "compute_rental", "rental_rate")]
        ),
        planted=(
            Planted(
                STATIC,
                lambda e: replace(e, compute_rental=e.rental_rate, rental_rate=e.compute_rental),
                "the returns exchanged",
            ),
        ),
        show=".2g",
    ),
    claim(
        id="ks.compute.wage-rises",
        source="Proposition 13 (ii)",
        statement="Between k₁ and k₂ the wage rises.",
        reported=Course("rises"),
        compute=lambda: _course(2, "wage"),
        planted=(wage_off,),
        note=_IN_ORDER,
    ),
    claim(
        id="ks.compute.rental-rises-still",
        source="Proposition 13 (ii)",
        statement="Between k₁ and k₂ the return on traditional capital rises too.",
        reported=Course("rises"),
        compute=lambda: _course(2, "rental_rate"),
        planted=(rental_off,),
        note=_IN_ORDER,
    ),
    claim(
        id="ks.compute.premium-falls",
        source="Section 4.5, Figure 12",
        statement="Between k₁ and k₂ the return on compute, and only that, falls.",
        reported=Course("falls"),
        compute=lambda: _course(2, "compute_rental"),
        planted=(
            Planted(
                STATIC, lambda e: replace(e, compute_rental=1 / e.compute_rental), "R_I inverted"
            ),
        ),
        note=_IN_ORDER,
    ),
    claim(
        id="ks.compute.equal-returns",
        source="Proposition 13 (iii)",
        statement="Above k₂ compute earns what other capital earns: it is built alongside.",
        reported=Exact("R_I = R", 0.0),
        compute=lambda: _gap(3, "compute_rental", "rental_rate"),
        planted=(Planted(STATIC, scale(1.01, "compute_rental"), "R_I 1% too high"),),
        note=_IN_ORDER,
    ),
    claim(
        id="ks.compute.wage-rises-for-good",
        source="Proposition 13 (iii)",
        statement="Above k₂ the wage rises with capital.",
        reported=Course("rises"),
        compute=lambda: _course(3, "wage"),
        planted=(wage_off,),
        note=_IN_ORDER,
    ),
    claim(
        id="ks.compute.return-falls",
        source="Section 4.5, Figure 12",
        statement="Above k₂ the return on capital falls.",
        reported=Course("falls"),
        compute=lambda: _course(3, "rental_rate"),
        planted=(rental_off,),
        note=_IN_ORDER,
    ),
    claim(
        id="ks.compute.order",
        source="Proposition 13",
        statement="The thresholds lie in the order k₂ > k₁.",
        reported=Sign(">0", "k₂ > k₁"),
        compute=_order,
        function=THRESHOLDS,
        anchor="rem-ks-compute-order",
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
    ),
    claim(
        id="ks.compute.output-low",
        source="Appendix A.2",
        page=45,
        statement="Below k₁ output is a CES function of K and K_I + L with Φ(I₋).",
        reported=Exact("the printed function", 1.0),
        compute=_printed_low,
        planted=(output_off,),
        show=".10f",
        note="Our output over the printed one.",
    ),
    claim(
        id="ks.compute.output-middle",
        source="Appendix A.2",
        page=44,
        statement="Between the thresholds it is a CES function of K, K_I and L.",
        reported=Exact("the printed function", 1.0),
        compute=_printed_middle,
        planted=(output_off,),
        show=".10f",
        note="Our output over the printed one.",
    ),
    claim(
        id="ks.compute.output-high",
        source="Appendix A.2",
        page=45,
        statement="Above k₂ it is that of the baseline with K + K_I and Φ(I).",
        reported=Exact("the printed function", 1.0),
        compute=_printed_high,
        planted=(output_off,),
        show=".10f",
        note="Our output over that of the baseline model.",
    ),
    claim(
        id="ks.compute.exhausted",
        source="Appendix A.2 (implied)",
        page=44,
        statement="The three factors' incomes exhaust output.",
        reported=Exact("one", 1.0),
        compute=_exhausted,
        anchor="lem-ks-compute-filling",
        planted=(Planted(STATIC, scale(1.01, "compute_share"), "compute's share 1% too high"),),
        finding=ByConstruction("Euler's theorem: constant returns to the three factors."),
        show=".10f",
    ),
    claim(
        id="ks.compute.high-returns",
        source="Sections 1 and 4.5",
        statement="In the short term compute earns very high returns.",
        reported=Shape("very high", lambda ratio: bool((ratio >= 2).all())),
        compute=lambda: _bout(0.1).compute_rental(0.0) / _bout(0.1).rental_rate(0.0),
        function=TRANSITION,
        anchor="fig-ks-compute-time",
        planted=(Planted(f"{PATH}.compute_rental", scale(0.1), "R_I a tenth of what it is"),),
        show=".1f",
        note="R_I/R on the day of a bout of a tenth, Table 2. Twice other capital's is our bound.",
    ),
    claim(
        id="ks.compute.dissipates",
        source="Section 4.5",
        statement="Accumulation dissipates the excess return in the end.",
        reported=Shape(
            "dissipates",
            lambda x: bool(x[0] > 1 and (np.diff(x) < 1e-9).all() and abs(x[-1] - 1) < 1e-9),
        ),
        compute=_premium,
        function=TRANSITION,
        anchor="fig-ks-compute-time",
        planted=(Planted(f"{PATH}.compute_rental", scale(1.05), "R_I 5% too high"),),
        show=".2f",
        note="R_I/R over three times the years it takes, Δ = 0.1: it falls to one and stays.",
    ),
    claim(
        id="ks.compute.may-last",
        source="Section 1",
        page=5,
        statement="The adjustment of compute may last long.",
        reported=Shape("long", lambda years: bool((years >= 5).all())),
        compute=lambda: np.array(
            [_bout(0.2, delta=0.03, eta=eta).second_date for eta in (10.0, 20.0)]
        ),
        function=TRANSITION,
        anchor="fig-ks-compute-dates",
        planted=(Planted(f"{PATH}.second_date", scale(0.2), "the date five times too early"),),
        finding=NotIdentified(
            "The size of the bout and the economy that it meets are not in the text",
            required=_slow_saver,
            otherwise=lambda: _bout(0.2).second_date,
            says="saving hardly reacts and capital lasts, η ≥ {:.1f} with δ = 0.03 and Δ = 0.2",
        ),
        show=".1f",
        note=(
            "Years; five is our bound. With Table 2 returns are equal within 1.3 years for every Δ "
            "that the result covers."
        ),
    ),
)
