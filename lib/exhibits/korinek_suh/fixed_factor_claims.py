"""Section 4.1 of the paper: a fixed factor, Lemmas 8 and 9, Proposition 10, Figure 9."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon.korinek_suh import FixedFactor, fixed_factor_equilibrium, fixed_factor_steady_state
from exhibits.korinek_suh.claims import ECONOMIES, PACKAGE, PAPER, each, on_region_1, unit
from exhibits.ledger import (
    ByConstruction,
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

CHAPTER = "korinek_suh/fixed_factor"
MODULE = f"{PACKAGE}.extensions.fixed_factor"
STATIC = f"{MODULE}:fixed_factor_equilibrium"
EFFECT, PEAK = f"{MODULE}:fixed_factor_automation_effect", f"{MODULE}:fixed_factor_wage_peak"
SOLVE = f"{PACKAGE}.extensions.fixed_factor_transition:solve_fixed_factor_transition"

claim = partial(PAPER.claim, chapter=CHAPTER)
in_8 = partial(claim, page=26, anchor="lem-ks-fixed-8", function=STATIC)
in_9 = partial(claim, page=27, anchor="lem-ks-fixed-9", function=STATIC)
in_10 = partial(claim, page=27, anchor="prp-ks-fixed-10", function=SOLVE)
in_figure = partial(claim, page=28, anchor="fig-ks-fixed-wages", function=SOLVE)

ALPHA, M = 0.7, 2.5  # away from one, so that a missing power shows
_FACTOR = FixedFactor(ALPHA, M)

# Statics ------------------------------------------------------------------------------------------


def _inside(K: float, points: int = 25) -> np.ndarray:
    """Shares of automated tasks inside region 1."""
    return on_region_1(K, points)[1:-1]


def _beyond(K: float) -> np.ndarray:
    border = K / (K + 1)
    return border + (1 - border) * np.linspace(1e-9, 1, 9)


def _printed(K: float, Phi: Any, sigma: float) -> tuple[Any, Any, Any]:
    """Output, wage and return to M of region 1 as printed, A = L = 1."""
    e = (sigma - 1) / sigma
    bracket = K**e * Phi ** (1 / sigma) + (1 - Phi) ** (1 / sigma)
    output = bracket ** (ALPHA / e) * M ** (1 - ALPHA)
    wage = ALPHA * bracket ** (ALPHA / e - 1) * (1 - Phi) ** (1 / sigma) * M ** (1 - ALPHA)
    return output, wage, (1 - ALPHA) * output / M


def _at(K: float, Phi: Any, sigma: float) -> ks.FixedFactorEquilibrium:
    return fixed_factor_equilibrium(K, Phi, _FACTOR, unit(sigma))


def _over_printed(field: str, which: int, K: float, sigma: float) -> Any:
    return getattr(_at(K, _inside(K), sigma), field) / _printed(K, _inside(K), sigma)[which]


def _in_region_2(K: float, power: float, weight: float = 1.0) -> float:
    """``weight`` (K+L)^power M^(1−α), A = L = 1: what (21) and (22) are made of."""
    return weight * (K + 1) ** power * M ** (1 - ALPHA)


def _printed_slope(K: float, Phi: Any, sigma: float, composite: bool) -> Any:
    """(23) with the composite X or, as printed, with Y/A."""
    e = (sigma - 1) / sigma
    gap = (K / Phi) ** e - (1 / (1 - Phi)) ** e
    output = _at(K, Phi, sigma).output
    inside = (output / M ** (1 - ALPHA)) ** (1 / ALPHA) if composite else output
    first = (1 / e * ALPHA - 1) / sigma * gap * inside ** ((1 - sigma) / sigma)
    return first - 1 / (sigma * (1 - Phi))


# Transitions --------------------------------------------------------------------------------------
_CASES = ((0.01, 3e-5, 4.6), (0.05, 1e-3, 4.6), (0.2, 1.0, 2.0))  # λg, M, K₀
_MUCH = (0.2, 3e-5, 4.6)  # K* is 2.5, less than K₀
_LITTLE = FixedFactor(0.9, 0.5 * ks.least_fixed_factor())  # too little M for a positive K*


@cache
def _path(rate: float, quantity: float, K0: float) -> ks.FixedFactorTransition:
    return ks.solve_fixed_factor_transition(
        ks.BusinessAsUsual(rate=rate), K0, FixedFactor(0.9, quantity)
    )


def _without_capital(field: str) -> float:
    """Where capital is run down to nothing: then every task is automated and R < ρ + δ."""
    everywhere = fixed_factor_equilibrium(np.geomspace(1e-11, 1e6, 40), 1.0, _LITTLE)
    assert everywhere.rental_rate.max() < 0.14  # so that no capital is kept
    return float(getattr(everywhere, field)[0])


def _long_run(field: str) -> np.ndarray:
    """After 100,000 years, with too little M for a positive K* and for the three cases."""
    return np.array([_without_capital(field), *(getattr(_path(*c), field)(1e5) for c in _CASES)])


def _labor_shares() -> np.ndarray:
    """αL/(K*+L) for the same, K* + L from its printed equation by bisection."""
    found = []
    for quantity in (_LITTLE.M, *(case[1] for case in _CASES)):
        low, high = -20.0, 40.0
        for _ in range(80):
            middle = 0.5 * (low + high)
            R = 0.9 * 0.5 * np.exp(-0.1 * middle) * quantity**0.1
            low, high = (middle, high) if R > 0.14 else (low, middle)
        found.append(0.9 / np.exp(low))
    return np.array(found)


# Figure 9 -----------------------------------------------------------------------------------------

USUAL = 0.01  # λg of the traditional scenario, section 3.3


def _peak(quantity: float, K0: float, years: float = 25.0) -> float:
    """The date of the highest wage."""
    t = np.linspace(0.0, years, 2501)
    return float(t[np.argmax(_path(USUAL, quantity, K0).log_wage(t))])


def _entry(quantity: float, K0: float) -> float:
    return _path(USUAL, quantity, K0).region_changes[-1].date


@cache
def _from_table_2() -> float:
    """The M with which region 2 begins after 25 years from K₀ = 4.6, by the backward method."""
    return float(
        np.exp(
            brentq(
                lambda m: float(ks.paths_entering_at(25.0, USUAL, np.exp(m)).K0) - 4.6,
                np.log(1.2e-5),
                np.log(5e-5),
            )
        )
    )


@cache
def _from_less() -> tuple[float, float]:
    """M and K₀ with region 2 after 25 years and the highest wage after nine and a half."""
    M = brentq(
        lambda m: float(ks.paths_entering_at(25.0, USUAL, m).peak) - 9.5,
        5.9e-5,
        5.932e-5,
        xtol=1e-12,
    )
    return float(M), float(ks.paths_entering_at(25.0, USUAL, M).K0)


def _says(found: tuple[float, float]) -> str:
    return f"M = {1e5 * found[0]:.2f}·10⁻⁵ and K₀ = {found[1]:.2f}"


_with_Y = Planted(
    EFFECT,
    instead=lambda K, Phi, factor, p: ks.automation_effects(K, Phi, p).log_wage,
    says="the effect of Lemma 4, without M",
)
_wage_high = Planted(STATIC, scale(1.05, "wage"), "the wage 5% too high")
_output_high = Planted(STATIC, scale(1.05, "output"), "output 5% too high")
_rental_high = Planted(STATIC, scale(1.05, "rental_rate"), "the rental rate 5% too high")
_exchanged = Planted(
    STATIC, lambda e: replace(e, wage=e.rental_rate, rental_rate=e.wage), "w and R exchanged"
)
_late = Planted(
    f"{PACKAGE}.dynamics.transition:OnePath.region_changes",
    lambda changes: tuple(change._replace(date=change.date + 100.0) for change in changes),
    "a hundred years too late",
)
_rho_off = Planted(f"{PACKAGE}.parameters:Parameters.rho", scale(1.05), "ρ 5% too high")
_no_factor = Planted(f"{MODULE}:FixedFactor.alpha", lambda a: 0.95 + 0 * a, "α = 0.95")
_reversed = Planted(
    f"{PACKAGE}.dynamics.transition:Path.log_wage", lambda w: w[::-1], "wages in the reverse order"
)


@in_8(
    Exact("K/(K+L)", 1.0),
    source="Lemma 8",
    planted=(Planted(f"{PACKAGE}.parameters:Parameters.L", scale(1.05), "L 5% too high"),),
    show=".9f",
    note="Ours, from the region of the equilibrium alone, over K/(K+L), for nine pairs.",
)
def lemma8_threshold() -> Any:
    """Labour stops being scarce at the same Φ̂ as without M, whatever M is."""
    # Where the region changes, by bisection on the region alone, for three M and K.
    found, K = [], np.array([0.5, 2.0, 8.0])
    for quantity in (0.01, 1.0, 100.0):
        factor, low, high = FixedFactor(ALPHA, quantity), np.zeros(3), np.ones(3)
        for _ in range(45):
            middle = 0.5 * (low + high)
            scarce = fixed_factor_equilibrium(K, middle, factor, unit(0.5)).region == 1
            low, high = np.where(scarce, middle, low), np.where(scarce, high, middle)
        found.append(0.5 * (low + high) * (K + 1) / K)
    return np.array(found)


@in_8(
    Exact("(20)", 1),
    source="Lemma 8, (20)",
    planted=(_output_high, _no_factor),
    show=".10f",
    note="Ours over the printed formula in twelve economies, α = 0.7, M = 2.5.",
)
@each
def lemma8_region_1_output(K: float, s: float) -> Any:
    """Output in region 1 is (20)."""
    return _over_printed("output", 0, K, s)


@in_8(Exact("as printed", 1), source="Lemma 8", planted=(_wage_high, _no_factor), show=".10f")
@each
def lemma8_region_1_wage(K: float, s: float) -> Any:
    """The wage in region 1 is the printed marginal product."""
    return _over_printed("wage", 1, K, s)


@in_8(
    Exact("(1−α)Y/M", 1),
    source="Lemma 8",
    planted=(Planted(STATIC, scale(1.05, "factor_return"), "Q 5% too high"),),
    show=".10f",
)
@each
def lemma8_factor_return(K: float, s: float) -> Any:
    """M earns Q = (1−α)Y/M."""
    return _over_printed("factor_return", 2, K, s)


@in_8(Sign(">0", "w > R"), source="Lemma 8", planted=(_exchanged,))
@each
def lemma8_premium(K: float, s: float) -> Any:
    """In region 1 labour earns more than capital."""
    now = _at(K, _inside(K), s)
    return now.wage - now.rental_rate


@in_8(Exact("(21)", 1), source="Lemma 8, (21)", planted=(_output_high, _no_factor), show=".10f")
@each
def lemma8_region_2_output(K: float, s: float) -> Any:
    """Output in region 2 is A(K+L)^α M^(1−α)."""
    return _at(K, _beyond(K), s).output / _in_region_2(K, ALPHA)


@in_8(Exact("(22)", 1), source="Lemma 8, (22)", planted=(_wage_high, _rental_high), show=".10f")
@each
def lemma8_region_2_prices(K: float, s: float) -> Any:
    """In region 2 w = R = αA(K+L)^(α−1) M^(1−α)."""
    now = _at(K, _beyond(K), s)
    return np.stack([now.wage, now.rental_rate]) / _in_region_2(K, ALPHA - 1, ALPHA)


@in_8(
    Exact("wL + RK + QM = Y", 1),
    source="Section 4.1 (implied)",
    planted=(_wage_high, _rental_high),
    finding=ByConstruction("Euler's theorem: (19) has constant returns to its three factors."),
    show=".10f",
    note="In both regions, twelve economies.",
)
@each
def lemma8_exhaustion(K: float, s: float) -> Any:
    """Payments to the three factors exhaust output."""
    e = _at(K, np.linspace(0, 1, 21), s)  # on both sides of the border
    return (e.wage + e.rental_rate * K + e.factor_return * M) / e.output


@in_9(Course("rises"), source="Lemma 9", planted=(_exchanged,))
@each
def lemma9_rental_rate(K: float, s: float) -> Any:
    """Automation raises the rental rate throughout region 1."""
    return _at(K, on_region_1(K), s).rental_rate


@in_9(
    Course("rises", "falls", text="a hump"),
    source="Lemma 9",
    planted=(Planted(STATIC, lambda e: replace(e, wage=e.output), "output for the wage"),),
)
@each
def lemma9_hump(K: float, s: float) -> Any:
    """The wage is hump-shaped in Φ."""
    return _at(K, on_region_1(K, 201), s).wage


@in_9(
    Sign("<0", "lower"),
    source="Lemma 9",
    function=PEAK,
    planted=(Planted(PEAK, lambda p: replace(p, Phi=p.Phi + 0.2), "Φ* too high"),),
    show=".2g",
    note="Φ* less that of Lemma 4, α = 0.9, 0.7, 0.4, in three economies. It does not depend on M.",
)
def lemma9_peak_lower() -> Any:
    """The wage peaks at a lower Φ than without M."""
    # Φ* with α = 0.9, 0.7, 0.4 less Φ* without M.
    return np.array(
        [
            ks.fixed_factor_wage_peak(K, FixedFactor(alpha, M), unit(s)).Phi
            - ks.wage_peak(K, unit(s)).Phi
            for K, s in ECONOMIES[1::5]
            for alpha in (0.9, 0.7, 0.4)
        ]
    )


@in_9(
    Exact("(23)", 0.0),
    source="Lemma 9, proof, (23)",
    anchor="rem-ks-fixed-slope",
    function=EFFECT,
    planted=(
        Planted(
            EFFECT,
            instead=lambda K, Phi, factor, p: _printed_slope(K, Phi, p.sigma, False),
            says="(23) as printed",
        ),
    ),
    finding=Differs(
        kind=Kind.MISPRINT,
        quotation="wages for a given K/L-ratio is similar to Lemma 4",
        assumptions="(19) with 0 < α < 1 and Y as (20) defines it; region 1.",
        readings=(
            "Y as in Lemma 4, the output of the tasks alone: then (23) is the slope, to nine "
            "digits. But section 4.1 defines Y by (19) and (20), with M in it, and names no "
            "other.",
            "M measured in units in which M = X, where Y/A = X: that holds at one Φ, not along "
            "the derivative.",
        ),
        because="Lemma 4's power is meant, that of the composite X = (Y/(A M^(1−α)))^(1/α): "
        "only the factor before it is said to differ. X is Y/A only without M. With X, Lemma 9 "
        "follows as the paper says.",
        instead=Sign(">0", "(23) is not the slope"),
        proof=f"{CHAPTER}#rem-ks-fixed-slope",
    ),
    show=".2g",
    note="Largest distance in each of twelve economies, α = 0.7, M = 2.5. The factor "
    "σα/(σ−1) − 1 is smaller than 1/(σ−1) in size, as the paper says.",
)
@each
def lemma9_slope(K: float, s: float) -> Any:
    """(23), with the power of Y/A in it, is the slope of the log wage in Φ."""
    # The largest distance of (23) as printed from the slope of log w in each economy.
    Phi = _inside(K, 9)
    ours = ks.fixed_factor_automation_effect(K, Phi, _FACTOR, unit(s))
    return np.abs(ours - _printed_slope(K, Phi, s, False)).max()


@in_9(
    Exact("(23), corrected", 1.0),
    source="Lemma 9, (23)",
    function=EFFECT,
    planted=(_with_Y,),
    finding=OfTheBook("The composite in place of Y/A, with which the proof goes through."),
    show=".10f",
    note="Its first term, ours over the printed one with X for Y/A.",
)
@each
def lemma9_slope_corrected(K: float, s: float) -> Any:
    """(23) with the composite for Y/A is the slope of the log wage in Φ."""
    # The slope of log w less the displacement, over the first term of (23) with X.
    Phi = _inside(K, 9)
    ours, displacement = (
        ks.fixed_factor_automation_effect(K, Phi, _FACTOR, unit(s)),
        1 / (s * (1 - Phi)),
    )
    return (ours + displacement) / (_printed_slope(K, Phi, s, True) + displacement)


@in_9(
    Exact("(22)", 1),
    source="Lemma 9",
    anchor="rem-ks-fixed-limits",
    planted=(Planted(STATIC, lambda e: replace(e, wage=e.wage * 0 + 1.0), "w = 1"),),
    finding=Differs(
        kind=Kind.FALSE,
        quotation="In the limit cases of Φ(I) = 0",
        assumptions="K > 0 and 0 < α < 1.",
        readings=(
            "As a limit, Φ → 0: the wage is continuous there and tends to the same value.",
            "K in (22) as the capital in use, none at Φ = 0: then (22) would hold. But Lemma 9 "
            "is for given K/L, and the K of (22) is the economy's.",
            "Without M, as in Lemma 4, both ends are alike; with M they are not.",
        ),
        because="At Φ = 0 capital is idle, X = L and w = αA L^(α−1) M^(1−α), which exceeds "
        "(22). With M the wage does not return to where it began, but below.",
        instead=Exact("((K+L)/L)^(1−α)", np.array([(K + 1) ** (1 - ALPHA) for K, _ in ECONOMIES])),
        proof=f"{CHAPTER}#rem-ks-fixed-limits",
    ),
    show=".3f",
    note="The wage at Φ = 0 over (22).",
)
@each
def lemma9_no_automation(K: float, s: float) -> Any:
    """At Φ = 0 wages are given by (22)."""
    return _at(K, 0.0, s).wage / _in_region_2(K, ALPHA - 1, ALPHA)


@in_9(
    Exact("w − R = 0", 0.0),
    source="Lemma 9",
    anchor="rem-ks-fixed-limits",
    planted=(Planted(STATIC, lambda e: replace(e, wage=e.rental_rate), "R for the wage"),),
    finding=Differs(
        kind=Kind.MISPRINT,
        quotation="Φ(I) ≥ κ/(1 + κ), wages are given by (22)",
        assumptions="Region 1, where the printed condition holds as everywhere.",
        readings=(
            "κ as the paper defines it in (8), Φ/(1−Φ): the condition is Φ ≥ Φ.",
            "κ as the ratio K/L, which is surely meant: right, and not what is printed.",
        ),
        because="κ/(1+κ) is Φ itself, so the condition always holds. Meant is "
        "Φ ≥ (K/L)/(1+K/L), as in Lemma 4.",
        instead=Sign(">0", "w > R"),
        proof=f"{CHAPTER}#rem-ks-fixed-limits",
    ),
    show=".3g",
    note="w − R for K/L = 4, σ = 0.5, at points in region 1.",
)
def lemma9_printed_condition() -> Any:
    """w = R for Φ ≥ κ/(1+κ), with κ as defined in (8)."""
    # w − R in region 1 where Φ ≥ κ/(1+κ) with κ from (8), which is an identity.
    Phi = _inside(4.0)
    kappa = ks.capital_threshold(Phi)
    assert np.all(Phi >= kappa / (1 + kappa) - 1e-12)
    e = _at(4.0, Phi, 0.5)
    return np.asarray(e.wage - e.rental_rate)


@in_10(
    Sign(">0", "in finite time"),
    source="Proposition 10",
    planted=(
        Planted(
            SOLVE,
            instead=lambda path, K0, factor: ks.solve_transition(path, K0),
            says="no fixed factor",
        ),
    ),
    show=".3f",
    note="One over the years, for (λg, M, K₀) = (0.01, 3·10⁻⁵, 4.6), (0.05, 0.001, 4.6), "
    "(0.2, 1, 2). At M = 1 and λg = 0.01 it takes 1,070 years.",
)
def prop10_finite() -> Any:
    """If Φ → 1, region 2 is entered in finite time."""
    changes = [_path(*case).region_changes for case in _CASES]
    return 1.0 / np.array([made[-1].date if made else np.inf for made in changes])


@in_10(
    Exact("ρ + δ", 0.14),
    source="Proposition 10",
    anchor="rem-ks-fixed-proof",
    planted=(_rho_off,),
    finding=Differs(
        kind=Kind.MISSING_CONDITION,
        quotation="wages equal the returns on capital w = R",
        assumptions="Φ → 1, optimal saving, M half of what makes K* positive.",
        readings=(
            "K* in the statement is a capital stock, so that M is large enough for a positive "
            "one: that is the condition, which is nowhere said; the text before has wages "
            "“always” decline to the return on capital.",
            "The assumption before Proposition 5, F_K(K₀) ≥ ρ + δ: it would imply the "
            "condition, and K₀ ≤ K*. It is made there for that proposition, without M.",
            "In the limit instead of in finite time: that is how it is tested here.",
        ),
        because="It needs αA(M/L)^(1−α) > ρ + δ. With less M, capital earns less than ρ + δ "
        "in region 2 however little of it there is, and is run down to nothing.",
        instead=Exact(
            "ρ + δ where αA(M/L)^(1−α) > ρ + δ, else αA(M/L)^(1−α)",
            np.array([0.14 * 0.5**0.1, 0.14, 0.14, 0.14]),
        ),
        proof=f"{CHAPTER}#prp-ks-fixed-10",
    ),
    show=".9f",
    note="With half of the least M, then the three paths above after 100,000 years.",
)
def prop10_prices() -> Any:
    """If Φ → 1, w and R come to equal ρ + δ."""
    return np.stack([_long_run("wage"), _long_run("rental_rate")])


@in_10(
    Exact("αL/(K*+L)", 1.0),
    source="Proposition 10",
    anchor="rem-ks-fixed-proof",
    planted=(_rho_off,),
    finding=Differs(
        kind=Kind.MISSING_CONDITION,
        quotation="labor share equals αL/(K∗ + L), where K∗",
        assumptions="Φ → 1, optimal saving, M half of what makes K* positive.",
        readings=(
            "K* as what the printed equation gives, negative here: the share would exceed α, "
            "which is all that labour and capital earn together.",
            "K* as a capital stock, which presumes that it is positive: the condition that "
            "the row ks.prop10.prices is about, and no other.",
        ),
        because="The same condition is missing. With less M the share tends to α, because "
        "no capital is left.",
        instead=Exact("the printed share where K* > 0, else α", np.array([0.5, 1.0, 1.0, 1.0])),
        proof=f"{CHAPTER}#prp-ks-fixed-10",
    ),
    show=".9f",
    note="Ours over the printed formula, with half of the least M, then for the three paths.",
)
def prop10_labor_share() -> Any:
    """The labour share tends to αL/(K*+L), with K* from αA(K*+L)^(α−1) M^(1−α) = ρ + δ."""
    return _long_run("labor_share") / _labor_shares()


@in_10(
    Sign("<0", "F_K < ρ + δ"),
    source="Proposition 10, proof",
    anchor="rem-ks-fixed-proof",
    planted=(Planted(f"{PACKAGE}.dynamics.transition:Path.rental_rate", scale(0.5), "half of R"),),
    finding=Differs(
        kind=Kind.WRONG_STEP,
        quotation="for any region 1 allocation",
        assumptions="A positive K* and K₀ < K*; allocations on an optimal path, in region 1.",
        readings=(
            "At capital K* or more: true, and what the proof needs; but the sentence says any "
            "allocation.",
            "Below what region 2 yields at the same capital, as the factor price frontier "
            "shows: true, but that exceeds ρ + δ where capital is less than K*.",
            "Only allocations that an optimizing agent reaches: those tested here are.",
        ),
        because="It holds where capital exceeds K*, in either region, which is what the proof "
        "needs. With less capital F_K > ρ + δ is possible in region 1: otherwise nobody would "
        "save.",
        instead=Shape("of both signs", lambda x: bool(x.min() < 0 < x.max())),
        proof=f"{CHAPTER}#rem-ks-fixed-proof",
    ),
    show=".3f",
    note="F_K − ρ − δ along the path with λg = 0.05, M = 0.001, K₀ = 4.6.",
)
def prop10_region_1_return() -> Any:
    """F_K < ρ + δ for any allocation in region 1."""
    # R − ρ − δ along a path while labour is scarce.
    path = _path(*_CASES[1])
    t = np.linspace(0.0, path.region_changes[-1].date, 60)[:-1]
    return np.asarray(path.rental_rate(t) - 0.14)


@in_10(
    Sign("<0", "F_K < ρ + δ beyond K*"),
    source="Proposition 10, proof",
    function=STATIC,
    planted=(_rental_high,),
    show=".4f",
    note="F_K − ρ − δ at 1.01, 2 and 10 times K*, Φ from 0.01 to 1.",
)
def prop10_largest_capital() -> Any:
    """K* is the most capital that is accumulated."""
    # R − ρ − δ wherever capital exceeds K*.
    factor = FixedFactor(0.9, 1e-4)
    K = fixed_factor_steady_state(factor).capital * np.array([[1.01], [2.0], [10.0]])
    R = fixed_factor_equilibrium(K, np.linspace(0.01, 1, 40), factor).rental_rate
    return np.asarray(R - 0.14)


@in_10(
    Sign("≥0", "no later"),
    source="Proposition 10, proof",
    anchor="rem-ks-fixed-proof",
    planted=(_late,),
    finding=Differs(
        kind=Kind.MISSING_CONDITION,
        quotation="no later than when the automation threshold reaches",
        assumptions="A positive K*, optimal saving, K₀ = 4.6 of Table 2 above K*.",
        readings=(
            "K* as the most capital that is accumulated: right from any K₀, but capital that "
            "is there need not be accumulated, and keeps labour scarce while it lasts.",
            "The assumption before Proposition 5, F_K(K₀) ≥ ρ + δ: it would imply K₀ ≤ K*. It "
            "is made there for that proposition, without M.",
        ),
        because="It needs K₀ ≤ K*. From more capital the date is that at which Φ passes "
        "K₀/(K₀+L) at the latest.",
        instead=Shape(
            "no later where K₀ ≤ K*, later in the last case",
            lambda x: bool((x[:-1] >= 0).all() and x[-1] < 0),
        ),
        proof=f"{CHAPTER}#prp-ks-fixed-10",
    ),
    show=".1f",
    note="Years to spare: (λg, M, K₀) = (0.05, 0.001, 4.6), (0.2, 1, 2) and "
    "(0.2, 3·10⁻⁵, 4.6), where K* is 2.5.",
)
def prop10_latest() -> Any:
    """Region 2 is entered no later than when Φ = K*/(K*+L)."""
    # The date at which Φ = K*/(K*+L), less that of the entry; in the last case K₀ > K*.
    found = []
    for case in (*_CASES[1:], _MUCH):
        path = _path(*case)
        K = fixed_factor_steady_state(path.factor).capital
        latest = np.log(0.392 * (K + 1)) / case[0]
        found.append(latest - path.region_changes[-1].date)
    return np.array(found)


@in_figure(
    Range(9.0, 11.0, "about 10 years", because="read as nine to eleven", spec=".1f"),
    source="Section 4.1, Figure 9",
    planted=(_reversed,),
    finding=NotIdentified(
        missing="M, and whether K₀ is that of Table 2, is not in the text",
        required=_from_less,
        otherwise=lambda: _peak(_from_table_2(), 4.6),
        says=_says,
    ),
    show=".1f",
    note="The pair with which region 2 begins after 25 years as well. Wages then rise by "
    "0.05% until their peak, and labour is abundant in the first four years.",
)
def fig9_peak() -> Any:
    """In the traditional scenario (λg = 0.01) wages peak after about ten years."""
    return _peak(*_from_less())


@in_figure(
    Range(24.0, 26.0, "25 years", because="a year to either side", spec=".1f"),
    source="Section 4.1, Figure 9",
    planted=(_late,),
    finding=NotIdentified(
        missing="M is not in the text",
        required=lambda: 1e5 * _from_table_2(),
        otherwise=lambda: _entry(1.0, 4.6),
        says="M = {:.2f}·10⁻⁵ with Table 2's K₀",
    ),
    show=".1f",
    note="With M = 1 it is 1,070 years.",
)
def fig9_region_2() -> Any:
    """In the traditional scenario (λg = 0.01) region 2 is entered after 25 years."""
    return _entry(_from_table_2(), 4.6)


@in_figure(
    Range(9.0, 11.0, "about 10 years", because="read as nine to eleven", spec=".1f"),
    source="Section 4.1, Figure 9, with Table 2",
    anchor="rem-ks-fixed-table-2",
    planted=(
        Planted(
            f"{PACKAGE}.dynamics.transition:Path.log_wage",
            instead=lambda path, t: -((np.asarray(t) - 10.0) ** 2),
            says="a peak in year ten",
        ),
    ),
    finding=Differs(
        kind=Kind.UNEXPLAINED,
        quotation="wages peak after about 10 years",
        assumptions="λg = 0.01 (section 3.3), α = 0.9, Table 2, optimal saving; M is free.",
        readings=(
            "K₀ at the steady state of the economy with M and Φ₀, as Table 2's is said to be "
            "without M: no M gives a peak after ten years.",
            "K₀ = 6.6, which makes the initial labour share 66% with M: neither.",
            "Another K₀: a third of it, 1.53, gives both dates, with a peak of 0.05%; that is "
            "the row ks.fig9.peak. But Table 2 is said to be common to all the simulations.",
        ),
        because="From Table 2's capital wages are highest today if M is small, because "
        "capital is run down, and after centuries if M is large; nothing lies between.",
        instead=Shape("in year 0 or after 200 years", lambda x: bool(((x == 0) | (x > 200)).all())),
        proof=f"{CHAPTER}#rem-ks-fixed-table-2",
    ),
    show=".0f",
    note="The date of the highest wage for twelve M from 1.2·10⁻⁵ to 1.",
)
def fig9_table_2() -> Any:
    """In the traditional scenario (λg = 0.01), from Table 2's K₀ = 4.6, wages peak after about
    ten years.
    """
    # The date of the highest wage from K₀ = 4.6, for M from 1.2·10⁻⁵ to one.
    return np.array([_peak(M, 4.6, years=700.0) for M in np.geomspace(1.2e-5, 1.0, 12).tolist()])


@in_figure(
    Shape("slowly", lambda years: bool((years >= 20).all())),
    source="Section 4.1, Figure 9",
    planted=(
        Planted(
            f"{PACKAGE}.dynamics.transition:Path.log_capital",
            instead=lambda path, t: (
                fixed_factor_steady_state(path.factor).log_capital
                - np.exp(-0.08 * (np.asarray(t) - 1500.0))
            ),
            says="ten times as fast",
        ),
    ),
    show=".0f",
    note="Years in which half of the distance in log K is made up, with M of the two rows "
    "above and M = 1. The bound of 20 years is ours.",
)
def fig9_slow() -> Any:
    """In region 2 capital converges slowly to K*."""
    # Years in which half of the distance to K* is made up, in region 2, for three M.
    found = []
    for M, K0, year in ((_from_table_2(), 4.6, 300.0), (*_from_less(), 300.0), (1.0, 4.6, 1500.0)):
        path = _path(USUAL, M, K0)
        goal = fixed_factor_steady_state(path.factor).log_capital
        gap = np.log(np.abs(goal - path.log_capital(np.array([year, year + 100.0]))))
        found.append(np.log(2) * 100.0 / (gap[0] - gap[1]))
    return np.array(found)


@in_figure(
    Exact(".10", 0.1),
    source="Section 4.1, Figure 9",
    anchor="fig-ks-fixed-shares",
    planted=(
        Planted(
            f"{PACKAGE}.extensions.fixed_factor_transition:FixedFactorTransition.factor_return",
            scale(1.05),
            "Q 5% too high",
        ),
    ),
    finding=ByConstruction("The exponent of M in (19) is 1 − α, and M earns its product."),
    show=".3f",
    note="At every date. Of income net of depreciation it is 28% in the long run.",
)
def fig9_share() -> Any:
    """The owners of M receive 1 − α = 0.10 of output."""
    return (
        (path := _path(*_CASES[1])).factor_return(t := np.array([0.0, 10.0, 100.0]))
        * path.factor.M
        / path.output(t)
    )


@claim(
    Course("rises", "falls", text="a collapse of wages"),
    source="Section 1",
    page=5,
    anchor="fig-ks-fixed-long",
    function=SOLVE,
    planted=(
        Planted(
            f"{PACKAGE}.dynamics.transition:Path.log_wage",
            lambda w: np.maximum.accumulate(w),
            "no collapse",
        ),
    ),
    note="Wages alone, business as usual with M = 1: highest in year 559. That growth ends "
    "follows from the steady state of Proposition 10.",
)
def prop10_stagnation() -> Any:
    """A scarce factor can hold back growth, which ends in stagnation with a collapse of wages."""
    return _path(0.01, 1.0, 4.6).log_wage(np.linspace(0.0, 1060.0, 54))
