"""What each instrument does, to whom, and what it costs: one table, every budget balanced.

The baseline is an economy of owners and workers in a scenario of Korinek & Suh. The instruments
that are paid out to people are made equally good for a worker, so that what they cost can be
compared: a basic income out of a tax on capital's income, out of a tax on consumption, out of a
public fund that is given, and out of one that is built from a tax. In two agents the second and the
third are one allocation: workers get the part θ/(1+θ) = φ of what owners would have spent, and
nobody's incentive to save changes.

Slowing automation, retraining, a subsidy to matches (Wang & Wong) and AI as a commodity (Chen &
Meng) follow, each in its own model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from aiecon import chen_meng as cm
from aiecon import wang_wong as ww
from aiecon.korinek_suh import Bounded, BusinessAsUsual, HeldBack, Mixed, Parameters
from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath
from aiecon.korinek_suh.dynamics.scenarios import SCENARIOS
from aiecon.korinek_suh.extensions.nostalgic_jobs import wage_maximising_rate
from aiecon.korinek_suh.extensions.skills import ProportionalSkills
from aiecon.korinek_suh.extensions.skills_transition import SkillTransition, solve_skill_transition
from aiecon.korinek_suh.parameters import given
from aiecon.validation import FloatArray, finite, number, require
from aiecon.who_benefits.built_fund import equivalent_saved_tax, solve_built_fund
from aiecon.who_benefits.people import (
    FOUR,
    Person,
    certainty_equivalent,
    four_people,
    log_consumption_of,
    present_value,
    worth,
)
from aiecon.who_benefits.taxed_growth import TaxSchedule
from aiecon.who_benefits.transition import TaxedPath, TwoAgents, solve_two_agents

__all__ = [
    "Laffer",
    "Outcome",
    "Surprise",
    "chosen_rate",
    "equivalent_consumption_tax",
    "harvest_rate",
    "instrument_table",
    "laffer",
    "later",
    "slowed",
    "surprise",
]

RATES = tuple(np.arange(15) * 0.06)
YEARS = 30.0  # at which the cost in output is read
SLOW = 0.5  # the speed of automation that is slowed
NEARLY = 0.99  # of the wage-maximising rate, at which itself growth does not settle exponentially


# Paths that are slowed, or seen from a later date ------------------------------------------------


def slowed(path: AutomationPath, speed: Any) -> AutomationPath:
    """Automation that takes 1/speed times as long: Φ(speed·t). ``speed`` > 0, may be an array.

    >>> slowed(Bounded(horizon=20.0), 0.5).horizon
    40.0
    """
    pace = finite("speed", speed)
    require("speed", pace, pace > 0, "speed > 0")
    change: dict[str, Any] = {}
    if isinstance(path, Bounded | Mixed):
        change["horizon"] = path.horizon / speed
    if isinstance(path, BusinessAsUsual | Mixed):
        change["rate"] = path.rate * speed
    require("path", repr(path), bool(change), "BusinessAsUsual, Bounded or Mixed")
    return replace(path, **change)  # type: ignore[type-var]


def later(path: AutomationPath, date: float) -> AutomationPath:
    """The same automation for somebody who lives ``date`` years later, while tasks are left.

    >>> later(Bounded(horizon=20.0), 5.0).share(5.0) == Bounded(horizon=20.0).share(10.0)
    np.True_
    """
    s, start = number("date", date), float(np.asarray(path.share(date)))
    require("date", s, s >= 0, "date ≥ 0")
    if isinstance(path, BusinessAsUsual):
        return replace(path, initial=start)
    require("path", repr(path), isinstance(path, Bounded | Mixed), "a path of Korinek & Suh")
    assert isinstance(path, Bounded | Mixed)
    left = path.horizon - s
    if isinstance(path, Mixed) and left <= 0:
        return BusinessAsUsual(path.rate, start)
    require("date", s, left > 0, f"date < {path.horizon:g}, when all tasks are automated")
    if isinstance(path, Bounded):
        return replace(path, initial=start, horizon=left)
    bounded = path.weight * (left / path.horizon) ** path.beta
    pareto = (1.0 - path.weight) * np.exp(-path.rate * s)
    weight = float(bounded / (bounded + pareto))
    return replace(path, initial=start, horizon=left, weight=weight)


# A tax on capital's income ------------------------------------------------------------------------


@dataclass(frozen=True)
class Laffer:
    """A tax on capital's income that is paid out, by its rate: arrays (rates,)."""

    rates: FloatArray
    present_value: FloatArray  # of transfers, at what owners earn on the untaxed path, goods
    transfer: FloatArray  # (rates, dates), goods a year
    dates: FloatArray
    growth: FloatArray  # in the long run of region 2, [(1−τ)(A−δ) − ρ]/η per year
    people: dict[str, FloatArray]  # what each path is worth to four people

    @property
    def peaks(self) -> FloatArray:
        """Of the rates that were tried, the one with the largest transfer at each date."""
        return np.asarray(self.rates[np.argmax(self.transfer, axis=0)])


