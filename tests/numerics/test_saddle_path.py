"""The solver on problems whose solution is known in closed form or by another family of methods."""

import numpy as np
import pytest

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics.optimal_growth import OptimalGrowth
from aiecon.korinek_suh.dynamics.technology import Technology, destination
from aiecon.numerics import BORDER, INFINITY, SolverError, Structure, solve
from aiecon.numerics.collocation import Collocation, Iterate
from aiecon.numerics.mesh import mesh
from aiecon.numerics.saddle_path import first_nodes
from tests.numerics.problems import Pulse, Ramsey

T100 = np.linspace(0, 100, 401)


@pytest.mark.parametrize("ratio", [0.02, 0.5, 0.999, 1.0, 3.0, 50.0])
def test_bernoulli_closed_form(ratio):
    problem = Ramsey(alpha=0.7, ratio=ratio)  # αηδ = ρ + δ
    path = solve(problem, 1e-10)
    k, q = path(T100)
    exact = problem.bernoulli(T100)
    assert path.converged
    assert path.switches == ()
    assert np.exp(k) == pytest.approx(exact, rel=1e-11)
    assert np.exp(q) == pytest.approx(0.5 * exact ** (0.7 - 1), rel=1e-11)  # C = (1 − 1/η) Y


@pytest.mark.parametrize("ratio", [0.1, 0.5, 2.0])
def test_ramsey_against_integration_back_in_time(ratio):
    problem = Ramsey(ratio=ratio)
    path = solve(problem, 1e-10)
    t = np.linspace(0, 60, 121)
    assert abs(path(t) - problem.backwards(t)).max() < 3e-11


def test_the_path_returned_is_better_than_the_tolerance():
    reference = solve(Ramsey(), 1e-12, nodes=60)
    error = abs(solve(Ramsey(), 1e-8)(T100) - reference(T100)).max()
    assert error < 1e-11


def test_error_falls_with_the_nodes_and_the_estimate_bounds_it():
    reference = solve(Ramsey(ratio=0.05), 1e-12, nodes=60)(T100)
    errors = [abs(solve(Ramsey(ratio=0.05), nodes=n)(T100) - reference).max() for n in (6, 9, 12)]
    assert errors[1] < 0.1 * errors[0]
    assert errors[2] < 0.1 * errors[1]
    for tol in (1e-3, 1e-5, 1e-7):
        path = solve(Ramsey(ratio=0.05), tol)
        assert abs(path(T100) - reference).max() <= path.error <= tol
        assert path.residual < 1e3 * tol


def test_a_small_tolerance_takes_more_nodes_instead_of_more_grids():
    paths = [solve(Ramsey(), tol) for tol in (1e-8, 1e-12)]
    assert [path.nodes for path in paths] == [15, 22]  # 10 and 15 at first, each refined once
    assert paths[0].newton_steps == paths[1].newton_steps
    assert all(path.error <= tol for path, tol in zip(paths, (1e-8, 1e-12), strict=True))
    assert [first_nodes(Ramsey(), tol) for tol in (1e-4, 1e-8, 1e-10)] == [10, 10, 12]
    assert first_nodes(Pulse(), 1e-13) == 26  # leaves room for a finer grid


@pytest.mark.parametrize("nodes", [5, 8, 12])
def test_the_residual_is_that_of_the_path_that_the_user_sees(nodes):
    """Measured here at random dates, by differences of the path itself."""
    problem = Ramsey(ratio=0.05)
    path = solve(problem, nodes=nodes)
    t, h = np.random.default_rng(4).uniform(0.05, 60.0, 2000), 1e-5
    slope = (path(t + h) - path(t - h)) / (2 * h)
    f = problem.field(t[None, None], path(t)[:, None, None], 1)[0][:, 0, 0]
    seen = np.max(abs(slope - f) / (1 + abs(f)))
    assert 0.5 * path.residual < seen < 1.05 * path.residual + 1e-9


def test_the_end_of_time_and_the_shapes():
    problem = Ramsey()
    path = solve(problem)
    assert path(np.inf) == pytest.approx([problem.k_star, problem.q_star], abs=1e-12)
    assert path(0.0).shape == (2,)
    assert path(np.zeros((3, 4))).shape == (2, 3, 4)
    assert path(0.0)[0] == problem.initial[0, 0]
    with pytest.raises(ValueError, match="t = -1"):
        path(-1.0)
    with pytest.raises(ValueError, match=r"t\[1\] = nan"):
        path([0.0, np.nan])


def test_there_and_back_is_found():
    problem = Pulse(strength=8.0)
    path = solve(problem, 1e-9)
    t = np.linspace(0, 12, 500)
    exact, crossings = problem.by_events(t)
    assert str(path.structure) == "2 →border→ 1 →border→ 2"
    assert [after for _, after in path.switches] == [1, 2]
    assert [date for date, _ in path.switches] == pytest.approx(crossings, abs=1e-9)
    assert path(t)[0] == pytest.approx(exact, abs=1e-9)


