"""Steady states: closed forms, all zeros against a fine grid, and the limits that are known; their
Jacobians against complex steps; roots, their number, and the determinant's sign."""

from __future__ import annotations

from dataclasses import replace

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from aiecon import wang_wong as ww
from aiecon.wang_wong.equations import dynamics, job_finding
from aiecon.wang_wong.steady_states import zeros

P = ww.Parameters()
REPORTED = ww.Parameters(theta=1.0, xi=0.765, epsilon=6.0, sigma=0.1, alpha=1.9, b=0.7219)
TURNING = replace(REPORTED, sigma=0.05, b=0.9, alpha=0.118)


def drawn(n: int = 300, seed: int = 3) -> ww.Parameters:
    """Labour markets of all kinds, many far from the calibration."""
    rng = np.random.default_rng(seed)
    return ww.Parameters(
        mu=rng.uniform(0.3, 1.5, n),
        epsilon=rng.uniform(0, 4, n),
        theta=rng.choice([0.0, 0.3, 0.9, 0.97, 1.0], n),
        b=rng.uniform(0, 0.98, n),
        xi=rng.choice([0.0, 0.2, 0.45, 0.6, 0.75], n),
        sigma=rng.uniform(0.01, 0.3, n),
        alpha=rng.uniform(0.05, 2, n),
        phi=rng.uniform(0, 0.9, n),
    )


# Parameters ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [("mu", -0.1), ("delta", 0), ("alpha", 0), ("theta", 1.1), ("b", 1), ("xi", 1), ("phi", 2)],
)
def test_what_the_theory_excludes_is_refused_by_name(field, value):
    with pytest.raises(ValueError, match=f"^{field} = "):
        ww.Parameters(**{field: value})


def test_shapes_broadcast_and_numbers_can_be_hashed():
    wide = ww.Parameters(mu=np.ones((3, 1)), theta=np.full(4, 0.5))
    assert wide.shape == (3, 4)
    assert P.shape == ()
    assert len({P, ww.Parameters()}) == 1
    with pytest.raises(ValueError, match="broadcast"):
        ww.Parameters(mu=np.ones(3), theta=np.full(4, 0.5))


def test_five_per_cent_unemployment():
    sigma = np.array([0.03, 0.05, 0.1])
    p = ww.Parameters(sigma=sigma, alpha=ww.job_finding_rate(sigma))
    np.testing.assert_allclose(p.H_0, 0.95, rtol=1e-14)
    np.testing.assert_allclose(p.alpha / sigma, 19, rtol=1e-14)


def test_calibration_helpers_refuse_what_makes_no_sense():
    for call in (
        lambda: ww.exposure(5.2),
        lambda: ww.error_rate(0.0),
        lambda: ww.job_finding_rate(-1.0),
        lambda: ww.job_finding_rate(0.05, 1.0),
    ):
        with pytest.raises(ValueError, match="is not allowed"):
            call()


# All zeros ----------------------------------------------------------------------------------------


def test_zeros_of_polynomials_are_those_of_their_companion_matrix():
    rng = np.random.default_rng(4)
    c = rng.standard_normal((5, 400))
    found = zeros([*c], range(5), -6.0, 6.0)
    for i in range(c.shape[1]):
        roots = np.roots(c[::-1, i])
        real = np.sort(roots.real[(np.abs(roots.imag) < 1e-9) & (roots.real > 0)])
        inside = real[np.abs(np.log(real)) < 6]
        got = found[:, i][~np.isnan(found[:, i])]
        np.testing.assert_allclose(np.exp(got), inside, rtol=1e-7)


def test_zeros_of_far_powers_and_missing_terms():
    """3x^900 = 2 and x = 2, where terms cancel, repeat a power or leave the floating numbers."""
    found = zeros([-2.0, 3.0, 0.0, 1.0, -1.0], [0.0, 900.0, 5e3, 3.0, 3.0], -300.0, 300.0)
    np.testing.assert_allclose(found[0], np.log(2 / 3) / 900, rtol=1e-12)
    assert np.isnan(found[1:]).all()
    assert np.isnan(zeros([1.0, 2.0], [0.0, 1.0], -300.0, 300.0)).all()


