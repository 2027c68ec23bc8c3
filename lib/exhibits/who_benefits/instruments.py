"""The explorer of instruments: what each does to a worker's income, to output and to four people.

>>> instruments.description().split(":")[0]
"A tax of 30% on capital's income, paid out to all"
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from aiecon.validation import FloatArray
from aiecon.who_benefits.built_fund import BuiltFund, solve_built_fund
from aiecon.who_benefits.instruments import slowed
from aiecon.who_benefits.transition import TwoAgents, solve_two_agents
from exhibits.explorer import (
    Area,
    Choice,
    Clause,
    Explorer,
    Line,
    Panel,
    Rule,
    Slider,
    between_kinks,
)  # fmt: skip
from exhibits.who_benefits.people import PATHS, entry, log_flows, worths

__all__ = ["INSTRUMENTS", "instruments"]

INSTRUMENTS = (
    "Tax on capital's income", "Public fund, or tax on consumption", "Slower automation",
    "Fund that is built from a tax",
)  # fmt: skip
_FLAGS = dict(zip(("taxed", "shared", "slower", "saved"), INSTRUMENTS, strict=True))
_YEARS, _LATER = 40.0, 30.0
_PEOPLE = {
    "worker": "a worker without capital", "she": "a worker with some", "owner": "an owner",
    "average": "the average household",
}  # fmt: skip


@cache
def _free(scenario: str) -> tuple[TwoAgents, Any]:
    path = solve_two_agents(PATHS[scenario])
    return path, worths(path)


def _economy(scenario: str, instrument: str, rate: float) -> TwoAgents | BuiltFund:
    """The economy with an instrument at a rate."""
    free, path = _free(scenario)[0], PATHS[scenario]
    if instrument == INSTRUMENTS[0]:
        return solve_two_agents(path, rate, near=free)
    if instrument == INSTRUMENTS[1]:  # the tax takes the share ``rate`` of what owners spend
        return replace(free, consumption_tax=rate / (1.0 - rate))
    if instrument == INSTRUMENTS[2]:
        return solve_two_agents(slowed(path, 1.0 - rate))
    return solve_built_fund(path, rate)


def _years(path: TwoAgents, speed: float = 1.0) -> FloatArray:
    """Dates between the kinks, so many as automation at full speed needs for 40 years."""
    dates = [entry(path, 0), entry(path, 1), float(getattr(path.automation, "horizon", np.nan))]
    return between_kinks(0, [speed * x for x in dates], _YEARS, points=14)[0] / speed


@cache
def _at(scenario: str, instrument: str, rate: float) -> tuple[Any, ...]:
    """What does not depend on how much capital the person in question has."""
    free, without = _free(scenario)
    path = _economy(scenario, instrument, rate)
    economy = path.economy if isinstance(path, BuiltFund) else path
    year = _years(economy, 1.0 - rate if instrument == INSTRUMENTS[2] else 1.0)
    value = worths(path)

    def ratio(capital: Any, labor: float = 1.0) -> Any:
        return value(capital, labor) / without(capital, labor)

    later = np.exp(economy.log_output(_LATER) - free.log_output(_LATER))
    income = np.exp(log_flows(path, year)[0])
    people = *ratio([0.0, 1.0]), *ratio(1.0, labor=0.0)
    return year, income, economy.output(year), later, *people, ratio


def _instruments(
    scenario: str, instrument: str, rate: FloatArray, capital: FloatArray
) -> dict[str, FloatArray]:
    """A worker's income, output, and what the instrument is worth to four people."""
    every = [_at(scenario, instrument, float(one)) for one in rate]
    names = ("year", "income", "output", "later", "worker", "average", "owner")
    found = {name: np.array([x[i] for x in every]) for i, name in enumerate(names)}
    found["she"] = np.empty_like(rate)
    for one in np.unique(rate):
        chosen = rate == one
        found["she"][chosen] = _at(scenario, instrument, float(one))[-1](capital[chosen])
    free, _ = _free(scenario)
    year = _years(free)
    return found | {
        "year_free": year[None, :],
        "wage_free": free.wage(year)[None, :],
        "output_free": free.output(year)[None, :],
        **{flag: np.array([float(instrument == x)]) for flag, x in _FLAGS.items()},
        **{f"{who}_bar": np.repeat(found[who][:, None], 2, axis=1) for who in _PEOPLE},
        **{f"{who}_at": np.array([[i + 0.62, i + 1.38]]) for i, who in enumerate(_PEOPLE)},
    }