def laffer(
    path: AutomationPath,
    rates: Any = RATES,
    dates: Any = (0.0, 10.0, 30.0, 60.0),
    K0: float = 4.6,
    params: Parameters | None = None,
) -> Laffer:
    """The transfers that each rate yields, and who would want it.

    Where labour is plentiful from now on, T(t) = τ(A−δ)K₀ exp(G t): the transfer at date t is
    largest at τ = η/((A−δ)t), lower the later the date; but its present value at the untaxed
    return, τ(A−δ)K₀/[A−δ−G], rises in τ up to the rate at which growth ends. The curve bends at
    every date, and not in the sum.

    >>> found = laffer(Bounded(horizon=20.0), rates=(0.0, 0.15, 0.3, 0.6, 0.85))
    >>> found.peaks, bool((np.diff(found.present_value) > 0).all())
    (array([0.85, 0.85, 0.3 , 0.15]), True)
    """
    p, taxes, t = given(params), finite("rates", rates), finite("dates", dates)
    require("rates", taxes, taxes.ndim == 1 and taxes.size > 0, "a row of rates")
    free = solve_two_agents(path, 0.0, K0, p)
    paths, near = [], free
    for tax in taxes:
        near = solve_two_agents(path, float(tax), K0, p, near=near)
        paths.append(near)
    worths = [four_people(x) for x in paths]
    return Laffer(
        taxes,
        np.array([present_value(x, x.transfer, prices=free) for x in paths]),
        np.array([x.transfer(t) for x in paths]),
        t,
        ((1.0 - taxes) * (p.A - p.delta) - p.rho) / p.eta,
        {name: np.array([x[name] for x in worths]) for name in FOUR},
    )


def chosen_rate(
    path: AutomationPath,
    person: Person,
    K0: float = 4.6,
    params: Parameters | None = None,
) -> float:
    """The constant tax on capital's income, from now on for ever, that a person would choose.

    Sought between 0 and 0.99 (1 − ρ/(A−δ)), to three digits.

    >>> round(chosen_rate(Bounded(horizon=20.0), FOUR["worker"]), 2)
    0.53
    >>> chosen_rate(Bounded(horizon=20.0), FOUR["owner"])
    0.0
    """
    p = given(params)
    most = 0.99 * (1.0 - p.rho / (p.A - p.delta))

    def loss(tax: float) -> float:
        return -certainty_equivalent(solve_two_agents(path, float(tax), K0, p), person)

    found = minimize_scalar(loss, bounds=(0.0, most), method="bounded", options={"xatol": 2e-4})
    return float(found.x) if found.fun < loss(0.0) * (1 + 1e-9) else 0.0


