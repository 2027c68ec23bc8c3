"""Research (section 4.2): the threshold, the date by three methods, optimal saving."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.extensions.research import (
    Ideas,
    blow_up_bounds,
    blow_up_excess,
    blow_up_time,
    growth_path,
    growth_type,
    log_capital_at,
)
from aiecon.korinek_suh.extensions.research_transition import (
    Research,
    ResearchGrowth,
    solve_research_transition,
)
from exhibits.korinek_suh.research import KINDS, explosion, kind_of_growth, transition_of

from ..told import told

CHAPTER = "korinek_suh/research"

systems = {
    "Phi": st.floats(0, 0.98),
    "Gamma": st.floats(0.02, 1),
    "theta": st.floats(-2, 1.8),
    "A0": st.floats(0.1, 3),
    "K0": st.floats(0.5, 20),
}


# The two-equation system --------------------------------------------------------------------------


@given(**systems)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_three_methods_for_the_date(Phi, Gamma, theta, A0, K0):
    """Quadrature of the integral, the clock log A, and the closed-form bounds."""
    ideas = Ideas(Phi, Gamma, theta)
    explodes = Gamma > (1 - Phi) * (1 - theta) or theta > 1
    assume(abs(blow_up_excess(Phi, Gamma, theta)) > 0.05)
    assert (growth_type(ideas) == "type II") == explodes
    date = blow_up_time(ideas, A0, K0)
    assert (date < np.inf) == explodes
    if explodes:
        low, high = blow_up_bounds(ideas, A0, K0)
        assert low * (1 - 1e-9) <= date <= high * (1 + 1e-9)
        assert growth_path(ideas, A0, K0).blow_up == pytest.approx(date, rel=1e-8)


def test_calendar_time_agrees_up_to_shortly_before_the_end():
    """A third integrator: plain Runge–Kutta in calendar time, which cannot reach the end."""
    ideas = Ideas(0.6, 0.6, 0.5)
    path = growth_path(ideas)

    def motion(t, x):
        log_A, log_K = x
        return [
            ideas.beta * np.exp((ideas.theta - 1) * log_A + ideas.Gamma * log_K),
            ideas.alpha * np.exp(log_A + (ideas.Phi - 1) * log_K),
        ]

    t = path.blow_up * np.array([0.3, 0.8, 0.99])
    run = solve_ivp(motion, (0, t[-1]), np.log([0.5, 4.6]), t_eval=t, rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(path.log_productivity(t), run.y[0], rtol=1e-8)
    np.testing.assert_allclose(path.log_capital(t), run.y[1], rtol=1e-8)
    np.testing.assert_allclose(
        path.log_output(t), run.y[0] + 0.6 * (np.log(0.9) + run.y[1]), rtol=1e-8
    )


def test_exact_power_law_on_the_special_curve():
    ideas = Ideas(0.5, 0.5, 0.5)
    B = ideas.alpha / ideas.beta * 0.5**1.5 / 1.5
    path = growth_path(ideas, K0=B)
    low, high = blow_up_bounds(ideas, K0=B)
    assert low == pytest.approx(high, rel=1e-14)
    assert path.blow_up == pytest.approx(low, rel=1e-10)
    t = path.blow_up * np.array([0.0, 0.5, 0.9])
    np.testing.assert_allclose(
        path.log_productivity(t), np.log(0.5) - 4 * np.log1p(-t / path.blow_up), rtol=1e-9
    )


def test_kinds_of_growth_show_in_growth_rates():
    dates = np.array([50.0, 400.0, 3000.0])
    dies = growth_path(Ideas(0.5, 0.1, 0.5), horizon=3000.0).growth_of_output(dates)
    assert dies[0] > 2 * dies[1] > 4 * dies[2]
    settles = growth_path(Ideas(0.5, 0.25, 0.5), horizon=3000.0).growth_of_output(dates)
    assert settles[1] == pytest.approx(settles[2], rel=1e-6)
    rises = growth_path(Ideas(1.0, 0.0, 0.5), horizon=3000.0)
    rate = rises.growth_of_output(dates)
    assert rate[2] > 5 * rate[1] > 10 * rate[0]
    assert rises.blow_up == np.inf
    # Φ = 1, Γ = 0, θ = 1/2 in closed form: √A = √A₀ + βt/2
    np.testing.assert_allclose(
        rises.log_productivity(dates), 2 * np.log(0.5**0.5 + 0.05 * dates), rtol=1e-8
    )


def test_close_to_the_threshold_from_both_sides():
    above, below = Ideas(0.5, 0.2501, 0.5), Ideas(0.5, 0.2499, 0.5)
    assert 1000 < blow_up_time(above) < np.inf == blow_up_time(below)
    assert growth_type(Ideas(0.5, 0.25, 0.5)) == "exponential"
    assert growth_type(Ideas(0.3, 0.0, 1.0)) == "exponential"
    assert growth_type(Ideas(1.0, 0.0, 1.0)) == "type I"
    assert growth_type(Ideas(1.0, 0.0, 1.5)) == "type II"
    assert blow_up_time(Ideas(1.0, 0.0, 1.5)) == pytest.approx(2 / (0.1 * 0.5**0.5), rel=1e-10)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"Phi": 1.1}, "0 ≤ Phi ≤ 1"),
        ({"Gamma": -0.1}, "0 ≤ Gamma ≤ 1"),
        ({"split": 1.0}, "0 < split < 1"),
        ({"saving": 0.0}, "0 < saving ≤ 1"),
        ({"zeta": 0.0}, "zeta > 0"),
        ({"theta": np.inf}, "finite theta"),
    ],
)
def test_bad_systems_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        Ideas(**arguments)


def test_bad_starts_and_dates_are_refused():
    with pytest.raises(ValueError, match="K0 > 0"):
        blow_up_time(Ideas(), K0=0.0)
    with pytest.raises(ValueError, match="horizon > 0"):
        growth_path(Ideas(), horizon=-1.0)
    with pytest.raises(ValueError, match="blows up"):
        blow_up_bounds(Ideas(Gamma=0.1))
    path = growth_path(Ideas(Gamma=0.6))
    with pytest.raises(ValueError, match="0 ≤ t ≤"):
        path.log_output(path.blow_up + 1.0)


# Optimal saving -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("initial", "horizon"), [(0.9, 5.0), (0.608, 5.0), (0.608, 9.0)])
def test_equations_of_motion(initial, horizon):
    tasks = ks.Bounded(horizon=horizon, initial=initial)
    path = solve_research_transition(tasks)
    p, r, h = path.params, path.research, 1e-5
    t = path.blow_up * np.array([0.05, 0.2, 0.5, 0.8, 0.97])

    def rate(f):
        return (f(t + h) - f(t - h)) / (2 * h)

    K, C, A = (
        np.exp(f(t)) for f in (path.log_capital, path.log_consumption, path.log_productivity)
    )
    Y, Phi = np.exp(path.log_output(t)), tasks.share(t)
    for i in range(len(t)):  # output, wage and return as the static model has them
        now = ks.equilibrium(0.9 * K[i], Phi[i], ks.Parameters(A=float(A[i])))
        assert now.output == pytest.approx(Y[i], rel=1e-9)
        assert 0.9 * now.rental_rate == pytest.approx(path.rental_rate(t[i]), rel=1e-9)
        assert now.wage == pytest.approx(np.exp(path.log_wage(t[i])), rel=1e-9)
        assert now.labor_share == pytest.approx(path.labor_share(t[i]), rel=1e-8)
    np.testing.assert_allclose(rate(path.log_capital), (Y - C) / K - p.delta, rtol=2e-5)
    euler = (path.rental_rate(t) - p.rho - p.delta) / p.eta
    np.testing.assert_allclose(rate(path.log_consumption), euler, rtol=2e-5, atol=1e-6)
    ideas = r.zeta * A ** (r.theta - 1) * (0.1 * K) ** r.Gamma
    np.testing.assert_allclose(rate(path.log_productivity), ideas, rtol=2e-5)


def test_shooting_in_the_clock_brackets_consumption():
    """Forward integration of the same equations, from too much and too little consumption."""
    tasks = ks.Bounded(horizon=5.0, initial=0.608)
    path = solve_research_transition(tasks, tol=1e-9)
    p, r = path.params, path.research

    def motion(t, x):
        log_A, log_K, log_C = x
        now = ks.equilibrium(
            r.split * np.exp(log_K), tasks.share(t), ks.Parameters(A=float(np.exp(log_A)))
        )
        K = np.exp(log_K)
        return [
            r.zeta * np.exp((r.theta - 1) * log_A) * ((1 - r.split) * K) ** r.Gamma,
            (float(now.output) - np.exp(log_C)) / K - p.delta,
            (r.split * float(now.rental_rate) - p.rho - p.delta) / p.eta,
        ]

    def end(t, x):
        return x[0] - np.log(p.A) - 3.0

    def stop(t, x):
        return x[1] + 3.0

    end.terminal = stop.terminal = True

    def capital(shift):
        x0 = [np.log(p.A), np.log(4.6), float(path.log_consumption(0.0)) + shift]
        run = solve_ivp(motion, (0, 40), x0, events=(end, stop), rtol=1e-8, atol=1e-9, max_step=0.2)
        return run.y[1, -1] if len(run.t_events[0]) else -3.0

    goal = float(path.solution(3.0)[0] + r.gamma * 3.0)
    assert capital(1e-5) < goal < capital(-1e-5)


def test_asymptotics_of_the_proposition():
    path = solve_research_transition(ks.Bounded(horizon=5.0, initial=0.9), tol=1e-9)
    p, r = path.params, path.research
    left = np.array([1e-3, 1e-4, 1e-5])
    t = path.blow_up - left
    A = np.exp(path.log_productivity(t))
    limit = p.eta * (1 + r.gamma) / r.split
    errors = np.abs(A * left / limit - 1)
    assert (np.diff(errors) < 0).all()
    assert errors[-1] < 2e-3
    ratio = np.exp(path.log_consumption(t) - path.log_capital(t)) / A
    share = r.split * (1 - r.gamma / (p.eta * (1 + r.gamma)))
    np.testing.assert_allclose(ratio[-1], share, rtol=2e-3)
    steps = np.diff(path.log_capital(t)) / np.diff(np.log(A))
    np.testing.assert_allclose(steps[-1], r.gamma, rtol=5e-3)


def test_derivatives_of_the_field():
    problem = ResearchGrowth(ks.Bounded(5.0), Research(), 4.6, ks.Parameters())
    rng = np.random.default_rng(7)
    a = rng.uniform(0, 2, (1, 1, 6))
    x = np.stack(
        [rng.uniform(1, 2, a.shape), rng.uniform(0, 1, a.shape), rng.uniform(-2, 0, a.shape)]
    )
    for regime in (1, 2):
        _, f_x, f_a = problem.field(a, x, regime)
        h = 1e-6
        for i in range(3):
            step = np.zeros_like(x)
            step[i] = h
            up, down = problem.field(a, x + step, regime)[0], problem.field(a, x - step, regime)[0]
            np.testing.assert_allclose(f_x[:, i], (up - down) / (2 * h), rtol=1e-5, atol=1e-6)
        up, down = problem.field(a + h, x, regime)[0], problem.field(a - h, x, regime)[0]
        np.testing.assert_allclose(f_a, (up - down) / (2 * h), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("path", "other", "words"),
    [
        (ks.BusinessAsUsual(0.1), {}, "tasks that run out"),
        (ks.Bounded(5.0), {"params": ks.Parameters(eta=0.5)}, "eta > "),
        (ks.Bounded(5.0), {"params": ks.Parameters(sigma=1.0)}, "sigma < 1"),
        (ks.Bounded(5.0), {"K0": -1.0}, "K0 > 0"),
    ],
)
def test_paths_that_are_not_covered(path, other, words):
    with pytest.raises(ValueError, match=words):
        solve_research_transition(path, **other)


# Figures and explorer -----------------------------------------------------------------------------


def test_the_figures_of_the_explosion_say_what_they_show():
    free, scarce = (transition_of(x) for x in (0.9, 0.608))
    text, ends = told(CHAPTER, "fig-ks-research-10"), np.array([0.0, 10.0])
    Y, w = (np.exp(f(ends)) for f in (free.log_output, free.log_wage))
    left = f"output from {Y[0]:.1f} to {round(Y[1], -2):.0f}"
    assert f"Left: {left} and the wage from {w[0]:.1f} to {w[1]:.0f} in year 10" in text
    assert f"dotted line at {free.blow_up:.1f}." in text
    Y, w = np.exp(scarce.log_output(ends)), np.exp(scarce.log_wage([0, scarce.scarce_until, 10]))
    assert f"output from {Y[0]:.1f} to {round(Y[1], -1):.0f} in year 10" in text
    lowest = f"{w[1]:.2f} in year {scarce.scarce_until:.1f}"
    assert f"from {w[0]:.1f} to {lowest} and rises to {w[2]:.1f} in year 10" in text
    assert f"dotted line at {scarce.blow_up:.1f}." in text
    assert free.scarce_until == 0.0

    text, kink = told(CHAPTER, "fig-ks-research-shares"), scarce.scarce_until
    assert f"falls from {free.labor_share(0.0):.2f} to zero" in text
    shares = scarce.labor_share([0.0, kink])
    assert f"from {shares[0]:.2f} with a kink at {shares[1]:.2f} in year {kink:.1f}." in text

    def growth(path, t):
        return float(path.log_wage(t + 1e-4) - path.log_wage(t - 1e-4)) / 2e-4

    assert f"rises from {growth(free, 1e-3):.2f} to above 1.5;" in text
    assert 1.5 < growth(free, 9.9) < 1.8
    before, after = growth(scarce, kink - 1e-3), growth(scarce, kink + 1e-3)
    assert f"to {before:.1f}, jumps to {after:.2f} in year {kink:.1f} and" in text
    assert f"rises to {growth(scarce, 9.97):.1f}." in text


def test_the_figures_of_kinds_and_dates_say_what_they_show():
    kinds = "growth dies out", "exponential", "type I", "type II"
    assert tuple(growth_type(kind) for kind in KINDS.values()) == kinds
    text, paths = told(CHAPTER, "fig-ks-research-kinds"), list(map(kind_of_growth, KINDS.values()))
    rates = [path.growth_of_output([0.0, 100.0]) for path in paths[:3]]
    assert f"falling line from {rates[0][0]:.0%} to {rates[0][1]:.0%}" in text
    assert f"flat one at {rates[1][0]:.0%}" in text
    assert f"rising from {rates[2][0]:.0%} to {rates[2][1]:.0%}" in text
    t = np.linspace(30, 39.5, 9501)
    leaves = t[np.argmax(paths[3].growth_of_output(t) > 3)]
    assert f"leaves the picture in year {leaves:.0f}." in text
    assert f"a line at {paths[3].blow_up:.1f} years" in text

    text = told(CHAPTER, "fig-ks-research-bounds")
    dates = [blow_up_time(Ideas(Phi=0.6, Gamma=G)) for G in (0.3, 0.6, 1.0)]
    assert f"to {dates[0]:.0f} at 0.3, {dates[1]:.0f} at 0.6 and {dates[2]:.0f} at 1;" in text
    assert blow_up_excess(0.6, 0.2, 0.5) == pytest.approx(0)  # the vertical line
    text = told(CHAPTER, "fig-ks-research-surface")
    assert "1 at the left edge for θ = 0, 0.5 for θ = 0.5, 0.2 for θ = 0.8" in text
    edge = [blow_up_excess(0.0, *at) for at in ((1.0, 0.0), (0.5, 0.5), (0.2, 0.8))]
    np.testing.assert_allclose([*edge, blow_up_excess(0.5, 1.0, -1.0)], 0, atol=1e-12)


def test_the_bet_is_right():
    assert "0.4 × 0.5 = 0.2" in explosion.bet.feedback
    assert blow_up_excess(0.6, 0.2, 0.5) == pytest.approx(0)


@given(**{name: systems[name] for name in ("Phi", "Gamma", "theta")}, a=st.floats(0, 20))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_integral_holds_for_many_systems_at_once(Phi, Gamma, theta, a):
    many = log_capital_at(Ideas([Phi, 1.0], [Gamma, 0.0], [theta, 0.5]), a)
    one = [log_capital_at(Ideas(*x), a) for x in ((Phi, Gamma, theta), (1.0, 0.0, 0.5))]
    np.testing.assert_allclose(many, one, rtol=1e-13)
    if a < 5 and Gamma > 0.1:
        path = growth_path(Ideas(Phi, Gamma, theta), horizon=1e8)
        np.testing.assert_allclose(path._at(np.array(a))[0], one[0], rtol=1e-8)


def test_explorer_says_what_the_library_computes():
    text = explosion.description(Phi=0.6, Gamma=0.6, theta=0.5)
    assert f"in year {blow_up_time(Ideas(0.6, 0.6, 0.5)):.0f}" in text
    assert f"{growth_path(Ideas(0.6, 0.6, 0.5)).growth_of_output(0.0):.1%}" in text
    assert "type I" in explosion.description(Phi=1, Gamma=0, theta=0.5)
    assert "constant rate" in explosion.description(Phi=0.5, Gamma=0.25, theta=0.5)
    assert "dies out" in explosion.description(Phi=0.2, Gamma=0.1, theta=-1)


def test_the_page_draws_what_the_library_computes():
    assert explosion.samples().pixels < 0.5
