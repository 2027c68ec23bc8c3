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
    PACKAGE,
    PAPER,
    border_off,
    border_share,
    each,
    instead,
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

STATICS, CHAPTER = f"{PACKAGE}.statics", "korinek_suh/factor_prices"
FRONTIER, HIGHEST, COST = (
    f"{STATICS}.factor_prices:{name}"
    for name in ("factor_price_frontier", "maximal_wage", "unit_cost")
)
EFFECTS, PEAK, PEAK_THRESHOLD = (
    f"{STATICS}.automation:{name}"
    for name in ("automation_effects", "wage_peak", "wage_peak_threshold")
)
A_TOO_HIGH = Planted(f"{PACKAGE}.parameters:Parameters.A", lambda A: A + 0.05, "A 0.05 too high")

claim = partial(PAPER.claim, chapter=CHAPTER, function=EQUILIBRIUM)

# Lemma 2: the factor price frontier ---------------------------------------------------------------

lemma_2 = partial(claim, source="Lemma 2", page=12, anchor="lem-ks-fp-frontier")
eq_10 = partial(lemma_2, source="Lemma 2, (10)", page=13)

_R = np.linspace(0, 1, 13)
_PHI = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
_SIGMA = np.array([0.2, 0.5, 0.8])
_CHEAP_LABOR = np.array([0.4, 0.7, 1.0])  # wages at R = A = 1, at which I ≥ Î is optimal


def _with_shares_exchanged(R: Any, Phi: Any, params: ks.Parameters) -> Any:
    h = 1 - params.sigma
    return ((1 - (1 - Phi) * R**h) / Phi) ** (1 / h)


def _capital_everywhere(w: Any, R: Any, Phi: Any, params: ks.Parameters) -> Any:
    h = 1 - params.sigma
    return (Phi * R**h + (1 - Phi) * w**h) ** (1 / h)


_shares_exchanged = Planted(FRONTIER, instead=_with_shares_exchanged, says="Φ and 1−Φ exchanged")
_frontier_high = Planted(FRONTIER, scale(1.05), "the frontier 5% too high")
_cost_high = Planted(COST, scale(1.05), "unit cost 5% too high")


def _at_huge_capital(field: str) -> np.ndarray:
    """A price at K/L = 10³⁰⁰, a row for each σ."""
    return np.array([getattr(ks.equilibrium(1e300, _PHI, unit(s)), field) for s in _SIGMA])


@lemma_2(
    Course("falls"),
    function=FRONTIER,
    planted=(Planted(FRONTIER, lambda w: np.flip(w, -1), "R taken for A − R"),),
)
def lemma2_slope() -> Any:
    """The factor price frontier slopes downwards."""
    return np.array(
        [ks.factor_price_frontier(_R, Phi, unit(s)) for Phi in _PHI[::2] for s in _SIGMA]
    )


@lemma_2(
    Exact("on the frontier", 1),
    source="Lemma 2, (9)",
    page=13,
    function=FRONTIER,
    planted=(_frontier_high, wage_high, rental_low),
    show=".10f",
    note="The frontier's wage over the equilibrium's, which are computed by different routes.",
)
@each
def lemma2_frontier(K: float, s: float) -> Any:
    """The prices of every equilibrium in region 1 lie on the frontier (9)."""
    Phi = on_region_1(K)[1:-1]
    now = ks.equilibrium(K, Phi, unit(s))
    return ks.factor_price_frontier(now.rental_rate, Phi, unit(s, A=1.0)) / now.wage


@lemma_2(
    Exact("C(w, R) = 1", 1),
    source="Lemma 2, proof",
    page=13,
    anchor="lem-ks-fp-cost",
    function=COST,
    planted=(_cost_high, wage_high),
    show=".10f",
)
@each
def lemma2_unit_cost(K: float, s: float) -> Any:
    """A unit of output costs one at the prices of an equilibrium."""
    Phi = on_region_1(K)[1:]
    now = ks.equilibrium(K, Phi, unit(s))
    return ks.unit_cost(now.wage, now.rental_rate, Phi, unit(s))


