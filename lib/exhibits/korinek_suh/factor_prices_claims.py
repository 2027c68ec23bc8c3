"""Sections 2.3, 2.5 and 3.1 of the paper: factor prices, automation, what workers earn."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from aiecon import korinek_suh as ks
from exhibits.korinek_suh.claims import (
    ECONOMIES,
    EQUILIBRIUM,
    FACTOR_PRICES,
    PACKAGE,
    PAPER,
    border_off,
    border_share,
    labor_off,
    mean_off,
    on_region_1,
    output_high,
    prices_exchanged,
    printed_gap,
    printed_output,
    rental_high,
    rental_low,
    sigma_off,
    unit,
    wage_high,
    wage_low,
)
from exhibits.ledger import (
    Course,
    Differs,
    Exact,
    Kind,
    Number,
    OfTheBook,
    Planted,
    Range,
    Shape,
    Sign,
    scale,
    shift,
)

FRONTIER = f"{PACKAGE}.statics.factor_prices:factor_price_frontier"

HIGHEST = f"{PACKAGE}.statics.factor_prices:maximal_wage"

COST = f"{PACKAGE}.statics.factor_prices:unit_cost"

claim = partial(PAPER.claim, chapter=FACTOR_PRICES, anchor="lem-ks-fp-frontier")

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


_CHEAP_LABOR = np.array([0.4, 0.7, 1.0])  # wages at R = A = 1, at which I ≥ Î is optimal


@claim(
    Course("falls"),
    source="Lemma 2",
    page=12,
    function=FRONTIER,
    planted=(Planted(FRONTIER, lambda w: np.flip(w, -1), "R taken for A − R"),),
)
def lemma2_slope() -> Any:
    """The factor price frontier slopes downwards."""
    return np.array(
        [ks.factor_price_frontier(_R, Phi, unit(s)) for Phi in _PHI[::2] for s in _SIGMA]
    )


@claim(
    Exact("on the frontier", 1),
    source="Lemma 2, (9)",
    page=13,
    function=FRONTIER,
    planted=(_frontier_high, wage_high, rental_low),
    show=".10f",
    note="The frontier's wage over the equilibrium's, which are computed by different routes.",
)
def lemma2_frontier() -> Any:
    """The prices of every equilibrium in region 1 lie on the frontier (9)."""
    # The frontier's wage at the equilibrium's rental rate, over the equilibrium's wage.
    found = []
    for K, s in ECONOMIES:
        Phi = on_region_1(K)[1:-1]
        now = ks.equilibrium(K, Phi, unit(s))
        found.append(ks.factor_price_frontier(now.rental_rate, Phi, unit(s, A=1.0)) / now.wage)
    return np.array(found)


@claim(
    Exact("C(w, R) = 1", 1),
    source="Lemma 2, proof",
    page=13,
    anchor="lem-ks-fp-cost",
    function=COST,
    planted=(Planted(COST, scale(1.05), "unit cost 5% too high"), wage_high),
    show=".10f",
)
def lemma2_unit_cost() -> Any:
    """A unit of output costs one at the prices of an equilibrium."""
    found = []
    for K, s in ECONOMIES:
        Phi = on_region_1(K)[1:]
        now = ks.equilibrium(K, Phi, unit(s))
        found.append(ks.unit_cost(now.wage, now.rental_rate, Phi, unit(s)))
    return np.array(found)


@claim(
    Exact("min{w, R}/A", _CHEAP_LABOR),
    source="Lemma 2, proof",
    page=13,
    anchor="rem-ks-fp-cost-2",
    function=COST,
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
)
def lemma2_unit_cost_region_2() -> Any:
    """Where I ≥ Î the unit cost is min{w, R}/A."""
    return ks.unit_cost(_CHEAP_LABOR, 1.0, 0.8, unit(0.5))


@claim(
    Exact("A(1−Φ)^(1/(σ−1))", (1 - _PHI) ** (1 / (_SIGMA[:, None] - 1))),
    source="Lemma 2, (10)",
    page=13,
    function=EQUILIBRIUM,
    planted=(mean_off, wage_high),
    note="The equilibrium at K/L = 10³⁰⁰, for Φ from 0.1 to 0.9 and σ = 0.2, 0.5, 0.8.",
)
def lemma2_highest_wage() -> Any:
    """As K/L → ∞ the wage tends to w* = A(1−Φ)^(1/(σ−1))."""
    return _at_huge_capital("wage")


@claim(
    Exact("zero", 0),
    source="Lemma 2, (10)",
    page=13,
    function=EQUILIBRIUM,
    planted=(prices_exchanged,),
    note="At K/L = 10³⁰⁰.",
)
def lemma2_lowest_rental() -> Any:
    """As K/L → ∞ the rental rate tends to zero."""
    return _at_huge_capital("rental_rate")


@claim(
    Exact("w = R = A", 0.7),
    source="Lemma 2",
    page=12,
    function=FRONTIER,
    planted=(_frontier_high,),
    note="With A = 0.7.",
)
def lemma2_lower_end() -> Any:
    """The frontier ends at w = R = A."""
    return ks.factor_price_frontier(0.7, _PHI, unit(0.4, A=0.7))


@claim(
    Exact("in proportion", 2),
    source="Lemma 2, Figure 4 (right)",
    page=13,
    anchor="fig-ks-fp-frontier",
    function=EQUILIBRIUM,
    planted=(Planted(f"{PACKAGE}.parameters:Parameters.A", lambda A: A + 0.05, "A 0.05 too high"),),
    show=".10f",
    note="Prices at A = 2 over those at A = 1.",
)
def lemma2_productivity() -> Any:
    """A higher A raises both prices in proportion, whatever K/L is."""
    # Prices at A = 2 over those at A = 1.
    ratios = []
    for K, s in ECONOMIES:
        Phi = on_region_1(K)[1:]
        one, two = (ks.equilibrium(K, Phi, unit(s, A)) for A in (1.0, 2.0))
        ratios.append([two.wage / one.wage, two.rental_rate / one.rental_rate])
    return np.array(ratios)


@claim(
    Course("rises", text="up and to the left"),
    source="Section 2.4, Figure 4 (left)",
    page=13,
    anchor="fig-ks-fp-frontier",
    function=EQUILIBRIUM,
    planted=(prices_exchanged,),
    note="w and −R.",
)
def lemma2_capital_intensity() -> Any:
    """A higher K/L raises the wage and lowers the rental rate."""
    # w, and −R, at rising K: up and to the left.
    rows = []
    for Phi in _PHI[::2]:
        K = Phi / (1 - Phi) * np.geomspace(1, 100, 21)
        now = ks.equilibrium(K, Phi, unit(0.5))
        rows += [now.wage, -now.rental_rate]
    return np.array(rows)


@claim(
    Course("rises"),
    source="Lemma 2",
    page=12,
    function=HIGHEST,
    planted=(Planted(HIGHEST, lambda w: 1 / w, "the exponent's sign wrong"),),
)
def lemma2_highest_wage_rises() -> Any:
    """Automation raises the highest wage w*."""
    return np.array([ks.maximal_wage(np.linspace(0, 0.99, 34), unit(s)) for s in (0.2, 0.5, 0.8)])


@claim(
    Course("falls", text="clockwise: the angle falls"),
    source="Lemma 2, Figure 5",
    page=12,
    function=FRONTIER,
    planted=(_shares_exchanged,),
    show=".2f",
    note="The pivot, which the paper does not name, is (A, A); angles are taken from there.",
)
def lemma2_clockwise() -> Any:
    """Automation turns the frontier clockwise."""
    # Direction from (A, A) to the frontier's point at each R, as Φ rises along each row.
    R = _R[:-1:2, None]
    rows = [np.arctan2(ks.factor_price_frontier(R, _PHI, unit(s)) - 1, R - 1) for s in (0.2, 0.8)]
    return np.concatenate(rows)


@claim(
    Course("rises"),
    source="Section 2.4, Figure 5",
    page=15,
    anchor="fig-ks-fp-path",
    function=FRONTIER,
    planted=(_shares_exchanged,),
)
def fig5_wage_at_given_return() -> Any:
    """Automation raises the wage that goes with a given return on capital."""
    return ks.factor_price_frontier(_R[:-1, None], _PHI, unit(0.5))


@claim(
    Course("rises", "falls", text="grows, then collapses"),
    source="Section 1",
    page=4,
    function=HIGHEST,
    planted=(Planted(HIGHEST, lambda w: np.maximum.accumulate(w), "no collapse at Φ = 1"),),
    show=".3g",
    note="At Φ = 1 the wage is A; just before, there is no bound.",
)
def lemma2_collapse() -> Any:
    """The highest wage grows with automation until all tasks are automated: there the frontier
    collapses to a single point.
    """
    return ks.maximal_wage(np.array([0.5, 0.9, 0.99, 0.9999, 1.0]), unit(0.5))


@claim(
    Sign("≥0", "between A and w*"),
    source="Section 1",
    page=4,
    function=EQUILIBRIUM,
    planted=(wage_high, wage_low),
    note="w − A and w* − w for K/L from 0.01 to 10¹².",
)
def lemma2_wage_interval() -> Any:
    """At a given state of automation wages lie in a bounded interval, [A, w*]."""
    # How far the wage lies above A and below w*, for little and much capital.
    K = np.geomspace(0.01, 1e12, 30)[:, None]
    wage, highest = ks.equilibrium(K, _PHI, unit(0.5)).wage, ks.maximal_wage(_PHI, unit(0.5))
    return np.stack([wage - 1, highest - wage])


EFFECTS = f"{PACKAGE}.statics.automation:automation_effects"

PEAK = f"{PACKAGE}.statics.automation:wage_peak"

THRESHOLD = f"{PACKAGE}.statics.automation:wage_peak_threshold"

claim = partial(PAPER.claim, chapter=FACTOR_PRICES, function=EQUILIBRIUM, anchor="lem-ks-fp-prices")

_STEP = 1e-5


def _printed(text: str) -> Exact:
    """One: our difference quotient over what is printed."""
    because = "ours is a difference quotient over 2·10⁻⁵, whose error is of second order"
    return Exact(text, 1, tolerance=1e-5, because=because)


def _courses(field: str) -> np.ndarray:
    """A field of the equilibrium from no automation to the border, one row for each economy."""
    return np.array(
        [getattr(ks.equilibrium(K, on_region_1(K, 17), unit(s)), field) for K, s in ECONOMIES[::2]]
    )


def _slope(K: float, Phi: Any, sigma: float, field: str, log: bool = False) -> Any:
    """Central difference over Φ of a field of the equilibrium."""
    up, down = (getattr(ks.equilibrium(K, Phi + h, unit(sigma)), field) for h in (_STEP, -_STEP))
    return (np.log(up / down) if log else up - down) / (2 * _STEP)


def _inside(K: float) -> np.ndarray:
    return np.linspace(0.05, 0.95, 13) * K / (K + 1)


def _spread(values: np.ndarray) -> float:
    return float(values.max() / values.min())


def _first_term(K: float, sigma: float) -> np.ndarray:
    """The productivity effect from Φ = 0 to the border."""
    return ks.automation_effects(K, on_region_1(K), unit(sigma), side="left").productivity


@claim(
    Course("rises"),
    source="Lemma 3; section 2.5",
    page=14,
    anchor="lem-ks-fp-output",
    planted=(
        Planted(
            EQUILIBRIUM,
            lambda e: replace(e, output=e.output * e.labor_share),
            "the wage bill for output",
        ),
    ),
    note="Six economies, K/L from 0.3 to 10 and σ = 0.2, 0.5, 0.8.",
)
def lemma3_region_1() -> Any:
    """Automation raises output in region 1."""
    return _courses("output")[:, :-1]


@claim(
    Exact("unaffected", 1),
    source="Lemma 3",
    page=14,
    anchor="lem-ks-fp-output",
    planted=(
        Planted(f"{PACKAGE}.statics.ces:log_input_ratio", shift(0.5), "the border too far right"),
    ),
    show=".10f",
    note="Highest over lowest output from the border to full automation.",
)
def lemma3_region_2() -> Any:
    """Automation leaves output unaffected in region 2."""
    return np.array(
        [
            _spread(ks.equilibrium(K, np.linspace(K / (K + 1), 1, 21), unit(s)).output)
            for K, s in ECONOMIES
        ]
    )


@claim(
    _printed("the printed derivative"),
    source="Lemma 3, proof",
    page=14,
    anchor="lem-ks-fp-output",
    planted=(output_high, sigma_off),
    show=".6f",
    note="Our difference quotient over the printed derivative.",
)
def lemma3_derivative() -> Any:
    """In region 1 ∂Y/∂Φ is the derivative printed in the proof."""
    # Our difference quotient over Lemma 3's derivative as printed.
    rows = []
    for K, s in ECONOMIES:
        Phi = _inside(K)
        printed = printed_output(K, Phi, s) ** (1 / s) * printed_gap(K, Phi, s) / (s - 1)
        rows.append(_slope(K, Phi, s, "output") / printed)
    return np.array(rows)


@claim(
    Course("rises"),
    source="Lemma 4 (i)",
    page=14,
    planted=(Planted(EQUILIBRIUM, lambda e: replace(e, rental_rate=e.wage), "the wage for R"),),
)
def lemma4_rental_rate() -> Any:
    """Automation raises the rental rate throughout region 1."""
    return _courses("rental_rate")


@claim(
    Course("rises", "falls", text="hump-shaped"),
    source="Lemma 4 (i)",
    page=14,
    planted=(
        Planted(EQUILIBRIUM, lambda e: replace(e, wage=e.output), "output for the wage"),
        Planted(EQUILIBRIUM, lambda e: replace(e, wage=1 / e.wage), "the wage inverted"),
    ),
)
def lemma4_hump() -> Any:
    """The wage first rises and then falls in Φ, with one peak."""
    return _courses("wage")


@claim(
    Sign(">0", "0 < Φ < 1"),
    source="Lemma 4 (i)",
    page=14,
    anchor="prp-ks-fp-peak",
    function=PEAK,
    planted=(Planted(PEAK, shift(-0.5, "Phi"), "the peak 0.5 too low"),),
    note="Φ and 1 − Φ at the peak, K/L from 0.01 to 1000, σ = 0.1, 0.5, 0.9.",
)
def lemma4_peak_inside() -> Any:
    """The wage is highest at a share Φ strictly between 0 and 1."""
    # Φ at the peak and 1 − Φ there.
    found = [ks.wage_peak(np.geomspace(0.01, 1000, 26), unit(s)) for s in (0.1, 0.5, 0.9)]
    return np.array([[peak.Phi, peak.unautomated] for peak in found])


@claim(
    Sign(">0", "rises above κ*, falls below"),
    source="Lemma 4 (i)",
    page=14,
    anchor="prp-ks-fp-peak",
    function=THRESHOLD,
    planted=(Planted(THRESHOLD, scale(1.5), "κ* 50% too high"),),
    note="The paper asserts κ*; ours is the closed form κ[(1+(1−σ)κ)/σ]^(σ/(1−σ)).",
)
def lemma4_peak_threshold() -> Any:
    """The wage rises in Φ just where K/L exceeds a threshold κ*(Φ)."""
    # ∂log w/∂Φ times log[(K/L)/κ*]: positive if the wage rises just where K/L > κ*.
    Phi, rows = np.linspace(0.05, 0.95, 19), []
    for s in (0.2, 0.5, 0.8):
        for K in np.geomspace(0.1, 100, 60):
            scarce = Phi[Phi < 0.999 * K / (K + 1)]
            slope = ks.automation_effects(K, scarce, unit(s)).log_wage
            rows.append(slope * np.log(K / ks.wage_peak_threshold(scarce, unit(s))))
    return np.concatenate(rows)


@claim(
    Sign(">0", "κ* > κ"),
    source="Lemma 4, an addition",
    page=14,
    anchor="prp-ks-fp-peak",
    function=THRESHOLD,
    planted=(Planted(THRESHOLD, scale(0.4), "κ* 60% too low"),),
    finding=OfTheBook("The lemma puts the peak below Φ = 1, not below the border."),
)
def lemma4_peak_threshold_above_border() -> Any:
    """κ*(Φ) exceeds κ(Φ): the wage peaks before labour stops being scarce."""
    return np.array(
        [
            ks.wage_peak_threshold(Phi := np.linspace(0.02, 0.98, 49), unit(s)) - Phi / (1 - Phi)
            for s in (0.1, 0.5, 0.9)
        ]
    )


@claim(
    Exact("R = 0, w = A", np.array([[0.0], [0.7]]) * np.ones(4)),
    source="Lemma 4 (ii)",
    page=14,
    planted=(wage_high, Planted(EQUILIBRIUM, shift(0.05, "rental_rate"), "R 0.05 too high")),
    note="With A = 0.7.",
)
def lemma4_no_automation() -> Any:
    """Without automation R = 0 and w = A."""
    return np.array(
        [
            (
                now := ks.equilibrium(np.array([1e-6, 1.0, 10.0, 1e6]), 0.0, unit(0.5, A=0.7))
            ).rental_rate,
            now.wage,
        ]
    )


@claim(
    Exact("R = w = A", 0.7),
    source="Lemma 4 (ii)",
    page=14,
    planted=(wage_high, rental_high),
    show=".10f",
    note="With A = 0.7. The border is read as in (3): see ks.lemma4.printed-condition.",
)
def lemma4_full_automation() -> Any:
    """Both prices equal A from the border on, and always at Φ = 1."""
    return np.array(
        [
            [(now := ks.equilibrium(K, Phi, unit(s, A=0.7))).wage, now.rental_rate]
            for K, s in ECONOMIES
            for Phi in (K / (K + 1) + 1e-12, 1.0)
        ]
    )


@claim(
    Exact("R = w", 0),
    source="Lemma 4 (ii)",
    page=14,
    planted=(Planted(EQUILIBRIUM, lambda e: replace(e, wage=e.rental_rate), "R for the wage"),),
    finding=Differs(
        kind=Kind.MISPRINT,
        quotation="For Φ(I) ≥ κ/(1 + κ), both equal",
        assumptions="Given K and L, 0 < σ < 1, κ as (8) defines it.",
        readings=(
            "κ = κ(I) = Φ/(1−Φ), as (8) defines it: κ/(1+κ) is Φ itself, so the condition "
            "holds at every Φ, also in region 1, where w > R by Lemma 1.",
            "κ taken at the border Î: κ(Î) = K/L, which makes the condition right, but then "
            "the letter stands for K/L and is no function of I.",
            "k = K/L for κ, as the text above Lemma 3 defines k: right. We take this to be meant.",
        ),
        because="With κ = Φ/(1−Φ) the condition always holds. K/L is meant, as in (3): "
        "Φ ≥ (K/L)/(1 + K/L). Nothing depends on it.",
        instead=Sign(">0", "w > R"),
        proof=f"{FACTOR_PRICES}#rem-ks-fp-condition",
    ),
    show=".2f",
    note="w − R for K = L, σ = 0.5 and Φ from 0.05 to 0.45, all in region 1.",
)
def lemma4_printed_condition() -> Any:
    """R = w for Φ ≥ κ/(1+κ), with κ as defined in (8)."""
    # w − R in region 1 (K = L), at the points that satisfy Φ ≥ κ/(1+κ) with κ from (8).
    Phi = np.linspace(0.05, 0.45, 9)
    kappa = ks.capital_threshold(Phi)
    holds = Phi >= kappa / (1 + kappa) - 1e-12  # an identity, up to rounding
    now = ks.equilibrium(1.0, Phi[holds], unit(0.5))
    return now.wage - now.rental_rate


@claim(
    _printed("(11)"),
    source="(11)",
    page=14,
    planted=(mean_off, sigma_off),
    show=".6f",
    note="Our difference quotient less the second term, over the first term.",
)
def eq11_derivative() -> Any:
    """In region 1 ∂log w/∂Φ is (11)."""
    # Our difference quotient less the second term of (11), over its first term as printed.
    rows = []
    for K, s in ECONOMIES:
        Phi = _inside(K)
        first = printed_gap(K, Phi, s) * printed_output(K, Phi, s) ** ((1 - s) / s) / ((s - 1) * s)
        second = 1 / (s * (1 - Phi))
        rows.append((_slope(K, Phi, s, "wage", log=True) + second) / first)
    return np.array(rows)


@claim(
    Exact(
        "1/(1−σ)",
        1 / (1 - np.array([0.2, 0.35, 0.5])),
        tolerance=1e-5,
        because="ours is a difference quotient over 10⁻⁷, whose error is of first order",
    ),
    source="Text under (11)",
    page=14,
    planted=(sigma_off, wage_high),
    show=".5f",
    note="σ = 0.2, 0.35, 0.5; K/L = 2. Above σ = 0.5 the limit is the same, but a difference "
    "quotient comes too slowly to it.",
)
def eq11_start() -> Any:
    """At Φ = 0 the wage rises at the rate 1/(1−σ)."""
    # [log w(h) − log w(0)]/h: how the wage starts to rise.
    h = 1e-7
    return np.array([np.log(ks.equilibrium(2.0, h, unit(s)).wage) / h for s in (0.2, 0.35, 0.5)])


@claim(
    Course("falls", text="declines"),
    source="Text under (11)",
    page=14,
    anchor="ks-fp-first-term",
    function=EFFECTS,
    planted=(Planted(f"{PACKAGE}.parameters:Parameters.sigma", lambda _: 0.9, "σ = 0.9 for 0.2"),),
    finding=Differs(
        kind=Kind.WRONG_STEP,
        quotation="term in (4) declines, reaching zero",
        assumptions="Given K and L, 0 < σ < 1, region 1; (11) for (4), a slip.",
        readings=(
            "The first term of (4), as printed: K^((σ−1)/σ) Φ^(1/σ) rises in Φ and is not zero "
            "at the border. The sentence is about (11).",
            "It declines throughout: so it does for K = L and σ = 0.5 (Figure 6 (a)), but not "
            "in Figure 6 (b) and not at Table 2.",
            "It declines in the end: true, it reaches zero. Then the passage shows that the "
            "wage falls from some I* on, but not that it rises all the way to I*, as Lemma 4 "
            "says.",
            "For each unit of log I instead of Φ: with Pareto tasks it does decline "
            "throughout, but with the bounded distribution at β = 1 it is (11) again; the "
            "lemma is for any.",
        ),
        because="For σ < 1/2 it rises at first, whatever K/L is; for σ = 1/2 it does so where "
        "K > L; for σ > 1/2 it rises over some range once K/L is large enough. The sum of the "
        "two terms still changes sign once: the lemma holds, this step of its proof does not.",
        instead=Course("rises", "falls"),
        proof=f"{FACTOR_PRICES}#ks-fp-first-term",
    ),
    note="The setting of Figure 6 (b). It rises to 4.5 times its start, at Φ = 0.81; the wage "
    "peaks at 0.82.",
)
def eq11_first_term_declines() -> Any:
    """As I becomes larger, the first term of (11), the productivity effect, declines until it
    is zero at Î.
    """
    return _first_term(10.0, 0.2)


@claim(
    Exact("only the second term is left", 1),
    source="Text under (11)",
    page=14,
    anchor="ks-fp-first-term",
    function=EFFECTS,
    planted=(
        Planted(
            f"{PACKAGE}.statics.ces:mean_slope", shift(0.05), "the productivity effect 0.05 off"
        ),
    ),
    show=".10f",
    note="The growth rate of the wage over the second term, on the border.",
)
def eq11_first_term_at_border() -> Any:
    """The first term reaches zero at the border."""
    # The growth rate of the wage just before the border, over the second term of (11).
    found = []
    for K, s in ECONOMIES:
        effects = ks.automation_effects(K, K / (K + 1), unit(s), side="left")
        found.append(effects.log_wage / effects.displacement)
    return np.array(found)


@claim(
    Course("rises"),
    source="Text under (11)",
    page=15,
    anchor="ks-fp-first-term",
    function=EFFECTS,
    planted=(Planted(EFFECTS, scale(-1, "productivity"), "the sign of the first term wrong"),),
)
def eq11_first_term_capital() -> Any:
    """The first term rises in K/L."""
    return np.array(
        [
            ks.automation_effects(
                Phi / (1 - Phi) * np.geomspace(1.01, 30, 13), Phi, unit(s)
            ).productivity
            for Phi in (0.1, 0.5, 0.9)
            for s in (0.2, 0.5, 0.8)
        ]
    )


@claim(
    _printed("−1/(σ(1−Φ))"),
    source="Text under (11)",
    page=15,
    anchor="ks-fp-first-term",
    planted=(
        Planted(
            EQUILIBRIUM, lambda e: replace(e, wage=e.wage**1.05), "log of the wage 5% too high"
        ),
    ),
    show=".6f",
    note="Our difference quotients for K/L = 3, 10, 100, over −1/(σ(1−Φ)).",
)
def eq11_second_term() -> Any:
    """The second term does not depend on K/L."""
    # ∂log w/∂Φ less the productivity effect ∂log Y/∂Φ / σ, over −1/(σ(1−Φ)), for several K.
    Phi, rows = np.linspace(0.1, 0.6, 6), []
    for K in (3.0, 10.0, 100.0):
        for s in (0.2, 0.5, 0.8):
            wage = _slope(K, Phi, s, "wage", log=True)
            output = _slope(K, Phi, s, "output", log=True)
            rows.append((wage - output / s) / (-1 / (s * (1 - Phi))))
    return np.array(rows)


PEAK = f"{PACKAGE}.statics.automation:wage_peak"

EFFECTS = f"{PACKAGE}.statics.automation:automation_effects"

claim = partial(
    PAPER.claim, chapter=FACTOR_PRICES, function=EQUILIBRIUM, anchor="fig-ks-fp-earnings", page=16
)

in_a = partial(claim, source="Section 2.5, Figure 6 (a)")

in_b = partial(claim, source="Section 2.5, Figure 6 (b)")

K_A, SIGMA_A = 1.0, 0.5

K_B, SIGMA_B = 10.0, 0.2

_BEFORE_PEAK = np.linspace(0, 0.7, 15)

_HYPERBOLA = 1 / ((1 - SIGMA_B) * (1 - _BEFORE_PEAK))


def _multiple(K: float, sigma: float) -> float:
    """Output under full automation over output without any."""
    full, none = ks.equilibrium(K, np.array([1.0, 0.0]), unit(sigma)).output
    return full / none


_shares_exchanged = Planted(PEAK, lambda p: replace(p, Phi=1 - p.Phi), "Φ and 1−Φ exchanged")


@in_a(
    Shape("almost exclusively", lambda part: bool(0.9 <= part <= 1)),
    page=15,
    planted=(wage_low,),
    show=".1%",
    note="Of the gain from the first tenth of tasks; the threshold of nine tenths is ours. It "
    "is 97% for the first twentieth, 82% for the first fifth.",
)
def fig6a_first_gain() -> Any:
    """At first automation benefits labour almost exclusively."""
    # Labour's part of the gain in output from automating the first tenth of tasks.
    now = ks.equilibrium(K_A, 0.1, unit(SIGMA_A))
    return (now.wage - 1) / (now.output - 1)


@in_a(
    Course("rises", "falls", text="a ceiling, then a decline"),
    planted=(
        Planted(
            EQUILIBRIUM,
            lambda e: replace(e, labor_share=np.ones_like(e.labor_share)),
            "all of output for the wage bill",
        ),
    ),
    note="From Φ = 0 to region 2; the ceiling is (3 + 2√2)/4 at Φ = 1 − 1/√2.",
)
def fig6a_ceiling() -> Any:
    """As region 2 comes closer the wage bill reaches a ceiling and starts to decline."""
    return ks.equilibrium(K_A, np.linspace(0, 0.5, 41), unit(SIGMA_A)).wage_bill


@in_a(
    Course("rises", text="capital's share rises"),
    planted=(Planted(EQUILIBRIUM, lambda e: replace(e, rental_rate=e.wage), "the wage for R"),),
    note="From Φ = 0 to region 2.",
)
def fig6a_capital_share() -> Any:
    """The returns to capital grow faster than output."""
    Phi = np.linspace(0, 0.5, 41)
    now = ks.equilibrium(K_A, Phi, unit(SIGMA_A))
    return now.rental_rate * K_A / now.output


@in_a(Exact("Φ = 0.5", 0.5), planted=(border_off, labor_off))
def fig6a_region_2() -> Any:
    """Region 2 is reached at Φ = 0.5."""
    return border_share(K_A, SIGMA_A)


@in_a(
    Exact("one half each", 0.5),
    planted=(labor_off, Planted(EQUILIBRIUM, scale(1.05, "labor_share"), "share 5% too high")),
)
def fig6a_shares() -> Any:
    """In region 2 capital and labour each earn one half."""
    return np.array(
        [(now := ks.equilibrium(K_A, 0.5, unit(SIGMA_A))).labor_share, now.capital_share]
    )


@in_a(Exact("doubles", 2), planted=(labor_off,))
def fig6a_output() -> Any:
    """Full automation doubles output."""
    return _multiple(K_A, SIGMA_A)


@in_b(
    Shape("much larger", lambda ratio: bool(np.all(ratio > 2))),
    function=PEAK,
    planted=(_shares_exchanged,),
    show=".1f",
    note="The end of the region in (b) over that in (a): where the wage peaks; where labour "
    "gets half of what the next task adds; where it has half of all gains. That twice is much "
    "is ours.",
)
def fig6b_larger_region() -> Any:
    """The region in which labour gets most of the benefits is much larger than in (a)."""
    # How much of Φ automation mostly benefits labour, in (b) over (a), read in three ways.
    ends = []
    for K, sigma in ((K_A, SIGMA_A), (K_B, SIGMA_B)):
        Phi = np.linspace(0, K / (K + 1), 2001)[1:-1]
        next_task = ks.automation_effects(K, Phi, unit(sigma))
        now = ks.equilibrium(K, Phi, unit(sigma))
        half = next_task.wage > next_task.output / 2, now.wage - 1 > (now.output - 1) / 2
        ends.append([float(ks.wage_peak(K, unit(sigma)).Phi), *(Phi[part].max() for part in half)])
    return np.array(ends[1]) / ends[0]


@in_b(
    Shape(
        "close to 1/((1−σ)(1−Φ))", lambda rate: bool(np.all(np.abs(rate / _HYPERBOLA - 1) < 0.06))
    ),
    anchor="prp-ks-fp-wage",
    function=EFFECTS,
    planted=(Planted(EFFECTS, scale(1.1, "log_wage"), "growth 10% too fast"),),
    finding=OfTheBook(
        "The paper offers an impression: wages seem to grow exponentially up to Φ ≈ 0.80. Ours "
        "says which curve it is."
    ),
    show=".2f",
    note="Growth rate of the wage for each unit of Φ, Φ = 0 to 0.7. The impression is a fair "
    "one: a straight line explains 97% of the variance of log w on a grid from 0 to 0.80.",
)
def fig6b_exponential() -> Any:
    """While capital is abundant the wage grows with Φ like 1/(1−Φ)^(1/(1−σ)), faster than an
    exponential.
    """
    return ks.automation_effects(K_B, _BEFORE_PEAK, unit(SIGMA_B)).log_wage


@in_b(
    Range(
        0.80, 0.83, "≈ 0.80 to ≈ 0.83", because="the peak must lie between the two printed values"
    ),
    function=PEAK,
    planted=(Planted(PEAK, scale(1.05, "Phi"), "Φ at the peak 5% too high"),),
    show=".4f",
    note="The wage still grows at 0.80 and has lost 1% of its peak at 0.83; taken for the peak "
    "itself, 0.83 would be one unit in its last place too high.",
)
def fig6b_peak() -> Any:
    """The wage grows up to Φ ≈ 0.80 and declines from Φ ≈ 0.83 on."""
    return ks.wage_peak(K_B, unit(SIGMA_B)).Phi


@in_b(
    Number("85%"),
    function=PEAK,
    planted=(
        Planted(EQUILIBRIUM, lambda e: replace(e, wage=e.wage**0.9), "log of the wage 10% too low"),
    ),
    note="Also from Φ = 0.80 and 0.83 (84.9% and 85.2%).",
)
def fig6b_wage_fall() -> Any:
    """From its peak the wage falls by about 85%."""
    # The share of the highest wage that is lost by the border of region 2.
    Phi = np.array([float(ks.wage_peak(K_B, unit(SIGMA_B)).Phi), K_B / (K_B + 1)])
    highest, last = ks.equilibrium(K_B, Phi, unit(SIGMA_B)).wage
    return 1 - last / highest


@in_b(Exact("Φ = 10/11", 10 / 11), planted=(border_off, labor_off), show=".4f")
def fig6b_region_2() -> Any:
    """Region 2 is reached at Φ = 10/11."""
    return border_share(K_B, SIGMA_B)


@in_b(Exact("ten times", 10), planted=(rental_high, wage_low))
def fig6b_capital_share() -> Any:
    """There capital earns ten times what labour earns."""
    # Capital's earnings over labour's at the border.
    now = ks.equilibrium(K_B, K_B / (K_B + 1), unit(SIGMA_B))
    return now.rental_rate * K_B / now.wage


@in_b(Exact("eleven-fold", 11), planted=(labor_off,))
def fig6b_output() -> Any:
    """Full automation raises output eleven-fold."""
    return _multiple(K_B, SIGMA_B)
