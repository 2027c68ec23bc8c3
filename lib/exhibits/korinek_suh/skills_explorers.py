"""The explorer of the chapter on skills.

>>> superstars.description(nu=0.0, year=100).split(";")[0]
'Nobody is displaced'
"""

from __future__ import annotations

from typing import Any

import numpy as np

from aiecon.cached import cached
from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, Bounded, BusinessAsUsual
from aiecon.validation import FloatArray
from exhibits.explorer import Choice, Explorer, Slider, reference_line
from exhibits.korinek_suh.skills_figures import (
    BASELINE,
    DISPLACED,
    SKILLED,
    SPREAD,
    transition_of,
    wages_of,
)
from exhibits.plotting import DASHES, PALETTE, BookFigure, share_axis

__all__ = ["superstars"]

_ROOT = np.linspace(0, np.sqrt(200.0), 61)
_TIMES = _ROOT**2
_SHARES = np.concatenate([[1e-4], np.linspace(0.04, 0.96, 24), [0.98, 0.99, 0.999]])


@cached(64)
def _wages(tasks: AutomationPath, nu: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Skilled, displaced and baseline wages on the time axis."""
    path, same = transition_of(tasks, nu), transition_of(tasks, 0.0)
    return path.wage(_TIMES), path.displaced_wage(_TIMES), same.wage(_TIMES)


def draw_superstars(
    figure: BookFigure, tasks: AutomationPath, capital: tuple[float, bool], nu: float, year: float
) -> None:
    """Left wages over time, right who gets what share of all wages at a date."""
    left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
    skilled, displaced, same = _wages(tasks, nu)
    reference_line(left, _ROOT, same)
    left.plot(_ROOT, skilled, color=PALETTE[SKILLED], label="skilled")
    left.plot(_ROOT, displaced, color=PALETTE[DISPLACED], linestyle=DASHES[3], label="displaced")
    left.plot([np.sqrt(year)] * 2, [0.1, 60], color=PALETTE[BASELINE], linewidth=1)
    left.set_yscale("log")
    left.set_yticks([0.1, 0.5, 2, 10, 50], ["0.1", "0.5", "2", "10", "50"])
    left.minorticks_off()
    ticks = [0, 10, 50, 100, 200]
    left.set_xticks(np.sqrt(ticks), [str(x) for x in ticks])
    left.set(xlim=(0, _ROOT[-1]), ylim=(0.1, 60), xlabel="years (root scale)", ylabel="wage")
    left.legend(loc="upper left", fontsize=9)
    path = transition_of(tasks, nu)
    wages = wages_of(path, year, *capital)
    kink = np.clip(path.displaced(year), _SHARES[0], _SHARES[-1])
    shares = np.sort(np.append(_SHARES, kink))
    right.plot([0, 1], [0, 1], color=PALETTE[BASELINE], linestyle=DASHES[2], linewidth=1)
    right.plot(shares, wages.lorenz(shares), color=PALETTE["blue"])
    share_axis(right, "x", "share of workers, lowest paid first")
    share_axis(right, "y", "their share of wages")


def describe_superstars(
    tasks: AutomationPath, capital: tuple[float, bool], nu: float, year: float
) -> str:
    """Who is displaced, what both kinds earn, Gini and top shares."""
    path = transition_of(tasks, nu)
    wages = wages_of(path, year, *capital)
    gini = f"The Gini coefficient of wages is {wages.gini:.2f}"
    top = f"the best-paid tenth earns {wages.top_share(0.1):.0%} of all wages"
    if nu == 0:
        return (
            f"Nobody is displaced; in year {year:g} each efficiency unit earns "
            f"{path.wage(year):.2f}, capital {path.rental_rate(year):.3f}. {gini}; {top}."
        )
    if path.region(year) == 2:
        return (
            f"In year {year:g} labour is not scarce: all workers earn {path.wage(year):.2f} for an "
            f"efficiency unit, as capital does. {gini}; {top}."
        )
    return (
        f"In year {year:g}, {path.displaced(year):.0%} of the workers are displaced and earn "
        f"{path.displaced_wage(year):.3f}, as capital does; the others earn {path.wage(year):.2f}. "
        f"{gini}; {top}."
    )


def superstars_data(
    tasks: AutomationPath, capital: tuple[float, bool], nu: float, year: float
) -> dict[str, Any]:
    """The paths of the left panel."""
    path = transition_of(tasks, nu)
    skilled, displaced, same = _wages(tasks, nu)
    wages = wages_of(path, _TIMES, *capital)
    return {
        "year": _TIMES,
        "share displaced": path.displaced(_TIMES),
        "wage of the skilled": skilled,
        "wage of the displaced": displaced,
        "wage without skills": same,
        "Gini coefficient": wages.gini,
    }


_CAPITAL = {
    "all the same": (0.0, False),
    "differs, kept": (SPREAD, False),
    "differs, devalued": (SPREAD, True),
}

#: Who is displaced, who becomes a superstar, and the Lorenz curve of wages.
superstars = Explorer(
    name="ks-skills-superstars",
    title="Ever fewer superstars",
    alt=(
        "Left: wages over time on logarithmic axes; a solid line for the skilled, a dash-dotted "
        "one for the displaced, a grey one for the economy without skills; a vertical line marks "
        "the year. Right: the Lorenz curve of wages in that year under a dotted diagonal."
    ),
    draw=draw_superstars,
    controls={
        "tasks": Choice(
            "Tasks",
            {
                "unbounded, 1% a year": BusinessAsUsual(rate=0.01),
                "bounded, 20 years": Bounded(horizon=20.0),
            },
            default="unbounded, 1% a year",
        ),
        "capital": Choice("Efficiency units", _CAPITAL, default="all the same"),
        "nu": Slider("Workers over tasks lost, ν", [0, 0.25, 0.5, 0.75], default=0.5),
        "year": Slider("Year", [10, 19, 50, 100], default=100),
    },
    describe=describe_superstars,
    data=superstars_data,
    caption=(
        "Grey: the wage where nobody is displaced. Try: raise ν and watch the two wages part; then "
        "take bounded tasks, stop at year 19 and raise ν again."
    ),
    presets={
        "Unbounded, a century on": {
            "tasks": "unbounded, 1% a year",
            "capital": "all the same",
            "nu": 0.5,
            "year": 100,
        },
        "Bounded, a year before": {
            "tasks": "bounded, 20 years",
            "capital": "all the same",
            "nu": 0.5,
            "year": 19,
        },
        "Devalued human capital": {
            "tasks": "unbounded, 1% a year",
            "capital": "differs, devalued",
            "nu": 0.5,
            "year": 100,
        },
    },
    size=(6.8, 3.6),
)