@lemma_2(
    Exact("min{w, R}/A", _CHEAP_LABOR),
    source="Lemma 2, proof",
    page=13,
    anchor="rem-ks-fp-cost-2",
    function=COST,
    planted=(
        Planted(
            COST,
            instead=_capital_everywhere,
            says="capital in all automated tasks, however cheap labour is",
        ),
        _cost_high,
    ),
    show=".3f",
    note="R = A = 1, w = 0.4, 0.7, 1, Φ = 0.8, σ = 0.5. We read the condition as one on the "
    "K/L that is cheapest at these prices. Where w > R that K/L exceeds κ, so that I < Î.",
)
def lemma2_unit_cost_region_2() -> Any:
    """Where I ≥ Î the unit cost is min{w, R}/A."""
    return ks.unit_cost(_CHEAP_LABOR, 1.0, 0.8, unit(0.5))


@eq_10(
    Exact("A(1−Φ)^(1/(σ−1))", (1 - _PHI) ** (1 / (_SIGMA[:, None] - 1))),
    planted=(mean_off, wage_high),
    note="The equilibrium at K/L = 10³⁰⁰, for Φ from 0.1 to 0.9 and σ = 0.2, 0.5, 0.8.",
)
def lemma2_highest_wage() -> Any:
    """As K/L → ∞ the wage tends to w* = A(1−Φ)^(1/(σ−1))."""
    return _at_huge_capital("wage")


@eq_10(Exact("zero", 0), planted=(prices_exchanged,), note="At K/L = 10³⁰⁰.")
def lemma2_lowest_rental() -> Any:
    """As K/L → ∞ the rental rate tends to zero."""
    return _at_huge_capital("rental_rate")


@lemma_2(
    Exact("w = R = A", 0.7), function=FRONTIER, planted=(_frontier_high,), note="With A = 0.7."
)
def lemma2_lower_end() -> Any:
    """The frontier ends at w = R = A."""
    return ks.factor_price_frontier(0.7, _PHI, unit(0.4, A=0.7))


@lemma_2(
    Exact("in proportion", 2),
    source="Lemma 2, Figure 4 (right)",
    page=13,
    anchor="fig-ks-fp-frontier",
    planted=(A_TOO_HIGH,),
    show=".10f",
    note="Prices at A = 2 over those at A = 1.",
)
@each
def lemma2_productivity(K: float, s: float) -> list[Any]:
    """A higher A raises both prices in proportion, whatever K/L is."""
    one, two = (ks.equilibrium(K, on_region_1(K)[1:], unit(s, A)) for A in (1.0, 2.0))
    return [two.wage / one.wage, two.rental_rate / one.rental_rate]


@lemma_2(
    Course("rises", text="up and to the left"),
    source="Section 2.4, Figure 4 (left)",
    page=13,
    anchor="fig-ks-fp-frontier",
    planted=(prices_exchanged,),
    note="w and −R.",
)
def lemma2_capital_intensity() -> Any:
    """A higher K/L raises the wage and lowers the rental rate."""
    rising = [(Phi, Phi / (1 - Phi) * np.geomspace(1, 100, 21)) for Phi in _PHI[::2]]
    found = [ks.equilibrium(K, Phi, unit(0.5)) for Phi, K in rising]
    return np.concatenate([[now.wage, -now.rental_rate] for now in found])


@lemma_2(
    Course("rises"),
    function=HIGHEST,
    planted=(Planted(HIGHEST, lambda w: 1 / w, "the exponent's sign wrong"),),
)
def lemma2_highest_wage_rises() -> Any:
    """Automation raises the highest wage w*."""
    return np.array([ks.maximal_wage(np.linspace(0, 0.99, 34), unit(s)) for s in _SIGMA])


@lemma_2(
    Course("falls", text="clockwise: the angle falls"),
    source="Lemma 2, Figure 5",
    function=FRONTIER,
    planted=(_shares_exchanged,),
    show=".2f",
    note="The pivot, which the paper does not name, is (A, A); angles are taken from there.",
)
def lemma2_clockwise() -> Any:
    """Automation turns the frontier clockwise."""
    R = _R[:-1:2, None]  # a row for each: the direction from (A, A) as Φ rises
    rows = [np.arctan2(ks.factor_price_frontier(R, _PHI, unit(s)) - 1, R - 1) for s in (0.2, 0.8)]
    return np.concatenate(rows)


