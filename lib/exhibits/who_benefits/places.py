"""The explorer of a region that comes later and has less capital.

>>> late_region.description(delay=0.0).split(":")[0]
'The wage falls to A in year 18.6 in the first region and in year 18.5 in the second'
"""

from __future__ import annotations

from functools import cache

import numpy as np

from aiecon.korinek_suh import Bounded, Transition, solve_transition
from aiecon.korinek_suh.dynamics.welfare import welfare
from aiecon.validation import FloatArray
from exhibits.explorer import Explorer, Line, Panel, Rule, Slider, between_kinks

__all__ = ["late_region"]

_YEARS, _T, _LATER = 60.0, 20.0, 30.0


@cache
def _first() -> Transition:
    return solve_transition(Bounded(horizon=_T))


def _late_region(delay: FloatArray, capital: FloatArray) -> dict[str, FloatArray]:
    """Wages and output in both regions, the dates of the collapse, and what the paths are worth."""
    first = _first()
    then = first.region_changes[0].date
    late = [
        solve_transition(Bounded(horizon=_T + d), 4.6 * k)
        for d, k in zip(delay, capital, strict=True)
    ]
    dates = [np.array([path.region_changes[0].date for path in late]), _T + delay]
    year = between_kinks(0, dates, 2 * _YEARS, points=30)
    ahead = between_kinks(0, [then, _T], _YEARS, points=16)
    worth = [welfare(path) for path in late]
    return {
        "year": year,
        "wage": np.stack([path.wage(t) for path, t in zip(late, year, strict=True)]),
        "output": np.stack([path.output(t) for path, t in zip(late, year, strict=True)]),
        "year_first": ahead,
        "wage_first": first.wage(ahead),
        "output_first": first.output(ahead),
        "collapse_first": np.array([then]),
        "collapse": dates[0],
        "wage_ratio": np.array([path.wage(then) / first.wage(then) for path in late]),
        "output_ratio": np.array([path.output(_LATER) / first.output(_LATER) for path in late]),
        "worker": np.array([x.hand_to_mouth for x in worth]) / welfare(first).hand_to_mouth,
        "household": np.array([x.household for x in worth]) / welfare(first).household,
    }


#: Two regions, of which one is automated later and has less capital.
late_region = Explorer(
    name="late-region",
    title="A region that comes later, with less capital",
    alt=(
        "Left: the wage in two regions over 60 years, on a logarithmic axis: that of the first "
        "falls to 0.5 in year 19, that of the second later. Right: output in both, likewise; the "
        "first one's is far higher until the second has caught up in growth."
    ),
    panels={
        "wage": Panel(
            "Wage (log scale)", "years", xlim=(0, _YEARS), ylim=(0.4, 8), yscale="log",
            yticks=[0.5, 1, 2, 5],
        ),
        "output": Panel(
            "Output (log scale)", "years", xlim=(0, _YEARS), ylim=(1, 3e4), yscale="log",
            yticks={1: "1", 10: "10", 100: "100", 1e3: "1,000", 1e4: "10,000"},
        ),
    },
    controls={
        "delay": Slider("Years until AI is there too", 0.0, 40.0, 20.0, format=".1f", nodes=13),
        "capital": Slider("Capital today, over the first region's", 0.4, 1.0, 0.5, nodes=7),
    },
    compute=_late_region,
    marks=[
        Rule("wage", x="collapse_first", name="collapse in the first"),
        Rule("wage", x="collapse", name="collapse in the second"),
        Line("wage", "year_first", "wage_first", colour="vermilion", dash=1, label="first region"),
        Line("wage", "year", "wage", label="second", reference=True),
        Line("output", "year_first", "output_first", colour="vermilion", dash=1, name="first"),
        Line("output", "year", "output", name="second", reference=True),
    ],
    sentence=(
        "The wage falls to A in year {collapse_first:.1f} in the first region and in year "
        "{collapse:.1f} in the second: at the first date the second region has {wage_ratio:.1f} "
        "times the first one's wage, and in year 30 {output_ratio:.2f} times its output. Its "
        "future is worth "
        "{worker:.2f} times as much to a worker who lives from hand to mouth, and "
        "{household:.2f} times as much to the average household."
    ),
    columns={
        "year": "year", "wage in the second": "wage", "output in the second": "output",
        "year, first": "year_first", "wage in the first": "wage_first",
        "output in the first": "output_first",
    },
    caption=(
        "Two closed economies with Table 2 and optimal saving; all tasks are automated after 20 "
        "years in the first and later in the second, which has less capital today. Grey: twenty "
        "years later, half the capital. Try: no delay, and take capital away; then delay alone."
    ),
    presets={
        "Later and poorer": {},
        "Only poorer": {"delay": 0.0},
        "Only later": {"capital": 1.0},
    },
    reference="Later and poorer",
    play="delay",
)  # fmt: skip
