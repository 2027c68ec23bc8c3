"""The full model's transition: a second method, limits, switches, policy, bad input."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from aiecon import wang_wong as ww
from aiecon.numerics import SolverError, check_jacobian
from aiecon.wang_wong.equations import dynamics
from aiecon.wang_wong.transition import Market
from exhibits.wang_wong.free_entry import calibration

CALIBRATED = ww.Parameters()


def residual(path, t, h=1e-4):
    """d(ln A, H, ln s)/dt of a path by central differences, less the model's own right side."""

    def states(at):
        return np.array([path.log_capability(at), path.employment(at), np.log(path.surplus(at))])

    slope = (states(t + h) - states(t - h)) / (2 * h)
    return slope - dynamics(states(t), path.params, adoption=path.adoption(t))


def test_two_methods_agree():
    path = ww.solve_transition(CALIBRATED, tol=1e-11)
    revised = ww.revise_expectations(CALIBRATED)
    t = np.linspace(0.0, 60.0, 121)
    both = np.stack([path.log_capability(t), path.employment(t), np.log(path.surplus(t))])
    np.testing.assert_allclose(revised.states(t), both, rtol=0, atol=1e-8)
    assert revised.revisions[-1] < 1e-8
    assert np.all(np.diff(revised.revisions) < 0)


def test_the_path_satisfies_the_equations_of_common():
    path = ww.solve_transition(CALIBRATED)
    t = np.array([0.3, 1.0, 4.0, 10.0, 40.0, 150.0])
    np.testing.assert_allclose(residual(path, t), 0, atol=3e-6)
    assert path.solution.converged
    assert path.solution.error < 1e-9
    assert path.solution.residual < 1e-6


def test_states_are_given_and_the_end_is_the_steady_state():
    path = ww.solve_transition(CALIBRATED, A0=0.7, H0=0.9)
    assert path.capability(0.0) == pytest.approx(0.7, rel=1e-12)
    assert path.employment(0.0) == pytest.approx(0.9, rel=1e-12)
    end = ww.steady_states(CALIBRATED).some_ai
    late = 1000.0
    assert path.capability(late) == pytest.approx(end.capability, rel=1e-9)
    assert path.employment(late) == pytest.approx(end.employment, rel=1e-9)
    assert path.surplus(late) == pytest.approx(end.surplus, rel=1e-9)


@pytest.mark.parametrize("theta", [0.45, 0.5381, 0.7, 0.955])
def test_long_run_agrees_with_all_steady_states(theta):
    p = ww.Parameters(theta=theta)
    states = ww.steady_states(p)
    some, unbounded = ww.long_run(p), ww.long_run(p, "unbounded-AI")
    assert pytest.approx(states.some_ai.capability, rel=1e-10) == some.capability
    assert some.surplus == pytest.approx(states.some_ai.surplus, rel=1e-10)
    assert bool(unbounded.exists) == bool(states.unbounded_ai.exists)
    if unbounded.exists:
        assert pytest.approx(states.unbounded_ai.employment, rel=1e-10) == unbounded.employment
        assert unbounded.growth == pytest.approx(states.unbounded_ai.growth, rel=1e-10)


def test_without_entry_it_is_the_benchmark_model():
    p = ww.Parameters(xi=0.0)
    path = ww.solve_transition(p)
    t = np.array([0.5, 2.0, 10.0, 60.0])
    x = np.array([path.log_capability(t), path.employment(t), np.log(path.surplus(t))])
    h = 1e-4
    up, down = t + h, t - h
    slope = np.array(
        [
            path.log_capability(up) - path.log_capability(down),
            path.employment(up) - path.employment(down),
            np.log(path.surplus(up) / path.surplus(down)),
        ]
    ) / (2 * h)
    np.testing.assert_allclose(slope, dynamics(x, p, "benchmark"), atol=3e-6)
    np.testing.assert_allclose(path.job_finding(t), p.alpha, rtol=1e-12)
    near = ww.solve_transition(ww.Parameters(xi=1e-7))
    np.testing.assert_allclose(near.employment(t), path.employment(t), atol=1e-6)


def test_little_exposure_leaves_mortensen_and_pissarides():
    """As ρ → 0 (and output does not grow) H and s leave H₀ and s₀ in proportion to ρ."""
    t = np.array([0.5, 1.0, 2.0, 5.0])
    gaps = []
    for rho in (1e-5, 1e-7):
        p = ww.Parameters(rho=rho, epsilon=0.0)
        path = ww.solve_transition(p, tol=1e-10)
        gaps.append(np.concatenate([path.employment(t) - p.H_0, path.surplus(t) / p.s_0 - 1]))
    assert np.abs(gaps[0]).max() < 2e-4
    np.testing.assert_allclose(gaps[1] * 100, gaps[0], rtol=0.02)


