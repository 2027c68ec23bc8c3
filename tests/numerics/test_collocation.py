"""The discrete equations: their exact derivatives, regime by regime."""

import numpy as np
import pytest

from aiecon import korinek_suh as ks
from aiecon.numerics import BORDER, INFINITY, Structure
from aiecon.numerics.collocation import Collocation, Iterate, _share, solve_transposed
from aiecon.numerics.mesh import mesh
from tests.numerics.problems import Asset

THERE_AND_BACK = Structure((1, 2, 1, 2), (BORDER, BORDER, BORDER, INFINITY), last_regime=2)
ELEMENTS = ((0.0, 1.0), (0.0, 0.5, 1.0), (0.0, 1.0), (0.0, np.inf))


def start(problem, nodes=9):
    """An iterate some way off the solution."""
    system = Collocation(problem, mesh(THERE_AND_BACK, ELEMENTS, nodes))
    dates = np.tile([0.0, 0.1, 0.4, 2.0], (len(problem.S), 1))
    return system, system.iterate(next(problem.guesses()).path, dates)


def everything(system, z):
    at = system.evaluate(z)
    return np.concatenate([at.residual.reshape(len(z.flat), -1), at.closing], axis=1)


@pytest.mark.parametrize("problem", [Asset(), Asset([3.0, 4.0, 5.0], [1.1, 1.2, 1.3])])
def test_the_newton_step_has_the_exact_jacobian(problem):
    """Along it every residual falls in proportion, up to the square of the distance."""
    system, z = start(problem)
    step, before = system.step(system.evaluate(z)), everything(system, z)

    def left_over(share):
        moved = Iterate(z.flat + share * step.flat, z.shape)
        return np.abs(everything(system, moved) - (1 - share) * before).max()

    assert left_over(1e-3) > 1e-9  # the equations are not linear …
    assert left_over(1e-4) == pytest.approx(1e-2 * left_over(1e-3), rel=0.01)  # … and this is all


def test_many_draws_take_the_same_step_as_each_alone():
    together, z = start(Asset([3.0, 4.0], [1.1, 1.3]))
    many = together.step(together.evaluate(z))
    for draw in range(2):
        system, own = start(Asset([3.0, 4.0][draw], [1.1, 1.3][draw]))
        alone = system.step(system.evaluate(own))
        assert many.flat[draw] == pytest.approx(alone.flat[0], rel=1e-11, abs=1e-11)


def on_one_element(ends):
    """Two draws some way off: a tail, or an arc that ends at a date to be found."""
    if ends == INFINITY:
        problem, dates = Asset([3.0, 4.0], [1.1, 1.3]), np.zeros((2, 1))
        guess = next(problem.guesses())
    else:
        problem = ks.solve_transitions(ks.Bounded([20.0, 25.0])).parts[0][1].problem
        guess = next(problem.guesses())
        dates = guess.dates
    structure = Structure((problem.last_regime if ends == INFINITY else 1,), (ends,), 2)
    elements = ((0.0, np.inf if ends == INFINITY else 1.0),)
    system = Collocation(problem, mesh(structure, elements, 12))
    return system, system.iterate(guess.path, dates)


@pytest.mark.parametrize("ends", [INFINITY, BORDER])
def test_one_draw_on_one_element_takes_the_step_that_many_take(ends):
    """It has another linear system: all unknowns at once."""
    system, z = on_one_element(ends)
    many = system.step(system.evaluate(z)).flat
    for draw in range(2):
        own = system.take(np.array([draw]))
        alone = own.step(own.evaluate(z.take(np.array([draw]))))
        assert np.abs(alone.flat).max() > 1e-4
        assert many[draw] == pytest.approx(alone.flat[0], rel=1e-9, abs=1e-11)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_component_that_follows_from_the_other_is_left_out_of_the_system(share):
    """The unknowns are those of the whole system where x₂ + share x₁ moves with x₁ alone."""
    system, _ = start(Asset([3.0, 4.0, 5.0], [1.1, 1.2, 1.3]))
    rng = np.random.default_rng(8)
    jacobian = rng.normal(size=(2, 2, 3, 5, 9))
    jacobian[1, 1] = -share * jacobian[0, 1]
    right = rng.normal(size=(3, 5, 4, 2, 10))
    half = np.empty_like(right)
    system._by_one(jacobian, right, share, out=half)
    assert half == pytest.approx(system._solved(jacobian, right), rel=1e-10, abs=1e-10)
    assert _share(jacobian) == share
    jacobian[1, 1, 2, 3, 4] += 1e-9
    assert _share(jacobian) is None


@pytest.mark.parametrize("regimes", [(1, 2, 1, 2), (0, 0, 0, 0)], ids=["sharp", "mixed"])
def test_a_regime_without_time_leaves_the_slope_of_the_other(regimes):
    """`None` stands for zero in its own regime only."""

    class HalfStill(Asset):
        def field(self, t, x, regime):
            f, f_x, f_t = super().field(t, x, regime)
            return f, f_x, f_t if regime == 1 else None

    structure = Structure(regimes, THERE_AND_BACK.ends, last_regime=2)
    slopes = []
    for problem in (Asset(), HalfStill()):
        system = Collocation(problem, mesh(structure, ELEMENTS, 5))
        z = system.iterate(next(problem.guesses()).path, np.array([[0.0, 0.1, 0.4, 2.0]]))
        t, _ = system.times(z.dates)
        x = z.values[..., :-1].transpose(2, 0, 1, 3)
        slopes.append(system.field(t, x)[2][0, 0])
        if regimes[0] == 0:
            first = problem.border(t, x)[0][0] > 0
        else:
            first = np.repeat([True, False, False, True, False], 5).reshape(5, 5)
    both, half = slopes
    assert first.any()
    assert not first.all()
    assert half == pytest.approx(np.where(first, both, 0.0), abs=0)


@pytest.mark.parametrize("draws", [1, 3])
def test_the_transposed_linear_system(draws):
    rng = np.random.default_rng(4)
    A, R = rng.normal(size=(draws, 5, 5)), rng.normal(size=(draws, 2, 5))
    X = solve_transposed(A.copy(), R.copy())
    assert np.einsum("bmi,bij->bmj", X, A) == pytest.approx(R, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("draws", [1, 3])
def test_a_singular_linear_system_is_an_error(draws):
    with pytest.raises(np.linalg.LinAlgError):
        solve_transposed(np.zeros((draws, 2, 2)), np.ones((draws, 1, 2)))
