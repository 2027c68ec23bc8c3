"""Many draws at once give what each gives on its own."""

import numpy as np
import pytest

from aiecon.numerics import solve, solve_many
from tests.numerics.problems import Asset

T = np.linspace(0, 12, 121)


@pytest.fixture(scope="module")
def draws():
    rng = np.random.default_rng(7)
    return rng.uniform(0.5, 7.0, 40), rng.uniform(0.0, 3.0, 40)


@pytest.mark.parametrize("at_infinity", [True, False])
def test_each_draw_follows_its_closed_form(draws, at_infinity):
    problem = Asset(*draws, at_infinity)
    paths = solve_many(problem, 1e-9)
    assert paths.converged.all()
    assert not paths.failures
    assert (paths.error <= 1e-9).all()
    values = paths(T)
    visited = set()
    for draw in range(40):
        assert abs(values[:, draw] - problem.exact(T, draw)).max() < 2e-9
        crossings = problem.crossings(draw)
        first = crossings[0] if len(crossings) else np.inf
        assert paths.first_switch()[draw] == pytest.approx(first, abs=1e-8)
        visited.add(len(crossings))
    assert visited >= {0, 1, 2}  # so that the draws do take different orders


def test_together_and_alone_are_the_same(draws):
    problem = Asset(*draws)
    together = solve_many(problem, 1e-9)(T)
    for draw in (0, 13, 39):
        alone = solve(problem.take(np.array([draw])), 1e-9)(T)
        assert together[:, draw] == pytest.approx(alone, abs=2e-9)


def test_more_draws_than_fit_into_a_block():
    problem = Asset(np.linspace(0.5, 7.0, 300), 0.5)
    problem = Asset(problem.S, np.full(300, 0.5))
    paths = solve_many(problem, 1e-6)
    assert paths.converged.all()
    for draw in (0, 255, 256, 299):
        assert abs(paths(T)[:, draw] - problem.exact(T, draw)).max() < 1e-6


def test_a_draw_that_fails_is_reported_and_leaves_the_others_alone():
    class Broken(Asset):
        def take(self, draws):
            return Broken(self.S[draws], self.x0[draws], self.ends_at_infinity)

        def field(self, t, x, regime):
            f, f_x, f_t = super().field(t, x, regime)
            bad = (self.S > 100.0)[:, None, None]
            return np.where(bad, f + x**2 + 1.0, f), f_x, f_t

    strength = np.array([2.0, 200.0, 6.0])
    paths = solve_many(Broken(strength, np.array([3.0, 3.0, 0.3])), 1e-8)
    assert paths.converged.tolist() == [True, False, True]
    assert list(paths.failures) == [1]
    assert "Try" in paths.failures[1] or "Check" in paths.failures[1]
    assert paths.error[1] == np.inf
    for draw in (0, 2):
        right = Asset(strength, np.array([3.0, 3.0, 0.3])).exact(T, draw)
        assert abs(paths(T)[:, draw] - right).max() < 1e-7
