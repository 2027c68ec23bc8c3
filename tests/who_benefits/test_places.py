"""Places: the explorer's two regions are the library's."""

import numpy as np
import pytest

from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from exhibits.who_benefits.places import late_region


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
