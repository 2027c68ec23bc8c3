"""The chapter on the arms race: its explorer, and numbers that captions give in words."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr

from aiecon import kuhle
from exhibits.kuhle.arms_race import education, race
from tests.told import says


def test_the_numbers_of_the_free_planner_in_the_figure():
    """1.130 against 1.118 at χ = ½, 1.020 against 1.000 at .8, 1.0017 at 1; nobody at η = 4a."""
    for chi, free, equal in ((0.5, 1.130, 1.118), (0.8, 1.020, 1.0), (1.0, 1.0017, 1.0)):
        r = race(chi)
        W = r.economy.mean
        assert kuhle.free_planner(r).surplus / W == pytest.approx(free, abs=5e-4)
        assert kuhle.surplus(r, kuhle.social_education(r)) / W == pytest.approx(equal, abs=5e-4)
        assert kuhle.free_planner(r).share > 0
    assert kuhle.free_planner(race(1.0, curvature=4.0)).mean == 0


def test_the_best_distribution_leaves_equal_education_as_the_caption_says():
    for chi, apart in ((0.35, False), (0.45, True)):
        plan, equal = (f(race(chi)) for f in (kuhle.free_planner, kuhle.social_education))
        assert (equal - plan.mean > 0.5) == apart
    assert kuhle.free_planner(race(1.0)).mean == pytest.approx(0.6, abs=0.05)


def test_only_their_own_part_counts_where_capabilities_move_together():
    """The limit of many firms needs independence: a common part moves all shares alike."""
    rng = np.random.default_rng(3)
    common = 1.5 * np.sqrt(0.9) * rng.standard_normal((400, 1))
    own = 1.5 * np.sqrt(0.1) * rng.standard_normal((400, 2000))
    losing = (2000 * kuhle.market_shares(common + own) < 1).mean()
    assert abs(losing - ndtr(1.5 * np.sqrt(0.1) / 2)) < 0.01
    assert abs(losing - ndtr(1.5 / 2)) > 0.1


@pytest.mark.parametrize("curvature", [0, 0.5, 1, 1.25, 2, 4])
@pytest.mark.parametrize("chi", [0.0, 0.5, 1.0])
def test_education_text_and_data(curvature, chi):
    for year in ("1975", "2024"):
        text = education.description(year=year, curvature=curvature, chi=chi)
        assert ("buys nothing or all" in text) == (curvature <= 1)
    columns = education.csv(curvature=curvature, chi=chi).splitlines()
    assert columns[2].startswith("education (points),private marginal benefit")


def test_without_rents_nothing_is_lost():
    assert "Nothing is lost" in education.description(chi=0.0)
    assert "40%" in education.description(chi=0.4)  # the corrective tax


@pytest.mark.parametrize("setting", [{"curvature": 2.0}, {"curvature": 3.0, "chi": 0.9}])
def test_nobody_gains_by_choosing_otherwise_in_the_picture(setting):
    """The dot stands at the top of the curve of one person, and where margins cross."""
    shown = education.at(education.setting(setting))
    top = np.argmax(shown["alone"])
    assert shown["points"][top] == pytest.approx(shown["chosen"][1], abs=0.25)
    crossing = np.interp(shown["chosen"][1], shown["points"], shown["benefit"] / shown["cost"])
    assert crossing == pytest.approx(1, abs=0.01)


def test_with_a_linear_cost_both_ends_are_equally_good_and_the_crossing_is_the_worst():
    corner = education.setting(education.presets["Linear cost: a corner"])
    shown = education.at(corner)
    assert 0 < shown["share"] < 1
    assert shown["chosen_worth"][0] == pytest.approx(shown["chosen_worth"][1], rel=1e-12)
    worst = shown["points"][np.argmin(shown["alone"])]
    assert np.interp(worst, shown["points"], shown["benefit"] / shown["cost"]) == pytest.approx(
        1, abs=0.03
    )
    cheaper, dearer = (education.at(corner | {"level": x}) for x in (1.2, 1.8))
    assert cheaper["share"] > shown["share"] > dearer["share"]


def test_the_page_has_the_librarys_numbers():
    found = education.samples()
    assert found.pixels < 0.01
    assert found.mixed == 0


def test_what_the_figures_say():
    """The numbers in captions and text alternatives."""
    chapter = "kuhle/arms_race"
    new = kuhle.two_years()[1]
    a, W = float(new.technology), float(new.mean)
    ends = []
    for ratio in (0.0, 0.5, 1.5):
        cost = kuhle.Cost(0.85 * a * W, ratio * a)
        best = kuhle.optimal_education(new, cost, float(new.median))
        ends += [(best.expected_income - W - best.spending) / 1e3, best.points]
    says(chapter, "fig-ku-race-corner", *ends)
    halves = [float(np.sqrt(-2 * np.log(f))) for f in (0.8, 0.6)]  # N = ½ at σ²/2 = −ln f
    last = [float(kuhle.loss_share(2.0, f)) for f in (1.0, 0.8, 0.6)]
    says(chapter, "fig-ku-race-recover", last[0], halves[0], last[1], halves[1], last[2])
    two = {chi: race(chi) for chi in (0.0, 0.8, 1.0)}
    four = {chi: race(chi, 4.0) for chi in (0.0, 1.0)}
    private = [kuhle.private_education(game) for game in (two[0.0], two[1.0])]
    leaves = next(x for x in np.linspace(0, 1, 101) if kuhle.free_planner(race(x)).share < 1)
    mean = kuhle.free_planner(two[1.0]).mean
    others = [kuhle.private_education(game) for game in (four[0.0], four[1.0])]
    assert kuhle.social_education(two[0.8]) == pytest.approx(0.0, abs=1e-9)
    waste = [
        float(1 - kuhle.surplus(game, kuhle.private_education(game)) / game.economy.mean)
        for game in (two[1.0], four[1.0])
    ]
    said = (*private, kuhle.social_education(two[0.0]), 0.8, leaves, mean, *others, *waste)
    says(chapter, "fig-ku-race-wedge", *said)
    cycle = kuhle.Race(new, kuhle.Cost(0.7 * a * W, 1.5 * a), chi=0.8)
    high = kuhle.population_path(cycle, periods=30, revising=1.0).max()
    says(chapter, "fig-ku-race-path", high, kuhle.private_education(cycle))
    assert kuhle.social_education(cycle) == 0
    largest = []
    for count in (3, 10, 50):  # the same draws as in the figure
        rng = np.random.default_rng(count)
        some = np.linspace(0.2, 3, 8)
        draws = [kuhle.winner_take_most(s, count, markets=2000, rng=rng) for s in some]
        largest.append((draws[-1].losing, draws[-1].leader))
    losing, leader = zip(*largest, strict=True)
    limit = float(kuhle.loss_share(3.0))
    says(chapter, "fig-ku-race-firms", limit, losing[1], losing[0], *leader)
