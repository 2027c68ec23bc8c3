"""The chapter on the two regimes: its explorer against the library."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aiecon import chen_meng as cm
from exhibits.chen_meng.two_regimes import border, regimes
from tests.told import told


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


def test_the_figures_say_what_they_show():
    """Results in captions and text alternatives, each as the library has it now."""
    chapter, base = "chen_meng/two_regimes", cm.Parameters()
    low, high = (cm.with_ratio(base, ratio) for ratio in (0.25, 5.0))

    picture = told(chapter, "fig-cm-regimes-picture")
    before, *after = (
        np.cumsum(np.sort(x)) / x.sum()
        for x in (cm.economy(base).pay_before, cm.economy(low).income, cm.economy(high).income)
    )
    change = [100 * (x - before) for x in after]
    assert f"rises to {change[0].max():.1f} percentage points" in picture
    assert f"to minus {-change[1].min():.1f} just below" in picture

    compression = told(chapter, "fig-cm-regimes-compression")
    for noise, words in ((0.1, "little noise"), (0.35, "the noise"), (0.8, "much noise")):
        plain = cm.Parameters(psi=0.0, tau=noise, eta1=0.0)
        first, last = cm.lognormal_gini(cm.pay_dispersion(np.array([0, 0.6]), plain))
        assert f"from {first:.2f} to {last:.2f} for {words}" in compression

    schools = told(chapter, "fig-cm-regimes-schools")
    for exponent, words in ((1.0, "AI"), (0.9, "of 0.1"), (0.6, "of 0.4")):
        rest = cm.schooling(base, exponent)
        assert f"{words} at {rest.weight:.2f} with {100 * rest.share:.0f} per cent" in schools

    firms = told(chapter, "fig-cm-regimes-firms")
    ends = [cm.labour_share(cm.with_ratio(replace(base, xi=x), 100.0)) for x in (0.6, 0.2, 0)]
    assert "fall to {:.2f}, {:.2f} and {:.2f}.".format(*map(float, ends)) in firms

    blocks = told(chapter, "fig-cm-regimes-blocks")
    parts = [cm.decompose(economy) for economy in (low, high)]
    owners = [part.capital for part in parts]
    words = f"Owners add {owners[0]:.3f} in the left panel and {owners[1]:.3f} in the right."
    assert words in blocks
    for part in parts:
        assert f"{-part.shapley['homogenisation']:.2f}" == "0.03"
        assert f"{-part.shapley['screening']:.3f}" in ("0.007", "0.006")
        assert abs(part.shapley["education"]) < 1e-3
        assert abs(part.shapley["firms"]) < 2e-3
    assert f"minus {-parts[0].total:.2f} on the left, plus {parts[1].total:.2f} on" in blocks

    borders = told(chapter, "fig-cm-regimes-boundary")
    tails = [float(cm.boundary_ratio(0, replace(base, zeta=z), n=4000)) for z in (3, 1.5, 1.2)]
    owned = [float(cm.boundary_ratio(0, replace(base, Omega=x), n=4000)) for x in (0.8, 0.9, 0.95)]
    for starts in (tails, owned):
        assert "start at {:.1f}, {:.2f} and {:.2f} for".format(*starts) in borders

    convergence = told(chapter, "fig-cm-regimes-convergence")
    for others, words in ((1000, "people, fall"), (0, "same people,")):
        spread = [
            np.std(
                [
                    cm.economy(base, n, seed).gini - cm.economy(base, n, others + seed).gini_before
                    for seed in range(12)
                ],
                ddof=1,
            )
            for n in (250, 8000)
        ]
        assert f"{words} from {spread[0]:.3f} to {spread[1]:.3f}" in convergence
