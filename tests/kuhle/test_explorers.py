"""The explorers say what the library computes; their settings are those of the calibration."""

from __future__ import annotations

import numpy as np
import pytest

from aiecon import kuhle
from exhibits.kuhle import explorers, figures_calibration, figures_plateau, figures_race


def test_incomes_start_at_2024_and_compare_with_1975():
    old, new = kuhle.two_years()
    text = explorers.incomes.description()
    star = float(kuhle.indifference_gamma(old, new))
    worth = f"${kuhle.certainty_equivalent(new, star):,.0f}"
    assert text.count(worth) == 2  # equally good, by the definition of γ*
    assert f"Median ${new.median:,.0f}, mean ${new.mean:,.0f}" in text
    assert "beyond" in text  # past the plateau of γ*, midway between the years
    assert "below" in explorers.incomes.description(technology=1.0)
    assert "no plateau" in explorers.incomes.description(gamma=1)


@pytest.mark.parametrize("curvature", [0, 0.5, 1.25, 2, 4])
@pytest.mark.parametrize("chi", [0.0, 0.5, 1.0])
def test_education_text_and_data(curvature, chi):
    for year in ("1975", "2024"):
        text = explorers.education.description(year=year, curvature=curvature, chi=chi)
        assert ("buys nothing or all" in text) == (curvature <= 1)
    columns = explorers.education.csv(curvature=curvature, chi=chi).splitlines()
    assert columns[2].startswith("education (points),private marginal benefit")


def test_without_rents_nothing_is_lost():
    assert "Nothing is lost" in explorers.education.description(chi=0.0)
    assert "40%" in explorers.education.description(chi=0.4)  # the corrective tax


def test_indifference_reproduces_the_stars_of_the_deflators():
    names = ("PCE index", "C-CPI-U chain", "CPI-U-RS", "CPI-U")
    for name, deflator in zip(names, kuhle.DEFLATORS, strict=True):
        text = explorers.indifference.description(**explorers.indifference.presets[name])
        star = float(kuhle.indifference_gamma(*kuhle.two_years(deflator)))
        assert f"γ* = {star:.2f}" in text


@pytest.mark.parametrize("module", [figures_plateau, figures_race, figures_calibration])
def test_every_figure_draws_twice_the_same(module):
    for name in module.__all__:
        if not name.startswith(("dispersion", "forecasts")):
            draw = getattr(module, name)
            assert draw()._repr_svg_() == draw()._repr_svg_(), name


def test_statements_of_the_captions():
    """Numbers that captions and text alternatives give in words."""
    assert figures_race._simulated(1.0)[0].flags.writeable is False
    assert figures_race._markets(3)[1].flags.writeable is False
    assert explorers._density(1.0, 17.7, 15.0).flags.writeable is False
    for chi, apart in ((0.35, False), (0.45, True)):  # the best distribution leaves equal education
        plan, equal = (
            f(figures_race.race(chi)) for f in (kuhle.free_planner, kuhle.social_education)
        )
        assert (equal - plan.mean > 0.5) == apart
    assert kuhle.free_planner(figures_race.race(1.0)).mean == pytest.approx(0.6, abs=0.05)
    peaks = [skill.plateau(4.0) for _, skill in figures_plateau.skills()]
    np.testing.assert_allclose(peaks, [0.0262, 0.0335, 0.0177, 0.0230], atol=6e-4)
    assert dict(figures_plateau.skills())["heavy lower tail"].lower / 3 == pytest.approx(1 / 30)
    whole, without = figures_calibration.forecasts()
    ends = [100 / 15 * f.centre[-1] for f in (whole, without)]
    np.testing.assert_allclose(ends, [6.8, 6.6], atol=0.05)
    lows = [100 / 15 * f.lower[-1] for f in (whole, without)]
    highs = [100 / 15 * f.upper[-1] for f in (whole, without)]
    np.testing.assert_allclose([*lows, *highs], [6.0, 6.0, 7.6, 7.2], atol=0.06)
