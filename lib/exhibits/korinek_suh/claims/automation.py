"""Section 2.4 of the paper, second part: Lemmas 3 and 4, equation (11)."""

from __future__ import annotations

from dataclasses import replace
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
    output_high,
    printed_gap,
    printed_output,
    rental_high,
    sigma_off,
    unit,
    wage_high,
)
from exhibits.ledger import (
    Claim,
    Course,
    Differs,
    Exact,
    Kind,
    OfTheBook,
    Planted,
    Sign,
    scale,
    shift,
)

EFFECTS = f"{PACKAGE}.statics.automation:automation_effects"
PEAK = f"{PACKAGE}.statics.automation:wage_peak"
THRESHOLD = f"{PACKAGE}.statics.automation:wage_peak_threshold"

claim = partial(
    common.claim, chapter=FACTOR_PRICES, function=EQUILIBRIUM, anchor="lem-ks-fp-prices"
)

_STEP = 1e-5


def _printed(text: str) -> Exact:
    """One: our difference quotient over what is printed."""
    because = "ours is a difference quotient over 2·10⁻⁵, whose error is of second order"
    return Exact(text, 1, tolerance=1e-5, because=because)


def _courses(field: str) -> np.ndarray:
    """A field of the equilibrium from no automation to the border, one row for each economy."""
    return np.array(
        [
            getattr(ks.equilibrium(K, on_region_1(K, 17), unit(s)), field)
            for K, s in common.ECONOMIES[::2]
        ]
    )


def _slope(K: float, Phi: Any, sigma: float, field: str, log: bool = False) -> Any:
    """Central difference over Φ of a field of the equilibrium."""
    up, down = (getattr(ks.equilibrium(K, Phi + h, unit(sigma)), field) for h in (_STEP, -_STEP))
    return (np.log(up / down) if log else up - down) / (2 * _STEP)


def _inside(K: float) -> np.ndarray:
    return np.linspace(0.05, 0.95, 13) * K / (K + 1)


def _output_slope() -> np.ndarray:
    """Our difference quotient over Lemma 3's derivative as printed."""
    rows = []
    for K, s in common.ECONOMIES:
        Phi = _inside(K)
        printed = printed_output(K, Phi, s) ** (1 / s) * printed_gap(K, Phi, s) / (s - 1)
        rows.append(_slope(K, Phi, s, "output") / printed)
    return np.array(rows)


def _wage_slope() -> np.ndarray:
    """Our difference quotient less the second term of (11), over its first term as printed."""
    rows = []
    for K, s in common.ECONOMIES:
        Phi = _inside(K)
        first = printed_gap(K, Phi, s) * printed_output(K, Phi, s) ** ((1 - s) / s) / ((s - 1) * s)
        second = 1 / (s * (1 - Phi))
        rows.append((_slope(K, Phi, s, "wage", log=True) + second) / first)
    return np.array(rows)


def _second_term() -> np.ndarray:
    """∂log w/∂Φ less the productivity effect ∂log Y/∂Φ / σ, over −1/(σ(1−Φ)), for several K."""
    Phi, rows = np.linspace(0.1, 0.6, 6), []
    for K in (3.0, 10.0, 100.0):
        for s in (0.2, 0.5, 0.8):
            wage = _slope(K, Phi, s, "wage", log=True)
            output = _slope(K, Phi, s, "output", log=True)
            rows.append((wage - output / s) / (-1 / (s * (1 - Phi))))
    return np.array(rows)


def _first_slope() -> np.ndarray:
    """[log w(h) − log w(0)]/h: how the wage starts to rise."""
    h = 1e-7
    return np.array([np.log(ks.equilibrium(2.0, h, unit(s)).wage) / h for s in (0.2, 0.35, 0.5)])


def _spread(values: np.ndarray) -> float:
    return float(values.max() / values.min())


def _end_of_first_term() -> np.ndarray:
    """The growth rate of the wage just before the border, over the second term of (11)."""
    found = []
    for K, s in common.ECONOMIES:
        effects = ks.automation_effects(K, K / (K + 1), unit(s), side="left")
        found.append(effects.log_wage / effects.displacement)
    return np.array(found)