@lemma_2(
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


@lemma_2(
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


@lemma_2(
    Sign("≥0", "between A and w*"),
    source="Section 1",
    page=4,
    planted=(wage_high, wage_low),
    note="w − A and w* − w for K/L from 0.01 to 10¹².",
)
def lemma2_wage_interval() -> Any:
    """At a given state of automation wages lie in a bounded interval, [A, w*]."""
    K = np.geomspace(0.01, 1e12, 30)[:, None]
    wage, highest = ks.equilibrium(K, _PHI, unit(0.5)).wage, ks.maximal_wage(_PHI, unit(0.5))
    return np.stack([wage - 1, highest - wage])


# Lemmas 3 and 4: automation -----------------------------------------------------------------------

section = partial(claim, page=14, anchor="lem-ks-fp-prices")
lemma_3 = partial(section, source="Lemma 3", anchor="lem-ks-fp-output")
lemma_4 = partial(section, source="Lemma 4 (i)")
at_peak = partial(lemma_4, anchor="prp-ks-fp-peak", function=PEAK_THRESHOLD)
ends = partial(section, source="Lemma 4 (ii)")

_STEP = 1e-5


def _printed(text: str) -> Exact:
    """One: our difference quotient over what is printed."""
    because = "ours is a difference quotient over 2·10⁻⁵, whose error is of second order"
    return Exact(text, 1, tolerance=1e-5, because=because)


def _courses(field: str) -> np.ndarray:
    """A field of the equilibrium from no automation to the border, one row for each economy."""
    found = [ks.equilibrium(K, on_region_1(K, 17), unit(s)) for K, s in ECONOMIES[::2]]
    return np.array([getattr(now, field) for now in found])


def _slope(K: float, Phi: Any, sigma: float, field: str, log: bool = False) -> Any:
    """Central difference over Φ of a field of the equilibrium."""
    up, down = (getattr(ks.equilibrium(K, Phi + h, unit(sigma)), field) for h in (_STEP, -_STEP))
    return (np.log(up / down) if log else up - down) / (2 * _STEP)


def _inside(K: float) -> np.ndarray:
    return np.linspace(0.05, 0.95, 13) * K / (K + 1)


@lemma_3(
    Course("rises"),
    source="Lemma 3; section 2.5",
    planted=(instead("output", lambda e: e.output * e.labor_share, "the wage bill for output"),),
    note="Six economies, K/L from 0.3 to 10 and σ = 0.2, 0.5, 0.8.",
)
def lemma3_region_1() -> Any:
    """Automation raises output in region 1."""
    return _courses("output")[:, :-1]


@lemma_3(
    Exact("unaffected", 1),
    planted=(Planted(f"{STATICS}.ces:log_input_ratio", shift(0.5), "the border too far right"),),
    show=".10f",
    note="Highest over lowest output from the border to full automation.",
)
@each
def lemma3_region_2(K: float, s: float) -> float:
    """Automation leaves output unaffected in region 2."""
    output = ks.equilibrium(K, np.linspace(K / (K + 1), 1, 21), unit(s)).output
    return float(output.max() / output.min())


@lemma_3(
    _printed("the printed derivative"),
    source="Lemma 3, proof",
    planted=(output_high, sigma_off),
    show=".6f",
    note="Our difference quotient over the printed derivative.",
)
@each
def lemma3_derivative(K: float, s: float) -> Any:
    """In region 1 ∂Y/∂Φ is the derivative printed in the proof."""
    Phi = _inside(K)
    printed = printed_output(K, Phi, s) ** (1 / s) * printed_gap(K, Phi, s) / (s - 1)
    return _slope(K, Phi, s, "output") / printed


@lemma_4(Course("rises"), planted=(instead("rental_rate", lambda e: e.wage, "the wage for R"),))
def lemma4_rental_rate() -> Any:
    """Automation raises the rental rate throughout region 1."""
    return _courses("rental_rate")


@lemma_4(
    Course("rises", "falls", text="hump-shaped"),
    planted=(
        instead("wage", lambda e: e.output, "output for the wage"),
        instead("wage", lambda e: 1 / e.wage, "the wage inverted"),
    ),
)
def lemma4_hump() -> Any:
    """The wage first rises and then falls in Φ, with one peak."""
    return _courses("wage")


@at_peak(
    Sign(">0", "0 < Φ < 1"),
    function=PEAK,
    planted=(Planted(PEAK, shift(-0.5, "Phi"), "the peak 0.5 too low"),),
    note="Φ and 1 − Φ at the peak, K/L from 0.01 to 1000, σ = 0.1, 0.5, 0.9.",
)
def lemma4_peak_inside() -> Any:
    """The wage is highest at a share Φ strictly between 0 and 1."""
    found = [ks.wage_peak(np.geomspace(0.01, 1000, 26), unit(s)) for s in (0.1, 0.5, 0.9)]
    return np.array([[peak.Phi, peak.unautomated] for peak in found])


@at_peak(
    Sign(">0", "rises above κ*, falls below"),
    planted=(Planted(PEAK_THRESHOLD, scale(1.5), "κ* 50% too high"),),
    note="The paper asserts κ*; ours is the closed form κ[(1+(1−σ)κ)/σ]^(σ/(1−σ)).",
)
def lemma4_peak_threshold() -> Any:
    """The wage rises in Φ just where K/L exceeds a threshold κ*(Φ)."""
    # ∂log w/∂Φ times log[(K/L)/κ*]: positive if the wage rises just where K/L > κ*.
    Phi, rows = np.linspace(0.05, 0.95, 19), []
    for s in _SIGMA:
        for K in np.geomspace(0.1, 100, 60):
            scarce = Phi[Phi < 0.999 * K / (K + 1)]
            slope = ks.automation_effects(K, scarce, unit(s)).log_wage
            rows.append(slope * np.log(K / ks.wage_peak_threshold(scarce, unit(s))))
    return np.concatenate(rows)


@at_peak(
    Sign(">0", "κ* > κ"),
    source="Lemma 4, an addition",
    planted=(Planted(PEAK_THRESHOLD, scale(0.4), "κ* 60% too low"),),
    finding=OfTheBook("The lemma puts the peak below Φ = 1, not below the border."),
)
def lemma4_peak_threshold_above_border() -> Any:
    """κ*(Φ) exceeds κ(Φ): the wage peaks before labour stops being scarce."""
    Phi = np.linspace(0.02, 0.98, 49)
    return np.array(
        [ks.wage_peak_threshold(Phi, unit(s)) - Phi / (1 - Phi) for s in (0.1, 0.5, 0.9)]
    )


@ends(
    Exact("R = 0, w = A", np.array([[0.0], [0.7]]) * np.ones(4)),
    planted=(wage_high, Planted(EQUILIBRIUM, shift(0.05, "rental_rate"), "R 0.05 too high")),
    note="With A = 0.7.",
)
def lemma4_no_automation() -> Any:
    """Without automation R = 0 and w = A."""
    now = ks.equilibrium(np.array([1e-6, 1.0, 10.0, 1e6]), 0.0, unit(0.5, A=0.7))
    return np.array([now.rental_rate, now.wage])


@ends(
    Exact("R = w = A", 0.7),
    planted=(wage_high, rental_high),
    show=".10f",
    note="With A = 0.7. The border is read as in (3): see ks.lemma4.printed-condition.",
)
def lemma4_full_automation() -> Any:
    """Both prices equal A from the border on, and always at Φ = 1."""
    points = [(K, Phi, s) for K, s in ECONOMIES for Phi in (K / (K + 1) + 1e-12, 1.0)]
    found = [ks.equilibrium(K, Phi, unit(s, A=0.7)) for K, Phi, s in points]
    return np.array([[now.wage, now.rental_rate] for now in found])


@ends(
    Exact("R = w", 0),
    planted=(instead("wage", lambda e: e.rental_rate, "R for the wage"),),
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
        proof=f"{CHAPTER}#rem-ks-fp-condition",
    ),
    show=".2f",
    note="w − R for K = L, σ = 0.5 and Φ from 0.05 to 0.45, all in region 1.",
)
def lemma4_printed_condition() -> Any:
    """R = w for Φ ≥ κ/(1+κ), with κ as defined in (8)."""
    Phi = np.linspace(0.05, 0.45, 9)
    kappa = ks.capital_threshold(Phi)
    holds = Phi >= kappa / (1 + kappa) - 1e-12  # an identity, up to rounding
    now = ks.equilibrium(1.0, Phi[holds], unit(0.5))
    return now.wage - now.rental_rate


# (11): productivity against displacement ----------------------------------------------------------

eq_11 = partial(section, source="Text under (11)")
first_term = partial(eq_11, anchor="ks-fp-first-term", function=EFFECTS)


@eq_11(
    _printed("(11)"),
    source="(11)",
    planted=(mean_off, sigma_off),
    show=".6f",
    note="Our difference quotient less the second term, over the first term.",
)
@each
def eq11_derivative(K: float, s: float) -> Any:
    """In region 1 ∂log w/∂Φ is (11)."""
    Phi = _inside(K)
    first = printed_gap(K, Phi, s) * printed_output(K, Phi, s) ** ((1 - s) / s) / ((s - 1) * s)
    return (_slope(K, Phi, s, "wage", log=True) + 1 / (s * (1 - Phi))) / first


@eq_11(
    Exact(
        "1/(1−σ)",
        1 / (1 - np.array([0.2, 0.35, 0.5])),
        tolerance=1e-5,
        because="ours is a difference quotient over 10⁻⁷, whose error is of first order",
    ),
    planted=(sigma_off, wage_high),
    show=".5f",
    note="σ = 0.2, 0.35, 0.5; K/L = 2. Above σ = 0.5 the limit is the same, but a difference "
    "quotient comes too slowly to it.",
)
def eq11_start() -> Any:
    """At Φ = 0 the wage rises at the rate 1/(1−σ)."""
    h = 1e-7
    return np.array([np.log(ks.equilibrium(2.0, h, unit(s)).wage) / h for s in (0.2, 0.35, 0.5)])


@first_term(
    Course("falls", text="declines"),
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
        proof=f"{CHAPTER}#ks-fp-first-term",
    ),
    note="The setting of Figure 6 (b). It rises to 4.5 times its start, at Φ = 0.81; the wage "
    "peaks at 0.82.",
)
def eq11_first_term_declines() -> Any:
    """As I becomes larger, the first term of (11), the productivity effect, declines until it
    is zero at Î.
    """
    return ks.automation_effects(10.0, on_region_1(10.0), unit(0.2), side="left").productivity


