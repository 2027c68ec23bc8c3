import numpy as np
import pytest

from aiecon.numerics.chebyshev import grid, refinement


@pytest.mark.parametrize("size", [2, 3, 8, 27, 64])
def test_integrates_differentiates_and_interpolates_polynomials_exactly(size):
    g = grid(size)
    rng = np.random.default_rng(size)
    p = np.polynomial.Polynomial(rng.normal(size=size))  # degree N − 1
    integral = p.integ()
    ends = g.points[1:]
    assert g.integrate @ p(g.nodes) == pytest.approx(integral(ends) - integral(0.0), abs=1e-13)
    q = np.polynomial.Polynomial(rng.normal(size=size + 2))  # degree N + 1
    at = g.interpolate(g.checks)
    assert at @ q(g.points) == pytest.approx(q(g.checks), abs=1e-12)
    assert at @ g.slope @ q(g.points) == pytest.approx(q.deriv()(g.checks), abs=1e-9)
    y = rng.uniform(size=7)
    assert g.interpolate(y) @ q(g.points) == pytest.approx(q(y), abs=1e-12)


def test_a_polynomial_of_one_degree_more_is_not_integrated_exactly():
    g = grid(6)
    chebyshev = np.cos(6 * np.arccos(1 - 2 * g.nodes))  # zero at every node
    assert abs(g.integrate @ chebyshev).max() < 1e-14
    assert abs(np.cos(6 * np.arccos(1 - 2 * g.checks))).min() > 0.999  # largest at the checks


@pytest.mark.parametrize("size", range(2, 61))
def test_interpolation_at_the_points_themselves(size):
    """Where the barycentric formula divides by zero, whether or not the weights sum to zero."""
    g = grid(size)
    assert np.array_equal(g.interpolate(g.points), np.eye(size + 2))
    assert np.isfinite(g.interpolate(np.array([5e-324, 1e-300]))).all()


def test_error_falls_geometrically_for_an_analytic_function():
    errors = []
    for size in (6, 10, 14):
        g = grid(size)
        errors.append(
            abs(g.interpolate(g.checks) @ (1 / (1 + g.points)) - 1 / (1 + g.checks)).max()
        )
    assert errors[1] < 2e-3 * errors[0]
    assert errors[2] < 2e-3 * errors[1]


def test_refinement_is_interpolation():
    assert refinement(7, 11) @ grid(7).points ** 8 == pytest.approx(grid(11).points[1:] ** 8)


def test_too_few_nodes():
    with pytest.raises(ValueError, match="size = 1"):
        grid(1)
