"""Newton's method says whether it converged, whatever happens on the way."""

import numpy as np
import pytest

from aiecon.numerics import INFINITY, Structure
from aiecon.numerics.collocation import Collocation
from aiecon.numerics.mesh import mesh
from aiecon.numerics.newton import newton
from tests.numerics.problems import Asset, Linear, Ramsey

SMOOTH = Structure((1,), (INFINITY,), last_regime=1)


def system(problem, size=12):
    return Collocation(problem, mesh(SMOOTH, ((0.0, np.inf),), size))


def start(collocation, path=None):
    problem = collocation.problem
    path = path or next(problem.guesses()).path
    return collocation.iterate(path, np.zeros((problem.initial.shape[1], 1)))


def test_it_counts_its_steps_and_leaves_no_residual():
    ramsey = system(Ramsey())
    outcome = newton(ramsey, start(ramsey), 1e-12)
    assert outcome.converged.all()
    assert 2 <= outcome.steps[0] <= 6
    assert ramsey.evaluate(outcome.iterate).size[0] < 1e-12


def test_too_few_steps_are_not_convergence():
    ramsey = system(Ramsey())
    outcome = newton(ramsey, start(ramsey), 1e-12, max_steps=1)
    assert not outcome.converged.any()
    assert outcome.steps[0] == 1
    assert outcome.first_move[0] > 1e-3


def test_a_start_that_is_not_a_number():
    ramsey = system(Ramsey())
    outcome = newton(ramsey, start(ramsey, lambda t: np.full((2, *t.shape), np.nan)), 1e-12)
    assert not outcome.converged.any()


def test_a_start_from_which_every_trial_overflows():
    ramsey = system(Ramsey())
    outcome = newton(ramsey, start(ramsey, lambda t: np.full((2, *t.shape), 800.0)), 1e-12)
    assert not outcome.converged.any()


def test_a_singular_system():
    problem = Linear([0.2], [0.3], [1.0])

    def nothing(t, x):
        return np.zeros((1, *x.shape[1:])), np.zeros((1, *x.shape)), np.zeros((1, *x.shape[1:]))

    problem.terminal = nothing
    outcome = newton(system(problem), start(system(problem)), 1e-12)
    assert not outcome.converged.any()


def test_a_far_start_is_reached_by_shorter_steps():
    """From ten times the right consumption full steps would leave the set where it converges."""
    ramsey = system(Ramsey())

    def wasteful(t):
        return np.array([np.full(t.shape, 3.0), np.full(t.shape, 1.0)])

    outcome = newton(ramsey, start(ramsey, wasteful), 1e-12)
    assert outcome.converged.all()
    right = newton(ramsey, start(ramsey), 1e-12).iterate
    assert outcome.iterate.flat == pytest.approx(right.flat, abs=1e-10)


def test_one_bad_draw_among_many_does_not_spoil_the_others():
    problem = Asset(np.full(12, 2.0), np.linspace(0.0, 0.9, 12))  # regime 2 throughout
    structure = Structure((2,), (INFINITY,), last_regime=2)
    many = Collocation(problem, mesh(structure, ((0.0, np.inf),), 16))

    def path(t):
        x = np.array([problem.forced(t), np.zeros(t.shape)])
        x[:, 5] = np.nan
        return x

    begin = many.iterate(path, np.zeros((12, 1)))
    outcome = newton(many, begin, 1e-11)
    assert outcome.converged.tolist() == [draw != 5 for draw in range(12)]
    t, _ = many.mesh.points.times(np.zeros((12, 1)), problem.tail_rate)
    for draw in (0, 11):
        exact = problem.exact(t[draw, 0, 1:-1], draw)
        assert outcome.iterate.values[draw, 0, :, :-1] == pytest.approx(exact, abs=1e-6)
