"""Section 4.1 of the paper: a fixed factor, Lemmas 8 and 9, Proposition 10, Figure 9."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.claims import common
from aiecon.korinek_suh.claims.common import ECONOMIES, PACKAGE, unit
from aiecon.korinek_suh.fixed_factor import (
    FixedFactor,
    fixed_factor_automation_effect,
    fixed_factor_equilibrium,
    fixed_factor_steady_state,
    fixed_factor_wage_peak,
)
from aiecon.korinek_suh.fixed_factor_search import paths_entering_at
from aiecon.korinek_suh.fixed_factor_transition import (
    FixedFactorTransition,
    solve_fixed_factor_transition,
)
from aiecon.ledger import (
    Claim,
    Course,
    Differs,
    Exact,
    Kind,
    NotIdentified,
    Planted,
    Range,
    Sign,
    scale,
)

CHAPTER = "korinek_suh/fixed_factor"
MODULE = f"{PACKAGE}.fixed_factor"
STATIC, STEADY = f"{MODULE}:fixed_factor_equilibrium", f"{MODULE}:fixed_factor_steady_state"
EFFECT, PEAK = f"{MODULE}:fixed_factor_automation_effect", f"{MODULE}:fixed_factor_wage_peak"
SOLVE = f"{PACKAGE}.fixed_factor_transition:solve_fixed_factor_transition"

claim = partial(common.claim, chapter=CHAPTER)
in_8 = partial(claim, page=26, anchor="lem-ks-fixed-8", function=STATIC)
in_9 = partial(claim, page=27, anchor="lem-ks-fixed-9", function=STATIC)
in_10 = partial(claim, page=27, anchor="prp-ks-fixed-10", function=SOLVE)
in_figure = partial(claim, page=28, anchor="fig-ks-fixed-wages", function=SOLVE)

ALPHA, M = 0.7, 2.5  # away from one, so that a missing power shows
_FACTOR = FixedFactor(ALPHA, M)


# Statics ------------------------------------------------------------------------------------------


def _inside(K: float, points: int = 25) -> np.ndarray:
    """Shares of automated tasks inside region 1."""
    return common.on_region_1(K, points)[1:-1]


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


def _over_printed(field: str, which: int) -> np.ndarray:
    return np.array(
        [
            getattr(fixed_factor_equilibrium(K, _inside(K), _FACTOR, unit(s)), field)
            / _printed(K, _inside(K), s)[which]
            for K, s in ECONOMIES
        ]
    )


def _border() -> np.ndarray:
    """Where the region changes, by bisection on the region alone, for three M and K."""
    found, K = [], np.array([0.5, 2.0, 8.0])
    for quantity in (0.01, 1.0, 100.0):
        factor, low, high = FixedFactor(ALPHA, quantity), np.zeros(3), np.ones(3)
        for _ in range(45):
            middle = 0.5 * (low + high)
            scarce = fixed_factor_equilibrium(K, middle, factor, unit(0.5)).region == 1
            low, high = np.where(scarce, middle, low), np.where(scarce, high, middle)
        found.append(0.5 * (low + high) * (K + 1) / K)
    return np.array(found)


def _region_2(field: str, power: float, weight: float) -> np.ndarray:
    """A field in region 2 over ``weight`` (K+L)^power M^(1−α), A = L = 1."""
    return np.array(
        [
            getattr(fixed_factor_equilibrium(K, _beyond(K), _FACTOR, unit(s)), field)
            / (weight * (K + 1) ** power * M ** (1 - ALPHA))
            for K, s in ECONOMIES
        ]
    )


def _exhaustion() -> np.ndarray:
    """Factor payments over output, on both sides of the border."""
    ratios = []
    for K, s in ECONOMIES:
        e = fixed_factor_equilibrium(K, np.linspace(0, 1, 21), _FACTOR, unit(s))
        ratios.append((e.wage + e.rental_rate * K + e.factor_return * M) / e.output)
    return np.array(ratios)


def _rental_rates() -> np.ndarray:
    return np.array(
        [
            fixed_factor_equilibrium(K, common.on_region_1(K), _FACTOR, unit(s)).rental_rate
            for K, s in ECONOMIES
        ]
    )


def _wages() -> np.ndarray:
    return np.array(
        [
            fixed_factor_equilibrium(K, common.on_region_1(K, 201), _FACTOR, unit(s)).wage
            for K, s in ECONOMIES
        ]
    )


def _peaks_against_lemma_4() -> np.ndarray:
    """Φ* with α = .9, .7, .4 less Φ* without M."""
    return np.array(
        [
            fixed_factor_wage_peak(K, FixedFactor(alpha, M), unit(s)).Phi
            - ks.wage_peak(K, unit(s)).Phi
            for K, s in ECONOMIES[1::5]
            for alpha in (0.9, 0.7, 0.4)
        ]
    )


def _printed_slope(K: float, Phi: Any, sigma: float, composite: bool) -> Any:
    """(23) with the composite X or, as printed, with Y/A."""
    e = (sigma - 1) / sigma
    gap = (K / Phi) ** e - (1 / (1 - Phi)) ** e
    output = fixed_factor_equilibrium(K, Phi, _FACTOR, unit(sigma)).output
    inside = (output / M ** (1 - ALPHA)) ** (1 / ALPHA) if composite else output
    first = (1 / e * ALPHA - 1) / sigma * gap * inside ** ((1 - sigma) / sigma)
    return first - 1 / (sigma * (1 - Phi))


def _slope_off() -> np.ndarray:
    """The largest distance of (23) as printed from the slope of log w in each economy."""
    found = []
    for K, s in ECONOMIES:
        Phi = _inside(K, 9)
        ours = fixed_factor_automation_effect(K, Phi, _FACTOR, unit(s))
        found.append(np.abs(ours - _printed_slope(K, Phi, s, False)).max())
    return np.array(found)


def _productivity_over_corrected() -> np.ndarray:
    """The slope of log w less the displacement, over the first term of (23) with X."""
    found = []
    for K, s in ECONOMIES:
        Phi = _inside(K, 9)
        ours = fixed_factor_automation_effect(K, Phi, _FACTOR, unit(s))
        displacement = 1 / (s * (1 - Phi))
        found.append((ours + displacement) / (_printed_slope(K, Phi, s, True) + displacement))
    return np.array(found)


def _wage_without_automation() -> np.ndarray:
    """The wage at Φ = 0 over (22)."""
    return np.array(
        [
            fixed_factor_equilibrium(K, 0.0, _FACTOR, unit(s)).wage
            / (ALPHA * (K + 1) ** (ALPHA - 1) * M ** (1 - ALPHA))
            for K, s in ECONOMIES
        ]
    )


def _printed_condition() -> np.ndarray:
    """w − R in region 1 where Φ ≥ κ/(1+κ) with κ from (8), which is an identity."""
    Phi = _inside(4.0)
    kappa = ks.capital_threshold(Phi)
    assert np.all(Phi >= kappa / (1 + kappa) - 1e-12)
    e = fixed_factor_equilibrium(4.0, Phi, _FACTOR, unit(0.5))
    return np.asarray(e.wage - e.rental_rate)


# Transitions --------------------------------------------------------------------------------------

_CASES = ((0.01, 3e-5, 4.6), (0.05, 1e-3, 4.6), (0.2, 1.0, 2.0))  # λg, M, K₀


@cache
def _path(rate: float, quantity: float, K0: float) -> FixedFactorTransition:
    return solve_fixed_factor_transition(
        ks.BusinessAsUsual(rate=rate), K0, FixedFactor(0.9, quantity)
    )


def _entries() -> np.ndarray:
    """The dates of the entry into region 2."""
    changes = [_path(*case).region_changes for case in _CASES]
    return np.array([made[-1].date if made else np.inf for made in changes])


def _latest() -> np.ndarray:
    """The date at which Φ = K*/(K*+L), less that of the entry, for K₀ ≤ K*."""
    found = []
    for rate, quantity, K0 in _CASES[1:]:
        path = _path(rate, quantity, K0)
        K = fixed_factor_steady_state(path.factor).capital
        latest = np.log(0.392 * (K + 1)) / rate
        found.append(latest - path.region_changes[-1].date)
    return np.array(found)


def _returns_in_region_1() -> np.ndarray:
    """R − ρ − δ along a path while labour is scarce."""
    path = _path(*_CASES[1])
    t = np.linspace(0.0, path.region_changes[-1].date, 60)[:-1]
    return np.asarray(path.rental_rate(t) - 0.14)


def _returns_beyond() -> np.ndarray:
    """R − ρ − δ wherever capital exceeds K*."""
    factor = FixedFactor(0.9, 1e-4)
    K = fixed_factor_steady_state(factor).capital * np.array([[1.01], [2.0], [10.0]])
    return np.asarray(fixed_factor_equilibrium(K, np.linspace(0.01, 1, 40), factor).rental_rate)


def _long_run(field: str) -> np.ndarray:
    return np.array([getattr(_path(*case), field)(1e5) for case in _CASES])


def _labor_shares() -> np.ndarray:
    """αL/(K*+L) for the three cases, K* from its printed equation by bisection."""
    found = []
    for _, quantity, _ in _CASES:
        low, high = -20.0, 40.0
        for _ in range(80):
            middle = 0.5 * (low + high)
            R = 0.9 * 0.5 * (np.exp(middle) + 1) ** -0.1 * quantity**0.1
            low, high = (middle, high) if R > 0.14 else (low, middle)
        found.append(0.9 / (np.exp(low) + 1))
    return np.array(found)


# Figure 9 -----------------------------------------------------------------------------------------

BOTH = 0.37146022, 195950.867  # λg and M that meet both dates at K₀ = 4.6 (fixed_factor_search)
ENTERS = 1.666127e-5  # the M that makes λg = .01, K₀ = 4.6 enter region 2 after 25 years


def _peak(rate: float, quantity: float, K0: float) -> float:
    t = np.linspace(0.0, 25.0, 2501)
    return float(t[np.argmax(_path(rate, quantity, K0).log_wage(t))])


def _entry(rate: float, quantity: float, K0: float) -> float:
    return _path(rate, quantity, K0).region_changes[-1].date


def _required() -> tuple[float, float]:
    """λg and M at K₀ = 4.6, once more, backwards: the path from the entry has K₀ and the peak."""
    found = paths_entering_at(25.0, *BOTH)
    assert abs(found.K0 - 4.6) < 1e-3
    assert abs(found.peak - 10.0) < 1e-3
    return BOTH


def _says(found: tuple[float, float]) -> str:
    return f"λg = {found[0]:.2f} and M = {found[1]:,.0f} at K₀ = 4.6"


def _half_life() -> float:
    """Years in which half of the distance to K* is made up, in region 2, at M = 1."""
    path = _path(0.37, 1.0, 4.6)
    goal = fixed_factor_steady_state(path.factor).log_capital
    t = np.array([1500.0, 1600.0])
    gap = np.log(goal - path.log_capital(t))
    return float(np.log(2) * 100.0 / (gap[0] - gap[1]))


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
    f"{PACKAGE}.transition:Path.region_changes",
    lambda changes: tuple(change._replace(date=change.date + 100.0) for change in changes),
    "a hundred years too late",
)
_rho_off = Planted(f"{PACKAGE}.parameters:Parameters.rho", scale(1.05), "ρ 5% too high")
_no_factor = Planted(f"{MODULE}:FixedFactor.alpha", lambda a: 0.95 + 0 * a, "α = .95")

_reversed = Planted(
    f"{PACKAGE}.transition:Path.log_wage", lambda w: w[::-1], "wages in the reverse order"
)

CLAIMS: tuple[Claim, ...] = (
    in_8(
        id="ks.lemma8.threshold",
        source="Lemma 8",
        statement="Labour stops being scarce at the same Φ̂ as without M, whatever M is.",
        reported=Exact("K/(K+L)", 1.0),
        compute=_border,
        planted=(Planted(f"{PACKAGE}.parameters:Parameters.L", scale(1.05), "L 5% too high"),),
        show=".9f",
        note="Ours, from the region of the equilibrium alone, over K/(K+L), for nine pairs.",
    ),
    in_8(
        id="ks.lemma8.region-1-output",
        source="Lemma 8, (20)",
        statement="Output in region 1 is (20).",
        reported=Exact("(20)", 1),
        compute=lambda: _over_printed("output", 0),
        planted=(_output_high, _no_factor),
        show=".10f",
        note="Ours over the printed formula in twelve economies, α = .7, M = 2.5.",
    ),
    in_8(
        id="ks.lemma8.region-1-wage",
        source="Lemma 8",
        statement="The wage in region 1 is the printed marginal product.",
        reported=Exact("as printed", 1),
        compute=lambda: _over_printed("wage", 1),
        planted=(_wage_high, _no_factor),
        show=".10f",
    ),
    in_8(
        id="ks.lemma8.factor-return",
        source="Lemma 8",
        statement="M earns Q = (1−α)Y/M.",
        reported=Exact("(1−α)Y/M", 1),
        compute=lambda: _over_printed("factor_return", 2),
        planted=(Planted(STATIC, scale(1.05, "factor_return"), "Q 5% too high"),),
        show=".10f",
    ),
    in_8(
        id="ks.lemma8.premium",
        source="Lemma 8",
        statement="In region 1 labour earns more than capital.",
        reported=Sign(">0", "w > R"),
        compute=lambda: np.array(
            [
                (e := fixed_factor_equilibrium(K, _inside(K), _FACTOR, unit(s))).wage
                - e.rental_rate
                for K, s in ECONOMIES
            ]
        ),
        planted=(_exchanged,),
    ),
    in_8(
        id="ks.lemma8.region-2-output",
        source="Lemma 8, (21)",
        statement="Output in region 2 is A(K+L)^α M^(1−α).",
        reported=Exact("(21)", 1),
        compute=lambda: _region_2("output", ALPHA, 1.0),
        planted=(_output_high, _no_factor),
        show=".10f",
    ),
    in_8(
        id="ks.lemma8.region-2-prices",
        source="Lemma 8, (22)",
        statement="In region 2 w = R = αA(K+L)^(α−1) M^(1−α).",
        reported=Exact("(22)", 1),
        compute=lambda: np.stack(
            [_region_2(field, ALPHA - 1, ALPHA) for field in ("wage", "rental_rate")]
        ),
        planted=(_wage_high, _rental_high),
        show=".10f",
    ),
    in_8(
        id="ks.lemma8.exhaustion",
        source="Section 4.1 (implied)",
        statement="Payments to the three factors exhaust output.",
        reported=Exact("wL + RK + QM = Y", 1),
        compute=_exhaustion,
        planted=(_wage_high, _rental_high),
        show=".10f",
        note="In both regions, twelve economies.",
    ),
    in_9(
        id="ks.lemma9.rental-rate",
        source="Lemma 9",
        statement="Automation raises the rental rate throughout region 1.",
        reported=Course("rises"),
        compute=_rental_rates,
        planted=(_exchanged,),
    ),
    in_9(
        id="ks.lemma9.hump",
        source="Lemma 9",
        statement="The wage is hump-shaped in Φ.",
        reported=Course("rises", "falls", text="a hump"),
        compute=_wages,
        planted=(Planted(STATIC, lambda e: replace(e, wage=e.output), "output for the wage"),),
    ),
    in_9(
        id="ks.lemma9.peak-lower",
        source="Lemma 9",
        statement="The wage peaks at a lower Φ than without M.",
        reported=Sign("<0", "lower"),
        compute=_peaks_against_lemma_4,
        function=PEAK,
        planted=(Planted(PEAK, lambda p: replace(p, Phi=p.Phi + 0.2), "Φ* too high"),),
        show=".2g",
        note="Φ* less that of Lemma 4, α = .9, .7, .4, in three economies. It does not depend "
        "on M.",
    ),
    in_9(
        id="ks.lemma9.slope",
        source="Lemma 9, (23)",
        statement="(23) is the slope of the log wage in Φ.",
        reported=Exact("(23)", 0.0),
        compute=_slope_off,
        function=EFFECT,
        anchor="rem-ks-fixed-slope",
        planted=(
            Planted(
                EFFECT,
                instead=lambda K, Phi, factor, p: _printed_slope(K, Phi, p.sigma, False),
                says="(23) as printed",
            ),
        ),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="The power is printed of Y/A; it must be of the composite, X = (Y/(A M^(1−α)))^(1/α). "
            "With X (23) is the slope to nine digits, and Lemma 9 follows as the paper says.",
            instead=Sign(">0", "(23) is not the slope"),
            proof=f"{CHAPTER}#rem-ks-fixed-slope",
        ),
        show=".2g",
        note="Largest distance in each of twelve economies, α = .7, M = 2.5.",
    ),
    in_9(
        id="ks.lemma9.slope-corrected",
        source="Lemma 9, (23)",
        statement="(23) with the composite for Y/A is the slope of the log wage in Φ.",
        reported=Exact("(23), corrected", 1.0),
        compute=_productivity_over_corrected,
        function=EFFECT,
        planted=(_with_Y,),
        show=".10f",
        note="Its first term, ours over the printed one with X for Y/A.",
    ),
    in_9(
        id="ks.lemma9.inequality",
        source="Lemma 9, proof",
        statement="σα/(σ−1) − 1 < 1/(σ−1) for α < 1.",
        reported=Sign("<0", "smaller"),
        compute=lambda: (
            np.array(
                [
                    fixed_factor_automation_effect(4.0, 0.3, FixedFactor(a, M), unit(s))
                    - ks.automation_effects(4.0, 0.3, unit(s)).displacement
                    for a in (0.9, 0.5)
                    for s in (0.2, 0.5, 0.8)
                ]
            )
            / -np.array(
                [
                    ks.automation_effects(4.0, 0.3, unit(s)).productivity * (1 - s)
                    for a in (0.9, 0.5)
                    for s in (0.2, 0.5, 0.8)
                ]
            )
            - np.array([1 / (s - 1) for a in (0.9, 0.5) for s in (0.2, 0.5, 0.8)])
        ),
        function=EFFECT,
        anchor="rem-ks-fixed-slope",
        planted=(_with_Y,),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="The factor is −(1 − σ(1−α))/(1−σ): negative, and smaller than 1/(σ−1) in absolute "
            "value, which is what the argument needs.",
            instead=Sign(">0", "larger"),
            proof=f"{CHAPTER}#rem-ks-fixed-slope",
        ),
        show=".3f",
        note="The factor, found from the slope, less 1/(σ−1), for two α and three σ.",
    ),
    in_9(
        id="ks.lemma9.no-automation",
        source="Lemma 9",
        statement="At Φ = 0 wages are given by (22).",
        reported=Exact("(22)", 1),
        compute=_wage_without_automation,
        anchor="rem-ks-fixed-limits",
        planted=(Planted(STATIC, lambda e: replace(e, wage=e.wage * 0 + 1.0), "w = 1"),),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="At Φ = 0 capital is idle, X = L and w = αA L^(α−1) M^(1−α), which exceeds (22). With "
            "M the wage does not return to where it began, but below.",
            instead=Exact(
                "((K+L)/L)^(1−α)", np.array([(K + 1) ** (1 - ALPHA) for K, _ in ECONOMIES])
            ),
            proof=f"{CHAPTER}#rem-ks-fixed-limits",
        ),
        show=".3f",
        note="The wage at Φ = 0 over (22).",
    ),
    in_9(
        id="ks.lemma9.printed-condition",
        source="Lemma 9",
        statement="w = R for Φ ≥ κ/(1+κ), with κ as defined in (8).",
        reported=Exact("w − R = 0", 0.0),
        compute=_printed_condition,
        anchor="rem-ks-fixed-limits",
        planted=(Planted(STATIC, lambda e: replace(e, wage=e.rental_rate), "R for the wage"),),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="κ/(1+κ) is Φ itself, so the condition always holds. Meant is Φ ≥ (K/L)/(1+K/L), as "
            "in Lemma 4.",
            instead=Sign(">0", "w > R"),
            proof=f"{CHAPTER}#rem-ks-fixed-limits",
        ),
        show=".3g",
    ),
    in_10(
        id="ks.prop10.finite",
        source="Proposition 10",
        statement="If Φ → 1, region 2 is entered in finite time.",
        reported=Range(
            0.0, 1e4, "finite time", because="within ten thousand years", spec=".0f", unit="years"
        ),
        compute=_entries,
        planted=(
            Planted(
                SOLVE,
                instead=lambda path, K0, factor: ks.solve_transition(path, K0),
                says="no fixed factor",
            ),
        ),
        note="For (λg, M, K₀) = (.01, 3·10⁻⁵, 4.6), (.05, .001, 4.6), (.2, 1, 2). At M = 1 and "
        "λg = .01 it takes 1,070 years.",
    ),
    in_10(
        id="ks.prop10.prices",
        source="Proposition 10",
        statement="In the long run w = R = ρ + δ.",
        reported=Exact("ρ + δ", 0.14),
        compute=lambda: np.stack([_long_run("wage"), _long_run("rental_rate")]),
        planted=(_rho_off,),
        show=".9f",
        note="After 100,000 years.",
    ),
    in_10(
        id="ks.prop10.labor-share",
        source="Proposition 10",
        statement="The labour share tends to αL/(K*+L), with K* from "
        "αA(K*+L)^(α−1) M^(1−α) = ρ + δ.",
        reported=Exact("αL/(K*+L)", 1.0),
        compute=lambda: _long_run("labor_share") / _labor_shares(),
        planted=(_rho_off,),
        show=".9f",
        note="Ours over the printed formula. A positive K* needs αA(M/L)^(1−α) > ρ + δ, which the "
        "paper does not say: with less M, capital is run down to nothing.",
    ),
    in_10(
        id="ks.prop10.region-1-return",
        source="Proposition 10, proof",
        statement="F_K < ρ + δ for any allocation in region 1.",
        reported=Sign("<0", "F_K < ρ + δ"),
        compute=_returns_in_region_1,
        anchor="rem-ks-fixed-proof",
        planted=(Planted(f"{PACKAGE}.transition:Path.rental_rate", scale(0.5), "half of R"),),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="It holds where capital exceeds K*, in either region, which is what the proof needs. "
            "With less capital F_K > ρ + δ is possible in region 1: otherwise nobody would save.",
            instead=Range(-0.14, 0.3, "both signs", because="as on the path of the example"),
            proof=f"{CHAPTER}#rem-ks-fixed-proof",
        ),
        show=".3f",
        note="F_K − ρ − δ along the path with λg = .05, M = .001, K₀ = 4.6.",
    ),
    in_10(
        id="ks.prop10.largest-capital",
        source="Proposition 10, proof",
        statement="K* is the most capital that is accumulated.",
        reported=Range(0.0, 0.14, "F_K < ρ + δ beyond K*", because="below ρ + δ", spec=".3f"),
        compute=_returns_beyond,
        function=STATIC,
        planted=(_rental_high,),
        note="F_K at 1.01, 2 and 10 times K*, Φ from .01 to 1.",
    ),
    in_10(
        id="ks.prop10.latest",
        source="Proposition 10, proof",
        statement="Region 2 is entered no later than when Φ = K*/(K*+L).",
        reported=Sign("≥0", "no later"),
        compute=_latest,
        planted=(_late,),
        show=".1f",
        note="Years to spare. For K₀ ≤ K*; from more capital it can be later.",
    ),
    in_figure(
        id="ks.fig9.peak",
        source="Section 4.1, Figure 9",
        statement="Wages peak after about ten years.",
        reported=Range(9.0, 11.0, "about 10 years", because="read as nine to eleven", spec=".1f"),
        compute=lambda: _peak(*BOTH, 4.6),
        planted=(_reversed,),
        finding=NotIdentified(
            missing="M, K₀ and λg are not printed",
            required=_required,
            otherwise=lambda: _peak(0.01, ENTERS, 4.6),
            says=_says,
        ),
        show=".1f",
        note="With λg = .01 and K₀ = 4.6 wages fall from the start. The pair is the one that meets "
        "both dates at Table 2's K₀; with both dates met, λg is at least .147.",
    ),
    in_figure(
        id="ks.fig9.region-2",
        source="Section 4.1, Figure 9",
        statement="The economy enters region 2 after 25 years.",
        reported=Range(24.0, 26.0, "25 years", because="a year to either side", spec=".1f"),
        compute=lambda: _entry(*BOTH, 4.6),
        planted=(_late,),
        finding=NotIdentified(
            missing="M, K₀ and λg are not printed",
            required=_required,
            otherwise=lambda: _entry(0.01, 1.0, 4.6),
            says=_says,
        ),
        show=".1f",
        note="With M = 1, λg = .01 and K₀ = 4.6 it is 1,070 years.",
    ),
    in_figure(
        id="ks.fig9.table-2",
        source="Section 4.1, Figure 9, with Table 2",
        statement="In the traditional scenario (λg = .01) from Table 2's K₀ = 4.6 wages peak after "
        "about ten years if region 2 begins after 25.",
        reported=Range(9.0, 11.0, "about 10 years", because="read as nine to eleven", spec=".1f"),
        compute=lambda: _peak(0.01, ENTERS, 4.6),
        planted=(_reversed,),
        finding=Differs(
            kind=Kind.UNEXPLAINED,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="Region 2 after 25 years needs K/L = 2.28 then, so capital must fall by half, and the "
            "wage falls from the first day. K₀, λg or both must be others in Figure 9.",
            instead=Exact("highest in year 0", 0.0),
            proof="todo/todo#todo",
        ),
        show=".1f",
        note="M = 1.67·10⁻⁵, at which region 2 begins after 25 years.",
    ),
    in_figure(
        id="ks.fig9.slow",
        source="Section 4.1, Figure 9",
        statement="In region 2 capital converges slowly to K*.",
        reported=Range(20.0, np.inf, "slowly", because="a half-life of twenty years or more"),
        compute=_half_life,
        planted=(
            Planted(
                f"{PACKAGE}.transition:Path.log_capital",
                instead=lambda path, t: (
                    fixed_factor_steady_state(path.factor).log_capital
                    - np.exp(-0.08 * (np.asarray(t) - 1500.0))
                ),
                says="ten times as fast",
            ),
        ),
        show=".0f",
        note="Years in which half of the distance in log K is made up, M = 1.",
    ),
    in_figure(
        id="ks.fig9.share",
        source="Section 4.1, Figure 9",
        statement="The owners of M receive 1 − α = .10 of output.",
        reported=Exact(".10", 0.1),
        compute=lambda: (
            (path := _path(*_CASES[1])).factor_return(t := np.array([0.0, 10.0, 100.0]))
            * path.factor.M
            / path.output(t)
        ),
        anchor="fig-ks-fixed-shares",
        planted=(
            Planted(
                f"{PACKAGE}.fixed_factor_transition:FixedFactorTransition.factor_return",
                scale(1.05),
                "Q 5% too high",
            ),
        ),
        show=".3f",
        note="At every date. Of income net of depreciation it is 28% in the long run.",
    ),
    claim(
        id="ks.prop10.stagnation",
        source="Section 1",
        page=5,
        anchor="fig-ks-fixed-long",
        function=SOLVE,
        statement="A scarce factor can hold back growth, which ends in stagnation with a collapse "
        "of wages.",
        reported=Course("rises", "falls", text="wages rise, then collapse"),
        compute=lambda: _path(0.01, 1.0, 4.6).log_wage(np.linspace(0.0, 1060.0, 54)),
        planted=(
            Planted(
                f"{PACKAGE}.transition:Path.log_wage",
                lambda w: np.maximum.accumulate(w),
                "no collapse",
            ),
        ),
        note="Business as usual with M = 1: the wage is highest in year 559.",
    ),
)
