"""Any number of states and jumps: linear problems, and a curved one, in closed form."""

import numpy as np
import pytest

from aiecon.numerics import solve
from tests.numerics.problems import Bent, Linear

T = np.linspace(0, 60, 241)

SHAPES = {
    "one state, one jump": Linear([0.2], [0.3], [1.0]),
    "two states, one jump": Linear([0.25, 0.1], [0.4], [1.0, -0.5]),
    "two states, one jump, no common multiple": Linear([0.31, 0.1], [0.4], [1.0, -0.5]),
    "one state, two jumps": Linear([0.2], [0.3, 1.1], [1.0]),
    "three states, two jumps": Linear([0.1, 0.2, 0.3], [0.5, 0.8], [1.0, 0.5, -2.0]),
    "two states, no jump": Linear([0.2, 0.4], [], [1.0, 1.0]),
    "no state, two jumps": Linear([], [0.3, 0.6], [], forced=1.0),
    "forced, two states, one jump": Linear([0.25, 0.1], [0.4], [1.0, -0.5], forced=0.5),
}


@pytest.mark.parametrize("name", SHAPES)
def test_closed_form(name):
    problem = SHAPES[name]
    path = solve(problem, 1e-10)
    error = abs(path(T) - problem.exact(T)).max()
    assert error < 1e-10
    assert path(0.0)[: problem.given] == pytest.approx(problem.initial[:, 0], abs=1e-15)


def test_a_linear_problem_takes_one_step_of_newton_on_each_grid():
    path = solve(SHAPES["two states, one jump"], 1e-10)
    assert path.nodes > 8  # a grid and its refinement
    assert path.newton_steps <= 4  # a step and one that sees that it was enough


@pytest.mark.parametrize("start", [(0.6, -0.4), (-2.0, 1.5), (0.0, 0.0)])
def test_two_states_one_jump_nonlinear(start):
    problem = Bent(start)
    path = solve(problem, 1e-10)
    assert abs(path(T) - problem.exact(T)).max() < 1e-10


def test_a_fast_and_a_slow_rate():
    problem = Linear([4.0, 0.01], [0.5], [1.0, 1.0])
    t = np.concatenate([np.linspace(0, 5, 101), np.linspace(5, 1000, 200)])
    path = solve(problem, 1e-9)
    error = abs(path(t) - problem.exact(t)).max()
    assert error <= 1e-9


def test_with_a_root_too_many_on_the_wrong_side_there_is_no_answer_to_report():
    """Two states but one stable root: no bounded path starts at an arbitrary point."""
    problem = Linear([0.2, 0.1], [0.4], [1.0, -0.5])
    problem.M = np.diag([-0.2, 0.3, 0.4]) + 0.0
    path = solve(problem, raise_on_failure=False)
    assert not path.converged
