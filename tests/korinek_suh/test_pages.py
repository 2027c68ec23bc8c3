"""Captions and text alternatives are compared with the model, figure by figure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.told import CHAPTERS, assert_said


@pytest.mark.parametrize("chapter", ["tasks", "factor_prices", "race", "scenarios"])
def test_what_is_said_of_every_figure_is_compared(chapter):
    page = (CHAPTERS / "korinek_suh" / f"{chapter}.md").read_text("utf8")
    figures = re.findall(r"^    name: (fig-[\w-]+)$", page, re.M)
    compared = Path(__file__).with_name(f"test_{chapter}.py").read_text("utf8")
    assert figures
    assert [name for name in figures if f'"{name}"' not in compared] == []


def test_a_number_that_nothing_computes_is_found():
    with pytest.raises(AssertionError, match="which nothing computes"):
        assert_said("korinek_suh/tasks", "fig-ks-tasks-border", given="0.2 0.5")
    with pytest.raises(AssertionError, match="does not say"):
        assert_said("korinek_suh/tasks", "fig-ks-tasks-border", "meet at 2")
