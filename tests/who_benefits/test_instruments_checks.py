"""The checks of the chapter on instruments: solutions pass, the usual mistakes do not."""

from __future__ import annotations

import numpy as np

from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from tests.checking import Case, of, wrong

AGI = ks.Bounded(horizon=20.0)
FREE = wb.solve_two_agents(AGI)


def _two_taxes():
    taxes = (0.3, wb.TaxSchedule(rates=(0.0, 0.6, 0.0), dates=(5.0, 15.0)))
    paths = [wb.solve_two_agents(AGI, tax) for tax in taxes]
    output = FREE.output(30.0)
    return np.array([[wb.gains(x, FREE)["worker"], x.output(30.0) / output - 1] for x in paths])


def _chosen():
    worker = wb.FOUR["worker"]
    params = [ks.Parameters(eta=eta) for eta in (1.2, 1.5, 2.0, 3.0)]
    return np.array([wb.chosen_rate(AGI, worker, params=p) for p in params])


def _surprises():
    found = [wb.surprise(AGI, date=date).gain for date in (2.0, 10.0, 15.0)]
    return np.array([[x["surprise"]["worker"], x["expected"]["worker"]] for x in found])


paid = float(0.25 * FREE.owner_consumption(40.0) / FREE.wage(40.0))
taxes, chosen, surprises = _two_taxes(), _chosen(), _surprises()

test_answers = of(
    {
        "wb.tools.1": Case(
            right=lambda: (0.9,),
            wrong={
                "what is left": wrong(0.1, says="still grows"),
                "depreciation forgotten": wrong(0.92, says="still falls"),
                "in per cent": wrong(90, says="divide by 100"),
                "with η": wrong(0.95, says="still falls"),
            },
        ),
        "wb.tools.2": Case(
            right=lambda: (0.25, paid),
            also=((0.25, 119),),
            wrong={
                "all earnings paid out": wrong(0.004, paid, says="reinvests"),
                "it outgrows the owners": wrong(0.4, paid, says="same return"),
                "all that owners consume": wrong(0.25, 4 * paid, says="all that owners"),
                "in goods": wrong(0.25, paid / 2, says="over the wage"),
            },
        ),
        "wb.tools.3": Case(
            right=lambda: (taxes,),
            also=((taxes.round(2),),),
            wrong={
                "in per cent": wrong(100 * abs(taxes), says="shares"),
                "rows exchanged": wrong(taxes[::-1], says="nothing but her wage"),
                "output recovers": wrong([[2.511, -0.682], [0.058, 0.0]], says="less capital"),
                "over business as usual": wrong(
                    [[0.32, -0.682], [0.058, -0.64]], says="over no tax"
                ),
                "output of year 10": wrong([[2.511, -0.3], [0.058, -0.64]], says="another one"),
            },
        ),
        "wb.tools.4": Case(
            right=lambda: (chosen,),
            also=((chosen.round(2),),),
            wrong={
                "the other order": wrong(chosen[::-1], says="rise with it"),
                "one rate for all": wrong([0.53] * 4, says="rise with it"),
                "per cent": wrong(100 * chosen, says="divide by 100"),
                "much too low": wrong(chosen / 2, says="higher rate"),
                "the edge of growth": wrong([0.85, 0.86, 0.87, 0.88], says="lower rate"),
            },
        ),
        "wb.tools.5": Case(
            right=lambda: (surprises, 15.0),
            also=((surprises.round(2), 15),),
            wrong={
                "columns exchanged": wrong(surprises[:, ::-1], 15, says="have saved for it"),
                "the first year": wrong(surprises, 2, says="larger in another"),
                "per cent": wrong(100 * surprises, 15, says="shares"),
                "the size of the difference": wrong(surprises, 0.29, says="one of the three"),
                "rows in another order": wrong(surprises[::-1], 15, says="is off"),
            },
        ),
        "wb.tools.6": Case(
            right=lambda: ("A fund of a tenth of capital, given today, with half speed. " * 4,),
            wrong={"too short": wrong("A fund.", says="30 words")},
        ),
        "wb.tools.7": Case(
            right=lambda: (float(np.log(2) / 0.04),),
            also=((17.3,),),
            wrong={
                "depreciation forgotten": wrong(float(np.log(2) / 0.05), says="holds 43%"),
                "without a logarithm": wrong(12.5, says="holds 39%"),
                "the whole tax": wrong(float(np.log(2) / 0.4), says="holds 7%"),
            },
        ),
        "wb.tools.8": Case(
            right=lambda: (1.2,),
            wrong={
                "log utility": wrong(1, says="take 10%"),
                "Table 2": wrong(2, says="take 55%"),
                "a quarter left": wrong(3.6, says="take 75%"),
                "too low": wrong(0.8, says="more than it earns"),
            },
        ),
    }
)
