"""Section 2.4 of the paper, first part: Lemma 2, Figures 4 and 5."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from aiecon import korinek_suh as ks
from exhibits.korinek_suh.claims import common
from exhibits.korinek_suh.claims.common import (
    EQUILIBRIUM,
    FACTOR_PRICES,
    PACKAGE,
    mean_off,
    on_region_1,
    prices_exchanged,
    rental_low,
    unit,
    wage_high,
)
from exhibits.ledger import Claim, Course, Exact, Planted, Sign, scale

FRONTIER = f"{PACKAGE}.statics.factor_prices:factor_price_frontier"
HIGHEST = f"{PACKAGE}.statics.factor_prices:maximal_wage"
COST = f"{PACKAGE}.statics.factor_prices:unit_cost"

claim = partial(common.claim, chapter=FACTOR_PRICES, anchor="lem-ks-fp-frontier")

_R = np.linspace(0, 1, 13)
_PHI = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
_SIGMA = np.array([0.2, 0.5, 0.8])


def _exchanged(R: Any, Phi: Any, params: ks.Parameters) -> Any:
    h = 1 - params.sigma
    return ((1 - (1 - Phi) * R**h) / Phi) ** (1 / h)


_shares_exchanged = Planted(FRONTIER, instead=_exchanged, says="Φ and 1−Φ exchanged")
_frontier_high = Planted(FRONTIER, scale(1.05), "the frontier 5% too high")


def _at_huge_capital(field: str) -> np.ndarray:
    """A price at K/L = 10³⁰⁰, a row for each σ."""
    return np.array([getattr(ks.equilibrium(1e300, _PHI, unit(s)), field) for s in _SIGMA])


def _on_frontier() -> np.ndarray:
    """The frontier's wage at the equilibrium's rental rate, over the equilibrium's wage."""
    found = []
    for K, s in common.ECONOMIES:
        Phi = on_region_1(K)[1:-1]
        now = ks.equilibrium(K, Phi, unit(s))
        found.append(ks.factor_price_frontier(now.rental_rate, Phi, unit(s, A=1.0)) / now.wage)
    return np.array(found)


def _costs() -> np.ndarray:
    found = []
    for K, s in common.ECONOMIES:
        Phi = on_region_1(K)[1:]
        now = ks.equilibrium(K, Phi, unit(s))
        found.append(ks.unit_cost(now.wage, now.rental_rate, Phi, unit(s)))
    return np.array(found)


def _prices_by_capital() -> np.ndarray:
    """w, and −R, at rising K: up and to the left."""
    rows = []
    for Phi in _PHI[::2]:
        K = Phi / (1 - Phi) * np.geomspace(1, 100, 21)
        now = ks.equilibrium(K, Phi, unit(0.5))
        rows += [now.wage, -now.rental_rate]
    return np.array(rows)


def _prices_by_productivity() -> np.ndarray:
    """Prices at A = 2 over those at A = 1."""
    ratios = []
    for K, s in common.ECONOMIES:
        Phi = on_region_1(K)[1:]
        one, two = (ks.equilibrium(K, Phi, unit(s, A)) for A in (1.0, 2.0))
        ratios.append([two.wage / one.wage, two.rental_rate / one.rental_rate])
    return np.array(ratios)


def _angles() -> np.ndarray:
    """Direction from (A, A) to the frontier's point at each R, as Φ rises along each row."""
    R = _R[:-1:2, None]
    rows = [np.arctan2(ks.factor_price_frontier(R, _PHI, unit(s)) - 1, R - 1) for s in (0.2, 0.8)]
    return np.concatenate(rows)


def _interval() -> np.ndarray:
    """How far the wage lies above A and below w*, for little and much capital."""
    K = np.geomspace(0.01, 1e12, 30)[:, None]
    wage, highest = ks.equilibrium(K, _PHI, unit(0.5)).wage, ks.maximal_wage(_PHI, unit(0.5))
    return np.stack([wage - 1, highest - wage])