@dataclass(frozen=True)
class Surprise:
    """A tax from a date on that nobody expected, beside the same tax if it was expected."""

    capital: dict[str, float]  # at the date: "surprise" (as if never taxed), "expected"
    gain: dict[str, dict[str, float]]  # by case and person, over no tax, seen from t = 0
    promised: float  # the rate that a worker chooses at t = 0, for ever
    chosen_again: float  # and at the date, on the path of the promise


def surprise(
    path: AutomationPath,
    date: float = 10.0,
    tax: float = 0.3,
    K0: float = 4.6,
    params: Parameters | None = None,
) -> Surprise:
    """Time consistency: a tax that comes as a surprise, one that is expected, and a new choice.

    A surprise finds the capital that was saved for no tax. Owners who expect the tax have
    consumed more before if η < 1, less if η > 1: then they save against being poorer. Date before
    all tasks are automated; ValueError otherwise.

    >>> found = surprise(Bounded(horizon=20.0))
    >>> found.capital["expected"] > found.capital["surprise"]  # η = 2
    True
    >>> round(found.promised, 2), round(found.chosen_again, 2)
    (0.53, 0.5)
    """
    p, s = given(params), number("date", date)
    require("date", s, s > 0, "date > 0")
    free = solve_two_agents(path, 0.0, K0, p)
    K_then, rest = float(free.capital(s)), later(path, s)
    after = solve_two_agents(rest, tax, K_then, p)
    expected = solve_two_agents(path, TaxSchedule((0.0, tax), (s,)), K0, p)
    base = four_people(free)
    gain: dict[str, dict[str, float]] = {"surprise": {}, "expected": {}}
    kinks = tuple(sorted({*free.kinks, s, *(s + x for x in after.kinks)}))
    for name, person in FOUR.items():
        before, then = log_consumption_of(free, person), log_consumption_of(after, person)

        def flow(t: FloatArray, before: Any = before, then: Any = then) -> FloatArray:
            past = t < s
            return np.where(past, before(np.where(past, t, 0.0)), then(np.maximum(t - s, 0.0)))

        gain["surprise"][name] = worth(flow, p.rho, p.eta, kinks) / base[name] - 1.0
        gain["expected"][name] = certainty_equivalent(expected, person) / base[name] - 1.0
    worker = FOUR["worker"]
    promised = chosen_rate(path, worker, K0, p)
    K_promised = float(solve_two_agents(path, promised, K0, p).capital(s))
    return Surprise(
        {"surprise": K_then, "expected": float(expected.capital(s))},
        gain,
        promised,
        chosen_rate(rest, worker, K_promised, p),
    )


# A tax on consumption, and the harvest ------------------------------------------------------------


def equivalent_consumption_tax(
    path: AutomationPath,
    capital_tax: float,
    K0: float = 4.6,
    params: Parameters | None = None,
    solve: Callable[..., TaxedPath] = solve_two_agents,
) -> float:
    """θ on consumption that is worth as much to a worker as τ on capital's income, both paid out.

    With ``solve=solve_representative`` workers save: then owners are always better off with θ, as
    Korinek & Lockwood argue. To workers who live hand to mouth it matters when they get what it
    yields. ∞ if no θ is worth as much.

    >>> round(equivalent_consumption_tax(Bounded(horizon=20.0), 0.3), 3)
    0.361
    """
    worker, free = FOUR["worker"], solve(path, 0.0, K0, params)
    target = certainty_equivalent(solve(path, capital_tax, K0, params), worker)

    def gap(share: float) -> float:
        taxed = replace(free, consumption_tax=share / (1.0 - share))
        return certainty_equivalent(taxed, worker) - target

    if gap(0.0) >= 0:
        return 0.0
    if gap(1.0 - 1e-9) < 0:
        return np.inf
    share = float(brentq(gap, 0.0, 1.0 - 1e-9, xtol=1e-13))
    return share / (1.0 - share)