@first_term(
    Exact("only the second term is left", 1),
    planted=(
        Planted(f"{STATICS}.ces:mean_slope", shift(0.05), "the productivity effect 0.05 off"),
    ),
    show=".10f",
    note="The growth rate of the wage over the second term, on the border.",
)
@each
def eq11_first_term_at_border(K: float, s: float) -> Any:
    """The first term reaches zero at the border."""
    effects = ks.automation_effects(K, K / (K + 1), unit(s), side="left")
    return effects.log_wage / effects.displacement


@first_term(
    Course("rises"),
    page=15,
    planted=(Planted(EFFECTS, scale(-1, "productivity"), "the sign of the first term wrong"),),
)
def eq11_first_term_capital() -> Any:
    """The first term rises in K/L."""
    above, points = np.geomspace(1.01, 30, 13), [(P, s) for P in (0.1, 0.5, 0.9) for s in _SIGMA]
    return np.array(
        [ks.automation_effects(P / (1 - P) * above, P, unit(s)).productivity for P, s in points]
    )


@first_term(
    _printed("−1/(σ(1−Φ))"),
    page=15,
    function=EQUILIBRIUM,
    planted=(instead("wage", lambda e: e.wage**1.05, "log of the wage 5% too high"),),
    show=".6f",
    note="Our difference quotients for K/L = 3, 10, 100, over −1/(σ(1−Φ)).",
)
@partial(each, economies=[(K, s) for K in (3.0, 10.0, 100.0) for s in _SIGMA])
def eq11_second_term(K: float, s: float) -> Any:
    """The second term does not depend on K/L."""
    Phi = np.linspace(0.1, 0.6, 6)
    wage, output = (_slope(K, Phi, s, field, log=True) for field in ("wage", "output"))
    return (wage - output / s) / (-1 / (s * (1 - Phi)))


