"""The scenarios of Figure 8: what is drawn more than once, and the explorers.

>>> automation.description(weight=1.0, horizon=20.0).split(";")[0]
'Region 2 begins in year 18.6'
>>> economy.description(panel="(c) aggressive AGI").split(";")[0]
'Region 2 begins in year 3.6'
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import sympy
from sympy import Eq

from aiecon.korinek_suh.dynamics.automation_paths import Bounded, BusinessAsUsual, Mixed
from aiecon.korinek_suh.dynamics.many_transitions import Transitions, solve_transitions
from aiecon.korinek_suh.dynamics.scenarios import SCENARIOS, WEIGHT
from aiecon.korinek_suh.parameters import Parameters
from aiecon.validation import FloatArray
from exhibits.explorer import Choice, Clause, Explorer, Line, Panel, Rule, Slider

__all__ = ["automation", "economy"]

END = 30.0  # years in the picture
LATER = 25.0  # the year of which the sentence tells
_BEFORE, _AFTER = 30, 16  # points of a curve until T, close to each other at its end, and after
_LOWEST = -4.0  # of log(K/L) − log κ, below which nothing depends on it
_LEFT = 0.392  # 1 − Φ₀


def _seen(paths: Transitions, horizon: FloatArray) -> dict[str, Any]:
    """Curves of n economies, and what the sentence tells of them.

    Capital moves smoothly wherever prices bend, so log K is what a page interpolates. Labour is
    scarce again when −log u, which grows at λg after T, is overtaken by log(1 + K): at T that is
    ``turned``, from there on it grows at G but for ``outgrown``, which moves slowly.
    """
    if paths.failures:
        raise ValueError(next(iter(paths.failures.values())))
    dates = np.pad(paths.changes, ((0, 0), (0, 2)), constant_values=np.inf)[:, :2]
    entry, back = np.minimum(dates, END).T
    turn = np.minimum(horizon, END)[:, None]
    near, after = np.linspace(0, 1, _BEFORE), np.linspace(0, 1, _AFTER + 1)[1:]
    year = np.hstack([turn * near * (2 - near), turn + (END - turn) * after**1.5])
    share = paths.labor_share(year)
    scarcity = np.maximum(paths.scarcity(year), _LOWEST)
    hump = paths.wage(entry[:, None] * np.linspace(0.05, 1, 58)).max(axis=1)  # if there is one
    start, later = paths.wage([0.0, LATER]).T
    turned = np.logaddexp(0, paths.log_capital(horizon[:, None])[:, 0])
    gone = -paths.automation.log_unautomated(back[:, None, None])[:, 0, 0]
    collapses, scarce = -scarcity.min(axis=1), scarcity[:, -1]
    return {
        "year": year,
        "log_K": paths.log_capital(year),
        "tasks": paths.automation.unautomated(year[:, None])[:, 0],
        "ratio": share / (1 - share) * paths.capital(year),
        "wage": paths.wage(year),
        "output": paths.output(year),
        "labor_share": share,
        "entry": entry,
        "back": back,
        "turned": turned,
        "outgrown": gone - turned - np.ravel(paths.params.growth) * (back - horizon),
        "region_2": np.where(entry < END, entry, np.nan),
        "region_1": np.where(back < END, back, np.nan),
        "late": (entry > horizon) & (entry < END),  # not by the bout
        "collapses": collapses,
        "scarce": scarce,
        "returned": np.minimum(collapses, scarce),
        "stays": np.minimum(collapses, -scarce),
        "hump": hump,
        "peaked": np.minimum(collapses, hump - start),
        "falling": np.minimum(collapses, start - hump),
        "start": start,
        "later": later,
        "times": later / start,
        "high": (later - 10) / 10,
        "log_K_later": paths.log_capital([LATER])[:, 0],
        "later_share": paths.labor_share([LATER])[:, 0],
    }


def _formulas(
    horizon: Any, back: Any, left_later: Any, sigma: Any = 0.5, K0: Any = 4.6
) -> dict[str, sympy.Expr]:
    """What follows in the page from log K and a few numbers of :func:`_seen`, by Lemma 1.

    Prices by the ratio r = w/R = max(1, (K/L)/κ)^(1/σ), which is 1 in region 2: the labour share is
    r/(r + K), as L = 1.
    """
    A, half = 0.5, sympy.Rational(1, 2)
    sigma = half if sigma == 0.5 else sigma
    u, tasks, ratio, wage, log_K, log_K_later = sympy.symbols(
        "u tasks ratio wage log_K log_K_later"
    )
    entry, collapses, scarce, hump, start, later, returned = sympy.symbols(
        "entry collapses scarce hump start later returned"
    )

    def ratios(K: Any, left: Any) -> Any:
        return sympy.Max(1, K * left / (1 - left)) ** (1 / sigma)

    def wages(r: Any, left: Any) -> Any:
        ces = ((1 - left) * r ** (sigma - 1) + left) ** (1 / (sigma - 1))
        return A * sympy.Piecewise((r ** (1 - left), Eq(sigma, 1)), (ces, True))

    turn, i = sympy.Min(horizon, END), u * (_BEFORE + _AFTER - 1)  # i: the number of a point
    near, after = i / (_BEFORE - 1), sympy.Max(0, i - _BEFORE + 1) / _AFTER
    K, K_later = sympy.exp(log_K), sympy.exp(log_K_later)
    r_later = ratios(K_later, left_later)
    never = sympy.oo
    return {
        "year": sympy.Piecewise(
            (turn * near * (2 - near), i < _BEFORE - half),
            (turn + (END - turn) * after**1.5, True),
        ),
        "ratio": ratios(K, tasks),
        "wage": wages(ratio, tasks),
        "output": wage * (1 + K / ratio),
        "labor_share": ratio / (ratio + K),
        "returned": sympy.Min(collapses, scarce),
        "stays": sympy.Min(collapses, -scarce),
        "region_2": sympy.Piecewise((entry, collapses > 0), (never, True)),
        "back": sympy.Piecewise((sympy.Min(back, END), returned > 0), (END, True)),
        "region_1": sympy.Piecewise((sympy.Min(back, END), returned > 0), (never, True)),
        "start": wages(ratios(K0, _LEFT), _LEFT),
        "peaked": sympy.Min(collapses, hump - start),
        "falling": sympy.Min(collapses, start - hump),
        "later": wages(r_later, left_later),
        "times": later / start,
        "high": (later - 10) / 10,
        "later_share": r_later / (r_later + K_later),
    }


def _tasks_left(weight: Any, horizon: Any, rate: Any) -> Callable[[Any], Any]:
    """1 − Φ at a date, of a member of the family."""

    def tasks(t: Any) -> Any:
        bulk = weight * sympy.Max(1 - t / horizon, 0)
        return _LEFT * (bulk + (1 - weight) * sympy.exp(-rate * t))

    return tasks


_MARGINS = ["collapses", "scarce"]
_MARKS = [
    Rule("goods", x="region_2", colour="ink", name="region 2 begins"),
    Rule("goods", x="region_1", colour="ink", name="region 2 ends"),
    Line("goods", "year", "output", "vermilion", 1, label="output Y", reference=True),
    Line("goods", "year", "wage", "green", label="wage w", reference=True),
    Rule("shares", x="region_2", colour="ink", name="region 2 begins"),
    Rule("shares", x="region_1", colour="ink", name="region 2 ends"),
    Line("shares", "year", "tasks", "blue", 3, label="tasks left, 1 − Φ", reference=True),
    Line("shares", "year", "labor_share", "green", label="labour share", reference=True),
]
_PANELS = {
    "goods": Panel("Goods a year (log scale)", "years", xlim=(0, END), ylim=(0.3, 1000),
                   yscale="log", yticks=[0.5, 1, 5, 10, 50, 100, 500, 1000]),
    "shares": Panel("Shares", "years", xlim=(0, END), ylim=(0, 1),
                    yticks=[0, 0.2, 0.4, 0.6, 0.8, 1]),
}  # fmt: skip
_SENTENCE: list[str | Clause] = [
    Clause("Labour remains scarce in all of these 30 years.", unless="collapses"),
    Clause("Region 2 begins in year {entry:.1f}; until then the wage", when="collapses"),
    Clause("falls from {start:.1f}.", when="falling"),
    Clause("rises to {hump:.1f} and falls.", when="peaked"),
    Clause("Labour is scarce again from year {back:.1f} on.", when="returned"),
    Clause("Labour is not scarce again in the picture.", when="stays"),
    Clause("After 25 years the wage is {later:.1f}, {times:.1f} times today's,", unless="high"),
    Clause("After 25 years the wage is {later:.0f}, {times:.0f} times today's,", when="high"),
    "and labour has {later_share:.0%} of output.",
]
_COLUMNS = {
    "year": "year",
    "wage w": "wage",
    "output Y": "output",
    "labour share": "labor_share",
    "tasks left 1 − Φ": "tasks",
}


# Which tasks are automated, and when --------------------------------------------------------------


def _automation(weight: FloatArray, horizon: FloatArray, rate: FloatArray) -> dict[str, FloatArray]:
    """Of members of the family: ω = 0 is business as usual, ω = 1 full automation at T."""
    out: dict[str, FloatArray] = {}
    for these, path in (
        (weight == 0, lambda i: BusinessAsUsual(rate[i])),
        (weight == 1, lambda i: Bounded(horizon[i])),
        ((weight > 0) & (weight < 1), lambda i: Mixed(weight[i], horizon[i], rate[i])),
    ):
        if these.any():
            found = _seen(solve_transitions(path(these), tol=1e-5), horizon[these])
            for name, value in found.items():
                out.setdefault(name, np.empty((len(weight), *value.shape[1:])))[these] = value
    return out


def _family() -> dict[str, sympy.Expr]:
    weight, horizon, rate = sympy.symbols("weight horizon rate", nonnegative=True)
    year, turned, outgrown = sympy.symbols("year turned outgrown")
    tasks = _tasks_left(weight, horizon, rate)
    G = Parameters().growth
    level = turned + outgrown + sympy.log(_LEFT * (1 - weight))
    back = (G * horizon - level) / (G - rate)
    found = _formulas(horizon, back, tasks(LATER))
    return {"year": found.pop("year"), "tasks": tasks(year), **found}


#: The scenarios of Figure 8 as members of one family: the weight, the horizon, the rate.
automation = Explorer(
    name="scenarios-automation",
    title="Scenarios: how much is automated, and how fast",
    alt=(
        "Two panels over thirty years. Left: output and the wage on a logarithmic scale. Right: "
        "the labour share and the share of tasks left to labour. Dotted lines mark the dates at "
        "which labour ceases to be scarce or becomes scarce again; grey dashes show business as "
        "usual."
    ),
    panels=_PANELS,
    controls={
        "weight": Slider("Weight of the bounded part ω", 0, 1, 1, format=".3f", positions=201,
                         nodes=[0.04, 0.15, 0.31, 0.48, 0.62, 0.76, 0.86, 0.925, 0.955, 0.975,
                                0.988]),
        "horizon": Slider("Years until that part is automated T", 2, 60, 20, scale="log",
                          format=".1f", breaks=(END,),
                          nodes=[2.8, 4.2, 6.3, 9, 12, 15, 18, 21.5, 25.5, 32, 40, 50],
                          idle="No task belongs to the bounded part."),
        "rate": Slider("Rate of automation in the rest λg", 0.002, 0.2, 0.01, format=".3f",
                       nodes=[0.02, 0.05, 0.08, 0.11, 0.14, 0.165, 0.181, 0.19],
                       idle="All tasks belong to the bounded part."),
    },
    compute=_automation,
    structure="late",
    formulas=_family(),
    marks=_MARKS,
    margins=_MARGINS,
    smooth=["log_K", "log_K_later", "turned", *_MARGINS],
    sentence=_SENTENCE,
    columns=_COLUMNS,
    caption=(
        "Table 2 otherwise. At ω = 0 the horizon T plays no part, at ω = 1 the rate λg. Grey "
        "dashes: business as usual, panel (a). Try: in panel (d), raise λg to 0.2, above the "
        f"{Parameters().growth:.0%} at which capital can grow."
    ),
    presets={
        "(a) business as usual": {"weight": 0, "horizon": 20, "rate": 0.01},
        "(b) baseline AGI": {"weight": 1, "horizon": 20, "rate": 0.01},
        "(c) aggressive AGI": {"weight": 1, "horizon": 5, "rate": 0.01},
        "(d) bout of automation": {"weight": WEIGHT, "horizon": 5, "rate": 0.01},
    },
    reference="(a) business as usual",
    play="horizon",
    size=(6.8, 3.3),
)  # fmt: skip


# In what economy ----------------------------------------------------------------------------------

_SCENARIOS = {f"({s.panel}) {s.title[0].lower()}{s.title[1:]}": s for s in SCENARIOS.values()}


def _economy(
    panel: str, sigma: FloatArray, eta: FloatArray, K0: FloatArray
) -> dict[str, FloatArray]:
    """A scenario in economies with (σ, η, K₀)."""
    path = _SCENARIOS[panel].automation
    horizon = getattr(path, "horizon", END)
    paths = solve_transitions(path, K0, tol=1e-5, sigma=sigma, eta=eta)
    seen = _seen(paths, np.full(len(K0), horizon))
    paper = _seen(solve_transitions(path), np.array([horizon]))
    return seen | {
        "T": np.array([horizon]),
        "omega": np.array([{"a": 0.0, "d": WEIGHT}.get(panel[1], 1.0)]),
        "tasks": seen["tasks"][:1],
        **{f"{name}_table_2": paper[name] for name in ("year", "wage", "labor_share")},
    }


def _other_economies() -> dict[str, sympy.Expr]:
    sigma, eta, K0 = sympy.symbols("sigma eta K0", positive=True)
    T, omega, year, turned, outgrown = sympy.symbols("T omega year turned outgrown")
    G, rate = 0.36 / eta, SCENARIOS["d"].automation.long_run_rate  # panel (a) has the same
    tasks = _tasks_left(omega, T, rate)
    back = (G * T - turned - outgrown - float(np.log(_LEFT * (1 - WEIGHT)))) / (G - rate)
    found = _formulas(T, back, tasks(LATER), sigma, K0)
    return {"year": found.pop("year"), "tasks": tasks(year), **found}


#: The four scenarios in other economies: complements, savers, capital to start with.
economy = Explorer(
    name="scenarios-economy",
    title="The four scenarios in other economies",
    alt=automation.alt.replace("business as usual", "the same scenario at the calibration"),
    panels=_PANELS,
    controls={
        "panel": Choice("Scenario", list(_SCENARIOS), "(b) baseline AGI"),
        "sigma": Slider(
            "Elasticity of substitution σ",
            0.15,
            3,
            0.5,
            scale="log",
            nodes=[0.19, 0.24, 0.31, 0.4, 0.52, 0.68, 0.87, 1.1, 1.5, 2.1],
        ),
        "eta": Slider(
            "Relative risk aversion η",
            0.95,
            6,
            2,
            scale="log",
            nodes=[1.13, 1.35, 1.6, 1.95, 2.35, 2.9, 3.6, 4.6],
        ),
        "K0": Slider(
            "Capital at the start K₀",
            2.5,
            25,
            4.6,
            scale="log",
            format=".1f",
            nodes=[3.2, 4.3, 6.2, 9, 14.5],
        ),
    },
    compute=_economy,
    formulas=_other_economies(),
    marks=[
        Line("goods", "year_table_2", "wage_table_2", "muted", 1, 1.2, label="at Table 2"),
        Line("shares", "year_table_2", "labor_share_table_2", "muted", 1, 1.2, label="at Table 2"),
        *_MARKS,
    ],
    margins=_MARGINS,
    smooth=["log_K", "log_K_later", "turned", *_MARGINS],
    sentence=_SENTENCE,
    columns=_COLUMNS,
    caption=(
        "Grey dashes: wage and labour share at Table 2 (σ = 0.5, η = 2, K₀ = 4.6). Try: in panel "
        "(b), lower η. People save more for a future in which capital pays, and the wage climbs "
        f"before it falls. From η = {Parameters().least_eta:.1f} downwards utility is infinite."
    ),
    presets={
        f"Figure 8 ({s.panel})": {"panel": name, "sigma": 0.5, "eta": 2, "K0": 4.6}
        for name, s in _SCENARIOS.items()
    },
    size=(6.8, 3.3),
)
