"""Places: the explorer's two regions are the library's."""

import numpy as np
import pytest

from aiecon import chen_meng as cm
from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from exhibits.who_benefits.places import late_region
from tests.told import says

AGI, USUAL = ks.Bounded(horizon=20.0), ks.BusinessAsUsual()


@pytest.mark.parametrize(("delay", "capital"), [(0.0, 0.5), (20.0, 0.5), (7.5, 1.0)])
def test_the_explorer_shows_two_regions(delay, capital):
    pair = wb.two_regions(
        ks.Bounded(horizon=20.0), ks.Bounded(horizon=20.0 + delay), K_poor=4.6 * capital
    )
    shown = late_region.at(late_region.setting({"delay": delay, "capital": capital}))
    assert shown["collapse"] == pytest.approx(pair.collapse["poor"], abs=1e-8)
    assert shown["collapse_first"] == pytest.approx(pair.collapse["rich"], abs=1e-8)
    assert shown["output_ratio"] == pytest.approx(1 / (1 + pair.output_gap(30.0)), rel=1e-9)
    gap = pair.wage_gap(shown["collapse_first"])
    assert shown["wage_ratio"] == pytest.approx(1 / (1 + gap), rel=1e-9)
    assert shown["wage"] == pytest.approx(pair.poor.wage(shown["year"]), rel=1e-12)


def test_what_lies_between_the_nodes_is_close():
    samples = late_region.samples()
    assert samples.pixels < 0.2


def test_later_is_worse_for_households_and_better_for_workers():
    setting = late_region.setting({"capital": 1.0})
    worth = [late_region.at(setting | {"delay": delay}) for delay in np.array([0.0, 10.0, 30.0])]
    assert [x["household"] for x in worth] == sorted((x["household"] for x in worth), reverse=True)
    assert [x["worker"] for x in worth] == sorted(x["worker"] for x in worth)


def test_what_the_figures_say():
    """The numbers in captions and text alternatives."""
    chapter = "who_benefits/places"
    late = ks.Bounded(horizon=40.0)
    pairs = [wb.two_regions(AGI, path) for path in (AGI, late, USUAL)]
    t = np.linspace(0, 45, 451)
    wage = [1 / (1 + pair.wage_gap(t)) for pair in pairs]
    output = [1 / (1 + pair.output_gap(t)) for pair in pairs]
    then = pairs[0].collapse["rich"]
    before = t < pairs[0].collapse["poor"]
    at = [float(1 / (1 + pair.wage_gap(then))) for pair in pairs[1:]]
    back = pairs[1].collapse["poor"]
    said = (wage[0][0], wage[0][before].max(), then, *at, then, wage[1].max(), back, wage[2][-1])
    says(chapter, "fig-wb-regions", *said, output[0][0], *(x[-1] for x in output))
    dates = np.linspace(0, 25, 251)
    one = wb.one_market_path((AGI, USUAL), dates)
    leader, other = one.wage
    first = dates[np.isclose(leader, 0.5)][0]
    assert np.isclose(other, 0.5)[dates >= first].all()
    alone = [ks.constant_saving(path, 0.3) for path in (AGI, USUAL)]
    closed = alone[0].region_changes[0].date
    said = (leader[0], leader.max(), dates[leader.argmax()], first, closed, alone[1].wage(25.0))
    says(chapter, "fig-wb-market", *said)
    dates = np.linspace(0, 19, 77)
    low, high = (wb.sector_path((AGI, USUAL), e, dates) for e in (0.5, 4.0))
    spent, worked = high.expenditure[0], high.labor[0]
    said = (low.expenditure[0][-1], spent.max(), dates[spent.argmax()], spent[-1], low.labor[0][-1])
    says(chapter, "fig-wb-sectors", *said, worked.max(), dates[worked.argmax()], worked[-1])
    firms = [wb.firm_gap(p, [0.0, 0.99]) for p in cm.regimes()]
    said = []
    for gap in firms:
        said += [100 * x for x in (*gap.output, gap.margin[1], gap.pay[1])]
    says(chapter, "fig-wb-firms", *said)
