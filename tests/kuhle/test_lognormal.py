"""Closed forms of the lognormal economy against quadrature, simulation, limits and bad input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import lognorm

from aiecon import kuhle

DRAWS = 200_000
SE = 4.5  # standard errors; a correct formula fails once in 150,000 comparisons

economies = st.builds(
    kuhle.Economy,
    technology=st.floats(0.005, 0.15),
    scale=st.floats(0.1, 1e5),
    skill_mean=st.floats(-30, 150),
    skill_sd=st.floats(3, 25),
)


def simulated(economy: kuhle.Economy, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    skill = economy.skill_mean + economy.skill_sd * rng.standard_normal(DRAWS)
    return economy.scale * np.exp(economy.technology * skill)


def expectation(economy: kuhle.Economy, f) -> float:
    """E[f(z)] over z ~ N(0, 1) by adaptive quadrature."""
    return quad(lambda z: f(z) * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi), -40, 40, limit=400)[0]


@pytest.mark.parametrize("technology", [0.01, 0.0372, 0.0572, 0.1])
def test_mean_and_lorenz_curve_against_quadrature(technology):
    economy = kuhle.Economy(technology, 300.0)
    sigma, mu = economy.dispersion, economy.log_median
    mean = expectation(economy, lambda z: np.exp(mu + sigma * z))
    assert mean == pytest.approx(economy.mean, rel=1e-10)
    for p in (0.05, 0.2, 0.5, 0.8, 0.99):
        part = quad(lambda q: kuhle.quantile(economy, q), 0, p, limit=400)[0]
        assert kuhle.lorenz(economy, p) == pytest.approx(part / mean, rel=1e-6)
        assert kuhle.generalised_lorenz(economy, p) == pytest.approx(part, rel=1e-6)
    area = quad(lambda q: kuhle.lorenz(economy, q), 0, 1, limit=200)[0]
    assert economy.gini == pytest.approx(1 - 2 * area, abs=1e-7)


def test_against_scipys_lognormal_distribution():
    economy = kuhle.Economy(0.05, 300.0)
    law = lognorm(economy.dispersion, scale=economy.median)
    x = np.geomspace(5e3, 1e6, 9)
    np.testing.assert_allclose(kuhle.share_below(economy, x), law.cdf(x), rtol=1e-12)
    np.testing.assert_allclose(kuhle.density(economy, x), law.pdf(x) * x, rtol=1e-12)
    np.testing.assert_allclose(kuhle.quantile(economy, [0.1, 0.9]), law.ppf([0.1, 0.9]), rtol=1e-12)
    assert law.mean() == pytest.approx(economy.mean, rel=1e-12)


@pytest.mark.parametrize("technology", [0.02, 0.0572])
def test_against_simulation(technology):
    economy = kuhle.Economy(technology, 300.0)
    w = simulated(economy, seed=1975)
    assert abs(w.mean() - economy.mean) < SE * w.std() / np.sqrt(DRAWS)
    below = (w < economy.mean).mean()
    truth = kuhle.share_below(economy, economy.mean)
    assert abs(below - truth) < SE * np.sqrt(truth * (1 - truth) / DRAWS)
    # Shares of income and the Gini coefficient: their standard errors by 40 batches.
    batches = np.sort(w.reshape(40, -1), axis=1)
    n = batches.shape[1]
    total = batches.sum(axis=1)
    top = batches[:, -n // 100 :].sum(axis=1) / total
    ginis = 2 * (batches * np.arange(1, n + 1)).sum(axis=1) / (n * total) - (n + 1) / n
    for sample, closed in ((top, kuhle.top_share(economy, 0.01)), (ginis, economy.gini)):
        # the bias of a batch is of the order 1/n, far below its standard error
        assert abs(sample.mean() - closed) < SE * sample.std(ddof=1) / np.sqrt(40)


@given(economies)
@settings(max_examples=60, deadline=None)
def test_mean_above_median_and_shares_add_up(economy):
    assert economy.mean > economy.median > 0
    assert kuhle.top_share(economy, 0.3) == pytest.approx(1 - kuhle.lorenz(economy, 0.7), abs=1e-12)
    assert kuhle.share_below(economy, kuhle.quantile(economy, 0.3)) == pytest.approx(0.3, abs=1e-9)
    skill = economy.skill_mean + economy.skill_sd
    at = kuhle.share_below(economy, kuhle.income(economy, skill))
    assert at == pytest.approx(0.8413447460685429, abs=1e-9)


@given(st.floats(0.01, 0.1), st.floats(1.01, 2.0))
@settings(max_examples=60, deadline=None)
def test_technology_raises_mean_median_and_inequality(technology, factor):
    low, high = kuhle.Economy(technology, 50.0), kuhle.Economy(technology * factor, 50.0)
    assert high.mean > low.mean
    assert high.median > low.median
    assert high.gini > low.gini
    p = np.linspace(0.05, 0.95, 19)
    assert (kuhle.lorenz(high, p) < kuhle.lorenz(low, p)).all()
    assert (kuhle.top_share(high, p) > kuhle.top_share(low, p)).all()


def test_log_mean_is_linear_in_mean_skill_and_in_its_variance():
    mu = np.linspace(80, 120, 9)
    var = np.linspace(100, 400, 9)
    by_mean = np.log(kuhle.Economy(0.05, 300.0, mu).mean)
    by_variance = np.log(kuhle.Economy(0.05, 300.0, 100.0, np.sqrt(var)).mean)
    np.testing.assert_allclose(np.diff(by_mean), 0.05 * 5, rtol=1e-10)
    np.testing.assert_allclose(np.diff(by_variance), 0.05**2 / 2 * 37.5, rtol=1e-9)


def test_equality_is_the_limit_without_technology():
    equal = kuhle.Economy(0.0, 300.0)
    assert (equal.gini, equal.mean, equal.median) == (0.0, pytest.approx(300), pytest.approx(300))
    p = np.array([0.0, 0.25, 1.0])
    np.testing.assert_allclose(kuhle.lorenz(equal, p), p, atol=1e-15)
    np.testing.assert_allclose(kuhle.top_share(equal, p), p, atol=1e-15)
    nearly = kuhle.Economy(1e-8, 300.0)
    assert nearly.gini == pytest.approx(1.5e-7 / np.sqrt(np.pi), rel=1e-6)


def test_arrays_broadcast():
    economy = kuhle.Economy(np.array([0.03, 0.05])[:, None], 300.0, np.array([90.0, 100.0, 110.0]))
    assert economy.mean.shape == (2, 3)
    assert kuhle.lorenz(economy, 0.5).shape == (2, 1)  # the dispersion does not depend on the mean
    assert economy.mean[1, 1] == kuhle.Economy(0.05, 300.0).mean
    assert isinstance(kuhle.Economy(0.05, 300.0).mean, float)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"technology": -0.1}, "technology = -0.1"),
        ({"technology": np.nan}, "a finite technology"),
        ({"technology": 10.0}, "Measure skill from an origin"),
        ({"scale": 0.0}, "scale > 0"),
        ({"skill_sd": 0.0}, "skill_sd > 0"),
        ({"skill_sd": [15.0, -1.0]}, r"skill_sd\[1\] = -1.0"),
        ({"skill_mean": np.inf}, "a finite skill_mean"),
        ({"skill_mean": "high"}, "skill_mean = 'high'"),
        ({"technology": [0.1, 0.2], "skill_mean": [1.0, 2.0, 3.0]}, "do not broadcast"),
    ],
)
def test_bad_economies_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        kuhle.Economy(**({"technology": 0.05, "scale": 300.0} | arguments))


@pytest.mark.parametrize(
    ("function", "argument", "words"),
    [
        (kuhle.quantile, 0.0, "0 < p < 1"),
        (kuhle.quantile, 1.0, "0 < p < 1"),
        (kuhle.lorenz, 1.1, "0 ≤ p ≤ 1"),
        (kuhle.top_share, -0.1, "0 ≤ p ≤ 1"),
        (kuhle.share_below, 0.0, "level > 0"),
        (kuhle.density, np.nan, "a finite level"),
        (kuhle.quantile, "x", "p = 'x'"),
        (kuhle.lorenz, np.nan, "a finite p"),
        (kuhle.value_of_skill, 0.0, "0 < p < 1"),
        (kuhle.income, 1e6, "an income below"),
    ],
)
def test_bad_arguments_are_refused(function, argument, words):
    with pytest.raises(ValueError, match=words):
        function(kuhle.Economy(0.05, 300.0), argument)


def test_extreme_economies_and_levels_give_numbers_or_named_errors():
    wide = kuhle.Economy(8.0, np.exp(667.0), 0.0, 1.0)  # the mean is e^699
    with pytest.raises(ValueError, match="an income below"):
        kuhle.quantile(wide, 1 - 1e-16)
    with pytest.raises(ValueError, match="an income between"):
        kuhle.Economy(1e200, 1.0, 1e200, 1e200)
    nearly = kuhle.Economy(1e-320, 300.0)  # every income is 300
    assert kuhle.share_below(nearly, [299.0, 301.0]).tolist() == [0.0, 1.0]
    assert kuhle.density(nearly, 299.0) == 0.0
    for call in (kuhle.quantile, kuhle.lorenz, kuhle.top_share, kuhle.generalised_lorenz):
        with pytest.raises(ValueError, match="do not broadcast"):
            call(kuhle.Economy([0.03, 0.05], 300.0), [0.1, 0.2, 0.3])


def test_no_density_without_dispersion():
    with pytest.raises(ValueError, match="technology > 0"):
        kuhle.density(kuhle.Economy(0.0, 300.0), 300.0)
