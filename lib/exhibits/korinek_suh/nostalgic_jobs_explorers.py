"""The explorer of automation held back: at which constant rate, and from which year on.

>>> holding_back.description().split(".")[0]
'From year 14'
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from aiecon.cached import cached
from aiecon.korinek_suh.dynamics.automation_paths import Bounded
from aiecon.korinek_suh.dynamics.transition import Transition
from aiecon.korinek_suh.dynamics.welfare import welfare
from aiecon.korinek_suh.extensions.nostalgic_jobs import HeldBack, solve_policy
from aiecon.korinek_suh.extensions.nostalgic_welfare import hand_to_mouth
from aiecon.validation import FloatArray
from exhibits.explorer import Explorer, Reference, Slider, reference_line
from exhibits.korinek_suh.nostalgic_jobs_figures import FREE, OUTPUT, WAGE, agi
from exhibits.plotting import DASHES, PALETTE, BookFigure

__all__ = ["holding_back"]

_YEARS = np.concatenate([np.linspace(0, 22, 45), np.linspace(22, 50, 29)[1:]])
_TICKS = [0.5, 1, 2, 5, 10, 20, 50, 100, 200]


class _Path(NamedTuple):
    wages: FloatArray
    output: FloatArray  # relative to the AGI scenario
    parting: float
    abundant: tuple[float, float] | None  # region 2 from, until
    worker: float  # hand to mouth
    household: float
    tasks_left: float  # after 50 years


@cached()
def _free() -> tuple[FloatArray, FloatArray, float, float]:
    """Wages and log output of the AGI scenario; what it is worth to the worker, the household."""
    path = agi()
    worth = welfare(path).household
    return path.wage(_YEARS), path.log_output(_YEARS), hand_to_mouth(path), worth


@cached()
def _solved(rate: float, since: float) -> _Path:
    path = solve_policy(HeldBack(Bounded(), rate, since))
    worth = welfare(path)
    relative = np.exp(path.log_output(_YEARS) - _free()[1])
    return _Path(
        path.wage(_YEARS),
        relative,
        HeldBack(Bounded(), rate, since).parting,
        _abundant(path),
        worth.hand_to_mouth,
        worth.household,
        float(path.unautomated(_YEARS[-1])),
    )


def _abundant(path: Transition) -> tuple[float, float] | None:
    """When labour stops being scarce and when it is scarce again."""
    dates = {change.region: change.date for change in reversed(path.region_changes)}
    return (dates[2], dates.get(1, np.inf)) if 2 in dates else None


def draw_holding_back(figure: BookFigure, rate: float, since: float, reference: Reference) -> None:
    """Left wages, right output relative to the AGI scenario; the reference in grey."""
    left, right = figure.subplots(1, 2)
    now = _solved(rate, since)
    paper = _solved(**dict(reference.parameters))
    reference_line(left, _YEARS, paper.wages)
    reference_line(right, _YEARS, paper.output)
    left.plot(_YEARS, _free()[0], color=PALETTE[FREE], linestyle=DASHES[2], label="AGI")
    left.plot(_YEARS, now.wages, color=PALETTE[WAGE], linestyle=DASHES[0], label="held back")
    right.plot(_YEARS, now.output, color=PALETTE[OUTPUT])
    left.set_yscale("log")
    left.set_yticks(_TICKS, [f"{tick:g}" for tick in _TICKS])
    left.minorticks_off()
    left.set(xlim=(0, 50), ylim=(0.4, 200), xlabel="years", title="Wage (log scale)")
    right.set(xlim=(0, 50), ylim=(0, 1.15), xlabel="years", title="Output over AGI output")
    left.legend(loc="upper left")


def describe_holding_back(rate: float, since: float) -> str:
    """Dates, the wage and output after 40 years, and welfare."""
    now, (_, _, alone, whole) = _solved(rate, since), _free()
    i = int(np.flatnonzero(_YEARS == 40.0)[0])
    begin = f"From year {now.parting:.1f} on" if now.parting > 0 else "From the start"
    text = (
        f"{begin} fewer tasks are automated than could be. After 40 years the wage is "
        f"{now.wages[i]:.3g} (0.5 under AGI) and {1 - now.output[i]:.0%} of the AGI output is "
        f"forgone."
    )
    if now.abundant is not None:
        first, last = now.abundant
        until = f"to year {last:.1f}" if np.isfinite(last) else "for ever"
        text += f" Labour is not scarce from year {first:.1f} {until}."
    return (
        f"{text} The wages are worth a constant {now.worker:.2f} to a worker who does not save, "
        f"against {alone:.2f}; to the household the path is worth {now.household:.3f}, against "
        f"{whole:.3f}."
    )


def holding_back_data(rate: float, since: float) -> dict[str, Any]:
    """The curves, year by year."""
    now, free = _solved(rate, since), _free()
    return {
        "year": _YEARS,
        "wage": now.wages,
        "wage, AGI": free[0],
        "output over AGI output": now.output,
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
    draw=draw_holding_back,
    controls={
        "rate": Slider(
            "Rate of automation λg, per year",
            [0.02, 0.04, 0.055, 0.067, 0.08, 0.09, 0.1, 0.11, 0.12, 0.14, 0.16],
            default=0.09,
            format="{:.3f}",
        ),
        "since": Slider(
            "Held back from year", [0, 5, 9, 12, 15, 17, 18, 19, 19.5], default=0, format="{:g}"
        ),
    },
    describe=describe_holding_back,
    data=holding_back_data,
    caption=(
        "The baseline AGI scenario (T = 20, Table 2, optimal saving), in which automation goes on "
        "at a constant rate from the year chosen, but never faster than technology allows. Grey: "
        "the paper's policy. Try: raise the rate from its lowest value; then start too late."
    ),
    presets={
        "The paper's policy": {"rate": 0.09, "since": 0},
        "Best for a worker who does not save": {"rate": 0.067, "since": 0},
        "Hardly held back": {"rate": 0.14, "since": 0},
        "Too late": {"rate": 0.09, "since": 19},
    },
    reference="The paper's policy",
    size=(6.8, 3.6),
)
