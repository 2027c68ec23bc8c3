"""Many economies at once give what each gives on its own; what has no path is reported."""

import numpy as np
import pytest

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics.first_guess import Interpolated
from aiecon.korinek_suh.dynamics.technology import Technology

T = np.array([0.0, 1.0, 5.0, 10.0, 18.0, 25.0, 60.0])
FUNCTIONS = ("capital", "consumption", "output", "wage", "rental_rate", "labor_share", "region")


def draws(n: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(3)
    ranges = {"rho": (0.03, 0.06), "eta": (1.2, 3.0), "delta": (0.05, 0.12), "sigma": (0.3, 0.8)}
    return {name: rng.uniform(*limits, n) for name, limits in ranges.items()}


@pytest.mark.parametrize(
    "path",
    [
        ks.Bounded(horizon=20),
        ks.Bounded(horizon=60, beta=0.7),
        ks.BusinessAsUsual(rate=0.01),
        ks.BusinessAsUsual(rate=0.25),
        ks.Mixed(weight=0.9),
    ],
    ids=str,
)
def test_together_and_alone_are_the_same(path):
    varied, K0 = draws(12), np.linspace(1.0, 9.0, 12)
    together = ks.solve_transitions(path, K0, tol=1e-9, **varied)
    assert together.converged.all()
    assert not together.failures
    assert (together.error <= 1e-9).all()
    for i in range(12):
        params = ks.Parameters(**{name: float(values[i]) for name, values in varied.items()})
        alone = ks.solve_transition(path, float(K0[i]), params, tol=1e-9)
        for name in FUNCTIONS:
            value = getattr(together, name)(T)[i]
            assert value == pytest.approx(getattr(alone, name)(T), rel=2e-8), name
        first = alone.region_changes[0].date if alone.region_changes else np.inf
        assert together.first_change[i] == pytest.approx(first, rel=1e-7)


def test_the_fields_of_the_path_may_vary_too():
    horizons = np.array([5.0, 12.0, 20.0, 200.0])
    together = ks.solve_transitions(ks.Bounded(horizon=horizons))
    for i, horizon in enumerate(horizons):
        alone = ks.solve_transition(ks.Bounded(horizon=float(horizon)))
        assert together.wage(T)[i] == pytest.approx(alone.wage(T), rel=1e-7)
    weights = ks.solve_transitions(ks.Mixed(weight=[0.5, 0.9]))
    assert np.isinf(weights.first_change[0])
    assert weights.first_change[1] == pytest.approx(
        ks.solve_transition(ks.Mixed(weight=0.9)).region_changes[0].date
    )


def test_paths_that_end_in_different_regions_in_one_call():
    """λg below and above G: some stay in region 1, some end in region 2."""
    found = ks.solve_transitions(ks.BusinessAsUsual(rate=[0.01, 0.12, 0.25]))
    assert found.converged.all()
    assert np.isinf(found.first_change).tolist() == [True, True, False]
    assert found.region(400.0)[:, 0].tolist() == [1.0, 1.0, 2.0]


def test_scale_of_the_economy():
    found = ks.solve_transitions(ks.Bounded(20), [4.6, 9.2], L=[1.0, 2.0])
    assert found.capital(T)[1] == pytest.approx(2 * found.capital(T)[0])
    assert found.output(T)[1] == pytest.approx(2 * found.output(T)[0])
    assert found.wage(T)[1] == pytest.approx(found.wage(T)[0])


def test_economies_without_a_path_are_reported_and_the_others_are_solved():
    found = ks.solve_transitions(ks.Bounded(20), A=[0.5, 0.1, 0.5, 0.5], eta=[2.0, 2.0, 0.4, 3.0])
    assert found.converged.tolist() == [True, False, False, True]
    assert set(found.failures) == {1, 2}
    assert "A = 0.1 is not allowed" in found.failures[1]
    assert "Otherwise utility is infinite" in found.failures[2]
    assert np.isnan(found.capital(T)[[1, 2]]).all()
    assert np.isnan(found.labor_share(T)[[1, 2]]).all()
    assert np.isnan(found.first_change[[1, 2]]).all()
    assert np.isinf(found.error[[1, 2]]).all()
    assert found.capital(T)[0] == pytest.approx(ks.solve_transition(ks.Bounded(20)).capital(T))


def test_a_rate_at_the_edge_of_balanced_growth_is_reported():
    found = ks.solve_transitions(ks.BusinessAsUsual(rate=[0.09, 0.05]))
    assert list(found.failures) == [0]
    assert "rate = 0.09 is not allowed" in found.failures[0]


def test_random_draws_all_converge_or_are_refused():
    rng = np.random.default_rng(20)
    n = 400
    found = ks.solve_transitions(
        ks.Bounded(20, initial=rng.uniform(0.3, 0.75, n)),
        rng.uniform(1.5, 12, n),
        rho=rng.uniform(0.01, 0.08, n),
        eta=rng.uniform(0.8, 4.0, n),
        delta=rng.uniform(0.03, 0.15, n),
        sigma=rng.uniform(0.2, 0.9, n),
        A=rng.uniform(0.3, 0.8, n),
    )
    assert found.converged.sum() + len(found.failures) == n
    assert all("is not allowed" in message for message in found.failures.values())
    assert 0 < len(found.failures) < 40
    assert found.error[found.converged].max() <= 1e-8


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({"K0": [1.0, -1.0]}, "K0"),
        ({"K0": [1.0, np.nan]}, "K0"),
        ({"K0": np.ones((2, 2))}, "K0"),
        ({"sigma": [0.5, 0.0]}, "sigma"),
        ({"rho": [0.5, -0.1]}, "rho"),
        ({"gamma": [0.5]}, "gamma"),
        ({"K0": [1.0, 2.0], "eta": [1.0, 2.0, 3.0]}, "eta|K0"),
        ({"tol": 1.0}, "tol"),
    ],
)
def test_inputs_that_are_not_admissible(keywords, words):
    with pytest.raises(ValueError, match=words):
        ks.solve_transitions(ks.Bounded(20), **keywords)


