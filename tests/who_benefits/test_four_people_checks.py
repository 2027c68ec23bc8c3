"""The checks of the chapter on four people: solutions pass, the usual mistakes do not."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from tests.checking import Case, of, wrong

AGI, USUAL = ks.Bounded(horizon=20.0), ks.BusinessAsUsual()
YEARS = np.array([0.0, 10.0, 20.0, 40.0])


def _parts(tax=0.3, worn=True):
    path = wb.solve_two_agents(AGI, capital_tax=tax)
    K, Y, p = path.capital(YEARS), path.output(YEARS), path.params
    owners, workers = path.owner_consumption(YEARS), path.worker_consumption(YEARS)
    invested = Y - owners - workers - (p.delta * K if worn else 0)
    return np.stack([owners, workers, invested, p.delta * K], axis=1) / Y[:, None]


def _announced(*rates, dates=(10.0,)):
    known = wb.TaxSchedule(rates, dates)
    after = wb.solve_two_agents(AGI, known).owner_consumption(0.0)
    return float(after / wb.solve_two_agents(AGI).owner_consumption(0.0) - 1)


def _enough():
    found = []
    for eta in (1.5, 2.0, 2.5, 3.0, 4.0):
        pair = [wb.solve_two_agents(x, params=ks.Parameters(eta=eta)) for x in (AGI, USUAL)]

        def gap(a, pair=pair):
            one, two = (wb.certainty_equivalent(x, wb.Person(a, 1.0)) for x in pair)
            return one / two - 1

        found.append(float(brentq(gap, 1e-6, 2.0)))
    return found


def _dates():
    shares = (0.0, 0.25, 0.5, 0.75, 1.0)
    paths = [wb.solve_two_agents(AGI, owner_labor=nu) for nu in shares]
    return [path.region_changes[0].date for path in paths]


def _gap():
    path, years = wb.solve_two_agents(AGI), np.array([0.0, 10.0, 30.0, 60.0])
    return wb.gini(path, years, wb.DFA_2019) - wb.gini(path, years, wb.DFA_2025_ASSETS)


def _half(wages=1.0):
    paths = [wb.solve_two_agents(x) for x in (AGI, USUAL)]
    return tuple(float(wages * x.wage(30.0) + 0.5 * x.owner_consumption(30.0)) for x in paths)


dates, enough, gap = _dates(), _enough(), _gap()

test_answers = of(
    {
        "wb.four.1": Case(
            right=lambda: (_parts(),),
            also=((_parts().round(2),),),
            wrong={
                "wear counted in investment too": wrong(_parts(worn=False), says="add up to one"),
                "no tax": wrong(_parts(0.0), says="wears out"),
                "wages without the transfer": wrong(
                    _parts() - [0, 0.1, -0.1, 0], says="wage and transfer"
                ),
                "in per cent": wrong(100 * _parts(), says="add up to one"),
                "investment and wear exchanged": wrong(_parts()[:, [0, 1, 3, 2]], says="all years"),
                "owners and workers exchanged": wrong(_parts()[:, [1, 0, 2, 3]], says="workers"),
            },
        ),
        "wb.four.2": Case(
            right=lambda: ("b", _announced(0.0, 0.3)),
            also=(("b", -0.09), ("B", -0.091)),
            wrong={
                "saving pays less, so more is consumed": wrong("a", -0.0907, says="cancel"),
                "poorer at η = 1 too": wrong("c", -0.0907, says="not all"),
                "the wrong sign": wrong("b", 0.0907, says="poorer"),
                "in per cent": wrong("b", -9.07, says="above -1"),
                "a tax from today on": wrong(
                    "b",
                    float(
                        wb.solve_two_agents(AGI, 0.3).owner_consumption(0.0)
                        / wb.solve_two_agents(AGI).owner_consumption(0.0)
                        - 1
                    ),
                    says="size",
                ),
            },
        ),
        "wb.four.3": Case(
            right=lambda: (enough,),
            also=((np.round(enough, 3),),),
            wrong={
                "one number for all": wrong([enough[1]] * 5, says="does not rise"),
                "in the other order": wrong(enough[::-1], says="does not rise"),
                "the median household's": wrong([0.01, 0.18, 0.19, 0.2, 0.21], says="still"),
                "twice too much": wrong([2 * x for x in enough], says="gains"),
            },
        ),
        "wb.four.4": Case(
            right=lambda: (dates,),
            also=((np.round(dates, 2),),),
            wrong={
                "no effect": wrong([dates[0]] * 5, says="Which way"),
                "the reverse": wrong(dates[::-1], says="Which way"),
                "the date of full automation": wrong([20.0] * 5, says="before all tasks"),
                "a straight line": wrong(np.linspace(dates[0], dates[-1], 5), says="between"),
            },
        ),
        "wb.four.5": Case(
            right=lambda: (gap, "c"),
            also=((gap.round(3), "C"),),
            wrong={
                "2025 less 2019": wrong(-gap, "c", says="less equal"),
                "most today": wrong(gap, "a", says="wages"),
                "most at the collapse": wrong(gap, "b", says="after it"),
                "the Gini and not the gap": wrong([0.12, 0.49, 0.75, 0.76], "c", says="Ginis of"),
                "other years": wrong(gap[[0, 0, 1, 2]], "c", says="these years"),
            },
        ),
        "wb.four.6": Case(
            right=lambda: ("Does the wage end above its path without AI? " * 4,),
            wrong={"too short": wrong("Does it rise?", says="25 words")},
        ),
        "wb.four.7": Case(
            right=_half,
            also=((20.2, 2.18),),
            wrong={
                "half of everything": wrong(
                    _half(0.5)[0], _half()[1], says="works as much as others"
                ),
                "no wage": wrong(_half()[0], _half(0.0)[1], says="wage is missing"),
                "all of what owners consume": wrong(39.87, 2.42, says="not a wage and half"),
                "exchanged": wrong(*_half()[::-1], says="even a little capital"),
            },
        ),
    }
)
