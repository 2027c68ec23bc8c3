"""Workers who differ in skill: the paths that the chapter's figures share, and its explorer.

>>> superstars.description(nu=0.0, year=100).split(";")[0]
'Nobody is displaced'
"""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy

from aiecon.cached import cached
from aiecon.korinek_suh import AutomationPath, Bounded, BusinessAsUsual
from aiecon.korinek_suh.extensions.skills import ProportionalSkills
from aiecon.korinek_suh.extensions.skills_inequality import WageDistribution
from aiecon.korinek_suh.extensions.skills_transition import SkillTransition, solve_skill_transition
from aiecon.validation import FloatArray
from exhibits.explorer import (
    Choice,
    Clause,
    Explorer,
    Goal,
    Line,
    Panel,
    Points,
    Rule,
    Slider,
    between_kinks,
)

__all__ = ["SCENARIOS", "SPREAD", "superstars", "transition_of"]

SPREAD = 0.6  # standard deviation of log efficiency units in the figures
SCENARIOS: dict[str, AutomationPath] = {
    "unbounded": BusinessAsUsual(rate=0.01),
    "bounded": Bounded(horizon=20.0),
}
_TASKS = {"unbounded, 1% a year": "unbounded", "bounded, 20 years": "bounded"}
_CAPITAL = {
    "all the same": (0.0, False),
    "differs, kept": (SPREAD, False),
    "differs, devalued": (SPREAD, True),
}
_YEARS, _STEEP = 200.0, 16.0  # shown; from when on wages may collapse


@cached(64)
def transition_of(tasks: str, nu: float) -> SkillTransition:
    """The path in a scenario with skills that run out ν times as fast as tasks, Table 2."""
    path = SCENARIOS[tasks]
    return solve_skill_transition(path, ProportionalSkills(path, nu))


def _superstars(tasks: str, capital: str, nu: FloatArray, year: FloatArray) -> dict[str, Any]:
    """Wages over time for each ν, and their distribution in a year."""
    rates, which = np.unique(nu, return_inverse=True)
    paths = [transition_of(_TASKS[tasks], float(rate)) for rate in rates]
    ends = np.array([next((c.date for c in path.region_changes), np.inf) for path in paths])
    kinks: list[Any] = [_STEEP, ends - 0.4, ends, SCENARIOS[_TASKS[tasks]].kinks or np.inf]
    root = between_kinks(0, [np.sqrt(np.ravel(date)) for date in kinks], np.sqrt(_YEARS), 12)
    time = np.minimum(root**2, _YEARS)
    names = ("wage", "displaced_wage", "displaced", "log_capital")
    curves, now = {}, {f"{name}_now": np.empty(len(nu)) for name in names}
    for name in names:
        rows = [getattr(path, name)(t) for path, t in zip(paths, time, strict=True)]
        curves[name] = np.stack(rows)[which]
        for i, path in enumerate(paths):
            now[f"{name}_now"][which == i] = getattr(path, name)(year[which == i])
    wages = WageDistribution(
        now["displaced_now"], now["wage_now"], now["displaced_wage_now"], *_CAPITAL[capital]
    )
    alike = [wages.below(now["displaced_wage_now"] * (1 + gap)) for gap in (-1e-9, 1e-9)]
    shares = between_kinks(1e-4, alike, 0.9999, 8)
    scarce = np.minimum(ends[which], 1e3) - year
    return {
        **curves,
        **now,
        "bounded": [float(np.isfinite(ends[0]))],
        "root": root[which],
        "time": time[which],
        "root_same": root[:1],
        "same": transition_of(_TASKS[tasks], 0.0).wage(time[:1]),
        "year_root": np.sqrt(year),
        "scarce": scarce,
        "plenty": -scarce,
        "shares": shares,
        "earned": wages.lorenz(shares.T).T,
        "ends": [[0.0, 1.0]],
        "gini": wages.gini,
        "top": wages.top_share(0.1),
    }