def test_the_estimate_bounds_the_error_of_draws_that_share_elements():
    rates, K0 = (
        np.geomspace(0.002, 0.05, 60),
        np.geomspace(0.05, 20.0, 60),
    )
    found, right = (
        ks.solve_transitions(ks.BusinessAsUsual(rates), K0, tol=tol) for tol in (1e-8, 1e-12)
    )
    assert found.converged.all()
    error = abs(found._x(T) - right._x(T)).max(axis=(0, 2))
    assert (error <= found.error + 1e-11).all()
    groups = [group for _, paths in found.parts for group in paths.groups]
    assert len({group.system.mesh.elements for group in groups}) <= 4


def test_guesses_of_many_draws_are_interpolated_as_each_alone():
    times = np.array([[0.0, 0.1, 1.0, 30.0], [0.0, 0.1, 1.0, 700.0]])
    values = np.arange(16.0).reshape(2, 2, 4) ** 2
    values[:, 1, 0] = np.nan  # of no concern to the other draw
    path = Interpolated(times, values)
    assert path(times[:, None])[:, 0, 0] == pytest.approx(values[:, 0])
    assert path(times[:, None])[:, 1, 0, 1:] == pytest.approx(values[:, 1, 1:])
    t = np.array([[[0.05, 0.3, 12.0, np.inf]], [[0.2, 0.5, 650.0, 1e9]]])
    for draw in (0, 1):
        alone = path.of_draws(np.array([draw]))(t[draw, None])
        assert path(t)[:, draw] == pytest.approx(alone[:, 0], nan_ok=True)
        assert (alone[:, 0, 0, -1] == values[:, draw, -1]).all()


def test_what_is_kept_of_dates_is_of_these_dates():
    """A technology keeps what depends on time alone; whoever asks may change his array."""
    path = ks.BusinessAsUsual()
    technology = Technology(path, 0.5, 0.5)
    t = np.array([1.0, 5.0])
    before = technology.border(np.zeros(2), t)[0]
    t += 3.0
    after = technology.border(np.zeros(2), t)[0]
    assert after.tolist() == Technology(path, 0.5, 0.5).border(np.zeros(2), t.copy())[0].tolist()
    assert (after < before).all()
    with pytest.raises(ValueError, match="read-only"):
        technology.automated(t)[0][0] = 0.0