def test_some_ai_finds_every_zero_that_a_fine_grid_finds():
    p = drawn()
    found = ww.steady_states(p).some_ai_all
    several = 0
    for i in range(p.mu.size):
        q = p[i]
        s = q.pi_A * np.exp(np.linspace(-12, -1e-12, 6001))
        at_risk = job_finding(s, q) * (q.mu / q.delta - 1) - q.sigma
        gap = ww.some_ai_gap(s, q)
        crossing = (gap[1:] < 0) != (gap[:-1] < 0)
        expected = s[:-1][crossing & (at_risk[:-1] > 0)]
        got = found.surplus[:, i][found.exists[:, i]]
        inside = got > s[0]
        assert np.count_nonzero(inside) == len(expected), p[i]
        np.testing.assert_allclose(got[inside], expected, rtol=4e-3)
        several += len(got) > 1
    # Two at once also occur, though not in every sample.
    two = ww.Parameters(theta=1.0, xi=0.765, epsilon=6.0, sigma=0.05, b=0.9, alpha=0.118)
    assert several or np.count_nonzero(ww.steady_states(two).some_ai_all.exists) == 2


def test_unbounded_ai_against_a_scalar_search():
    p = drawn(200, 5)
    found = ww.steady_states(p).unbounded_ai_all
    for i in range(p.mu.size):
        q = p[i]

        def gap(z, q=q):
            alpha = job_finding(np.exp(z), q)
            growth = q.mu * alpha / (alpha + q.sigma) - q.delta
            discount = q.r + q.sigma + alpha * (1 - q.theta)
            return discount - q.epsilon * growth - (1 - q.b) * np.exp(-z)

        z = np.linspace(np.log(q.pi_A), np.log(q.pi_A) + 15, 1501)
        values = np.array([gap(x) for x in z])
        zeros = [
            np.exp(brentq(gap, z[k], z[k + 1], xtol=1e-13))
            for k in np.flatnonzero((values[1:] < 0) != (values[:-1] < 0))
        ]
        grows = [s for s in zeros if q.mu / (1 + q.sigma / job_finding(s, q)) > q.delta]
        got = found.surplus[:, i][found.exists[:, i]]
        np.testing.assert_allclose(got[got < np.exp(z[-1])], grows, rtol=1e-9)


def test_steady_states_stand_still():
    p = drawn(400, 9)
    for model in ("benchmark", "full"):
        state = ww.steady_states(p, model).some_ai
        ok = state.exists & (state.capability < 1e3)
        assert ok.sum() > 30
        q = p[ok]
        x = np.stack([np.log(state.capability), state.employment, np.log(state.surplus)])[:, ok]
        np.testing.assert_allclose(dynamics(x, q, model), 0, atol=1e-9)
        assert np.all(state.surplus[ok] < q.pi_A)


def test_unbounded_employment_and_surplus_stand_still_without_adoption():
    p = ww.Parameters(theta=np.linspace(0.955, 0.99, 9))
    state = ww.steady_states(p).unbounded_ai
    assert state.exists.all()
    assert np.all(state.capability == np.inf)
    x = np.stack([np.zeros(9), state.employment, np.log(state.surplus)])
    rates = dynamics(x, p, "full", adoption=0.0)
    np.testing.assert_allclose(rates[1:], 0, atol=1e-12)
    np.testing.assert_allclose(rates[0], state.growth, rtol=1e-12)


def test_what_does_not_exist_is_not_a_number():
    state = ww.steady_states(P).unbounded_ai
    assert not state.exists
    assert np.isnan([state.employment, state.surplus, state.growth]).all()


# Closed forms and limits --------------------------------------------------------------------------


def test_benchmark_in_closed_form():
    p = ww.Parameters(theta=np.linspace(0.93, 0.98, 6))
    states = ww.steady_states(p, "benchmark")
    growth = p.epsilon * (p.mu * p.H_0 - p.delta)
    worth = (1 - p.b) / (p.r + p.sigma + p.alpha * (1 - p.theta) - growth)
    np.testing.assert_allclose(states.unbounded_ai.surplus, worth, rtol=1e-13)
    assert np.all(states.unbounded_ai.employment > states.some_ai.employment)


def test_without_vacancies_in_matching_the_full_model_is_the_benchmark():
    theta = np.linspace(0.3, 0.94, 17)
    for xi in (0.0, 1e-9):
        full = ww.steady_states(ww.Parameters(theta=theta, xi=xi), "full")
        plain = ww.steady_states(ww.Parameters(theta=theta), "benchmark")
        for kind in ("some_ai", "unbounded_ai"):
            a, b = getattr(full, kind), getattr(plain, kind)
            np.testing.assert_array_equal(a.exists, b.exists)
            np.testing.assert_allclose(a.surplus, b.surplus, rtol=1e-6)
            np.testing.assert_allclose(a.employment, b.employment, rtol=1e-6)


