"""The chapter on the plateau: its explorer, and numbers that captions give in words."""

from __future__ import annotations

import numpy as np
import pytest

from aiecon import kuhle
from exhibits.kuhle.plateau import incomes


def test_incomes_start_at_2024_and_compare_with_1975():
    old, new = kuhle.two_years()
    text = incomes.description()
    star = float(kuhle.indifference_gamma(old, new))
    worth = f"${kuhle.certainty_equivalent(new, star):,.0f}"
    assert text.count(worth) == 2  # equally good, by the definition of γ*
    assert f"Median ${new.median:,.0f}, mean ${new.mean:,.0f}" in text
    assert "beyond" in text  # past the plateau of γ*, midway between the years
    assert "below" in incomes.description(technology=1.0)
    assert "no plateau" in incomes.description(gamma=1)


def test_the_page_has_the_librarys_numbers():
    found = incomes.samples()
    assert found.pixels < 0.01
    assert found.mixed == 0
    values = incomes.at(incomes.setting({"technology": 2.0, "gamma": 5, "mean": 12, "sd": 20}))
    economy = kuhle.Economy(
        2 * kuhle.two_years()[0].technology, kuhle.pivotal_economy(0.05).scale, 12, 20
    )
    level = 1e3 * values["level"]
    np.testing.assert_allclose(values["density"], kuhle.density(economy, level), rtol=1e-12)
    assert values["peak"] == pytest.approx(100 * kuhle.plateau(5, 12, 20))


def test_four_tails_of_the_figure():
    """Plateaus of 1.8, 2.3, 2.6 and 3.4 per cent, and an end of welfare at 3.3."""
    mean = 100 - float(kuhle.pivot_skill(*kuhle.two_years()))
    body, both = np.sqrt(225 - 100), np.sqrt(225 - 2 / 0.14**2)
    skills = [
        kuhle.Skill(mean, 15),
        kuhle.Skill(mean - 10, body, upper=0.1),
        kuhle.Skill(mean + 10, body, lower=0.1),
        kuhle.Skill(mean, both, upper=0.14, lower=0.14),
    ]
    peaks = [skill.plateau(4.0) for skill in skills]
    np.testing.assert_allclose(peaks, [0.0262, 0.0335, 0.0177, 0.0230], atol=6e-4)
    np.testing.assert_allclose([skill.variance for skill in skills], 225)
    np.testing.assert_allclose([skill.mean for skill in skills], mean)