_CHEAP_LABOR = np.array([0.4, 0.7, 1.0])  # wages at R = A = 1, at which I ≥ Î is optimal

CLAIMS: tuple[Claim, ...] = (
    claim(
        id="ks.lemma2.slope",
        source="Lemma 2",
        page=12,
        statement="The factor price frontier slopes downwards.",
        reported=Course("falls"),
        compute=lambda: np.array(
            [ks.factor_price_frontier(_R, Phi, unit(s)) for Phi in _PHI[::2] for s in _SIGMA]
        ),
        function=FRONTIER,
        planted=(Planted(FRONTIER, lambda w: np.flip(w, -1), "R taken for A − R"),),
    ),
    claim(
        id="ks.lemma2.frontier",
        source="Lemma 2, (9)",
        page=13,
        statement="The prices of every equilibrium in region 1 lie on the frontier (9).",
        reported=Exact("on the frontier", 1),
        compute=_on_frontier,
        function=FRONTIER,
        planted=(_frontier_high, wage_high, rental_low),
        show=".10f",
        note="The frontier's wage over the equilibrium's, which are computed by different routes.",
    ),
    claim(
        id="ks.lemma2.unit-cost",
        source="Lemma 2, proof",
        page=13,
        statement="A unit of output costs one at the prices of an equilibrium.",
        reported=Exact("C(w, R) = 1", 1),
        compute=_costs,
        function=COST,
        anchor="lem-ks-fp-cost",
        planted=(Planted(COST, scale(1.05), "unit cost 5% too high"), wage_high),
        show=".10f",
    ),
    claim(
        id="ks.lemma2.unit-cost-region-2",
        source="Lemma 2, proof",
        page=13,
        statement="Where I ≥ Î the unit cost is min{w, R}/A.",
        reported=Exact("min{w, R}/A", _CHEAP_LABOR),
        compute=lambda: ks.unit_cost(_CHEAP_LABOR, 1.0, 0.8, unit(0.5)),
        function=COST,
        anchor="rem-ks-fp-cost-2",
        planted=(
            Planted(
                COST,
                instead=lambda w, R, Phi, params: (
                    (Phi * R ** (1 - params.sigma) + (1 - Phi) * w ** (1 - params.sigma))
                    ** (1 / (1 - params.sigma))
                ),
                says="capital in all automated tasks, however cheap labour is",
            ),
            Planted(COST, scale(1.05), "unit cost 5% too high"),
        ),
        show=".3f",
        note="R = A = 1, w = 0.4, 0.7, 1, Φ = 0.8, σ = 0.5. We read the condition as one on the "
        "K/L that is cheapest at these prices. Where w > R that K/L exceeds κ, so that I < Î.",
    ),
    claim(
        id="ks.lemma2.highest-wage",
        source="Lemma 2, (10)",
        page=13,
        statement="As K/L → ∞ the wage tends to w* = A(1−Φ)^(1/(σ−1)).",
        reported=Exact("A(1−Φ)^(1/(σ−1))", (1 - _PHI) ** (1 / (_SIGMA[:, None] - 1))),
        compute=lambda: _at_huge_capital("wage"),
        function=EQUILIBRIUM,
        planted=(mean_off, wage_high),
        note="The equilibrium at K/L = 10³⁰⁰, for Φ from 0.1 to 0.9 and σ = 0.2, 0.5, 0.8.",
    ),
    claim(
        id="ks.lemma2.lowest-rental",
        source="Lemma 2, (10)",
        page=13,
        statement="As K/L → ∞ the rental rate tends to zero.",
        reported=Exact("zero", 0),
        compute=lambda: _at_huge_capital("rental_rate"),
        function=EQUILIBRIUM,
        planted=(prices_exchanged,),
        note="At K/L = 10³⁰⁰.",
    ),
    claim(
        id="ks.lemma2.lower-end",
        source="Lemma 2",
        page=12,
        statement="The frontier ends at w = R = A.",
        reported=Exact("w = R = A", 0.7),
        compute=lambda: ks.factor_price_frontier(0.7, _PHI, unit(0.4, A=0.7)),
        function=FRONTIER,
        planted=(_frontier_high,),
        note="With A = 0.7.",
    ),
    claim(
        id="ks.lemma2.productivity",
        source="Lemma 2, Figure 4 (right)",
        page=13,
        statement="A higher A raises both prices in proportion, whatever K/L is.",
        reported=Exact("in proportion", 2),
        compute=_prices_by_productivity,
        function=EQUILIBRIUM,
        anchor="fig-ks-fp-frontier",
        planted=(
            Planted(f"{PACKAGE}.parameters:Parameters.A", lambda A: A + 0.05, "A 0.05 too high"),
        ),
        show=".10f",
        note="Prices at A = 2 over those at A = 1.",
    ),
    claim(
        id="ks.lemma2.capital-intensity",
        source="Section 2.4, Figure 4 (left)",
        page=13,
        statement="A higher K/L raises the wage and lowers the rental rate.",
        reported=Course("rises", text="up and to the left"),
        compute=_prices_by_capital,
        function=EQUILIBRIUM,
        anchor="fig-ks-fp-frontier",
        planted=(prices_exchanged,),
        note="w and −R.",
    ),
    claim(
        id="ks.lemma2.highest-wage-rises",
        source="Lemma 2",
        page=12,
        statement="Automation raises the highest wage w*.",
        reported=Course("rises"),
        compute=lambda: np.array(
            [ks.maximal_wage(np.linspace(0, 0.99, 34), unit(s)) for s in (0.2, 0.5, 0.8)]
        ),
        function=HIGHEST,
        planted=(Planted(HIGHEST, lambda w: 1 / w, "the exponent's sign wrong"),),
    ),
    claim(
        id="ks.lemma2.clockwise",
        source="Lemma 2, Figure 5",
        page=12,
        statement="Automation turns the frontier clockwise.",
        reported=Course("falls", text="clockwise: the angle falls"),
        compute=_angles,
        function=FRONTIER,
        planted=(_shares_exchanged,),
        show=".2f",
        note="The pivot, which the paper does not name, is (A, A); angles are taken from there.",
    ),
    claim(
        id="ks.fig5.wage-at-given-return",
        source="Section 2.4, Figure 5",
        page=15,
        statement="Automation raises the wage that goes with a given return on capital.",
        reported=Course("rises"),
        compute=lambda: ks.factor_price_frontier(_R[:-1, None], _PHI, unit(0.5)),
        function=FRONTIER,
        anchor="fig-ks-fp-path",
        planted=(_shares_exchanged,),
    ),
    claim(
        id="ks.lemma2.collapse",
        source="Section 1",
        page=4,
        statement="The highest wage grows with automation until all tasks are automated: there the "
        "frontier collapses to a single point.",
        reported=Course("rises", "falls", text="grows, then collapses"),
        compute=lambda: ks.maximal_wage(np.array([0.5, 0.9, 0.99, 0.9999, 1.0]), unit(0.5)),
        function=HIGHEST,
        planted=(Planted(HIGHEST, lambda w: np.maximum.accumulate(w), "no collapse at Φ = 1"),),
        show=".3g",
        note="At Φ = 1 the wage is A; just before, there is no bound.",
    ),
    claim(
        id="ks.lemma2.wage-interval",
        source="Section 1",
        page=4,
        statement="At a given state of automation wages lie in a bounded interval, [A, w*].",
        reported=Sign("≥0", "between A and w*"),
        compute=_interval,
        function=EQUILIBRIUM,
        planted=(wage_high, common.wage_low),
        note="w − A and w* − w for K/L from 0.01 to 10¹².",
    ),
)
