"""What the models answer to the essay's questions: yes, no, or nothing; each answer is computed.

"Yes" and "no" follow from numbers of a model; ``None`` stands where a model has none for the
question. The numbers behind the essay's statements are those of the other modules;
:func:`labor_cost_point` adds the one about labour costs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import brentq

from aiecon import chen_meng as cm
from aiecon.korinek_suh import Parameters, equilibrium, unit_cost
from aiecon.korinek_suh.dynamics.scenarios import SCENARIOS
from aiecon.validation import number, require
from aiecon.who_benefits.instruments import Outcome, instrument_table
from aiecon.who_benefits.measures import Measured, common_measures
from aiecon.who_benefits.regions import two_regions

__all__ = ["QUESTIONS", "CostPoint", "agreement", "labor_cost_point"]

Answer = bool | None
PATHS = {x.title: x.automation for x in SCENARIOS.values()}


def _compare(*measures: str, true: Callable[..., object]) -> Callable[[Measured], Answer]:
    """An answer from series (T,) of a model, None where it lacks one of them."""

    def answer(m: Measured) -> Answer:
        rows = [m.row(name) for name in measures]
        return None if np.isnan(rows).any() else bool(true(*rows))

    return answer


def _worse_off(person: str) -> Callable[[Measured], Answer]:
    def answer(m: Measured) -> Answer:
        gain = m.gain(person)
        return None if np.isnan(gain) or m.model == "Business as usual" else gain < 0

    return answer


def _helps(*instruments: str) -> Callable[[Measured], Answer]:
    def answer(m: Measured) -> Answer:
        table = _table(m.model if m.model in PATHS else "Business as usual")
        rows = [x for x in table if x.instrument in instruments and m.model in x.scenario]
        return rows[0].gain["worker"] > 0 if rows else None

    return answer


@cache
def _table(scenario: str) -> tuple[Outcome, ...]:
    """What there is in a scenario; the rows of other papers' models stand in each table."""
    return instrument_table(scenarios={scenario: PATHS[scenario]})


def _access_narrows(m: Measured) -> Answer:
    """Whether half the weight of proprietary AI lowers the Gini."""
    if not m.model.startswith("Chen & Meng"):
        return None
    p = cm.regimes()["concentrating" in m.model]
    return cm.economy(cm.with_ratio(p, 0.5 * p.ratio)).gini < cm.economy(p).gini


def _stays_behind(m: Measured) -> Answer:
    """Whether half the capital today means less output per head after 30 years."""
    if m.model not in PATHS:
        return None
    return bool(two_regions(PATHS[m.model]).output_gap(30.0) > 1e-6)


#: The questions, and what answers them for a model; today is the first date of the measures.
QUESTIONS: dict[str, Callable[[Measured], Answer]] = {
    "Does output rise?": _compare("output", true=lambda Y: Y[-1] > Y[0]),
    "Does the wage fall below today's at some date?": _compare("wage", true=lambda w: w.min() < 1),
    "Is there a date with more output and a lower wage?": _compare(
        "wage", "output", true=lambda w, Y: ((w < 1) & (Y > 1)).any()
    ),
    "Does labour end with a smaller share?": _compare(
        "labour share", true=lambda share: share[-1] < share[0]
    ),
    "Does capital gain first (by the second date)?": _compare(
        "labour share", true=lambda share: share[1] < share[0]
    ),
    "Do people lose the work they have?": _compare("employment", true=lambda H: H[-1] < H[0]),
    "Do incomes end more unequal?": _compare("Gini", true=lambda G: G[-1] > G[0]),
    "Is a worker without capital worse off than without AI?": _worse_off("worker"),
    "Is the median household worse off than without AI?": _worse_off("median"),
    "Is the average household worse off than without AI?": _worse_off("representative"),
    "Does a tax or subsidy that is paid out help a worker?": _helps(
        "tax on capital's income", "subsidy to matches"
    ),
    "Does half the speed of automation help a worker?": _helps("automation at half speed"),
    "Does AI for everybody narrow incomes?": _access_narrows,
    "Does a region with half the capital stay behind?": _stays_behind,
}


def agreement() -> dict[str, dict[str, str]]:
    """What each model answers to each question: "yes", "no" or "silent".

    >>> table = agreement()
    >>> table["Does output rise?"]["Kuhle"], table["Do people lose the work they have?"]["Kuhle"]
    ('yes', 'silent')
    """
    words = {True: "yes", False: "no", None: "silent"}
    return {
        question: {m.model: words[answer(m)] for m in common_measures()}
        for question, answer in QUESTIONS.items()
    }


@dataclass(frozen=True)
class CostPoint:
    """What automation does to costs in a small industry, at given factor prices."""

    Phi: float  # the share of its tasks that are automated
    labor_cost: float  # change per unit of output, a share
    unit_cost: float  # likewise
    margin: float  # over the price, if that stays where the cost was


def labor_cost_point(
    drop: float, Phi: float = 0.608, K: float = 4.6, params: Parameters | None = None
) -> CostPoint:
    """How many more tasks an industry automates if labour costs per unit fall by ``drop``.

    At the wage and the return of the economy with K and Φ, where its cost was one. Labour's share
    of the cost c is (1−Φ)(w/(A c))^(1−σ). ValueError for a ``drop`` outside (0, 1).

    >>> point = labor_cost_point(0.25)
    >>> round(point.Phi, 3), round(point.margin, 3)
    (0.68, 0.154)
    """
    p, fall = params or Parameters(), number("drop", drop)
    require("drop", fall, 0 < fall < 1, "0 < drop < 1")
    now = equilibrium(K, Phi, p)

    def costs(tasks: float) -> tuple[float, float]:
        c = float(unit_cost(now.wage, now.rental_rate, tasks, p))
        return c, c * (1.0 - tasks) * float(now.wage / (p.A * c)) ** (1.0 - p.sigma)

    _, before = costs(Phi)
    found = float(brentq(lambda x: costs(x)[1] / before - 1.0 + fall, Phi, 1.0, xtol=1e-13))
    c, labor = costs(found)
    return CostPoint(found, labor / before - 1.0, c - 1.0, 1.0 - c)
