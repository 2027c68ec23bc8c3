"""Section 3.2 of the paper, second part: Proposition 5 and (16)."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics.scenarios import SCENARIOS, solved
from exhibits.korinek_suh.claims.common import PACKAGE, sigma_off
from exhibits.korinek_suh.claims.race_common import (
    CONSTANT,
    DELTA,
    K0,
    PARAMETERS,
    PATH,
    RACE,
    RHO,
    SIGMA,
    A,
    A_off,
    capital_high,
    capital_low,
    claim,
    other_preferences,
)
from exhibits.ledger import (
    ByConstruction,
    Claim,
    Course,
    Differs,
    Exact,
    Kind,
    OfTheBook,
    Planted,
    Range,
    Shape,
    Sign,
    scale,
    shift,
)

BOUNDS = f"{PACKAGE}.statics.bounds:transition_bounds"
UPPER = f"{PACKAGE}.statics.bounds:capital_upper_bound"

# Proposition 5 and (16) ---------------------------------------------------------------------------

_YEARS = np.linspace(0, 60, 121)
_BETWEEN = Range(
    -1e-9,
    np.inf,
    "between the bounds",
    because="no bound is crossed, up to rounding",
)


def _room(quantity: str) -> np.ndarray:
    """The smallest relative distance from the lower and the upper bound, by scenario."""
    rows = []
    for panel, scenario in SCENARIOS.items():
        value = getattr(solved(panel), quantity)(_YEARS)
        bounds = ks.transition_bounds(scenario.automation, _YEARS, K0)
        low, high = (getattr(bounds, f"{quantity}_{side}") for side in ("lower", "upper"))
        rows.append([np.min(value / low) - 1, np.min(1 - value / high)])
    return np.array(rows)


def _printed_upper_bound(Phi: Any) -> Any:
    """(16)."""
    R = RHO + DELTA
    below = (R ** (SIGMA - 1) - A ** (SIGMA - 1) * Phi) ** (SIGMA / (SIGMA - 1))
    return A**SIGMA * (1 - Phi) ** (1 / (SIGMA - 1)) * Phi / below


def _returns_at_upper_bound() -> np.ndarray:
    """F_K at (16) as printed, and at the library's bound."""
    Phi = np.array([0.1, 0.3, 0.608, 0.8, 0.95])
    bounds = np.array([_printed_upper_bound(Phi), ks.capital_upper_bound(Phi)])
    return ks.equilibrium(bounds, Phi).rental_rate


def _from_first_task(points: int = 41) -> np.ndarray:
    """The lower wage bound at K₀ from the first automated task until labour is not scarce."""
    path = ks.Bounded(20.0, initial=0.001)
    t = np.linspace(0, 20, 4001)
    t = t[path.share(t) < K0 / (K0 + 1)]
    return np.asarray(ks.transition_bounds(path, np.linspace(0, t[-1], points), K0).wage_lower)


def _until_border(points: int = 21) -> np.ndarray:
    """The lower wage bound of each scenario, while labour is scarce at constant capital."""
    border, rows = K0 / (K0 + 1), []
    for scenario in SCENARIOS.values():
        t = np.linspace(0, 100, 4001)
        t = t[scenario.automation.share(t) < border]
        t = np.linspace(0, t[-1], points)
        rows.append(ks.transition_bounds(scenario.automation, t, K0).wage_lower)
    return np.array(rows)


def _beyond_border() -> np.ndarray:
    """The lower wage bound of each scenario from a date at which Φ > K₀/(K₀+L)."""
    dates = {"a": 80.0, "b": 11.0, "c": 3.0, "d": 4.0}
    return np.array(
        [
            ks.transition_bounds(SCENARIOS[panel].automation, t + np.arange(3.0), K0).wage_lower
            for panel, t in dates.items()
        ]
    )


def _upper_bounds(t: Any) -> np.ndarray:
    bounds = ks.transition_bounds(SCENARIOS["b"].automation, t, K0)
    return np.array([bounds.capital_upper, bounds.output_upper, bounds.wage_upper])


def _wages_after_full_automation() -> np.ndarray:
    """T = 5 years, for several saving rates and for two degrees of risk aversion."""
    t, automation = np.array([5.0, 6.0, 50.0]), SCENARIOS["c"].automation
    saved = [ks.constant_saving(automation, s) for s in (0.1, 0.9)]
    return np.array(
        [path.wage(t) for path in (*saved, other_preferences(5.0, 1.0, 1.0), solved("c"))]
    )


