"""The checks of the counterweight: solutions pass, the usual mistakes do not."""

from __future__ import annotations

import numpy as np

from aiecon import acemoglu as ac
from aiecon import korinek_suh as ks
from exhibits.acemoglu.counterweight import ten_years
from tests.checking import Case, of, wrong

CHANGES = np.array([0.01, 0.05, 0.1, 0.2])


def _exact():
    now = ks.equilibrium(4.6, 0.608).output
    return np.log(ks.equilibrium(4.6, 0.608 + CHANGES).output / now)


def _gains(change=0.046):
    params = [ks.Parameters(sigma=sigma) for sigma in (0.2, 0.5, 0.9, 0.999)]
    pairs = [[ks.equilibrium(4.6, x, p).output for x in (0.608 + change, 0.608)] for p in params]
    return [float(np.log(after / before)) for after, before in pairs]


hulten, exact, gains = ten_years().saving * CHANGES, _exact(), _gains()
REASONS = (
    "Exposed is not profitable, and faster is not cheaper; the study is of one technology. " * 3
)

test_answers = of(
    {
        "ac.1": Case(
            right=lambda: (0.1, "b"),
            wrong={
                "all four at once": wrong(0.4641, "b", says="of one input"),
                "per cent": wrong(10, "b", says="as a share"),
                "the level of the number": wrong(0.00726, "b", says="of one input"),
                "exposure": wrong(0.1, "a", says="one technology alone"),
                "labour's share": wrong(0.1, "d", says="national accounts"),
            },
        ),
        "ac.2": Case(
            right=lambda: (1 - 0.53 / 0.90,),
            also=((0.41,),),
            wrong={
                "labour's share": wrong(0.589, says="becomes 1.29%"),
                "the paper's": wrong(0.43, says="becomes 0.93%"),
                "in per cent": wrong(41.1, says="divide by 100"),
                "one third": wrong(1 / 3, says="becomes 0.79%"),
            },
        ),
        "ac.3": Case(
            right=lambda: (hulten / exact - 1,),
            also=((np.round(hulten / exact - 1, 3),),),
            wrong={
                "the wrong sign": wrong(exact / hulten - 1, says="too high"),
                "over Hulten's own": wrong(1 - exact / hulten, says="not of its own"),
                "in per cent": wrong(100 * (hulten / exact - 1), says="are shares"),
                "in levels": wrong(hulten / np.expm1(exact) - 1 + 0.013, says="Compare logs"),
                "in proportion": wrong(CHANGES, says="Compare logs"),
            },
        ),
        "ac.4": Case(
            right=lambda: (gains, "c"),
            also=((np.round(gains, 3), "C"),),
            wrong={
                "rising in σ": wrong(gains[::-1], "c", says="less a cheap one"),
                "per cent": wrong([100 * x for x in gains], "c", says="another one"),
                "to 0.654 more": wrong(_gains(0.1), "c", says="another one"),
                "complements": wrong(gains, "a", says="raises the gain"),
                "nearly one": wrong(gains, "b", says="last number"),
            },
        ),
        "ac.5": Case(
            right=lambda: (
                float(ac.tfp(ac.Parameters(exposed=0.15, profitable=0.2, labor_saving=0.15))),
                float(ac.tfp(ac.Parameters(exposed=0.4, profitable=0.6, labor_saving=0.5))),
                REASONS,
            ),
            wrong={
                "no interval": wrong(0.01, 0.01, REASONS, says="upper end above it"),
                "in per cent": wrong(0.24, 6.4, REASONS, says="are shares"),
                "no reasons": wrong(0.002, 0.06, "A guess.", says="30 words"),
            },
        ),
    }
)
