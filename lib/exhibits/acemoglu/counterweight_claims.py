"""Sections 3.1 to 3.5 of the paper: every number of Hulten's arithmetic."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from aiecon import acemoglu as ac
from exhibits.acemoglu.claims import PAPER
from exhibits.ledger import Differs, Kind, Number, Planted, Range, scale

MODEL = "aiecon.acemoglu.equations"
PAGE = "acemoglu/counterweight"
HARD = "tfp_with_hard_tasks"
P = ac.Parameters()

claim = partial(PAPER.claim, chapter=PAGE, anchor="acemoglu-by-hand", function=f"{MODEL}:tfp")
first = partial(claim, source="Section 3.2, equation (14)")
second = partial(
    claim, source="Section 3.3, equation (15)", function=f"{MODEL}:tfp_with_hard_tasks"
)
third = partial(claim, source="Section 3.4", function=f"{MODEL}:gdp")


def off(name: str, factor: float, words: str) -> Planted:
    """An error in one function of the model."""
    return Planted(f"{MODEL}:{name}", scale(factor), words)


profitable_high = Planted(f"{MODEL}:Parameters.profitable", scale(1.05), "the 23% 5% too high")


@claim(
    Number("4.6%"),
    source="Section 3.1",
    function=f"{MODEL}:impacted",
    planted=(off("impacted", 1.05, "the share 5% too high"), profitable_high),
    note="0.20 × 0.23. Section 3.2 repeats it once as 0.046%, where the percent sign is one too "
    "many.",
)
def inputs_impacted() -> Any:
    """AI touches tasks worth 4.6% of GDP within ten years."""
    return ac.impacted(P)


@claim(
    Number("0.144"),
    source="Section 3.1",
    function=f"{MODEL}:cost_saving",
    planted=(off("cost_saving", 1.05, "the saving 5% too high"),),
    note="0.27 × 0.535.",
)
def inputs_saving() -> Any:
    """The average saving is 0.144 of all costs in the tasks that AI touches."""
    return ac.cost_saving(P)


@claim(
    Number("0.193"),
    source="Section 3.1",
    function=f"{MODEL}:cost_saving",
    planted=(off("cost_saving", 1.05, "the saving 5% too high"),),
    note="0.36 × 0.535; the average of the three printed speeds is 0.366, and would give 0.196.",
)
def inputs_saving_of_three() -> Any:
    """With the programmers' experiment the average saving is 0.193."""
    return ac.cost_saving(P, 0.36)


@first(Number("0.66%"), planted=(off("tfp", 1.05, "productivity 5% too high"), profitable_high))
def tfp_baseline() -> Any:
    """Productivity rises by 0.66% in ten years."""
    return ac.tfp(P)


@first(
    Number("0.064%"),
    planted=(Planted(f"{MODEL}:tfp", scale(0.97), "productivity 3% too low"),),
    finding=Differs(
        kind=Kind.UNEXPLAINED,
        quotation="annual TFP growth will be higher by around 0.064%",
        assumptions="0.66% in ten years, spread evenly.",
        readings=(
            "Compounded, (1.0066)^(1/10) − 1: 0.066%.",
            "A tenth of 0.66%: 0.066%.",
            "On top of another rate of growth: more than 0.066%, in proportion to 1 + g.",
        ),
        because="Every reading gives 0.066%. Nothing else depends on it.",
        instead=Range(0.00065, 0.00067, "0.066%", because="0.066 as printed to three digits"),
        proof=f"{PAGE}#acemoglu-by-hand",
    ),
    show=".3%",
)
def tfp_yearly() -> Any:
    """Growth of productivity rises by 0.064% a year."""
    return np.expm1(np.log1p(ac.tfp(P)) / 10)


@first(Number("0.89%"), planted=(off("tfp", 1.05, "productivity 5% too high"),))
def tfp_of_three() -> Any:
    """With the programmers' experiment productivity rises by 0.89%."""
    return ac.tfp(replace(P, labor_saving=0.36))


