"""What must be true of the answers to the exercises on places."""

from __future__ import annotations

import numpy as np

from aiecon import chen_meng as cm
from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from exhibits.answers import Array, Number, Several, Text, answer, expect, same


@answer("wb.places.1", Number("K", above=0))
def capital_needed(K):
    """With a little less capital wages are A in both places, with a little more above it."""
    below, above = (wb.one_market(x * K, [0.9, 0.3]).wage for x in (0.99, 1.01))
    expect((below < 0.5 + 1e-9).all(), "With a little less capital labour would still be scarce")
    expect((above > 0.5).all(), "With a little more capital labour would still not be scarce")


@answer("wb.places.2", Several("abcd", "those who gain"), Number("the gain of output"))
def who_wants_capital_to_be_free(letters, gain):
    """Workers gain where capital goes, owners where it comes from, and the world as a whole."""
    expect(len(letters) > 1, "More than one group gains")
    expect(
        not {"a", "b"} <= set(letters), "In the first place capital is not scarcer and dearer too"
    )
    expect(not {"c", "d"} <= set(letters), "In the second place capital leaves: can workers gain?")
    expect(
        same(letters, "1f2ae15560e5"),
        "To which place does capital go, and what does it earn there?",
    )
    expect(gain > 0, "Capital moves to where it is worth more: world output does not fall")
    world = np.mean([ks.equilibrium(4.6, share).output for share in (0.8, 0.4)])
    ratio = wb.one_market(4.6, [0.8, 0.4]).output / world
    expect(abs(1 + gain - ratio) < 0.005, "The gain is world output over half of both, less one")


@answer("wb.places.3", Array("the gaps", shape=(4,), share=True))
def the_gap_that_stays(gaps):
    """The later AGI comes, the less of the gap is left on its day, and for ever after."""
    expect(gaps > 0, "The poor place does not overtake the rich one")
    expect(np.diff(gaps) < 0, "With more years until AGI there is more time to catch up")
    found = [wb.two_regions(ks.Bounded(horizon=T)).output_gap(200.0) for T in (5, 10, 20, 40)]
    expect(abs(gaps - found) < 0.006, "The order is right, the size is not: look at year 200")


@answer("wb.places.4", Array("the spending", shape=(3,), share=True), Number("the gap of wages"))
def goods_nearly_the_same(spending, gap):
    """The lagging sector vanishes, and what is left is nearly the economy of the automated one."""
    expect(
        np.diff(spending) >= 0,
        "The better the goods replace each other, the more goes to the cheap",
    )
    expect(spending > 0.5, "The automated sector's good is cheaper: it has more than its weight")
    found = [wb.sector_equilibrium(4.6, [0.7, 0.3], e) for e in (4.0, 20.0, 200.0)]
    expect(
        abs(spending - [x.expenditure[0] for x in found]) < 0.005,
        "The share of spending is not that of the first sector at these elasticities",
    )
    expect(abs(gap) < 0.5, "The gap of wages is asked as a share of the one-sector wage")
    alone = ks.equilibrium(4.6, 0.7).wage
    right = abs(1 - gap - found[-1].wage / alone) < 0.0006
    expect(right, "Compare with one sector that has the share of the automated one, at 200")


@answer("wb.places.5", Number("the multiple", above=0))
def access_for_small_firms(times):
    """With commodity AI so much better the lead of the upper hundredth is halved."""
    expect(times > 1, "To narrow the lead commodity AI must become better")
    regime = cm.regimes()[1]
    now, then = (
        wb.firm_gap(cm.with_ratio(regime, regime.ratio / x), [0.99]).output[0] for x in (1.0, times)
    )
    expect(abs(then / now - 0.5) < 0.01, f"At your multiple {then / now:.0%} of the lead is left")


@answer("wb.places.6", Text("your answer", words=30))
def a_place_of_your_own(text):
    """An answer to compare."""
    return [
        "who gains and who loses by the transfer of technology if workers can save",
        "what saving does not change, such as the date of the collapse",
        "the same for the open market",
        "data about households that live on wages, and not about countries",
    ]


@answer("wb.places.7", Number("the rich place", share=True), Number("the poor place", share=True))
def two_borders(rich, poor):
    """At these shares a person and a machine earn the same; the poor place gets there first."""
    expect(rich > poor, "Where there is less capital the border is met at a smaller share of tasks")
    for given, k, name in ((rich, 4.6, "rich"), (poor, 2.3, "poor")):
        kappa = given / (1 - given) if given < 1 else np.inf
        expect(
            abs(kappa / k - 1) < 0.02,
            f"In the {name} place Φ/(1−Φ) would be {kappa:.3g}, and capital per worker is {k}",
        )