def _formulas() -> dict[str, sympy.Expr]:
    """The same in symbols, given capital: the frontier at the ratio of wages r, Table 2."""
    year, nu, root, bounded = sympy.symbols("year nu root bounded")

    def of(t: Any, log_K: str) -> tuple[Any, Any, Any]:
        part = sympy.Piecewise(  # of today's unautomated tasks
            (sympy.Max(1 - t / 20, 0), bounded > 0.5), (sympy.exp(-t / 100), True)
        )
        left, gone = 0.392 * part, 1 - part**nu
        machines = sympy.exp(sympy.Symbol(log_K)) + gone
        r = sympy.Max(1, machines * 0.392 * part ** (1 - nu) / (1 - left)) ** 2
        wage = 0.5 / ((1 - left) / sympy.sqrt(r) + left) ** 2
        return wage, wage / r, gone

    names = ("wage", "displaced_wage", "displaced")
    now = dict(zip(names, of(year, "log_capital_now"), strict=True))
    return {
        "time": root**2,
        **dict(zip(names, of(root**2, "log_capital"), strict=True)),
        **{f"{name}_now": expression for name, expression in now.items()},
        "year_root": sympy.sqrt(year),
        "plenty": -sympy.Symbol("scarce"),
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
    panels={
        "wages": Panel(
            "Wages (log scale)", "years (root scale)", "wage",
            xlim=(0, np.sqrt(_YEARS)), ylim=(0.1, 200), yscale="log",
            xticks={np.sqrt(t): f"{t:g}" for t in (0, 10, 20, 50, 100, 200)},
            yticks=[0.1, 0.5, 2, 10, 50, 200],
        ),
        "lorenz": Panel(
            "Lorenz curve", "share of workers, lowest paid first", "their share of wages"
        ),
    },
    controls={
        "tasks": Choice("Tasks", list(_TASKS), default="unbounded, 1% a year"),
        "capital": Choice("Efficiency units", list(_CAPITAL), default="all the same"),
        "nu": Slider("Workers over tasks lost, ν", 0, 0.9, 0.5, nodes=10),
        "year": Slider("Year", 1, _YEARS, 100, scale="log", format=".1f", breaks=(20,),
                       nodes=[1.6, 2.5, 4, 6, 8, 10, 12, 13.5, 14.7, 15.7, 16.6, 17.3, 17.8, 18.2,
                              18.5, 18.75, 19, 19.2, 19.4, 19.52, 19.64, 19.76, 19.87, 19.95, 23,
                              28, 38, 55, 80, 115, 145, 172]),
    },
    compute=_superstars,
    formulas=_formulas(),
    marks=[
        Line("wages", "root_same", "same", colour="muted", width=1.4, label="all alike"),
        Line("wages", "root", "displaced_wage", colour="vermilion", dash=3, label="displaced"),
        Line("wages", "root", "wage", colour="green", label="skilled"),
        Rule("wages", x="year_root", name="the year"),
        Points("wages", "year_root", "wage_now", colour="green", name="skilled in that year"),
        Line("lorenz", "ends", "ends", colour="muted", dash=2, width=1, name="all the same"),
        Line("lorenz", "shares", "earned", name="workers' share of wages"),
    ],
    margins=["scarce"],
    sentence=[
        Clause(
            "Nobody is displaced; in year {year:.3g} each efficiency unit earns {wage_now:.3g}, "
            "capital {displaced_wage_now:.3f}.", unless="displaced_now",
        ),
        Clause(
            "In year {year:.3g} labour is not scarce: all workers earn {wage_now:.3g} for an "
            "efficiency unit, as capital does.", when="displaced_now", unless="scarce",
        ),
        Clause(
            "In year {year:.3g}, {displaced_now:.0%} of the workers are displaced and earn "
            "{displaced_wage_now:.3f}, as capital does; the others earn {wage_now:.3g}.",
            when="displaced_now", unless="plenty",
        ),
        "The Gini coefficient of wages is {gini:.2f}; the best-paid tenth earns {top:.0%} of all "
        "wages.",
    ],
    columns={"year": "time", "wage of the skilled": "wage", "wage of the displaced":
             "displaced_wage", "share displaced": "displaced"},
    caption=(
        "Grey: the wage where nobody is displaced. Try: raise ν and watch the two wages part; then "
        "take bounded tasks, stop at year 19 and raise ν again."
    ),
    presets={
        "Unbounded, a century on": {},
        "Bounded, a year before": {"tasks": "bounded, 20 years", "year": 19},
        "Devalued human capital": {"capital": "differs, devalued"},
    },
    play="year",
    goal=Goal(
        "Find a year in which the best-paid tenth earns half of all wages.", of="top",
        low=0.49, high=0.51, reached="By then {displaced_now:.0%} of the workers are displaced.",
    ),
)  # fmt: skip
