"""One vocabulary for every model: wage, labour share, employment, Gini, output, four people.

Wages and output are indices, today 1; shares are levels; what a model does not have is NaN. The
worth of a path to a person is constant consumption over what she would have without AI (in Korinek
& Suh: with business as usual), less one. Dates are years from today, when AI arrives; Kuhle's 1975
is today, and technology takes 49 years to that of 2024 at a constant rate, our assumption. Acemoglu
forecasts ten years, which here come at a constant rate; what follows them is held constant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np

from aiecon import acemoglu as ac
from aiecon import chen_meng as cm
from aiecon import kuhle
from aiecon import wang_wong as ww
from aiecon.korinek_suh.dynamics.scenarios import SCENARIOS
from aiecon.korinek_suh.extensions.skills import ProportionalSkills
from aiecon.korinek_suh.extensions.skills_transition import solve_skill_transition
from aiecon.validation import FloatArray, finite, require
from aiecon.who_benefits.instruments import match_incomes, mean_log_wage, skill_worths
from aiecon.who_benefits.people import FOUR, four_people, gini
from aiecon.who_benefits.transition import solve_two_agents

__all__ = ["DATES", "MEASURES", "MODELS", "Measured", "common_measures", "measured"]

DATES = (0.0, 5.0, 10.0, 20.0, 30.0, 49.0)
MEASURES = ("wage", "labour share", "employment", "Gini", "output")
GAMMA = 2.0  # risk aversion behind the veil where a model has none of its own, that of Table 2


@dataclass(frozen=True, eq=False)
class Measured:
    """What one model says, NaN where it says nothing."""

    model: str
    dates: FloatArray  # (T,), years from today
    values: dict[str, FloatArray]  # by measure, (T,)
    worth: dict[str, float]  # gain by person

    def row(self, measure: str) -> FloatArray:
        """(T,), NaN where the model is silent."""
        require("measure", repr(measure), measure in MEASURES, ", ".join(MEASURES))
        return self.values.get(measure, np.full(len(self.dates), np.nan))

    def gain(self, person: str) -> float:
        """NaN where the model is silent."""
        return self.worth.get(person, float("nan"))


def common_measures(dates: Any = DATES) -> tuple[Measured, ...]:
    """All over common dates: four scenarios, skills, Wang & Wong, Kuhle, Chen & Meng, Acemoglu.

    >>> table = common_measures()
    >>> [row.model for row in table][:2], len(table)
    (['Business as usual', 'Baseline AGI'], 10)
    >>> table[1].row("wage").round(2)
    array([1.  , 0.8 , 0.75, 0.36, 0.36, 0.36])
    """
    t = finite("dates", dates)
    sound = t.ndim == 1 and t.size > 1 and t[0] == 0 and bool((np.diff(t) > 0).all())
    require("dates", t, sound, "increasing dates from 0 on, two or more")
    return tuple(measured(model, t) for model in MODELS)


def measured(model: str, dates: Any = DATES) -> Measured:
    """One of the ``MODELS`` over common dates.

    >>> measured("Kuhle").row("output").round(2)
    array([1.  , 1.04, 1.09, 1.21, 1.36, 1.77])
    """
    require("model", repr(model), model in MODELS, ", ".join(MODELS))
    return _measured(model, tuple(finite("dates", dates).tolist()))


@cache
def _measured(model: str, dates: tuple[float, ...]) -> Measured:
    return MODELS[model](np.array(dates))


def _index(x: Any) -> FloatArray:
    return np.asarray(x / x[0])


@cache
def _business_as_usual() -> dict[str, float]:
    return four_people(solve_two_agents(SCENARIOS["a"].automation))


def _korinek_suh(panel: str, t: FloatArray) -> Measured:
    path, base = solve_two_agents(SCENARIOS[panel].automation), _business_as_usual()
    values = {
        "wage": _index(path.wage(t)),
        "labour share": path.labor_share(t),
        "Gini": gini(path, t),
        "output": _index(path.output(t)),
    }
    worth = four_people(path)
    gains = {who: worth[who] / base[who] - 1.0 for who in FOUR}
    return Measured(SCENARIOS[panel].title, t, values, gains)


def _skills(t: FloatArray) -> Measured:
    """Section 4.4 with ν = 1/2 in the baseline scenario, against business as usual; one household.

    The wage is the mean; employed is who still does what machines cannot.
    """
    tasks = [SCENARIOS[panel].automation for panel in "ba"]
    fast, slow = (solve_skill_transition(x, ProportionalSkills(x, nu=0.5)) for x in tasks)
    values = {
        "wage": _index(np.exp(mean_log_wage(fast, t))),
        "labour share": fast.labor_share(t),
        "employment": fast.skilled(t),
        "Gini": fast.wages(t).gini,
        "output": _index(fast.output(t)),
    }
    after, before = skill_worths(fast), skill_worths(slow)
    worth = {who: after[who] / before[who] - 1.0 for who in ("worker", "representative")}
    return Measured("Baseline AGI with skills", t, values, worth)


def _wang_wong(t: FloatArray) -> Measured:
    """The reference point against a labour market without AI. Output counts what AI makes too, as
    the labour share does: per worker y (1 + ρμA π_A), π_A y a replacement."""
    path, p = ww.solve_transition(), ww.Parameters()
    still = p.b + (1 - p.theta) * ((1 - p.b) + p.theta * p.alpha * p.s_0)  # w/y without AI
    share = np.where(t > 0, path.wage_share(t), still)
    made = p.rho * p.mu * path.capability(t) * path.adoption(t) * p.pi_A
    all_output = 1.0 + np.where(t > 0, made, 0.0)  # per unit of y
    values = {
        "wage": _index(share * path.productivity(t)),
        "labour share": share / all_output,
        "employment": path.employment(t),
        "output": _index(ww.market_output(path, t) * all_output),
    }
    work = (still * p.H_0 + p.b * (1 - p.H_0)) / p.r
    whole = (p.H_0 + (p.b - ww.vacancy_cost(p.alpha, p)) * (1 - p.H_0)) / p.r
    whole_gain = float(ww.welfare(path) / whole - 1.0)
    worth = {"worker": match_incomes(path) / work - 1.0, "representative": whole_gain}
    return Measured("Wang & Wong", t, values, worth)


def _kuhle(t: FloatArray) -> Measured:
    """Incomes of skill from 1975 on: the median person's, their Gini, mean income per household.

    The average household is one behind the veil, with γ = 2.
    """
    old, new = kuhle.two_years()
    years = np.clip(t / 49.0, 0.0, 1.0)
    now = kuhle.pivotal_economy(old.technology * (new.technology / old.technology) ** years)
    veil = kuhle.certainty_equivalent(now, GAMMA)
    values = {"wage": _index(now.median), "Gini": now.gini, "output": _index(now.mean)}
    worth = {
        "median": float(now.median[-1] / now.median[0] - 1.0),
        "representative": float(veil[-1] / veil[0] - 1.0),
    }
    return Measured("Kuhle", t, values, worth)


def _chen_meng(name: str, t: FloatArray) -> Measured:
    """A regime, at once from today on; a unit of human capital makes h^(1−aλ) A^(aλ)."""
    p = dict(zip(REGIMES, cm.regimes(), strict=True))[name]
    result, crowd = cm.economy(p), cm.people(20_000)
    before, after = (
        cm.log_human_capital(p, school, crowd) for school in (result.before, result.after)
    )
    made = p.eta0**p.weight * np.exp((1.0 - p.weight) * after).mean()
    unit = float(made / np.exp(before).mean())
    pay, income = unit * float(result.pay.mean()), unit * float(result.income.mean())
    middle = unit * float(np.median(result.income) / np.median(result.pay_before))
    steps = {
        "wage": (1.0, pay),
        "labour share": (1.0, cm.labour_share(p)),
        "Gini": (result.gini_before, result.gini),
        "output": (1.0, income),
    }
    values = {what: np.where(t > 0, end, start) for what, (start, end) in steps.items()}
    worth = {"worker": pay - 1.0, "median": middle - 1.0, "representative": income - 1.0}
    return Measured(f"Chen & Meng, {name}", t, values, worth)


def _acemoglu(t: FloatArray) -> Measured:
    """GDP with the capital that follows, (13) and (14).

    The paper's part on wages and shares is not redone in this book: the rest is silent.
    """
    p = ac.Parameters()
    grown = ac.gdp(ac.tfp(p), p) * np.clip(t / TEN, 0.0, 1.0)
    return Measured("Acemoglu", t, {"output": 1.0 + grown}, {})


TEN = 10.0  # years of Acemoglu's forecast
REGIMES = ("levelling", "concentrating")
#: What makes the measures of each model.
MODELS: dict[str, Callable[[FloatArray], Measured]] = {
    **{x.title: partial(_korinek_suh, panel) for panel, x in SCENARIOS.items()},
    "Baseline AGI with skills": _skills,
    "Wang & Wong": _wang_wong,
    "Kuhle": _kuhle,
    **{f"Chen & Meng, {name}": partial(_chen_meng, name) for name in REGIMES},
    "Acemoglu": _acemoglu,
}
