"""The error estimate bounds the error, and the tolerance holds: a fixed sample of wide draws."""

import pytest
from benchmarks.promises import FAMILIES, measured


@pytest.mark.parametrize("family", FAMILIES)
def test_no_draw_is_further_off_than_it_says(family):
    facts = measured(family, 60)
    assert facts["above_estimate"] == 0, facts
    assert facts["above_tol"] == 0, facts
    assert facts["failed"] <= 1, facts
    assert facts["refused"] < 30, facts
    assert facts["unverified"] <= 3, facts


def test_the_estimate_counts_how_far_a_steep_path_moves_with_its_date():
    """A draw that falls by five a year at the border, whose date decides the error."""
    facts = measured("Wang–Wong", 1, first=638)
    assert (facts["draws"], facts["refused"], facts["failed"]) == (1, 0, 0)
    assert facts["above_estimate"] == 0