def harvest_rate(path: TaxedPath, t: Any) -> Any:
    """The tax on the net income of capital that nobody else consumes of: (C − wL)/((R − δ)K).

    Korinek & Lockwood see the taxation of autonomous AI as an optimal harvest. If capital's owners
    reinvest all that is left to them, K̇ = (1−τ)(R − δ)K, and the tax is what people live on beside
    wages, then the best plan for people is the household's, and this is its rate. In the long run
    of region 2 it is 1 − G/(A−δ): at η = 1, ρ/(A − δ), the discount rate over the return.
    ``path``: the path of a representative household without taxes.
    """
    living = path.log_spending(t)
    own = np.exp(living) - path.wage(t) * path.params.L
    return own / (path.interest_rate(t) * path.capital(t))


# The table ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """One instrument in one scenario."""

    instrument: str
    scenario: str
    size: float  # of the instrument; see ``unit``
    unit: str
    gain: Mapping[str, float]  # by person, in consumption at all dates, over no instrument
    output: float  # change of output after 30 years, a share (5 years in Wang & Wong; 0: static)

    @property
    def payers(self) -> tuple[str, ...]:
        """Who loses, by computed gains, the greatest loser first."""
        losers = [name for name, gain in self.gain.items() if gain < -1e-6]
        return tuple(sorted(losers, key=lambda name: self.gain[name]))


def instrument_table(
    capital_tax: float = 0.3,
    K0: float = 4.6,
    params: Parameters | None = None,
    scenarios: Mapping[str, AutomationPath] | None = None,
) -> tuple[Outcome, ...]:
    """Every instrument in every scenario; gains of four people, change of output, who pays.

    Taxes and funds are worth as much to a worker as ``capital_tax``. Those of other models come
    last. ValueError as from :func:`solve_two_agents`. About a second.

    >>> rows = instrument_table()
    >>> sorted({row.payers[0] for row in rows if row.payers})
    ['owner', 'worker']
    """
    p = given(params)
    given_paths = scenarios or {x.title: x.automation for x in SCENARIOS.values()}
    rows = [row for name, x in given_paths.items() for row in _rows(name, x, capital_tax, K0, p)]
    return (*rows, *_retraining(K0, p), _match_subsidy(), *_commodity())


def _rows(
    scenario: str, path: AutomationPath, tax: float, K0: float, p: Parameters
) -> list[Outcome]:
    free = solve_two_agents(path, 0.0, K0, p)
    base = four_people(free)
    Y = float(free.output(YEARS))

    def row(name: str, size: float, unit: str, now: TwoAgents, fund: float = 0.0) -> Outcome:
        return compared(name, size, unit, four_people(now, fund), now.output(YEARS))

    def compared(
        name: str, size: float, unit: str, found: Mapping[str, float], output: float
    ) -> Outcome:
        gain = {who: found[who] / base[who] - 1.0 for who in base}
        return Outcome(name, scenario, size, unit, gain, float(output) / Y - 1.0)

    theta = equivalent_consumption_tax(path, tax, K0, p)
    taxed = solve_two_agents(path, tax, K0, p, near=free)
    rows = [row("tax on capital's income", tax, "rate", taxed)]
    if np.isfinite(theta):
        spent = replace(free, consumption_tax=theta)
        fund = theta / (1.0 + theta)
        rows += [
            row("tax on consumption", theta, "rate", spent),
            row("public fund", fund, "share of capital", free, fund),
        ]
    saved = equivalent_saved_tax(path, tax, K0, p)
    if np.isfinite(saved):
        built = solve_built_fund(path, saved, K0, p)
        found, output = built.four_people(), built.output(YEARS)
        rows.append(compared("fund built from a tax", saved, "rate", found, output))
    slow = solve_two_agents(slowed(path, SLOW), 0.0, K0, p)
    rows.append(row("automation at half speed", SLOW, "speed", slow))
    if isinstance(path, Bounded):
        rate = NEARLY * wage_maximising_rate(p)
        held = solve_two_agents(HeldBack(path, rate), 0.0, K0, p)
        rows.append(row("nostalgic jobs", rate, "rate per year", held))
    return rows