@pytest.mark.parametrize("model", ["simple", "benchmark", "full"])
def test_without_learning_mortensen_and_pissarides_remain(model):
    states = ww.steady_states(ww.Parameters(mu=np.array([0.0, 0.2, 0.46])), model)
    assert not states.some_ai.exists.any()
    assert not states.unbounded_ai.exists.any()
    assert states.no_ai.exists.all()
    np.testing.assert_allclose(states.no_ai.employment, P.alpha / (P.alpha + P.sigma))
    if model != "simple":
        by_hand = (1 - P.b) / (P.r + P.sigma + P.alpha * (1 - P.theta))
        np.testing.assert_allclose(states.no_ai.surplus, by_hand)


def test_without_exposure_ai_would_have_to_be_infinite():
    rho = np.array([1e-3, 1e-6, 1e-9])
    found = ww.steady_states(ww.Parameters(rho=rho)).some_ai.capability
    np.testing.assert_allclose(found * rho, found[0] * rho[0], rtol=1e-9)
    assert not ww.steady_states(ww.Parameters(rho=0.0)).some_ai.exists


def test_a_map_of_forty_thousand_has_the_values_of_single_calls():
    theta, phi = np.linspace(0.4, 1, 200)[:, None], np.linspace(0, 1, 200)
    states = ww.steady_states(ww.Parameters(theta=theta, phi=phi))
    for i, j in ((0, 0), (50, 120), (190, 3), (199, 199)):
        single = ww.steady_states(ww.Parameters(theta=theta[i, 0], phi=phi[j]))
        for kind in ("some_ai", "unbounded_ai"):
            a, b = getattr(states, kind), getattr(single, kind)
            assert bool(a.exists[i, j]) is b.exists
            np.testing.assert_allclose(a.surplus[i, j], b.surplus, rtol=1e-13)


def test_an_unknown_model_is_refused():
    with pytest.raises(ValueError, match="simple, benchmark or full"):
        ww.steady_states(P, "other")


def test_transfers_of_any_shape_broadcast():
    theta, T = np.array([0.5, 0.54])[:, None], [0.0, 0.5, 2.0]
    many = ww.long_run(ww.Parameters(theta=theta), transfer=T)
    assert many.surplus.shape == (2, 3)
    single = ww.long_run(ww.Parameters(theta=0.54), transfer=2.0)
    assert many.surplus[1, 2] == pytest.approx(single.surplus, rel=1e-14)
    with pytest.raises(ValueError, match="transfer"):
        ww.long_run(transfer=[0.0, -1.0])


# Stability ----------------------------------------------------------------------------------------


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


def test_roots_are_right_where_ai_is_abundant():
    """Where A exceeds 1e12 the smallest root is less than the rounding of the largest."""
    rng, n = np.random.default_rng(7), 4000
    sigma = rng.uniform(0.01, 0.12, n)
    p = ww.Parameters(
        theta=rng.uniform(0.3, 1, n), xi=rng.uniform(0.8, 0.95, n), epsilon=rng.uniform(0, 12, n),
        sigma=sigma, alpha=19 * sigma, b=rng.uniform(0.3, 0.99, n),
        mu=P.delta / rng.uniform(0.6, 0.999, n),
    )  # fmt: skip
    state, found = ww.steady_states(p).some_ai, ww.eigenvalues(p)
    much = np.flatnonzero(np.nan_to_num(state.capability) > 1e12)
    J = ww.jacobian(
        *(x[much] for x in (state.capability, state.employment, state.surplus)), p[much]
    )
    plain = np.linalg.eigvals(J)
    assert np.any((plain.real < 0).sum(axis=1) != (found[much].real < 0).sum(axis=1))
    with mp.workdps(300):
        for i, matrix in zip(much[:40], J, strict=False):
            exact = mp.eig(mp.matrix(matrix.tolist()), left=False, right=False)
            exact = sorted((complex(x) for x in exact), key=lambda x: (x.real, x.imag))
            np.testing.assert_allclose(found[i], exact, rtol=1e-10)