# Figure 6 -----------------------------------------------------------------------------------------

figure_6 = partial(claim, anchor="fig-ks-fp-earnings", page=16)
in_a = partial(figure_6, source="Section 2.5, Figure 6 (a)")
in_b = partial(figure_6, source="Section 2.5, Figure 6 (b)")

K_A, SIGMA_A = 1.0, 0.5
K_B, SIGMA_B = 10.0, 0.2
_BEFORE_PEAK = np.linspace(0, 0.7, 15)
_HYPERBOLA = 1 / ((1 - SIGMA_B) * (1 - _BEFORE_PEAK))


def _panel_a(Phi: Any) -> ks.Equilibrium:
    return ks.equilibrium(K_A, Phi, unit(SIGMA_A))


def _panel_b(Phi: Any) -> ks.Equilibrium:
    return ks.equilibrium(K_B, Phi, unit(SIGMA_B))


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
    now = _panel_a(0.1)
    return (now.wage - 1) / (now.output - 1)


@in_a(
    Course("rises", "falls", text="a ceiling, then a decline"),
    planted=(
        instead(
            "labor_share", lambda e: np.ones_like(e.labor_share), "all of output for the wage bill"
        ),
    ),
    note="From Φ = 0 to region 2; the ceiling is (3 + 2√2)/4 at Φ = 1 − 1/√2.",
)
def fig6a_ceiling() -> Any:
    """As region 2 comes closer the wage bill reaches a ceiling and starts to decline."""
    return _panel_a(np.linspace(0, 0.5, 41)).wage_bill