def _retraining(K0: float, p: Parameters) -> list[Outcome]:
    """Half as many workers displaced for each task: ν from 0.5 to 0.25, one insured household."""
    rows = []
    for panel in ("a", "b"):
        tasks = SCENARIOS[panel].automation
        before, after = (
            solve_skill_transition(tasks, ProportionalSkills(tasks, nu=nu), K0, p)
            for nu in (0.5, 0.25)
        )
        one, two = skill_worths(before), skill_worths(after)
        gain = {name: two[name] / one[name] - 1.0 for name in one}
        change = float(np.expm1(after.log_output(YEARS) - before.log_output(YEARS)))
        rows.append(Outcome("retraining", SCENARIOS[panel].title, 0.25, "nu", gain, change))
    return rows


def mean_log_wage(path: SkillTransition, t: FloatArray) -> FloatArray:
    """log[(1−Υ) w + Υ R]: what a worker earns on average over the skills that she may have."""
    with np.errstate(divide="ignore"):
        parts = (
            np.log(path.skilled(t)) + path.log_wage(t),
            np.log(path.displaced(t) * path.rental_rate(t)),
        )
    return np.asarray(np.logaddexp(*parts))


def skill_worths(path: SkillTransition) -> dict[str, float]:
    """A worker by her chances, hand to mouth, one displaced at once, an owner, the household."""
    p = path.params
    flows: dict[str, Callable[[FloatArray], Any]] = {
        "worker": lambda t: mean_log_wage(path, t),
        "displaced": lambda t: np.log(path.rental_rate(t)),
        "representative": path.log_consumption,
    }
    return {name: worth(flow, p.rho, p.eta, path.kinks) for name, flow in flows.items()}


def _match_subsidy(transfer: float = 0.5) -> Outcome:
    """Wang & Wong: T per unit of output to every match, raised from all workers as a lump sum."""
    free, paid = ww.solve_transition(), ww.solve_transition(transfer=transfer)
    gain = {
        "worker": match_incomes(paid, transfer) / match_incomes(free) - 1.0,
        "representative": ww.welfare_gain(paid, free),
    }
    Y = [float(ww.market_output(path, 5.0)) for path in (free, paid)]
    scenario = "Wang & Wong, reference point"
    return Outcome("subsidy to matches", scenario, transfer, "of output", gain, Y[1] / Y[0] - 1.0)


def match_incomes(path: ww.Transition, transfer: float = 0.0) -> float:
    """Workers' incomes in Wang & Wong, discounted (utility is linear): w or b by chances of a job.

    The wage has (1−θ) T of the transfer y T, and workers pay the whole of it.
    """
    p = path.params

    def income(x: Any, t: Any) -> Any:
        work, H = x.wage_share(t) - p.theta * transfer, x.employment(t)
        return x.productivity(t) * (work * H + p.b * (1.0 - H))

    return float(ww.welfare(path, of=income))


@cache
def _commodity() -> tuple[Outcome, ...]:
    """Chen & Meng: commodity AI twice as good, proprietary AI as before, in both regimes.

    A worker has mean pay, an owner the rents, in units that do not change: η₀^(aλ) of pay.
    """
    rows = []
    names = ("Chen & Meng, levelling", "Chen & Meng, concentrating")
    for name, base in zip(names, cm.regimes(), strict=True):
        more = replace(base, eta0=2.0 * base.eta0)
        one, two = cm.economy(base), cm.economy(more)
        unit = 2.0**base.weight
        pay, rents = unit * two.pay.mean() / one.pay.mean(), unit * two.rents / one.rents
        whole = unit * two.income.mean() / one.income.mean()
        gain = {"worker": pay - 1.0, "owner": rents - 1.0, "representative": whole - 1.0}
        gain = {who: float(x) for who, x in gain.items()}
        rows.append(Outcome("AI as a commodity", name, 2.0, "eta0", gain, float(whole - 1.0)))
    return tuple(rows)
