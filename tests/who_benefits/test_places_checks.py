"""The checks of the chapter on places: solutions pass, the usual mistakes do not."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from aiecon import chen_meng as cm
from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from tests.checking import Case, of, wrong


def _world():
    closed = np.mean([ks.equilibrium(4.6, share).output for share in (0.8, 0.4)])
    return float(wb.one_market(4.6, [0.8, 0.4]).output / closed - 1)


def _gaps(year=200.0):
    return [float(wb.two_regions(ks.Bounded(horizon=T)).output_gap(year)) for T in (5, 10, 20, 40)]


def _sectors():
    found = [wb.sector_equilibrium(4.6, [0.7, 0.3], e) for e in (4.0, 20.0, 200.0)]
    gap = 1 - found[-1].wage / ks.equilibrium(4.6, 0.7).wage
    return [float(x.expenditure[0]) for x in found], float(gap)


def _times():
    regime = cm.regimes()[1]

    def lead(x):
        return wb.firm_gap(cm.with_ratio(regime, regime.ratio / x), [0.99]).output[0]

    return (float(brentq(lambda x: lead(x) - 0.5 * lead(1.0), 1.0, 200.0)),)


gain, gaps, (spending, wages) = _world(), _gaps(), _sectors()

test_answers = of(
    {
        "wb.places.1": Case(
            right=lambda: (0.5 * (9 + 3 / 7),),
            also=((4.71,),),
            wrong={
                "without weights": wrong(9.43, says="less capital labour would still be scarce"),
                "of the average share": wrong(1.5, says="still not be scarce"),
                "the first place alone": wrong(9.0, says="still be scarce"),
                "the second place alone": wrong(0.43, says="still not be scarce"),
            },
        ),
        "wb.places.2": Case(
            right=lambda: ("ad", gain),
            also=(("a, d", round(gain, 3)),),
            wrong={
                "everybody": wrong("abcd", gain, says="scarcer"),
                "all in the first place": wrong("ab", gain, says="first place"),
                "the other way round": wrong("bc", gain, says="To which place"),
                "nothing for the world": wrong("ad", -gain, says="does not fall"),
                "output itself": wrong("ad", 2.6, says="less one"),
            },
        ),
        "wb.places.3": Case(
            right=lambda: (gaps,),
            also=((np.round(gaps, 3),),),
            wrong={
                "it closes": wrong([0.0] * 4, says="does not overtake"),
                "longer makes it larger": wrong(gaps[::-1], says="time to catch up"),
                "today's gap": wrong([0.41, 0.4, 0.39, 0.38], says="year 200"),
                "per cent": wrong([100 * x for x in gaps], says="divide by 100"),
            },
        ),
        "wb.places.4": Case(
            right=lambda: (spending, wages),
            also=((np.round(spending, 3), 0.0035),),
            wrong={
                "the lagging sector's": wrong(
                    [1 - x for x in spending], wages, says="goes to the cheap"
                ),
                "its weight": wrong([0.5, 0.5, 0.5], wages, says="more than its weight"),
                "the wage itself": wrong(spending, 1.161, says="as a share"),
                "against the average share": wrong(spending, 0.14, says="the automated one"),
                "all at once": wrong([1.0, 1.0, 1.0], wages, says="these elasticities"),
            },
        ),
        "wb.places.5": Case(
            right=_times,
            also=((7.9,), (7.86,)),
            wrong={
                "twice": wrong(2, says="82% of the lead"),
                "half": wrong(0.5, says="must become better"),
                "the inverse": wrong(0.127, says="must become better"),
                "far too much": wrong(50, says="of the lead is left"),
            },
        ),
        "wb.places.6": Case(
            right=lambda: (
                "A worker who can save at the leader's return gains by the transfer. " * 4,
            ),
            wrong={"too short": wrong("She would gain.", says="30 words")},
        ),
        "wb.places.7": Case(
            right=lambda: (4.6 / 5.6, 2.3 / 3.3),
            also=((0.821, 0.697), (0.82, 0.70)),
            wrong={
                "exchanged": wrong(0.697, 0.821, says="less capital"),
                "the inverse ratio": wrong(0.303, 0.179, says="rich"),
                "the shares of today": wrong(0.821, 0.608, says="poor"),
                "in per cent": wrong(82.1, 69.7, says="divide by 100"),
            },
        ),
    }
)
