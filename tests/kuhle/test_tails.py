"""Heavy tails against quadrature, simulation, searches and their limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import minimize_scalar
from scipy.stats import expon, norm

from aiecon import kuhle

from .test_lognormal import DRAWS, SE

SKILLS = {
    "normal": kuhle.Skill(17.7, 15.0),
    "upper tail": kuhle.Skill(7.7, 12.0, upper=0.1),
    "lower tail": kuhle.Skill(25.0, 12.0, lower=0.14),
    "both tails": kuhle.Skill(12.0, 12.0, upper=0.1, lower=0.2),
}
every_skill = pytest.mark.parametrize("skill", SKILLS.values(), ids=SKILLS)


@every_skill
def test_distribution_against_simulation(skill):
    s = skill.draw(DRAWS, np.random.default_rng(2602))
    root = np.sqrt(DRAWS)
    assert abs(s.mean() - skill.mean) < SE * np.sqrt(skill.variance) / root
    for x in (-30.0, 0.0, 20.0, 45.0, 80.0):
        p = skill.survival(x)
        assert abs((s > x).mean() - p) < SE * np.sqrt(p * (1 - p) / DRAWS) + 1e-12
    for t in (-0.05, -0.02, 0.02, 0.04):
        e = np.exp(t * s)
        assert abs(e.mean() - np.exp(skill.cumulant(t))) < SE * e.std() / root


def test_survival_against_convolution():
    skill = SKILLS["upper tail"]
    for x in (-10.0, 20.0, 60.0, 120.0):

        def part(e, x=x):
            return expon.pdf(e, scale=10) * norm.sf((x - e - 7.7) / 12)

        whole = quad(part, 0, 400, points=[max(x - 7.7, 1.0)], limit=400)[0]
        assert skill.survival(x) == pytest.approx(whole, rel=1e-7)


@pytest.mark.parametrize("s", [-25.0, 5.0, 20.0, 50.0, 110.0])
@pytest.mark.parametrize(
    "rates", [(1e8, 1e8), (1e8, np.inf), (np.inf, 1e8), (1e3, 1e5), (1e300, 1e300)]
)
def test_thin_tails_leave_the_normal_distribution(rates, s):
    """e^{rate²/2 + …}N(…) is a product of a huge and a tiny number; the tail's chance is 1/rate."""
    upper, lower = rates
    found = kuhle.Skill(20.0, 15.0, upper, lower).survival(s)
    normal = norm.sf((s - 20) / 15)
    density = norm.pdf((s - 20) / 15) / 15
    assert found == pytest.approx(normal + density * (1 / upper - 1 / lower), rel=1e-4)


@pytest.mark.parametrize("upper", [0.02, 0.1, 3.0, 50.0])
def test_far_tails_of_skill(upper):
    """Beyond the body the survival is wαe^{…}: it falls with the rate α, whatever its size."""
    skill = kuhle.Skill(20.0, 15.0, upper, 0.3)
    start = 20 + 15 * (15 * upper + 9)
    s = start + np.array([0.0, 5.0 / upper])
    if upper * 5.0 / upper < 600 and skill.survival(s[0]) > 1e-280:
        slope = np.diff(np.log(skill.survival(s)))[0]
        assert slope == pytest.approx(-5.0, rel=1e-6)
    assert skill.survival(-1e9) == 1.0
    assert skill.survival(1e9) == 0.0


def test_plateau_with_a_tail_too_thin_to_notice():
    assert kuhle.Skill(20.0, 15.0, lower=1e300).plateau(3.0) == pytest.approx(20 / 450, rel=1e-12)
    assert kuhle.Skill(20.0, 15.0, 1e300, 1e300).plateau(3.0) == pytest.approx(20 / 450, rel=1e-12)


def test_tail_is_pareto_with_index_upper_over_technology():
    skill, a = SKILLS["both tails"], 0.05
    assert skill.tail_index(a) == pytest.approx(2.0)
    w = np.exp(a * np.array([200.0, 240.0]))
    slope = np.diff(np.log(skill.survival(np.log(w) / a)))[0] / np.diff(np.log(w))[0]
    assert slope == pytest.approx(-2.0, rel=1e-6)


@every_skill
@pytest.mark.parametrize("gamma", [0.5, 1.0, 2.0, 3.0])
def test_certainty_equivalent_against_simulation(skill, gamma):
    a = 0.03
    w = np.exp(a * skill.draw(DRAWS, np.random.default_rng(19783)))
    u = np.log(w) if gamma == 1 else w ** (1 - gamma)
    error = u.std() / np.sqrt(DRAWS)
    ce = skill.log_certainty_equivalent(a, gamma)
    closed = ce if gamma == 1 else np.exp((1 - gamma) * ce)
    assert abs(u.mean() - closed) < SE * error


@every_skill
def test_limit_at_log_utility(skill):
    near = skill.log_certainty_equivalent(0.03, 1 + np.array([-1e-7, 1e-7]))
    np.testing.assert_allclose(near, skill.log_certainty_equivalent(0.03, 1.0), rtol=1e-6)


