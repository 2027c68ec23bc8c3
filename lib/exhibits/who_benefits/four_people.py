"""The explorer of who gains: a worker with more or less capital, in three scenarios.

>>> who_gains.description().split(" as much")[0]
'With 0.18 times the average capital a worker has 1.15 times'
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from aiecon.korinek_suh.parameters import Parameters
from aiecon.validation import FloatArray
from aiecon.who_benefits.transition import TwoAgents, solve_two_agents
from exhibits.explorer import (
    Bet,
    Choice,
    Explorer,
    Line,
    Panel,
    Points,
    Rule,
    Slider,
    between_kinks,
)  # fmt: skip
from exhibits.who_benefits.people import PATHS, entry, log_flows, worths

__all__ = ["who_gains"]

_YEARS, _MOST = 40.0, 1.5
_GRID = np.append(np.linspace(0.0, 1.0, 21) ** 3 * _MOST, 1.0)  # capital over the average


@cache
def _worth(scenario: str, eta: float) -> tuple[TwoAgents, Any]:
    path = solve_two_agents(PATHS[scenario], params=Parameters(eta=eta))
    return path, worths(path)


@cache
def _at(scenario: str, eta: float) -> tuple[Any, ...]:
    """What does not depend on how much capital the worker has."""
    (now, value), (before, without) = _worth(scenario, eta), _worth("Business as usual", eta)
    dates = [entry(now, 0), entry(now, 1), getattr(PATHS[scenario], "horizon", np.nan)]
    year = between_kinks(0, dates, _YEARS, points=14)[0]

    def ratio(capital: Any) -> FloatArray:
        return value(capital) / without(capital)

    flows = [np.exp(log_flows(path, year)) for path in (now, before)]
    return ratio, ratio(_GRID), year, *flows


def _who_gains(scenario: str, capital: FloatArray, eta: FloatArray) -> dict[str, FloatArray]:
    """Consumption with AI and without, and what AI is worth by capital."""
    every = [_at(scenario, float(one)) for one in eta]
    ratio = np.array([x[0](a)[0] for x, a in zip(every, capital, strict=True)])
    by_capital = np.array([x[1] for x in every])
    now, before = (np.array([x[i] for x in every]) for i in (3, 4))
    return {
        "grid": _GRID[None, :-1],
        "by_capital": by_capital[:, :-1],
        "year": np.array([x[2] for x in every]),
        "with_ai": now[:, 0] + capital[:, None] * now[:, 1],
        "without": before[:, 0] + capital[:, None] * before[:, 1],
        "ratio": ratio,
        "none": by_capital[:, 0],
        "average": by_capital[:, -1],
    }


#: Who gains, by how much capital a worker has.
who_gains = Explorer(
    name="who-gains",
    title="Who gains, by what they own",
    alt=(
        "Left: what a worker consumes over 40 years, with AI and with business as usual, on a "
        "logarithmic axis. Right: what AI is worth to a worker against the capital that she owns; "
        "a rising curve that crosses one at about a tenth of the average; a dot marks the worker."
    ),
    panels={
        "path": Panel(
            "Consumption (log scale)", "years", xlim=(0, _YEARS), ylim=(0.3, 300), yscale="log",
            yticks=[0.5, 1, 2, 5, 10, 20, 50, 100, 200],
        ),
        "gain": Panel(
            "Worth, over business as usual (log)", "capital over the average", xlim=(0, _MOST),
            ylim=(0.15, 16), yscale="log", yticks=[0.25, 0.5, 1, 2, 4, 8, 16],
        ),
    },
    controls={
        "scenario": Choice("Scenario", tuple(PATHS)[1:], "Baseline AGI"),
        "capital": Slider(
            "Her capital over the average", 0.0, _MOST, 0.18,
            nodes=[0.003, 0.008, 0.018, 0.035, 0.06, 0.1, 0.16, 0.26, 0.42, 0.65, 0.9, 1.2],
        ),
        "eta": Slider(
            "Risk aversion η", 1.2, 6.0, 2.0, scale="log",
            nodes=[1.25, 1.31, 1.38, 1.46, 1.55, 1.66, 1.8, 2.0, 2.25, 2.6, 3.0, 3.4, 3.8, 4.2,
                   4.6, 5.0, 5.35, 5.7],
        ),
    },
    compute=_who_gains,
    marks=[
        Rule("gain", y=1.0, name="as good as without"),
        Line("path", "year", "without", colour="vermilion", dash=1, label="business as usual"),
        Line("path", "year", "with_ai", label="with AI", reference=True),
        Line("gain", "grid", "by_capital", colour="green", name="worth of AI", reference=True),
        Points("gain", "capital", "ratio", name="she"),
    ],
    sentence=[
        "With {capital:.2f} times the average capital a worker has {ratio:.2f} times as much with "
        "AI as with business as usual, in constant consumption; without capital {none:.2f} times, "
        "with the average {average:.1f} times.",
    ],
    columns={
        "year": "year", "consumption with AI": "with_ai",
        "consumption with business as usual": "without",
        "capital over the average": "grid", "worth over business as usual": "by_capital",
    },
    caption=(
        "A worker with average wages who owns so many times the average capital, which she holds "
        "as owners do; Table 2, no taxes. Grey: the median household of the baseline scenario. "
        "Try: take all capital from her; then change the scenario, then η. From "
        f"η = {Parameters().least_eta:.1f} downwards utility, and the worth of AI, is infinite."
    ),
    presets={
        "The median household (0.18)": {"capital": 0.18},
        "No capital": {"capital": 0.0},
        "The lower half (0.04)": {"capital": 0.038},
        "The average": {"capital": 1.0},
    },
    reference="The median household (0.18)",
    play="capital",
    bet=Bet(
        "AGI comes in twenty years. How much capital does a worker need not to lose by it?",
        ("More than the average", "About half of the average", "About a tenth of the average"),
        "About a tenth of the average",
        "The wage falls to a third, but what capital yields grows by 18% a year. That is at η = 2; "
        "at η = 4 it takes half of the average.",
    ),
)  # fmt: skip