def _first_term(K: float, sigma: float) -> np.ndarray:
    """The productivity effect from Φ = 0 to the border."""
    return ks.automation_effects(K, on_region_1(K), unit(sigma), side="left").productivity


def _sides_of_threshold() -> np.ndarray:
    """∂log w/∂Φ times log[(K/L)/κ*]: positive if the wage rises just where K/L > κ*."""
    Phi, rows = np.linspace(0.05, 0.95, 19), []
    for s in (0.2, 0.5, 0.8):
        for K in np.geomspace(0.1, 100, 60):
            scarce = Phi[Phi < 0.999 * K / (K + 1)]
            slope = ks.automation_effects(K, scarce, unit(s)).log_wage
            rows.append(slope * np.log(K / ks.wage_peak_threshold(scarce, unit(s))))
    return np.concatenate(rows)


def _peaks() -> np.ndarray:
    """Φ at the peak and 1 − Φ there."""
    found = [ks.wage_peak(np.geomspace(0.01, 1000, 26), unit(s)) for s in (0.1, 0.5, 0.9)]
    return np.array([[peak.Phi, peak.unautomated] for peak in found])


def _where_printed_condition_holds() -> np.ndarray:
    """w − R in region 1 (K = L), at the points that satisfy Φ ≥ κ/(1+κ) with κ from (8)."""
    Phi = np.linspace(0.05, 0.45, 9)
    kappa = ks.capital_threshold(Phi)
    holds = Phi >= kappa / (1 + kappa) - 1e-12  # an identity, up to rounding
    now = ks.equilibrium(1.0, Phi[holds], unit(0.5))
    return now.wage - now.rental_rate