def test_no_switch_is_found():
    path = solve(Pulse(strength=0.5), 1e-9)
    assert path.structure == Structure((2,), (INFINITY,), last_regime=2)
    exact, crossings = Pulse(strength=0.5).by_events(np.linspace(0, 12, 50))
    assert crossings == []
    assert path(np.linspace(0, 12, 50))[0] == pytest.approx(exact, abs=1e-9)


def test_a_start_in_the_other_regime():
    problem = Pulse(strength=0.5, start=4.0)
    path = solve(problem, 1e-9)
    _, crossings = problem.by_events(np.linspace(0, 12, 50))
    assert [date for date, _ in path.switches] == pytest.approx(crossings, abs=1e-9)


def test_a_wrong_order_of_regimes_is_corrected():
    right = solve(Pulse(strength=8.0), 1e-9)
    misled = solve(Pulse(strength=8.0, misled="never leaves"), 1e-9)
    assert misled.structure == right.structure
    t = np.linspace(0, 12, 50)
    assert misled(t) == pytest.approx(right(t), abs=1e-9)
    assert misled.newton_steps > right.newton_steps


def test_where_the_kink_is_ignored_the_answer_is_wrong():
    """A negative control: the tests above would notice a solver that does not switch."""
    problem = Pulse(strength=8.0)
    problem.has_border = False
    t = np.linspace(0, 12, 50)
    exact, _ = Pulse(strength=8.0).by_events(t)
    assert abs(solve(problem, 1e-9)(t)[0] - exact).max() > 1e-2


def there_and_back() -> tuple[Collocation, Iterate]:
    """A system with every kind of equation, at an iterate that does not solve it."""
    path, p = ks.Mixed(0.9, beta=1.3), ks.Parameters()
    technology, end = Technology(path, p.A, p.sigma), destination(path, p, region=1)
    problem = OptimalGrowth(technology, np.log([4.6]), p, end)
    structure = Structure((1, 2, 2, 1), (BORDER, 0, BORDER, INFINITY), last_regime=1)
    elements = ((0.0, 1.0), (0.0, 1.0), (0.0, 0.4, 1.0), (0.0, 0.7, np.inf))
    system = Collocation(problem, mesh(structure, elements, 7))
    dates = np.array([[0.0, 3.8, 5.0, 9.0]])
    guess = next(problem.guesses())
    return system, system.iterate(guess.path, dates)


def test_newton_s_jacobian_is_exact():
    """Along the Newton step every residual falls at the rate of its own size, to first order."""
    system, z = there_and_back()
    at = system.evaluate(z)
    step = system.step(at)
    h = 1e-5

    def residuals(share):
        moved = system.evaluate(Iterate(z.flat + share * step.flat, z.shape))
        return np.concatenate([moved.residual.ravel(), moved.closing.ravel()])

    slope = (residuals(h) - residuals(-h)) / (2 * h)
    assert slope == pytest.approx(-residuals(0.0), abs=1e-7)
    assert abs(residuals(0.0)).max() > 1e-2
    assert abs(step.dates).max() > 1e-2


def test_newton_converges_quadratically():
    system, z = there_and_back()
    sizes = []
    for _ in range(7):
        at = system.evaluate(z)
        step = system.step(at)
        z = Iterate(z.flat + step.flat, z.shape)
        sizes.append(abs(step.flat).max())
    late = [s for s in sizes if s < 1e-1][:3]
    assert late[1] < 10 * late[0] ** 2
    assert late[2] < max(10 * late[1] ** 2, 1e-13)


class NoSolution(Ramsey):
    """The closing asks for a consumption rate that the equations cannot reach."""

    def terminal(self, t, x):
        g, g_x, g_t = super().terminal(t, x)
        return g - 2.0, g_x, g_t


def test_a_failure_raises_with_what_to_try():
    with pytest.raises(SolverError, match="Try"):
        solve(NoSolution())


def test_a_failure_is_returned_if_asked_for():
    path = solve(NoSolution(), raise_on_failure=False)
    assert not path.converged
    assert path.message.startswith("Not converged")


def test_the_closing_sentence():
    assert solve(Ramsey()).message.startswith("Converged: 1; ")


@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        ({"tol": 0.0}, "tol = 0"),
        ({"tol": 1.0}, "tol = 1"),
        ({"nodes": 2}, "nodes = 2"),
        ({"nodes": 10**6}, "nodes = 1000000 .*at most 1000"),
    ],
)
def test_bad_settings(keywords, message):
    with pytest.raises(ValueError, match=message):
        solve(Ramsey(), **keywords)


def test_a_fixed_grid_has_no_error_estimate():
    path = solve(Ramsey(), nodes=14)
    assert path.converged
    assert np.isnan(path.error)
    assert path.nodes == 14
