"""Jacobians against complex steps; roots, their number, and the determinant's sign."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiecon import wang_wong as ww
from aiecon.wang_wong.equations import dynamics

P = ww.Parameters()
REPORTED = ww.Parameters(theta=1.0, xi=0.765, epsilon=6.0, sigma=0.1, alpha=1.9, b=0.7219)
TURNING = replace(REPORTED, sigma=0.05, b=0.9, alpha=0.118)


@pytest.mark.parametrize("model", ["simple", "benchmark", "full"])
@pytest.mark.parametrize("adoption", [0.0, 1.0])
def test_jacobian_against_complex_steps(model, adoption):
    rng = np.random.default_rng(1)
    n = 2 if model == "simple" else 3
    for _ in range(5):
        A, H, s = rng.uniform(0.1, 4), rng.uniform(0.1, 0.9), rng.uniform(0.2, 3)
        p = ww.Parameters(theta=rng.uniform(0, 1), xi=rng.uniform(0, 0.9), mu=rng.uniform(0.4, 2))
        state = np.array([np.log(A), H, np.log(s)])[:n].astype(complex)
        numeric = np.empty((n, n))
        for j in range(n):
            moved = state.copy()
            moved[j] += 1e-30j
            numeric[:, j] = dynamics(moved, p, model, adoption).imag / 1e-30
        found = ww.jacobian(A, H, s, p, model, adoption)
        np.testing.assert_allclose(found, numeric, rtol=1e-12, atol=1e-14)


def test_jacobian_of_arrays_is_a_stack_of_matrices():
    theta = np.array([0.3, 0.6])
    stack = ww.jacobian(1.0, np.array([[0.5], [0.7], [0.9]]), 0.8, ww.Parameters(theta=theta))
    assert stack.shape == (3, 2, 3, 3)
    single = ww.jacobian(1.0, 0.7, 0.8, ww.Parameters(theta=0.6))
    np.testing.assert_array_equal(stack[1, 1], single)


def test_simple_model_roots_in_closed_form():
    p = ww.Parameters(alpha=np.array([0.1, 0.2, 0.95]), mu=np.array([1.0, 1.5, 0.7]))
    trace, det = -p.alpha * p.mu / p.delta, p.alpha * p.mu - p.delta * (p.alpha + p.sigma)
    roots = ww.eigenvalues(p, "simple")
    np.testing.assert_allclose(roots.sum(axis=-1), trace, rtol=1e-12)
    np.testing.assert_allclose(roots.prod(axis=-1), det, rtol=1e-12)


def test_benchmark_has_the_simple_roots_and_an_unstable_one():
    p = ww.Parameters(theta=np.linspace(0, 0.99, 5))
    roots, simple = ww.eigenvalues(p, "benchmark"), ww.eigenvalues(p, "simple")
    np.testing.assert_allclose(roots[:, :2], simple, rtol=1e-10)
    A = ww.steady_states(p, "benchmark").some_ai.capability
    third = p.r + p.sigma + p.alpha * (1 - p.theta) + p.rho * p.mu * A
    np.testing.assert_allclose(roots[:, 2].real, third, rtol=1e-12)
    assert np.all(ww.stable_roots(p, "benchmark") == 2)


def slope_of_gap(s, p):
    return ww.some_ai_gap(s + 1e-30j, p).imag / 1e-30


@pytest.mark.parametrize("p", [P, REPORTED, TURNING, ww.Parameters(theta=0.3, xi=0.8)])
def test_determinant_is_the_slope_of_the_gap(p):
    every = ww.steady_states(p).some_ai_all
    for branch in range(int(np.count_nonzero(every.exists))):
        state = every.branch(branch)
        det = np.linalg.det(ww.jacobian(state.capability, state.employment, state.surplus, p))
        slope = slope_of_gap(float(state.surplus), p)
        expected = p.mu * p.rho * p.mu * state.capability * state.employment * slope
        np.testing.assert_allclose(det, expected, rtol=1e-6)
        np.testing.assert_allclose(det, ww.eigenvalues(p, branch=branch).prod().real, rtol=1e-6)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    theta=st.floats(0, 1),
    xi=st.floats(0, 0.9),
    epsilon=st.floats(0, 12),
    b=st.floats(0.05, 0.98),
    sigma=st.floats(0.01, 0.12),
    share=st.floats(0.5, 0.94),
)
def test_a_unique_steady_state_is_never_locally_indeterminate(theta, xi, epsilon, b, sigma, share):
    p = ww.Parameters(
        theta=theta, xi=xi, epsilon=epsilon, b=b, sigma=sigma, alpha=19 * sigma, mu=P.delta / share
    )
    every = ww.steady_states(p).some_ai_all
    if np.count_nonzero(every.exists) == 1:
        assert slope_of_gap(float(every.surplus[0]), p) > -1e-9
        if every.capability[0] < 1e4:  # beyond, the roots lose their small digits
            assert ww.stable_roots(p) < 3


def test_the_calibration_is_a_saddle_and_the_reported_point_turns():
    assert ww.stable_roots(P) == 2
    assert not ww.is_spiral(P)
    assert ww.stable_roots(REPORTED) == 2
    assert ww.is_spiral(REPORTED)
    assert ww.stable_roots(TURNING) == 3
    assert ww.is_spiral(TURNING)
    assert ww.stable_roots(TURNING, branch=1) == 2
    assert ww.stable_roots(TURNING, branch=2) == -1


def test_the_number_of_roots_does_not_depend_on_epsilon_through_the_determinant():
    many = replace(TURNING, epsilon=np.linspace(0.0, 12.0, 25))
    product = ww.eigenvalues(many).prod(axis=-1).real
    np.testing.assert_allclose(product, product[0], rtol=1e-8)
    assert product[0] < 0


def test_indeterminate_range_ends_where_the_count_changes():
    p = replace(REPORTED, b=0.9)
    low, high = ww.indeterminate_range(p)
    np.testing.assert_allclose(high, p.sigma * p.delta / (p.mu - p.delta), rtol=1e-14)
    counts = ww.stable_roots(replace(p, alpha=np.array([low - 1e-5, low + 1e-5, high - 1e-5])))
    assert counts.tolist() == [-1, 3, 3]
    assert ww.stable_roots(replace(p, alpha=high + 1e-5)) == 2
    assert np.isnan(ww.indeterminate_range(REPORTED)).all()


def test_unbounded_roots_against_complex_steps():
    p = ww.Parameters(theta=0.96)
    state = ww.steady_states(p).unbounded_ai
    numeric = np.empty((2, 2))
    for j in range(2):
        x = np.array([0.0, state.employment, np.log(state.surplus)], dtype=complex)
        x[j + 1] += 1e-30j
        numeric[:, j] = dynamics(x, p, "full", 0.0)[1:].imag / 1e-30
    np.testing.assert_allclose(
        ww.eigenvalues(p, destination="unbounded-AI").real[[0, 2]],
        np.sort(np.linalg.eigvals(numeric)),
        rtol=1e-9,
    )


def test_where_there_is_no_steady_state_there_are_no_roots():
    p = ww.Parameters(mu=np.array([0.3, 0.632]))
    assert np.isnan(ww.eigenvalues(p)[0]).all()
    assert not np.isnan(ww.eigenvalues(p)[1]).any()
    assert ww.stable_roots(p).tolist() == [-1, 2]
    assert ww.is_spiral(p).tolist() == [False, False]


def test_branches_that_cannot_be_are_refused():
    for call in (
        lambda: ww.eigenvalues(P, branch=3),
        lambda: ww.eigenvalues(P, "simple", branch=1),
        lambda: ww.eigenvalues(P, branch=9, destination="unbounded-AI"),
        lambda: ww.eigenvalues(P, "simple", destination="unbounded-AI"),
        lambda: ww.eigenvalues(P, destination="no-AI"),
    ):
        with pytest.raises(ValueError, match="is not allowed"):
            call()