def test_no_learning_is_the_labour_market_without_ai():
    p = ww.Parameters(mu=0.0, epsilon=0.0)
    rest = dynamics(np.array([-800.0, p.H_0, np.log(p.s_0)]), p)
    np.testing.assert_allclose(rest[1:], 0, atol=1e-14)
    assert ww.unemployment_with_growth(0.0, p) == pytest.approx(1 - p.H_0, rel=1e-12)
    assert ww.surplus_with_growth(0.0, p) == pytest.approx(p.s_0, rel=1e-12)
    assert not ww.long_run(p).exists


def test_jacobian_against_differences():
    x = np.array([[1.3, 1.4, 0.2], [0.7, 0.75, 0.9], [-0.1, 0.3, 0.6]])
    t = np.array([0.0, 1.0, 4.0])
    for theta, destination, switch in ((0.5381, "some-AI", None), (0.955, "unbounded-AI", 2.0)):
        p = replace(CALIBRATED, theta=theta)
        problem = Market(p, destination, p.A_0, p.H_0, 0.3, switch)
        assert check_jacobian(problem, t, x, 1e-7) < 1e-7


def test_a_path_that_switches_once():
    p = ww.Parameters(theta=0.954)
    path = ww.solve_transition(p, "unbounded-AI", H0=0.6)
    ((date, adopts),) = path.switches
    assert adopts == 0
    assert path.surplus(date) == pytest.approx(p.pi_A, rel=1e-9)
    assert np.all(path.surplus(np.linspace(0, date * 0.999, 50)) < p.pi_A)
    assert np.all(path.surplus(np.linspace(date * 1.001, 50, 50)) > p.pi_A)
    # each side satisfies its own equations, and employment has a kink of size ρμAH
    for t in (0.4 * date, 2 * date, 10.0):
        np.testing.assert_allclose(residual(path, np.array([t]))[:, 0], 0, atol=3e-6)
    h = 1e-5
    before = (path.employment(date) - path.employment(date - h)) / h
    after = (path.employment(date + h) - path.employment(date)) / h
    jump = p.rho * p.mu * path.capability(date) * path.employment(date)
    assert after - before == pytest.approx(jump, rel=1e-3)
    # the level of employment at the switch does not depend on the start
    other = ww.solve_transition(p, "unbounded-AI", H0=0.4)
    assert other.employment(other.switches[0][0]) == pytest.approx(path.employment(date), rel=1e-8)


def test_unbounded_growth_without_a_switch():
    p = ww.Parameters(theta=0.955)
    path = ww.solve_transition(p, "unbounded-AI")
    end = ww.long_run(p, "unbounded-AI")
    assert path.switches == ()
    growth = path.log_capability(101.0) - path.log_capability(100.0)
    assert growth == pytest.approx(end.growth, rel=1e-9)
    t = np.array([0.3, 2.0, 20.0])
    np.testing.assert_allclose(residual(path, t), 0, atol=3e-6)


def test_many_at_once_are_the_same_as_one_by_one():
    theta = np.array([0.50, 0.53, 0.5381, 0.60])
    many = ww.solve_transitions(ww.Parameters(theta=theta), tol=1e-9)
    t = np.array([0.0, 1.0, 5.0, 10.0])
    for i, value in enumerate(theta):
        one = ww.solve_transition(ww.Parameters(theta=float(value)))
        np.testing.assert_allclose(many.employment(t)[i], one.employment(t), atol=1e-8)
        np.testing.assert_allclose(many.productivity(t)[i], one.productivity(t), rtol=1e-8)


def test_the_calibration_explorer_says_what_the_library_computes():
    p, text = ww.Parameters(), calibration.description()
    path = ww.solve_transition(p)
    assert f"falls by {100 * (p.H_0 - path.employment(5.0)):.1f} points" in text
    assert f"by {path.productivity(10.0):.3g} in ten" in text
    assert f"ends at {p.delta / 0.8:.3f}" in calibration.description(mu=0.8)


def test_economies_without_a_path_are_nan():
    many = ww.solve_transitions(ww.Parameters(mu=np.array([0.40, 0.632])))
    assert many.found.tolist() == [False, True]
    assert np.isnan(many.capability([5.0])[0, 0])
    assert np.isfinite(many.capability([5.0])[1, 0])


def test_transfers_raise_employment_for_a_while_and_ai_for_ever():
    paths = [ww.solve_transition(transfer=T) for T in (0.0, 0.5, 2.0, 8.0)]
    for t in (1.0, 5.0, 15.0):
        assert np.all(np.diff([q.employment(t) for q in paths]) > 0)
    ends = [ww.long_run(transfer=T) for T in (0.0, 0.5, 2.0, 8.0)]
    assert np.all(np.diff([float(e.capability) for e in ends]) > 0)
    assert {round(float(e.employment), 14) for e in ends} == {
        round(CALIBRATED.delta / CALIBRATED.mu, 14)
    }