#: An instrument, how much of it, and for whom.
instruments = Explorer(
    name="instruments",
    title="An instrument, who gains by it and what it costs",
    alt=(
        "Left: what a worker lives on over 40 years, with the instrument and without, on a "
        "logarithmic axis. Middle: output likewise. Right: four bars on a "
        "logarithmic axis, what the instrument is worth to a worker, to a worker with some "
        "capital, to an owner and to the average household."
    ),
    panels={
        "income": Panel(
            "A worker's income (log)", "years", xlim=(0, _YEARS), ylim=(0.3, 1000), yscale="log",
            yticks=[0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500],
        ),
        "output": Panel(
            "Output (log)", "years", xlim=(0, _YEARS), ylim=(1, 3e4), yscale="log",
            yticks={1: "1", 10: "10", 100: "100", 1e3: "1,000", 1e4: "10,000"},
        ),
        "people": Panel(
            "Worth, 1 = without (log)", xlim=(0.4, 4.6), ylim=(0.1, 16), yscale="log",
            xticks={1: "worker", 2: "she", 3: "owner", 4: "all"},
            yticks=[0.125, 0.25, 0.5, 1, 2, 4, 8],
        ),
    },
    controls={
        "scenario": Choice("Scenario", tuple(PATHS), "Baseline AGI"),
        "instrument": Choice("Instrument", INSTRUMENTS, INSTRUMENTS[0]),
        "rate": Slider(
            "Rate", 0.02, 0.6, 0.3, scale="log",
            nodes=[0.03, 0.05, 0.085, 0.13, 0.18, 0.22, 0.26, *(0.3 + 0.03 * np.arange(10))],
        ),
        "capital": Slider(
            "Her capital over the average", 0.0, 1.5, 0.18,
            nodes=[0.003, 0.007, 0.013, 0.023, 0.038, 0.06, 0.1, 0.16, 0.26, 0.42, 0.65, 1.0],
        ),
    },
    compute=_instruments,
    marks=[
        Rule("people", y=1.0, name="as good as without"),
        Line("income", "year_free", "wage_free", colour="vermilion", dash=1, label="without"),
        Line("income", "year", "income", label="with", reference=True),
        Line("output", "year_free", "output_free", colour="vermilion", dash=1, name="without"),
        Line("output", "year", "output", colour="green", label="with", reference=True),
        *(
            Area("people", f"{who}_at", 1.0, f"{who}_bar", colour=colour, opacity=0.6, name=name)
            for (who, name), colour in zip(
                _PEOPLE.items(), ("vermilion", "purple", "blue", "green"), strict=True
            )
        ),
    ],
    sentence=[
        Clause("A tax of {rate:.0%} on capital's income, paid out to all:", when="taxed"),
        Clause(
            "A fund that all own alike holds {rate:.0%} of capital; or, the same, a tax on "
            "consumption takes {rate:.0%} of what owners spend:",
            when="shared",
        ),
        Clause("Automation is {rate:.0%} slower:", when="slower"),
        Clause(
            "A tax of {rate:.0%} on capital's income goes into a fund that saves, and pays out to "
            "all alike:",
            when="saved",
        ),
        "a worker without capital has {worker:.2f} times as much as without the instrument, one "
        "with {capital:.2f} times the average capital {she:.2f} times, an owner {owner:.2f} "
        "times, the average household {average:.2f} times. After 30 years output is {later:.2f} "
        "times what it would be.",
    ],
    columns={
        "year": "year", "a worker's income with": "income", "year, without": "year_free",
        "a worker's income without": "wage_free", "output with": "output",
        "output without": "output_free",
    },
    caption=(
        "Owners save, workers live hand to mouth; owners decide anew, and every budget balances at "
        "every date (Table 2). Grey: a tax of 30% on capital's income in the baseline scenario. "
        "Rate: the tax; the share of capital that is everybody's; the part by which automation is "
        "slower. Try: for each instrument, the rate that is best for a worker; then give her "
        "capital."
    ),
    presets={
        "30% in the baseline scenario": {},
        "What a worker would choose": {"rate": 0.53},
        "A fund of a third": {"instrument": INSTRUMENTS[1], "rate": 0.33},
        "Half speed": {"instrument": INSTRUMENTS[2], "rate": 0.5},
        "8%, saved": {"instrument": INSTRUMENTS[3], "rate": 0.08},
    },
    reference="30% in the baseline scenario",
    play="rate",
    size=(7.4, 3.6),
)  # fmt: skip