@every_skill
@given(gamma=st.floats(1.1, 8.0))
@settings(max_examples=25, deadline=None)
def test_plateau_survives_and_is_where_a_search_finds_it(skill, gamma):
    a = skill.plateau(gamma)
    assert 0 < a < np.inf
    bound = min(3 * a, 0.999 * skill.lower / (gamma - 1))
    found = minimize_scalar(
        lambda x: -skill.log_certainty_equivalent(x, gamma),
        bounds=(0.0, bound),
        method="bounded",
        options={"xatol": 1e-10},
    )
    assert found.x == pytest.approx(a, rel=1e-4)
    assert skill.tilted_mean(-(gamma - 1) * a) == pytest.approx(0.0, abs=1e-8)
    assert (gamma - 1) * a == pytest.approx(skill.plateau(2.0), rel=1e-12)


@every_skill
def test_no_plateau_for_the_less_averse(skill):
    for gamma in (0.0, 0.5, 1.0):
        assert skill.plateau(gamma) == np.inf
        a = np.linspace(0.001, 0.09, 60)
        assert (np.diff(skill.log_certainty_equivalent(a, gamma)) > 0).all()


def test_without_tails_it_is_the_lognormal_economy():
    skill = SKILLS["normal"]
    for gamma in (0.0, 1.0, 1.5, 4.0):
        ce = kuhle.log_certainty_equivalent(kuhle.Economy(0.05, 1.0, 17.7, 15.0), gamma)
        assert skill.log_certainty_equivalent(0.05, gamma) == pytest.approx(ce, rel=1e-12)
    assert skill.plateau(3.0) == pytest.approx(kuhle.plateau(3.0, 17.7, 15.0), rel=1e-12)
    assert skill.tail_index(0.05) == np.inf


def test_thin_tails_are_approached():
    for kwargs in ({"upper": 1e7}, {"lower": 1e7}, {"upper": 1e7, "lower": 1e7}):
        skill = kuhle.Skill(17.7, 15.0, **kwargs)
        assert skill.plateau(3.0) == pytest.approx(kuhle.plateau(3.0, 17.7, 15.0), rel=1e-5)


def test_at_equal_mean_and_variance_an_upper_tail_raises_and_a_lower_tail_lowers_the_plateau():
    upper = kuhle.Skill(17.7 - 10, np.sqrt(225 - 100), upper=0.1)
    lower = kuhle.Skill(17.7 + 10, np.sqrt(225 - 100), lower=0.1)
    for skill in (upper, lower):
        assert skill.mean == pytest.approx(17.7)
        assert skill.variance == pytest.approx(225)
    assert lower.plateau(3.0) < kuhle.plateau(3.0, 17.7, 15.0) < upper.plateau(3.0)


def test_infinite_income_and_bottomless_utility():
    skill = SKILLS["both tails"]
    assert skill.log_mean_income(0.1) == np.inf
    assert np.isfinite(skill.log_mean_income(0.0999))
    assert skill.log_certainty_equivalent(0.1, 3.0) == -np.inf  # (γ−1)a = β
    assert np.isfinite(skill.log_certainty_equivalent(0.0999, 3.0))
    assert skill.log_certainty_equivalent(0.2, 0.5) == np.inf  # (1−γ)a = α


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"spread": 0.0}, "spread > 0"),
        ({"upper": 0.0}, "upper > 0"),
        ({"lower": -1.0}, "lower > 0"),
        ({"location": 1.0, "lower": 0.1}, "mean skill"),
        ({"location": np.nan}, "a finite location"),
        ({"spread": [1.0, 2.0]}, "a single number"),
        ({"location": 0.1 + 0.2, "lower": 1 / 0.3}, "a mean skill > 0"),  # 0.3 − 0.3, rounded
        ({"upper": "x"}, "upper = 'x'"),
        ({"lower": np.nan}, "a finite lower"),
        ({"lower": [0.1, 0.2]}, "lower = .* a single number"),
        ({"upper": 1e-320}, "upper > 0"),
        ({"spread": 1e200}, "a variance that is a number"),
    ],
)
def test_bad_skills_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        kuhle.Skill(**({"location": 20.0, "spread": 15.0} | arguments))


def test_outside_the_cumulants_domain():
    with pytest.raises(ValueError, match="−lower < t < upper"):
        SKILLS["both tails"].tilted_mean(0.1)
    for call, words in (
        (lambda: SKILLS["normal"].cumulant(1e200), "t = 1e[+]200"),
        (lambda: SKILLS["normal"].plateau([2.0, 3.0]), "gamma = .* a single number"),
        (lambda: SKILLS["normal"].draw(-1, np.random.default_rng(0)), "size = -1"),
        (lambda: SKILLS["normal"].draw(3, None), "default_rng"),
        (lambda: SKILLS["normal"].log_certainty_equivalent([0.1, 0.2], [1.0] * 3), "broadcast"),
    ):
        with pytest.raises(ValueError, match=words):
            call()
    with pytest.raises(ValueError, match="technology ≥ 0"):
        SKILLS["normal"].log_mean_income(-0.1)
