"""The chapter on the plateau: its explorer, and numbers that captions give in words."""

from __future__ import annotations

import numpy as np
import pytest

from aiecon import kuhle
from exhibits.kuhle.plateau import incomes
from tests.told import says


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


def test_what_the_figures_say():
    """The numbers in captions and text alternatives."""
    chapter = "kuhle/plateau"
    old, new = kuhle.two_years()
    star, pivot = float(kuhle.indifference_gamma(old, new)), float(kuhle.pivot_skill(old, new))
    peaks = [100 * float(kuhle.plateau(gamma, 100 - pivot, 15)) for gamma in (2.0, star, 4.0)]
    ends = kuhle.pivotal_economy(np.array([0.0, 0.12]))
    says(chapter, "fig-ku-plateau-ce", ends.median[0] / 1e3, ends.median[1] / 1e3, star, *peaks)
    far, top = kuhle.pivotal_economy(0.12), kuhle.top_share
    half = [float(kuhle.lorenz(economy, 0.5)) for economy in (old, new)]
    ends = [far.gini, top(far, 0.1), top(far, 0.01)]
    says(chapter, "fig-ku-plateau-inequality", *half, *ends)
    rank = float(kuhle.crossing_rank(old, new))
    ratio = [float(kuhle.quantile(new, p) / kuhle.quantile(old, p)) for p in (0.005, 0.5, 0.995)]
    poorest = np.linspace(0, 0.4, 401)
    first, second = (kuhle.generalised_lorenz(economy, poorest) for economy in (old, new))
    gain = second - first
    zero = poorest[1:][(gain[1:] > 0) & (gain[:-1] <= 0)][0]
    lowest = gain.argmin()
    said = (ratio[0], rank, ratio[1], ratio[2], gain[lowest], poorest[lowest], zero, gain[-1])
    says(chapter, "fig-ku-plateau-dominance", *said)
    starts = [100 * kuhle.plateau_after_tax(g, 100 - pivot, 15, 0.0) for g in (2.0, 3.0, 5.0)]
    lines = [float(kuhle.insuring_progressivity(g)) for g in (2.0, 3.0, 5.0)]
    pairs = [x for pair in zip(starts, lines, strict=True) for x in pair]
    years = [100 * float(economy.technology) for economy in (old, new)]
    says(chapter, "fig-ku-plateau-taxes", *pairs, *years)


def test_four_tails_of_the_figure():
    """Plateaus, the end of welfare with a heavy lower tail, incomes at the edge of the figure."""
    mean = 100 - float(kuhle.pivot_skill(*kuhle.two_years()))
    body, both = np.sqrt(225 - 100), np.sqrt(225 - 2 / 0.14**2)
    skills = {
        "normal": kuhle.Skill(mean, 15),
        "upper": kuhle.Skill(mean - 10, body, upper=0.1),
        "lower": kuhle.Skill(mean + 10, body, lower=0.1),
        "both": kuhle.Skill(mean, both, upper=0.14, lower=0.14),
    }
    np.testing.assert_allclose([skill.variance for skill in skills.values()], 225)
    np.testing.assert_allclose([skill.mean for skill in skills.values()], mean)
    incomes = [np.exp(skills[name].log_mean_income(0.1)) for name in ("lower", "both")]
    peaks = [100 * skills[name].plateau(4.0) for name in ("lower", "both", "normal", "upper")]
    end = 100 * 0.1 / (4.0 - 1.0)  # β/(γ−1)
    says("kuhle/plateau", "fig-ku-plateau-tails", mean, end, *incomes, *peaks)
