"""The chapter on the two regimes: its explorer against the library."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aiecon import chen_meng as cm
from exhibits.chen_meng.two_regimes import border, regimes


@pytest.mark.parametrize("name", list(regimes.presets))
def test_the_explorer_says_the_regime(name):
    text = regimes.description(**regimes.presets[name])
    levels = name != "Concentrating"
    assert ("AI levels" in text) == levels
    columns = regimes.csv(**regimes.presets[name]).splitlines()
    assert columns[2].startswith("rent-sharing elasticity,")


def test_the_bars_are_the_librarys_decomposition():
    setting = {"Omega": 0.7, "xi": 0.4, "ratio": 8.0}
    shown = regimes.at(regimes.setting(setting))
    economy = cm.with_ratio(replace(cm.Parameters(), xi=0.4, Omega=0.7), 8.0)
    parts = cm.decompose(economy, n=3000)
    for block in cm.BLOCKS:
        assert shown[f"{block}_bar"][1] == parts.shapley[block]
    assert shown["rise"] == parts.total
    assert sum(shown[f"{block}_bar"][1] for block in cm.BLOCKS) == pytest.approx(parts.total)


def test_the_border_between_its_nodes():
    """The spline through exact values is off by less than a fifth of a pixel (6.2 over 230)."""
    rng = np.random.default_rng(3)
    for xi, Omega in zip(rng.uniform(0, 0.75, 10), rng.uniform(0.5, 0.96, 10), strict=True):
        exact = cm.boundary_ratio(xi, cm.Parameters(Omega=float(Omega)), n=3000)
        assert border(xi, Omega) == pytest.approx(float(np.log(exact)), abs=5e-3)
