"""The plan against perturbations of it, decentralisation, welfare, the parts of AI's value."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp
from scipy.interpolate import CubicSpline
from scipy.optimize import minimize

from aiecon import wang_wong as ww
from aiecon.numerics import check_jacobian
from aiecon.wang_wong.efficiency import Planning, _panels
from aiecon.wang_wong.equations import surplus_growth
from exhibits.wang_wong.efficiency import subsidy
from tests.told import told

P = ww.Parameters()


@pytest.fixture(scope="module")
def plan():
    return ww.solve_plan(P)


@pytest.fixture(scope="module")
def log_alpha(plan):
    knots = np.concatenate(
        [np.linspace(0, 1, 401), np.linspace(1.01, 20, 500), np.linspace(20.2, 260, 800)]
    )
    return CubicSpline(knots, np.log(plan.job_finding(knots)))


def integrated(log_alpha, bump=lambda t: 0.0, log_A0=0.0, H0=0.95, horizon=250.0):
    """Welfare of a given path of job finding, by direct integration; ln A is that over A₀."""

    def field(t, z):
        log_A, H, _ = z
        alpha = np.exp(log_alpha(t)) * (1 + bump(t))
        displaced = P.rho * P.mu * P.A_0 * np.exp(log_A)
        cost = P.theta * P.s_0 * P.alpha * (alpha / P.alpha) ** (1 / P.xi)
        x = H + (P.b - cost) * (1 - H) + displaced * H * P.pi_A
        return [
            P.mu * H - P.delta,
            alpha * (1 - H) - (P.sigma + displaced) * H,
            np.exp(P.epsilon * log_A - P.r * t) * x,
        ]

    start = [log_A0, H0, 0.0]
    return solve_ivp(field, (0, horizon), start, "LSODA", rtol=1e-11, atol=1e-12).y[2, -1]


def test_the_plan_solves_its_equations(plan):
    problem = Planning(P, ww.Channels(), P.A_0, P.H_0)
    t, h = np.array([0.3, 2.0, 8.0, 30.0, 100.0]), 1e-4
    slope = (plan.solution(t + h) - plan.solution(t - h)) / (2 * h)
    f, _, _ = problem.field(np.zeros((1, 1, 1)), plan.solution(t)[:, None, None, :], 1)
    np.testing.assert_allclose(slope, f[:, 0, 0], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("k", [ww.Channels(), ww.Channels(0.5, 0.3, 0.7)])
def test_jacobian_against_differences(k):
    problem = Planning(P, ww.Channels(), P.A_0, P.H_0)
    problem.k = k
    x = np.array([[1.0, 2.0], [0.8, 0.6], [0.6, -0.2], [40.0, 3.0]])
    assert check_jacobian(problem, np.zeros(2), x, 1e-6) < 1e-6


def test_no_bump_in_job_finding_gains_to_first_order(log_alpha):
    here = integrated(log_alpha)
    for when, width in ((1.0, 0.5), (4.0, 1.0), (15.0, 4.0)):

        def bump(t, size, when=when, width=width):
            return size * np.exp(-(((t - when) / width) ** 2))

        up = integrated(log_alpha, lambda t, f=bump: f(t, 0.03))
        down = integrated(log_alpha, lambda t, f=bump: f(t, -0.03))
        first, second = (up - down) / 0.06, (up + down - 2 * here) / 0.03**2
        assert second < 0
        # the best bump of this shape would gain next to nothing
        assert first**2 / (2 * abs(second)) < 1e-5 * here


def test_co_states_are_derivatives_of_welfare(plan, log_alpha):
    h = 1e-3
    by_A = (integrated(log_alpha, log_A0=h) - integrated(log_alpha, log_A0=-h)) / (2 * h)
    by_H = (integrated(log_alpha, H0=0.95 + h) - integrated(log_alpha, H0=0.95 - h)) / (2 * h)
    assert by_A == pytest.approx(plan.capability_value(0.0), rel=1e-3)
    assert by_H == pytest.approx(plan.match_value(0.0), rel=1e-3)


def test_welfare_is_the_integral(plan, log_alpha):
    assert ww.welfare(plan) == pytest.approx(integrated(log_alpha, horizon=260.0), rel=1e-4)
    five = integrated(log_alpha, horizon=5.0)
    assert ww.welfare(plan, 5.0) == pytest.approx(five, rel=1e-6)


@pytest.mark.parametrize("horizon", [0.01, 0.03, 0.5, 5.0, 60.0])
def test_welfare_by_a_second_quadrature(horizon):
    """Gauss-Legendre on panels against the adaptive rule of QUADPACK, for two flows."""
    market = ww.solve_transition(P)
    for flow in (ww.consumption, ww.market_output):
        exact, _ = quad(
            lambda t, f=flow: np.exp(-P.r * t) * f(market, t), 0, horizon, epsrel=1e-11, limit=200
        )
        assert ww.welfare(market, horizon, flow) == pytest.approx(exact, rel=1e-9)
        t, weight = _panels(horizon)
        assert weight.sum() == pytest.approx(horizon, rel=1e-13)
        assert weight @ t == pytest.approx(horizon**2 / 2, rel=1e-13)


def test_direct_optimisation_finds_the_plan(plan):
    """A second way to the plan that knows no co-state: log α at ten dates, moved until welfare is
    largest. A and H step by step, employment by its exact solution within a step."""
    knots = np.array([0.0, 1.5, 4.0, 7.0, 11.0, 16.0, 23.0, 32.0, 50.0, 90.0])
    t = np.concatenate([np.linspace(0, 2, 81), np.geomspace(2.05, 400, 320)])
    step, middle = np.diff(t), (t[1:] + t[:-1]) / 2
    weights = np.array([np.interp(middle, knots, e) for e in np.eye(len(knots))])

    def worth(log_alpha: np.ndarray) -> np.ndarray:
        """Welfare for each row of log α at the knots, all at once."""
        alpha = np.exp(log_alpha @ weights)
        cost = ww.vacancy_cost(alpha, P)
        a, H, total = np.zeros(len(alpha)), np.full(len(alpha), P.H_0), np.zeros(len(alpha))
        for i, h in enumerate(step):
            rate = P.rho * P.mu * P.A_0 * np.exp(a + 0.5 * h * (P.mu * H - P.delta))
            pace = alpha[:, i] + P.sigma + rate
            rest = alpha[:, i] / pace
            left = -np.expm1(-pace * h) / pace
            mean = rest + (H - rest) * left / h
            grown = P.mu * mean - P.delta
            flow = mean + (P.b - cost[:, i]) * (1 - mean) + rate * mean * P.pi_A
            y = np.exp(P.epsilon * (a + 0.5 * h * grown) - P.r * middle[i])
            total += h * y * flow
            a, H = a + h * grown, rest + (H - rest) * (1 - pace * left)
        return total

    def loss(x: np.ndarray) -> tuple[float, np.ndarray]:
        e = 1e-4 * np.eye(len(x))
        values = worth(np.concatenate([x[None], x + e, x - e]))
        n = len(x)
        return -values[0], -(values[1 : n + 1] - values[n + 1 :]) / 2e-4

    start = np.full(len(knots), np.log(20.0))
    found = minimize(loss, start, jac=True, method="BFGS", options={"gtol": 1e-2})
    assert -found.fun == pytest.approx(ww.welfare(plan, 400.0), rel=2e-3)
    early = knots <= 32
    np.testing.assert_allclose(np.exp(found.x)[early], plan.job_finding(knots)[early], rtol=0.04)
    assert -found.fun > worth(np.log(plan.job_finding(knots))[None])[0] - 1e-6


def test_where_she_adopts_by_her_own_choice_the_transfer_implements_it():
    """At r = 25% ω < π_A all the way: firms that get T adopt, and their surplus follows ω."""
    p = ww.Parameters(r=0.25)
    plan, t, h = ww.solve_plan(p), np.array([0.5, 2.0, 7.0, 20.0, 80.0]), 1e-3
    assert np.all(plan.match_value(np.linspace(0, 300, 1201)) < p.pi_A)
    omega = plan.match_value(t)
    moves = np.log(plan.match_value(t + h) / plan.match_value(t - h)) / (2 * h)
    market = surplus_growth(plan.capability(t), plan.employment(t), omega, plan.job_finding(t), p)
    np.testing.assert_allclose(market - plan.transfer(t) / omega, moves, atol=1e-6)
    # at the calibration's own rate she would spare everybody
    assert ww.planned_rest(P).omega > P.pi_A


@pytest.mark.parametrize("flow", [ww.consumption, ww.market_output])
def test_no_reading_of_the_gain_gives_both_percentages(plan, flow):
    """26.6% in the short run and 50 to 60% in the long run: flows and sums, one to ten years."""
    market = ww.solve_transition(P)
    years = (1.0, 2.0, 5.0, 10.0)
    short = [flow(plan, t) / flow(market, t) - 1 for t in years]
    short += [ww.welfare_gain(plan, market, h, flow) for h in years]
    ever = [
        ww.welfare_gain(plan, market, np.inf, flow),
        flow(plan, 400.0) / flow(market, 400.0) - 1,
    ]
    assert np.abs(np.array(short) - 0.266).min() > 5e-3
    assert min(ever) > 2


def test_kept_results_cannot_be_written_to(plan):
    for kept in (ww.solve_transition(P), plan):
        with pytest.raises(ValueError, match="read-only"):
            kept.roots[0] = 0.0


def test_the_transfer_decentralises_the_plan(plan):
    t, h = np.array([0.5, 2.0, 7.0, 20.0, 80.0]), 1e-3
    omega = plan.match_value(t)
    moves = np.log(plan.match_value(t + h) / plan.match_value(t - h)) / (2 * h)
    market = surplus_growth(plan.capability(t), plan.employment(t), omega, plan.job_finding(t), P)
    np.testing.assert_allclose(market - plan.transfer(t) / omega, moves, atol=1e-5)
    # free entry at θ = ξ posts the planner's vacancies
    np.testing.assert_allclose(
        ww.vacancy_cost(plan.job_finding(t), P), P.xi * plan.job_finding(t) * omega, rtol=1e-10
    )


def test_without_learning_the_plan_is_the_hosios_market():
    market, plan = ww.solve_transition(P), ww.solve_plan(P, ww.Channels(learning=0.0))
    t = np.array([0.0, 1.0, 5.0, 20.0, 100.0])
    np.testing.assert_allclose(plan.match_value(t), market.surplus(t), rtol=1e-8)
    np.testing.assert_allclose(plan.employment(t), market.employment(t), atol=1e-8)


def test_without_hosios_the_plan_differs_even_without_learning():
    p = ww.Parameters(theta=0.45)
    market, plan = ww.solve_transition(p), ww.solve_plan(p, ww.Channels(learning=0.0))
    assert abs(plan.employment(5.0) - market.employment(5.0)) > 1e-3


def test_the_plan_is_better_than_market_and_transfers(plan):
    market = ww.solve_transition(P)
    best = ww.welfare(plan)
    assert best > ww.welfare(market)
    for T in (0.5, 2.0, 8.0, 16.4):
        paid = ww.solve_transition(P, transfer=T)
        assert paid.switches == ()
        assert ww.welfare(market) < ww.welfare(paid) < best


def test_waiting_with_adoption_beats_the_plan_that_may_not(plan):
    late = ww.solve_transition(P, transfer=16.7)
    assert late.switches[0][1] == 1
    assert late.switches[0][0] > 10
    assert ww.welfare(late) > ww.welfare(plan)


def test_rest_of_the_plan_is_where_the_path_ends(plan):
    rest = ww.planned_rest(P)
    assert plan.capability(600.0) == pytest.approx(rest.A, rel=1e-8)
    assert plan.match_value(600.0) == pytest.approx(rest.omega, rel=1e-8)
    assert rest.omega > P.pi_A
    # exposure scales capability and nothing else
    half = ww.planned_rest(ww.Parameters(rho=P.rho / 2))
    assert pytest.approx(2 * rest.A, rel=1e-9) == half.A
    assert half.omega == pytest.approx(rest.omega, rel=1e-9)


def test_parts_of_the_value_of_ai(plan):
    t = np.array([0.0, 3.0, 12.0, 50.0])
    value = ww.value_of_ai(plan, t)
    np.testing.assert_allclose(value.total, plan.capability_value(t), rtol=1e-5)
    assert np.all(value.lost < 0)
    assert np.all(value.workers > 0)
    assert np.all(value.vacancies < 0)
    assert np.all(value.gained > 0)
    assert np.all(value.machines > 0)
    np.testing.assert_allclose(value.machines, P.epsilon * value.gained, rtol=1e-10)


def test_growth_when_nobody_is_replaced():
    assert ww.growth_when_spared(P) > 0
    assert ww.growth_when_spared(ww.Parameters(epsilon=0.1)) < 0
    with pytest.raises(ValueError, match="more slowly than r"):
        ww.welfare(ww.solve_transition(ww.Parameters(theta=0.955), "unbounded-AI"))


def test_what_is_refused():
    with pytest.raises(ValueError, match="horizon"):
        ww.welfare(ww.solve_transition(P), 0.0)
    with pytest.raises(ValueError, match="δ/μ < H₀"):
        ww.solve_plan(ww.Parameters(mu=0.45))
    with pytest.raises(ValueError, match="learning = 2"):
        ww.Channels(learning=2.0)
    with pytest.raises(ValueError, match="H0"):
        ww.solve_plan(P, H0=1.0)


def test_the_transfer_explorer_says_what_the_library_computes():
    path, free = ww.solve_transition(transfer=0.5), ww.solve_transition(P)
    text = subsidy.description(transfer=0.5)
    assert f"employment at {path.employment(5.0):.3f} after five years" in text
    assert f"{ww.welfare_gain(path, free, 5.0):.1%} over five years" in text
    assert f"{ww.welfare_gain(path, free):.0%} for ever" in text
    assert "Without a transfer" in subsidy.description(transfer=0)
    assert "surplus" in subsidy.csv().splitlines()[2]


def test_no_path_of_the_transfer_explorer_stops_adopting():
    """Where it would, its paths, with adoption throughout, would be no equilibria."""
    T, e = np.meshgrid(np.linspace(0, 16, 9), np.linspace(0.4, 1.6, 4))
    paths = ww.solve_transitions(ww.Parameters(epsilon=e.ravel()), transfer=T.ravel())
    assert paths.found.all()
    assert np.all(paths.surplus(np.linspace(0, 60, 61)) < P.pi_A)


def test_welfare_of_many_paths_is_that_of_each():
    epsilon, T = np.array([0.8, 1.069, 1.3]), np.array([0.0, 0.5, 4.0])
    many = ww.solve_transitions(ww.Parameters(epsilon=epsilon), transfer=T, tol=1e-9)
    for i in range(3):
        one = ww.solve_transition(ww.Parameters(epsilon=float(epsilon[i])), transfer=float(T[i]))
        for horizon in (5.0, np.inf):
            assert ww.welfare(many, horizon)[i] == pytest.approx(ww.welfare(one, horizon), rel=1e-8)
        assert many.vacancies([3.0])[i, 0] == pytest.approx(one.vacancies(3.0), rel=1e-7)
        assert many.wage_share([3.0])[i, 0] == pytest.approx(one.wage_share(3.0), rel=1e-7)


def test_the_figures_say_what_they_show(plan):
    """Results in captions and text alternatives, each as the library has it now."""
    chapter, market = "wang_wong/efficiency", ww.solve_transition(P)
    t = np.linspace(0, 40, 4001)
    H, free = plan.employment(t), market.employment(t)

    both = told(chapter, "fig-ww-eff-plan")
    first = H[t <= 1].max()
    assert f"jumps from {P.H_0:.2f} to {first:.2f} in the first year" in both
    assert f"stays above {H[t <= 10][-1]:.2f} for ten years and falls to {H[-1]:.2f};" in both
    assert (
        f"falls to {free[t <= 5][-1]:.2f} within five years and slowly to {free[-1]:.2f}." in both
    )
    ends = [q.capability(40.0) / P.A_0 for q in (plan, market)]
    assert f"rises to {ends[0]:.0f}, the dashed line to {ends[1]:.1f}." in both
    ratio = ww.planned_rest(P).A / ww.long_run(P).capability
    assert 3 < ratio < 3.5
    assert "AI is more than three times as capable" in both

    parts = told(chapter, "fig-ww-eff-parts")
    now = ww.value_of_ai(plan, np.array([0.0, 60.0]))
    words = (
        "{:.0f} for AI's output, {:.0f} for replacements gained, minus {:.0f} for matches lost, "
    )
    words += "{:.0f} for workers' output, minus {:.0f} for vacancies, which leaves {:.0f}."
    sizes = (now.machines, now.gained, -now.lost, now.workers, -now.vacancies, now.total)
    assert words.format(*(x[0] for x in sizes)) in parts
    replacing = now.gained + now.lost
    words = (
        "output falls from {:.0f} to {:.0f}, replacements rise from minus {:.0f} to minus {:.0f},"
    )
    assert words.format(*(now.total - replacing), *-replacing) in parts
    assert "their sum falls from {:.0f} to {:.0f}.".format(*now.total) in parts

    size = told(chapter, "fig-ww-eff-transfer")
    T, omega = plan.transfer(t[[0, -1]]), plan.match_value(t[[0, -1]])
    assert "line falls from {:.0f} to {:.0f}, far".format(*T) in size
    assert "line falls from {:.1f} to {:.1f} and".format(*omega) in size
    assert f"line at {P.pi_A:.2f}." in size

    gains = told(chapter, "fig-ww-eff-gains")
    whole = {h: ww.welfare_gain(plan, market, h) for h in (1.0, 13.0, 13.5, 200.0)}
    assert f"starts at minus {-whole[1.0]:.2f}, crosses zero near 13 years" in gains
    assert whole[13.0] < 0 < whole[13.5]
    assert f"levels off at {whole[200.0]:.1f};" in gains
    two, half = (ww.solve_transition(P, transfer=T) for T in (2.0, 0.5))
    five, end = (ww.welfare_gain(two, market, h) for h in (5.0, 200.0))
    assert f"over {five:.2f} at five years to {end:.2f}, the dashed" in gains
    assert f"line to {ww.welfare_gain(half, market, 200.0):.2f}." in gains