CLAIMS: tuple[Claim, ...] = (
    # Proposition 5
    *(
        claim(
            id=f"ks.prop5.{quantity}",
            source="Proposition 5",
            page=19,
            statement=f"In the four scenarios {name} between the two bounds.",
            reported=_BETWEEN,
            compute=partial(_room, quantity),
            anchor="fig-ks-race-bounds",
            planted=planted,
            note=f"{note}The smallest distance from the lower and the upper bound in each "
            "scenario, relative, over 60 years.",
        )
        for quantity, name, planted, note in (
            (
                "capital",
                "capital lies",
                (capital_low, capital_high),
                "Scenario (d) at ω = 0.877, and it holds at 0.8 and 0.95 too. ",
            ),
            (
                "output",
                "output lies",
                (Planted(f"{PATH}.log_output", shift(-0.05), "output 5% too low"),),
                "",
            ),
            (
                "wage",
                "the wage lies",
                (Planted(f"{PATH}.wage", scale(1.1), "the wage a tenth too high"),),
                "",
            ),
        )
    ),
    claim(
        id="ks.prop5.lower-any-preferences",
        source="Proposition 5",
        page=19,
        statement="For any distribution of tasks, any exogenous growth of I and any separable "
        "utility with u smooth, increasing and strictly concave, K ≥ K₀ at every date, if "
        "F_K(K₀) ≥ ρ + δ.",
        reported=Sign("≥0", "K ≥ K₀"),
        compute=lambda: (
            other_preferences(20.0, 1.0, 5.0).capital(np.array([1.0, 2.0, 3.0])) / K0 - 1
        ),
        anchor="prp-ks-race-anticipation",
        planted=(Planted(f"{PATH}.log_capital", shift(0.05), "capital 5% too high"),),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="holds for any intertemporal utility function that is linearly separable",
            assumptions="Table 2, T = 20, β = 1, but η = 5; F_K(K₀) = 0.16 > ρ + δ = 0.14; the "
            "household solves the paper's (12) and (13), so it knows the path of Φ",
            readings=(
                "At the preferences of Table 2: there it holds (ks.prop5.capital), but the words "
                "are for any utility, and the introduction repeats them.",
                "For a household surprised by each advance: its capital moves towards K⁺ and never "
                "below K₀, but it does not follow (14) along the path, as the proof has it.",
                "As a bound in the long run: the proposition bounds K at every t.",
            ),
            because="The proof takes the direction of consumption for its level. A household "
            "averse to uneven consumption consumes part of the coming wealth at once, and capital "
            "falls at first.",
            instead=Sign("<0", "K < K₀ in the first years"),
            proof=f"{RACE}#prp-ks-race-anticipation",
        ),
        show=".2%",
        note="K/K₀ − 1 after one, two and three years. Output and the wage at K < K₀ lie below "
        "their lower bounds, too.",
    ),
    claim(
        id="ks.prop5.upper-any-preferences",
        source="Proposition 5",
        page=19,
        statement="For any distribution of tasks, any exogenous growth of I and any separable "
        "utility with u smooth, increasing and strictly concave, K ≤ K⁺ at every date, if "
        "F_K(K₀) ≥ ρ + δ.",
        reported=Sign("≤0", "K ≤ K⁺"),
        compute=lambda: (
            other_preferences(20.0, 0.2, 1.0).capital(t := np.array([14.0, 16.0, 18.0]))
            / ks.capital_upper_bound(ks.Bounded(20.0, 0.2).share(t))
            - 1
        ),
        anchor="prp-ks-race-anticipation",
        planted=(Planted(f"{PATH}.log_capital", shift(-0.5), "capital 40% too low"),),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="capital accumulation will never exceed the upper threshold",
            assumptions="Table 2, T = 20, but β = 0.2 and log utility; F_K(K₀) = 0.16 > ρ + δ = "
            "0.14; the household solves the paper's (12) and (13), so it knows the path of Φ",
            readings=(
                "At the paper's β = 1 and Table 2: there it holds (ks.prop5.capital), but the "
                "words are for any distribution and any utility.",
                "For a household surprised by each advance: it holds, but such a household does "
                "not follow (14) along the path, as the proof has it.",
                "After full automation K⁺ is infinite; the dates here are before it.",
            ),
            because="Where K > K⁺ the Euler equation makes consumption fall, not capital. A "
            "household that shifts consumption readily and expects late and sudden automation "
            "builds up capital before it is worth ρ + δ.",
            instead=Sign(">0", "K > K⁺ before all tasks are automated"),
            proof=f"{RACE}#prp-ks-race-anticipation",
        ),
        show=".1%",
        note="K/K⁺ − 1 in years 14, 16 and 18.",
    ),
    claim(
        id="ks.prop5.lower-wage-course",
        source="Proposition 5",
        page=19,
        statement="The lower bound on the wage first rises in I and then declines in I.",
        reported=Course("rises", "falls", text="rises in I, then declines"),
        compute=_from_first_task,
        function=BOUNDS,
        anchor="ks-race-past-peak",
        planted=(Planted(BOUNDS, scale(-1, "wage_lower"), "the sign of the wage bound wrong"),),
        note="Lemma 4 at K₀ = 4.6, from Φ = 0.001 until labour is not scarce.",
    ),
    claim(
        id="ks.prop5.lower-wage-on-path",
        source="Proposition 5 and Table 2",
        page=19,
        statement="In the four scenarios only the falling part of the lower bound is seen.",
        reported=Course("falls"),
        compute=_until_border,
        function=BOUNDS,
        anchor="ks-race-past-peak",
        planted=(
            Planted(f"{PARAMETERS}.sigma", lambda _: 0.3, "σ = 0.3, with the peak still ahead"),
        ),
        finding=OfTheBook(
            "Table 2 starts beyond the static wage peak, as s_K exceeds σΦ₀, so in time the bound "
            "falls from the first day."
        ),
    ),
    claim(
        id="ks.prop5.lower-wage-end",
        source="Proposition 5",
        page=19,
        statement="If Φ → 1 the lower bound on the wage falls to A in finite time.",
        reported=Exact("A", A),
        compute=_beyond_border,
        function=BOUNDS,
        anchor="prp-ks-race-bounds",
        planted=(A_off,),
        finding=ByConstruction("A corollary of Lemma 1: for Φ ≥ K₀/(K₀+L) labour is not scarce."),
        show=".10f",
        note="At three dates beyond Φ = K₀/(K₀+L), four scenarios.",
    ),
    claim(
        id="ks.eq16.capital",
        source="(16)",
        page=19,
        statement="At K⁺ the return on capital is ρ + δ.",
        reported=Exact("ρ + δ = 0.14", RHO + DELTA),
        compute=_returns_at_upper_bound,
        function=UPPER,
        anchor="prp-ks-race-bounds",
        planted=(sigma_off, Planted(UPPER, scale(1.05), "K⁺ 5% too high")),
        show=".10f",
        note="F_K at (16) as printed, and at the library's K⁺, for Φ from 0.1 to 0.95.",
    ),
    claim(
        id="ks.prop5.upper-rises",
        source="Proposition 5",
        page=19,
        statement="All three upper bounds rise with automation while Φ < 1.",
        reported=Course("rises"),
        compute=lambda: _upper_bounds(np.linspace(0, 19.9, 41)),
        function=BOUNDS,
        anchor="prp-ks-race-bounds",
        planted=(Planted(BOUNDS, scale(-1, "wage_upper"), "the sign of the wage bound wrong"),),
    ),
    claim(
        id="ks.prop5.upper-unbounded",
        source="Proof of Proposition 5",
        page=19,
        statement="The upper bound on the wage rises without limit as Φ → 1.",
        reported=Shape("without limit", lambda w: bool(w.min() > 1e3 and (np.diff(w) > 0).all())),
        compute=lambda: _upper_bounds(20 - 2 * 10.0 ** np.arange(-3.0, -6.0, -1.0))[2] / A,
        function=BOUNDS,
        anchor="prp-ks-race-bounds",
        planted=(Planted(BOUNDS, lambda b: b.__class__(*[0.5] * 7), "one half for every bound"),),
        show=".2e",
        note="w⁺/A with 4·10⁻⁵, 4·10⁻⁶ and 4·10⁻⁷ of all tasks left: it rises, and a thousand is "
        "our reading.",
    ),
    claim(
        id="ks.prop5.full-automation",
        source="Proposition 5",
        page=19,
        statement="At Φ = 1 the upper bounds on capital and output are infinite, that on the wage "
        "is A.",
        reported=Exact("∞, ∞, A", np.array([[np.inf], [np.inf], [A]])),
        compute=lambda: _upper_bounds(np.array([20.0, 21.0, 40.0])),
        function=BOUNDS,
        anchor="prp-ks-race-bounds",
        planted=(Planted(BOUNDS, scale(1.01, "wage_upper"), "the wage bound 1% too high"),),
        finding=ByConstruction(
            "Where F_K = ρ + δ has no solution the paper sets K⁺ = ∞, and so do we; w = A is "
            "Lemma 1."
        ),
    ),
    claim(
        id="ks.prop5.collapse",
        source="Proof of Proposition 5",
        page=19,
        statement="Once all tasks are automated w = A, whatever is saved.",
        reported=Exact("A", A),
        compute=_wages_after_full_automation,
        function=CONSTANT,
        anchor="prp-ks-race-bounds",
        planted=(Planted(f"{PATH}.wage", scale(1.01), "the wage 1% too high"),),
        finding=ByConstruction("A corollary of Lemma 1: at Φ = 1 labour is not scarce."),
        show=".10f",
        note="T = 5; 10% and 90% saved, and optimal saving with η = 1 and 2.",
    ),
)