def test_the_highest_transfer_is_where_the_surplus_reaches_pi():
    highest = float(ww.highest_transfer())
    assert not ww.long_run(transfer=highest * 1.001).exists
    rest = ww.long_run(transfer=highest * (1 - 1e-9))
    assert rest.surplus == pytest.approx(CALIBRATED.pi_A, rel=1e-7)


def test_vacancies_and_their_cost():
    """v/v₀ from the matching function itself: α = m (v/u)^ξ."""
    p = CALIBRATED
    s, H = np.array([0.3, 0.6, 1.2]), np.array([0.9, 0.8, 0.7])
    alpha = p.alpha * (s / p.s_0) ** (p.xi / (1 - p.xi))
    tightness = (alpha / p.alpha) ** (1 / p.xi)
    np.testing.assert_allclose(ww.vacancies(s, H, p), tightness * (1 - H) / (1 - p.H_0), rtol=1e-12)
    np.testing.assert_allclose(ww.vacancy_cost(alpha, p), p.theta * alpha * s, rtol=1e-12)


def test_wage_splits_the_surplus():
    """The firm's asset equation with that wage gives θs, along a path and not only at rest."""
    p, path, t, h = CALIBRATED, ww.solve_transition(), np.array([0.5, 3.0, 12.0]), 1e-4
    s, A = path.surplus(t), path.capability(t)
    displaced = p.rho * p.mu * A
    growth = p.epsilon * (p.mu * path.employment(t) - p.delta)
    moves = (path.surplus(t + h) - path.surplus(t - h)) / (2 * h)
    profit = 1 - path.wage_share(t) + displaced * (p.pi_A - p.theta * s) - p.sigma * p.theta * s
    np.testing.assert_allclose((p.r - growth) * p.theta * s - p.theta * moves, profit, atol=1e-6)


def test_computers_by_hand():
    p = CALIBRATED
    g = np.array([0.0, 0.01, 0.03])
    s = ww.surplus_with_growth(g, p)
    alpha = p.alpha * (s / p.s_0) ** (p.xi / (1 - p.xi))
    np.testing.assert_allclose((p.r + p.sigma + alpha * (1 - p.theta) - g) * s, 1 - p.b, rtol=1e-12)
    u = ww.unemployment_with_growth(g, p)
    np.testing.assert_allclose(ww.growth_for_unemployment(u, p), g, atol=1e-12)


def test_integrating_forward_from_the_saddle_path_stays_on_it_for_a_while():
    path = ww.solve_transition(tol=1e-12)
    start = [path.log_capability(0.0), path.employment(0.0), np.log(path.surplus(0.0))]
    run = solve_ivp(
        lambda t, x: dynamics(x, CALIBRATED), (0, 1.5), start, "DOP853", rtol=1e-12, atol=1e-13
    )
    assert run.y[1, -1] == pytest.approx(path.employment(1.5), abs=1e-7)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"params": ww.Parameters(mu=0.4)}, "some-AI"),
        ({"destination": "unbounded-AI"}, "unbounded-AI"),
        ({"destination": "nowhere"}, "destination = nowhere"),
        ({"H0": 1.2}, "H0 = 1.2"),
        ({"A0": -1.0}, "A0 = -1.0"),
        ({"transfer": 30.0}, "highest_transfer"),
        ({"params": ww.Parameters(theta=np.array([0.5, 0.6]))}, "solve_transitions"),
    ],
)
def test_what_is_refused(arguments, says):
    with pytest.raises(ValueError, match=says):
        ww.solve_transition(**arguments)


@pytest.mark.parametrize("H0", [0.77, 0.72, 0.6, 0.3])
def test_switching_paths_against_integration_back_from_the_switch(H0):
    """A and H at the start, from the date, A and H at the switch, by another integrator."""
    p = ww.Parameters(theta=0.954)
    path = ww.solve_transition(p, "unbounded-AI", H0=H0)
    ((date, _),) = path.switches
    end = [path.log_capability(date), path.employment(date), np.log(p.pi_A)]
    back = solve_ivp(lambda t, x: -dynamics(x, p), (0, date), end, "DOP853", rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(back.y[:2, -1], [np.log(p.A_0), H0], atol=1e-8)


def test_where_there_is_no_path_nothing_is_returned():
    """θ = .953: from H₀ = .8 adoption keeps employment below what would end it."""
    with pytest.raises(SolverError):
        ww.solve_transition(ww.Parameters(theta=0.953), "unbounded-AI", H0=0.8)
