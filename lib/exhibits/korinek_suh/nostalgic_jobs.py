"""Automation held back: the paths that the chapter's figures share, and its explorer.

>>> holding_back.description().split(".")[0]
'From year 14'
"""

from __future__ import annotations

from typing import Any

import numpy as np

from aiecon.cached import cached
from aiecon.korinek_suh import (
    Bounded,
    HeldBack,
    solve_policies,
    solve_policy,
    solve_transition,
    wage_maximising_policy,
    worth_to_people,
)
from aiecon.korinek_suh.dynamics.transition import Transition
from aiecon.korinek_suh.dynamics.welfare import welfare
from aiecon.validation import FloatArray
from exhibits.explorer import Clause, Explorer, Line, Panel, Rule, Slider, between_kinks

__all__ = ["agi", "holding_back", "policy"]

_YEARS = 50.0
_LATER = 40.0  # the year of which the sentence tells
_FREE = 18.6  # about the year in which labour stops being scarce when nothing is held back


@cached()
def agi() -> Transition:
    """The baseline AGI scenario, T = 20, with Table 2."""
    return solve_transition(Bounded(horizon=20.0))


@cached()
def policy(rate: float | None = None, since: float = 0.0) -> Transition:
    """The same with automation held back, at the wage-maximising rate unless said."""
    held = wage_maximising_policy(since=since) if rate is None else HeldBack(Bounded(), rate, since)
    return solve_policy(held)


def _held_back(rate: FloatArray, since: FloatArray) -> dict[str, Any]:
    """The wage and output over AGI output, the dates of the kinks, and what the paths are worth."""
    free, policies = agi(), HeldBack(Bounded(), rate, since)
    paths, parting, T = solve_policies(policies, tol=1e-6), policies.parting, 20.0
    first, last = np.pad(paths.changes, ((0, 0), (0, 2)), constant_values=np.inf)[:, :2].T
    kinks = [free.region_changes[0].date, T]
    year = between_kinks(0, [parting, *kinks, first, last], _YEARS, points=14)
    year_free = between_kinks(0, kinks, _YEARS, points=24)
    alone, _, household = worth_to_people(paths)
    worth_free = welfare(free)
    abundant = np.isfinite(first)
    return {
        "year": year,
        "wage": paths.wage(year),
        "relative": np.exp(paths.log_output(year) - free.log_output(year)),
        "year_free": year_free,
        "wage_free": free.wage(year_free),
        "parting": parting,
        "first": first,
        "last": last,
        "returns": abundant & np.isfinite(last),
        "for_ever": abundant & ~np.isfinite(last),
        "regime": abundant + 1.0 * np.isfinite(last),
        "held_from_start": rate * (T - since) - 1,
        "wage_later": paths.wage(_LATER)[:, 0],
        "forgone": 1 - np.exp(paths.log_output(_LATER)[:, 0] - free.log_output(_LATER)),
        "worker": alone,
        "household": household,
        "worker_free": [worth_free.hand_to_mouth],
        "household_free": [worth_free.household],
    }


#: Automation held back, Figure 11 and its variations.
holding_back = Explorer(
    name="holding-back",
    title="Automation held back",
    alt=(
        "Left: the wage over 50 years on a logarithmic axis, a dotted line that falls to 0.5 in "
        "year 19 in the AGI scenario and a solid line with automation held back, over a grey "
        "dashed line for the paper's policy. Right: output relative to the AGI scenario, falling."
    ),
    panels={
        "wage": Panel(
            "Wage (log scale)",
            "years",
            xlim=(0, _YEARS),
            ylim=(0.4, 200),
            yscale="log",
            yticks=[0.5, 1, 2, 5, 10, 20, 50, 100, 200],
        ),
        "output": Panel("Output over AGI output", "years", xlim=(0, _YEARS), ylim=(0, 1.15)),
    },
    controls={
        "rate": Slider(
            "Rate of automation λg, per year", 0.02, 0.14, 0.09, format=".3f", nodes=15
        ),
        "since": Slider(
            "Held back from year",
            0,
            19.5,
            0,
            format=".1f",
            nodes=[1.5, 3, 4.5, 6, 8, 10, 11.5, 13, 14.2, 15.2, 16.2, 17, 17.5, 17.9, 18.2, 18.4,
                   18.5, 18.7, 18.78, 18.86, 18.94, 19.05, 19.2, 19.35],
            breaks=(_FREE - 0.02, _FREE + 0.03),
        ),
    },
    compute=_held_back,
    marks=[
        Line("wage", "year_free", "wage_free", colour="vermilion", dash=2, label="AGI"),
        Line("wage", "year", "wage", label="held back", reference=True),
        Line("output", "year", "relative", colour="green", name="held back", reference=True),
        Rule("output", x="parting", name="held back from here on"),
    ],
    structure="regime",
    margins=["held_from_start"],
    sentence=[
        Clause("From year {parting:.1f} on", when="parting"),
        Clause("From the start", unless="parting"),
        "fewer tasks are automated than could be. After 40 years the wage is {wage_later:.1f} "
        "(0.5 under AGI) and {forgone:.0%} of the AGI output is forgone.",
        Clause("Labour is not scarce from year {first:.1f} to year {last:.1f}.", when="returns"),
        Clause("Labour is not scarce from year {first:.1f} for ever.", when="for_ever"),
        "The wages are worth a constant {worker:.2f} to a worker who does not save, against "
        "{worker_free:.2f}; to the household the path is worth {household:.3f}, against "
        "{household_free:.3f}.",
    ],
    columns={"year": "year", "wage": "wage", "output over AGI output": "relative",
             "year, AGI": "year_free", "wage, AGI": "wage_free"},
    caption=(
        "The baseline AGI scenario (T = 20, Table 2, optimal saving), in which automation goes on "
        "at a constant rate from the year chosen, but never faster than technology allows. Grey: "
        "the paper's policy. Dotted at right: where policy and technology part. Try: raise the "
        "rate from its lowest value; then start too late."
    ),
    presets={
        "The paper's policy": {"rate": 0.09, "since": 0},
        "Best for a worker who does not save": {"rate": 0.067, "since": 0},
        "Hardly held back": {"rate": 0.14, "since": 0},
        "Too late": {"rate": 0.09, "since": 19},
    },
    reference="The paper's policy",
    play="since",
)  # fmt: skip