@first(
    Range(0.0085, 0.0095, "about 0.9%", because="0.9 as printed to one digit"),
    planted=(off("tfp", 1.1, "productivity a tenth too high"),),
    show=".2%",
    note="0.20 × 0.30 = 6% of GDP.",
)
def tfp_cheaper() -> Any:
    """If 30% of the exposed tasks become profitable, productivity rises by about 0.9%."""
    return ac.tfp(replace(P, profitable=0.3))


@second(
    Number("3.3%"),
    function=f"{MODEL}:impacted",
    planted=(off("impacted", 1.05, "the share 5% too high"),),
)
def hard_easy_share() -> Any:
    """Easy tasks that AI touches are worth 3.3% of GDP."""
    return ac.impacted(P) * P.easy


@second(
    Number("0.53%"),
    planted=(off("tfp_with_hard_tasks", 1.05, "productivity 5% too high"),),
    note="With the rounded factors of the printed line, 0.033 × 0.144 + 0.013 × 0.037, it would "
    "be 0.52%.",
)
def hard_tfp() -> Any:
    """With hard tasks productivity rises by 0.53% in ten years."""
    return ac.tfp_with_hard_tasks(P)


@third(
    Number("1.75"),
    planted=(off("gdp", 1.05, "GDP 5% too high"),),
)
def gdp_multiple() -> Any:
    """GDP rises by 1.75 times as much as productivity if capital grows in proportion."""
    return ac.gdp(1.0, P)


@third(Number("1.16%"), planted=(off("gdp", 1.05, "GDP 5% too high"),))
def gdp_high() -> Any:
    """GDP rises by 1.16% in ten years."""
    return ac.gdp(ac.tfp(P), P)


@third(Number("0.93%"), planted=(off("gdp", 1.05, "GDP 5% too high"),))
def gdp_low() -> Any:
    """With hard tasks GDP rises by 0.93% in ten years."""
    return ac.gdp(ac.tfp_with_hard_tasks(P), P)


@third(
    Number("0.90%"),
    source="Section 1",
    planted=(off("gdp", 1 / 1.03, "GDP 3% too low"),),
    finding=Differs(
        kind=Kind.UNEXPLAINED,
        quotation="upper bounded by 0.53% and 0.90%, respectively",
        assumptions="Productivity up by 0.53%, capital in proportion, capital's share 0.43.",
        readings=(
            "As section 3.4 computes it: 0.93%, which the same introduction prints as well.",
            "With the multiple 1.75 for 1/(1 − 0.43): 0.93%.",
            "As the later estimate of section 3.6, with hard tasks: 1.4%.",
        ),
        because="No reading gives 0.90%; before that, the introduction itself has 0.93%.",
        instead=Range(0.00925, 0.00935, "0.93%", because="0.93 as printed to two digits"),
        proof=f"{PAGE}#acemoglu-by-hand",
    ),
    show=".2%",
)
def gdp_introduction() -> Any:
    """With hard tasks GDP rises by at most 0.90%."""
    return ac.gdp(ac.tfp_with_hard_tasks(P), P)


@claim(
    Number("0.072%"),
    source="Section 3.5",
    anchor="acemoglu-bad-tasks",
    function=f"{MODEL}:cost_of_bad_tasks",
    planted=(Planted(f"{MODEL}:cost_of_bad_tasks", scale(0.1), "a tenth"),),
    finding=Differs(
        kind=Kind.MISPRINT,
        quotation="0.02 × 0.36 = 0.072% of GDP",
        assumptions="The two printed factors.",
        readings=(
            "The product of the printed factors is 0.0072, 0.72%.",
            "The introduction has the number right, 0.72%.",
        ),
        because="The decimal point is one place too far left, or the percent sign one too many.",
        instead=Range(0.0071, 0.0073, "0.72%", because="0.72 as the introduction prints it"),
        proof=f"{PAGE}#acemoglu-bad-tasks",
    ),
    show=".2%",
)
def bad_tasks() -> Any:
    """Bad new tasks cost welfare of 0.072% of GDP."""
    return ac.cost_of_bad_tasks(0.02, 0.36)