@in_a(
    Course("rises", text="capital's share rises"),
    planted=(instead("rental_rate", lambda e: e.wage, "the wage for R"),),
    note="From Φ = 0 to region 2.",
)
def fig6a_capital_share() -> Any:
    """The returns to capital grow faster than output."""
    now = _panel_a(np.linspace(0, 0.5, 41))
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
    now = _panel_a(0.5)
    return np.array([now.labor_share, now.capital_share])


@in_a(Exact("doubles", 2), planted=(labor_off,))
def fig6a_output() -> Any:
    """Full automation doubles output."""
    return _panel_a(1.0).output / _panel_a(0.0).output


@in_b(
    Shape("much larger", lambda ratio: bool(np.all(ratio > 2))),
    function=PEAK,
    planted=(Planted(PEAK, lambda p: replace(p, Phi=1 - p.Phi), "Φ and 1−Φ exchanged"),),
    show=".1f",
    note="The end of the region in (b) over that in (a): where the wage peaks; where labour "
    "gets half of what the next task adds; where it has half of all gains. That twice is much "
    "is ours.",
)
def fig6b_larger_region() -> Any:
    """The region in which labour gets most of the benefits is much larger than in (a)."""

    def region_ends(K: float, sigma: float) -> list[float]:
        Phi = np.linspace(0, K / (K + 1), 2001)[1:-1]
        next_task = ks.automation_effects(K, Phi, unit(sigma))
        now = ks.equilibrium(K, Phi, unit(sigma))
        half = next_task.wage > next_task.output / 2, now.wage - 1 > (now.output - 1) / 2
        return [float(ks.wage_peak(K, unit(sigma)).Phi), *(Phi[part].max() for part in half)]

    return np.array(region_ends(K_B, SIGMA_B)) / region_ends(K_A, SIGMA_A)


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
    planted=(instead("wage", lambda e: e.wage**0.9, "log of the wage 10% too low"),),
    note="Also from Φ = 0.80 and 0.83 (84.9% and 85.2%).",
)
def fig6b_wage_fall() -> Any:
    """From its peak the wage falls by about 85%."""
    peak = float(ks.wage_peak(K_B, unit(SIGMA_B)).Phi)
    highest, last = _panel_b(np.array([peak, K_B / (K_B + 1)])).wage
    return 1 - last / highest


@in_b(Exact("Φ = 10/11", 10 / 11), planted=(border_off, labor_off), show=".4f")
def fig6b_region_2() -> Any:
    """Region 2 is reached at Φ = 10/11."""
    return border_share(K_B, SIGMA_B)


@in_b(Exact("ten times", 10), planted=(rental_high, wage_low))
def fig6b_capital_share() -> Any:
    """There capital earns ten times what labour earns."""
    now = _panel_b(K_B / (K_B + 1))
    return now.rental_rate * K_B / now.wage


@in_b(Exact("eleven-fold", 11), planted=(labor_off,))
def fig6b_output() -> Any:
    """Full automation raises output eleven-fold."""
    return _panel_b(1.0).output / _panel_b(0.0).output
