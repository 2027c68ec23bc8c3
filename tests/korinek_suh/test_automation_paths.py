"""Automation paths: the formulas of section 3.1, their limits, and what is refused."""

import numpy as np
import pytest

from aiecon import korinek_suh as ks

PATHS = {
    "pareto": ks.BusinessAsUsual(rate=0.03),
    "bounded": ks.Bounded(horizon=20),
    "bounded, uneven": ks.Bounded(horizon=7, beta=0.4),
    "mixed": ks.Mixed(weight=0.9),
}
T = np.linspace(0, 30, 301)
all_paths = pytest.mark.parametrize("name", PATHS)


def test_printed_formulas():
    rest = 1 - 0.608
    assert PATHS["pareto"].share(T) == pytest.approx(1 - rest * np.exp(-0.03 * T), abs=1e-15)
    left = np.maximum(1 - T / 20, 0)
    assert PATHS["bounded"].unautomated(T) == pytest.approx(rest * left, abs=1e-15)
    left = np.maximum(1 - T / 7, 0) ** 0.4
    assert PATHS["bounded, uneven"].unautomated(T) == pytest.approx(rest * left, abs=1e-15)
    mixed = rest * (0.9 * np.maximum(1 - T / 5, 0) + 0.1 * np.exp(-0.01 * T))
    assert PATHS["mixed"].unautomated(T) == pytest.approx(mixed, abs=1e-15)


@all_paths
def test_they_rise_from_the_same_start_and_the_parts_add_up(name):
    path = PATHS[name]
    assert path.share(0.0) == pytest.approx(0.608, abs=1e-15)
    assert (np.diff(path.share(T)) >= 0).all()
    assert path.share(T) + path.unautomated(T) == pytest.approx(1.0, abs=1e-15)
    with np.errstate(divide="ignore"):
        assert np.array_equal(np.isneginf(path.log_unautomated(T)), path.unautomated(T) == 0)


@all_paths
def test_the_hazard_is_the_slope(name):
    path, h = PATHS[name], 1e-6
    t = T[(T > 0.1) & np.all(abs(T[:, None] - [*path.kinks, 99]) > 0.05, axis=1)]
    t = t[path.unautomated(t) > 0]
    slope = (path.log_unautomated(t + h) - path.log_unautomated(t - h)) / (2 * h)
    assert path.hazard(t) == pytest.approx(-slope, rel=1e-6)


def test_at_a_kink_the_hazard_is_that_from_the_right():
    assert PATHS["bounded"].hazard([20.0, 25.0]).tolist() == [0.0, 0.0]
    assert PATHS["mixed"].hazard(5.0) == pytest.approx(0.01, abs=1e-15)


def test_a_mixture_lies_between_its_parts():
    bounded, pareto = ks.Bounded(horizon=5), ks.BusinessAsUsual()
    shares = [path.share(T) for path in (pareto, PATHS["mixed"], bounded)]
    assert (np.minimum(shares[0], shares[2]) <= shares[1] + 1e-15).all()
    assert (shares[1] <= np.maximum(shares[0], shares[2]) + 1e-15).all()


def test_the_tail_keeps_its_digits():
    assert ks.BusinessAsUsual(rate=1.0).log_unautomated(1e6) == pytest.approx(-1e6 + np.log(0.392))
    almost = np.nextafter(20.0, 0.0)
    assert 0 < ks.Bounded(horizon=20).unautomated(almost) < 1e-15


def test_long_run():
    assert ks.Bounded(horizon=20).long_run_rate == np.inf
    assert ks.BusinessAsUsual(rate=0.0).long_run_share == 0.608
    assert ks.Mixed(0.9).long_run_rate == 0.01
    assert ks.Mixed(0.9, rate=0.0).long_run_share == pytest.approx(1 - 0.392 * 0.1)


def test_many_paths_at_once():
    many = ks.Bounded(horizon=np.array([[5.0], [20.0]]))
    assert many.share(T).shape == (2, 301)
    assert many.share(T)[1] == pytest.approx(ks.Bounded(horizon=20).share(T))
    second = ks.Bounded(horizon=np.array([5.0, 20.0])).take(np.array([1]))
    assert second.horizon.tolist() == [20.0]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: ks.Bounded(horizon=0.0), "horizon = 0"),
        (lambda: ks.Bounded(horizon=-5.0), "horizon = -5"),
        (lambda: ks.Bounded(horizon=np.inf), "horizon = inf"),
        (lambda: ks.Bounded(beta=0.0), "beta = 0"),
        (lambda: ks.Bounded(beta=-1.0), "beta = -1"),
        (lambda: ks.Bounded(initial=1.0), "initial = 1"),
        (lambda: ks.Bounded(initial=-0.1), "initial = -0.1"),
        (lambda: ks.BusinessAsUsual(rate=-0.01), "rate = -0.01"),
        (lambda: ks.BusinessAsUsual(rate=np.nan), "rate = nan"),
        (lambda: ks.Mixed(weight=0.0), "weight = 0"),
        (lambda: ks.Mixed(weight=1.0), "weight = 1"),
        (lambda: ks.Mixed(weight=0.9, horizon=0.0), "horizon = 0"),
        (lambda: ks.Mixed(weight=0.9, beta=0.0), "beta = 0"),
        (lambda: ks.Mixed(weight=0.9, rate=-1.0), "rate = -1"),
        (lambda: ks.Bounded().share(-1.0), "t = -1"),
        (lambda: ks.Bounded().share(np.nan), "t = nan"),
    ],
)
def test_inputs_that_are_not_admissible(make, words):
    with pytest.raises(ValueError, match=words):
        make()