CLAIMS: tuple[Claim, ...] = (
    claim(
        id="ks.lemma3.region-1",
        source="Lemma 3; section 2.5",
        page=14,
        statement="Automation raises output in region 1.",
        reported=Course("rises"),
        compute=lambda: _courses("output")[:, :-1],
        anchor="lem-ks-fp-output",
        planted=(
            Planted(
                EQUILIBRIUM,
                lambda e: replace(e, output=e.output * e.labor_share),
                "the wage bill for output",
            ),
        ),
        note="Six economies, K/L from 0.3 to 10 and σ = 0.2, 0.5, 0.8.",
    ),
    claim(
        id="ks.lemma3.region-2",
        source="Lemma 3",
        page=14,
        statement="Automation leaves output unaffected in region 2.",
        reported=Exact("unaffected", 1),
        compute=lambda: np.array(
            [
                _spread(ks.equilibrium(K, np.linspace(K / (K + 1), 1, 21), unit(s)).output)
                for K, s in common.ECONOMIES
            ]
        ),
        anchor="lem-ks-fp-output",
        planted=(
            Planted(
                f"{PACKAGE}.statics.ces:log_input_ratio", shift(0.5), "the border too far right"
            ),
        ),
        show=".10f",
        note="Highest over lowest output from the border to full automation.",
    ),
    claim(
        id="ks.lemma3.derivative",
        source="Lemma 3, proof",
        page=14,
        statement="In region 1 ∂Y/∂Φ is the derivative printed in the proof.",
        reported=_printed("the printed derivative"),
        compute=_output_slope,
        anchor="lem-ks-fp-output",
        planted=(output_high, sigma_off),
        show=".6f",
        note="Our difference quotient over the printed derivative.",
    ),
    claim(
        id="ks.lemma4.rental-rate",
        source="Lemma 4 (i)",
        page=14,
        statement="Automation raises the rental rate throughout region 1.",
        reported=Course("rises"),
        compute=lambda: _courses("rental_rate"),
        planted=(Planted(EQUILIBRIUM, lambda e: replace(e, rental_rate=e.wage), "the wage for R"),),
    ),
    claim(
        id="ks.lemma4.hump",
        source="Lemma 4 (i)",
        page=14,
        statement="The wage first rises and then falls in Φ, with one peak.",
        reported=Course("rises", "falls", text="hump-shaped"),
        compute=lambda: _courses("wage"),
        planted=(
            Planted(EQUILIBRIUM, lambda e: replace(e, wage=e.output), "output for the wage"),
            Planted(EQUILIBRIUM, lambda e: replace(e, wage=1 / e.wage), "the wage inverted"),
        ),
    ),
    claim(
        id="ks.lemma4.peak-inside",
        source="Lemma 4 (i)",
        page=14,
        statement="The wage is highest at a share Φ strictly between 0 and 1.",
        reported=Sign(">0", "0 < Φ < 1"),
        compute=_peaks,
        function=PEAK,
        anchor="prp-ks-fp-peak",
        planted=(Planted(PEAK, shift(-0.5, "Phi"), "the peak 0.5 too low"),),
        note="Φ and 1 − Φ at the peak, K/L from 0.01 to 1000, σ = 0.1, 0.5, 0.9.",
    ),
    claim(
        id="ks.lemma4.peak-threshold",
        source="Lemma 4 (i)",
        page=14,
        statement="The wage rises in Φ just where K/L exceeds a threshold κ*(Φ).",
        reported=Sign(">0", "rises above κ*, falls below"),
        compute=_sides_of_threshold,
        function=THRESHOLD,
        anchor="prp-ks-fp-peak",
        planted=(Planted(THRESHOLD, scale(1.5), "κ* 50% too high"),),
        note="The paper asserts κ*; ours is the closed form κ[(1+(1−σ)κ)/σ]^(σ/(1−σ)).",
    ),
    claim(
        id="ks.lemma4.peak-threshold-above-border",
        source="Lemma 4, an addition",
        page=14,
        statement="κ*(Φ) exceeds κ(Φ): the wage peaks before labour stops being scarce.",
        reported=Sign(">0", "κ* > κ"),
        compute=lambda: np.array(
            [
                ks.wage_peak_threshold(Phi := np.linspace(0.02, 0.98, 49), unit(s))
                - Phi / (1 - Phi)
                for s in (0.1, 0.5, 0.9)
            ]
        ),
        function=THRESHOLD,
        anchor="prp-ks-fp-peak",
        planted=(Planted(THRESHOLD, scale(0.4), "κ* 60% too low"),),
        finding=OfTheBook("The lemma puts the peak below Φ = 1, not below the border."),
    ),
    claim(
        id="ks.lemma4.no-automation",
        source="Lemma 4 (ii)",
        page=14,
        statement="Without automation R = 0 and w = A.",
        reported=Exact("R = 0, w = A", np.array([[0.0], [0.7]]) * np.ones(4)),
        compute=lambda: np.array(
            [
                (
                    now := ks.equilibrium(np.array([1e-6, 1.0, 10.0, 1e6]), 0.0, unit(0.5, A=0.7))
                ).rental_rate,
                now.wage,
            ]
        ),
        planted=(wage_high, Planted(EQUILIBRIUM, shift(0.05, "rental_rate"), "R 0.05 too high")),
        note="With A = 0.7.",
    ),
    claim(
        id="ks.lemma4.full-automation",
        source="Lemma 4 (ii)",
        page=14,
        statement="Both prices equal A from the border on, and always at Φ = 1.",
        reported=Exact("R = w = A", 0.7),
        compute=lambda: np.array(
            [
                [(now := ks.equilibrium(K, Phi, unit(s, A=0.7))).wage, now.rental_rate]
                for K, s in common.ECONOMIES
                for Phi in (K / (K + 1) + 1e-12, 1.0)
            ]
        ),
        planted=(wage_high, rental_high),
        show=".10f",
        note="With A = 0.7. The border is read as in (3): see ks.lemma4.printed-condition.",
    ),
    claim(
        id="ks.lemma4.printed-condition",
        source="Lemma 4 (ii)",
        page=14,
        statement="R = w for Φ ≥ κ/(1+κ), with κ as defined in (8).",
        reported=Exact("R = w", 0),
        compute=_where_printed_condition_holds,
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
                "k = K/L for κ, as the text above Lemma 3 defines k: right. We take this to be "
                "meant.",
            ),
            because="With κ = Φ/(1−Φ) the condition always holds. K/L is meant, as in (3): "
            "Φ ≥ (K/L)/(1 + K/L). Nothing depends on it.",
            instead=Sign(">0", "w > R"),
            proof=f"{FACTOR_PRICES}#rem-ks-fp-condition",
        ),
        show=".2f",
        note="w − R for K = L, σ = 0.5 and Φ from 0.05 to 0.45, all in region 1.",
    ),
    claim(
        id="ks.eq11.derivative",
        source="(11)",
        page=14,
        statement="In region 1 ∂log w/∂Φ is (11).",
        reported=_printed("(11)"),
        compute=_wage_slope,
        planted=(mean_off, sigma_off),
        show=".6f",
        note="Our difference quotient less the second term, over the first term.",
    ),
    claim(
        id="ks.eq11.start",
        source="Text under (11)",
        page=14,
        statement="At Φ = 0 the wage rises at the rate 1/(1−σ).",
        reported=Exact(
            "1/(1−σ)",
            1 / (1 - np.array([0.2, 0.35, 0.5])),
            tolerance=1e-5,
            because="ours is a difference quotient over 10⁻⁷, whose error is of first order",
        ),
        compute=_first_slope,
        planted=(sigma_off, wage_high),
        show=".5f",
        note="σ = 0.2, 0.35, 0.5; K/L = 2. Above σ = 0.5 the limit is the same, but a difference "
        "quotient comes too slowly to it.",
    ),
    claim(
        id="ks.eq11.first-term-declines",
        source="Text under (11)",
        page=14,
        statement="As I becomes larger, the first term of (11), the productivity effect, declines "
        "until it is zero at Î.",
        reported=Course("falls", text="declines"),
        compute=lambda: _first_term(10.0, 0.2),
        function=EFFECTS,
        anchor="ks-fp-first-term",
        planted=(
            Planted(f"{PACKAGE}.parameters:Parameters.sigma", lambda _: 0.9, "σ = 0.9 for 0.2"),
        ),
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
    ),
    claim(
        id="ks.eq11.first-term-at-border",
        source="Text under (11)",
        page=14,
        statement="The first term reaches zero at the border.",
        reported=Exact("only the second term is left", 1),
        compute=_end_of_first_term,
        function=EFFECTS,
        anchor="ks-fp-first-term",
        planted=(
            Planted(
                f"{PACKAGE}.statics.ces:mean_slope", shift(0.05), "the productivity effect 0.05 off"
            ),
        ),
        show=".10f",
        note="The growth rate of the wage over the second term, on the border.",
    ),
    claim(
        id="ks.eq11.first-term-capital",
        source="Text under (11)",
        page=15,
        statement="The first term rises in K/L.",
        reported=Course("rises"),
        compute=lambda: np.array(
            [
                ks.automation_effects(
                    Phi / (1 - Phi) * np.geomspace(1.01, 30, 13), Phi, unit(s)
                ).productivity
                for Phi in (0.1, 0.5, 0.9)
                for s in (0.2, 0.5, 0.8)
            ]
        ),
        function=EFFECTS,
        anchor="ks-fp-first-term",
        planted=(Planted(EFFECTS, scale(-1, "productivity"), "the sign of the first term wrong"),),
    ),
    claim(
        id="ks.eq11.second-term",
        source="Text under (11)",
        page=15,
        statement="The second term does not depend on K/L.",
        reported=_printed("−1/(σ(1−Φ))"),
        compute=_second_term,
        anchor="ks-fp-first-term",
        planted=(
            Planted(
                EQUILIBRIUM, lambda e: replace(e, wage=e.wage**1.05), "log of the wage 5% too high"
            ),
        ),
        show=".6f",
        note="Our difference quotients for K/L = 3, 10, 100, over −1/(σ(1−Φ)).",
    ),
)
