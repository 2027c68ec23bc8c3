"""The counterweight: the explorer of Hulten's arithmetic, and the race in the same units.

>>> small_numbers.description().split(":")[0]
'AI touches 4.6% of GDP within ten years and saves 14.4% of the costs there'
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import sympy as sp

from aiecon import acemoglu as ac
from aiecon import korinek_suh as ks
from aiecon.cached import cached
from exhibits.explorer import Explorer, Line, Panel, Points, Slider

__all__ = ["TenYears", "small_numbers", "ten_years"]


@dataclass(frozen=True)
class TenYears:
    """Ten years of a transition of Korinek & Suh, taken apart as Hulten's arithmetic is.

    ``tasks``: share of tasks automated in that time; ``saving``: d ln Y/dΦ at the start, what a
    task's automation saves in units of GDP; ``technology``: growth of ln Y at the first capital;
    ``output``: growth of ln Y with the capital that is saved.
    """

    tasks: float
    saving: float
    technology: float
    output: float


@cached()
def ten_years(horizon: float | None = 20.0) -> TenYears:
    """The scenario with full automation after ``horizon`` years (None: business as usual).

    >>> round(ten_years().tasks, 3), round(ten_years().output, 2)
    (0.196, 0.79)
    """
    p, K0 = ks.Parameters(), 4.6
    path: Any = ks.BusinessAsUsual() if horizon is None else ks.Bounded(horizon=horizon)
    first, last = (float(path.share(t)) for t in (0.0, 10.0))
    now = ks.equilibrium(K0, first, p)
    labor, capital = (float(price / p.A) ** (1 - p.sigma) for price in (now.wage, now.rental_rate))
    transition = ks.solve_transition(path, K0=K0, params=p)
    return TenYears(
        tasks=last - first,
        saving=(labor - capital) / (1 - p.sigma),
        technology=float(np.log(ks.equilibrium(K0, last, p).output / now.output)),
        output=float(transition.log_output(10.0) - transition.log_output(0.0)),
    )


def _gains(**inputs: Any) -> dict[str, Any]:
    """The line of all shares of tasks at this saving, the economy on it, and the race's ten years.

    n economies in, arrays (n,) or (n, points) out; all shares in per cent.
    """
    p = ac.Parameters(**inputs)
    share = np.geomspace(1.0, 60.0, 41)[None, :]
    races = [ten_years(horizon) for horizon in (None, 20.0)]
    touched, gain = 100 * ac.impacted(p), 100 * ac.tfp(p)
    return {
        "share": share,
        "gain": share * ac.cost_saving(p)[:, None],
        "touched": touched[:, None],
        "tfp": gain[:, None],
        "race_tasks": np.array([[100 * race.tasks for race in races]]),
        "race_gain": np.array([[100 * race.technology for race in races]]),
        "touched_now": touched / 100,
        "saving_now": ac.cost_saving(p),
        "tfp_now": gain / 100,
        "gdp_now": ac.gdp(gain, p) / 100,
    }


def _formulas() -> tuple[Any, ...]:
    """The sentence's numbers in closed form: the model's own equations, on symbols."""
    exposed, profitable, labor_saving = sp.symbols("exposed profitable labor_saving", positive=True)
    fixed = ac.Parameters()
    p: Any = SimpleNamespace(
        exposed=exposed,
        profitable=profitable,
        labor_saving=labor_saving,
        labor_share=fixed.labor_share,
        capital_share=fixed.capital_share,
    )
    return ac.impacted(p), ac.cost_saving(p), ac.tfp(p), ac.gdp(ac.tfp(p), p)


_NOW = _formulas()

small_numbers = Explorer(
    name="hulten",
    title="What small savings add up to",
    alt=(
        "Growth of productivity in ten years against the share of tasks that AI touches, both on "
        "logarithmic axes: a rising straight line with a dot on it for the present inputs, and two "
        "squares far above it for the race of Korinek and Suh."
    ),
    panels={
        "gain": Panel(
            "Productivity gained in ten years, per cent (log scale)",
            "share of tasks that AI takes over or helps with, per cent (log scale)",
            xlim=(1, 60),
            ylim=(0.05, 60),
            xscale="log",
            yscale="log",
            xticks=[1, 2, 5, 10, 20, 50],
            yticks=[0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50],
        )
    },
    controls={
        "exposed": Slider(
            "Exposed tasks, share of GDP", 0.06, 0.6, 0.2, scale="log", format=".2f", nodes=9
        ),
        "profitable": Slider(
            "Of these profitable", 0.2, 1, 0.23, scale="log", format=".2f", nodes=9
        ),
        "labor_saving": Slider(
            "Labour costs saved", 0.07, 0.95, 0.27, scale="log", format=".2f", nodes=9
        ),
    },
    compute=_gains,
    marks=[
        Line("gain", "share", "gain", label="at this saving", reference=True),
        Points("gain", "touched", "tfp", label="these inputs"),
        Points(
            "gain",
            "race_tasks",
            "race_gain",
            colour="vermilion",
            marker="s",
            label="the race, capital fixed",
        ),
    ],
    formulas={
        "touched_now": _NOW[0],
        "saving_now": _NOW[1],
        "tfp_now": _NOW[2],
        "gdp_now": _NOW[3],
    },
    sentence=(
        "AI touches {touched_now:.1%} of GDP within ten years and saves {saving_now:.1%} of the "
        "costs there: productivity rises by {tfp_now:.2%}, GDP with the capital that follows by "
        "{gdp_now:.2%}."
    ),
    caption=(
        "Equation (14), labour's share of costs 0.535. Grey: the paper's saving. Squares: ten "
        "years of Korinek and Suh's business as usual and of their baseline AGI scenario. Try: "
        "which inputs bring the dot to the squares?"
    ),
    presets={
        "The paper": {"exposed": 0.2, "profitable": 0.23, "labor_saving": 0.27},
        "With faster cost declines": {"exposed": 0.2, "profitable": 0.3, "labor_saving": 0.27},
        "With the programmers' experiment": {
            "exposed": 0.2,
            "profitable": 0.23,
            "labor_saving": 0.36,
        },
    },
    reference="The paper",
    play="labor_saving",
)
